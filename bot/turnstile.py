"""Lets few events be worked on at a time, and many wait: what waits for a model steps aside.

Turns share one event loop with what must be quick, such as the acknowledgement that Slack waits for. With hundreds of
turns in flight, only a few may compute or use the database at once, or everything else queues behind them.
"""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from contextvars import ContextVar


class Turnstile:
    """As many places as may be at work at once."""

    def __init__(self, places: int) -> None:
        self._places = asyncio.Semaphore(places)

    @asynccontextmanager
    async def place(self) -> AsyncGenerator[None]:
        """Work on one event, once there is a place."""
        async with self._places:
            held = _HELD.set(self._places)
            try:
                yield
            finally:
                _HELD.reset(held)


_HELD: ContextVar[asyncio.Semaphore | None] = ContextVar("_HELD", default=None)


@asynccontextmanager
async def aside() -> AsyncGenerator[None]:
    """Give the place to others while a model is awaited, and come back for one afterwards."""
    places = _HELD.get()
    if places is None:
        yield
        return
    held = _HELD.set(None)
    places.release()
    try:
        yield
    finally:
        _HELD.reset(held)
        await places.acquire()
