"""Risk against coverage: how much a threshold would answer, and how much of that would be wrong. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby


@dataclass(frozen=True, slots=True)
class Weighed:
    """A reviewed draft, with how many drafts it stands for."""

    confidence: float
    wrong: bool
    weight: float
    """One over the probability, 0..1, of having been drawn."""


@dataclass(frozen=True, slots=True)
class Point:
    """What a threshold would do, as the reviews tell it."""

    threshold: float
    coverage: float
    """The share, 0..1, of drafts at or above it."""
    error: float
    """The share, 0..1, of wrong ones among those."""
    reviews: int
    """Reviewed drafts at or above it."""


def curve(reviewed: Iterable[Weighed]) -> list[Point]:
    """The points of all thresholds, from strict to loose.

    Shares are ratios of weighted sums (Hájek's estimator), so that drafts which were likelier to be reviewed do not
    count more. Ties in confidence share a point. Without reviews there are no points.
    """
    ordered = sorted((each for each in reviewed if each.weight > 0), key=lambda each: -each.confidence)
    whole = sum(each.weight for each in ordered)
    points: list[Point] = []
    weight = wrong = 0.0
    count = 0
    for confidence, tied in groupby(ordered, key=lambda each: each.confidence):
        for each in tied:
            weight += each.weight
            wrong += each.weight * each.wrong
            count += 1
        points.append(Point(confidence, weight / whole, wrong / weight, count))
    return points
