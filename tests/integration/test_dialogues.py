"""Conversations as people have them: the customer says, Baton answers; the agent presses, the customer reads."""

import asyncio
from collections.abc import Callable

import pytest
from sqlmodel import select

from bot.reports import reporting
from storage.endings import Rating, Survey
from storage.tables import Conversation, Decision, Message
from tests.integration.dialogue import (
    Json,
    asked_how_it_went,
    asks,
    bot_posts,
    by_bot,
    card_for,
    claims,
    has_button,
    words,
)
from tests.stage import (
    ADA,
    ANSWERED,
    BELLA,
    BEN,
    BOT,
    CARL,
    DESK,
    EVE,
    MANAGERS,
    MIA,
    RANDOM,
    SHARED,
    SUPPORT,
    UNKNOWN,
    Stage,
)


async def _conversation(stage: Stage) -> Conversation:
    async with stage.database.reading() as session:
        return (await session.exec(select(Conversation))).one()


async def test_a_question_gets_a_sourced_answer_that_names_the_assistant(stage: Stage) -> None:
    ada = await stage.person(ADA)
    _, reply = await asks(ada, ANSWERED)
    assert "30 days" in words(reply)
    assert "https://help.example.com/returns" in words(reply)
    assert "assistant of Northpeak" in words(reply)
    assert has_button("want_person")(reply)
    async with stage.database.reading() as session:
        decision = (await session.exec(select(Decision))).one()
    assert decision.action == "answer"
    assert decision.reasons


async def test_the_second_answer_does_not_introduce_itself_again(stage: Stage) -> None:
    ada = await stage.person(ADA)
    question, _ = await asks(ada, ANSWERED)
    await ada.says(SUPPORT, "How long does express delivery take?", thread=question["ts"])
    reply = await ada.reads(SUPPORT, thread=question["ts"], until=by_bot("one working day"))
    assert "assistant of" not in words(reply)
    assert has_button("want_person")(reply)


async def test_nothing_found_goes_to_a_person_with_the_reason_on_the_card(stage: Stage) -> None:
    ada, ben = await stage.person(ADA), await stage.person(BEN)
    _, reply = await asks(ada, UNKNOWN)
    assert "colleague" in words(reply)
    card = await card_for(ben, UNKNOWN)
    assert "Nothing in the knowledge base fits" in words(card)


async def test_a_wish_for_a_person_always_hands_off(stage: Stage) -> None:
    ada, ben = await stage.person(ADA), await stage.person(BEN)
    _, reply = await asks(ada, "I want to talk to a real person please")
    assert "person" in words(reply)
    assert "Asks for a person" in words(await card_for(ben, "I want to talk"))


async def test_the_button_calls_a_person_and_a_second_press_changes_nothing(stage: Stage) -> None:
    ada, ben = await stage.person(ADA), await stage.person(BEN)
    question, reply = await asks(ada, ANSWERED)
    await ada.presses(reply, "want_person", channel=SUPPORT)
    await card_for(ben, ANSWERED)
    await ada.presses(reply, "want_person", channel=SUPPORT)
    told = await ada.reads(SUPPORT, thread=question["ts"], until=lambda message: message.get("is_ephemeral", False))
    assert "on the way already" in words(told)
    cards = [message for message in await ben.history(DESK) if message.get("bot_id")]
    assert len(cards) == 1


async def test_an_angry_customer_gets_a_person_and_a_tactful_word(stage: Stage) -> None:
    ada, ben = await stage.person(ADA), await stage.person(BEN)
    question, _ = await asks(ada, ANSWERED)
    await ada.says(SUPPORT, "This is USELESS!!! Wrong answer AGAIN, I am furious, you idiots!", thread=question["ts"])
    await ada.reads(SUPPORT, thread=question["ts"], until=by_bot("won't have to explain it again"))
    assert "Frustrated customer" in words(await card_for(ben, "This is USELESS"))


