"""Trouble on demand: what a real network and a busy Slack do to an app."""

import random
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

COUNTED = ("ratelimit", "fail", "drop_after", "stall_after")


@dataclass
class Faults:
    """What goes wrong from now on. Counts are used up one by one; shares are drawn from a seeded generator.

    Attributes:
        duplicate: share of events delivered twice.
        delay: each event waits up to this many seconds.
        reorder: deliver events in pairs, the later one first.
        lose_acks: how many of the next acknowledgements of events get lost, so that the event comes again.
        lose_shares: how many of the next finished uploads are never shared, although the call said ok.
        ratelimit: how many of the next calls of a method answer 429.
        fail: how many of the next calls of a method answer 500 without doing anything.
        drop_after: how many of the next calls of a method are carried out, and the connection is dropped
            before the answer.
        stall_after: how many of the next calls of a method are carried out and answered only after
            `stall_seconds`.
        refuse: the error with which the next call of a method is refused.
        retry_after: seconds that a 429 names.
        stall_seconds: how long a stalled answer takes.
        seed: of the generator.
    """

    duplicate: float = 0.0
    delay: float = 0.0
    reorder: bool = False
    lose_acks: int = 0
    lose_shares: int = 0
    ratelimit: Mapping[str, int] = field(default_factory=Counter[str])
    fail: Mapping[str, int] = field(default_factory=Counter[str])
    drop_after: Mapping[str, int] = field(default_factory=Counter[str])
    stall_after: Mapping[str, int] = field(default_factory=Counter[str])
    refuse: dict[str, str] = field(default_factory=dict[str, str])
    retry_after: int = 1
    stall_seconds: float = 60.0
    seed: int = 7

    def __post_init__(self) -> None:
        self._random = random.Random(self.seed)  # noqa: S311 - repeatable trouble, no secret
        self._left = {kind: Counter[str](getattr(self, kind)) for kind in COUNTED}

    def takes(self, kind: str, method: str) -> bool:
        """Use up one fault of this kind, if there is one left for the method."""
        if self._left[kind][method] <= 0:
            return False
        self._left[kind][method] -= 1
        return True

    def loses_ack(self) -> bool:
        """Use up one lost acknowledgement, if there is one left."""
        if self.lose_acks <= 0:
            return False
        self.lose_acks -= 1
        return True

    def loses_share(self) -> bool:
        """Use up one lost share, if there is one left."""
        if self.lose_shares <= 0:
            return False
        self.lose_shares -= 1
        return True

    def refusal(self, method: str) -> str | None:
        """Use up the refusal of a method, if there is one."""
        return self.refuse.pop(method, None)

    def duplicates(self) -> bool:
        """Whether the next event comes twice."""
        return self.duplicate > 0 and self._random.random() < self.duplicate

    def wait(self) -> float:
        """How long the next event waits, in seconds."""
        return self._random.random() * self.delay if self.delay else 0.0
