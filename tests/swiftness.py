"""Limits of computing time that hold on a slow or a busy machine as well."""

import time
from collections.abc import Callable

ROUNDS = 20_000
USUAL_SECONDS = 0.0007
"""What the rounds take on the machine on which the limits were set."""


def takes(work: Callable[[], object], *, times: int = 3) -> float:
    """The seconds that a piece of work computes, at the best of some times."""
    return min(_seconds(work) for _ in range(times))


def stretched(seconds: float) -> float:
    """A limit, as many times longer as this machine is slower than the usual one at this moment; never shorter."""
    return seconds * max(1.0, takes(_rounds, times=5) / USUAL_SECONDS)


def _seconds(work: Callable[[], object]) -> float:
    began = time.thread_time()
    work()
    return time.thread_time() - began


def _rounds() -> int:
    total = 0
    for number in range(ROUNDS):
        total += number * number % 7
    return total
