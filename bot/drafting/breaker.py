"""A circuit breaker: a model that fails again and again is left alone for a while, so that nobody waits for it."""

from collections import deque
from collections.abc import Callable
from enum import StrEnum
from time import monotonic

import structlog

from bot.drafting.floor import Floor
from bot.drafting.port import Drafter, DraftRequest
from bot.models.causes import MAIN, Names, advice
from handoff.draft import Draft, NoUsableDraft

log = structlog.get_logger(__name__)

FAULTS = frozenset(
    ("timeout", "unreachable", "untrusted", "rate_limited", "no_quota", "wrong_key", "unknown_model", "endless")
)
"""Causes that lie with the server and not with the question."""
MOST_FAILURES = 5
WINDOW_SECONDS = 60.0
REST_SECONDS = 30.0
LONGEST_REST_SECONDS = 300.0


class State(StrEnum):
    """Of a breaker."""

    CLOSED = "closed"
    """All may pass."""
    OPEN = "open"
    """Nobody passes."""
    HALF_OPEN = "half_open"
    """One may pass, to see whether it works again."""


class Breaker:
    """Opens when, within a window, enough attempts failed and they are at least half of all."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._lately: deque[tuple[float, bool]] = deque()
        """When attempts ended, and whether they failed."""
        self._opened_at: float | None = None
        self._rest = REST_SECONDS
        self._probing = False

    @property
    def state(self) -> State:
        """What it does now."""
        if self._opened_at is None:
            return State.CLOSED
        return State.HALF_OPEN if self._clock() - self._opened_at >= self._rest else State.OPEN

    def admits(self) -> bool:
        """Whether an attempt may be made; half open, the one that is admitted must report its end."""
        if self.state == State.CLOSED:
            return True
        if self.state == State.OPEN or self._probing:
            return False
        self._probing = True
        return True

    def ended(self, *, failed: bool | None) -> bool:
        """Report how an admitted attempt ended; None when it was given up. Returns whether the state changed."""
        probed, self._probing = self._probing, False
        if failed is None:
            return False
        if probed:
            return self._after_probe(failed=failed)
        now = self._clock()
        self._lately.append((now, failed))
        while self._lately and now - self._lately[0][0] > WINDOW_SECONDS:
            self._lately.popleft()
        failures = sum(each for _, each in self._lately)
        if self._opened_at is None and failures >= MOST_FAILURES and failures * 2 >= len(self._lately):
            self._opened_at = now
            return True
        return False

    def _after_probe(self, *, failed: bool) -> bool:
        if failed:
            self._opened_at, self._rest = self._clock(), min(LONGEST_REST_SECONDS, self._rest * 2)
            return False
        self._opened_at, self._rest = None, REST_SECONDS
        self._lately.clear()
        return True


class Breaking(Floor):
    """Does not ask a model that keeps failing; the state and what to do about it stand in the log."""

    def __init__(self, below: Drafter, *, url: str = "", names: Names = MAIN, breaker: Breaker | None = None) -> None:
        super().__init__(below)
        self._url, self._names = url, names
        self.breaker = breaker or Breaker()

    async def draft(self, request: DraftRequest) -> Draft:
        """Propose a reply.

        Raises:
            NoUsableDraft: as the drafter below, or at once (`resting`) when the breaker is open.
        """
        if not self.breaker.admits():
            raise NoUsableDraft("resting")
        failed: bool | None = None
        cause = ""
        try:
            draft = await self.below.draft(request)
            failed = False
            return draft
        except NoUsableDraft as failure:
            failed, cause = failure.cause in FAULTS, failure.cause
            told = advice(cause, url=self._url, model=self.model, names=self._names)
            log.warning("model_failed", model=self.model, url=self._url, cause=cause, advice=told)
            raise
        finally:
            if self.breaker.ended(failed=failed):
                log.warning("model_breaker", model=self.model, url=self._url, state=self.breaker.state, cause=cause)
