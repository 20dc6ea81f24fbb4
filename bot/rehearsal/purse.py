"""What a rehearsal may spend, held before each call of a model instead of after it."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager

from bot.checking.panel import Panel
from bot.checking.port import Grade, GradeRequest
from bot.costs import account
from bot.drafting.floor import Floor
from bot.drafting.port import Drafter, DraftRequest
from handoff.draft import Draft


class CeilingReached(Exception):
    """The next call could cost more than is left."""


class ModelSilent(Exception):
    """The model that plays or judges gave no usable answer; the text says why."""


class Purse:
    """Money for calls of models, in US dollars.

    A call is let through when the dearest one so far still fits beside all that are under way, so that the ceiling
    is passed by what a call costs more than any before it, at most. Until the first one's price is known it is alone.

    Args:
        ceiling: the most that may be spent; nothing means no limit.
    """

    def __init__(self, ceiling: float | None = None) -> None:
        self.ceiling, self.spent = ceiling, 0.0
        self._dearest, self._open = 0.0, 0
        self._first: asyncio.Event | None = None

    @asynccontextmanager
    async def call(self) -> AsyncGenerator[Callable[[float], None]]:
        """Make one call inside; pay by calling what is given.

        Raises:
            CeilingReached: when it does not fit.
        """
        first = await self._after_the_first()
        if self.ceiling is not None and self._too_dear(self.ceiling):
            if first:
                first.set()
            raise CeilingReached
        self._open += 1
        try:
            yield self._pay
        finally:
            self._open -= 1
            if first:
                first.set()

    async def _after_the_first(self) -> asyncio.Event | None:
        """Wait until the first call has a price; the caller that gets the event is the first, and sets it."""
        if self._first is None:
            self._first = asyncio.Event()
            return self._first
        await self._first.wait()
        return None

    def _too_dear(self, ceiling: float) -> bool:
        return self.spent >= ceiling or self.spent + (self._open + 1) * self._dearest > ceiling

    def paid(self, dollars: float) -> None:
        """Pay for what was not asked for beforehand; the next call is held against what is left."""
        self.spent += dollars

    def _pay(self, dollars: float) -> None:
        self.spent += dollars
        self._dearest = max(self._dearest, dollars)


class PaidDrafter(Floor):
    """A drafter whose calls are paid from a purse."""

    def __init__(self, drafter: Drafter, purse: Purse) -> None:
        super().__init__(drafter)
        self._purse = purse

    async def draft(self, request: DraftRequest) -> Draft:
        """Propose a reply, when there is money for it.

        Raises:
            CeilingReached: when there is none.
            NoUsableDraft: as the drafter itself.
        """
        async with self._purse.call() as pay:
            draft = await self.below.draft(request)
            pay(draft.usage.dollars)
            return draft


class PaidPanel(Panel):
    """Graders who are paid from a purse after they were asked: the ceiling holds from the next draft on.

    What they cost is read off the account that a rehearsal counts in.
    """

    def __init__(self, panel: Panel, purse: Purse) -> None:
        self._panel, self._purse = panel, purse
        self.version = panel.version

    async def grade(self, request: GradeRequest, seconds: float) -> list[Grade]:
        """The grades of those who answered in time."""
        before = account.dollars()
        try:
            return await self._panel.grade(request, seconds)
        finally:
            self._purse.paid(account.dollars() - before)

    async def close(self) -> None:
        """Let go of connections."""
        await self._panel.close()
