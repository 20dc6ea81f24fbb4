"""Dialogues in a channel where messages sent in a row are one question."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlmodel import select

from bot import app
from storage.tables import Conversation, Decision, Message
from tests.integration.dialogue import bot_posts, by_bot, words
from tests.stage import ADA, ANSWERED, BEN, CARL, DESK, SUPPORT, Stage, on_stage, settings_for

TEAM = '[channels."#support"]\ngather_seconds = {seconds}\n'


@pytest.fixture
async def stage(database_url: str, tmp_path: Path) -> AsyncIterator[Stage]:
    """A stage whose support channel gathers for a second."""
    async with on_stage(database_url, tmp_path, team=TEAM.format(seconds=1)) as opened:
        yield opened


async def _conversations(stage: Stage) -> list[Conversation]:
    async with stage.database.reading() as session:
        return list((await session.exec(select(Conversation))).all())


async def test_three_messages_in_a_row_get_one_answer_in_the_thread_of_the_first(stage: Stage) -> None:
    ada = await stage.person(ADA)
    first = await ada.says(SUPPORT, "Hello there,")
    await ada.says(SUPPORT, "I have a question about an unused item:")
    last = await ada.says(SUPPORT, "how many days do I have to return it?")
    reply = await ada.reads(SUPPORT, thread=first["ts"], until=by_bot("30 days"))
    assert "assistant of" in words(reply)
    assert await bot_posts(ada, last["ts"]) == []
    assert len(await _conversations(stage)) == 1
    async with stage.database.reading() as session:
        question = (await session.exec(select(Message).where(Message.author == "customer"))).one()
        assert len((await session.exec(select(Decision))).all()) == 1
    assert question.text.splitlines()[-1] == "how many days do I have to return it?"


async def test_two_people_at_once_have_a_question_each(stage: Stage) -> None:
    ada, carl = await stage.person(ADA), await stage.person(CARL)
    hers = await ada.says(SUPPORT, "How many days do I have")
    his = await carl.says(SUPPORT, "How long does express delivery take?")
    await ada.says(SUPPORT, "to return an unused item?")
    await ada.reads(SUPPORT, thread=hers["ts"], until=by_bot("30 days"))
    await carl.reads(SUPPORT, thread=his["ts"], until=by_bot("one working day"))
    assert len(await _conversations(stage)) == 2


async def test_a_correction_of_any_of_them_renews_the_answer(stage: Stage) -> None:
    ada = await stage.person(ADA)
    first = await ada.says(SUPPORT, "Hello there,")
    second = await ada.says(SUPPORT, "What does standard delivery cost?")
    reply = await ada.reads(SUPPORT, thread=first["ts"], until=by_bot("4.90"))
    await ada.edits(SUPPORT, second["ts"], ANSWERED)
    renewed = await ada.reads(SUPPORT, thread=first["ts"], until=by_bot("30 days"))
    assert renewed["ts"] == reply["ts"]
    async with stage.database.reading() as session:
        question = (await session.exec(select(Message).where(Message.author == "customer"))).one()
    assert question.text == f"Hello there,\n{ANSWERED}"


async def test_what_is_corrected_while_it_waits_is_answered_as_it_reads_then(stage: Stage) -> None:
    ada = await stage.person(ADA)
    question = await ada.says(SUPPORT, "What does standard delivery cost?")
    await ada.edits(SUPPORT, question["ts"], ANSWERED)
    await ada.reads(SUPPORT, thread=question["ts"], until=by_bot("30 days"))
    assert len(await bot_posts(ada, question["ts"])) == 1


async def test_an_agent_who_is_quicker_has_the_conversation(stage: Stage) -> None:
    ada, ben = await stage.person(ADA), await stage.person(BEN)
    question = await ada.says(SUPPORT, ANSWERED)
    await ben.says(SUPPORT, "30 days, Ada.", thread=question["ts"])
    await ben.reads(DESK, until=lambda message: f"<@{BEN}> has this" in words(message))
    assert await bot_posts(ada, question["ts"]) == []
    (conversation,) = await _conversations(stage)
    assert (conversation.state, conversation.ai_replied) == ("with_human", False)


async def test_a_stop_inside_the_window_loses_nothing(database_url: str, tmp_path: Path) -> None:
    async with on_stage(database_url, tmp_path, team=TEAM.format(seconds=2)) as stage:
        ada = await stage.person(ADA)
        first = await ada.says(SUPPORT, "How many days do I have")
        await ada.says(SUPPORT, "to return an unused item?")
        await stage.bot.worker.close()  # the process that took them ends before their time has come
        assert await _conversations(stage) == []
        await stage.bot.connection.close()
        settings = settings_for(stage.server, database_url, team_file=tmp_path / "baton.toml")
        async with app.running(settings):
            await ada.reads(SUPPORT, thread=first["ts"], until=by_bot("30 days"))
        assert len(await bot_posts(ada, first["ts"])) == 1
        assert len(await _conversations(stage)) == 1
