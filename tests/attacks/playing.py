"""Plays attacks against a real bot in a real workspace, one after the other, and keeps what it did."""

import asyncio
import io
import json
import logging
from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import structlog
from pydantic import SecretStr
from slack_sdk.web.async_client import AsyncWebClient
from sqlmodel import col, func, select

from bot import logs
from bot.demo.workspace import Person
from bot.knowledge import sync as knowledge
from storage import conversations
from storage.kinds import ConversationState
from storage.queues import Inbox, Outbox
from storage.tables import Conversation
from tests.attacks.corpus import OTHERS_WORDS, Attack, poisoned
from tests.attacks.harm import Call, Played
from tests.attacks.obedient import obeys
from tests.model_server import MODEL, ModelServer, model_server, says
from tests.stage import ADA, CARL, SEED, SUPPORT, Stage, on_stage

PATIENCE_SECONDS, LOOK_SECONDS = 60.0, 0.02


@dataclass
class Range:
    """A bot under attack."""

    stage: Stage
    model: ModelServer
    attacker: Person
    bystander: Person
    log: io.StringIO
    calls: list[Call] = field(default_factory=list[Call])
    reached: list[bool] = field(default_factory=list[bool])
    """Of each attack that was played, whether the model was asked."""

    async def play(self, attack: Attack, place: str = SUPPORT) -> Played:
        """Play one attack to its end, in the support channel or in direct messages."""
        self.calls.clear()
        self.model.requests.clear()
        self.model.answers = obeys(attack)
        logged = self.log.tell()
        question = await self._opens(attack, place)
        thread = question["ts"]
        await self.quiet(thread)
        if attack.edit:
            events = await self._events()
            await self.attacker.edits(place, thread, attack.edit)
            await self._more_than(events)
        if attack.bystander and place == SUPPORT:
            await self.quiet((await self.bystander.says(SUPPORT, attack.bystander, thread))["ts"])
        for more in attack.then:
            await self.quiet((await self.attacker.says(place, more, thread))["ts"])
        return await self._played(attack, place, thread, logged)

    async def _events(self) -> int:
        async with self.stage.database.reading() as session:
            return (await session.exec(select(func.count()).select_from(Inbox))).one()

    async def _more_than(self, events: int) -> None:
        async with asyncio.timeout(PATIENCE_SECONDS):
            while await self._events() <= events:  # noqa: ASYNC110 - the database tells nobody
                await asyncio.sleep(LOOK_SECONDS)
        await self.quiet()

    async def _opens(self, attack: Attack, place: str) -> dict[str, Any]:
        if attack.file:
            return await self.attacker.uploads(place, attack.file, b"\x89PNG\r\n", attack.said)
        return await self.attacker.says(place, attack.said)

    async def _played(self, attack: Attack, place: str, thread: str, logged: int) -> Played:
        async with self.stage.database.reading() as session:
            workspace = self.stage.bot.runtime.workspace_id
            conversation = await conversations.by_thread(session, workspace, place, thread)
        self.reached.append(bool(self.model.requests))
        return Played(
            attack,
            list(self.calls),
            [json.dumps(each.body, ensure_ascii=False) for each in self.model.requests],
            self.model.requests[0].system if self.model.requests else "",
            self.log.getvalue()[logged:],
            conversation.state if conversation else "",
            place,
        )

    async def starts_anew(self) -> None:
        """Resolve what is open: in direct messages the next question would go on with it."""
        async with self.stage.database.transaction() as session:
            for conversation in await session.exec(select(Conversation)):
                conversation.state = ConversationState.RESOLVED
                session.add(conversation)

    async def quiet(self, ts: str = "") -> None:
        """Wait until a message has come in, every event is handled, and everything decided is posted."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            while await self._busy(ts):  # noqa: ASYNC110 - the database tells nobody
                await asyncio.sleep(LOOK_SECONDS)

    async def _busy(self, ts: str) -> bool:
        async with self.stage.database.reading() as session:
            come_in = select(func.count()).select_from(Inbox).where(col(Inbox.key).endswith(f":{ts}"))
            if ts and not (await session.exec(come_in)).one():
                return True
            for table, done in ((Inbox, ("done", "dead")), (Outbox, ("sent", "refused"))):
                waits = select(func.count()).select_from(table).where(col(table.state).not_in(done))
                if (await session.exec(waits)).one():
                    return True
        return False


@asynccontextmanager
async def attacked(database_url: str, folder: Path, **changed: Any) -> AsyncGenerator[Range]:
    """Open a range: threshold at 0 and everything on autopilot, so that no doubt of the confidence helps."""
    async with model_server(says("not yet")) as model:
        given: dict[str, Any] = {
            "drafter": "openai",
            "openai_api_key": SecretStr(model.key),
            "openai_base_url": model.url,
            "openai_model": MODEL,
            "confidence_threshold": 0.0,
            "starting_stage": "autopilot",
            "most_messages_a_minute": 100_000,
        }
        async with on_stage(database_url, folder, **(given | changed)) as stage:
            poisoned(folder / "articles")
            await knowledge.sync(stage.database, SEED.team_id, folder / "articles")
            with _logged() as log:
                yield await _opened(stage, model, log)


async def _opened(stage: Stage, model: ModelServer, log: io.StringIO) -> Range:
    """A range in which somebody else has spoken already."""
    ada, carl = await stage.person(ADA), await stage.person(CARL)
    opened = Range(stage, model, ada, carl, log)
    model.answers = obeys(Attack("before", "before", "", "You have 30 days."))
    await opened.quiet((await carl.says(SUPPORT, OTHERS_WORDS))["ts"])
    for client in (stage.bot.posting_client, stage.bot.runtime.client):
        _record(client, opened.calls)
    return opened


@contextmanager
def _logged() -> Generator[io.StringIO]:
    """What is logged meanwhile; the loggers of this process are as they were afterwards."""
    root, levels = logging.getLogger(), {name: logging.getLogger(name).level for name in logs.CHATTY}
    level, handlers = root.level, root.handlers[:]
    log = io.StringIO()
    logs.configure("info", "json", log)
    try:
        yield log
    finally:
        structlog.reset_defaults()
        root.setLevel(level)
        root.handlers[:] = handlers
        for name, before in levels.items():
            logging.getLogger(name).setLevel(before)


def _record(client: AsyncWebClient, calls: list[Call]) -> None:
    call = client.api_call

    async def recorded(api_method: str, **told: Any) -> Any:
        arguments = {**(told.get("params") or {}), **(told.get("data") or {}), **(told.get("json") or {})}
        calls.append(Call(api_method, {key: _parsed(value) for key, value in arguments.items()}))
        return await call(api_method, **told)

    client.api_call = recorded  # pyright: ignore[reportAttributeAccessIssue]


def _parsed(value: Any) -> Any:
    """An argument as it was before the SDK wrote it as JSON."""
    if isinstance(value, str) and value[:1] in "[{":
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value
