"""Two that change settled days at the same moment: each waits for the other, and every resolution counts once."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import date
from typing import Any

import pytest
from sqlmodel import col, select

from handoff.window import days
from storage import day_tallies, resolutions, standing, topics
from storage.database import Database
from storage.endings import Resolution
from storage.kinds import ResolvedBy, TakenBack
from storage.resolutions import Counts, Ended
from storage.row import now
from storage.tables import Conversation, Topic
from tests import weeks
from tests.locks import waits_for_a_lock
from tests.weeks import WORKSPACE, Cell

ZONE = "Europe/Berlin"
DAY = days(date(2026, 10, 12), date(2026, 10, 12), ZONE)


@pytest.fixture
async def resolved(database: Database) -> list[Resolution]:
    """Resolutions of one day."""
    await weeks.add_workspace(database, ["returns"])
    await weeks.add(database, DAY, [Cell(ResolvedBy.AI, "returns", 4)])
    async with database.reading() as session:
        return list((await session.exec(select(Resolution).order_by(col(Resolution.id)))).all())


async def _settle(database: Database) -> int:
    return await day_tallies.settle(database, WORKSPACE, ZONE, before=DAY.until)


async def _take_back(
    database: Database, row: Resolution, meanwhile: Callable[[], Awaitable[None]] | None = None
) -> None:
    async with database.transaction() as session:
        made = await session.get_one(Conversation, (WORKSPACE, row.conversation_id), with_for_update=True)
        await standing.reopened(session, made, at=now(), final_before=DAY.since)
        await session.flush()
        if meanwhile:
            await meanwhile()


async def _rename(database: Database) -> None:
    async with database.transaction() as session:
        await topics.rename(session, await session.get_one(Topic, (WORKSPACE, "returns")), "refunds")


async def _together(database: Database, row: Resolution, other: Awaitable[None]) -> None:
    """Take a resolution back, and do the other thing before that is committed."""
    tasks = list[asyncio.Future[None]]()

    async def begin_other() -> None:
        tasks.append(asyncio.ensure_future(other))
        await waits_for_a_lock(database)

    await _take_back(database, row, begin_other)
    await asyncio.wait_for(tasks[0], 60)


async def _kept_and_live(database: Database) -> tuple[list[Ended], list[Ended]]:
    asked: Any = (WORKSPACE, DAY.since, DAY.until)
    async with database.reading() as session:
        return await day_tallies.ended(session, *asked), await resolutions.ended(session, *asked)


async def test_two_that_are_taken_back_together_are_both_counted(
    database: Database, resolved: list[Resolution]
) -> None:
    await _settle(database)
    await _together(database, resolved[0], _take_back(database, resolved[1]))
    kept, live = await _kept_and_live(database)
    assert kept == live
    assert sum((each.counts for each in kept), Counts()).taken_back == 2


async def test_a_day_that_is_counted_anew_while_its_topic_is_renamed_counts_once(
    database: Database, resolved: list[Resolution]
) -> None:
    await _settle(database)
    await _together(database, resolved[0], _rename(database))
    kept, live = await _kept_and_live(database)
    assert kept == live
    assert {each.topic for each in kept} == {"refunds"}


async def test_what_changes_while_a_day_is_counted_is_counted_again(
    database: Database, resolved: list[Resolution], monkeypatch: pytest.MonkeyPatch
) -> None:
    counting, changes = resolutions.ended, [lambda: _rename(database), lambda: _take_back(database, resolved[0])]

    async def count_and_change(*asked: Any) -> list[Ended]:
        found = await counting(*asked)
        if changes:
            await changes.pop()()
        return found

    monkeypatch.setattr(resolutions, "ended", count_and_change)
    assert await _settle(database) == 1
    monkeypatch.undo()
    kept, live = await _kept_and_live(database)
    assert kept == live
    assert {each.topic for each in kept} == {"refunds"}
    assert sum((each.counts for each in kept), Counts()).taken_back == 1


async def test_a_customer_who_goes_on_and_asks_anew_at_once_takes_back_one_time(
    database: Database, resolved: list[Resolution]
) -> None:
    async def come_back_in_a_new_thread() -> None:
        async with database.transaction() as session:
            earlier = await session.get_one(Conversation, (WORKSPACE, resolved[0].conversation_id))
            new = await session.get_one(Conversation, (WORKSPACE, resolved[1].conversation_id))
            assert not await standing.returned(session, earlier, new)

    await _together(database, resolved[0], come_back_in_a_new_thread())
    async with database.reading() as session:
        row = await session.get_one(Resolution, (WORKSPACE, resolved[0].id))
    assert (row.taken_back_how, row.returned_in) == (TakenBack.REOPENED, "")
