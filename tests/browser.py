"""Finds the browser for the page's tests, or fetches one: `python -m tests.browser`."""

import glob
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

NAMED = "BATON_TEST_BROWSER"
"""The environment variable that names a Chrome or Chromium to use."""

COMMANDS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge")
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "~/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/opt/google/chrome/chrome",
    "/snap/bin/chromium",
    "~/.cache/ms-playwright/chromium-*/chrome-linux*/chrome",
    "~/Library/Caches/ms-playwright/chromium-*/chrome-mac*/*.app/Contents/MacOS/*",
)
ADVICE = (
    "No browser found that can be driven, and none could be fetched: install Chrome or Chromium (Debian: apt-get "
    f"install chromium libatomic1), or name one in {NAMED}."
)
PACKAGES = ("chromium", "fonts-dejavu-core", "libatomic1")
"""Debian's; the last one is for Playwright's driver, and not on every machine."""


@cache
def find() -> str | None:
    """The path of a Chrome or Chromium that starts, as Playwright's driver must as well; or nothing."""
    if not _starts(sys.executable, "-m", "playwright"):
        return None
    return next((path for path in _candidates() if _starts(path)), None)


def fetch() -> str | None:
    """Find a browser, or get Playwright's own, or, as root, Debian's package.

    Returns:
        Its path, or nothing when none can be had.
    """
    steps: list[list[str]] = [[sys.executable, "-m", "playwright", "install", "chromium"]]
    if os.geteuid() == 0 and shutil.which("apt-get"):
        steps.append(["apt-get", "update", "-qq"])
        steps.append(["apt-get", "install", "-y", "-qq", "--no-install-recommends", *PACKAGES])
    for step in steps:
        if found := find():
            return found
        print("No browser yet:", " ".join(step), file=sys.stderr, flush=True)
        subprocess.run(step, check=False, stdin=subprocess.DEVNULL, stdout=sys.stderr, timeout=600)
        find.cache_clear()
    return find()


def _candidates() -> Iterator[str]:
    if named := os.environ.get(NAMED):
        yield named
    yield from filter(None, map(shutil.which, COMMANDS))
    for place in PLACES:
        yield from sorted(glob.glob(str(Path(place).expanduser())), reverse=True)


def _starts(*command: str) -> bool:
    # Ubuntu's chromium-browser may be a stub that only says how to install it: ask it for its version.
    try:
        asked = subprocess.run([*command, "--version"], capture_output=True, check=False, timeout=30)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return asked.returncode == 0


if __name__ == "__main__":
    print(fetch() or ADVICE)