async def test_two_agents_claim_at_once_and_one_wins(stage: Stage) -> None:
    ada, ben, bella = await stage.person(ADA), await stage.person(BEN), await stage.person(BELLA)
    await asks(ada, UNKNOWN)
    card = await card_for(ben, UNKNOWN)
    await asyncio.gather(ben.presses(card, "claim", channel=DESK), bella.presses(card, "claim", channel=DESK))
    held = await ben.reads(DESK, until=has_button("resolve"))
    winner, loser = (ben, bella) if f"<@{BEN}> has this" in words(held) else (bella, ben)
    told = await loser.reads(DESK, until=lambda message: message.get("is_ephemeral", False))
    assert f"<@{winner.id}> has this one already" in words(told)


async def test_after_the_claim_words_go_both_ways_and_notes_stay(stage: Stage) -> None:
    ada, ben, bella = await stage.person(ADA), await stage.person(BEN), await stage.person(BELLA)
    question, _ = await asks(ada, UNKNOWN)
    card = await card_for(ben, UNKNOWN)
    await claims(ben, card)
    await ada.reads(SUPPORT, thread=question["ts"], until=by_bot("Ben Okafor is here"))

    sent = await ben.says(DESK, "Hello Ada, we *do* sponsor some.", thread=card["ts"])
    reply = await ada.reads(SUPPORT, thread=question["ts"], until=lambda m: m.get("username") == "Ben Okafor")
    assert reply["text"] == "Hello Ada, we *do* sponsor some."
    note = await ben.says(DESK, ":lock: she is a VIP", thread=card["ts"])
    other = await bella.says(DESK, "I know her", thread=card["ts"])
    await ada.says(SUPPORT, "That is great!", thread=question["ts"])
    await ben.reads(DESK, thread=card["ts"], until=by_bot("That is great!"))

    def reacted(ts: str, name: str) -> Callable[[Json], bool]:
        return lambda message: message["ts"] == ts and name in str(message.get("reactions"))

    await ben.reads(DESK, thread=card["ts"], until=reacted(sent["ts"], "white_check_mark"))
    await ben.reads(DESK, thread=card["ts"], until=reacted(note["ts"], "lock"))
    await ben.reads(DESK, thread=card["ts"], until=reacted(other["ts"], "lock"))
    seen = " ".join(words(message) for message in await ada.history(SUPPORT, question["ts"]))
    assert "VIP" not in seen
    assert "I know her" not in seen


async def test_an_agent_who_answers_in_the_customers_thread_takes_over(stage: Stage) -> None:
    ada, ben = await stage.person(ADA), await stage.person(BEN)
    question, _ = await asks(ada, ANSWERED)
    await ben.says(SUPPORT, "Hi Ada, Ben here, I'll take this.", thread=question["ts"])
    await ben.reads(DESK, until=lambda message: f"<@{BEN}> has this" in words(message))
    before = len(await bot_posts(ada, question["ts"]))
    await ada.says(SUPPORT, "How long does express delivery take?", thread=question["ts"])
    card = await ben.reads(DESK, until=has_button("resolve"))
    await ben.reads(DESK, thread=card["ts"], until=by_bot("express delivery"))
    assert len(await bot_posts(ada, question["ts"])) == before


