"""The assistant pane and direct messages: where to begin, what a chat is called, and replies that appear in pieces."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import col, select, update

from bot.demo.workspace import Faults, Person
from bot.slack import streaming
from storage.library import Article
from storage.queues import Outbox
from storage.tables import Conversation
from tests.integration.dialogue import Json, by_bot, has_button, words
from tests.stage import ADA, ANSWERED, SEED, Stage, on_stage

LONG = "How do I return a tent?"
PROMPTS = ("How do I return an item?", "What does delivery cost?")


async def _shown(person: Person, key: str) -> Any:
    async def look() -> Any:
        found = await person.looks("assistant")
        return next((each[key] for each in found if each.get(key)), None)

    return await person.until(look)


async def _chat(stage: Stage) -> tuple[Person, str, Json]:
    """Ada opens a chat of the older pane."""
    ada = await stage.person(ADA)
    chat = await ada.act("assistant")
    return ada, chat["channel_id"], chat


async def _answered(person: Person, channel: str, thread: str, part: str) -> Json:
    def complete(message: Json) -> bool:
        return by_bot(part)(message) and has_button("want_person")(message)

    return await person.reads(channel, thread=thread, until=complete)


async def test_a_chat_offers_questions_bears_the_first_ones_name_and_is_a_conversation_of_its_own(stage: Stage) -> None:
    ada, channel, chat = await _chat(stage)
    offered = await _shown(ada, "prompts")
    assert 0 < len(offered) <= 4
    assert {"title": "Returning an item", "message": "Returning an item"} in offered
    await ada.says(channel, ANSWERED, thread=chat["thread_ts"])
    await _answered(ada, channel, chat["thread_ts"], "30 days")
    assert await _shown(ada, "title") == ANSWERED
    other = await ada.act("assistant")
    await ada.says(channel, "How long does express delivery take?", thread=other["thread_ts"])
    await _answered(ada, channel, other["thread_ts"], "one working day")
    async with stage.database.reading() as session:
        threads = (await session.exec(select(Conversation.thread_ts))).all()
    assert set(threads) == {chat["thread_ts"], other["thread_ts"]}


async def test_a_chats_name_keeps_no_personal_data(stage: Stage) -> None:
    ada, channel, chat = await _chat(stage)
    await ada.says(channel, "I am ada@example.com\u200b, card 4111 1111 1111 1111, hi", thread=chat["thread_ts"])
    assert await _shown(ada, "title") == "I am [email], card [card], hi"


async def test_opening_the_newer_pane_offers_questions_as_well(stage: Stage) -> None:
    ada = await stage.person(ADA)
    await ada.direct()
    await ada.act("home", tab="messages")
    assert len(await _shown(ada, "prompts")) == 3


async def test_nobody_is_offered_an_article_that_they_may_not_read(stage: Stage) -> None:
    async with stage.database.transaction() as session:
        await session.exec(update(Article).where(col(Article.title) == "Returning an item").values(audience="internal"))
    ada, _, _ = await _chat(stage)
    assert "Returning an item" not in str(await _shown(ada, "prompts"))


@pytest.fixture
async def prompted(database_url: str, tmp_path: Path) -> AsyncIterator[Stage]:
    """A team that names its questions."""
    async with on_stage(database_url, tmp_path, team=f"[pane]\nprompts = {list(PROMPTS)}\n") as opened:
        yield opened


async def test_a_team_names_the_questions_itself(prompted: Stage) -> None:
    ada, _, _ = await _chat(prompted)
    assert [each["title"] for each in await _shown(ada, "prompts")] == list(PROMPTS)


async def test_without_a_pane_everything_else_works(stage: Stage) -> None:
    refused = {
        f"assistant.threads.{name}": "missing_scope" for name in ("setSuggestedPrompts", "setTitle", "setStatus")
    }
    stage.workspace.faults = Faults(refuse=refused)
    ada, channel, chat = await _chat(stage)
    await ada.says(channel, ANSWERED, thread=chat["thread_ts"])
    reply = await _answered(ada, channel, chat["thread_ts"], "30 days")
    assert has_button("feedback")(reply)


@pytest.fixture
def streaming_all(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have short replies streamed as well."""
    monkeypatch.setattr(streaming, "LEAST_TEXT", 0)


async def _long_reply(stage: Stage) -> tuple[Person, str, Json, Json]:
    ada = await stage.person(ADA)
    channel = await ada.direct()
    question = await ada.says(channel, LONG)
    return ada, channel, question, await _answered(ada, channel, question["ts"], "Print the label")


async def _only_one(person: Person, channel: str, question: Json, stage: Stage) -> Json:
    """The one reply in the thread, once nothing is left to send."""
    await stage.bot.sender.close()
    posts = [each for each in await person.history(channel, question["ts"]) if each.get("bot_id")]
    assert len(posts) == 1
    assert posts[0]["metadata"]["event_payload"]["key"]
    assert has_button("want_person")(posts[0])
    assert str(posts[0]["blocks"]).count("Print the label") == 1
    return posts[0]


@pytest.mark.usefixtures("streaming_all")
async def test_a_long_reply_appears_in_pieces_and_is_whole_in_the_end(stage: Stage) -> None:
    ada, channel, question, reply = await _long_reply(stage)
    assert reply["streaming_state"] == "completed"
    assert has_button("feedback")(reply)
    assert "help.example.com/returns" in words(reply)
    post = await _only_one(ada, channel, question, stage)
    async with stage.database.reading() as session:
        row = (await session.exec(select(Outbox).where(col(Outbox.method) == "chat.stream"))).one()
    assert row.ts == row.begun_ts == post["ts"]


@pytest.mark.usefixtures("streaming_all")
@pytest.mark.parametrize("method", ["startStream", "appendStream", "stopStream"])
@pytest.mark.parametrize("trouble", ["refuse", "fail", "drop_after", "ratelimit"])
async def test_a_stream_in_trouble_arrives_exactly_once(stage: Stage, method: str, trouble: str) -> None:
    broken = {f"chat.{method}": "message_not_in_streaming_state" if trouble == "refuse" else 1}
    stage.workspace.faults = Faults(**{trouble: broken}, retry_after=0)  # pyright: ignore[reportArgumentType]
    ada, channel, question, _ = await _long_reply(stage)
    await _only_one(ada, channel, question, stage)


@pytest.mark.usefixtures("streaming_all")
async def test_a_stream_that_slack_ended_by_itself_is_completed_in_place(database_url: str, tmp_path: Path) -> None:

    seed = replace(SEED, stream_seconds=0.0)
    async with on_stage(database_url, tmp_path, seed=seed) as stage:
        ada, channel, question, _ = await _long_reply(stage)
        await _only_one(ada, channel, question, stage)


async def test_a_reply_that_is_read_at_a_glance_is_posted_whole(stage: Stage) -> None:
    _, _, _, reply = await _long_reply(stage)
    assert "streaming_state" not in reply


@pytest.mark.usefixtures("streaming_all")
async def test_streaming_can_be_turned_off(database_url: str, tmp_path: Path) -> None:
    async with on_stage(database_url, tmp_path, stream_replies=False) as stage:
        _, _, _, reply = await _long_reply(stage)
        assert "streaming_state" not in reply
