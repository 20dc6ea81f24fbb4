"""What the app hears: over its connections or its addresses, again when an acknowledgement is late."""

import asyncio
import time
from collections.abc import Awaitable
from typing import Any

from bot.demo.workspace.channel import Channel, Json
from bot.demo.workspace.errors import NotAcknowledged
from bot.demo.workspace.faults import Faults
from bot.demo.workspace.signed_http import SignedHttp
from bot.demo.workspace.socket_mode import SocketMode
from bot.demo.workspace.state import State

LONELY_SECONDS = 0.05
"""How long an event waits to be overtaken when events are to be reordered."""
SUFFIXES = {"channel": "channels", "group": "groups", "im": "im", "mpim": "mpim"}


class Delivery:
    """Sends events, presses, forms and commands to the app."""

    def __init__(self, state: State) -> None:
        self.state = state
        self.faults = Faults()
        self.sockets = SocketMode(state)
        self.http = SignedHttp(state)
        self._tasks: set[asyncio.Task[Any]] = set()
        self._held: Json | None = None

    @property
    def connected(self) -> bool:
        """Whether the app can hear anything."""
        return bool(self.sockets.lines) or bool(self.state.app.events_url)

    async def settled(self) -> None:
        """Wait until every event is acknowledged or given up."""
        while self._tasks:
            await asyncio.wait(self._tasks)

    async def close(self) -> None:
        """Stop sending."""
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self.sockets.close()
        await self.http.close()

    def event(self, event: Json, *, channel: Channel | None = None) -> None:
        """Send an event when the app hears it; `channel` is where it happened."""
        heard = self.state.app.events
        if heard and _subscription(event) not in heard:
            return
        body = self._event_body(event, shared=channel is not None and channel.shared)
        if self.faults.reorder:
            self._overtake(body)
            return
        self._start(self._deliver_event(body))
        if self.faults.duplicates():
            self._start(self._deliver_event(body))

    async def interaction(self, payload: Json) -> Json:
        """Send a press, a form or a shortcut, and return what the app answered.

        Raises:
            NotAcknowledged: when it does not acknowledge in time.
        """
        if self.state.app.interactivity_url:
            return await self.http.interaction(payload)
        return await self.sockets.send("interactive", payload)

    async def command(self, payload: Json) -> Json:
        """Send a slash command, and return what the app answered.

        Raises:
            NotAcknowledged: when it does not acknowledge in time.
        """
        if self.state.app.commands_url:
            return await self.http.command(payload)
        return await self.sockets.send("slash_commands", payload)

    def _event_body(self, event: Json, *, shared: bool) -> Json:
        team, bot = self.state.seed.team_id, self.state.app.bot_user_id
        authorization = {"enterprise_id": None, "team_id": team, "user_id": bot, "is_bot": True}
        return {
            "token": "local",
            "team_id": team,
            "context_team_id": team,
            "context_enterprise_id": None,
            "api_app_id": self.state.app.id,
            "event": event,
            "type": "event_callback",
            "event_id": self.state.new_id("Ev"),
            "event_time": int(time.time()),
            "authorizations": [authorization | {"is_enterprise_install": False}],
            "is_ext_shared_channel": shared,
        }

    def _overtake(self, body: Json) -> None:
        if self._held is None:
            self._held = body
            asyncio.get_running_loop().call_later(LONELY_SECONDS, self._release, body)
            return
        self._start(self._deliver_event(body))
        self._release(self._held)

    def _release(self, body: Json) -> None:
        if self._held is body:
            self._held = None
            self._start(self._deliver_event(body))

    def _start(self, work: Awaitable[Any]) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _deliver_event(self, body: Json) -> None:
        if wait := self.faults.wait():
            await asyncio.sleep(wait)
        reason = ""
        for retry, wait in enumerate((0.0, *self.state.seed.retry_waits)):
            if wait:
                await asyncio.sleep(wait)
            try:
                await self._send_event(body, retry, reason)
            except NotAcknowledged as error:
                if not error.again:
                    return
                reason = error.reason
                continue
            return

    async def _send_event(self, body: Json, retry: int, reason: str) -> None:
        if self.state.app.events_url:
            await self.http.event(body, retry=retry, reason=reason)
        else:
            await self.sockets.send("events_api", body, retry=retry, reason=reason)
        if self.faults.loses_ack():
            raise NotAcknowledged("timeout")


def _subscription(event: Json) -> str:
    """The name by which an app subscribes to this event."""
    if event["type"] != "message":
        return str(event["type"])
    return f"message.{SUFFIXES[event.get('channel_type', 'channel')]}"
