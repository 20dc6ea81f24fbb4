"""Times, what is saved, what was not possible before, and estimates, on both databases, for weeks that are known."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import insert
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from bot import reports
from bot.reports import estimates as gathered
from bot.reports import times
from bot.team import Desk
from bot.team import TeamFile as Team
from handoff import satisfaction
from handoff.report import Report
from handoff.report_parts import Clock, Span
from handoff.satisfaction import Alike, Weights
from storage import estimates
from storage.database import Database
from storage.endings import Resolution
from storage.evidence import Review
from storage.ids import new_id
from storage.kinds import Action, Drawn, EffortKind, ResolvedBy, ReviewVerdict
from storage.spending import Effort
from storage.tables import Conversation, Decision, DraftRow
from tests import weeks
from tests.weeks import WORKSPACE, Cell

ZONE = "Europe/Berlin"
WEEK = reports.days(date(2026, 11, 16), date(2026, 11, 22), ZONE)
OFFICE = ("09:00-17:00",)
DESK = Desk(mon=OFFICE, tue=OFFICE, wed=OFFICE, thu=OFFICE, fri=OFFICE, languages=("en", "de"))
AI, BOTH, HUMAN = ResolvedBy
Rows = list[dict[str, Any]]


async def built(database: Database, desk: Desk | None = None) -> Report:
    return await reports.build(database, WORKSPACE, WEEK, ZONE, Team(desk=desk or Desk()))


async def add(database: Database, table: Any, rows: Rows) -> None:
    async with database.writing_connection() as connection:
        await connection.execute(insert(table), [table(**row).model_dump() for row in rows])


def local(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-11-{text}+01:00")


async def resolved(database: Database, arm: ResolvedBy, opened: str, replied: str, ended: str, **changed: Any) -> str:
    """One resolved conversation, with local times such as 16T09:00."""
    key = new_id()
    about = {"workspace_id": WORKSPACE, "id": key, "opened_at": local(opened), "resolved_by": arm}
    moments = {"first_reply_at": local(replied) if replied else None, "resolved_at": local(ended)}
    about |= moments | {"confirmation": "confirmed"}
    place = {"channel_id": "C9", "thread_ts": key, "customer_id": "U1", "state": "resolved", "language": "en"}
    await add(database, Conversation, [{**about, **place, "ai_replied": arm is not HUMAN, **changed}])
    await add(database, Resolution, [{**about, "conversation_id": key}])
    return key


def of(report: Report, span: Span, clock: Clock) -> tuple[int, int, float | None, float | None]:
    found = next(each for each in report.times if (each.span, each.clock) == (span, clock))
    return found.ai, found.human, found.ai_median, found.human_median


async def test_times_are_medians_by_all_hours_and_by_the_desks(database: Database) -> None:
    await weeks.add_workspace(database)
    # Answered in the night from Thursday to Friday, resolved on Monday: of the two weekends and nights, nothing counts.
    await resolved(database, AI, "19T22:00:00", "19T22:00:04", "20T10:00:00")
    await resolved(database, AI, "16T12:00:00", "16T12:00:08", "16T12:30:00")
    await resolved(database, HUMAN, "19T16:30:00", "20T09:30:00", "20T16:00:00")
    await resolved(database, HUMAN, "13T16:50:00", "16T09:20:00", "16T10:00:00")
    await resolved(database, BOTH, "16T09:00:00", "16T09:01:00", "16T09:02:00")
    report = await built(database, DESK)
    assert [(each.span, each.clock) for each in report.times] == [(span, clock) for clock in Clock for span in Span]
    assert of(report, Span.FIRST_REPLY, Clock.ALL) == (2, 2, 6.0, (17 * 3600 + 64.5 * 3600) / 2)
    assert of(report, Span.FIRST_REPLY, Clock.BUSINESS) == (2, 2, 4.0, (60 * 60 + 30 * 60) / 2)
    assert of(report, Span.RESOLUTION, Clock.BUSINESS) == (2, 2, 45 * 60, (7.5 * 3600 + 70 * 60) / 2)
    assert all(each.difference is None for each in report.times)  # two of each show no difference


async def test_times_differ_by_the_median_of_all_differences(database: Database) -> None:
    await weeks.add_workspace(database)
    cells = [Cell(AI, "a", 12, reply_seconds=5, resolution_seconds=600), Cell(HUMAN, "a", 9, reply_seconds=900)]
    await weeks.add(database, WEEK, [*cells, Cell(AI, "b", 3, reply_seconds=7, taken_back=3)])
    report = await built(database)
    assert [each.clock for each in report.times] == [Clock.ALL, Clock.ALL]
    assert of(report, Span.FIRST_REPLY, Clock.ALL) == (12, 9, 5.0, 900.0)
    difference = report.times[0].difference
    assert difference is not None
    assert difference.estimate == pytest.approx(-895, abs=0.01)


async def still_open(database: Database, arm: ResolvedBy, opened: str, **changed: Any) -> None:
    """One conversation that waits for AI, or for people."""
    key = new_id()
    place = {"workspace_id": WORKSPACE, "id": key, "channel_id": "C9", "thread_ts": key, "customer_id": "U1"}
    state = {"state": "with_ai" if arm is AI else "waiting", "ai_replied": False, "offered": "ai"}
    await add(database, Conversation, [{**place, **state, "opened_at": local(opened), **changed}])


async def test_what_is_still_open_stands_beside_the_median_of_what_ended(database: Database) -> None:
    await weeks.add_workspace(database)
    for hour in range(10, 16):
        await resolved(database, HUMAN, "16T09:00:00", "16T09:30:00", f"16T{hour}:00:00")
    for day in ("16", "16", "16", "16", "17"):
        await still_open(database, HUMAN, f"{day}T09:00:00", state="with_human", first_reply_at=local("18T10:00:00"))
    await still_open(database, HUMAN, "10T09:00:00")
    await still_open(database, HUMAN, "16T09:00:00", closed_as="merged")
    await still_open(database, HUMAN, "16T09:00:00", ai_replied=True)  # begun by AI: of neither arm
    await still_open(database, HUMAN, "23T09:00:00")  # after the week
    await resolved(database, HUMAN, "16T09:00:00", "16T09:30:00", "24T09:00:00")  # after it as well: it was open then
    report = await built(database, DESK)
    ends = next(each for each in report.times if (each.span, each.clock) == (Span.RESOLUTION, Clock.ALL))
    assert (ends.human, ends.human_median, ends.human_open) == (6, 3.5 * 3600, 7)
    # Of twelve that were young in the week six ended, the last after six hours; the thirteenth was old when it began.
    assert ends.human_median_with_open == 6 * 3600
    assert (ends.ai_open, ends.ai_median_with_open) == (0, None)
    replies = next(each for each in report.times if (each.span, each.clock) == (Span.FIRST_REPLY, Clock.ALL))
    assert (replies.human, replies.human_open) == (6, 1)
    desk = next(each for each in report.times if (each.span, each.clock) == (Span.RESOLUTION, Clock.BUSINESS))
    assert desk.human_median_with_open == 6 * 3600


async def reopened(database: Database, came: str, ended: str, again: str) -> None:
    """People had resolved it for good when its customer went on in the thread."""
    key = new_id()
    place = {"workspace_id": WORKSPACE, "id": key, "channel_id": "C9", "thread_ts": key, "customer_id": "U1"}
    state = {"state": "with_human", "ai_replied": False, "offered": "people", "reopened": 1}
    since = {"opened_at": local(came), "first_reply_at": local(came), "first_human_reply_at": local(came)}
    await add(database, Conversation, [{**place, **state, **since}])
    about: dict[str, Any] = {"workspace_id": WORKSPACE, "conversation_id": key, "resolved_by": "human"}
    over = {"confirmation": "confirmed", "opened_at": local(came), "resolved_at": local(ended), "first_reply_at": None}
    await add(database, Resolution, [{**about, "id": new_id(), **over, "reopened_at": local(again)}])


async def test_what_was_reopened_after_it_was_final_waits_from_then_on(database: Database) -> None:
    await weeks.add_workspace(database)
    for _ in range(6):
        await resolved(database, HUMAN, "16T09:00:00", "16T09:30:00", "16T19:00:00")
        await reopened(database, "01T09:00:00", "02T09:00:00", "16T09:00:00")
    await reopened(database, "16T09:00:00", "16T19:00:00", "26T09:00:00")  # over in the week, open again after it
    report = await built(database)
    ends = next(each for each in report.times if each.span is Span.RESOLUTION)
    assert (ends.human, ends.human_open) == (7, 6)
    # Of thirteen that were watched from their first moment on seven ended after ten hours, and none came late.
    assert ends.human_median_with_open == 10 * 3600
    replies = next(each for each in report.times if each.span is Span.FIRST_REPLY)
    assert replies.human_open == 6  # the reply that they got was to what was over


async def test_who_was_never_answered_first_counts_for_the_end_alone(database: Database) -> None:
    await weeks.add_workspace(database)
    await resolved(database, AI, "16T12:00:00", "", "16T12:30:00")
    report = await built(database, DESK)
    assert of(report, Span.FIRST_REPLY, Clock.ALL) == (0, 0, None, None)
    assert of(report, Span.RESOLUTION, Clock.ALL) == (1, 0, 1800.0, None)
    assert report.beyond is not None
    assert (report.beyond.outside_hours, report.beyond.within_a_minute) == (0, 0)


async def test_what_was_not_possible_before_is_counted_of_ai_alone(database: Database) -> None:
    await weeks.add_workspace(database)
    await resolved(database, AI, "19T22:00:00", "19T22:00:04", "20T10:00:00", language="fr")
    await resolved(database, AI, "21T12:00:00", "21T12:05:00", "21T12:30:00", language="pt-BR")
    await resolved(database, AI, "18T12:00:00", "18T12:01:00", "18T12:30:00", language="de")
    await resolved(database, AI, "18T16:59:00", "18T17:00:00", "18T17:30:00", language="")
    await resolved(database, BOTH, "21T12:00:00", "21T12:00:01", "21T12:30:00", language="fr")
    await resolved(database, HUMAN, "21T12:00:00", "21T12:00:01", "21T12:30:00", language="fr")
    beyond = (await built(database, DESK)).beyond
    assert beyond is not None
    assert (beyond.outside_hours, beyond.other_languages, beyond.within_a_minute) == (3, 2, 3)
    without = (await built(database)).beyond
    assert without is not None
    assert (without.outside_hours, without.other_languages, without.within_a_minute) == (None, None, 3)


async def test_a_week_without_anything_tells_nothing_of_it(database: Database) -> None:
    await weeks.add_workspace(database)
    report = await built(database, DESK)
    assert (report.times, report.beyond, report.saving, report.right, report.satisfied) == ((), None, None, None, None)
    assert report.left_out == ()


# What it saves


def spent(conversation: str, kind: EffortKind, minutes: float, at: datetime, person: str = "U2") -> dict[str, Any]:
    key = {"workspace_id": WORKSPACE, "id": new_id(), "conversation_id": conversation, "person_id": person}
    return {**key, "kind": kind, "seconds": minutes * 60, "at": at}


async def week_of_people(database: Database, human: int) -> list[str]:
    """Conversations of people that took 4, 5, 6, … minutes of conversation and one of correction; returns the ids."""
    ids = [await resolved(database, HUMAN, "16T10:00:00", "16T10:10:00", "16T12:00:00") for _ in range(human)]
    during, later = local("16T11:00:00"), local("16T13:00:00")
    rows = [spent(key, EffortKind.CONVERSATION, 4 + number, during) for number, key in enumerate(ids)]
    rows += [spent(key, EffortKind.CORRECTION, 1, during) for key in ids]
    rows += [spent(key, EffortKind.REVIEW, 3, during) for key in ids[:2]]  # of the AI's draft: no part of their work
    rows += [spent(key, EffortKind.CONVERSATION, 50, later) for key in ids]  # after the end: of another matter
    await add(database, Effort, rows)
    return ids


async def test_the_net_is_what_answers_would_have_taken_less_what_the_ai_took(database: Database) -> None:
    await weeks.add_workspace(database)
    await week_of_people(database, 9)
    alone = [await resolved(database, AI, "17T10:00:00", "17T10:00:03", "17T12:00:00") for _ in range(20)]
    handed = await resolved(database, BOTH, "17T10:00:00", "17T10:00:03", "17T12:00:00")
    inside, outside = local("17T11:00:00"), WEEK.until
    rows = [spent(each, EffortKind.REVIEW, 2, inside) for each in alone[:5]]
    rows += [spent(handed, EffortKind.CONVERSATION, 11, inside), spent(handed, EffortKind.APPROVAL, 0.5, inside)]
    rows += [spent(handed, kind, 1_000, outside) for kind in EffortKind]
    await add(database, Effort, rows)
    saving = (await built(database)).saving
    assert saving is not None
    assert (saving.answered, saving.measured, saving.human_median) == (20, 9, 9.0)
    costs = (saving.reviews, saving.approvals, saving.corrections, saving.touched)
    assert costs == (5 * 2 + 2 * 3, 0.5, 9.0, 11.0)
    assert (saving.saved, saving.net) == (180.0, 180.0 - 36.5)
    # Of nine times from 5 to 13 minutes, the second and the eighth enclose the median at 95 %.
    assert (saving.net_low, saving.net_high) == (20 * 6 - 36.5, 20 * 12 - 36.5)


async def test_a_loss_is_told_as_one(database: Database) -> None:
    await weeks.add_workspace(database)
    ids = await week_of_people(database, 8)
    await add(database, Effort, [spent(ids[0], EffortKind.REVIEW, 600, local("16T11:00:00"))])
    saving = (await built(database)).saving
    assert saving is not None
    assert saving.net is not None
    assert saving.net < -600


async def test_with_fewer_than_eight_measured_there_is_no_median_and_no_net(database: Database) -> None:
    await weeks.add_workspace(database)
    await week_of_people(database, 7)
    for _ in range(5):  # nobody's time was measured in these
        await resolved(database, HUMAN, "16T10:00:00", "16T10:10:00", "16T12:00:00")
    await resolved(database, AI, "17T10:00:00", "17T10:00:03", "17T12:00:00")
    report = await built(database)
    saving = report.saving
    assert saving is not None
    assert (saving.measured, saving.human_median, saving.saved, saving.net) == (7, None, None, None)
    assert (saving.answered, saving.corrections) == (1, 7.0)
    assert any("time of 8 conversations that people alone" in why for why in report.left_out)


# Every conversation


async def answers(
    database: Database,
    count: int,
    reviewed: int,
    *,
    wrong: int,
    share: float = 0.25,
    waiting: int = 0,
    at: str = "17T10:00:00",
) -> None:
    """Replies that the AI sent alone, of which the first were drawn and read: those with least confidence wrong."""
    key = await resolved(database, AI, at, at, at)
    about = {"workspace_id": WORKSPACE, "conversation_id": key, "created_at": local(at)}
    drafts, decisions, rows = Rows(), Rows(), Rows()
    for number in range(count):
        draft, decision = f"{key}{number}", f"d{key}{number}"
        sure = 0.5 + 0.5 * (number % reviewed) / reviewed
        drafts.append({**about, "id": draft, "message_id": "m", "text": "", "audit_share": share})
        made = {"message_id": "m", "draft_id": draft, "action": Action.ANSWER, "confidence": sure}
        decisions.append({**about, "id": decision, **made})
        if number < reviewed + waiting:
            told = ReviewVerdict.RIGHT if number >= wrong else (ReviewVerdict.WRONG, ReviewVerdict.UNSURE)[number % 2]
            rows.append(
                {
                    **{name: about[name] for name in ("workspace_id", "conversation_id")},
                    "id": new_id(),
                    "draft_id": draft,
                    "decision_id": decision,
                    "topic": "",
                    "drafter_version": "v",
                    "confidence": sure,
                    "answered": True,
                    "audit": True,
                    "drawn": Drawn.AUDIT,
                    "audit_share": share,
                    "probability": share,
                    "drafted_at": about["created_at"],
                    "verdict": told if number < reviewed else None,
                    "reviewer_id": "U2" if number < reviewed else None,
                }
            )
    for table, made_rows in ((DraftRow, drafts), (Decision, decisions), (Review, rows)):
        await add(database, table, made_rows)


async def test_right_replies_are_estimated_for_all_from_the_uniform_sample(database: Database) -> None:
    await weeks.add_workspace(database)
    await answers(database, 400, 40, wrong=4)
    right = (await built(database)).right
    assert right is not None
    assert (right.looked_at, right.conversations) == (40, 400)
    assert right.without_score.estimate == pytest.approx(0.9)
    assert right.estimate.estimate == pytest.approx(0.9, abs=0.01)
    width, without = (each.high - each.low for each in (right.estimate, right.without_score))
    assert width < without


async def test_reviews_that_wait_stretch_the_bounds_and_a_second_reading_can_only_lower(database: Database) -> None:
    await weeks.add_workspace(database)
    await answers(database, 40, 30, wrong=3, share=1.0, waiting=10)
    right = (await built(database)).right
    assert right is not None
    assert (right.looked_at, right.conversations, right.waiting, right.unread) == (30, 40, 10, 10)
    # All were drawn, so that only the ten are not known: 27 to 37 of 40 are right.
    assert right.without_score.low <= 27 / 40 and right.without_score.high >= 37 / 40
    async with database.transaction() as session:
        (first,) = (await session.exec(reviews_of(9))).all()
        kept: dict[str, Any] = first.model_dump()
        kept |= {"id": new_id(), "reading": 2, "verdict": ReviewVerdict.HARMFUL}
        session.add(Review(**kept))
    again = (await built(database)).right
    assert again is not None
    assert again.without_score.estimate == pytest.approx(26 / 30)


async def test_right_replies_are_told_of_the_time_whose_reviews_are_read(database: Database) -> None:
    await weeks.add_workspace(database)
    await answers(database, 150, 28, wrong=4)
    await answers(database, 50, 1, wrong=0, waiting=12, at="20T10:00:00")
    report = await built(database)
    assert report.right is not None
    assert (report.right.looked_at, report.right.waiting, report.right.unread) == (28, 12, 0)
    assert (report.right.until, report.right.conversations) == (local("20T10:00:00"), 150)
    words = reports.to_text(report)
    assert "Right replies are told of those sent until 20 Nov 10:00" in " ".join(words.split())


def reviews_of(first: int, count: int = 1) -> SelectOfScalar[Review]:
    """So many that say right, from one on."""
    return select(Review).where(Review.verdict == "right").order_by(col(Review.draft_id)).offset(first).limit(count)


async def test_drafts_of_other_coins_ways_and_weeks_are_no_part_of_the_estimate(database: Database) -> None:
    await weeks.add_workspace(database)
    await answers(database, 100, 20, wrong=2)
    async with database.transaction() as session:
        others: Rows = [
            {"audit": False, "drawn": Drawn.TARGETED},
            {"answered": False},
            {"drafted_at": WEEK.until},
            {"reviewer_id": "baton", "verdict": ReviewVerdict.UNSURE},
        ]
        rows = (await session.exec(reviews_of(0, len(others)))).all()
        for row, values in zip(rows, others, strict=True):
            for name, value in values.items():
                setattr(row, name, value)
    right = (await built(database)).right
    assert right is not None
    assert right.looked_at == 16


async def test_with_fewer_than_eight_reviews_nothing_is_estimated(database: Database) -> None:
    await weeks.add_workspace(database)
    await answers(database, 100, 7, wrong=0)
    report = await built(database)
    assert report.right is None
    assert report.left_out[1] == (
        "Right replies among 100: it takes 8 reviews of a uniform sample to estimate them; so far 7."
    )


async def test_satisfaction_is_estimated_for_all_and_follows_what_is_known_of_those_who_did_not_rate(
    database: Database,
) -> None:
    await weeks.add_workspace(database)
    # Those who confirmed rate often and well, the silent seldom and worse: the mean of the ratings flatters.
    confirmed = Cell(AI, "a", 100, asked=100, rated=80, satisfied=72, confirmed=100)
    silent = Cell(AI, "b", 300, asked=300, rated=30, satisfied=12)
    await weeks.add(database, WEEK, [confirmed, silent, Cell(HUMAN, "a", 50, asked=50, rated=50, satisfied=50)])
    satisfied = (await built(database)).satisfied
    assert satisfied is not None
    assert (satisfied.looked_at, satisfied.conversations) == (110, 400)
    assert satisfied.without_score.estimate == pytest.approx(84 / 110)
    truth = (0.9 * 100 + 0.4 * 300) / 400
    assert satisfied.estimate.estimate == pytest.approx(truth, abs=0.02)
    assert satisfied.estimate.low < truth < satisfied.estimate.high


async def test_who_came_back_counts_among_the_satisfied_and_not_and_what_is_known_of_replies_moves_the_score(
    database: Database,
) -> None:
    await weeks.add_workspace(database)
    await weeks.add(database, WEEK, [Cell(AI, "a", 60, asked=60, rated=30, satisfied=20, taken_back=40)])
    (conversation,) = await rows_of(database, select(Conversation.id).limit(1))
    about = {"workspace_id": WORKSPACE, "conversation_id": conversation, "created_at": WEEK.since}
    draft = {**about, "id": "d", "message_id": "m", "text": "", "unhelpful_at": WEEK.since}
    await add(database, DraftRow, [draft])
    made = {"message_id": "m", "draft_id": "d", "action": Action.ANSWER}
    shadow = {**about, **made, "id": "d2", "role": "shadow", "confidence": 0.1, "frustration": 0.9}
    await add(database, Decision, [{**about, **made, "id": "d1", "confidence": 0.93, "frustration": 0.22}, shadow])
    async with database.reading() as session:
        found = await estimates.kinds(session, WORKSPACE, WEEK.since, WEEK.until)
    assert sum(each.conversations for each in found) == 60
    assert sum(each.conversations for each in found if each.returned) == 40
    (one,) = [each for each in found if each.unhelpful]
    assert (one.confidence, one.frustration, one.helpful, one.conversations) == (0.95, 0.2, False, 1)
    satisfied = (await built(database)).satisfied
    assert satisfied is not None
    assert (satisfied.looked_at, satisfied.conversations) == (30, 60)


async def test_the_score_learns_from_before_the_window_and_from_so_many_at_most(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[int] = []
    real = satisfaction.learn

    def learn(earlier: Sequence[Alike]) -> Weights:
        seen.append(sum(each.conversations for each in earlier))
        return real(earlier)

    monkeypatch.setattr(satisfaction, "learn", learn)
    monkeypatch.setattr(gathered, "LEARNED_OF", 30)
    await weeks.add_workspace(database)
    await weeks.add(database, WEEK, [Cell(AI, "a", 40, asked=40, rated=20, satisfied=15)])
    await built(database)
    before = reports.last_full_week(WEEK.since, ZONE)
    await weeks.add(database, before, [Cell(AI, "a", 25, asked=25, rated=20, satisfied=15)])
    await built(database)
    long_ago = reports.last_full_week(WEEK.since - timedelta(weeks=2), ZONE)
    await weeks.add(database, long_ago, [Cell(AI, "a", 25, asked=25, rated=20, satisfied=15)])
    await built(database)
    assert seen == [0, 25, 30]


async def rows_of(database: Database, wanted: Any) -> Sequence[Any]:
    async with database.reading() as session:
        return (await session.exec(wanted)).all()


async def test_with_fewer_than_eight_ratings_no_satisfaction_is_estimated(database: Database) -> None:
    await weeks.add_workspace(database)
    await weeks.add(database, WEEK, [Cell(AI, "a", 100, asked=100, rated=7, satisfied=7)])
    report = await built(database)
    assert report.satisfied is None
    assert report.left_out == (
        "What is saved: it takes the measured time of 8 conversations that people alone resolved; so far 0.",
        "Satisfied customers among 100 of AI alone: it takes 8 ratings to estimate them; so far 7.",
    )


async def test_a_report_without_its_times_still_comes_and_says_so(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    await weeks.add_workspace(database)
    await weeks.add(database, WEEK, [Cell(AI, "a", 10, asked=10, rated=9, satisfied=7)])
    monkeypatch.setattr(times, "PATIENCE", 0.0)
    report = await built(database, DESK)
    assert (report.times, report.beyond) == ((), None)
    assert report.left_out[0] == "How long it takes: the process that measures it failed, and the log says why."
    assert report.satisfied is not None
