"""Asks a second model when the first gives no usable draft."""

import structlog

from bot.drafting.floor import Floor
from bot.drafting.port import Drafter, DraftRequest
from handoff.draft import Draft, NoUsableDraft

log = structlog.get_logger(__name__)

MEANT = frozenset(("refused", "filtered"))
"""Causes by which a model, or its provider, declines to answer: a person decides then, not another model."""


class FallingOver(Floor):
    """To certificates it is the first model; a draft of the second one names its own, which has none of the first's."""

    def __init__(self, first: Drafter, second: Drafter) -> None:
        super().__init__(first)
        self._second = second

    async def draft(self, request: DraftRequest) -> Draft:
        """Propose a reply by the first model, else by the second.

        Raises:
            NoUsableDraft: when neither has one; the cause is that of the first.
        """
        try:
            return await self.below.draft(request)
        except NoUsableDraft as failure:
            if failure.cause in MEANT:
                raise
            log.warning("model_fell_over", model=self.model, cause=failure.cause, to=self._second.model)
            try:
                return await self._second.draft(request)
            except NoUsableDraft as second:
                raise NoUsableDraft(failure.cause, failure.usage + second.usage, failure.retry_after) from second

    async def close(self) -> None:
        """Close both."""
        await self.below.close()
        await self._second.close()
