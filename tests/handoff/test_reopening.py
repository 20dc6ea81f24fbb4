"""A matter that comes after one that was resolved for good is counted by itself: who answered it, and how soon."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from handoff import desk
from handoff.window import Window
from storage import conversations, durations, efforts, erasing, offerings, resolutions
from storage.database import Database
from storage.endings import Resolution
from storage.ids import new_id
from storage.kinds import Confirmation, EffortKind, Offered, ResolvedBy
from storage.resolutions import Opened
from storage.row import now
from storage.spending import Effort, ModelCall
from storage.tables import Conversation
from tests import weeks
from tests.weeks import WORKSPACE

DAYS, AGO = 7, timedelta(days=30)
CUSTOMER, AGENT = "U0ADA0000", "U0BEN0000"
AI, HUMAN, BOTH = ResolvedBy.AI, ResolvedBy.HUMAN, ResolvedBy.AI_THEN_HUMAN


def then() -> Window:
    """The days in which the first matter was opened and resolved."""
    return Window(since=now() - AGO - timedelta(days=1), until=now() - AGO + timedelta(days=1))


async def begun(session: AsyncSession) -> Conversation:
    """A customer asks."""
    place: dict[str, Any] = {"channel_id": "C1", "thread_ts": "1.1", "customer_id": CUSTOMER}
    conversation = conversations.begin(session, WORKSPACE, **place)
    conversation.offered = Offered.AI
    await session.flush()
    return conversation


async def worked(session: AsyncSession, conversation: Conversation, by: ResolvedBy, *, minutes: float = 0) -> None:
    """It is answered by AI, by people or by both, who work on it for so many minutes, and it is resolved."""
    if by in (AI, BOTH):
        desk.answered(conversation, silence=timedelta(hours=1))
    if by in (HUMAN, BOTH):
        await desk.take_over(session, conversation, AGENT)
    if minutes:
        about = {"workspace_id": WORKSPACE, "id": new_id(), "conversation_id": conversation.id, "person_id": AGENT}
        session.add(Effort(**about, kind=EffortKind.CONVERSATION, seconds=minutes * 60, at=now()))
    await session.flush()
    person_id = CUSTOMER if by is AI else AGENT
    await desk.resolve(session, conversation, confirmation=Confirmation.CONFIRMED, person_id=person_id)
    await session.flush()


async def passed(session: AsyncSession, conversation: Conversation, time: timedelta) -> None:
    """So much time passes."""
    others = [(await session.exec(select(table))).all() for table in (Resolution, Effort, ModelCall)]
    for row in (conversation, *(each for rows in others for each in rows)):
        for name, moment in row.model_dump().items():
            if isinstance(moment, datetime):
                setattr(row, name, moment - time)
        session.add(row)
    await session.flush()


async def of_all(session: AsyncSession) -> Sequence[Resolution]:
    await session.flush()
    return (await session.exec(select(Resolution).order_by(col(Resolution.resolved_at)))).all()


@pytest.mark.parametrize(("first", "second"), [(AI, HUMAN), (HUMAN, AI), (BOTH, AI), (BOTH, HUMAN), (AI, AI)])
async def test_the_next_matter_is_resolved_by_who_answered_it(
    database: Database, first: ResolvedBy, second: ResolvedBy
) -> None:
    await weeks.add_workspace(database)
    async with database.transaction() as session:
        conversation = await begun(session)
        await worked(session, conversation, first)
        await passed(session, conversation, AGO)
        await desk.reopen(session, conversation, resolution_days=DAYS)
        await worked(session, conversation, second)
        before, after = await of_all(session)
    assert (before.resolved_by, after.resolved_by) == (first, second)
    assert (before.taken_back_at, before.reopened_at) == (None, after.opened_at)
    assert after.first_reply_at is not None
    assert after.opened_at <= after.first_reply_at <= after.resolved_at


async def test_a_matter_that_goes_on_was_begun_by_who_answered_first(database: Database) -> None:
    await weeks.add_workspace(database)
    async with database.transaction() as session:
        conversation = await begun(session)
        await worked(session, conversation, AI)
        await passed(session, conversation, timedelta(days=DAYS - 1))
        await desk.reopen(session, conversation, resolution_days=DAYS)
        await worked(session, conversation, HUMAN)
        before, after = await of_all(session)
    assert (before.taken_back_how, after.resolved_by) == ("reopened", BOTH)
    assert (after.opened_at, after.first_reply_at) == (before.opened_at, before.first_reply_at)


async def test_a_later_matter_that_is_taken_back_goes_on_from_its_own_beginning(database: Database) -> None:
    await weeks.add_workspace(database)
    async with database.transaction() as session:
        conversation = await begun(session)
        for by in (AI, HUMAN, BOTH):
            await worked(session, conversation, by)
            await passed(session, conversation, AGO if by is AI else timedelta(days=1))
            if by is not BOTH:
                await desk.reopen(session, conversation, resolution_days=DAYS)
        first, second, third = await of_all(session)
    assert [each.taken_back_how for each in (first, second, third)] == ["", "reopened", ""]
    assert third.opened_at == second.opened_at == first.reopened_at
    assert third.first_reply_at == second.first_reply_at
    assert third.resolved_by == BOTH
    assert [each.reopened for each in (first, second, third)] == [0, 0, 1]


async def test_what_models_cost_is_counted_with_the_matter_that_it_was_spent_on(database: Database) -> None:
    await weeks.add_workspace(database)
    async with database.transaction() as session:
        conversation = await begun(session)
        for dollars in (1.0, 2.0):
            about: dict[str, Any] = {"workspace_id": WORKSPACE, "id": new_id(), "conversation_id": conversation.id}
            called = ModelCall(**about, day="2026-11-17", purpose="draft", model="m", dollars=dollars)
            called.created_at -= timedelta(minutes=1)  # before what came of it was written
            session.add(called)
            if dollars == 2.0:
                await desk.reopen(session, conversation, resolution_days=DAYS)
            await worked(session, conversation, AI)
            if dollars == 1.0:
                await passed(session, conversation, AGO)
        window, today = then(), (now() - timedelta(days=1), now() + timedelta(days=1))
        assert await resolutions.dollars(session, WORKSPACE, window.since, window.until) == {AI: 1.0}
        assert await resolutions.dollars(session, WORKSPACE, *today) == {AI: 2.0}


async def test_a_first_reply_from_before_the_matter_is_none(database: Database) -> None:
    await weeks.add_workspace(database)
    async with database.transaction() as session:
        conversation = await begun(session)
        await worked(session, conversation, AI)
        await passed(session, conversation, AGO)
        replied = conversation.first_reply_at
        await desk.reopen(session, conversation, resolution_days=DAYS)
        conversation.first_reply_at = replied  # as earlier versions left it
        await session.flush()
    async with database.reading() as session:
        still_open = await durations.open_at(session, WORKSPACE, now())
    assert len(still_open[AI].opened) == 1
    assert still_open[AI].replied[0] != still_open[AI].replied[0]  # not a number
    async with database.transaction() as session:
        found = await conversations.by_id(session, WORKSPACE, conversation.id, lock=True)
        assert found
        await desk.resolve(session, found, confirmation=Confirmation.ASSUMED, person_id=None)
        _, after = await of_all(session)
    assert after.first_reply_at is None


async def test_the_first_matter_stays_what_it_was_in_its_own_week(database: Database) -> None:
    await weeks.add_workspace(database)
    window, was = then(), [Opened(AI, 1, 0, 0)]

    async def seen() -> tuple[list[Opened], list[tuple[str, int, int]]]:
        async with database.reading() as session:
            stretch = (session, WORKSPACE, window.since, window.until)
            offered = [(each.topic, each.conversations, each.resolved) for each in await offerings.opened(*stretch)]
            return await resolutions.opened(*stretch), offered

    async with database.transaction() as session:
        conversation = await begun(session)
        conversation.topic = "returns"
        await worked(session, conversation, AI)
        await passed(session, conversation, AGO)
    assert await seen() == (was, [("returns", 1, 1)])
    async with database.transaction() as session:
        await desk.reopen(session, conversation, resolution_days=DAYS)
    assert await seen() == (was, [("returns", 1, 1)])
    async with database.transaction() as session:
        session.add(conversation)
        conversation.topic = "delivery"
        await worked(session, conversation, HUMAN)
    assert await seen() == (was, [("returns", 1, 1)])
    async with database.transaction() as session:
        await erasing.erase(session, WORKSPACE, CUSTOMER)
    assert await seen() == (was, [("returns", 1, 1)])


async def test_peoples_time_is_charged_to_the_ai_where_it_had_answered_that_matter(database: Database) -> None:
    await weeks.add_workspace(database)

    async def touched() -> float:
        async with database.reading() as session:
            whole = (now() - 3 * AGO, now() + timedelta(days=1))
            return (await efforts.spent(session, WORKSPACE, *whole)).touched / 60

    async with database.transaction() as session:
        conversation = await begun(session)
        await worked(session, conversation, BOTH, minutes=5)
        await passed(session, conversation, AGO)
    assert await touched() == 5
    async with database.transaction() as session:
        await desk.reopen(session, conversation, resolution_days=DAYS)
    assert await touched() == 5
    async with database.transaction() as session:
        session.add(conversation)
        await worked(session, conversation, HUMAN, minutes=7)
    assert await touched() == 5
    async with database.transaction() as session:
        await passed(session, conversation, AGO)
        await desk.reopen(session, conversation, resolution_days=DAYS)
        await worked(session, conversation, BOTH, minutes=11)
    assert await touched() == 5 + 11
