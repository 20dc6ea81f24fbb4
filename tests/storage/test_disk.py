"""What SQLite committed reaches the disk by flushes that serve many, and its log is copied while others write."""

import asyncio
import resource
import sqlite3
import threading
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from sqlmodel import select, update
from structlog.testing import capture_logs

from storage import disk
from storage.database import Database
from storage.disk import Disk
from storage.engines import async_url
from storage.ids import new_id
from storage.one_writer import OneWriter
from storage.tables import Workspace

SMALL, LONG_NAME = 4_000_000, 20_000
"""Bytes of a file on a small disk, and of a name of which few have room there."""

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


async def _add(database: Database, name: str, *, durable: bool = True) -> None:
    async with database.transaction(durable=durable) as session:
        session.add(Workspace(id=name))


async def _names(database: Database) -> list[str]:
    async with database.reading() as session:
        return sorted((await session.exec(select(Workspace.id))).all())


class Gate:
    """A disk that is slow until it is opened."""

    def __init__(self) -> None:
        self.open, self.flushes = threading.Event(), 0
        self.reached = asyncio.Event()
        self._loop = asyncio.get_running_loop()

    def reach_disk(self, _: int) -> None:
        self.flushes += 1
        self._loop.call_soon_threadsafe(self.reached.set)
        assert self.open.wait(60)


@pytest.fixture
async def gate(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Gate]:
    """The disk of all databases."""
    slow = Gate()
    monkeypatch.setattr(disk, "reach_disk", slow.reach_disk)
    yield slow
    slow.open.set()


async def test_nobody_waits_for_the_disk_because_another_one_does(database: Database, gate: Gate) -> None:
    slow = asyncio.create_task(_add(database, "slow"))
    await asyncio.wait_for(gate.reached.wait(), 60)
    await asyncio.wait_for(_add(database, "quick", durable=False), 60)
    assert await _names(database) == ["quick", "slow"]
    assert not slow.done()
    gate.open.set()
    await asyncio.wait_for(slow, 60)


async def test_those_who_commit_during_a_flush_share_the_next_one(database: Database, gate: Gate) -> None:
    waiting = [asyncio.create_task(_add(database, "first"))]
    await asyncio.wait_for(gate.reached.wait(), 60)
    waiting += [asyncio.create_task(_add(database, name)) for name in "abcde"]
    for _ in range(2 * len(waiting)):  # each commits in a step or two
        await asyncio.sleep(0)
    assert await _names(database) == ["a", "b", "c", "d", "e", "first"]
    assert not any(each.done() for each in waiting)
    gate.open.set()
    await asyncio.wait_for(asyncio.gather(*waiting), 60)
    assert gate.flushes == 2


async def test_who_gives_up_waiting_leaves_the_others_their_flush(database: Database, gate: Gate) -> None:
    first, second = (asyncio.create_task(_add(database, name)) for name in ("first", "second"))
    await asyncio.wait_for(gate.reached.wait(), 60)
    first.cancel()
    await asyncio.gather(first, return_exceptions=True)
    gate.open.set()
    await asyncio.wait_for(second, 60)
    assert await _names(database) == ["first", "second"]


