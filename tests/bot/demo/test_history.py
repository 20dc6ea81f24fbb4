from datetime import UTC, datetime, timedelta
from statistics import median
from typing import TypeVar
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func
from sqlmodel import SQLModel, col, select

from bot.demo import history, shop
from bot.demo.past_conversation import working_time_later
from bot.demo.past_rows import SIMULATED
from handoff import gate
from handoff.draft import Mood
from handoff.gate import Policy
from storage import stories, workspaces
from storage.database import Database
from storage.endings import Rating, Survey
from storage.evidence import Review
from storage.kinds import Action, ConversationState, EffortKind, HandoffReason, HandoffState, ResolvedBy
from storage.spending import Effort
from storage.tables import Conversation, Decision, DraftRow, Handoff, Message

UNTIL = datetime(2026, 11, 23, 13, 30, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")
only_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


async def _written(database: Database, workspace_id: str = "T1", **changed: int) -> history.HistorySummary:
    async with database.transaction() as session:
        await workspaces.remember(session, workspace_id, name="Larkfell", bot_user_id="U0BATON00")
    return await history.write(database, workspace_id, until=UNTIL, **changed)


Kept = TypeVar("Kept", bound=SQLModel)


async def _all(database: Database, table: type[Kept]) -> list[Kept]:
    async with database.reading() as session:
        return list((await session.exec(select(table))).all())


async def test_four_weeks_are_written_and_counted(database: Database) -> None:
    summary = await _written(database)
    assert 180 <= summary.conversations <= 280
    counts = [len(await _all(database, table)) for table in (Conversation, Message, Handoff, Rating)]
    assert counts == [summary.conversations, summary.messages, summary.handoffs, summary.ratings]


async def test_a_second_time_nothing_is_written(database: Database) -> None:
    first = await _written(database)
    assert await history.write(database, "T1", until=UNTIL + timedelta(days=1)) == history.HistorySummary()
    assert len(await _all(database, Conversation)) == first.conversations


@only_sqlite
async def test_the_same_seed_gives_the_same_weeks_and_another_one_others(database: Database) -> None:
    for workspace_id, seed in (("T1", 7), ("T2", 7), ("T3", 8)):
        await _written(database, workspace_id, seed=seed)
    told: dict[str, list[tuple[str, str]]] = {}
    for message in sorted(await _all(database, Message), key=lambda each: each.id):
        told.setdefault(message.workspace_id, []).append((message.id, message.text))
    assert told["T1"] == told["T2"] != told["T3"]


@only_sqlite
async def test_everything_is_marked_as_simulated_and_resolved_in_the_past(database: Database) -> None:
    await _written(database)
    for conversation in await _all(database, Conversation):
        assert conversation.simulated
        assert conversation.state == ConversationState.RESOLVED
        assert conversation.resolved_at is not None
        assert UNTIL - timedelta(weeks=4) <= conversation.opened_at < conversation.resolved_at < UNTIL
    assert {draft.drafter for draft in await _all(database, DraftRow)} == {SIMULATED}
    simulated = {each.id for each in await _all(database, Conversation)}
    assert {review.conversation_id for review in await _all(database, Review)} <= simulated
    assert {handoff.state for handoff in await _all(database, Handoff)} == {HandoffState.DONE}


@only_sqlite
async def test_each_arm_is_what_happened_in_it(database: Database) -> None:
    await _written(database)
    handed_over = {handoff.conversation_id for handoff in await _all(database, Handoff)}
    arms: set[str | None] = set()
    for each in await _all(database, Conversation):
        arms.add(each.resolved_by)
        assert each.ai_replied == (each.resolved_by != ResolvedBy.HUMAN)
        assert (each.first_human_reply_at is not None) == (each.resolved_by != ResolvedBy.AI)
        assert (each.id in handed_over) == (each.resolved_by != ResolvedBy.AI)
        assert each.first_reply_at is not None
    assert arms == set(ResolvedBy)


@only_sqlite
async def test_the_mix_is_believable_and_not_flattering(database: Database) -> None:
    await _written(database, weeks=40)
    rows = await _all(database, Conversation)
    scores = {rating.conversation_id: rating.score for rating in await _all(database, Rating)}
    by_ai = [row for row in rows if row.resolved_by == ResolvedBy.AI]

    def share(topic: str) -> float:
        mine = [row for row in rows if row.topic == topic]
        return sum(row.resolved_by == ResolvedBy.AI for row in mine) / len(mine)

    def satisfied(topic: str) -> float:
        rated = [scores[row.id] for row in by_ai if row.topic == topic and row.id in scores]
        return sum(score >= 4 for score in rated) / len(rated)

    assert share("delivery") > 0.6
    assert share("repairs") < 0.45
    assert satisfied("delivery") > 0.8
    assert satisfied("repairs") < 0.65
    assert 0.35 < len(scores) / len(rows) < 0.47
    assert {rating.score for rating in await _all(database, Rating)} == {1, 2, 3, 4, 5}


@only_sqlite
async def test_people_answer_in_their_working_hours(database: Database) -> None:
    await _written(database)
    for handoff in await _all(database, Handoff):
        assert handoff.claimed_at is not None
        local = handoff.claimed_at.astimezone(BERLIN)
        assert local.weekday() < 5
        assert 9 <= local.hour <= 18


@only_sqlite
async def test_decisions_agree_with_the_gate(database: Database) -> None:
    await _written(database)
    for each in await _all(database, Decision):
        policy = Policy(each.topic, each.stage, each.threshold, each.frustration_limit)
        needed = gate.person_needed(Mood(each.sentiment, each.frustration, each.reason == HandoffReason.WISH), policy)
        assert (needed.reason if needed else None) == (
            each.reason if each.reason in (HandoffReason.WISH, HandoffReason.FRUSTRATION) else None
        )
        if each.action in (Action.ANSWER, Action.PROPOSE):
            assert each.confidence is not None
            assert each.confidence >= each.threshold
        if each.reason == HandoffReason.LOW_CONFIDENCE and each.confidence is not None:
            assert each.confidence < each.threshold


@only_sqlite
async def test_every_rating_answers_a_survey_after_the_resolution(database: Database) -> None:
    await _written(database)
    surveys = {survey.conversation_id: survey for survey in await _all(database, Survey)}
    resolved = {row.id: row.resolved_at for row in await _all(database, Conversation)}
    for rating in await _all(database, Rating):
        assert surveys[rating.conversation_id].answered_at == rating.rated_at
        assert rating.rated_at >= (resolved[rating.conversation_id] or UNTIL)
        assert rating.rated_at < UNTIL


@only_sqlite
async def test_what_was_said_has_no_holes_in_it(database: Database) -> None:
    await _written(database)
    texts = [message.text for message in await _all(database, Message)]
    assert not any("{" in text or "}" in text for text in texts)


@only_sqlite
async def test_a_simulated_conversation_can_be_told_as_a_story(database: Database) -> None:
    await _written(database)
    async with database.reading() as session:
        longest = select(Conversation).join(Handoff, col(Handoff.conversation_id) == Conversation.id).limit(1)
        one = (await session.exec(longest)).one()
        told = await stories.read(session, one)
    assert told is not None


@only_sqlite
async def test_people_spend_believable_time_and_do_nothing_twice_at_once(database: Database) -> None:
    await _written(database)
    rows = sorted(await _all(database, Effort), key=lambda each: each.at)
    assert {each.kind for each in rows} == set(EffortKind) - {EffortKind.APPROVAL}
    long_ago, free = UNTIL - timedelta(weeks=5), dict[str, datetime]()
    for each in rows:
        assert UNTIL - timedelta(weeks=4) < each.at < UNTIL
        assert each.at - timedelta(seconds=each.seconds) >= free.get(each.person_id, long_ago)
        free[each.person_id] = each.at - timedelta(seconds=0.1)
    alone = {each.id for each in await _all(database, Conversation) if each.resolved_by == ResolvedBy.HUMAN}
    took = [
        sum(each.seconds for each in rows if each.conversation_id == key and each.kind != EffortKind.REVIEW)
        for key in alone
    ]
    assert 4 * 60 < median(took) < 11 * 60


async def test_articles_that_drafts_cite_are_the_shops(database: Database) -> None:
    await _written(database)
    cited = {citation["url"] for draft in await _all(database, DraftRow) for citation in draft.citations}
    assert cited
    assert all(url.startswith(f"https://help.{shop.NAME.lower()}.example/") for url in cited)
    async with database.reading() as session:
        assert (await session.exec(select(func.count()).select_from(DraftRow))).one()


def test_working_time_skips_nights_and_weekends() -> None:
    friday_evening = datetime(2026, 11, 20, 17, 50, tzinfo=BERLIN)
    assert working_time_later(friday_evening, 20) == datetime(2026, 11, 23, 9, 10, tzinfo=BERLIN)
    assert working_time_later(friday_evening, 5) == friday_evening + timedelta(minutes=5)
    night = datetime(2026, 11, 18, 2, 0, tzinfo=BERLIN)
    assert working_time_later(night, 1) == datetime(2026, 11, 18, 9, 1, tzinfo=BERLIN)
