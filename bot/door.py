"""An event loop in a thread of its own, for what must not wait for the turns: what comes in, and its acknowledgement.

Hundreds of turns share the main loop, and each step of one holds it for some milliseconds. Slack's line and the inbox
need little, but often, so that they would wait behind one such step after the other.
"""

import asyncio
import sys
import threading
from collections.abc import AsyncGenerator, Coroutine
from concurrent.futures import Future
from contextlib import asynccontextmanager
from typing import Any, TypeVar

TURN_SECONDS = 0.0005
"""How long a thread may compute while another one waits to; Python's own 5 ms are what an acknowledgement takes."""

T = TypeVar("T")


class Door:
    """A running loop beside the main one."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.loop = loop

    async def do(self, work: Coroutine[Any, Any, T]) -> T:
        """Have something done behind the door, and wait for it."""
        return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(work, self.loop))


@asynccontextmanager
async def opened() -> AsyncGenerator[Door]:
    """A door until the block ends; what is still done behind it then is cancelled."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(TURN_SECONDS)
    opening: Future[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = Future()

    async def until_closed() -> None:
        closed = asyncio.Event()
        opening.set_result((asyncio.get_running_loop(), closed))
        await closed.wait()

    thread = threading.Thread(target=lambda: asyncio.run(until_closed()), name="door", daemon=True)
    thread.start()
    loop, closed = await asyncio.wrap_future(opening)
    try:
        yield Door(loop)
    finally:
        loop.call_soon_threadsafe(closed.set)
        await asyncio.to_thread(thread.join)
        sys.setswitchinterval(before)
