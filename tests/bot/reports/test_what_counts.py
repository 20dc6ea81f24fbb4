"""What counts as resolved in a report, and what bad luck with the data does to it."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlmodel import col, select, update

from bot import reports
from bot.team import Comparison, TeamFile
from handoff.report import Report
from storage import standing, topics
from storage.database import Database
from storage.endings import Rating, Resolution, Survey
from storage.ids import new_id
from storage.kinds import ClosedAs, ResolvedBy
from storage.spending import ModelCall
from storage.tables import Conversation, Handoff, Topic
from tests import weeks
from tests.weeks import WORKSPACE, Cell

ZONE = "Europe/Berlin"
WEEK = reports.days(date(2026, 11, 16), date(2026, 11, 22), ZONE)
MONDAY = WEEK.until + timedelta(hours=9)


async def _report(database: Database, **decided: Any) -> Report:
    team = TeamFile(comparison=Comparison(**decided))
    return await reports.build(database, WORKSPACE, WEEK, ZONE, team, at=MONDAY)


async def test_what_was_taken_back_is_not_resolved_and_keeps_its_ratings(database: Database) -> None:
    await weeks.add_workspace(database, ["returns"])
    cell = Cell(ResolvedBy.AI, "returns", 10, asked=10, rated=10, satisfied=6, confirmed=6, taken_back=3)
    await weeks.add(database, WEEK, [cell])
    ai = (await _report(database)).of(ResolvedBy.AI)
    assert (ai.resolved, ai.confirmed, ai.assumed, ai.taken_back) == (7, 6, 1, 3)
    assert (ai.asked, ai.ratings, ai.satisfied) == (10, 10, 6)
    assert ai.scores == (2, 1, 1, 3, 3)


async def test_who_was_not_asked_is_counted_by_why_and_by_who_resolved(database: Database) -> None:
    await weeks.add_workspace(database, ["returns"])
    cells = [
        Cell(ResolvedBy.AI, "returns", 6, asked=6, rated=2, satisfied=1),
        Cell(ResolvedBy.HUMAN, "returns", 2, asked=2),
    ]
    await weeks.add(database, WEEK, cells)
    why = {"0-0": "contact_rule", "0-1": "contact_rule", "0-2": "customer_gone", "1-0": "contact_rule"}
    async with database.transaction() as session:
        rows = (await session.exec(select(Resolution))).all()
        for resolution in rows:
            survey = await session.get(Survey, (WORKSPACE, resolution.conversation_id))
            assert survey
            survey.resolved_at = resolution.resolved_at
            reason = next((each for key, each in why.items() if resolution.conversation_id.endswith(f"-{key}")), "")
            if reason:
                survey.asked_at, survey.not_asked = None, reason
            session.add(survey)
    counted = [each.model_dump() for each in (await _report(database)).not_asked]
    assert counted == [
        {"reason": "contact_rule", "ai": 2, "ai_then_human": 0, "human": 1},
        {"reason": "customer_gone", "ai": 1, "ai_then_human": 0, "human": 0},
    ]


async def test_a_resolution_is_not_final_while_its_days_last(database: Database) -> None:
    await weeks.add_workspace(database, ["returns"])
    await weeks.add(database, WEEK, [Cell(ResolvedBy.AI, "returns", 14, taken_back=2)])
    # Two a day; those from before nine on the Monday a week ago are final, the last day's two were taken back.
    assert (await _report(database)).of(ResolvedBy.AI).not_final == 11
    assert (await _report(database, resolution_days=2)).of(ResolvedBy.AI).not_final == 1
    later = await reports.build(database, WORKSPACE, WEEK, ZONE, at=MONDAY + timedelta(days=8))
    assert later.of(ResolvedBy.AI).not_final == 0


async def test_what_models_cost_counts_where_the_conversation_stayed_resolved(database: Database) -> None:
    await weeks.add_workspace(database, ["returns"])
    await weeks.add(
        database, WEEK, [Cell(ResolvedBy.AI, "returns", 4, taken_back=1), Cell(ResolvedBy.HUMAN, "returns", 1)]
    )
    async with database.transaction() as session:
        for number, row in enumerate((await session.exec(select(Resolution).order_by(col(Resolution.id)))).all()):
            for _ in range(2):
                session.add(
                    ModelCall(
                        workspace_id=WORKSPACE,
                        id=new_id(),
                        day="2026-11-17",
                        conversation_id=row.conversation_id,
                        purpose="draft",
                        model="m",
                        dollars=0.01 * 10**number,
                        created_at=row.opened_at,
                    )
                )
    report = await _report(database)
    # Ids end in the cell's number and the conversation's: 0-0 to 0-3 (taken back), 1-0.
    assert [report.of(arm).dollars for arm in ResolvedBy] == pytest.approx([0.02 + 0.2 + 2.0, 0, 200.0])


async def test_one_arm_may_be_empty_and_everybody_may_give_five(database: Database) -> None:
    await weeks.add_workspace(database, ["returns"])
    await weeks.add(database, WEEK, [Cell(ResolvedBy.AI, "returns", 30, asked=30, rated=20, satisfied=20)])
    async with database.transaction() as session:
        await session.exec(update(Rating).values(score=5))
    alone = await _report(database)
    assert alone.of(ResolvedBy.AI).scores == (0, 0, 0, 0, 20)
    assert alone.of(ResolvedBy.AI).satisfied == 20
    assert alone.of(ResolvedBy.HUMAN).ratings == 0
    assert "higher" not in alone.comparison.headline
    await weeks.add(database, WEEK, [Cell(ResolvedBy.AI, "x", 0), Cell(ResolvedBy.HUMAN, "returns", 20, 20, 20, 20)])
    async with database.transaction() as session:
        await session.exec(update(Rating).values(score=5))
    both = (await _report(database)).comparison
    assert both.raw
    assert both.raw.estimate == 0
    assert "no difference" in both.headline.casefold() or "same" in both.headline.casefold()


async def test_a_conversation_that_spans_weeks_counts_in_the_week_it_was_resolved(database: Database) -> None:
    await weeks.add_workspace(database, ["returns"])
    month = timedelta(days=30).total_seconds()
    await weeks.add(database, WEEK, [Cell(ResolvedBy.HUMAN, "returns", 1, asked=1, rated=1, resolution_seconds=month)])
    report = await _report(database)
    assert (report.opened, report.of(ResolvedBy.HUMAN).resolved, report.of(ResolvedBy.HUMAN).ratings) == (0, 1, 1)
    before = reports.last_full_week(WEEK.since, ZONE)
    assert (await reports.build(database, WORKSPACE, before, ZONE)).resolved == 0


async def test_a_topic_that_is_renamed_in_mid_week_stays_one(database: Database) -> None:
    await weeks.add_workspace(database, ["returns"])
    await weeks.add(database, WEEK, [Cell(ResolvedBy.AI, "returns", 5, asked=5, rated=5, satisfied=5)])
    async with database.transaction() as session:
        fresh = await topics.rename(session, await session.get_one(Topic, (WORKSPACE, "returns")), "refunds")
        fresh.title = "Refunds"
    await weeks.add(database, WEEK, [Cell(ResolvedBy.AI, "-", 0), Cell(ResolvedBy.HUMAN, "refunds", 4)])
    report = await _report(database)
    assert [(each.topic, each.title, len(each.arms)) for each in report.topics] == [("refunds", "Refunds", 2)]
    async with database.transaction() as session:
        await topics.remove(session, await session.get_one(Topic, (WORKSPACE, "refunds")), into=None)
    assert [(each.title, each.of(ResolvedBy.AI).resolved) for each in (await _report(database)).topics] == [
        ("refunds", 5)
    ]


async def test_an_erased_customer_breaks_no_report(database: Database) -> None:
    await weeks.add_workspace(database, ["returns"])
    await weeks.add(database, WEEK, [Cell(ResolvedBy.AI, "returns", 5, asked=5, rated=4, satisfied=4)])
    async with database.transaction() as session:
        await session.exec(update(Conversation).values(customer_id=""))
        erased = (await session.exec(select(Conversation).order_by(col(Conversation.id)).limit(2))).all()
        for conversation in erased:
            await session.delete(conversation)
    report = await _report(database)
    assert (report.resolved, report.of(ResolvedBy.AI).ratings) == (3, 2)
    async with database.reading() as session:
        assert len((await session.exec(select(Resolution))).all()) == 3


async def test_what_was_closed_without_a_resolution_counts_nowhere_and_neither_do_its_handoffs(
    database: Database,
) -> None:
    await weeks.add_workspace(database, ["returns"])
    opened_at = WEEK.since + timedelta(days=1)
    async with database.transaction() as session:
        for closed_as in ("", ClosedAs.MERGED, ClosedAs.WITHDRAWN):
            made = Conversation(
                workspace_id=WORKSPACE,
                id=new_id(),
                channel_id="C1",
                thread_ts=new_id(),
                customer_id="U1",
                state="resolved" if closed_as else "waiting",
                closed_as=closed_as,
                opened_at=opened_at,
            )
            session.add(made)
            await session.flush()
            session.add(
                Handoff(
                    workspace_id=WORKSPACE,
                    id=new_id(),
                    conversation_id=made.id,
                    reason="wish",
                    state="done",
                    opened_at=opened_at,
                )
            )
    report = await _report(database)
    assert (report.opened, report.resolved, report.handoffs) == (1, 0, 1)


async def test_a_conversation_has_one_resolution_at_a_time(database: Database) -> None:
    await weeks.add_workspace(database, ["returns"])
    await weeks.add(database, WEEK, [Cell(ResolvedBy.AI, "returns", 1)])
    with pytest.raises(Exception, match=r"(?i)unique"):
        async with database.transaction() as session:
            await standing.note(session, (await session.exec(select(Conversation))).one())


async def test_what_a_withdrawn_question_took_back_stands_again(database: Database) -> None:
    await weeks.add_workspace(database, ["returns"])
    await weeks.add(database, WEEK, [Cell(ResolvedBy.AI, "returns", 1)])
    async with database.transaction() as session:
        earlier = (await session.exec(select(Conversation))).one()
        new = Conversation(workspace_id=WORKSPACE, id="new", channel_id="C1", thread_ts="9.9", customer_id="U1")
        session.add(new)
        assert await standing.returned(session, earlier, new)
        assert not await standing.returned(session, earlier, new)
    ai = (await _report(database)).of(ResolvedBy.AI)
    assert (ai.resolved, ai.taken_back) == (0, 1)
    async with database.transaction() as session:
        await standing.stands_again(session, await session.get_one(Conversation, (WORKSPACE, "new")))
    ai = (await _report(database)).of(ResolvedBy.AI)
    assert (ai.resolved, ai.taken_back) == (1, 0)


async def test_earlier_conversations_of_a_customer_are_found_by_index(database: Database) -> None:
    await weeks.add_workspace(database)
    for back in range(10):
        before = reports.last_full_week(WEEK.until - timedelta(weeks=back), ZONE)
        await weeks.add(database, before, [Cell(ResolvedBy.AI, "returns", 600)])
    async with database.transaction() as session:
        await session.exec(update(Conversation).values(customer_id=col(Conversation.id)))
    async with database.engine.connect() as connection:
        await connection.exec_driver_sql("ANALYZE")
        await connection.commit()
    explain = "EXPLAIN QUERY PLAN " if database.is_sqlite else "EXPLAIN "
    about = standing.lately_of("T1", "20261116-0-3", other_than="c", since=WEEK.since)
    wanted = standing.LATELY_OF.params(**about)
    compiled = wanted.compile(database.engine.sync_engine, compile_kwargs={"literal_binds": True})
    async with database.engine.connect() as connection:
        rows = (await connection.exec_driver_sql(f"{explain}{compiled}".replace("%", "%%"))).all()
    plan = "\n".join(str(row[-1]) for row in rows)
    assert "ix_conversation_customer" in plan, plan


async def test_asking_who_was_surveyed_never_counts_another_resolutions_survey(database: Database) -> None:
    await weeks.add_workspace(database, ["returns"])
    await weeks.add(database, WEEK, [Cell(ResolvedBy.AI, "returns", 2, asked=2, rated=2)])
    async with database.transaction() as session:
        await session.exec(update(Survey).values(asked_at=WEEK.since - timedelta(days=1)))
    assert (await _report(database)).of(ResolvedBy.AI).asked == 0
