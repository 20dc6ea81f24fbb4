"""What all tests share: a fresh database of either kind, and a browser."""

import asyncio
import fcntl
import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Callable, Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import hypothesis
import pytest
import structlog

import storage.engines
from storage.database import Database
from storage.row import now
from tests import browser, postgres

RUN_FOLDER = "BATON_TEST_RUN_FOLDER"
"""Names, for the workers of one run, the folder that they share."""
NO_SKIPS = "BATON_TEST_NO_SKIPS"
"""Set where everything must run: a skipped test then fails the run."""
EXPLORE = "BATON_TEST_EXPLORE"
"""Set to look for new counterexamples; else hypothesis tries the same ones each time, so that no run fails by luck."""

hypothesis.settings.register_profile(
    "repeatable",
    derandomize=True,
    deadline=None,
    database=None,
    print_blob=True,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],  # a busy machine is no fault of a test
)
if EXPLORE not in os.environ:
    hypothesis.settings.load_profile("repeatable")


def pytest_configure(config: pytest.Config) -> None:
    """Make the folder that the workers of this run share; the first process to come here is not one of them."""
    if not hasattr(config, "workerinput"):
        folder = tempfile.mkdtemp(prefix="baton-test-")
        Path(folder).chmod(0o755)  # as root, PostgreSQL runs as another user
        os.environ[RUN_FOLDER] = folder


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop what the run started."""
    if not hasattr(config, "workerinput"):
        folder = Path(os.environ.pop(RUN_FOLDER))
        postgres.stop(folder / "postgres")
        shutil.rmtree(folder, ignore_errors=True)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Give all tests that lack a browser one place, so that pytest tells of them in one line."""
    report = yield
    if report.skipped and browser.ADVICE in str(report.longrepr):
        report.longrepr = (browser.__file__, 1, f"Skipped: {browser.ADVICE}")
    return report


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail a run that skipped something where nothing may be skipped."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get(NO_SKIPS) and reporter is not None and reporter.stats.get("skipped"):
        reporter.write_line(f"\n{NO_SKIPS} is set, and {len(reporter.stats['skipped'])} tests were skipped.", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(autouse=True)
def _logs_as_they_come(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:  # pyright: ignore[reportUnusedFunction]
    """Keep the loggers of one test from being those of the next: a cached one stays as it was first configured."""
    configure: Callable[..., None] = structlog.configure

    def uncached(**given: Any) -> None:
        configure(**{**given, "cache_logger_on_first_use": False})

    monkeypatch.setattr(structlog, "configure", uncached)
    # Tracebacks as a bot logs them: structlog's own, with the values of variables, take seconds of the event loop.
    plain = structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)
    structlog.configure(processors=[*structlog.get_config()["processors"][:-1], plain])
    yield
    structlog.reset_defaults()


@pytest.fixture(autouse=True)
def _writers_take_their_time(monkeypatch: pytest.MonkeyPatch) -> None:  # pyright: ignore[reportUnusedFunction]
    """Let a writer of SQLite wait for the others as long as a busy machine needs."""
    monkeypatch.setattr(storage.engines, "BUSY_SECONDS", 60.0)


@pytest.fixture(scope="session")
def postgres_url() -> str:
    """The maintenance database of a real PostgreSQL, one for all workers of the run."""
    if named := os.environ.get(postgres.NAMED):
        return named
    with (Path(os.environ[RUN_FOLDER]) / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # freed when the file closes: one worker starts it, the others find it
        return postgres.start(Path(os.environ[RUN_FOLDER]) / "postgres")


@pytest.fixture(scope="session")
def postgres_databases(postgres_url: str) -> Iterator[postgres.Emptied]:
    """PostgreSQL databases with all tables and no rows, this worker's own."""
    name = f"baton_template_{os.getpid()}"
    postgres.drop(postgres_url, name)
    _migrate(postgres.create(postgres_url, name))
    databases = postgres.Emptied(postgres_url, name)
    yield databases
    databases.close()
    postgres.drop(postgres_url, name)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with all tables and no rows."""
    path = tmp_path_factory.mktemp("template") / "baton.db"
    _migrate(f"sqlite:///{path}")
    return path


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a fresh database with all tables and no rows, once of each kind.

    A test that means one kind says `@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)`.
    """
    if request.param == "sqlite":
        path = tmp_path / "baton.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        yield f"sqlite:///{path}"
        return
    databases: postgres.Emptied = request.getfixturevalue("postgres_databases")
    url = databases.take()
    yield url
    databases.give_back(url)


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """An open, fresh database of either kind."""
    opened = await Database.open(database_url)
    yield opened
    await opened.close()


@pytest.fixture
def one_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the books stay on the day on which the test began: it may begin a moment before midnight."""
    from bot.costs.account import Books

    began, day = now(), Books.day
    monkeypatch.setattr(Books, "day", lambda books, _moment=None: day(books, began))


@pytest.fixture(scope="session")
def browser_path() -> str:
    """A Chrome or Chromium that starts; without one, the tests that need it are skipped."""
    return browser.find() or pytest.skip(browser.ADVICE)


def _migrate(url: str) -> None:
    async def upgrade() -> None:
        database = await Database.open(url)
        await database.upgrade()
        await database.close()

    # In a thread of its own, for the test's event loop may be running in this one.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, upgrade()).result()
