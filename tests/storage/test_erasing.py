"""Who is erased is gone, and what was counted stays counted."""

from datetime import date, timedelta

import pytest

from handoff import window
from storage import day_tallies, erasing, offerings, resolutions
from storage.database import Database
from storage.kinds import HandoffReason, ResolvedBy
from storage.offerings import Offering
from storage.resolutions import Ended
from storage.spending import ModelCall
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
MONDAY = WEEK.since


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
        for number in (0, 29):  # the latter was taken back
            session.add(
                ModelCall(
                    workspace_id=WORKSPACE,
                    id=f"c{number}",
                    conversation_id=f"20261102-0-{number}",
                    day="2026-11-02",
                    purpose="draft",
                    model="m",
                    dollars=0.5,
                    created_at=MONDAY,
                )
            )
    return database


Counted = tuple[list[Ended], list[Ended], object, object, list[Offering], dict[str, float]]


async def counted(database: Database) -> Counted:
    """All that is counted of the week: whole, day by day as settled days have it, what was opened and handed off."""
    stretch = (WORKSPACE, WEEK.since, WEEK.until)
    async with database.reading() as session:
        return (
            await resolutions.ended(session, *stretch),
            await day_tallies.ended(session, *stretch),
            sorted(await resolutions.opened(session, *stretch), key=lambda each: each.arm),
            await resolutions.handoff_reasons(session, *stretch),
            await offerings.opened(session, *stretch),
            await resolutions.dollars(session, *stretch),
        )


async def test_a_week_says_the_same_after_its_customer_was_erased(full: Database) -> None:
    before = await counted(full)
    assert sum(each.counts.resolved for each in before[0]) == 44
    assert [(each.topic, each.conversations, each.resolved, each.ratings) for each in before[4]] == [
        ("delivery", 6, 6, 3),
        ("returns", 30, 26, 12),
        ("returns", 12, 12, 7),
    ]
    assert before[5] == {"ai": 0.5, "ai_then_human": 0.0, "human": 0.0}
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
    ended, *_ = await counted(full)
    assert {each.topic for each in ended} == {"returns", "shipping"}


async def test_somebody_of_whom_nothing_is_stored_is_erased_without_a_trace(full: Database) -> None:
    before = await counted(full)
    async with full.transaction() as session:
        assert not (await erasing.erase(session, WORKSPACE, "U2")).anything
    assert await counted(full) == before
