"""Dialogues about how a conversation flows: courtesies, corrections, bystanders, and the offer of a person."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import select, update

from bot.conversation import offered
from storage.row import now
from storage.tables import Conversation, Decision, Handoff, Message, Offer
from tests.integration.dialogue import asks, bot_posts, by_bot, card_for, claims, has_button, words
from tests.stage import ADA, ANSWERED, BEN, BOT, CARL, DESK, SUPPORT, UNKNOWN, Stage, on_stage


async def _conversations(stage: Stage) -> list[Conversation]:
    async with stage.database.reading() as session:
        return list((await session.exec(select(Conversation).order_by(Conversation.id))).all())


async def _offer(stage: Stage) -> Offer:
    async with stage.database.reading() as session:
        return (await session.exec(select(Offer))).one()


# Courtesies


@pytest.mark.parametrize(
    ("greeting", "word"), [("Hello everyone!", "How can I help"), ("Guten Morgen", "Wie kann ich")]
)
async def test_a_greeting_in_a_channel_gets_a_word_for_its_author_alone(stage: Stage, greeting: str, word: str) -> None:
    ada, carl = await stage.person(ADA), await stage.person(CARL)
    await ada.says(SUPPORT, greeting)
    told = await ada.reads(SUPPORT, until=lambda message: message.get("is_ephemeral", False))
    assert word in words(told)
    assert [message for message in await carl.history(SUPPORT) if message.get("bot_id")] == []
    assert await _conversations(stage) == []


async def test_thanks_in_a_channel_open_nothing_and_the_next_question_is_answered(stage: Stage) -> None:
    ada = await stage.person(ADA)
    thanks = await ada.says(SUPPORT, "Thank you all!")
    await asks(ada, ANSWERED)
    assert await bot_posts(ada, thanks["ts"]) == []
    assert len(await _conversations(stage)) == 1


async def test_a_greeting_in_direct_messages_gets_a_friendly_question(stage: Stage) -> None:
    ada = await stage.person(ADA)
    direct = await ada.direct()
    hello = await ada.says(direct, "Hallo!")
    reply = await ada.reads(direct, thread=hello["ts"], until=by_bot("help"))
    assert has_button("want_person")(reply)


async def test_whoever_calls_the_bot_by_name_is_asked_what_it_is_about(stage: Stage) -> None:
    ada = await stage.person(ADA)
    _, reply = await asks(ada, f"<@{BOT}> hello")
    assert "How can I help" in words(reply)


# Bystanders


async def test_a_bystander_who_calls_the_bot_is_shown_the_way_and_answered_nowhere_else(stage: Stage) -> None:
    ada, carl = await stage.person(ADA), await stage.person(CARL)
    question, _ = await asks(ada, ANSWERED)
    await carl.says(SUPPORT, "+1", thread=question["ts"])
    await carl.says(SUPPORT, f"<@{BOT}> how long does express delivery take?", thread=question["ts"])
    told = await carl.reads(SUPPORT, thread=question["ts"], until=lambda message: message.get("is_ephemeral", False))
    assert "somebody else's question" in words(told)
    assert len(await bot_posts(ada, question["ts"])) == 1
    assert len(await _conversations(stage)) == 1


# Corrections


async def test_a_corrected_question_has_one_answer_which_is_renewed_in_its_place(stage: Stage) -> None:
    ada = await stage.person(ADA)
    question, first = await asks(ada, "What does standard delivery cost?")
    await ada.edits(SUPPORT, question["ts"], ANSWERED)
    renewed = await ada.reads(SUPPORT, thread=question["ts"], until=by_bot("30 days"))
    assert renewed["ts"] == first["ts"]
    assert "because you changed your question" in words(renewed)
    assert "assistant of Northpeak" in words(renewed)
    assert "4.90 euros" not in words(renewed)
    assert len(await bot_posts(ada, question["ts"])) == 1
    async with stage.database.reading() as session:
        said = (await session.exec(select(Message).where(Message.author == "bot"))).all()
        decided = (await session.exec(select(Decision))).all()
    assert len(said) == 1
    assert "30 days" in said[0].text
    assert [each.action for each in decided] == ["answer", "answer"]


async def test_a_question_corrected_into_one_for_people_goes_to_them_in_the_same_place(stage: Stage) -> None:
    ada, ben = await stage.person(ADA), await stage.person(BEN)
    question, first = await asks(ada, ANSWERED)
    await ada.edits(SUPPORT, question["ts"], UNKNOWN)
    renewed = await ada.reads(SUPPORT, thread=question["ts"], until=by_bot("colleague"))
    assert renewed["ts"] == first["ts"]
    await card_for(ben, UNKNOWN)
    assert len(await bot_posts(ada, question["ts"])) == 1


async def test_a_question_taken_back_before_anybody_came_is_closed_and_counts_nowhere(stage: Stage) -> None:
    ada, ben = await stage.person(ADA), await stage.person(BEN)
    question, _ = await asks(ada, UNKNOWN)
    await card_for(ben, UNKNOWN)
    await ada.deletes(SUPPORT, question["ts"])
    await ada.reads(SUPPORT, thread=question["ts"], until=by_bot("took your question back"))
    await ben.reads(DESK, until=lambda message: "Done" in words(message) and not has_button("claim")(message))
    (conversation,) = await _conversations(stage)
    assert (conversation.state, conversation.closed_as, conversation.resolved_by) == ("resolved", "withdrawn", None)
    await ada.says(SUPPORT, ANSWERED, thread=question["ts"])
    await ada.reads(SUPPORT, thread=question["ts"], until=by_bot("30 days"))
    (conversation,) = await _conversations(stage)
    assert (conversation.state, conversation.closed_as) == ("with_ai", "")


async def test_a_question_taken_back_after_an_agent_came_stays_theirs(stage: Stage) -> None:
    ada, ben = await stage.person(ADA), await stage.person(BEN)
    question, _ = await asks(ada, UNKNOWN)
    card = await card_for(ben, UNKNOWN)
    await claims(ben, card)
    await ada.deletes(SUPPORT, question["ts"])
    await ben.reads(DESK, thread=card["ts"], until=by_bot("deleted a message"))
    (conversation,) = await _conversations(stage)
    assert (conversation.state, conversation.closed_as) == ("with_human", "")


# The offer of a person


@pytest.fixture
async def offering(database_url: str, tmp_path: Path) -> AsyncIterator[Stage]:
    """A stage on which Baton offers a person before it fetches one that nobody asked for."""
    async with on_stage(database_url, tmp_path, offer_before_handoff="3m") as opened:
        yield opened


async def test_before_an_unwanted_handoff_a_person_is_offered_and_taken(offering: Stage) -> None:
    ada, ben = await offering.person(ADA), await offering.person(BEN)
    question, offer = await asks(ada, UNKNOWN)
    assert "Shall I pass it to a person?" in words(offer)
    assert "3 min" in words(offer)
    assert [message for message in await ben.history(DESK) if message.get("bot_id")] == []
    await ada.presses(offer, "offer_accepted", channel=SUPPORT)
    await ada.reads(SUPPORT, thread=question["ts"], until=by_bot("colleague"))
    card = words(await card_for(ben, UNKNOWN))
    assert "took the offer" in card
    assert (await _offer(offering)).state == "accepted"
    gone = await ada.reads(SUPPORT, thread=question["ts"], until=lambda message: message["ts"] == offer["ts"])
    assert not has_button("offer_accepted")(gone)
    async with offering.database.reading() as session:
        assert [each.reason for each in (await session.exec(select(Handoff))).all()] == ["nothing_found"]


async def test_a_yes_in_words_is_a_yes(offering: Stage) -> None:
    ada, ben = await offering.person(ADA), await offering.person(BEN)
    question, _ = await asks(ada, UNKNOWN)
    await ada.says(SUPPORT, "Yes please", thread=question["ts"])
    await ada.reads(SUPPORT, thread=question["ts"], until=by_bot("colleague"))
    await card_for(ben, UNKNOWN)


async def test_the_customer_rephrases_and_is_answered(offering: Stage) -> None:
    ada, ben = await offering.person(ADA), await offering.person(BEN)
    question, offer = await asks(ada, UNKNOWN)
    await ada.presses(offer, "offer_rephrased", channel=SUPPORT)
    await ada.reads(SUPPORT, thread=question["ts"], until=by_bot("in other words"))
    await ada.says(SUPPORT, ANSWERED, thread=question["ts"])
    await ada.reads(SUPPORT, thread=question["ts"], until=by_bot("30 days"))
    assert (await _offer(offering)).state == "rephrased"
    assert [message for message in await ben.history(DESK) if message.get("bot_id")] == []


async def test_one_offer_at_most_the_second_time_a_person_comes_at_once(offering: Stage) -> None:
    ada, ben = await offering.person(ADA), await offering.person(BEN)
    question, _ = await asks(ada, UNKNOWN)
    again = "Which paragliders do you sponsor in Nepal?"
    await ada.says(SUPPORT, again, thread=question["ts"])
    await ada.reads(SUPPORT, thread=question["ts"], until=by_bot("colleague"))
    await card_for(ben, again)


@pytest.mark.parametrize(
    "text", ["I want to talk to a real person please", "This is USELESS!!! I am furious, you idiots!"]
)
async def test_a_wish_and_anger_get_no_offer(offering: Stage, text: str) -> None:
    ada, ben = await offering.person(ADA), await offering.person(BEN)
    _, reply = await asks(ada, text)
    assert "Shall I" not in words(reply)
    await card_for(ben, text)


async def test_whoever_says_nothing_gets_a_person_when_the_time_is_over_and_once(offering: Stage) -> None:
    ada, ben = await offering.person(ADA), await offering.person(BEN)
    question, _ = await asks(ada, UNKNOWN)
    assert await offered.sweep(offering.bot.runtime) == 0
    async with offering.database.transaction() as session:
        await session.exec(update(Offer).values(due_at=now() - timedelta(seconds=1)))
    await offered.sweep(offering.bot.runtime)  # the schedule sweeps as well; either may be the one
    await ada.reads(SUPPORT, thread=question["ts"], until=by_bot("colleague"))
    assert "did not answer the offer" in words(await card_for(ben, UNKNOWN))
    assert await offered.sweep(offering.bot.runtime) == 0
    assert (await _offer(offering)).state == "lapsed"


async def test_an_offer_in_one_channel_only_as_the_teams_file_says(database_url: str, tmp_path: Path) -> None:
    team = '[channels."#support"]\noffer_before_handoff = 120\n'
    async with on_stage(database_url, tmp_path, team=team) as stage:
        ada = await stage.person(ADA)
        _, offer = await asks(ada, UNKNOWN)
        assert "2 min" in words(offer)
        direct = await ada.direct()
        question = await ada.says(direct, UNKNOWN)
        await ada.reads(direct, thread=question["ts"], until=by_bot("colleague"))
