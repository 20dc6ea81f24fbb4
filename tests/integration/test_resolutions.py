"""What stays resolved: customers who come back in time take a resolution back, and a lot may send them to people."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlmodel import col, select, update

from bot import reports
from bot.team import Comparison, TeamFile
from handoff import window
from handoff.matter import same_matter
from handoff.recognition_fit import KnownQuestion, train
from storage import topics
from storage.endings import Resolution
from storage.ids import new_id
from storage.kinds import Offered, TopicEvent
from storage.row import now
from storage.tables import Conversation, Decision
from tests.integration.dialogue import asks, by_bot, card_for, claims, has_button, words
from tests.stage import ADA, ANSWERED, BEN, CARL, DESK, SUPPORT, UNKNOWN, Stage

AGAIN = "I still have to return my boots, how many days do I have to return them?"


async def _resolutions(stage: Stage) -> list[Resolution]:
    async with stage.database.reading() as session:
        return list((await session.exec(select(Resolution).order_by(col(Resolution.resolved_at)))).all())


async def _pass(stage: Stage, days: int) -> None:
    """Let so many days pass: what was resolved lies back so much further."""
    async with stage.database.transaction() as session:
        for row in (await session.exec(select(Resolution))).all():
            row.resolved_at -= timedelta(days=days)
            row.opened_at -= timedelta(days=days)
            moved = {"resolved_at": row.resolved_at, "opened_at": row.opened_at}
            mine = col(Conversation.id) == row.conversation_id
            await session.exec(update(Conversation).where(mine).values(**moved))
            session.add(row)


async def _solved(stage: Stage, text: str = ANSWERED) -> str:
    """Ada asks, and says that it is solved; returns the thread."""
    ada = await stage.person(ADA)
    question, reply = await asks(ada, text)
    await ada.presses(reply, "solved", channel=SUPPORT)
    await ada.reads(SUPPORT, thread=question["ts"], until=by_bot("marking this as solved"))
    return question["ts"]


async def test_who_goes_on_in_the_thread_within_a_week_takes_the_resolution_back(stage: Stage) -> None:
    thread = await _solved(stage)
    await _pass(stage, 3)
    ada = await stage.person(ADA)
    await ada.says(SUPPORT, "It did not work. How many days do I have to return boots?", thread=thread)
    await ada.until(lambda: _reopened(stage))
    (first,) = await _resolutions(stage)
    assert first.resolved_by == "ai"
    assert first.confirmation == "confirmed"
    assert first.resolved_by_person == ADA
    assert first.taken_back_how == "reopened"
    assert first.taken_back_at == first.reopened_at is not None


async def _reopened(stage: Stage) -> bool:
    return any(each.reopened_at for each in await _resolutions(stage))


async def test_who_goes_on_after_more_than_a_week_begins_anew(stage: Stage) -> None:
    thread = await _solved(stage)
    await _pass(stage, 9)
    ada = await stage.person(ADA)
    await ada.says(SUPPORT, ANSWERED, thread=thread)
    replies = by_bot("30 days")
    await ada.until(lambda: _reopened(stage))
    reply = await ada.reads(SUPPORT, thread=thread, until=lambda each: replies(each) and has_button("solved")(each))
    await ada.presses(reply, "solved", channel=SUPPORT)

    async def twice() -> bool:
        return len(await _resolutions(stage)) == 2

    await ada.until(twice)
    first, second = await _resolutions(stage)
    assert first.taken_back_at is None
    assert first.reopened_at is not None
    assert second.opened_at == first.reopened_at
    assert (second.reopened, second.resolved_by) == (0, "ai")
    assert second.first_reply_at is not None
    assert second.first_reply_at >= second.opened_at
    this_week = window.Window(since=now() - timedelta(days=1), until=now() + timedelta(days=1))
    ai = (await reports.build(stage.database, first.workspace_id, this_week, "UTC")).arms[0]
    assert (ai.resolved, ai.taken_back, ai.not_final) == (1, 0, 1)


async def test_a_customer_waits_from_the_moment_they_sent_it(stage: Stage) -> None:
    thread = await _solved(stage)
    (first,) = await _resolutions(stage)
    assert first.opened_at == datetime.fromtimestamp(float(thread), UTC)
    await _pass(stage, 9)
    ada = await stage.person(ADA)
    again = await ada.says(SUPPORT, ANSWERED, thread=thread)
    await ada.until(lambda: _reopened(stage))
    (first,) = await _resolutions(stage)
    assert (first.taken_back_at, first.reopened_at) == (None, datetime.fromtimestamp(float(again["ts"]), UTC))


async def test_who_is_helped_by_people_after_more_than_a_week_was_helped_by_people_alone(stage: Stage) -> None:
    thread = await _solved(stage)
    await _pass(stage, 9)
    ada, ben = await stage.person(ADA), await stage.person(BEN)
    wish = "Can I talk to a person please? My backpack is damaged, what does the warranty cover?"
    await ada.says(SUPPORT, wish, thread=thread)
    card = await card_for(ben, wish)
    await claims(ben, card)
    await ben.says(DESK, "How can I help?", thread=card["ts"])
    await ada.reads(SUPPORT, thread=thread, until=lambda each: "How can I help?" in words(each))
    await ben.presses(await ben.reads(DESK, until=lambda each: each["ts"] == card["ts"]), "resolve", channel=DESK)

    async def twice() -> bool:
        return len(await _resolutions(stage)) == 2

    await ada.until(twice)
    first, second = await _resolutions(stage)
    assert (first.resolved_by, second.resolved_by) == ("ai", "human")
    assert (first.topic, second.topic) == ("returns", "repairs")
    assert second.first_reply_at is not None
    assert second.opened_at < second.first_reply_at < second.resolved_at


async def test_what_an_agent_ends_without_a_word_is_not_the_work_of_the_ai_alone(stage: Stage) -> None:
    ada, ben = await stage.person(ADA), await stage.person(BEN)
    _, reply = await asks(ada, ANSWERED)
    await ada.presses(reply, "want_person", channel=SUPPORT)
    card = await card_for(ben, ANSWERED)
    await claims(ben, card)  # and calls Ada
    await ben.presses(await ben.reads(DESK, until=lambda each: each["ts"] == card["ts"]), "resolve", channel=DESK)

    async def resolved() -> bool:
        return bool(await _resolutions(stage))

    await ada.until(resolved)
    (found,) = await _resolutions(stage)
    assert (found.resolved_by, found.confirmation, found.resolved_by_person) == ("ai_then_human", "confirmed", BEN)


async def test_a_new_thread_on_the_same_matter_takes_it_back_and_another_matter_does_not(stage: Stage) -> None:
    await _solved(stage)
    await _pass(stage, 3)
    ada = await stage.person(ADA)
    await asks(ada, UNKNOWN)
    (first,) = await _resolutions(stage)
    assert first.taken_back_at is None
    question, _ = await asks(ada, AGAIN)
    (first,) = await _resolutions(stage)
    assert first.taken_back_how == "returned"
    async with stage.database.reading() as session:
        new = (await session.exec(select(Conversation).where(Conversation.thread_ts == question["ts"]))).one()
    assert first.returned_in == new.id


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_known_questions_with_one_answer_are_one_matter_whatever_their_words(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    again = "May I bring the tent back?"
    assert not same_matter(ANSWERED, again, earlier_topic="", new_topic="")
    returns = [ANSWERED, "return period?", again, "can I bring it back", "bring the tent back"]
    others = [(f"w{number} x{number} y{number}", f"other {number}") for number in range(12) for _ in range(2)]
    learned = train([KnownQuestion(text, "returns") for text in returns] + [KnownQuestion(*each) for each in others])
    await _solved(stage)
    monkeypatch.setattr(type(stage.bot.runtime), "known_questions", property(lambda _: learned))
    ada = await stage.person(ADA)
    await asks(ada, again)
    (first,) = await _resolutions(stage)
    assert first.taken_back_how == "returned"


async def test_somebody_elses_question_takes_nothing_back(stage: Stage) -> None:
    await _solved(stage)
    carl = await stage.person(CARL)
    await asks(carl, ANSWERED)
    (first,) = await _resolutions(stage)
    assert first.taken_back_at is None


def _draw(stage: Stage, share: float) -> None:
    """Let the lot send this share to people; the team's file allows no more than a fifth."""
    always = Comparison().model_copy(update={"holdout": share})
    stage.bot.runtime.team = TeamFile(comparison=always)


