"""The line to Slack: Socket Mode with a watchdog, or HTTP."""

import asyncio
import time
from concurrent.futures import Future
from contextlib import suppress
from typing import Any

import structlog
from aiohttp import web
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.adapter.socket_mode.async_internals import run_async_bolt_app, send_async_response
from slack_bolt.app.async_server import AsyncSlackAppServer
from slack_bolt.async_app import AsyncApp
from slack_bolt.response import BoltResponse
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.settings import Settings
from bot.slack.door import Door
from bot.slack.inbound import STORED
from bot.slack.intake import Intake
from storage.problem import Problem

log = structlog.get_logger(__name__)

PATH = "/slack/events"
"""Where Slack's requests come in over HTTP."""
LINES = 2
"""Socket Mode connections: while one is renewed, the other one listens."""
PING_SECONDS = 6.0
"""How often a connection is tried; a dead one is renewed at the next try. The answer may take half of it, which is as
long as Slack waits for us: a connection that were cut sooner would take presses along that are still in time."""
WATCH_SECONDS = 10.0
DEAF_LOOKS = 6
"""Looks in a row without a connection after which the process ends, for its supervisor to start it anew."""


class LostConnection(Problem):
    """Slack could not be reached for a minute, and new addresses did not help."""


class BadAppToken(Problem):
    """Slack refuses the app-level token; Socket Mode would try it forever."""


class Line(AsyncSocketModeHandler):
    """A Socket Mode connection behind the door: what is only stored is acknowledged there, Bolt sees to the rest.

    Args:
        app: hears what has listeners, in this event loop of its own.
        secret: the app-level token.
        intake: stores events.
        home: the event loop of the app.
    """

    def __init__(self, app: AsyncApp, secret: str, intake: Intake, home: asyncio.AbstractEventLoop) -> None:
        client = AsyncWebClient(base_url=app.client.base_url)
        super().__init__(app, secret, web_client=client, ping_interval=PING_SECONDS)
        self._intake, self._home = intake, home

    async def handle(self, client: Any, req: SocketModeRequest) -> None:
        """Acknowledge an event once it is safe; take anything else to the app.

        A line that closes before the answer is no fault: Slack sends again what it has no answer to.
        """
        with suppress(ConnectionResetError):
            await self._answered(client, req)

    async def _answered(self, client: Any, req: SocketModeRequest) -> None:
        if req.type != "events_api":
            await send_async_response(client, req, await asyncio.wrap_future(self._heard(req)), time.time())
            return
        await self._intake.take(req.payload)  # whatever is to be stored, also of events that listeners hear as well
        await client.send_socket_mode_response(SocketModeResponse(envelope_id=req.envelope_id))
        if (req.payload.get("event") or {}).get("type") not in STORED:
            # What would be lost with the process, such as a look at App Home, comes again.
            self._heard(req).add_done_callback(_log_failure)

    def _heard(self, req: SocketModeRequest) -> Future[BoltResponse]:
        return asyncio.run_coroutine_threadsafe(run_async_bolt_app(self.app, req), self._home)


def _log_failure(heard: Future[BoltResponse]) -> None:
    if not heard.cancelled() and (error := heard.exception()):
        log.error("event_not_heard", error=type(error).__name__, exc_info=error)


class Connection:
    """Keeps the bot connected in the way the settings name.

    Args:
        app: hears what comes in.
        settings: say in which way.
        intake: stores events.
        door: behind which Socket Mode listens.
    """

    def __init__(self, app: AsyncApp, settings: Settings, intake: Intake, door: Door) -> None:
        self._app, self._settings, self._intake, self._door = app, settings, intake, door
        self._lines: list[Line] = []
        self._site: web.AppRunner | None = None
        self._watch: asyncio.Task[None] | None = None

    async def open(self) -> None:
        """Connect.

        Raises:
            BadAppToken: when Slack refuses the app-level token.
        """
        if self._settings.mode == "http":
            await self._listen()
        else:
            await self._connect()

    async def close(self) -> None:
        """Take nothing more in."""
        if self._watch:
            self._watch.cancel()
            with suppress(asyncio.CancelledError, LostConnection):
                await self._watch
        for line in self._lines:
            await self._door.close(line.close_async())
        if self._site:
            await self._site.cleanup()

    async def lost(self) -> None:
        """Wait until the connection cannot be kept.

        Raises:
            LostConnection: then.
        """
        shut = asyncio.ensure_future(self._door.shut.wait())
        try:
            await asyncio.wait([shut, *([self._watch] if self._watch else [])], return_when=asyncio.FIRST_COMPLETED)
        finally:
            shut.cancel()
        if self._watch and self._watch.done():
            await self._watch
        raise LostConnection("What listens to Slack has ended, as the log says. Baton ends, to be started anew.")

    @property
    def connected(self) -> bool:
        """Whether events can come in."""
        return self._site is not None or any(_is_connected(line) for line in self._lines)

    @property
    def http_port(self) -> int:
        """The port at which Slack's requests come in; 0 in Socket Mode."""
        return self._site.addresses[0][1] if self._site else 0

    async def _listen(self) -> None:
        self._intake.attach(self._app)  # what Slack sends comes to the app alone, and to no line of ours
        server = AsyncSlackAppServer(port=self._settings.http_port, path=PATH, app=self._app)
        self._site = web.AppRunner(server.web_app)
        await self._site.setup()
        await web.TCPSite(self._site, self._settings.http_host, self._settings.http_port).start()

    async def _connect(self) -> None:
        token = self._settings.slack_app_token
        secret = token.get_secret_value() if token else ""
        try:
            await self._app.client.apps_connections_open(app_token=secret)
        except SlackApiError as error:
            raise BadAppToken(
                f"Slack refuses BATON_SLACK_APP_TOKEN ({error.response.get('error')}). Make an app-level token "
                "(xapp-…) with the scope connections:write on your app's page Basic Information."
            ) from error
        home = asyncio.get_running_loop()
        self._lines = await self._door.do(self._connected(secret, home))
        self._watch = asyncio.create_task(self._watch_lines())

    async def _connected(self, secret: str, home: asyncio.AbstractEventLoop) -> list[Line]:
        lines = [Line(self._app, secret, self._intake, home) for _ in range(LINES)]
        await asyncio.gather(*(line.connect_async() for line in lines))
        return lines

    async def _watch_lines(self) -> None:
        deaf = 0
        while True:
            await asyncio.sleep(WATCH_SECONDS)
            for line in self._lines:
                if not _is_connected(line):
                    # A dead address is tried forever; without one the client asks Slack for a new one.
                    line.client.wss_uri = None
            deaf = 0 if self.connected else deaf + 1
            if deaf:
                log.warning("not_connected", looks=deaf)
            if deaf >= DEAF_LOOKS:
                raise LostConnection("Slack cannot be reached. Check the network; Baton ends, to be started anew.")


def _is_connected(line: Line) -> bool:
    session = line.client.current_session
    return session is not None and not session.closed
