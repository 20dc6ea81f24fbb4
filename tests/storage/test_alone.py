"""One process serves from a file of SQLite, and the next one knows whether another one lives."""

import asyncio
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import pytest

from storage import alone
from storage.database import Database
from storage.engines import DatabaseProblem

SERVES = """
import asyncio
import sys
from pathlib import Path
from storage import alone

async def take_up():
    print("takes up", flush=True)
    sys.stdin.readline()

async def main():
    async with alone.serving(Path(sys.argv[1]), take_up) as by_itself:
        print("alone" if by_itself else "beside another", flush=True)
        sys.stdin.readline()

asyncio.run(main())
"""


class Served:
    """Another process that serves."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process
        self.end = process.kill

    def says(self) -> str:
        assert self._process.stdout
        return self._process.stdout.readline().strip()

    def goes_on(self) -> None:
        assert self._process.stdin
        self._process.stdin.write("\n")
        self._process.stdin.flush()


@contextmanager
def another(file: Path) -> Generator[Served]:
    command = [sys.executable, "-c", SERVES, str(file)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        yield Served(process)
        process.kill()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "baton.db"
    path.touch()
    return path


async def nothing() -> None:
    """Nothing was left."""


async def test_a_file_is_served_by_one_process_until_that_ends_however_it_does(file: Path) -> None:
    with another(file) as first:
        assert first.says() == "takes up"
        first.goes_on()
        assert first.says() == "alone"
        async with alone.serving(file, nothing) as by_itself:
            assert not by_itself
    async with alone.serving(file, nothing) as by_itself:
        assert by_itself


async def test_a_third_process_sees_the_second_when_the_first_has_ended(file: Path) -> None:
    with another(file) as first:
        first.says()
        first.goes_on()
        assert first.says() == "alone"
        with another(file) as second:
            assert second.says() == "beside another"
            with another(file):
                first.end()
            with another(file) as third:
                assert third.says() == "beside another"


async def test_who_comes_while_another_takes_up_what_was_left_begins_after_that(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused = 0
    waits_for_it = asyncio.Event()
    locked = alone._locked  # pyright: ignore[reportPrivateUsage]

    def locked_seen(held: int, way: int) -> bool:
        nonlocal refused
        got = locked(held, way)
        refused += not got
        if refused > 2:
            waits_for_it.set()
        return got

    async def begin() -> bool:
        async with alone.serving(file, nothing) as by_itself:
            return by_itself

    monkeypatch.setattr(alone, "_locked", locked_seen)
    with another(file) as first:
        assert first.says() == "takes up"
        second = asyncio.create_task(begin())
        await waits_for_it.wait()
        assert not second.done()
        first.goes_on()
        assert first.says() == "alone"
        assert not await asyncio.wait_for(second, 60)


async def test_a_lock_that_cannot_be_opened_is_told(file: Path) -> None:
    file.with_name("baton.db.serving").mkdir()
    with pytest.raises(DatabaseProblem, match=r"baton\.db\.serving, which marks a served database"):
        async with alone.serving(file, nothing):
            pass


def test_who_may_use_the_database_may_use_the_lock(file: Path) -> None:
    file.chmod(0o600)
    asyncio.run(_served(file))
    assert file.with_name("baton.db.serving").stat().st_mode & 0o777 == 0o600


async def _served(file: Path) -> None:
    async with alone.serving(file, nothing):
        pass


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_the_file_of_a_database_is_found_behind_a_link(database: Database, tmp_path: Path) -> None:
    file = await database.file()
    assert file
    link = tmp_path / "linked.db"
    link.symlink_to(file)
    linked = await Database.open(f"sqlite:///{link}")
    assert await linked.file() == file
    await linked.close()