async def test_who_is_drawn_by_lot_goes_straight_to_people_who_see_no_draft(stage: Stage) -> None:
    _draw(stage, 1.0)
    ada, ben = await stage.person(ADA), await stage.person(BEN)
    question, reply = await asks(ada, ANSWERED)
    assert "30 days" not in words(reply)
    card = await card_for(ben, ANSWERED)
    assert "Drawn by lot" in words(card)
    assert "30 days" not in words(card)
    await ada.says(SUPPORT, "How long does a refund take?", thread=question["ts"])
    async with stage.database.reading() as session:
        made = (await session.exec(select(Conversation))).one()
        decision = (await session.exec(select(Decision))).one()
    assert made.offered == Offered.PEOPLE_BY_LOT
    assert made.topic == "returns"
    assert not made.ai_replied
    assert (decision.action, decision.reason) == ("hand_off", "policy")
    assert decision.draft_id
    today = window.Window(since=now() - timedelta(days=1), until=now() + timedelta(days=1))
    report = await reports.build(stage.database, made.workspace_id, today, "UTC", stage.bot.runtime.team)
    assert report.policy
    assert report.policy.randomised
    (topic,) = report.policy.topics
    assert (topic.topic, topic.offered.conversations, topic.straight.conversations) == ("returns", 0, 1)


