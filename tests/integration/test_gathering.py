"""Dialogues in a channel where messages sent in a row are one question."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import select, update

from bot import app
from bot.conversation import gathering
from bot.queues import dispatch
from storage import inbox
from storage.kinds import HandoffReason
from storage.queues import Inbox
from storage.row import now
from storage.tables import Conversation, Decision, Message
from tests.integration.dialogue import asks, bot_posts, by_bot, card_for, words
from tests.stage import ADA, ANSWERED, BEN, CARL, DESK, SUPPORT, Stage, on_stage, settings_for

TEAM = '[channels."#support"]\ngather_seconds = {seconds}\n'
MINUTE = 60


@pytest.fixture
async def stage(database_url: str, tmp_path: Path) -> AsyncIterator[Stage]:
    """A stage whose support channel gathers for a minute: the test says when it has passed."""
    async with on_stage(database_url, tmp_path, team=TEAM.format(seconds=MINUTE)) as opened:
        yield opened


async def the_window_closes(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let all that was said come in, and then its window pass."""
    await stage.workspace.delivery.settled()
    monkeypatch.setattr(gathering, "now", lambda: now() + timedelta(seconds=10 * MINUTE))
    async with stage.database.transaction() as session:
        await session.exec(update(Inbox).values(available_at=now()))
    stage.bot.worker.wake()


async def test_the_window_closes_by_itself(database_url: str, tmp_path: Path) -> None:
    async with on_stage(database_url, tmp_path, team=TEAM.format(seconds=0.2)) as stage:
        _, reply = await asks(await stage.person(ADA), ANSWERED)
        assert "30 days" in words(reply)


async def _conversations(stage: Stage) -> list[Conversation]:
    async with stage.database.reading() as session:
        return list((await session.exec(select(Conversation))).all())


