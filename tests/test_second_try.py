"""Few failed tests get a second try, and nothing else does: in a pytest of its own, on tests that are made for it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.second_try import MOST, NAMES

ROOT = Path(__file__).parent.parent
GOOD = "def test_good(): pass\n"
BROKEN = "def test_broken(): assert False\n"
LUCKY = """
from pathlib import Path

def test_lucky():
    tried = Path(__file__).with_name("tried")
    if not tried.exists():
        tried.touch()
        raise AssertionError
"""


def run(folder: Path, text: str, *given: str) -> tuple[int, str, str]:
    """Run tests with a second try: how it ended, what it printed, and which tests passed only then."""
    (folder / "pytest.ini").write_text("[pytest]\naddopts = -p no:cacheprovider\n")
    (folder / "test_made.py").write_text(text)
    names = folder / "names"
    names.touch()
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    ended = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "tests.second_try", *given],
        cwd=folder,
        env=environment | {"PYTHONPATH": str(ROOT), NAMES: str(names)},
        capture_output=True,
        text=True,
        check=False,
    )
    return ended.returncode, ended.stdout, names.read_text()


@pytest.mark.parametrize("given", [(), ("-n", "2")])
def test_what_passes_at_the_second_try_is_named_and_does_not_fail_the_run(
    tmp_path: Path, given: tuple[str, ...]
) -> None:
    status, printed, names = run(tmp_path, GOOD + LUCKY, *given)
    assert (status, names) == (0, "test_made.py::test_lucky\n")
    assert "PASSED ONLY AT THE SECOND TRY, depends on luck, mend it: test_made.py::test_lucky" in printed


def test_what_fails_twice_fails_the_run(tmp_path: Path) -> None:
    status, printed, names = run(tmp_path, GOOD + BROKEN + LUCKY)
    assert (status, names) == (1, "test_made.py::test_lucky\n")
    assert "FAILED TWICE: test_made.py::test_broken" in printed


@pytest.mark.parametrize(
    ("text", "given", "status"),
    [
        (GOOD, (), 0),
        (LUCKY + "\n".join(f"def test_{n}(): assert False" for n in range(MOST)), (), 1),
        (LUCKY + "import pytest\ndef test_skipped(): pytest.skip('why')\n", (), 1),
        (LUCKY + "import nothing_of_this_name\n", (), 2),
        (LUCKY + "import nothing_of_this_name\n", ("-n", "2"), 1),
        (LUCKY + "def test_stopped(): raise KeyboardInterrupt\n", (), 2),
    ],
    ids=["all passed", "many failed", "one was skipped", "not collected", "not collected by workers", "interrupted"],
)
def test_another_run_has_no_second_try(tmp_path: Path, text: str, given: tuple[str, ...], status: int) -> None:
    ended, printed, names = run(tmp_path, text, *given)
    assert (ended, names) == (status, "")
    assert "Trying once more" not in printed
