"""How the workspace reaches its app: envelopes over Socket Mode or signed HTTP, again when an ack is late."""

import asyncio
import hashlib
import hmac
import itertools
import json
import time
import urllib.parse
from collections.abc import Awaitable
from dataclasses import dataclass, field
from typing import Any

import aiohttp
from aiohttp import web

from bot.demo.workspace.faults import Faults
from bot.demo.workspace.state import Json, State

RETRIES = 3
"""How often an event is sent again."""
MOST_CONNECTIONS = 10


@dataclass
class Line:
    """One Socket Mode connection."""

    socket: web.WebSocketResponse
    number: int


@dataclass
class Sent:
    """An envelope on its way."""

    answered: asyncio.Future[Any]
    tries: int = 0


@dataclass
class Delivery:
    """Sends events, presses, forms and commands to the app."""

    state: State
    faults: Faults = field(default_factory=Faults)

    def __post_init__(self) -> None:
        self.lines: list[Line] = []
        self.tickets: set[str] = set()
        self._waiting: dict[str, Sent] = {}
        self._numbers = itertools.count(1)
        self._turn = itertools.count()
        self._tasks: set[asyncio.Task[Any]] = set()
        self._held: list[Json] = []
        self._http: aiohttp.ClientSession | None = None
        self._line_came = asyncio.Event()

    async def close(self) -> None:
        """Stop sending."""
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for line in list(self.lines):
            await line.socket.close()
        if self._http:
            await self._http.close()

    # What is sent

    def event(self, event: Json, *, team_id: str = "") -> None:
        """Send an event of the Events API, when the app hears it."""
        heard = self.state.app.events
        if heard and _subscription(event) not in heard:
            return
        body = self._event_body(event, team_id)
        if self.faults.reorder:
            self._held.append(body)
            if len(self._held) > 1:
                for each in reversed(self._held):
                    self._start(self._deliver_event(each))
                self._held.clear()
            return
        self._start(self._deliver_event(body))
        if self.faults.duplicates():
            self._start(self._deliver_event(body))

    async def interaction(self, payload: Json) -> Any:
        """Send a press, a form or a shortcut, and return what the app answered.

        Raises:
            TimeoutError: when it does not acknowledge in time.
        """
        return await self._deliver_once("interactive", payload, self.state.app.interactivity_url, as_payload=True)

    async def command(self, payload: Json) -> Any:
        """Send a slash command, and return what the app answered.

        Raises:
            TimeoutError: when it does not acknowledge in time.
        """
        return await self._deliver_once("slash_commands", payload, self.state.app.commands_url, as_payload=False)

    def _event_body(self, event: Json, team_id: str) -> Json:
        team = self.state.seed.team_id
        now = int(time.time())
        return {
            "token": "local",
            "team_id": team,
            "context_team_id": team,
            "api_app_id": self.state.app.id,
            "event": event,
            "type": "event_callback",
            "event_id": self.state.new_id("Ev"),
            "event_time": now,
            "authorizations": [
                {"enterprise_id": None, "team_id": team, "user_id": self.state.app.bot_user_id, "is_bot": True}
            ],
            "is_ext_shared_channel": bool(team_id and team_id != team),
        }

    # How it is sent

    def _start(self, work: Awaitable[Any]) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _deliver_event(self, body: Json) -> None:
        if wait := self.faults.wait():
            await asyncio.sleep(wait)
        for retry in range(RETRIES + 1):
            try:
                await self._send("events_api", body, self.state.app.events_url, retry=retry)
            except TimeoutError:
                continue
            return

    async def _deliver_once(self, kind: str, payload: Json, url: str, *, as_payload: bool) -> Any:
        if url:
            form = {"payload": json.dumps(payload)} if as_payload else payload
            return await self._post(url, urllib.parse.urlencode(form), "application/x-www-form-urlencoded", retry=0)
        return await self._over_socket(kind, payload, retry=0)

    async def _send(self, kind: str, body: Json, url: str, *, retry: int) -> Any:
        if url:
            return await self._post(url, json.dumps(body), "application/json", retry=retry)
        return await self._over_socket(kind, body, retry=retry)

    async def _over_socket(self, kind: str, payload: Json, *, retry: int) -> Any:
        await self._some_line()
        envelope_id = self.state.new_id("env-")
        sent = Sent(asyncio.get_running_loop().create_future())
        self._waiting[envelope_id] = sent
        envelope: Json = {
            "envelope_id": envelope_id,
            "payload": payload,
            "type": kind,
            "accepts_response_payload": kind != "events_api",
        }
        if kind == "events_api":
            envelope |= {"retry_attempt": retry, "retry_reason": "timeout" if retry else ""}
        try:
            line = self.lines[next(self._turn) % len(self.lines)]
            await line.socket.send_str(json.dumps(envelope))
            return await asyncio.wait_for(sent.answered, self.state.seed.ack_seconds)
        except (ConnectionError, IndexError) as error:
            raise TimeoutError from error
        finally:
            self._waiting.pop(envelope_id, None)

    async def _some_line(self) -> None:
        while not self.lines:
            self._line_came.clear()
            await asyncio.wait_for(self._line_came.wait(), self.state.seed.ack_seconds)

    async def _post(self, url: str, body: str, content_type: str, *, retry: int) -> Any:
        self._http = self._http or aiohttp.ClientSession()
        stamp = str(int(time.time()))
        secret = self.state.app.signing_secret.encode()
        signature = hmac.new(secret, f"v0:{stamp}:{body}".encode(), hashlib.sha256).hexdigest()
        headers = {
            "Content-Type": content_type,
            "X-Slack-Request-Timestamp": stamp,
            "X-Slack-Signature": f"v0={signature}",
        }
        if retry:
            headers |= {"X-Slack-Retry-Num": str(retry), "X-Slack-Retry-Reason": "http_timeout"}
        timeout = aiohttp.ClientTimeout(total=self.state.seed.ack_seconds)
        try:
            async with self._http.post(url, data=body.encode(), headers=headers, timeout=timeout) as answer:
                if answer.status != 200:  # noqa: PLR2004 - anything else is a failure to acknowledge
                    raise TimeoutError
                text = await answer.text()
        except aiohttp.ClientError as error:
            raise TimeoutError from error
        return json.loads(text) if text.startswith("{") else ({"text": text} if text else {})

    # Socket Mode

    def new_ticket(self) -> str:
        """A ticket for one connection."""
        ticket = self.state.new_id("ticket-")
        self.tickets.add(ticket)
        return ticket

    async def serve_line(self, request: web.Request) -> web.StreamResponse:
        """Hold one Socket Mode connection until it closes."""
        ticket = request.query.get("ticket", "")
        if ticket not in self.tickets:
            return web.json_response({"ok": False, "error": "invalid_ticket"}, status=404)
        self.tickets.discard(ticket)
        if len(self.lines) >= MOST_CONNECTIONS:
            return web.json_response({"ok": False, "error": "too_many_websockets"}, status=429)
        socket = web.WebSocketResponse(heartbeat=30, max_msg_size=0)
        await socket.prepare(request)
        line = Line(socket, next(self._numbers))
        hello = {
            "type": "hello",
            "num_connections": len(self.lines) + 1,
            "debug_info": {"host": "local", "approximate_connection_time": 18060},
            "connection_info": {"app_id": self.state.app.id},
        }
        await socket.send_str(json.dumps(hello))
        self.lines.append(line)
        self._line_came.set()
        try:
            async for message in socket:
                if message.type == aiohttp.WSMsgType.TEXT:
                    self._acknowledged(message.data)
        finally:
            if line in self.lines:
                self.lines.remove(line)
        return socket

    def _acknowledged(self, text: str) -> None:
        try:
            answer = json.loads(text)
        except ValueError:
            return
        sent = self._waiting.get(answer.get("envelope_id", ""))
        if sent and not sent.answered.done():
            sent.answered.set_result(answer.get("payload") or {})

    async def ask_to_reconnect(self, reason: str = "refresh_requested") -> None:
        """Tell every connection that it will be closed; `warning` comes some seconds before the end."""
        for line in list(self.lines):
            await line.socket.send_str(json.dumps({"type": "disconnect", "reason": reason, "debug_info": {}}))

    async def drop_lines(self) -> None:
        """Cut every connection without a word."""
        for line in list(self.lines):
            self.lines.remove(line)
            if line.socket._req is not None and line.socket._req.transport:  # noqa: SLF001 # pyright: ignore[reportPrivateUsage]
                line.socket._req.transport.abort()  # noqa: SLF001 # pyright: ignore[reportPrivateUsage]


def _subscription(event: Json) -> str:
    """The name by which an app subscribes to this event."""
    if event["type"] != "message":
        return str(event["type"])
    suffix = {"channel": "channels", "group": "groups", "im": "im", "mpim": "mpim"}
    return f"message.{suffix.get(event.get('channel_type', 'channel'), 'channels')}"
