"""Asks again after what passes by itself, as long as there is time; the time limit holds for all attempts together."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from dataclasses import replace

import structlog

from bot.drafting.floor import Floor
from bot.drafting.port import Drafter, DraftRequest
from handoff.draft import Draft, NoUsableDraft, Usage

log = structlog.get_logger(__name__)

PASSING = frozenset(("rate_limited", "unreachable"))
"""Causes that may be gone after a while."""
BY_CHANCE = frozenset(("invalid_output",))
"""Causes that may not come twice; one more attempt, at once."""
MOST_ATTEMPTS = 4
FIRST_WAIT_SECONDS = 0.5
LONGEST_WAIT_SECONDS = 8.0
LEAST_SECONDS_FOR_AN_ANSWER = 1.0


class Retrying(Floor):
    """Tries again on 429 and 5xx, after what the server asks for or with doubling, jittered waits."""

    def __init__(
        self, below: Drafter, seconds: float, *, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    ) -> None:
        super().__init__(below)
        self._seconds = seconds
        """For all attempts together."""
        self._sleep = sleep

    async def draft(self, request: DraftRequest) -> Draft:
        """Propose a reply.

        Raises:
            NoUsableDraft: as the drafter below, when there is no point or no time in trying again.
        """
        spent = Usage()
        try:
            async with asyncio.timeout(self._seconds) as limit:
                for attempt in range(1, MOST_ATTEMPTS + 1):
                    try:
                        draft = await self.below.draft(request)
                    except NoUsableDraft as failure:
                        spent += failure.usage
                        await self._before_another(failure, attempt, limit, spent)
                    else:
                        return replace(draft, usage=spent + draft.usage)
        except TimeoutError as error:
            raise NoUsableDraft("timeout", spent) from error
        raise AssertionError("the last attempt returns or raises")

    async def _before_another(self, failure: NoUsableDraft, attempt: int, limit: asyncio.Timeout, spent: Usage) -> None:
        wait = wait_before(failure, attempt)
        left = (limit.when() or 0.0) - asyncio.get_running_loop().time()
        if wait is None or wait + LEAST_SECONDS_FOR_AN_ANSWER > left:
            raise NoUsableDraft(failure.cause, spent, failure.retry_after) from failure
        log.info("model_asked_again", model=self.model, cause=failure.cause, after_seconds=round(wait, 2))
        await self._sleep(wait)


def wait_before(failure: NoUsableDraft, attempt: int) -> float | None:
    """How many seconds to wait before another attempt, with jitter; None for no other.

    Args:
        failure: of the last attempt.
        attempt: its number, from 1.
    """
    if failure.cause in BY_CHANCE:
        return 0.0 if attempt == 1 else None
    if failure.cause not in PASSING or attempt >= MOST_ATTEMPTS:
        return None
    doubling = min(LONGEST_WAIT_SECONDS, FIRST_WAIT_SECONDS * 2 ** (attempt - 1))
    jitter = random.uniform(0.5, 1.0)  # noqa: S311 - it spreads load, and guards nothing
    if failure.retry_after is None:
        return doubling * jitter
    return failure.retry_after + FIRST_WAIT_SECONDS * (jitter - 0.5)  # never earlier than the server asks
