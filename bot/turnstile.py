"""Lets few events be worked on at a time, and many wait: what waits for a model or for Slack steps aside.

Turns share one event loop with what must be quick, such as the acknowledgement that Slack waits for. With hundreds of
turns in flight, only a few may compute or use the database at once, or everything else queues behind them.
"""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any


@dataclass
class _Place:
    """One of the places, and whose it is: a task that was begun there has none to give."""

    places: asyncio.Semaphore
    owner: asyncio.Task[Any] | None
    held: bool = True


class Turnstile:
    """As many places as may be at work at once."""

    def __init__(self, places: int) -> None:
        self._places = asyncio.Semaphore(places)

    @asynccontextmanager
    async def place(self) -> AsyncGenerator[None]:
        """Work on one event, once there is a place."""
        await self._places.acquire()
        mine = _Place(self._places, asyncio.current_task())
        token = _MINE.set(mine)
        try:
            yield
        finally:
            _MINE.reset(token)
            if mine.held:
                self._places.release()


_MINE: ContextVar[_Place | None] = ContextVar("_MINE", default=None)


@asynccontextmanager
async def aside() -> AsyncGenerator[None]:
    """Give the place to others while a model or Slack is awaited, and come back for one afterwards.

    No transaction may be open then, nor a lock be held: whoever waits for it may have the place that is waited for.
    """
    mine = _MINE.get()
    if mine is None or not mine.held or mine.owner is not asyncio.current_task():
        yield
        return
    mine.held = False
    mine.places.release()
    try:
        yield
    finally:
        await mine.places.acquire()
        mine.held = True