async def test_resolved_by_the_agent_rated_by_the_customer_with_a_comment(stage: Stage) -> None:
    ada, ben = await stage.person(ADA), await stage.person(BEN)
    question, _ = await asks(ada, UNKNOWN)
    card = await card_for(ben, UNKNOWN)
    await claims(ben, card)
    await ben.says(DESK, "We do.", thread=card["ts"])
    held = await ben.reads(DESK, until=has_button("resolve"))
    await ben.presses(held, "resolve", channel=DESK)
    survey = await asked_how_it_went(stage, ada, question["ts"])
    await ada.presses(survey, "rate_2", channel=SUPPORT)
    thanks = await ada.reads(SUPPORT, thread=question["ts"], until=has_button("comment"))
    await ada.presses(thanks, "rate_5", channel=SUPPORT)
    thanks = await ada.reads(SUPPORT, thread=question["ts"], until=by_bot("for the 5"))
    await ada.presses(thanks, "comment", channel=SUPPORT)
    form = await ada.modal()
    answer = await ada.submits(
        form, {"comment": {"comment_text": {"type": "plain_text_input", "value": "Kind <!channel> people"}}}
    )
    assert answer["result"] == "closed"
    async with stage.database.reading() as session:
        rating = (await session.exec(select(Rating))).one()
        survey_row = (await session.exec(select(Survey))).one()
    conversation = await _conversation(stage)
    assert (rating.score, rating.comment) == (5, "Kind <!channel> people")
    assert survey_row.answered_at is not None
    assert (conversation.resolved_by, conversation.confirmation) == ("human", "confirmed")


async def test_solved_by_the_customers_button_counts_for_the_ai(stage: Stage) -> None:
    ada = await stage.person(ADA)
    question, reply = await asks(ada, ANSWERED)
    await ada.presses(reply, "solved", channel=SUPPORT)
    await asked_how_it_went(stage, ada, question["ts"])
    conversation = await _conversation(stage)
    assert (conversation.resolved_by, conversation.confirmation) == ("ai", "confirmed")
    await ada.presses(reply, "solved", channel=SUPPORT)
    told = await ada.reads(SUPPORT, thread=question["ts"], until=lambda message: message.get("is_ephemeral", False))
    assert "already marked as solved" in words(told)


async def test_writing_again_reopens_a_resolved_conversation(stage: Stage) -> None:
    ada = await stage.person(ADA)
    question, reply = await asks(ada, ANSWERED)
    await ada.presses(reply, "solved", channel=SUPPORT)
    await asked_how_it_went(stage, ada, question["ts"])
    await ada.says(SUPPORT, "How long does express delivery take?", thread=question["ts"])
    await ada.reads(SUPPORT, thread=question["ts"], until=by_bot("one working day"))
    conversation = await _conversation(stage)
    assert (conversation.state, conversation.reopened, conversation.resolved_at) == ("with_ai", 1, None)


async def test_given_back_the_assistant_answers_again(stage: Stage) -> None:
    ada, ben = await stage.person(ADA), await stage.person(BEN)
    question, _ = await asks(ada, UNKNOWN)
    await claims(ben, await card_for(ben, UNKNOWN))
    held = await ben.reads(DESK, until=has_button("give_back"))
    await ben.presses(held, "give_back", channel=DESK)
    await ada.reads(SUPPORT, thread=question["ts"], until=by_bot("back with you"))
    await ada.says(SUPPORT, ANSWERED, thread=question["ts"])
    await ada.reads(SUPPORT, thread=question["ts"], until=by_bot("30 days"))


async def test_strangers_are_customers_and_never_agents(stage: Stage) -> None:
    eve, ada, ben = await stage.person(EVE), await stage.person(ADA), await stage.person(BEN)
    _, reply = await asks(eve, ANSWERED, SHARED)
    assert "30 days" in words(reply)
    await asks(ada, UNKNOWN)
    card = await card_for(ben, UNKNOWN)
    await eve.presses(card, "claim", channel=DESK)
    told = await eve.reads(DESK, until=lambda message: message.get("is_ephemeral", False))
    assert "Only the support team" in words(told)
    assert has_button("claim")(await card_for(ben, UNKNOWN))


async def test_only_the_customer_of_a_conversation_presses_its_buttons(stage: Stage) -> None:
    ada, carl = await stage.person(ADA), await stage.person(CARL)
    question, reply = await asks(ada, ANSWERED)
    await carl.presses(reply, "solved", channel=SUPPORT)
    told = await carl.reads(SUPPORT, thread=question["ts"], until=lambda message: message.get("is_ephemeral", False))
    assert "Only the person who asked" in words(told)
    assert (await _conversation(stage)).state == "with_ai"


