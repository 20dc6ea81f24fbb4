"""The line to Slack: Socket Mode with a watchdog, or HTTP."""

import asyncio
from contextlib import suppress

import structlog
from aiohttp import web
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.app.async_server import AsyncSlackAppServer
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError

from bot.settings import Settings
from storage.problem import Problem

log = structlog.get_logger(__name__)

PATH = "/slack/events"
"""Where Slack's requests come in over HTTP."""
LINES = 2
"""Socket Mode connections: while one is renewed, the other one listens."""
PING_SECONDS = 3.0
"""How often a connection is tried; a dead one is renewed at the next try."""
WATCH_SECONDS = 10.0
DEAF_LOOKS = 6
"""Looks in a row without a connection after which the process ends, for its supervisor to start it anew."""


class LostConnection(Problem):
    """Slack could not be reached for a minute, and new addresses did not help."""


class BadAppToken(Problem):
    """Slack refuses the app-level token; Socket Mode would try it forever."""


class Connection:
    """Keeps the bot connected in the way the settings name."""

    def __init__(self, app: AsyncApp, settings: Settings) -> None:
        self._app, self._settings = app, settings
        self._lines: list[AsyncSocketModeHandler] = []
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
            await line.close_async()
        if self._site:
            await self._site.cleanup()

    async def lost(self) -> None:
        """Wait until the connection cannot be kept.

        Raises:
            LostConnection: then.
        """
        if self._watch:
            await self._watch
        else:
            await asyncio.Event().wait()

    @property
    def connected(self) -> bool:
        """Whether events can come in."""
        return self._site is not None or any(_is_connected(line) for line in self._lines)

    async def _listen(self) -> None:
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
        self._lines = [AsyncSocketModeHandler(self._app, secret, ping_interval=PING_SECONDS) for _ in range(LINES)]
        await asyncio.gather(*(line.connect_async() for line in self._lines))
        self._watch = asyncio.create_task(self._watch_lines())

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


def _is_connected(line: AsyncSocketModeHandler) -> bool:
    session = line.client.current_session
    return session is not None and not session.closed
