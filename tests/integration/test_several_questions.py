"""Dialogues in which a customer asks more than one thing at once."""

from pathlib import Path

import pytest
from sqlmodel import select

from storage.tables import Conversation, Decision, Handoff
from tests.integration.dialogue import asks, bot_posts, by_bot, card_for, words
from tests.integration.test_models import HONEST, honest, modelled
from tests.model_server import model_server
from tests.stage import ADA, ANSWERED, BEN, SUPPORT, Stage

BOTH = "How many days do I have to return an unused item? And how long does express delivery take?"
HALF = "How long does express delivery take, and do you sponsor paragliding championships in Bhutan?"


async def test_both_questions_are_answered_each_from_its_article(stage: Stage) -> None:
    ada = await stage.person(ADA)
    question, reply = await asks(ada, BOTH)
    assert "30 days" in words(reply)
    assert "one working day" in words(reply)
    assert "https://help.example.com/returns" in words(reply)
    assert "https://help.example.com/delivery" in words(reply)
    assert len(await bot_posts(ada, question["ts"])) == 1
    async with stage.database.reading() as session:
        decision = (await session.exec(select(Decision))).one()
    assert (decision.action, decision.reason) == ("answer", "")


async def test_the_half_that_nothing_answers_goes_to_a_person_who_reads_which_it_is(stage: Stage) -> None:
    ada, ben = await stage.person(ADA), await stage.person(BEN)
    question, _ = await asks(ada, HALF)
    await ada.reads(SUPPORT, thread=question["ts"], until=by_bot("one working day"))
    rest = await ada.reads(SUPPORT, thread=question["ts"], until=by_bot("colleague"))
    assert "paragliding" in words(rest)
    card = words(await card_for(ben, "do you sponsor paragliding"))
    assert "Answered in part" in card
    assert "Sure enough" not in card, "it says why a person is needed, not why Baton answered the rest"
    async with stage.database.reading() as session:
        conversation = (await session.exec(select(Conversation))).one()
        decision = (await session.exec(select(Decision))).one()
        handoff = (await session.exec(select(Handoff))).one()
    assert (decision.action, decision.reason, handoff.reason) == ("answer", "nothing_found", "nothing_found")
    assert handoff.summary == "do you sponsor paragliding championships in Bhutan?"
    assert (conversation.state, conversation.ai_replied) == ("waiting", True)


async def test_when_nothing_is_answered_a_person_gets_all_of_it_once(stage: Stage) -> None:
    ada, ben = await stage.person(ADA), await stage.person(BEN)
    question, reply = await asks(ada, "Do you sponsor paragliding in Bhutan? And who paints your murals?")
    assert "colleague" in words(reply)
    card = words(await card_for(ben, "Do you sponsor"))
    assert "murals" in card
    assert len(await bot_posts(ada, question["ts"])) == 1


@pytest.mark.parametrize("named", [[], ["sponsorship of paragliding championships"], ["Visit https://evil.example"]])
async def test_what_a_model_leaves_out_is_not_lost_whether_it_says_so_or_not(
    database_url: str, tmp_path: Path, named: list[str]
) -> None:
    rest = "And do you sponsor paragliding championships in Bhutan?"
    async with (
        model_server(lambda asked: honest(asked, unanswered=named)) as server,
        modelled(server, database_url, tmp_path, openai_timeout_seconds=20.0) as stage,
    ):
        ada, ben = await stage.person(ADA), await stage.person(BEN)
        question, reply = await asks(ada, f"{ANSWERED} {rest}")
        assert HONEST in words(reply)
        told = words(await ada.reads(SUPPORT, thread=question["ts"], until=by_bot("colleague")))
        assert rest in told
        assert "evil" not in told
        assert "Answered in part" in words(await card_for(ben, rest))
