"""What a report looks back on: topics since their present certificates, twelve weeks, and the two sides of the lot."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlmodel import col, update

from bot import reports
from bot.team import Comparison, TeamFile
from handoff.intervals import Tally
from handoff.policy_comparison import compare_policy
from handoff.report import Report
from storage import topics
from storage.database import Database
from storage.endings import Rating, Resolution, Survey
from storage.kinds import Offered, ResolvedBy, TopicEvent
from storage.tables import Conversation, Topic
from tests import evidence, weeks
from tests.weeks import WORKSPACE, Cell

ZONE = "Europe/Berlin"
WEEK = reports.days(date(2026, 11, 16), date(2026, 11, 22), ZONE)
CELLS = [
    Cell(ResolvedBy.AI, "returns", 21, asked=21, rated=14, satisfied=10),
    Cell(ResolvedBy.HUMAN, "returns", 14, asked=14, rated=14, satisfied=12),
    Cell(ResolvedBy.AI, "billing", 14, asked=14, rated=7, satisfied=7),
]


async def _months(database: Database, many: int = 15) -> None:
    """As many weeks, each like the others."""
    await weeks.add_workspace(database, ["returns", "billing"])
    for back in range(many):
        await weeks.add(database, reports.last_full_week(WEEK.until - timedelta(weeks=back), ZONE), CELLS)


async def _report(database: Database, **decided: Any) -> Report:
    team = TeamFile(comparison=Comparison(**decided))
    return await reports.build(database, WORKSPACE, WEEK, ZONE, team, at=WEEK.until + timedelta(hours=9))


async def _certify(database: Database, topic: str, *issued: tuple[datetime, str]) -> None:
    """Give a topic certificates, each with why it was withdrawn; the last one is the present one."""
    async with database.transaction() as session:
        for number, (issued_at, because) in enumerate(issued):
            session.add(
                evidence.certificate(
                    workspace_id=WORKSPACE,
                    id=f"certificate-{number}",
                    topic=topic,
                    drafter_version="d1",
                    confidence_version="c1",
                    issued_at=issued_at,
                    withdrawn_at=issued_at if because else None,
                    withdrawn_because=because,
                )
            )
        present = {"certificate_id": f"certificate-{len(issued) - 1}"}
        await session.exec(update(Topic).where(col(Topic.name) == topic).values(**present))


async def test_a_topic_is_counted_since_its_certificate_and_one_without_from_the_first_day(database: Database) -> None:
    await _months(database, 6)
    await _certify(database, "returns", (WEEK.since - timedelta(days=1), ""))
    report = await _report(database)
    returns, billing = sorted(report.since_certificates, key=lambda each: each.topic, reverse=True)
    assert (returns.title, returns.since) == ("Returns", date(2026, 11, 16))
    assert returns.of(ResolvedBy.AI).resolved == 21
    assert returns.of(ResolvedBy.HUMAN).satisfied == 12
    assert returns.of(ResolvedBy.HUMAN).scores == (1, 1, 0, 6, 6)
    assert billing.since == date(2026, 10, 12)
    assert billing.of(ResolvedBy.AI).resolved == 6 * 14


async def test_what_has_no_topic_counts_since_the_first_of_these_days(database: Database) -> None:
    await _months(database, 6)
    for back in range(6):
        week = reports.last_full_week(WEEK.until - timedelta(weeks=back), ZONE)
        await weeks.add(database, week, [*(Cell(ResolvedBy.AI, "-", 0) for _ in CELLS), Cell(ResolvedBy.HUMAN, "", 7)])
    for topic, back in (("returns", 1), ("billing", 3)):
        async with database.transaction() as session:
            change = topics.note(
                session, WORKSPACE, topic, event=TopicEvent.PROMOTED, before={}, after={}, by="M1", why=""
            )
            change.at = WEEK.until - timedelta(weeks=back, hours=3)
    found = {each.topic: each for each in (await _report(database)).since_certificates}
    assert (found[""].title, found[""].since) == ("no topic", date(2026, 11, 2))
    assert found[""].of(ResolvedBy.HUMAN).resolved == 3 * 7
    assert found["returns"].since == date(2026, 11, 16)


async def test_who_deletes_a_topic_takes_none_of_its_ratings_out_of_the_verdict(database: Database) -> None:
    await _months(database, 6)
    async with database.transaction() as session:
        gone = await topics.by_name(session, WORKSPACE, "returns")
        assert gone
        await topics.remove(session, gone, into=None)
    found = {each.topic: each for each in (await _report(database)).since_certificates}
    assert (found["returns"].title, found["returns"].since) == ("returns", date(2026, 10, 12))
    assert found["returns"].of(ResolvedBy.AI).ratings == 6 * 14


async def test_without_any_topics_the_verdict_looks_back_to_the_first_day(database: Database) -> None:
    await weeks.add_workspace(database)
    for back in range(4):
        week = reports.last_full_week(WEEK.until - timedelta(weeks=back), ZONE)
        await weeks.add(database, week, [Cell(ResolvedBy.AI, "", 14), Cell(ResolvedBy.HUMAN, "", 7)])
    (every,) = (await _report(database)).since_certificates
    assert (every.title, every.since) == ("no topic", date(2026, 10, 26))
    assert every.of(ResolvedBy.AI).resolved == 4 * 14


async def test_a_certificate_that_replaces_another_for_the_same_versions_goes_on(database: Database) -> None:
    await _months(database, 6)
    week = timedelta(weeks=1)
    replaced = "a newer one replaced it"
    broken = (WEEK.since - 4 * week, "an alarm")
    await _certify(
        database, "returns", broken, (WEEK.since - 2 * week - timedelta(days=1), replaced), (WEEK.since + week / 2, "")
    )
    (returns,) = [each for each in (await _report(database)).since_certificates if each.topic == "returns"]
    assert returns.since == date(2026, 11, 2)
    assert returns.of(ResolvedBy.AI).resolved == 3 * 21


async def test_without_a_certificate_it_counts_since_the_stage_last_changed(database: Database) -> None:
    await _months(database, 6)
    async with database.transaction() as session:
        change = topics.note(
            session, WORKSPACE, "billing", event=TopicEvent.DEMOTED, before={}, after={}, by="M1", why=""
        )
        change.at = WEEK.since - timedelta(days=7, hours=3)
    (billing,) = [each for each in (await _report(database)).since_certificates if each.topic == "billing"]
    assert billing.since == date(2026, 11, 9)
    assert billing.of(ResolvedBy.AI).resolved == 2 * 14


@pytest.mark.parametrize(
    ("changed_on", "counted_since"), [(date(2026, 11, 20), "21 Nov 2026"), (date(2026, 11, 22), "23 Nov 2026")]
)
async def test_where_nothing_was_resolved_since_the_treatment_began_the_week_before_it_earns_no_verdict(
    database: Database, changed_on: date, counted_since: str
) -> None:
    await weeks.add_workspace(database, ["returns"])
    ai, human = (
        Cell(arm, "returns", 60, asked=60, rated=60, satisfied=15) for arm in (ResolvedBy.AI, ResolvedBy.HUMAN)
    )
    until_friday = reports.days(date(2026, 11, 16), date(2026, 11, 20), ZONE)
    await weeks.add(database, until_friday, [ai, replace(human, satisfied=55)])
    async with database.transaction() as session:
        change = topics.note(
            session, WORKSPACE, "returns", event=TopicEvent.PROMOTED, before={}, after={}, by="M1", why=""
        )
        change.at = reports.days(changed_on, changed_on, ZONE).until - timedelta(hours=1)
    found = (await _report(database)).comparison
    assert found.since is None
    counts = "0 of AI alone and 0 of people; each needs 8."
    assert found.headline == f"Too few ratings since {counted_since} for a verdict: {counts}"


async def test_a_report_on_a_week_before_the_certificate_leaves_its_topic_out(database: Database) -> None:
    await _months(database, 3)
    await _certify(database, "returns", (WEEK.until + timedelta(days=1), ""))
    assert [each.topic for each in (await _report(database)).since_certificates] == ["billing"]


async def test_the_trend_has_twelve_weeks_the_last_of_which_is_the_reports(database: Database) -> None:
    await _months(database)
    trend = (await _report(database)).trend
    assert len(trend) == 12
    assert [trend[0].first_day, trend[-1].last_day] == [date(2026, 8, 31), date(2026, 11, 22)]
    assert {(each.ai.satisfied, each.ai.ratings, each.human.satisfied, each.human.ratings) for each in trend} == {
        (17, 21, 12, 14)
    }
    for week in trend:
        assert week.adjusted
        assert week.adjusted.estimate == pytest.approx(10 / 14 - 12 / 14)
        assert week.smallest_visible


async def test_simulated_conversations_that_lie_before_the_week_are_counted_as_such(database: Database) -> None:
    await _months(database, 1)
    before = reports.last_full_week(WEEK.since, ZONE)
    await weeks.add(database, before, [Cell(ResolvedBy.AI, "returns", 30, asked=30, rated=20, simulated=30)])
    report = await _report(database)
    assert (report.simulated_most, report.simulated_behind) == (0, 30)
    assert [week.simulated for week in report.trend] == [30, 0]


async def test_the_trend_begins_with_the_first_rating(database: Database) -> None:
    await _months(database, 2)
    assert [each.first_day for each in (await _report(database)).trend] == [date(2026, 11, 9), date(2026, 11, 16)]


async def test_a_settled_week_stays_as_it_was_counted_when_its_rows_are_erased(database: Database) -> None:
    await _months(database, 4)
    before = await _report(database)
    async with database.transaction() as session:
        old = col(Resolution.resolved_at) < WEEK.since - timedelta(weeks=1)
        for row in (await session.exec(Resolution.__table__.select().where(old))).all():  # pyright: ignore
            await session.delete(await session.get_one(Conversation, (WORKSPACE, row.conversation_id)))
    after = await _report(database)
    assert after.trend == before.trend
    assert after.since_certificates == before.since_certificates


IN_THE_WEEK = WEEK.since + timedelta(days=2)


async def _offer(
    database: Database, offered: Offered, many: int, *, resolved: int, satisfied: int, opened_at: datetime = IN_THE_WEEK
) -> None:
    """Conversations opened at a moment; those that are resolved rate."""
    async with database.transaction() as session:
        for number in range(many):
            ended = number < resolved
            made = Conversation(
                workspace_id=WORKSPACE,
                id=f"{offered}-{opened_at:%m%d}-{number}",
                channel_id="C1",
                thread_ts=f"{offered}-{opened_at:%m%d}-{number}",
                customer_id="U1",
                topic="returns",
                state="resolved" if ended else "with_ai",
                opened_at=opened_at,
                offered=offered,
            )
            session.add(made)
            await session.flush()
            if not ended:
                continue
            key: dict[str, Any] = {"workspace_id": WORKSPACE, "conversation_id": made.id}
            arm = ResolvedBy.HUMAN if number % 2 else ResolvedBy.AI  # whoever resolves it
            session.add(
                Resolution(
                    **key,
                    id=made.id,
                    resolved_by=arm,
                    confirmation="confirmed",
                    offered=offered,
                    opened_at=opened_at,
                    resolved_at=opened_at,
                )
            )
            score = 5 if number < satisfied else 1
            session.add(Survey(**key, customer_id="U1", asked_at=opened_at, answered_at=opened_at))
            session.add(Rating(**key, customer_id="U1", score=score, rated_at=opened_at))


async def test_the_two_sides_of_the_lot_are_compared_whoever_resolved_them(database: Database) -> None:
    await weeks.add_workspace(database, ["returns"])
    await _offer(database, Offered.AI_BY_LOT, 10, resolved=8, satisfied=6)
    await _offer(database, Offered.PEOPLE_BY_LOT, 4, resolved=3, satisfied=1)
    await _offer(database, Offered.AI, 5, resolved=5, satisfied=5)
    await _offer(database, Offered.PEOPLE, 5, resolved=5, satisfied=5)
    policy = (await _report(database, holdout=0.2)).policy
    assert policy
    assert (policy.randomised, policy.holdout_share) == (True, 0.2)
    (topic,) = policy.topics
    one, other = topic.offered, topic.straight
    assert (one.conversations, one.resolved, one.asked, one.answered, one.tally.satisfied) == (10, 8, 8, 8, 6)
    assert (other.conversations, other.resolved, other.tally.satisfied, other.tally.ratings) == (4, 3, 1, 3)


async def test_without_a_lot_the_policies_are_only_observed(database: Database) -> None:
    await weeks.add_workspace(database, ["returns"])
    assert (await _report(database)).policy is None
    await _offer(database, Offered.AI, 5, resolved=5, satisfied=5)
    await _offer(database, Offered.PEOPLE, 3, resolved=2, satisfied=1)
    policy = (await _report(database)).policy
    assert policy
    assert not policy.randomised
    assert [(each.offered.conversations, each.straight.conversations) for each in policy.topics] == [(5, 3)]


async def test_what_has_no_topic_has_a_name_beside_the_others(database: Database) -> None:
    await weeks.add_workspace(database, ["returns"])
    await _offer(database, Offered.PEOPLE, 3, resolved=2, satisfied=1)
    async with database.transaction() as session:
        await session.exec(update(Conversation).values(topic=""))
    policy = (await _report(database)).policy
    assert policy and [(each.topic, each.title) for each in policy.topics] == [("", "no topic")]


async def test_the_lot_is_compared_over_all_its_time_month_by_month(database: Database) -> None:
    await weeks.add_workspace(database, ["returns"])
    september, october = (datetime.fromisoformat(f"2026-{month}-10T12:00+02:00") for month in ("09", "10"))
    for opened_at in (september, october, IN_THE_WEEK):
        await _offer(database, Offered.AI_BY_LOT, 30, resolved=30, satisfied=24, opened_at=opened_at)
        await _offer(database, Offered.PEOPLE_BY_LOT, 4, resolved=4, satisfied=2, opened_at=opened_at)
        await _offer(database, Offered.PEOPLE, 9, resolved=9, satisfied=0, opened_at=opened_at)
    report = await _report(database, holdout=0.1)
    assert [each.first_day for each in report.by_lot] == [date(2026, 9, 10), date(2026, 10, 1), date(2026, 11, 1)]
    assert [each.straight.tally.ratings for each in report.by_lot] == [4, 4, 4]
    lot = report.lot_so_far
    assert lot is not None and lot.difference is not None
    assert (lot.offered.tally, lot.straight.tally) == (Tally(72, 90), Tally(6, 12))
    assert lot.difference.estimate == pytest.approx(0.3)
    assert report.policy is not None  # the week alone has four ratings of people, and says so
    assert "too few ratings to compare" in compare_policy(report.policy).sentence


async def test_what_the_lot_has_shown_outlives_its_end(database: Database) -> None:
    await weeks.add_workspace(database, ["returns"])
    september = datetime.fromisoformat("2026-09-10T12:00+02:00")
    await _offer(database, Offered.AI_BY_LOT, 30, resolved=30, satisfied=24, opened_at=september)
    await _offer(database, Offered.PEOPLE_BY_LOT, 9, resolved=9, satisfied=5, opened_at=september)
    await _offer(database, Offered.AI, 5, resolved=5, satisfied=5)
    report = await _report(database)
    assert report.policy is not None and not report.policy.randomised
    assert report.lot_so_far is not None and report.lot_so_far.difference is not None


async def test_without_a_lot_nothing_is_said_of_one(database: Database) -> None:
    await weeks.add_workspace(database, ["returns"])
    await _offer(database, Offered.AI, 5, resolved=5, satisfied=5)
    report = await _report(database)
    assert (report.by_lot, report.lot_so_far) == ((), None)
