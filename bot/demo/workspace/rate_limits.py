"""Rate limits by tier, and the special one of posting."""

import math
import time
from collections.abc import Callable

from bot.demo.workspace.errors import RateLimited

TIER_1, TIER_2, TIER_3, TIER_4 = 1, 20, 50, 100
"""Calls a minute."""
POSTING = -1
"""chat.postMessage: about one a second and channel with short bursts, and some hundreds a minute in all."""
UNLIMITED = 0
A_CHANNEL, BURST, IN_ALL = 60, 5, 300


class RateLimits:
    """A bucket of calls for each method; for posts also one for each channel.

    Args:
        clock: seconds that only grow.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._buckets: dict[tuple[str, str], tuple[float, float]] = {}

    def check(self, method: str, channel: str, a_minute: int) -> None:
        """Count a call.

        Raises:
            RateLimited: when there were too many; it says after how many seconds the next one will pass.
        """
        if a_minute == UNLIMITED:
            return
        if a_minute == POSTING:
            self._take((method, channel), A_CHANNEL, BURST)
            self._take((method, ""), IN_ALL, IN_ALL)
        else:
            self._take((method, ""), a_minute, a_minute)

    def _take(self, key: tuple[str, str], a_minute: int, burst: int) -> None:
        now = self._clock()
        left, since = self._buckets.get(key, (float(burst), now))
        left = min(float(burst), left + (now - since) * a_minute / 60)
        if left < 1:
            self._buckets[key] = (left, now)
            raise RateLimited(max(1, math.ceil((1 - left) * 60 / a_minute)))
        self._buckets[key] = (left - 1, now)
