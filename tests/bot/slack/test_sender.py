"""How long a try to post may take, and what it leaves in memory."""

import asyncio
import base64
from typing import Any, cast

import pytest
from slack_sdk.web.async_client import AsyncWebClient
from sqlmodel import select

from bot import memory
from bot.queues import outcomes
from bot.slack import sender
from bot.slack.sender import LEASE_SECONDS, TRY_SECONDS, Sender
from storage import outbox
from storage.database import Database
from storage.ids import new_id
from storage.queues import Outbox


class SilentSlack:
    """Takes every call and answers none."""

    def __init__(self) -> None:
        self.calls: list[str] = []

    async def chat_postMessage(self, **arguments: Any) -> None:  # noqa: N802 - as the library calls it
        self.calls.append(str(arguments["channel"]))
        await asyncio.Event().wait()


async def test_a_try_ends_before_its_lease_and_the_next_one_asks_slack_first(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert TRY_SECONDS < LEASE_SECONDS
    monkeypatch.setattr(sender, "TRY_SECONDS", 0.0)
    async with database.transaction() as session:
        outbox.put(
            session, "T1", lane="c", method="chat.postMessage", channel_id="C1", payload={"text": "Hi"}, purpose="reply"
        )
    slack = SilentSlack()
    out = Sender(database, cast("AsyncWebClient", slack), outcomes, lambda: None)
    (row,) = await out.claim(1)
    await asyncio.wait_for(out.post(row), 60)
    assert slack.calls == ["C1"]
    async with database.reading() as session:
        stored = (await session.exec(select(Outbox))).one()
    assert (stored.state, stored.doubtful, stored.error) == ("pending", True, "TimeoutError")


async def test_a_try_that_waits_for_the_database_ends_as_soon(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def waits(*_: object) -> None:
        await asyncio.Event().wait()

    monkeypatch.setattr(sender, "TRY_SECONDS", 0.0)
    async with database.transaction() as session:
        opener, payload = new_id(), {"text": "Hi"}
        way: dict[str, Any] = {"method": "chat.postMessage", "channel_id": "C1", "purpose": "reply"}
        outbox.put(session, "T1", lane="c", payload=payload, thread_of=opener, **way)
    slack = SilentSlack()
    out = Sender(database, cast("AsyncWebClient", slack), outcomes, lambda: None)
    (row,) = await out.claim(1)
    monkeypatch.setattr(outbox, "posted", waits)
    await asyncio.wait_for(out.post(row), 60)
    assert slack.calls == []
    async with database.reading() as session:
        stored = (await session.exec(select(Outbox))).one()
    assert (stored.state, stored.error) == ("pending", "TimeoutError")


class SlackForFiles:
    """Takes every file."""

    def __init__(self) -> None:
        self.contents: list[bytes] = []

    async def files_upload_v2(self, **arguments: Any) -> None:
        self.contents.append(arguments["content"])


async def test_what_a_file_took_on_its_way_is_given_back(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    given_back: list[bool] = []
    monkeypatch.setattr(memory, "give_back", lambda: given_back.append(True))
    payload = {"filename": "week.png", "title": "Week", "content_base64": base64.b64encode(b"a chart").decode()}
    async with database.transaction() as session:
        outbox.put(session, "T1", lane="r", method="files.upload", channel_id="C1", payload=payload, purpose="report")
    slack = SlackForFiles()
    out = Sender(database, cast("AsyncWebClient", slack), outcomes, lambda: None)
    (row,) = await out.claim(1)
    await out.post(row)
    assert (slack.contents, given_back) == ([b"a chart"], [True])
