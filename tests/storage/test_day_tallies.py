"""Days that can no longer change are counted once: the sum of the days is what the rows themselves say."""

import asyncio
import itertools
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

from sqlmodel import col, func, select, update

from handoff.window import Window, days
from storage import day_tallies, resolutions, standing, topics
from storage.database import Database
from storage.endings import DayTally, Rating, Resolution, SettledDay, Survey
from storage.ids import new_id
from storage.kinds import Confirmation, Offered, ResolvedBy, TakenBack
from storage.resolutions import Counts, Ended
from storage.row import now
from storage.tables import Conversation, Topic
from tests import weeks
from tests.weeks import WORKSPACE, Cell

ZONE = "Europe/Berlin"
MONTH = days(date(2026, 10, 12), date(2026, 11, 8), ZONE)
"""The clocks are put back in it."""
TOPICS = ("returns", "billing", "")


async def _add_at_random(database: Database, seed: int, many: int = 300) -> None:
    """Conversations resolved all over the month, with whatever may have become of them."""
    chance = Random(seed)
    await weeks.add_workspace(database, ["returns", "billing"])
    rows: list[Any] = []
    for _ in range(many):
        resolved_at = MONTH.since + (MONTH.until - MONTH.since) * chance.random()
        key: dict[str, Any] = {"workspace_id": WORKSPACE, "conversation_id": new_id()}
        made = Conversation(
            workspace_id=WORKSPACE,
            id=key["conversation_id"],
            channel_id="C1",
            thread_ts=key["conversation_id"],
            customer_id="U1",
            state="resolved",
        )
        back = chance.random() < 0.2
        resolution = Resolution(
            **key,
            id=new_id(),
            topic=chance.choice(TOPICS),
            resolved_by=chance.choice(list(ResolvedBy)),
            confirmation=chance.choice(list(Confirmation)),
            resolved_at=resolved_at,
            opened_at=resolved_at - timedelta(hours=1),
            reopened=chance.choice((0, 0, 1)),
            offered=chance.choice(list(Offered)),
            simulated=chance.random() < 0.1,
            reopened_at=resolved_at + timedelta(days=2) if back else None,
            taken_back_at=resolved_at + timedelta(days=2) if back else None,
            taken_back_how=TakenBack.REOPENED if back else "",
        )
        rows += [made, resolution]
        if chance.random() < 0.8:
            rows.append(Survey(**key, customer_id="U1", asked_at=resolved_at + timedelta(minutes=1)))
        if chance.random() < 0.5:
            rated_at = resolved_at + timedelta(days=chance.choice((1, 4)))
            rows.append(Rating(**key, customer_id="U1", score=chance.randint(1, 5), rated_at=rated_at))
    for table in (Conversation, Resolution, Survey, Rating):
        async with database.transaction() as session:
            session.add_all(row for row in rows if isinstance(row, table))


async def _settle(database: Database, before: datetime = MONTH.until, zone: str = ZONE) -> int:
    return await day_tallies.settle(database, WORKSPACE, zone, before=before)


def _sorted(found: list[Ended]) -> list[Ended]:
    return sorted(found, key=lambda each: (each.topic, each.arm, each.offered))


def _of(found: list[Ended], topic: str) -> Counts:
    return sum((each.counts for each in found if each.topic == topic), Counts())


async def test_the_sum_of_the_days_is_what_the_rows_say(database: Database) -> None:
    await _add_at_random(database, 1)
    assert await _settle(database, MONTH.until - timedelta(days=9)) == 19
    chance = Random(2)
    length = MONTH.until - MONTH.since
    ends = [sorted((chance.random(), chance.random())) for _ in range(12)]
    stretches = [
        MONTH,
        *(Window(since=MONTH.since + one * length, until=MONTH.since + two * length) for one, two in ends),
    ]
    async with database.reading() as session:
        for stretch in stretches:
            for topic in (None, *TOPICS):
                asked = (session, WORKSPACE, stretch.since, stretch.until, topic)
                assert _sorted(await day_tallies.ended(*asked)) == _sorted(await resolutions.ended(*asked))
    async with database.reading() as session:
        kept = (await session.exec(select(func.sum(DayTally.resolved)))).one()
    assert 100 < kept < 300


async def test_a_day_is_counted_once_by_however_many_processes(database: Database) -> None:
    await _add_at_random(database, 3, many=60)
    first, second = await asyncio.gather(_settle(database), _settle(database))
    assert first + second == 28
    assert await _settle(database) == 0
    async with database.reading() as session:
        kept = await day_tallies.ended(session, WORKSPACE, MONTH.since, MONTH.until)
        live = await resolutions.ended(session, WORKSPACE, MONTH.since, MONTH.until)
    assert sum((each.counts for each in kept), Counts()) == sum((each.counts for each in live), Counts())


