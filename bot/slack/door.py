"""An event loop in a thread of its own, for what must not wait for the turns: what comes in, and its acknowledgement.

Hundreds of turns share the main loop, and each step of one holds it for some milliseconds. Slack's line and the inbox
need little, but often, so that they would wait behind one such step after the other.

A thread that ends, and one that no longer answers, both leave a bot that hears nothing: then the process ends, so that
whoever supervises it starts it anew.
"""

import asyncio
import sys
import threading
import traceback
from collections.abc import AsyncGenerator, Awaitable, Callable, Coroutine
from concurrent.futures import Future
from contextlib import asynccontextmanager, suppress
from typing import Any, TypeVar

import structlog

from bot import event_loop
from storage.problem import Problem

log = structlog.get_logger(__name__)

TURN_SECONDS = 0.0001
"""How long a thread may compute while another one waits to; Python's own 5 ms are what an acknowledgement takes."""
BEAT_SECONDS = 5.0
"""How often the door is asked whether it still answers."""
MISSED_BEATS = 12
"""Questions in a row without an answer after which it counts as hung: a minute. Looks are counted and not the time, for
a process that slept with its laptop, or a machine that had no time for it, has looked no oftener meanwhile."""
HUNG_JOIN_SECONDS = 1.0
STACK_LINES = 12

T = TypeVar("T")


class DoorShut(Problem):
    """The thread of the door has ended; nothing can come in any more."""


class Door:
    """A running loop beside the main one.

    Args:
        loop: runs in a thread of its own.
        shut: is set, in the main loop, when that thread has ended or no longer answers.
    """

    def __init__(self, loop: asyncio.AbstractEventLoop, shut: asyncio.Event) -> None:
        self.loop, self.shut = loop, shut
        self.hung = False

    def give_up(self) -> None:
        """Count it as shut, for its thread no longer answers."""
        self.hung = True
        self.shut.set()

    async def do(self, work: Coroutine[Any, Any, T]) -> T:
        """Have something done behind the door, and wait for it.

        Raises:
            DoorShut: when its thread has ended, or hangs.
        """
        if self.shut.is_set() or self.loop.is_closed():
            work.close()
            raise _shut()
        doing = asyncio.wrap_future(asyncio.run_coroutine_threadsafe(work, self.loop))
        shut = asyncio.ensure_future(self.shut.wait())
        try:
            await asyncio.wait([doing, shut], return_when=asyncio.FIRST_COMPLETED)
            if not doing.done() or doing.cancelled():  # a thread that ends cancels what is done in it
                raise _shut()
            return doing.result()
        finally:
            shut.cancel()
            doing.cancel()

    async def close(self, work: Coroutine[Any, Any, object]) -> None:
        """Have something closed behind the door; with a thread that has ended there is nothing left to close."""
        with suppress(DoorShut):
            await self.do(work)


def _shut() -> DoorShut:
    return DoorShut("What listens to Slack has ended. Baton ends, to be started anew; its log says why.")


async def _watch(door: Door, thread: threading.Thread, pause: Callable[[float], Awaitable[object]]) -> None:
    """Ask the door again and again whether it answers, and give it up once it has not for long."""
    missed = 0
    while missed < MISSED_BEATS:
        answered = threading.Event()
        try:
            door.loop.call_soon_threadsafe(answered.set)
        except RuntimeError:  # it has ended, which is told elsewhere
            return
        await pause(BEAT_SECONDS)
        missed = 0 if answered.is_set() else missed + 1
        if missed:
            log.warning("door_does_not_answer", looks=missed)
    frames = sys._current_frames()  # noqa: SLF001  # pyright: ignore[reportPrivateUsage] - as Python documents it
    frame = frames.get(thread.ident or 0)
    log.error("door_hung", at=traceback.format_stack(frame)[-STACK_LINES:] if frame else [])
    door.give_up()


@asynccontextmanager
async def opened(pause: Callable[[float], Awaitable[object]] = asyncio.sleep) -> AsyncGenerator[Door]:
    """A door until the block ends; what is still done behind it then is cancelled.

    Args:
        pause: waits so many seconds between two looks whether it still answers.

    Raises:
        Exception: whatever keeps its thread from beginning.
    """
    opening: Future[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = Future()

    async def until_closed() -> None:
        closed = asyncio.Event()
        opening.set_result((asyncio.get_running_loop(), closed))
        await closed.wait()

    home, shut = asyncio.get_running_loop(), asyncio.Event()

    def live() -> None:
        try:
            with asyncio.Runner(loop_factory=event_loop.new) as runner:
                runner.run(until_closed())
        except BaseException as error:
            log.exception("door_shut")  # nobody else hears what ends a thread
            if not opening.done():
                opening.set_exception(error)
        finally:
            with suppress(RuntimeError):  # the main loop may have been first
                home.call_soon_threadsafe(shut.set)

    thread = threading.Thread(target=live, name="door", daemon=True)
    thread.start()
    loop, closed = await asyncio.wrap_future(opening)
    door = Door(loop, shut)
    watch = asyncio.create_task(_watch(door, thread, pause))
    before = sys.getswitchinterval()
    sys.setswitchinterval(TURN_SECONDS)
    try:
        yield door
    finally:
        watch.cancel()
        await asyncio.gather(watch, return_exceptions=True)
        with suppress(RuntimeError):  # it has ended by itself
            loop.call_soon_threadsafe(closed.set)
        # One that hangs would be waited for in vain; as a daemon it ends with the process.
        await asyncio.to_thread(thread.join, HUNG_JOIN_SECONDS if door.hung else None)
        sys.setswitchinterval(before)
