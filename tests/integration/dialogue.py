"""Steps that dialogues share."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from sqlmodel import col, update

from bot.conversation import surveying
from bot.demo.workspace import Person
from storage.endings import Survey
from storage.row import now
from tests.stage import BOT, DESK, SUPPORT, Stage

Json = dict[str, Any]


def words(message: Json) -> str:
    """Everything that a message says, in its text and its blocks."""
    return f"{message.get('text', '')} {message.get('blocks', '')}"


def by_bot(part: str = "") -> Any:
    """A test for a message of the bot that holds `part`."""
    return lambda message: bool(message.get("bot_id")) and part in words(message)


def has_button(action_id: str) -> Any:
    """A test for a message with this button."""
    return lambda message: f"'action_id': '{action_id}'" in str(message.get("blocks", ""))


async def asks(person: Person, text: str, channel: str = SUPPORT) -> tuple[Json, Json]:
    """Ask, and wait for the bot's first word; returns question and reply."""
    question = await person.says(channel, text)
    return question, await person.reads(channel, thread=question["ts"], until=by_bot())


async def card_for(agent: Person, text: str) -> Json:
    """Wait for the card about a text in the desk channel."""
    return await agent.reads(DESK, until=lambda message: has_button("claim")(message) and text[:60] in words(message))


async def claims(agent: Person, card: Json) -> None:
    """Claim a card, and wait until it shows."""
    await agent.presses(card, "claim", channel=DESK)
    await agent.reads(DESK, until=lambda message: message["ts"] == card["ts"] and has_button("resolve")(message))


async def eventually(look: Callable[[], Awaitable[Any]]) -> Any:
    """What there is to see, once the sender has come so far; nobody in the workspace is told of it."""
    async with asyncio.timeout(60):
        while (found := await look()) is None:  # noqa: ASYNC110 - the database wakes nobody
            await asyncio.sleep(0.02)
    return found


async def asked_how_it_went(stage: Stage, customer: Person, thread: str, channel: str = SUPPORT) -> Json:
    """Let the delay of the survey pass, and wait for its question."""

    async def planned() -> bool:
        async with stage.database.transaction() as session:
            waits = (col(Survey.due_at).is_not(None), col(Survey.asked_at).is_(None))
            return (await session.exec(update(Survey).where(*waits).values(due_at=now()))).rowcount > 0

    await customer.until(planned)
    await surveying.sweep(stage.bot.runtime)
    return await customer.reads(channel, thread=thread, until=has_button("rate_1"))


async def bot_posts(person: Person, thread: str, channel: str = SUPPORT) -> list[Json]:
    """All posts of the bot in a thread."""
    return [message for message in await person.history(channel, thread) if message.get("user") == BOT]
