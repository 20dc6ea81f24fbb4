"""A run belongs to whoever commits its row first."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from storage import job_runs
from storage.database import Database

DUE = datetime(2026, 11, 23, 8, tzinfo=UTC)


async def claim(database: Database, job: str = "report", due: datetime = DUE, workspace: str = "T1") -> bool:
    async with database.transaction() as session:
        return await job_runs.claim(session, workspace, job, due)


async def test_a_run_is_claimed_once(database: Database) -> None:
    assert await claim(database)
    assert not await claim(database)
    async with database.reading() as session:
        assert await job_runs.is_claimed(session, "T1", "report", DUE)
        assert not await job_runs.is_claimed(session, "T1", "report", DUE + timedelta(days=7))


async def hold(database: Database, seconds: float = 900.0) -> datetime | None:
    async with database.transaction() as session:
        return await job_runs.hold(session, "T1", "themes", DUE, seconds=seconds)


async def test_a_run_that_is_held_is_anybodys_once_its_time_is_over(database: Database) -> None:
    first = await hold(database)
    assert first
    assert await hold(database) is None
    second = await hold(database, seconds=0)
    assert second and second > first
    async with database.transaction() as session:
        # Whoever comes back from the dead neither finishes nor gives back what another one has now.
        assert not await job_runs.finish(session, "T1", "themes", DUE, first)
        await job_runs.give_back(session, "T1", "themes", DUE, first)
    assert await hold(database) is None
    async with database.transaction() as session:
        assert await job_runs.finish(session, "T1", "themes", DUE, second)
    assert await hold(database, seconds=0) is None


async def test_a_run_that_is_given_back_is_free_at_once(database: Database) -> None:
    lease = await hold(database)
    assert lease
    async with database.transaction() as session:
        await job_runs.give_back(session, "T1", "themes", DUE, lease)
    assert await hold(database)


async def test_the_same_moment_in_another_time_zone_is_the_same_run(database: Database) -> None:
    assert await claim(database)
    assert not await claim(database, due=DUE.astimezone(timezone(timedelta(hours=9))))


async def test_another_job_time_or_workspace_is_another_run(database: Database) -> None:
    assert await claim(database)
    assert await claim(database, job="sweep")
    assert await claim(database, due=DUE + timedelta(minutes=1))
    assert await claim(database, workspace="T2")


async def test_a_transaction_that_fails_leaves_the_run_to_the_next(database: Database) -> None:
    with pytest.raises(OSError):
        async with database.transaction() as session:
            assert await job_runs.claim(session, "T1", "report", DUE)
            raise OSError("the disk is full")
    assert await claim(database)
