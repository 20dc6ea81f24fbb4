"""An event loop in a thread of its own, for what must not wait for the turns: what comes in, and its acknowledgement.

Hundreds of turns share the main loop, and each step of one holds it for some milliseconds. Slack's line and the inbox
need little, but often, so that they would wait behind one such step after the other.
"""

import asyncio
import sys
import threading
from collections.abc import AsyncGenerator, Coroutine
from concurrent.futures import Future
from contextlib import asynccontextmanager, suppress
from typing import Any, TypeVar

import structlog

from storage.problem import Problem

log = structlog.get_logger(__name__)

TURN_SECONDS = 0.0005
"""How long a thread may compute while another one waits to; Python's own 5 ms are what an acknowledgement takes."""

T = TypeVar("T")


class DoorShut(Problem):
    """The thread of the door has ended; nothing can come in any more."""


class Door:
    """A running loop beside the main one.

    Args:
        loop: runs in a thread of its own.
        shut: is set, in the main loop, when that thread has ended.
    """

    def __init__(self, loop: asyncio.AbstractEventLoop, shut: asyncio.Event) -> None:
        self.loop, self.shut = loop, shut

    async def do(self, work: Coroutine[Any, Any, T]) -> T:
        """Have something done behind the door, and wait for it.

        Raises:
            DoorShut: when its thread has ended.
        """
        if self.shut.is_set() or self.loop.is_closed():
            work.close()
            raise DoorShut("What listens to Slack has ended. Baton ends, to be started anew; its log says why.")
        return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(work, self.loop))

    async def close(self, work: Coroutine[Any, Any, object]) -> None:
        """Have something closed behind the door; with a thread that has ended there is nothing left to close."""
        with suppress(DoorShut):
            await self.do(work)


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

    home, shut = asyncio.get_running_loop(), asyncio.Event()

    def live() -> None:
        try:
            asyncio.run(until_closed())
        except BaseException:
            log.exception("door_shut")  # nobody else hears what ends a thread
        finally:
            with suppress(RuntimeError):  # the main loop may have been first
                home.call_soon_threadsafe(shut.set)

    thread = threading.Thread(target=live, name="door", daemon=True)
    thread.start()
    loop, closed = await asyncio.wrap_future(opening)
    try:
        yield Door(loop, shut)
    finally:
        with suppress(RuntimeError):  # it has ended by itself
            loop.call_soon_threadsafe(closed.set)
        await asyncio.to_thread(thread.join)
        sys.setswitchinterval(before)
