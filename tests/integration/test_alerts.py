"""Alerts between reports: managers hear of what got worse, once, whoever sweeps, and can say that they have seen it."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy import insert
from sqlmodel import col, select, update

from bot.alerts import alerting
from bot.alerts import cards as alert_cards
from bot.listeners import alert_buttons
from bot.listeners.press import Press, for_managers
from bot.slack.people import Role
from bot.team import Alerts
from handoff.watches import Kind
from storage import alerts, topics
from storage.database import Database
from storage.endings import Rating, Survey
from storage.ids import new_id
from storage.kinds import Action, ConversationState, Offered, ResolvedBy
from storage.queues import Outbox
from storage.row import now
from storage.tables import Conversation, Decision, Handoff, Message, Topic
from storage.watched import Alert, Watched
from tests.integration.dialogue import by_bot, has_button, words
from tests.locks import waits_for_a_lock
from tests.stage import ADA, BEN, MANAGERS, MIA, SEED, SUPPORT, Stage

A_DAY = 10
TEAM = SEED.team_id
TODAY = datetime.combine(now().date(), time(8), UTC) - timedelta(days=1)
"""The last of the days that are played; all of it is settled by now."""


def _at(days_ago: int, number: int) -> datetime:
    return TODAY - timedelta(days=days_ago) + timedelta(minutes=number)


async def _add(stage: Stage, table: Any, rows: Sequence[dict[str, Any]]) -> None:
    async with stage.database.writing_connection() as connection:
        if rows:
            await connection.execute(insert(table), list(rows))


def _conversations(keys: Sequence[str], at: datetime, **changed: Any) -> list[dict[str, Any]]:
    given = {
        "workspace_id": TEAM,
        "channel_id": SUPPORT,
        "customer_id": ADA,
        "state": ConversationState.RESOLVED,
        "resolved_by": ResolvedBy.AI,
        "opened_at": at,
        "resolved_at": at,
        "topic": "returns",
    }
    return [
        {**given, "id": key, "thread_ts": f"{1_700_000_000 + index}.{key}", **changed} for index, key in enumerate(keys)
    ]


async def rated(stage: Stage, days_ago: int, bad: int, *, answered: int = A_DAY, **changed: Any) -> None:
    """A day on which so many of ten scores were bad, or so many of ten customers gave one."""
    keys = [f"r{days_ago:03}-{number}" for number in range(A_DAY)]
    times = [_at(days_ago, number) for number in range(A_DAY)]
    await _add(stage, Conversation, _conversations(keys, times[0], **changed))
    of = {"workspace_id": TEAM, "customer_id": ADA}
    surveys = [
        {**of, "conversation_id": key, "asked_at": at, "answered_at": at if number < answered else None}
        for number, (key, at) in enumerate(zip(keys, times, strict=True))
    ]
    await _add(stage, Survey, surveys)
    # The bad ones are spread over the day.
    ratings = [
        {**of, "conversation_id": key, "score": 2 if number * bad % A_DAY < bad else 5, "rated_at": at, "comment": ""}
        for number, (key, at) in enumerate(zip(keys, times, strict=True))
        if number < answered
    ]
    await _add(stage, Rating, ratings)


async def decided(
    stage: Stage, days_ago: int, handed_off: int, *, policy: str = "autopilot", reason: str = "low_confidence"
) -> None:
    """A day on which so many of ten conversations went to a person."""
    keys = [f"h{days_ago:03}-{policy}-{number}" for number in range(A_DAY)]
    at = _at(days_ago, 0)
    await _add(stage, Conversation, _conversations(keys, at))
    said = {
        "workspace_id": TEAM,
        "author": "customer",
        "author_id": ADA,
        "text": "?",
        "channel_id": SUPPORT,
        "files": [],
    }
    await _add(stage, Message, [{**said, "id": f"m{key}", "conversation_id": key, "ts": f"9.{key}"} for key in keys])
    to_people = [key for number, key in enumerate(keys) if number * handed_off % A_DAY < handed_off]
    made: dict[str, Any] = {"workspace_id": TEAM, "topic": "returns", "stage": policy, "created_at": at}
    decisions = [
        {
            **made,
            **{name: [] for name in ("reasons", "contributions", "imputed", "passages")},
            "signals": {},
            "reader": {},
            "id": f"d{key}",
            "conversation_id": key,
            "message_id": f"m{key}",
            "draft_id": f"f{key}",
            "action": Action.HAND_OFF if key in to_people else Action.ANSWER,
            "reason": reason if key in to_people else "",
        }
        for key in keys
    ]
    await _add(stage, Decision, decisions)
    handoffs = [
        {
            "workspace_id": TEAM,
            "id": f"o{key}",
            "conversation_id": key,
            "state": "done",
            "reason": reason,
            "opened_at": at,
            "reasons": [],
        }
        for key in to_people
    ]
    await _add(stage, Handoff, handoffs)


async def alerts_of(stage: Stage) -> list[Alert]:
    async with stage.database.reading() as session:
        return list((await session.exec(select(Alert).order_by(Alert.id))).all())


async def posts_of(stage: Stage, purpose: str = alert_cards.PURPOSE) -> list[str]:
    async with stage.database.reading() as session:
        posts = (Outbox.purpose == purpose, Outbox.method == "chat.postMessage")
        wanted = select(Outbox).where(*posts).order_by(Outbox.id)
        return [str(post.payload["text"]) for post in (await session.exec(wanted)).all()]


async def watch(stage: Stage, days_ago: int) -> None:
    """Begin to watch at the end of a day; everything before teaches."""
    await alerting.sweep(stage.bot.runtime, _at(days_ago, 12 * 60))


async def fall(stage: Stage, **changed: Any) -> None:
    """Eight weeks of which every tenth score is bad, then a week with half of them."""
    for days_ago in range(69, 8, -1):
        await rated(stage, days_ago, 1, **changed)
    await watch(stage, 9)
    for days_ago in range(8, -1, -1):
        await rated(stage, days_ago, 6, **changed)


async def test_a_fall_of_ratings_is_told_once_with_what_to_do_whoever_sweeps(stage: Stage, database_url: str) -> None:
    await fall(stage)
    other = replace(stage.bot.runtime, database=await Database.open(database_url))
    try:
        await asyncio.gather(*(alerting.sweep(each) for each in (stage.bot.runtime, other, stage.bot.runtime, other)))
        await alerting.sweep(other)
    finally:
        await other.database.close()
    found = [(each.kind, each.topic) for each in await alerts_of(stage)]
    assert sorted(found) == [("ratings", ""), ("ratings", "returns")]
    assert len(await posts_of(stage)) == 2
    mia = await stage.person(MIA)
    told = words(await mia.reads(MANAGERS, until=by_bot("Ratings have fallen")))
    assert "ratings were 4 or 5" in told
    assert "Usually it is 90 %" in told
    assert "expect up to 1 false alarm a year" in told
    assert "/baton report" in told
    assert f"archives/{SUPPORT}/p" in told


async def test_recovery_is_told_once(stage: Stage) -> None:
    for days_ago in range(99, 38, -1):
        await rated(stage, days_ago, 1)
    await watch(stage, 39)
    for days_ago in range(38, -1, -1):
        await rated(stage, days_ago, 6 if days_ago > 28 else 1)
    await alerting.sweep(stage.bot.runtime)
    await alerting.sweep(stage.bot.runtime)
    whole = [text for text in await posts_of(stage) if "returns" not in text.lower()]
    assert whole == ["Ratings have fallen", "Ratings are back to the usual"]
    assert {each.ended_as for each in await alerts_of(stage)} == {"recovered"}


async def test_what_is_simulated_or_from_before_the_watch_raises_no_alert(stage: Stage) -> None:
    await fall(stage, simulated=True)
    await alerting.sweep(stage.bot.runtime)
    assert await alerts_of(stage) == []
    async with stage.database.transaction() as session:
        await session.exec(update(Conversation).values(simulated=False))
        for row in (await session.exec(select(Watched))).all():
            await session.delete(row)
    await alerting.sweep(stage.bot.runtime)  # the whole past only teaches
    await alerting.sweep(stage.bot.runtime)
    assert await alerts_of(stage) == []
    async with stage.database.reading() as session:
        row = (await session.exec(select(Watched).where(Watched.kind == "ratings", Watched.topic == ""))).one()
    assert sum(day[1] for day in row.state["days"]) == 70 * A_DAY


async def test_a_rise_of_handoffs_is_told_with_its_reasons_and_a_demotion_is_none(stage: Stage) -> None:
    for days_ago in range(69, 8, -1):
        await decided(stage, days_ago, 3)
    await watch(stage, 9)
    for days_ago in range(8, 4, -1):
        await decided(stage, days_ago, 10, policy="copilot", reason="policy")
    await alerting.sweep(stage.bot.runtime, _at(4, 0))
    assert await alerts_of(stage) == []
    for days_ago in range(4, -1, -1):
        await decided(stage, days_ago, 9)
        await alerting.sweep(stage.bot.runtime, _at(days_ago, 12 * 60))
    mia = await stage.person(MIA)
    for head in ("More conversations go to people", "More conversations go to people in returns"):
        told = words(await mia.reads(MANAGERS, until=lambda each, head=head: each["text"] == head))
        assert "AI was unsure" in told
        assert "policy" not in told  # that was the topic in copilot, which is no rise
        assert "Usually it is 3" in told
    for alert in await alerts_of(stage):
        assert list(alert.figures["reasons"]) == ["low_confidence"]
        counted, bad = alert.figures["reasons"]["low_confidence"], alert.figures["bad"]
        assert bad <= counted <= bad + A_DAY  # the rest of its day was read along


async def test_who_is_sent_to_people_by_lot_is_no_rise_of_handoffs(stage: Stage) -> None:
    for days_ago in range(69, 8, -1):
        await decided(stage, days_ago, 1)
    await watch(stage, 9)
    for days_ago in range(8, -1, -1):
        await decided(stage, days_ago, 9)
    async with stage.database.transaction() as session:
        late = col(Conversation.opened_at) >= _at(8, 0)
        await session.exec(update(Conversation).where(late).values(offered=Offered.PEOPLE_BY_LOT))
    await alerting.sweep(stage.bot.runtime)
    assert await alerts_of(stage) == []


async def test_a_handoff_that_comes_hours_later_is_another_matter(stage: Stage) -> None:
    for days_ago in range(69, 8, -1):
        await decided(stage, days_ago, 1)
    await watch(stage, 9)
    for days_ago in range(8, -1, -1):
        await decided(stage, days_ago, 9)
    async with stage.database.transaction() as session:
        for handoff in (await session.exec(select(Handoff).where(col(Handoff.opened_at) >= _at(8, 0)))).all():
            handoff.opened_at += timedelta(hours=2)
            session.add(handoff)
    await alerting.sweep(stage.bot.runtime)
    assert await alerts_of(stage) == []


async def test_a_topic_is_watched_on_under_its_new_name(stage: Stage) -> None:
    for days_ago in range(69, 8, -1):
        await rated(stage, days_ago, 1)
    await watch(stage, 9)
    async with stage.database.transaction() as session:
        session.add(Topic(workspace_id=TEAM, name="returns", title="Returns"))
        await session.flush()
        topic = await topics.by_name(session, TEAM, "returns", lock=True)
        assert topic is not None
        await topics.rename(session, topic, "refunds")
    for days_ago in range(8, -1, -1):
        await rated(stage, days_ago, 6, topic="refunds")
    await alerting.sweep(stage.bot.runtime)
    assert sorted(each.topic for each in await alerts_of(stage)) == ["", "refunds"]


async def test_where_nothing_comes_the_next_look_begins_later(stage: Stage) -> None:
    await watch(stage, 3)
    await alerting.sweep(stage.bot.runtime)
    oldest = min(each.read_until for each in await _watched(stage))
    assert oldest > now() - timedelta(days=4)


async def test_a_model_that_fails_is_told_within_a_few_messages(stage: Stage) -> None:
    await decided(stage, 3, 0)
    await watch(stage, 2)
    await decided(stage, 1, 5, reason="model_failed")
    await alerting.sweep(stage.bot.runtime)
    assert [each.kind for each in await alerts_of(stage)] == ["model"]
    mia = await stage.person(MIA)
    told = words(await mia.reads(MANAGERS, until=by_bot("The model is failing")))
    assert "baton doctor" in told


async def test_surveys_that_nobody_answers_any_more_are_told(stage: Stage) -> None:
    for days_ago in range(79, 18, -1):
        await rated(stage, days_ago, 1, answered=5)
    await watch(stage, 15)
    for days_ago in range(18, 3, -1):
        await rated(stage, days_ago, 1, answered=0)
    await alerting.sweep(stage.bot.runtime)
    assert [each.kind for each in await alerts_of(stage)] == ["answers"]
    mia = await stage.person(MIA)
    told = words(await mia.reads(MANAGERS, until=by_bot("Fewer customers answer the survey")))
    assert "Usually it is 50 %" in told


async def test_surveys_that_slack_refuses_are_told(stage: Stage) -> None:
    await watch(stage, 2)
    post: dict[str, Any] = {
        "workspace_id": TEAM,
        "method": "chat.postMessage",
        "channel_id": "C0GONE",
        "payload": {},
        "purpose": "survey",
        "state": "refused",
        "error": "channel_not_found",
    }
    rows = [{**post, "id": new_id(), "lane": f"l{number}", "created_at": _at(0, number)} for number in range(8)]
    await _add(stage, Outbox, rows)
    await alerting.sweep(stage.bot.runtime)
    mia = await stage.person(MIA)
    told = words(await mia.reads(MANAGERS, until=by_bot("Surveys do not reach customers")))
    assert "surveys were not posted within an hour" in told


async def test_managers_say_that_they_have_seen_it_and_take_it_back(stage: Stage) -> None:
    await fall(stage)
    await alerting.sweep(stage.bot.runtime)
    mia = await stage.person(MIA)

    def shown(part: str, button: str) -> Any:
        return lambda each: (
            by_bot(part)(each) and has_button(button)(each) and "Ratings have fallen in" not in words(each)
        )

    message = await mia.reads(MANAGERS, until=shown("Ratings have fallen", "alert_seen"))
    await mia.presses(message, "alert_seen", channel=MANAGERS)
    message = await mia.reads(MANAGERS, until=shown(f"Seen by <@{MIA}>", "alert_unseen"))
    await mia.presses(message, "alert_mute", channel=MANAGERS)
    message = await mia.reads(MANAGERS, until=shown("Muted until", "alert_unmute"))
    (muted,) = [each for each in await _watched(stage) if each.muted_until]
    assert (muted.kind, muted.topic, muted.muted_by) == ("ratings", "", MIA)
    await mia.presses(message, "alert_unmute", channel=MANAGERS)
    message = await mia.reads(MANAGERS, until=shown(f"Seen by <@{MIA}>", "alert_mute"))
    await mia.presses(message, "alert_unseen", channel=MANAGERS)
    await mia.reads(MANAGERS, until=shown("Ratings have fallen", "alert_seen"))
    assert not any(each.muted_until for each in await _watched(stage))
    assert not any(each.seen_by for each in await alerts_of(stage))


async def _watched(stage: Stage) -> list[Watched]:
    async with stage.database.reading() as session:
        return list((await session.exec(select(Watched))).all())


async def test_only_managers_act_on_an_alert(stage: Stage) -> None:
    act = for_managers(alert_buttons.press_on_alert)
    press = Press(BEN, TEAM, MANAGERS, "1.0", None, "alert_mute", '{"alert_id":"x"}', "")
    word = await act(stage.bot.runtime, press)
    assert word is not None
    assert "Only the managers" in word.text
    word = await act(stage.bot.runtime, replace(press, user_id=MIA))
    assert word is not None
    assert "no longer there" in word.text


async def test_a_press_on_an_alert_waits_for_a_sweep_that_ends_it(stage: Stage) -> None:
    async with stage.database.transaction() as session:
        row = alerts.begin(session, TEAM, Kind.RATINGS, "", since=now(), read=alerts.Cursor(now(), ""))
        figures: dict[str, Any] = {"since": 1, "seen": 9, "bad": 9, "usual": 0.1, "learnt_from": 99, "years": 1}
        figures |= {"conversations": [], "reasons": {}}
        raised = alerts.raised(session, row, since=now(), figures=figures, told=True)
    ref = f'{{"alert_id":"{raised.id}"}}'
    press = Press(MIA, TEAM, MANAGERS, "1.0", None, "alert_mute", ref, "")
    assert await stage.bot.runtime.people.role(MIA, TEAM) is Role.MANAGER
    async with stage.database.transaction() as session:
        await alerts.series(session, TEAM, Kind.RATINGS, lock=True)
        pressing = asyncio.create_task(alert_buttons.press_on_alert(stage.bot.runtime, press))
        await waits_for_a_lock(stage.database)
        standing = await alerts.standing(session, TEAM, Kind.RATINGS, "")
        assert standing
        alerts.end(session, standing, "recovered")
    assert await asyncio.wait_for(pressing, 60) is None
    (alert,) = await alerts_of(stage)
    assert alert.ended_as == "recovered"


async def test_a_muted_series_raises_its_alert_in_silence(stage: Stage) -> None:
    for days_ago in range(69, 8, -1):
        await rated(stage, days_ago, 1)
    await watch(stage, 9)
    async with stage.database.transaction() as session:
        await session.exec(update(Watched).values(muted_until=now() + timedelta(days=9)))
    for days_ago in range(8, -1, -1):
        await rated(stage, days_ago, 6)
    assert await alerting.sweep(stage.bot.runtime) == 0
    assert [each.told for each in await alerts_of(stage)] == [False, False]


async def test_a_team_may_accept_more_false_alarms_or_want_none(stage: Stage) -> None:
    team = stage.bot.runtime.team
    stage.bot.runtime.team = team.model_copy(update={"alerts": Alerts(false_alarms_a_year=12)})
    await fall(stage)
    await alerting.sweep(stage.bot.runtime)
    first = (await alerts_of(stage))[0]
    assert first.kind == Kind.RATINGS
    assert first.figures["years"] == pytest.approx(1 / (0.25 * 12))
