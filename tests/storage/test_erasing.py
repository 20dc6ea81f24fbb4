"""Who is erased is gone, and what was counted stays counted."""

from datetime import date, timedelta

import pytest

from handoff import window
from storage import day_tallies, erasing, resolutions
from storage.database import Database
from storage.kinds import HandoffReason, ResolvedBy
from storage.resolutions import Ended
from storage.tables import Conversation, Handoff
from tests import weeks
from tests.weeks import WORKSPACE, Cell

WEEK = window.days(date(2026, 11, 2), date(2026, 11, 8), "Europe/Berlin")
CELLS = [
    Cell(ResolvedBy.AI, "returns", 30, asked=20, rated=12, satisfied=8, confirmed=9, reopened=3, taken_back=4),
    Cell(ResolvedBy.HUMAN, "returns", 12, asked=9, rated=7, satisfied=5),
    Cell(ResolvedBy.AI_THEN_HUMAN, "delivery", 6, asked=6, rated=3, satisfied=1, simulated=2),
]
ZONE = "Europe/Berlin"


@pytest.fixture
async def full(database: Database) -> Database:
    """A week of one customer, who was handed off once."""
    await weeks.add_workspace(database, ["returns", "delivery"])
    await weeks.add(database, WEEK, CELLS)
    async with database.transaction() as session:
        session.add(
            Handoff(
                workspace_id=WORKSPACE,
                id="h1",
                conversation_id="20261102-0-0",
                reason=HandoffReason.WISH,
                opened_at=WEEK.since + timedelta(hours=1),
            )
        )
    return database


async def counted(database: Database) -> tuple[list[Ended], list[Ended], object, object]:
    """All that is counted of the week: whole, day by day as settled days have it, what was opened and handed off."""
    stretch = (WORKSPACE, WEEK.since, WEEK.until)
    async with database.reading() as session:
        return (
            await resolutions.ended(session, *stretch),
            await day_tallies.ended(session, *stretch),
            sorted(await resolutions.opened(session, *stretch), key=lambda each: each.arm),
            await resolutions.handoff_reasons(session, *stretch),
        )


async def test_a_week_says_the_same_after_its_customer_was_erased(full: Database) -> None:
    before = await counted(full)
    assert sum(each.counts.resolved for each in before[0]) == 44
    async with full.transaction() as session:
        found = await erasing.erase(session, WORKSPACE, "U1")
        assert await session.get(Conversation, (WORKSPACE, found.conversations[0].id)) is None
    assert len(found.conversations) == 48
    assert await counted(full) == before
    async with full.reading() as session:
        assert not (await erasing.find(session, WORKSPACE, "U1")).anything


async def test_days_that_are_counted_anew_keep_those_who_were_erased(full: Database) -> None:
    before = await counted(full)
    await day_tallies.settle(full, WORKSPACE, ZONE, before=WEEK.since + timedelta(days=4))
    async with full.transaction() as session:
        await erasing.erase(session, WORKSPACE, "U1")
    for day in range(7):
        async with full.transaction() as session:
            await day_tallies.recount(session, WORKSPACE, WEEK.since + timedelta(days=day, hours=12))
    assert await counted(full) == before
    await day_tallies.settle(full, WORKSPACE, ZONE, before=WEEK.until)
    assert await counted(full) == before


async def test_a_topic_that_is_renamed_takes_along_what_was_erased(full: Database) -> None:
    async with full.transaction() as session:
        await erasing.erase(session, WORKSPACE, "U1")
        await day_tallies.rename_topic(session, WORKSPACE, "delivery", "shipping")
    ended, _, _, _ = await counted(full)
    assert {each.topic for each in ended} == {"returns", "shipping"}


async def test_somebody_of_whom_nothing_is_stored_is_erased_without_a_trace(full: Database) -> None:
    before = await counted(full)
    async with full.transaction() as session:
        assert not (await erasing.erase(session, WORKSPACE, "U2")).anything
    assert await counted(full) == before
