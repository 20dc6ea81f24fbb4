"""What the report counts, on both databases, for weeks whose numbers are known."""

import json
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event, update
from sqlmodel import col, select

from bot import memory, reports
from handoff import desk
from handoff.report import Feedback
from handoff.window import Window
from storage import standing
from storage.database import Database
from storage.endings import Rating, Resolution, Survey
from storage.ids import new_id
from storage.kinds import Action, Confirmation, DraftRole, HandoffReason, ResolvedBy
from storage.tables import Conversation, Decision, DraftRow, Handoff
from tests import weeks
from tests.weeks import WORKSPACE, Cell

ZONE = "Europe/Berlin"
WEEK = reports.days(date(2026, 11, 16), date(2026, 11, 22), ZONE)
AFTER = WEEK.until + timedelta(hours=9)
CELLS = [
    Cell(ResolvedBy.AI, "returns", 40, asked=30, rated=20, satisfied=15, confirmed=12, reply_seconds=4),
    Cell(ResolvedBy.AI, "billing", 20, asked=20, rated=8, satisfied=3, confirmed=3, reopened=2, reply_seconds=6),
    Cell(ResolvedBy.AI_THEN_HUMAN, "returns", 6, asked=6, rated=3, satisfied=2, resolution_seconds=9000),
    Cell(ResolvedBy.HUMAN, "billing", 15, asked=15, rated=10, satisfied=9, simulated=15, reply_seconds=900),
]


async def conversation(database: Database, **values: Any) -> str:
    """One conversation opened in the middle of the week, changed by `values`."""
    row: dict[str, Any] = {"id": new_id(), "channel_id": "C2", "opened_at": WEEK.since + timedelta(days=3), **values}
    async with database.transaction() as session:
        made = Conversation(workspace_id=WORKSPACE, thread_ts=row["id"], customer_id="U2", **row)
        session.add(made)
        await session.flush()
        if made.resolved_at:
            await standing.note(session, made)
    return row["id"]


async def test_the_arms_are_counted_apart(database: Database) -> None:
    await weeks.add_workspace(database, ["returns", "billing"])
    await weeks.add(database, WEEK, CELLS)
    report = await reports.build(database, WORKSPACE, WEEK, ZONE)
    ai, mixed, human = (report.of(arm) for arm in ResolvedBy)
    assert (ai.resolved, ai.confirmed, ai.assumed, ai.reopened) == (60, 15, 45, 2)
    assert (ai.asked, ai.answered, ai.ratings, ai.satisfied) == (50, 28, 28, 18)
    assert (mixed.resolved, mixed.ratings, mixed.satisfied) == (6, 3, 2)
    assert (human.resolved, human.ratings, human.satisfied) == (15, 10, 9)
    assert (report.opened, report.unresolved, report.resolved, report.simulated) == (81, 0, 81, 15)
    assert human.response_rate == pytest.approx(10 / 15)


async def test_medians_take_the_middle_one_or_the_mean_of_two(database: Database) -> None:
    await weeks.add_workspace(database)
    cells = [Cell(ResolvedBy.AI, "a", 2, reply_seconds=seconds) for seconds in (5, 11)]
    cells += [
        Cell(ResolvedBy.HUMAN, "a", 1, reply_seconds=seconds, resolution_seconds=7200) for seconds in (60, 80, 999)
    ]
    await weeks.add(database, WEEK, cells)
    report = await reports.build(database, WORKSPACE, WEEK, ZONE)
    assert report.of(ResolvedBy.AI).first_reply_seconds == pytest.approx(8, abs=0.01)
    assert report.of(ResolvedBy.HUMAN).first_reply_seconds == pytest.approx(80, abs=0.01)
    assert report.of(ResolvedBy.HUMAN).resolution_seconds == pytest.approx(7200, abs=0.01)
    assert report.of(ResolvedBy.AI_THEN_HUMAN).first_reply_seconds is None


async def test_topics_carry_their_titles_and_come_with_most_ratings_first(database: Database) -> None:
    await weeks.add_workspace(database, ["returns", "billing"])
    await weeks.add(database, WEEK, [*CELLS, Cell(ResolvedBy.AI, "", 3)])
    report = await reports.build(database, WORKSPACE, WEEK, ZONE)
    assert [topic.title for topic in report.topics] == ["Returns", "Billing", "no topic"]
    assert report.topics[1].of(ResolvedBy.HUMAN).satisfied == 9
    assert report.topics[1].of(ResolvedBy.AI_THEN_HUMAN).resolved == 0


