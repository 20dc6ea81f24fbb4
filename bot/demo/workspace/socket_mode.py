"""Socket Mode: connections that the app opened by a ticket, and envelopes that travel over any one of them."""

import asyncio
import itertools
import json
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import aiohttp
from aiohttp import web

from bot.demo.workspace.channel import Json
from bot.demo.workspace.errors import NotAcknowledged
from bot.demo.workspace.state import State

MOST_CONNECTIONS = 10
LEAVING_SECONDS = 10.0
"""How long a connection lives after it was asked to reconnect."""
HEARTBEAT_SECONDS = 30.0


@dataclass(eq=False)
class Line:
    """One connection. One that was asked to reconnect is leaving, and used only while there is no other."""

    socket: web.WebSocketResponse
    transport: asyncio.Transport | None
    leaving: bool = False
    unanswered: set[asyncio.Future[Json]] = field(default_factory=set[asyncio.Future[Json]])
    """What was sent over it and is not acknowledged yet."""

    def closed(self) -> None:
        """No answer comes over it any more."""
        for answered in list(self.unanswered):
            if not answered.done():
                answered.set_exception(ConnectionResetError("the connection closed before the acknowledgement"))


class SocketMode:
    """The connections of the app."""

    def __init__(self, state: State) -> None:
        self._state = state
        self.lines: list[Line] = []
        self._tickets: set[str] = set()
        self._waiting: dict[str, asyncio.Future[Json]] = {}
        self._turn = itertools.count()
        self._line_came = asyncio.Event()
        self._ends: set[asyncio.TimerHandle] = set()
        self._closers: set[asyncio.Task[Any]] = set()

    async def close(self) -> None:
        """Close every connection."""
        for end in self._ends:
            end.cancel()
        for line in list(self.lines):
            await line.socket.close()

    def new_ticket(self) -> str:
        """A ticket for one connection."""
        ticket = self._state.new_client_id()
        self._tickets.add(ticket)
        return ticket

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """Hold one connection until it closes."""
        ticket = request.query.get("ticket", "")
        if ticket not in self._tickets:
            return web.json_response({"ok": False, "error": "invalid_ticket"}, status=404)
        self._tickets.discard(ticket)
        socket = web.WebSocketResponse(heartbeat=HEARTBEAT_SECONDS, max_msg_size=0, compress=False)
        await socket.prepare(request)
        if len(self.lines) >= MOST_CONNECTIONS:
            await socket.send_json({"type": "disconnect", "reason": "too_many_websockets", "debug_info": {}})
            await socket.close()
            return socket
        line = Line(socket, request.transport)
        await socket.send_json(self._hello())
        self.lines.append(line)
        self._line_came.set()
        try:
            with suppress(ConnectionResetError):  # the app may be gone before it hears our goodbye
                async for message in socket:
                    if message.type == aiohttp.WSMsgType.TEXT:
                        self._acknowledged(message.data)
        finally:
            if line in self.lines:
                self.lines.remove(line)
            line.closed()
        return socket

    async def send(self, kind: str, payload: Json, *, retry: int = 0, reason: str = "") -> Json:
        """Send an envelope and return what the app answered with its acknowledgement.

        Raises:
            NotAcknowledged: when none comes in time, or before the connection closes.
        """
        envelope: Json = {
            "envelope_id": self._state.new_client_id(),
            "payload": payload,
            "type": kind,
            "accepts_response_payload": kind != "events_api",
        }
        if kind == "events_api":
            envelope |= {"retry_attempt": retry, "retry_reason": reason}
        answered: asyncio.Future[Json] = asyncio.get_running_loop().create_future()
        self._waiting[envelope["envelope_id"]] = answered
        try:
            async with asyncio.timeout(self._state.seed.ack_seconds):
                line = await self._line()
                line.unanswered.add(answered)
                answered.add_done_callback(line.unanswered.discard)
                await line.socket.send_str(json.dumps(envelope))
                return await answered
        except (TimeoutError, ConnectionError) as error:
            raise NotAcknowledged("timeout") from error
        finally:
            self._waiting.pop(envelope["envelope_id"], None)

    async def ask_to_reconnect(self, reason: str = "refresh_requested") -> None:
        """Tell every connection that it will be closed, and close it some seconds later."""
        message = {"type": "disconnect", "reason": reason, "debug_info": {"host": "local"}}
        for line in list(self.lines):
            line.leaving = True
            await line.socket.send_json(message)
            self._ends.add(asyncio.get_running_loop().call_later(LEAVING_SECONDS, self._end, line))

    def drop_lines(self) -> None:
        """Cut every connection without a word."""
        for line in list(self.lines):
            self.lines.remove(line)
            if line.transport:
                line.transport.abort()

    async def _line(self) -> Line:
        while not self.lines:
            self._line_came.clear()
            await self._line_came.wait()
        fit = [line for line in self.lines if not line.leaving] or self.lines
        return fit[next(self._turn) % len(fit)]

    def _end(self, line: Line) -> None:
        task = asyncio.ensure_future(line.socket.close())
        self._closers.add(task)
        task.add_done_callback(self._closers.discard)

    def _hello(self) -> Json:
        return {
            "type": "hello",
            "num_connections": len(self.lines) + 1,
            "debug_info": {"host": "local", "build_number": 1, "approximate_connection_time": 18060},
            "connection_info": {"app_id": self._state.app.id},
        }

    def _acknowledged(self, text: str) -> None:
        try:
            answer = json.loads(text)
        except ValueError:
            return
        if not isinstance(answer, dict):
            return
        answered = self._waiting.get(str(answer.get("envelope_id")))
        if answered and not answered.done():
            answered.set_result(answer.get("payload") or {})
