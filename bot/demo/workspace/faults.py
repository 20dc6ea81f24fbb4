"""Trouble on demand: what a real network and a busy Slack do to an app."""

import random
from collections import Counter
from dataclasses import dataclass, field


@dataclass
class Faults:
    """What goes wrong from now on. Counts are used up one by one; shares are drawn from a seeded generator.

    Attributes:
        duplicate: share of events delivered twice.
        delay: each event waits up to this many seconds.
        reorder: deliver events in pairs, the later one first.
        ratelimit: how many of the next calls of a method answer 429.
        fail: how many of the next calls of a method answer 500 without doing anything.
        drop_after: how many of the next calls of a method are carried out, and the connection is dropped
            before the answer.
        retry_after: seconds that a 429 names.
    """

    duplicate: float = 0.0
    delay: float = 0.0
    reorder: bool = False
    ratelimit: Counter[str] = field(default_factory=Counter[str])
    fail: Counter[str] = field(default_factory=Counter[str])
    drop_after: Counter[str] = field(default_factory=Counter[str])
    retry_after: int = 1
    seed: int = 7

    def __post_init__(self) -> None:
        self.random = random.Random(self.seed)  # noqa: S311 - repeatable trouble, no secret
        for name in ("ratelimit", "fail", "drop_after"):
            setattr(self, name, Counter(getattr(self, name)))

    def takes(self, kind: Counter[str], method: str) -> bool:
        """Use up one fault of this kind, if there is one left for the method."""
        if kind[method] <= 0:
            return False
        kind[method] -= 1
        return True

    def duplicates(self) -> bool:
        """Whether the next event comes twice."""
        return self.duplicate > 0 and self.random.random() < self.duplicate

    def wait(self) -> float:
        """How long the next event waits, in seconds."""
        return self.random.random() * self.delay if self.delay else 0.0