async def test_a_week_ends_before_the_next_begins(database: Database) -> None:
    await weeks.add_workspace(database)
    for moment in (WEEK.since, WEEK.until - timedelta(microseconds=1)):
        await conversation(database, state="resolved", resolved_at=moment, resolved_by="ai", confirmation="assumed")
    for moment in (WEEK.since - timedelta(microseconds=1), WEEK.until):
        await conversation(database, state="resolved", resolved_at=moment, resolved_by="human", confirmation="assumed")
    report = await reports.build(database, WORKSPACE, WEEK, ZONE)
    assert [arm.resolved for arm in report.arms] == [2, 0, 0]


async def test_another_workspace_does_not_count(database: Database) -> None:
    await weeks.add_workspace(database)
    await weeks.add_workspace(database, workspace_id="T2")
    await weeks.add(database, WEEK, CELLS, workspace_id="T2")
    report = await reports.build(database, WORKSPACE, WEEK, ZONE)
    assert (report.opened, report.resolved, report.topics, report.handoff_reasons) == (0, 0, (), ())


async def test_unresolved_conversations_belong_to_who_has_them(database: Database) -> None:
    await weeks.add_workspace(database)
    await conversation(database, state="with_ai")
    await conversation(database, state="waiting")
    await conversation(database, state="with_human", ai_replied=True)
    await conversation(database, state="with_ai", ai_replied=True, first_human_reply_at=WEEK.until)
    report = await reports.build(database, WORKSPACE, WEEK, ZONE)
    assert {arm.arm.value: arm.opened for arm in report.arms} == {"ai": 1, "human": 1, "ai_then_human": 2}
    assert (report.opened, report.unresolved, report.resolved) == (4, 4, 0)


async def test_a_rating_from_before_a_reopening_is_not_credited_to_the_next_who_resolves(database: Database) -> None:
    await weeks.add_workspace(database)
    await weeks.add(database, WEEK, [Cell(ResolvedBy.AI, "returns", 1, asked=1, rated=1, satisfied=1)])
    async with database.transaction() as session:
        made = (await session.exec(select(Conversation))).one()
        await desk.reopen(session, made, resolution_days=7)
        await desk.resolve(session, made, confirmation=Confirmation.CONFIRMED, person_id="A1")
        await session.flush()
        made_by_people = {"resolved_by": ResolvedBy.HUMAN, "resolved_at": WEEK.until - timedelta(minutes=1)}
        await session.exec(
            update(Resolution).where(col(Resolution.resolved_by_person) == "A1").values(**made_by_people)
        )
        stands = {"reopened_at": WEEK.until, "taken_back_at": None, "taken_back_how": ""}  # whatever day it is today
        await session.exec(update(Resolution).where(col(Resolution.resolved_by_person).is_(None)).values(**stands))
    report = await reports.build(database, WORKSPACE, WEEK, ZONE, at=AFTER)
    ai, people = report.of(ResolvedBy.AI), report.of(ResolvedBy.HUMAN)
    assert (ai.resolved, ai.asked, ai.answered, ai.satisfied) == (1, 1, 1, 1)
    assert (people.resolved, people.asked, people.answered, people.ratings) == (1, 0, 0, 0)
    async with database.transaction() as session:
        await session.exec(update(Survey).values(asked_at=WEEK.until))
        await session.exec(update(Rating).values(rated_at=WEEK.until, score=2))
    people = (await reports.build(database, WORKSPACE, WEEK, ZONE, at=AFTER)).of(ResolvedBy.HUMAN)
    assert (people.answered, people.ratings, people.satisfied) == (1, 1, 0)


async def test_handoff_reasons_come_most_frequent_first(database: Database) -> None:
    await weeks.add_workspace(database)
    key = await conversation(database)
    in_week, after = WEEK.since + timedelta(days=1), WEEK.until
    counted = [HandoffReason.LOW_CONFIDENCE] * 2 + [HandoffReason.FRUSTRATION] + [HandoffReason.WISH]
    async with database.transaction() as session:
        for reason, moment in [*((each, in_week) for each in counted), (HandoffReason.POLICY, after)]:
            session.add(
                Handoff(
                    workspace_id=WORKSPACE,
                    id=new_id(),
                    conversation_id=key,
                    state="done",
                    reason=reason,
                    opened_at=moment,
                )
            )
    report = await reports.build(database, WORKSPACE, WEEK, ZONE)
    assert [(each.reason, each.handoffs) for each in report.handoff_reasons] == [
        ("low_confidence", 2),
        ("frustration", 1),
        ("wish", 1),
    ]


