"""Leaves a grader alone for a while that fails or is late again and again, so that no customer waits for it."""

import asyncio
import time

import structlog

from bot.checking.port import Grade, Grader, GradeRequest, NoUsableGrade
from bot.drafting.breaker import FAULTS, Breaker

log = structlog.get_logger(__name__)

LATE_SHARE = 0.9
"""Of the time that graders have: one given up after it was too slow, one given up sooner had no fair chance."""


class RestingGrader:
    """A grader under a breaker of its own: when all of a panel come back, all are heard again.

    Args:
        inside: the grader.
        seconds: the longest wait for graders.
        breaker: a fresh one if none is given.
    """

    def __init__(self, inside: Grader, seconds: float, breaker: Breaker | None = None) -> None:
        self._inside, self._seconds = inside, seconds
        self._breaker = breaker or Breaker()

    @property
    def version(self) -> str:
        """That of the grader inside: a rest changes no judgement."""
        return self._inside.version

    async def grade(self, request: GradeRequest) -> Grade:
        """Judge a reply.

        Raises:
            NoUsableGrade: as the grader inside does, or at once (`resting`).
        """
        if not self._breaker.admits():
            raise NoUsableGrade("resting")
        failed: bool | None = None
        cause, started = "", time.perf_counter()
        try:
            grade = await self._inside.grade(request)
            failed = False
            return grade
        except NoUsableGrade as failure:
            cause, failed = failure.cause, failure.cause in FAULTS
            raise
        except asyncio.CancelledError:
            if time.perf_counter() - started >= LATE_SHARE * self._seconds:
                cause, failed = "timeout", True
            raise
        finally:
            if self._breaker.ended(failed=failed):
                log.warning("grader_breaker", grader=self.version, state=self._breaker.state, cause=cause)

    async def close(self) -> None:
        """Close the grader inside."""
        await self._inside.close()
