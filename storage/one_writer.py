"""One writer at a time, the urgent ones first: what Slack waits for goes before what it does not, for a while."""

import asyncio
import threading
from collections import deque
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager

MOST_BEFORE_OTHERS = 16
"""Urgent turns in a row while others wait. On a slow disk what comes in would write without end, and what came in
would never be answered; so many are a tenth of a second, and Slack waits for three."""


class OneWriter:
    """A lock in two lines: whoever is `urgent` is next, in the order of coming, and then the others in theirs.

    Those who wait may be in the event loops of several threads. A loop with much to do may take long until it goes on
    with the one whose turn it is: until then the urgent ones go before that one as well. After `MOST_BEFORE_OTHERS` of
    them it is the turn of one of the others, and nobody goes before that one.
    """

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._taken = False
        self._offered: asyncio.Future[None] | None = None
        """Whose turn it is of those that are not urgent, as long as they have not begun."""
        self._overtaken = 0
        """How many urgent ones went before one of the others since one of these had a turn."""
        self._lines: dict[bool, deque[asyncio.Future[None]]] = {True: deque(), False: deque()}

    @asynccontextmanager
    async def turn(self, *, urgent: bool = False) -> AsyncGenerator[None]:
        """Wait for the turn to write, and hand it over in the end."""
        await self._acquire(urgent=urgent)
        try:
            yield
        finally:
            self._release()

    async def _acquire(self, *, urgent: bool) -> None:
        waiting = self._take_or_wait(urgent=urgent)
        while waiting is not None:
            try:
                await waiting
            except asyncio.CancelledError:
                if waiting.done() and not waiting.cancelled():
                    self._pass_on(waiting, urgent=urgent)
                raise
            waiting = None if urgent else self._begin_or_wait(waiting)

    def _take_or_wait(self, *, urgent: bool) -> asyncio.Future[None] | None:
        """Take the turn if nobody writes; else stand at the end of one's line."""
        with self._guard:
            if not self._taken or (urgent and self._offered and self._overtaken < MOST_BEFORE_OTHERS):
                self._overtaken += self._offered is not None
                self._taken, self._offered = True, None
                return None
            return self._wait_in(self._lines[urgent].append)

    def _begin_or_wait(self, offer: asyncio.Future[None]) -> asyncio.Future[None] | None:
        """Begin with the turn that was offered; whoever was overtaken meanwhile stands at the head of the line."""
        with self._guard:
            if self._offered is offer or not self._taken:
                self._taken, self._offered, self._overtaken = True, None, 0
                return None
            return self._wait_in(self._lines[False].appendleft)

    def _wait_in(self, stand: Callable[[asyncio.Future[None]], None]) -> asyncio.Future[None]:
        waiting = asyncio.get_running_loop().create_future()
        stand(waiting)
        return waiting

    def _pass_on(self, given: asyncio.Future[None], *, urgent: bool) -> None:
        """It was handed over just as whoever waited gave up."""
        with self._guard:
            if urgent or self._offered is given:  # else somebody urgent has taken it
                self._next()

    def _release(self) -> None:
        with self._guard:
            self._next()

    def _next(self) -> None:
        self._offered = None
        for urgent in (True, False) if self._overtaken < MOST_BEFORE_OTHERS else (False, True):
            line = self._lines[urgent]
            while line:
                if self._offer(line.popleft(), urgent=urgent):
                    self._overtaken += urgent and bool(self._lines[False])
                    return
        self._taken = False

    def _offer(self, turn: asyncio.Future[None], *, urgent: bool) -> bool:
        """Give the turn to one who waits; false for one who has given up, or whose loop has ended."""
        if turn.done():
            return False
        self._offered = None if urgent else turn
        try:
            turn.get_loop().call_soon_threadsafe(self._give, turn, urgent)
        except RuntimeError:
            self._offered = None
            return False
        return True

    def _give(self, turn: asyncio.Future[None], urgent: bool) -> None:
        if not turn.done():
            turn.set_result(None)
        else:  # who waited has given up
            self._pass_on(turn, urgent=urgent)
