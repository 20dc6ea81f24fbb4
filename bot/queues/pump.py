"""Keeps a queue moving: claims as many rows as there are free hands, and works on them side by side."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from typing import Generic, TypeVar

import structlog

log = structlog.get_logger(__name__)

IDLE_SECONDS = 1.0
"""How long a pump rests when nothing wakes it: rows that wait for their time, or came by another process."""
LANES_SECONDS = 0.03
"""How soon it is looked whether the lane of what was finished holds more: most hold nothing, and on a busy day the
queue is looked at before."""
CLOSING_SECONDS = 7.0
"""How long what is in work may take once the pump closes; containers are often killed after ten seconds."""


Row = TypeVar("Row")


class Pump(Generic[Row]):
    """A loop over `claim` and `work`.

    Args:
        name: for the log.
        claim: takes how many rows at most, and returns those it got.
        work: handles one row, and deals with its failures itself.
        hands: how many rows are worked on at once.
    """

    def __init__(
        self,
        name: str,
        *,
        claim: Callable[[int], Awaitable[Sequence[Row]]],
        work: Callable[[Row], Awaitable[None]],
        hands: int,
    ) -> None:
        self._name, self._claim, self._work, self._hands = name, claim, work, hands
        self._wake = asyncio.Event()
        self._at_work: set[asyncio.Task[None]] = set()
        self._loop: asyncio.Task[None] | None = None
        self._look: asyncio.TimerHandle | None = None
        self._crowded = False
        """Whether more may be due than there were hands."""
        self._closing = False

    def start(self) -> None:
        """Begin to move the queue."""
        self._loop = asyncio.create_task(self._run(), name=self._name)

    def wake(self) -> None:
        """Something new is in the queue."""
        self._wake.set()

    async def close(self) -> None:
        """Claim nothing more, wait for what is in work, and after a while give up what still is: it is done anew."""
        self._closing = True
        self.wake()
        if self._loop:
            await self._loop
        self._look_no_more()
        if not self._at_work:
            return
        _, late = await asyncio.wait(self._at_work, timeout=CLOSING_SECONDS)
        for task in late:
            task.cancel()
        if late:
            log.info("work_given_up", queue=self._name, rows=len(late))
            await asyncio.wait(late)

    async def _run(self) -> None:
        while not self._closing:
            self._wake.clear()
            self._look_no_more()
            free = self._hands - len(self._at_work)
            rows = await self._claim_some(free) if free else []
            self._crowded = len(rows) == free
            for row in rows:
                task = asyncio.create_task(self._one(row))
                self._at_work.add(task)
                task.add_done_callback(self._finished)
            if not self._closing and (len(rows) < free or not free):
                await self._rest()

    async def _claim_some(self, free: int) -> Sequence[Row]:
        try:
            return await self._claim(free)
        except Exception:
            log.exception("claim_failed", queue=self._name)
            await asyncio.sleep(IDLE_SECONDS)
            return []

    async def _one(self, row: Row) -> None:
        try:
            await self._work(row)
        except Exception:
            log.exception("work_failed", queue=self._name)

    def _finished(self, task: asyncio.Task[None]) -> None:
        self._at_work.discard(task)
        if self._crowded:
            self.wake()
        elif self._look is None:
            self._look = asyncio.get_running_loop().call_later(LANES_SECONDS, self.wake)

    def _look_no_more(self) -> None:
        """The queue is looked at now."""
        if self._look:
            self._look.cancel()
            self._look = None

    async def _rest(self) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(self._wake.wait(), IDLE_SECONDS)
