"""Tells a flood from a customer in a hurry: how many messages each one wrote within the last minute."""

import time
from collections import deque
from collections.abc import Callable

MINUTE = 60.0
MOST_WATCHED = 10_000
"""Customers whose pace is kept; who has been quiet longest is forgotten first."""


class Pace:
    """Counts messages by customer, in this process alone.

    Args:
        most: how many within a minute are still no flood.
        clock: seconds that only go forward.
    """

    def __init__(self, most: int, clock: Callable[[], float] = time.monotonic) -> None:
        self.most, self._clock = most, clock
        self._written: dict[str, deque[float]] = {}

    def flooded_by(self, customer: str) -> bool:
        """Count one more message; whether it is one too many."""
        moments = self._written.pop(customer, None) or deque[float](maxlen=self.most + 1)
        moments.append(self._clock())
        self._written[customer] = moments  # the last one is the one who wrote last
        if len(self._written) > MOST_WATCHED:
            del self._written[next(iter(self._written))]
        return self._too_many(moments)

    def in_flood(self, customer: str) -> bool:
        """Whether the last minute of a customer holds too many messages."""
        return self._too_many(self._written.get(customer) or deque[float]())

    def _too_many(self, moments: deque[float]) -> bool:
        return len(moments) > self.most and moments[0] > self._clock() - MINUTE