async def test_three_messages_in_a_row_get_one_answer_in_the_thread_of_the_first(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada = await stage.person(ADA)
    first = await ada.says(SUPPORT, "Hello there,")
    await ada.says(SUPPORT, "I have a question about an unused item:")
    last = await ada.says(SUPPORT, "how many days do I have to return it?")
    await the_window_closes(stage, monkeypatch)
    reply = await ada.reads(SUPPORT, thread=first["ts"], until=by_bot("30 days"))
    assert "assistant of" in words(reply)
    assert await bot_posts(ada, last["ts"]) == []
    assert len(await _conversations(stage)) == 1
    async with stage.database.reading() as session:
        question = (await session.exec(select(Message).where(Message.author == "customer"))).one()
        assert len((await session.exec(select(Decision))).all()) == 1
    assert question.text.splitlines()[-1] == "how many days do I have to return it?"


async def test_two_people_at_once_have_a_question_each(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    ada, carl = await stage.person(ADA), await stage.person(CARL)
    hers = await ada.says(SUPPORT, "How many days do I have")
    his = await carl.says(SUPPORT, "How long does express delivery take?")
    await ada.says(SUPPORT, "to return an unused item?")
    await the_window_closes(stage, monkeypatch)
    await ada.reads(SUPPORT, thread=hers["ts"], until=by_bot("30 days"))
    await carl.reads(SUPPORT, thread=his["ts"], until=by_bot("one working day"))
    assert len(await _conversations(stage)) == 2


async def test_a_correction_of_any_of_them_renews_the_answer(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    ada = await stage.person(ADA)
    first = await ada.says(SUPPORT, "Hello there,")
    second = await ada.says(SUPPORT, "What does standard delivery cost?")
    await the_window_closes(stage, monkeypatch)
    reply = await ada.reads(SUPPORT, thread=first["ts"], until=by_bot("4.90"))
    await ada.edits(SUPPORT, second["ts"], ANSWERED)
    renewed = await ada.reads(SUPPORT, thread=first["ts"], until=by_bot("30 days"))
    assert renewed["ts"] == reply["ts"]
    async with stage.database.reading() as session:
        question = (await session.exec(select(Message).where(Message.author == "customer"))).one()
    assert question.text == f"Hello there,\n{ANSWERED}"


async def test_what_is_corrected_while_it_waits_is_answered_as_it_reads_then(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada = await stage.person(ADA)
    question = await ada.says(SUPPORT, "What does standard delivery cost?")
    await ada.edits(SUPPORT, question["ts"], ANSWERED)
    await the_window_closes(stage, monkeypatch)
    await ada.reads(SUPPORT, thread=question["ts"], until=by_bot("30 days"))
    assert len(await bot_posts(ada, question["ts"])) == 1


async def test_an_agent_who_is_quicker_has_the_conversation(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    ada, ben = await stage.person(ADA), await stage.person(BEN)
    question = await ada.says(SUPPORT, ANSWERED)
    await ben.says(SUPPORT, "30 days, Ada.", thread=question["ts"])
    await the_window_closes(stage, monkeypatch)
    await ben.reads(DESK, until=lambda message: f"<@{BEN}> has this" in words(message))
    assert await bot_posts(ada, question["ts"]) == []
    (conversation,) = await _conversations(stage)
    assert (conversation.state, conversation.ai_replied) == ("with_human", False)


async def test_a_stop_inside_the_window_loses_nothing(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with on_stage(database_url, tmp_path, team=TEAM.format(seconds=MINUTE)) as stage:
        ada = await stage.person(ADA)
        first = await ada.says(SUPPORT, "How many days do I have")
        await ada.says(SUPPORT, "to return an unused item?")
        await stage.workspace.delivery.settled()
        await stage.bot.worker.close()  # the process that took them ends before their time has come
        assert await _conversations(stage) == []
        await stage.bot.connection.close()
        await the_window_closes(stage, monkeypatch)
        settings = settings_for(stage.server, database_url, team_file=tmp_path / "baton.toml")
        async with app.running(settings):
            await ada.reads(SUPPORT, thread=first["ts"], until=by_bot("30 days"))
        assert len(await bot_posts(ada, first["ts"])) == 1
        assert len(await _conversations(stage)) == 1


PATIENT = """
[channels."#support"]
gather_seconds = 60

[subjects.to_people]
"health" = ["allergic reaction"]
"""
"""A window that no test outlives: what is answered within it did not wait for its end."""


@pytest.fixture
async def patient(database_url: str, tmp_path: Path) -> AsyncIterator[Stage]:
    """A stage whose support channel gathers for a minute."""
    (tmp_path / "baton.toml").write_text(PATIENT)
    async with on_stage(database_url, tmp_path, team_file=tmp_path / "baton.toml") as opened:
        yield opened


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("I want to talk to a human, please.", HandoffReason.WISH),
        ("This is ridiculous! I have been waiting three weeks and NOBODY answers!!!", HandoffReason.FRUSTRATION),
        ("My son had an allergic reaction to the sleeping bag.", HandoffReason.LISTED_SUBJECT),
    ],
)
async def test_what_calls_for_a_person_does_not_wait_for_the_end_of_the_row(
    patient: Stage, text: str, reason: HandoffReason
) -> None:
    ada, ben = await patient.person(ADA), await patient.person(BEN)
    first = await ada.says(SUPPORT, "Hello there,")
    await ada.says(SUPPORT, "it is about a sleeping bag.")
    await ada.says(SUPPORT, text)
    await ada.reads(SUPPORT, thread=first["ts"], until=by_bot())
    await card_for(ben, "Hello there,")
    async with patient.database.reading() as session:
        (made,) = (await session.exec(select(Decision))).all()
        question = (await session.exec(select(Message).where(Message.author == "customer"))).one()
    assert made.reason == reason
    assert question.text == f"Hello there,\nit is about a sleeping bag.\n{text}"


async def test_what_is_written_after_a_wish_goes_to_the_same_person(patient: Stage) -> None:
    ada, ben = await patient.person(ADA), await patient.person(BEN)
    first = await ada.says(SUPPORT, "Get me a human, please.")
    await ada.reads(SUPPORT, thread=first["ts"], until=by_bot())
    card = await card_for(ben, "Get me a human")
    await ada.says(SUPPORT, "I want a real person for order 4711.")
    await ben.reads(DESK, thread=card["ts"], until=by_bot("4711"))
    assert len(await _conversations(patient)) == 1


async def test_a_wish_that_a_correction_brings_does_not_wait_either(patient: Stage) -> None:
    ada, ben = await patient.person(ADA), await patient.person(BEN)
    question = await ada.says(SUPPORT, ANSWERED)
    await ada.edits(SUPPORT, question["ts"], "I want to talk to a human, please.")
    await ada.reads(SUPPORT, thread=question["ts"], until=by_bot())
    await card_for(ben, "talk to a human")


async def _rows(stage: Stage) -> list[Inbox]:
    async with stage.database.reading() as session:
        return list((await session.exec(select(Inbox))).all())


async def test_a_wish_that_was_corrected_away_waits_again(patient: Stage) -> None:
    runtime, ada = patient.bot.runtime, await patient.person(ADA)
    await patient.bot.worker.close()  # so that both are there before either is handled
    question = await ada.says(SUPPORT, "I want to talk to a human, please.")
    await ada.edits(SUPPORT, question["ts"], ANSWERED)

    async with asyncio.timeout(60):
        while len(rows := await _rows(patient)) < 2:  # noqa: ASYNC110 - the database tells nobody
            await asyncio.sleep(0.005)
    async with patient.database.transaction() as session:
        await inbox.hasten(session, runtime.workspace_id, rows[0].lane)
    (claimed,) = await inbox.claim(patient.database, seconds=60, limit=1)
    await dispatch.handle(runtime, claimed)
    assert await _conversations(patient) == []