async def test_a_disk_that_fails_is_told_to_whoever_must_be_sure(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(_: int) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(disk, "reach_disk", fails)
    with pytest.raises(OSError, match="Input/output"):
        await _add(database, "a")
    with pytest.raises(OSError, match="Input/output"):
        await database.at_once("UPDATE workspace SET name = :name", {"name": "b"})
    await _add(database, "c", durable=False)


def _path(url: str) -> Path:
    return Path(async_url(url).database or "")


async def test_what_a_disk_refused_once_is_copied_before_anything_counts_as_safe(
    database_url: str, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A system tells once of what it could not write, and then forgets it."""
    refusals = [OSError(5, "Input/output error")]

    def reach_disk(_: int) -> None:
        if refusals:
            raise refusals.pop()

    monkeypatch.setattr(disk, "reach_disk", reach_disk)
    async with database.snapshot() as reader:
        assert (await reader.exec(select(Workspace.id))).all() == []
        with pytest.raises(OSError, match="Input/output"):
            await _add(database, "refused-by-the-disk")
        with pytest.raises(OSError, match="refused a part"):  # the reader needs the log
            await _add(database, "T2")
    assert b"refused-by-the-disk" not in _path(database_url).read_bytes()
    await _add(database, "T3")
    assert b"refused-by-the-disk" in _path(database_url).read_bytes()
    await _add(database, "T4")
    assert await _names(database) == ["T2", "T3", "T4", "refused-by-the-disk"]


async def _copied(database: Database) -> None:
    log = database._disk  # pyright: ignore[reportPrivateUsage]
    assert isinstance(log, Disk)
    if copying := log._copying:  # pyright: ignore[reportPrivateUsage]
        await asyncio.wait([copying], timeout=60)


async def test_the_log_is_copied_into_the_database_now_and_then(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(disk, "COMMITS_BETWEEN_COPIES", 1)
    database = await Database.open(database_url)
    await _add(database, "a-name-to-look-for")
    await _copied(database)
    assert b"a-name-to-look-for" in _path(database_url).read_bytes()
    await database.close()


async def test_a_commit_leaves_the_database_alone_until_then(database_url: str) -> None:
    database = await Database.open(database_url)
    for number in range(disk.COMMITS_BETWEEN_COPIES - 1):
        await _add(database, f"a-name-to-look-for-{number}", durable=False)
    assert b"a-name-to-look-for" not in _path(database_url).read_bytes()
    await database.close()
    assert b"a-name-to-look-for" in _path(database_url).read_bytes()


async def test_writers_wait_while_the_rest_of_a_long_log_is_copied(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    copies: list[bool] = []

    def copy_log(_: Disk) -> tuple[int, int, int]:
        assert database.one_writer
        copies.append(database.one_writer._taken)  # pyright: ignore[reportPrivateUsage]
        return 0, disk.LONGEST_LOG + 1, 0

    monkeypatch.setattr(disk, "COMMITS_BETWEEN_COPIES", 1)
    monkeypatch.setattr(Disk, "_copy_log", copy_log)
    await _add(database, "T1", durable=False)
    await _copied(database)
    assert copies == [False, True]
    await asyncio.wait_for(_add(database, "T2"), 60)


class Copies:
    """Stands for the copying of a log, which does what it is told to."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.outcome: tuple[int, int, int] | Exception = (0, 0, 0)
        monkeypatch.setattr(disk, "COMMITS_BETWEEN_COPIES", 1)
        monkeypatch.setattr(Disk, "_copy_log", lambda _: self._copy())

    def _copy(self) -> tuple[int, int, int]:
        if isinstance(self.outcome, Exception):
            raise self.outcome
        return self.outcome

    async def told(self, database: Database, outcome: tuple[int, int, int] | Exception) -> list[tuple[str, str]]:
        """What is logged when a log is copied with this outcome, and how weighty it is."""
        self.outcome = outcome
        with capture_logs() as lines:
            await _add(database, new_id(), durable=False)
            await _copied(database)
        return [(line["event"], line["log_level"]) for line in lines]


@pytest.mark.parametrize(
    "failure", [sqlite3.OperationalError("disk I/O error"), (0, disk.FAR_TOO_LONG + 1, disk.FAR_TOO_LONG)]
)
async def test_a_log_that_cannot_be_copied_is_told_once_and_so_is_that_it_works_again(
    database: Database, monkeypatch: pytest.MonkeyPatch, failure: tuple[int, int, int] | Exception
) -> None:
    copies = Copies(monkeypatch)
    assert await copies.told(database, (0, 3, 3)) == []
    for _ in range(2):
        assert await copies.told(database, failure) == [("log_not_copied", "error")]
        assert await copies.told(database, failure) == []
        assert await copies.told(database, (0, 3, 3)) == [("log_copied_again", "info")]
        assert await copies.told(database, (0, disk.LONGEST_LOG + 1, 5)) == []  # a reader that will end


@pytest.fixture
def small_disk() -> Iterator[None]:
    """Files of this process grow to this length, and no further."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (SMALL, hard))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


async def _rename(database: Database, name: str, way: str) -> None:
    if way == "at once":
        await database.at_once("UPDATE workspace SET name = :name", {"name": name})
        return
    async with (database.late_transaction if way == "late" else database.transaction)() as session:
        await session.exec(update(Workspace).values(name=name))


@pytest.mark.usefixtures("small_disk")
@pytest.mark.parametrize("way", ["in a transaction", "late", "at once"])
async def test_a_disk_that_is_full_of_the_log_has_room_again_once_no_reader_needs_it(
    database: Database, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    monkeypatch.setattr(disk, "COMMITS_BETWEEN_COPIES", 1_000_000)
    await _add(database, "T1")
    async with database.snapshot() as reader:
        assert (await reader.exec(select(Workspace.id))).all() == ["T1"]
        with pytest.raises(Exception, match="disk"):
            for number in range(SMALL // LONG_NAME + 1):
                await _rename(database, str(number % 10) * LONG_NAME, way)
        await _copied(database)
    with pytest.raises(Exception, match="disk"):
        await _rename(database, "x" * LONG_NAME, way)
    await _copied(database)
    await _rename(database, "y" * LONG_NAME, way)


async def test_a_database_may_be_reached_over_a_link(database_url: str, tmp_path: Path, flushes: list[int]) -> None:
    link = tmp_path / "elsewhere" / "linked.db"
    link.parent.mkdir()
    link.symlink_to(_path(database_url))
    database = await Database.open(f"sqlite:///{link}")
    await _add(database, "T1")
    await database.close()
    assert len(flushes) == 1


async def test_of_a_file_without_a_log_there_is_nothing_to_flush(
    tmp_path: Path, database_url: str, flushes: list[int]
) -> None:
    assert database_url
    path = tmp_path / "no-log.db"
    log = Disk(str(path), OneWriter())
    await log.flush()
    log.committed()
    await log.close()
    assert flushes == []