async def test_a_wish_for_a_person_is_no_matter_of_the_lot(stage: Stage) -> None:
    _draw(stage, 1.0)
    ada = await stage.person(ADA)
    await asks(ada, "Can I talk to a person please?")
    async with stage.database.reading() as session:
        made = (await session.exec(select(Conversation))).one()
        decision = (await session.exec(select(Decision))).one()
    assert made.offered == Offered.PEOPLE
    assert decision.reason == "wish"


async def test_without_a_holdout_the_ai_gets_what_it_may_take(stage: Stage) -> None:
    await _solved(stage)
    (first,) = await _resolutions(stage)
    assert first.offered == Offered.AI


async def _resolved_by_ben(stage: Stage, text: str, *, then: str = "") -> Resolution:
    """Ada asks, Ben claims, writes, reads what she adds, and resolves."""
    ada, ben = await stage.person(ADA), await stage.person(BEN)
    question, _ = await asks(ada, text)
    card = await card_for(ben, text)
    await claims(ben, card)
    await ben.says(DESK, "Hello, Ben here. What can I do for you?", thread=card["ts"])
    await ada.reads(SUPPORT, thread=question["ts"], until=by_bot("Ben here"))
    if then:
        await ada.says(SUPPORT, then, thread=question["ts"])
        await ben.reads(DESK, thread=card["ts"], until=by_bot(then))
    held = await ben.reads(DESK, until=lambda each: each["ts"] == card["ts"] and has_button("resolve")(each))
    await ben.presses(held, "resolve", channel=DESK)
    await ada.until(lambda: _any_resolved(stage))
    (row,) = await _resolutions(stage)
    return row


async def _any_resolved(stage: Stage) -> bool:
    return bool(await _resolutions(stage))


async def test_who_asks_for_a_person_at_once_is_compared_within_the_topic_of_their_words(stage: Stage) -> None:
    row = await _resolved_by_ben(stage, "Can I talk to a person please? How many days do I have to return an item?")
    assert (row.resolved_by, row.topic, row.offered) == ("human", "returns", Offered.PEOPLE)


async def test_where_drafts_name_topics_otherwise_than_articles_do_none_is_taken_from_them(stage: Stage) -> None:
    ada = await stage.person(ADA)
    await asks(ada, ANSWERED)
    async with stage.database.transaction() as session:
        made: dict[str, Any] = (await session.exec(select(Decision))).one().model_dump()
        session.add_all(Decision.model_validate(made | {"id": new_id(), "topic": "orders"}) for _ in range(20))
    row = await _resolved_by_ben(stage, "Can I talk to a person please? How many days do I have to return an item?")
    assert row.topic == ""


async def test_drafts_of_a_topic_that_was_renamed_since_do_not_speak_against_the_articles(stage: Stage) -> None:
    ada = await stage.person(ADA)
    await asks(ada, ANSWERED)
    async with stage.database.transaction() as session:
        made: dict[str, Any] = (await session.exec(select(Decision))).one().model_dump()
        session.add_all(Decision.model_validate(made | {"id": new_id(), "topic": "sent back"}) for _ in range(20))
        renamed: dict[str, Any] = {"event": TopicEvent.RENAMED, "before": {}, "after": {"name": "returns"}}
        topics.note(session, made["workspace_id"], "sent back", **renamed, by=BEN, why="")
    row = await _resolved_by_ben(stage, "Can I talk to a person please? How many days do I have to return an item?")
    assert row.topic == "returns"


async def test_who_only_asks_for_a_person_tells_the_topic_with_the_next_word(stage: Stage) -> None:
    row = await _resolved_by_ben(
        stage, "Can I talk to a person please?", then="My backpack is damaged, what does the warranty cover?"
    )
    assert row.topic == "repairs"


async def test_what_no_article_speaks_of_has_no_topic_afterwards_either(stage: Stage) -> None:
    row = await _resolved_by_ben(stage, "Can I talk to a person please?", then=UNKNOWN)
    assert row.topic == ""


async def test_what_is_asked_after_an_answer_does_not_change_what_the_conversation_was_about(stage: Stage) -> None:
    ada = await stage.person(ADA)
    question, _ = await asks(ada, ANSWERED)
    await ada.says(SUPPORT, "And how much does express delivery cost?", thread=question["ts"])
    later = by_bot("12 euros")
    reply = await ada.reads(
        SUPPORT, thread=question["ts"], until=lambda each: later(each) and has_button("solved")(each)
    )
    await ada.presses(reply, "solved", channel=SUPPORT)
    await ada.until(lambda: _any_resolved(stage))
    (row,) = await _resolutions(stage)
    assert row.topic == "returns"