async def test_what_customers_found_of_the_ais_answers_is_counted(database: Database) -> None:
    await weeks.add_workspace(database)
    key = await conversation(database)
    inside, outside = WEEK.since + timedelta(days=1), WEEK.until
    helped: dict[str, Any] = {"helpful_at": outside}
    did_not: dict[str, Any] = {"unhelpful_at": inside}
    made: list[tuple[datetime, Action, DraftRole, dict[str, Any]]] = [
        *((inside, Action.ANSWER, DraftRole.SERVING, said) for said in (helped, helped, did_not, {}, {})),
        (inside, Action.PROPOSE, DraftRole.SERVING, helped),
        (inside, Action.ANSWER, DraftRole.SHADOW, helped),
        (outside, Action.ANSWER, DraftRole.SERVING, helped),
    ]
    about: dict[str, Any] = {"workspace_id": WORKSPACE, "conversation_id": key}
    async with database.transaction() as session:
        for moment, action, role, said in made:
            draft = DraftRow(**about, id=new_id(), message_id="m", text="", role=role, **said)
            session.add(draft)
            session.add(
                Decision(
                    **about,
                    id=new_id(),
                    message_id="m",
                    draft_id=draft.id,
                    action=action,
                    role=role,
                    created_at=moment,
                )
            )
    report = await reports.build(database, WORKSPACE, WEEK, ZONE)
    assert report.feedback == Feedback(answers=5, helpful=2, unhelpful=1)
    assert "By the buttons: 2 helpful, 1 not helpful, of 5 AI answers." in reports.to_text(report).splitlines()
    assert json.loads(reports.to_json(report))["feedback"] == {"answers": 5, "helpful": 2, "unhelpful": 1}


async def test_a_report_survives_json(database: Database) -> None:
    await weeks.add_workspace(database, ["returns"])
    await weeks.add(database, WEEK, CELLS)
    report = await reports.build(database, WORKSPACE, WEEK, ZONE)
    assert reports.Report.model_validate_json(reports.to_json(report)) == report


async def _plans(database: Database, window: Window) -> list[str]:
    """How the database means to answer each question of the report."""
    plans: list[str] = []
    asked: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        if statement.startswith(("SELECT", "WITH")):
            asked.append((statement, parameters))

    event.listen(database.engine.sync_engine, "before_cursor_execute", note)
    await reports.build(database, WORKSPACE, window, ZONE)
    event.remove(database.engine.sync_engine, "before_cursor_execute", note)
    explain = "EXPLAIN QUERY PLAN " if database.is_sqlite else "EXPLAIN "
    async with database.engine.connect() as connection:
        for statement, parameters in asked:
            rows = (await connection.exec_driver_sql(explain + statement, parameters)).all()
            plans.append("\n".join(str(row[-1]) for row in rows))
    return plans


async def test_a_week_is_read_by_index_however_long_the_history_is(database: Database) -> None:
    await weeks.add_workspace(database)
    for back in range(20):
        before = reports.last_full_week(WEEK.since - timedelta(weeks=back), ZONE)
        await weeks.add(database, before, [Cell(ResolvedBy.AI, "returns", 400, asked=300, rated=200)])
    await weeks.add(database, WEEK, CELLS)
    async with database.engine.connect() as connection:
        await connection.exec_driver_sql("ANALYZE")
        await connection.commit()
    plans = await _plans(database, WEEK)
    assert len(plans) >= 5
    for plan in plans:
        for table in ("conversation", "survey", "rating", "resolution"):
            assert f"SCAN {table}\n" not in f"{plan}\n" and f"Seq Scan on {table} " not in f"{plan} ", plan
    assert sum("ix_resolution_resolved" in plan for plan in plans) >= 5


async def test_an_empty_week_has_every_arm_with_nothing_in_it(database: Database) -> None:
    await weeks.add_workspace(database)
    report = await reports.build(database, WORKSPACE, WEEK, ZONE)
    assert [(arm.arm, arm.opened, arm.resolved, arm.first_reply_seconds) for arm in report.arms] == [
        (arm, 0, 0, None) for arm in ResolvedBy
    ]
    assert (report.opened, report.topics, report.handoff_reasons) == (0, (), ())


async def test_what_a_report_used_is_given_back(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    given_back: list[bool] = []
    monkeypatch.setattr(memory, "give_back", lambda: given_back.append(True))
    await weeks.add_workspace(database, ["returns"])
    await reports.build(database, WORKSPACE, WEEK, ZONE)
    assert given_back == [True]