async def test_settled_days_follow_each_other_also_into_another_time_zone(database: Database) -> None:
    await _add_at_random(database, 4)
    await _settle(database, MONTH.since + timedelta(days=10))
    await _settle(database, MONTH.since + timedelta(days=20), "America/Los_Angeles")
    async with database.reading() as session:
        found = (await session.exec(select(SettledDay).order_by(col(SettledDay.since)))).all()
        for stretch in (MONTH, days(date(2026, 10, 19), date(2026, 10, 25), "America/Los_Angeles")):
            asked = (session, WORKSPACE, stretch.since, stretch.until)
            kept = sum((each.counts for each in await day_tallies.ended(*asked)), Counts())
            assert kept == sum((each.counts for each in await resolutions.ended(*asked)), Counts())
    assert all(one.until == other.since for one, other in itertools.pairwise(found))
    assert len({each.since for each in found}) == len(found) == 20


async def test_what_is_taken_back_after_all_is_counted_anew(database: Database) -> None:
    await _add_at_random(database, 5, many=40)
    await _settle(database)
    async with database.transaction() as session:
        wanted = select(Resolution).where(col(Resolution.reopened_at).is_(None)).limit(1)
        row = (await session.exec(wanted)).one()
        made = await session.get_one(Conversation, (WORKSPACE, row.conversation_id))
        await standing.reopened(session, made, at=now(), final_before=MONTH.since)
    async with database.reading() as session:
        kept = await day_tallies.ended(session, WORKSPACE, MONTH.since, MONTH.until)
        live = await resolutions.ended(session, WORKSPACE, MONTH.since, MONTH.until)
    assert sum((each.counts for each in kept), Counts()) == sum((each.counts for each in live), Counts())
    assert sum(each.counts.taken_back for each in kept) > 0


async def test_an_erased_conversation_leaves_the_counts_of_settled_days(database: Database) -> None:
    await _add_at_random(database, 6, many=40)
    await _settle(database, MONTH.until - timedelta(days=7))
    async with database.reading() as session:
        before = await day_tallies.ended(session, WORKSPACE, MONTH.since, MONTH.until - timedelta(days=7))
    async with database.transaction() as session:
        for made in (await session.exec(select(Conversation))).all():
            await session.delete(made)
    async with database.reading() as session:
        after = await day_tallies.ended(session, WORKSPACE, MONTH.since, MONTH.until)
    assert after == before


async def test_a_topic_takes_its_counts_along_under_a_new_name_and_into_another_topic(database: Database) -> None:
    await _add_at_random(database, 7)
    await _settle(database, MONTH.until - timedelta(days=9))
    async with database.reading() as session:
        before = await day_tallies.ended(session, WORKSPACE, MONTH.since, MONTH.until)
    async with database.transaction() as session:
        billing = await session.get_one(Topic, (WORKSPACE, "billing"))
        await topics.rename(session, billing, "invoices")
    async with database.reading() as session:
        renamed = await day_tallies.ended(session, WORKSPACE, MONTH.since, MONTH.until)
    assert _of(renamed, "invoices") == _of(before, "billing")
    assert _of(renamed, "billing") == Counts()
    async with database.transaction() as session:
        await topics.remove(session, await session.get_one(Topic, (WORKSPACE, "invoices")), into="returns")
    async with database.reading() as session:
        merged = await day_tallies.ended(session, WORKSPACE, MONTH.since, MONTH.until)
        live = await resolutions.ended(session, WORKSPACE, MONTH.since, MONTH.until)
    assert _of(merged, "returns") == _of(before, "returns") + _of(before, "billing")
    assert _of(merged, "returns") == _of(live, "returns")


async def test_history_that_is_written_later_is_counted(database: Database) -> None:
    await weeks.add_workspace(database, ["returns"])
    week = days(date(2026, 10, 12), date(2026, 10, 18), ZONE)
    await weeks.add(database, week, [Cell(ResolvedBy.AI, "returns", 7)])
    await _settle(database, week.until)
    async with database.transaction() as session:
        await session.exec(update(Resolution).values(resolved_by=ResolvedBy.HUMAN))
        await day_tallies.forget(session, WORKSPACE, week.since + timedelta(days=3, hours=5))
    assert await _settle(database, week.until) == 4
    async with database.reading() as session:
        found = await day_tallies.ended(session, WORKSPACE, week.since, week.until)
    assert {each.arm: each.counts.resolved for each in found} == {"ai": 3, "human": 4}


async def test_nothing_resolved_settles_nothing(database: Database) -> None:
    await weeks.add_workspace(database)
    assert await _settle(database) == 0
    async with database.reading() as session:
        assert await day_tallies.begun(session, WORKSPACE) is None
        assert await day_tallies.ended(session, WORKSPACE, datetime(2020, 1, 1, tzinfo=UTC), MONTH.until) == []
