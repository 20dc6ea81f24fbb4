"""Stores what Slack sends before it is acknowledged. Events that arrive during a commit share the next one."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse

from bot.slack import inbound
from storage import inbox
from storage.database import Database
from storage.inbox import Arrival

GATHERING_TURNS, GATHERING_SECONDS = 4, 0.001
"""Turns of the event loop, microseconds each when it is idle, in which events that are on their way join a commit."""


class Intake:
    """The door: `store` returns once the event is safe.

    Args:
        database: where the inbox is.
        stored: called after each commit, to wake the worker.
        window: for a channel, within how many seconds messages of one person without a thread are one question.
        loop: the event loop in which the database was opened; this one if none is given, in which `stored` and `heard`
            are called.
    """

    def __init__(
        self,
        database: Database,
        stored: Callable[[], None],
        window: Callable[[str], float] = lambda _channel: 0.0,
        loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        self._database, self._stored, self._window = database, stored, window
        self._home = asyncio.get_running_loop()
        self._loop = loop or self._home
        self.heard: Callable[[Sequence[Arrival]], None] = lambda _: None
        """Called with what was stored, once it is acknowledged."""
        self._waiting: list[tuple[Arrival, asyncio.Future[None]]] = []
        self._commits: asyncio.Task[None] | None = None

    async def store(self, arrival: Arrival) -> None:
        """Store an event durably; an event that is already there changes nothing.

        Raises:
            Exception: whatever the database raises; the caller must not acknowledge then.
        """
        if asyncio.get_running_loop() is self._loop:
            await self._put(arrival)
        else:
            await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(self._put(arrival), self._loop))

    async def _put(self, arrival: Arrival) -> None:
        safe = self._loop.create_future()
        self._waiting.append((arrival, safe))
        if self._commits is None or self._commits.done():
            self._commits = asyncio.create_task(self._commit_all())
        await safe

    async def _commit_all(self) -> None:
        while self._waiting:
            began = time.perf_counter()
            for _ in range(GATHERING_TURNS):
                await asyncio.sleep(0)
                if time.perf_counter() - began > GATHERING_SECONDS:
                    break  # the loop is busy: who waits here waits for others' work
            batch, self._waiting = self._waiting, []
            try:
                await inbox.put(self._database, [arrival for arrival, _ in batch])
            except Exception as error:
                for _, safe in batch:
                    if not safe.done():
                        safe.set_exception(error)
            else:
                for _, safe in batch:
                    if not safe.done():
                        safe.set_result(None)
                self._home.call_soon_threadsafe(self._tell, [arrival for arrival, _ in batch])

    def _tell(self, arrivals: Sequence[Arrival]) -> None:
        self._stored()
        self.heard(arrivals)

    async def take(self, body: dict[str, Any]) -> None:
        """Store what an Events API body says, when Baton has anything to do with it."""
        if body.get("type") == "event_callback" and (arrival := inbound.arrival(body, self._window)):
            await self.store(arrival)

    def attach(self, app: AsyncApp) -> None:
        """Make it the first thing that sees an event, where the app alone hears it, as over HTTP.

        Bolt acknowledges events before any listener runs.
        """

        @app.middleware
        async def store_before_ack(  # pyright: ignore[reportUnusedFunction]
            req: AsyncBoltRequest,
            next: Callable[[], Awaitable[BoltResponse]],
        ) -> BoltResponse:
            await self.take(req.body)
            return await next()
