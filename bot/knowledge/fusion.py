"""Joins rankings into one by the places alone, so that scores of different kinds need no common scale. Pure."""

from collections.abc import Sequence

SMOOTHING = 60
"""As in Cormack, Clarke & Büttcher, "Reciprocal Rank Fusion outperforms Condorcet and individual Rank Learning
Methods" (2009): places near the top differ little."""


def reciprocal_rank(*rankings: Sequence[str]) -> dict[str, float]:
    """What each id gets from all rankings (ids, best first): the sum of 1 / (60 + place)."""
    gained: dict[str, float] = {}
    for ranking in rankings:
        for place, each in enumerate(ranking, 1):
            gained[each] = gained.get(each, 0.0) + 1 / (SMOOTHING + place)
    return gained
