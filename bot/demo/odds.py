"""How the simulated weeks go: what the AI settles, what people do, who rates and how."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt
from random import Random

from storage.kinds import ResolvedBy

GOLDEN_RATIO = (sqrt(5) - 1) / 2


@dataclass(frozen=True, slots=True)
class Odds:
    """How a topic goes; each figure a share, 0..1. What neither `alone` nor `with_help` is left to people."""

    weight: float
    alone: float
    """The AI settles it."""
    with_help: float
    """The AI answers first, then a person takes over."""
    satisfied_with_ai: float
    satisfied_with_people: float


ODDS: Mapping[str, Odds] = {
    "orders": Odds(0.20, 0.68, 0.12, 0.90, 0.89),
    "delivery": Odds(0.26, 0.72, 0.11, 0.88, 0.87),
    "returns": Odds(0.20, 0.56, 0.18, 0.80, 0.87),
    "payments": Odds(0.12, 0.42, 0.20, 0.72, 0.85),
    "products": Odds(0.12, 0.5, 0.18, 0.78, 0.90),
    "repairs": Odds(0.10, 0.34, 0.30, 0.45, 0.88),
}
SATISFIED_AFTER_HELP = 0.64
RATES = {ResolvedBy.AI: 0.4, ResolvedBy.AI_THEN_HUMAN: 0.4, ResolvedBy.HUMAN: 0.43}
"""The share of asked customers who rate."""
RETURNS = {ResolvedBy.AI: 0.07, ResolvedBy.AI_THEN_HUMAN: 0.05, ResolvedBy.HUMAN: 0.03}
"""The share of those who come back with the same matter within a week."""
CONFIRMS, COMMENTS, REOPENS = 0.55, 0.4, 0.03


class EvenDraws:
    """Draws from 0..1 that are spread evenly for each kind of event, so that even one week shows the odds.

    The n-th draw is the fractional part of a random start plus n times the golden ratio (the Kronecker sequence,
    Niederreiter 1992, ch. 3).
    """

    def __init__(self, chance: Random) -> None:
        self._chance = chance
        self._last: dict[tuple[str, ...], float] = {}

    def draw(self, *kind: str) -> float:
        """The next draw for this kind of event."""
        last = self._last.get(kind)
        drawn = self._chance.random() if last is None else (last + GOLDEN_RATIO) % 1.0
        self._last[kind] = drawn
        return drawn
