"""The report as managers see it: posted by the sender into a workspace that checks blocks as Slack does."""

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot import reports
from bot.demo.workspace import Person, Seed, SeedApp, SeedChannel, SeedUser, Workspace, WorkspaceServer, serve
from bot.queues import outcomes
from bot.slack.sender import Sender
from handoff.report import Report
from storage import kept_reports
from storage.database import Database
from tests.bot.reports.samples import EMPTY, FULL, ONE_ARM

MANAGERS, MANAGER = "C0MANAGERS", "U0MORA"


@pytest.fixture
async def slack() -> AsyncIterator[WorkspaceServer]:
    app = SeedApp()
    manager = SeedUser(id=MANAGER, name="mora", real_name="Mora")
    channel = SeedChannel(id=MANAGERS, name="managers", members=(manager.id, app.bot_user_id))
    server = await serve(Workspace(Seed(users=(manager,), channels=(channel,), app=app)))
    yield server
    await server.close()


async def send_all(database: Database, slack: WorkspaceServer) -> None:
    async with aiohttp.ClientSession() as session:
        token = SeedApp().bot_token
        client = AsyncWebClient(token=token, base_url=slack.api_url, session=session, retry_handlers=[])
        sender = Sender(database, client, outcomes, lambda: None)
        while claimed := await sender.claim(10):
            for row in claimed:
                await sender.post(row)


@pytest.mark.parametrize(
    ("report", "pictures"), [(FULL, 1), (ONE_ARM, 1), (EMPTY, 0)], ids=["full", "one arm", "empty"]
)
async def test_managers_read_the_message_and_see_its_picture(
    database: Database, slack: WorkspaceServer, report: Report, pictures: int
) -> None:
    await reports.deliver(database, "T0BATON00", MANAGERS, report)
    await send_all(database, slack)
    async with Person(slack.url, MANAGER) as mora:
        message, *others = await mora.until(lambda: shown(mora, 1 + pictures))
    assert message["blocks"][0]["text"]["text"] == report.comparison.headline
    async with database.reading() as session:
        kept = await kept_reports.latest(session, "T0BATON00")
    assert kept is not None
    assert (kept.ts, kept.channel_id, kept.trouble) == (message["ts"], MANAGERS, "")
    files = [file for other in others for file in other["files"]]
    assert [file["mimetype"] for file in files] == ["image/png"] * pictures
    assert all(file["alt_txt"].startswith("Chart of satisfied customers") for file in files)


async def shown(manager: Person, count: int) -> list[Any] | None:
    """The channel's messages once there are so many: Slack shows an upload a moment after it is finished."""
    messages = await manager.history(MANAGERS)
    return messages if len(messages) == count else None