async def test_a_bystander_in_the_thread_is_kept_and_not_answered(stage: Stage) -> None:
    ada, carl = await stage.person(ADA), await stage.person(CARL)
    question, _ = await asks(ada, ANSWERED)
    await carl.says(SUPPORT, "How long does express delivery take?", thread=question["ts"])
    await ada.says(SUPPORT, "What does standard delivery cost?", thread=question["ts"])
    await ada.reads(SUPPORT, thread=question["ts"], until=by_bot("4.90"))
    assert len(await bot_posts(ada, question["ts"])) == 2
    async with stage.database.reading() as session:
        authors = [each.author for each in (await session.exec(select(Message))).all()]
    assert authors.count("bystander") == 1


async def test_a_mention_elsewhere_is_shown_the_way(stage: Stage) -> None:
    ada = await stage.person(ADA)
    question = await ada.says(RANDOM, f"<@{BOT}> {ANSWERED}")
    reply = await ada.reads(RANDOM, thread=question["ts"], until=by_bot())
    assert f"<#{SUPPORT}>" in words(reply)
    await ada.says(RANDOM, "no mention here")
    assert len(await bot_posts(ada, question["ts"], RANDOM)) == 1


async def test_nobody_is_told_of_a_channel_that_is_shared_with_another_organisation(stage: Stage) -> None:
    ada, eve = await stage.person(ADA), await stage.person(EVE)
    home = str(await ada.opens_home())
    assert f"<#{SUPPORT}>" in home
    assert SHARED not in home
    theirs = str(await eve.opens_home())
    assert f"<#{SHARED}>" in theirs
    assert SUPPORT not in theirs
    question = await ada.says(RANDOM, f"<@{BOT}> {ANSWERED}")
    reply = await ada.reads(RANDOM, thread=question["ts"], until=by_bot())
    assert f"<#{SUPPORT}>" in words(reply)
    assert SHARED not in words(reply)


async def test_in_direct_messages_the_conversation_goes_on_without_a_thread(stage: Stage) -> None:
    ada = await stage.person(ADA)
    direct = await ada.direct()
    first = await ada.says(direct, ANSWERED)
    await ada.reads(direct, thread=first["ts"], until=by_bot("30 days"))
    await ada.says(direct, "How long does express delivery take?")
    await ada.reads(direct, thread=first["ts"], until=by_bot("one working day"))
    await _conversation(stage)  # there is exactly one


async def test_the_report_comes_on_a_managers_command_and_no_one_elses(stage: Stage) -> None:
    mia, ben = await stage.person(MIA), await stage.person(BEN)
    refused = await ben.commands(SUPPORT, "/baton report")
    assert "Only managers" in words(refused["response"])
    accepted = await mia.commands(MANAGERS, "/baton report")
    assert "on its way" in words(accepted["response"])
    report = await mia.reads(MANAGERS, until=by_bot())
    assert report["text"]


async def test_a_manager_whose_report_cannot_be_made_reads_so(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    async def fails(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(reporting, "build", fails)
    mia = await stage.person(MIA)
    await mia.commands(MANAGERS, "/baton report")
    await mia.reads(MANAGERS, until=by_bot("did not work, and nothing was changed"))


async def test_app_home_shows_each_role_what_it_needs(stage: Stage) -> None:
    ada, ben, mia = await stage.person(ADA), await stage.person(BEN), await stage.person(MIA)
    await asks(ada, UNKNOWN)
    await card_for(ben, UNKNOWN)
    assert f"<#{SUPPORT}>" in str((await ada.opens_home())["blocks"])
    agents = str((await ben.opens_home())["blocks"])
    assert "The desk" in agents
    assert f"<@{ADA}>" in agents
    assert "Topics" in str((await mia.opens_home())["blocks"])
