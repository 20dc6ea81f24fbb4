"""How long something takes: medians and what two arms differ by, with 95 % intervals. Pure.

Times are far from bell-shaped, and one conversation that lay over a holiday moves a mean by hours. So these are
medians, and intervals that assume no shape.
"""

from collections.abc import Sequence
from math import floor, sqrt
from typing import TYPE_CHECKING

from handoff.binomial import MOST_DRAWS, lower_tail
from handoff.compared import FEWEST_RATINGS
from handoff.intervals import Interval, Z, student

if TYPE_CHECKING:
    from numpy import float64
    from numpy.typing import NDArray

    Numbers = NDArray[float64]

EXACT = 10_000
"""Up to so many times the ranks of a median's interval come from the exact binomial tail."""
ROUNDING = 1e-6
"""A rank that is whole but for rounding is the one below, whichever arm comes first."""
FEWEST_OVER = 6
"""Times that are over, below which no median is told with those that are not: as for the interval of a median."""
FEWEST_WATCHED = 3
"""So many must still be watched at each ending up to the median: fewer, who came late or stayed, are no half of all."""
HALF = 0.5
HALVINGS = 64
"""Each halves the stretch in which a difference is looked for; so many exhaust the digits of a number."""


def median(seconds: Sequence[float]) -> Interval | None:
    """The median and its interval from two of the ordered times; None with fewer than 6, which no two enclose at 95 %.

    Source: W. R. Thompson, "On confidence ranges for the median and other expectation distributions for populations
    of unknown distribution form", Annals of Mathematical Statistics 7 (1936).
    """
    ordered = sorted(seconds)
    count = len(ordered)
    outside = _ranks_outside(count)
    if outside is None:
        return None
    middle = (ordered[(count - 1) // 2] + ordered[count // 2]) / 2
    return Interval(middle, ordered[outside], ordered[count - 1 - outside])


def _ranks_outside(count: int) -> int | None:
    """How many times may lie outside on each side: the most for which the interval still holds 95 %."""
    if count > min(EXACT, MOST_DRAWS):
        return floor(count / 2 - Z * sqrt(count) / 2)
    below, above = -1, count // 2
    while above - below > 1:
        middle = (below + above) // 2
        if lower_tail(middle, count, 0.5) <= 0.025:  # noqa: PLR2004 - half of 5 %
            below = middle
        else:
            above = middle
    return below if below >= 0 else None


def median_with_open(came: Sequence[float], left: Sequence[float], ended: Sequence[bool]) -> float | None:
    """The median of times some of which are not over; None when fewer than half would be over by the longest known.

    Who measures only what is over takes it for quicker than it is, and the more so the more is left lying. So what is
    open counts among those that might end, for as long as it has been open.

    Args:
        came: from which time on, in seconds since its beginning, each was watched: what began before the days that are
            looked at was watched from their first moment on.
        left: the time when it ended, or until which it was watched; above `came`.
        ended: whether it ended then.

    Returns:
        The least time by which half have ended, in seconds, by E. L. Kaplan and P. Meier's estimate ("Nonparametric
        estimation from incomplete observations", JASA 53, 1958) with late entries (W.-Y. Tsai, N. P. Jewell and
        M.-C. Wang, "A note on the product-limit estimator under right censoring and left truncation", Biometrika 74,
        1987). None with fewer than 6 that ended, or that were watched when the first one ended, or with fewer than 3
        that were watched at a later ending up to the median: where most came late, one quick ending of the only one
        watched by then would be told as the median of all.
    """
    import numpy as np  # noqa: PLC0415 - heavy, and wanted for reports alone

    entered, exits, over = np.asarray(came, np.float64), np.asarray(left, np.float64), np.asarray(ended, np.bool_)
    if int(over.sum()) < FEWEST_OVER:
        return None
    moments, events = np.unique(exits[over], return_counts=True)
    entered = np.sort(np.where(entered > 0, entered, -1.0))
    at_risk = np.searchsorted(entered, moments, side="left") - np.searchsorted(np.sort(exits), moments, side="left")
    surviving = np.cumprod(1 - events / at_risk)
    below = np.flatnonzero(surviving <= HALF + ROUNDING)
    if not below.size or at_risk[0] < FEWEST_OVER or at_risk[: below[0] + 1].min() < FEWEST_WATCHED:
        return None
    return float(moments[below[0]])


def shift(first: Sequence[float], second: Sequence[float]) -> Interval | None:
    """How much longer the first arm takes than the second: the median of all differences of one of each.

    Args:
        first: seconds of each conversation of an arm, finite, in any order.
        second: those of the other arm.

    Returns:
        Hodges and Lehmann's estimate (1963), in seconds. Its bounds are the differences at the ranks to which the
        probability that a time of the first arm is the longer can move; its error is by placements, as E. Brunner and
        U. Munzel have it (2000), so the arms may differ in spread and shape as well. None with fewer than 8 times in an
        arm.

    50,000 times of each arm have 2.5 thousand million differences. They are counted, never listed: how many lie below a
    number takes one pass over the ordered times, and halving finds the number below which the wanted count lies.
    """
    if min(len(first), len(second)) < FEWEST_RATINGS:
        return None
    import numpy as np  # noqa: PLC0415 - heavy, and wanted for reports alone

    one, two = np.sort(np.asarray(first, dtype=np.float64)), np.sort(np.asarray(second, dtype=np.float64))
    pairs = one.size * two.size
    estimate = (_difference_at(one, two, (pairs - 1) // 2) + _difference_at(one, two, pairs // 2)) / 2
    half = _half_width(one, two, estimate)
    low = max(0, floor(pairs * (0.5 - half) - ROUNDING))
    return Interval(estimate, _difference_at(one, two, low), _difference_at(one, two, pairs - 1 - low))


def _difference_at(one: "Numbers", two: "Numbers", rank: int) -> float:
    """The difference with so many smaller ones, of all differences of one time of each arm."""
    low, high = float(one[0] - two[-1]), float(one[-1] - two[0])
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        at_most = one.size * two.size - int(two.searchsorted(one - middle, side="left").sum())
        if at_most > rank:
            high = middle
        else:
            low = middle
    # Halving ends a hair above the difference itself, and equal times would no longer be seen as such.
    nearest = two.searchsorted(one - high, side="left")
    below = nearest < two.size
    return float((one[below] - two[nearest[below]]).max()) if below.any() else high


def _half_width(one: "Numbers", two: "Numbers", estimate: float) -> float:
    """How far from one half the probability of the longer time can be, once the estimate is taken off the first arm."""
    moved = one - estimate
    placed1 = (two.searchsorted(moved, "left") + two.searchsorted(moved, "right")) / (2 * two.size)
    placed2 = (moved.searchsorted(two, "left") + moved.searchsorted(two, "right")) / (2 * one.size)
    parts = [
        (float(placed1.var(ddof=1)) / one.size, one.size - 1),
        (float(placed2.var(ddof=1)) / two.size, two.size - 1),
    ]
    variance = sum(part for part, _ in parts)
    squares = sum(part**2 / freedom for part, freedom in parts)
    return student(variance**2 / squares) * sqrt(variance) if squares else 0.0
