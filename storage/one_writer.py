"""One writer at a time, the urgent ones first: what Slack waits for goes before what it does not."""

import asyncio
import threading
from collections import deque
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager


class OneWriter:
    """A lock in two lines: whoever is `urgent` is next, in the order of coming, and then the others in theirs.

    Those who wait may be in the event loops of several threads.
    """

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._taken = False
        self._lines: dict[bool, deque[asyncio.Future[None]]] = {True: deque(), False: deque()}

    @asynccontextmanager
    async def turn(self, *, urgent: bool = False) -> AsyncGenerator[Callable[[], None]]:
        """Wait for the turn to write, and hand it over in the end.

        Yields:
            What hands it over earlier, from any thread.
        """
        await self._acquire(urgent=urgent)
        mine = True

        def hand_over() -> None:
            nonlocal mine
            if mine:
                mine = False
                self._release()

        try:
            yield hand_over
        finally:
            hand_over()

    async def _acquire(self, *, urgent: bool) -> None:
        with self._guard:
            if not self._taken:
                self._taken = True
                return
            turn = asyncio.get_running_loop().create_future()
            self._lines[urgent].append(turn)
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():
                self._release()  # it was handed over just as we were cancelled: pass it on
            raise

    def _release(self) -> None:
        with self._guard:
            for line in (self._lines[True], self._lines[False]):
                while line:
                    turn = line.popleft()
                    loop = turn.get_loop()
                    if not loop.is_closed():
                        loop.call_soon_threadsafe(self._give, turn)
                        return
            self._taken = False

    def _give(self, turn: asyncio.Future[None]) -> None:
        if turn.done():
            self._release()  # who waited has given up: pass it on
        else:
            turn.set_result(None)
