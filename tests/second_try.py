"""Tries the few tests that failed once more, alone: `pytest -p tests.second_try`, for .ci/run.

Among thousands of tests on a busy machine one may fail by luck. What fails twice is broken, and fails the run; what
passes at the second try is named, for it is to be mended too.
"""

import os
import subprocess
import sys
from collections.abc import Generator
from pathlib import Path

import pytest

NAMES = "BATON_TEST_BY_LUCK"
"""The environment variable that names a file for the names of those that passed only at the second try."""
MOST = 3
"""How many tests may fail by luck: where more do, something is broken."""


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> Generator[None, None, None]:
    """Once everything has ended and is told of, try again what failed."""
    yield
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    # A run that was interrupted or crashed has another status, and no second try.
    if reporter is None or session.exitstatus != pytest.ExitCode.TESTS_FAILED or reporter.stats.get("skipped"):
        return
    reports = [*reporter.stats.get("failed", ()), *reporter.stats.get("error", ())]
    failed = dict.fromkeys(report.nodeid for report in reports)
    if not 0 < len(failed) <= MOST or any(isinstance(report, pytest.CollectReport) for report in reports):
        return
    reporter.write_line(f"\nTrying once more, alone: {', '.join(failed)}", yellow=True)
    by_luck = [each for each in failed if passes(each, session.config.rootpath)]
    if by_luck and (file := os.environ.get(NAMES)):
        Path(file).write_text("".join(f"{each}\n" for each in by_luck))
    for each in failed:
        reporter.write_line(told(each, by_luck=each in by_luck), bold=True)
    if len(by_luck) == len(failed):
        session.exitstatus = pytest.ExitCode.OK


def passes(test: str, root: Path) -> bool:
    """Whether a test passes in a process of its own, with nothing beside it."""
    alone = [sys.executable, "-m", "pytest", "-q", "-n", "0", test]
    return subprocess.run(alone, cwd=root, check=False).returncode == 0


def told(test: str, *, by_luck: bool) -> str:
    """The line that says how a second try ended."""
    return f"PASSED ONLY AT THE SECOND TRY, depends on luck, mend it: {test}" if by_luck else f"FAILED TWICE: {test}"
