"""The line to Slack: how long it waits for a sign of life."""

import asyncio
import logging
from pathlib import Path
from typing import Any, cast

import pytest
from slack_bolt.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse
from slack_sdk.web.async_client import AsyncWebClient
from structlog.testing import capture_logs

from bot.slack.connection import Line
from bot.slack.intake import Intake
from storage import inbox
from storage.database import Database
from tests.stage import on_stage

SLACK_WAITS_SECONDS = 3.0
"""https://docs.slack.dev/interactivity/handling-user-interaction: an acknowledgement comes within so long."""


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_line_is_not_cut_while_a_press_over_it_is_still_in_time(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.stage.IN_TIME", ())
    async with on_stage(database_url, tmp_path) as stage:
        for line in stage.bot.connection._lines:  # pyright: ignore[reportPrivateUsage]
            session = line.client.current_session
            assert session is not None
            assert session._pong_heartbeat >= SLACK_WAITS_SECONDS  # pyright: ignore[reportPrivateUsage]


class BusyApp:
    """Hears nothing until it is let, and then fails."""

    def __init__(self) -> None:
        self.client = AsyncWebClient("xoxb-1", base_url="http://127.0.0.1:1/")
        self.logger = logging.getLogger(__name__)
        self.free, self.heard = asyncio.Event(), asyncio.Event()

    async def async_dispatch(self, _: AsyncBoltRequest) -> BoltResponse:
        await self.free.wait()
        self.heard.set()
        raise ValueError("nobody knows this event")


class Client:
    """Keeps what is acknowledged."""

    def __init__(self) -> None:
        self.acknowledged: list[str] = []

    async def send_socket_mode_response(self, response: SocketModeResponse) -> None:
        self.acknowledged.append(response.envelope_id)


async def test_what_is_not_stored_is_acknowledged_before_a_busy_app_hears_it() -> None:
    app, client = BusyApp(), Client()
    intake = Intake(cast("Database", None), lambda: None)  # it has nothing to store
    line = Line(cast("AsyncApp", app), "xapp-1", intake, asyncio.get_running_loop())
    event: dict[str, Any] = {"type": "event_callback", "event": {"type": "app_home_opened", "user": "U1"}}
    with capture_logs() as logs:
        await asyncio.wait_for(line.handle(client, SocketModeRequest("events_api", "E1", event)), 60)
        assert client.acknowledged == ["E1"]
        assert not app.heard.is_set()
        app.free.set()
        await asyncio.wait_for(app.heard.wait(), 60)
        for _ in range(5):
            await asyncio.sleep(0)
    assert [each["event"] for each in logs] == ["event_not_heard"]
    await line.client.close()


class Witness(Client):
    """Looks what is in the inbox when something is acknowledged."""

    def __init__(self, database: Database) -> None:
        super().__init__()
        self._database, self.stored = database, list[int]()

    async def send_socket_mode_response(self, response: SocketModeResponse) -> None:
        async with self._database.reading() as session:
            self.stored.append(await inbox.count(session, "pending"))


@pytest.mark.parametrize(
    "event",
    [
        {
            "type": "assistant_thread_started",
            "assistant_thread": {"channel_id": "D1", "user_id": "U1", "thread_ts": "1"},
        },
        {"type": "app_home_opened", "tab": "messages", "channel": "D1", "user": "U1"},
    ],
)
async def test_what_is_stored_and_heard_is_stored_before_it_is_acknowledged(
    database: Database, event: dict[str, Any]
) -> None:
    app, client = BusyApp(), Witness(database)
    body: dict[str, Any] = {"type": "event_callback", "team_id": "T1", "event_id": "Ev1", "event": event}
    line = Line(cast("AsyncApp", app), "xapp-1", Intake(database, lambda: None), asyncio.get_running_loop())
    await asyncio.wait_for(line.handle(client, SocketModeRequest("events_api", "E1", body)), 60)
    assert client.stored == [1]
    app.free.set()
    await asyncio.wait_for(app.heard.wait(), 60)
    await line.client.close()
