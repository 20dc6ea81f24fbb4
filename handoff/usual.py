"""What share of bad outcomes is usual, learnt from the days before. Pure.

It is the share of the last half year without the last two weeks, apart for working days and weekends, raised by its own
estimation error (one-sided, 90 %). Days that differ more than chance would have it (other topics, a campaign) make each
outcome count for less: how much more they differ, or their weeks do, is the dispersion.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from handoff.watches import Watch

LAG_DAYS = 14
"""The last days do not teach what is usual: they are what is judged."""
LEAST_DAYS, LEAST_OUTCOMES = 14, 40
"""What is usual is not known before."""
SURE = 1.2816
"""How many standard errors are added to the usual share: 90 %, one-sided."""
CLASS_WEIGHT = 50.0
"""Working days and weekends borrow from all days as if these were so many outcomes more."""
MOST_DISPERSION = 5.0
DISPERSION_WEIGHT = 14.0
"""The dispersion is drawn to 1 as if by so many days that differ as chance has it."""
_SATURDAY = 5
_WEEK = 7


@dataclass(frozen=True, slots=True)
class Day:
    """The outcomes of one day."""

    day: int
    """As `date.toordinal`."""
    seen: int = 0
    bad: int = 0
    odd: bool = False
    """Whether it belongs to an alarm, and so does not teach what is usual."""

    @property
    def weekend(self) -> bool:
        """Whether it is a Saturday or a Sunday."""
        return (self.day - 1) % _WEEK >= _SATURDAY  # the first ordinal is a Monday; `weekday()` is several times slower


@dataclass(frozen=True, slots=True)
class Usual:
    """What is usual, as known at the beginning of a day."""

    share: float
    """On a day of this class."""
    most: float
    """The share raised by its estimation error."""
    dispersion: float
    """1 where days differ as chance has it; more where they differ more."""
    outcomes: int
    """From how many it was learnt."""
    a_year: float
    """How many outcomes there are in a year."""


def usual_of(days: Iterable[Day], watch: Watch, day: int) -> Usual | None:
    """What is usual on a day, from the days before; None when too little is known.

    A watch that does not learn first takes its floor until enough is known.
    """
    before = [each for each in days if not each.odd and each.seen and each.day < day - LAG_DAYS]
    seen, bad = sum(each.seen for each in before), sum(each.bad for each in before)
    recent = [each for each in days if each.seen and each.day >= day - 28]
    a_year = max(_a_year(before, day - LAG_DAYS), _a_year(recent, day))
    if len(before) < LEAST_DAYS or seen < LEAST_OUTCOMES:
        return None if watch.learns else Usual(watch.floor, watch.floor, 1.0, 0, max(a_year, 365.0))
    share = bad / seen
    classes = {weekend: _share_of_class(before, weekend=weekend, share=share) for weekend in (False, True)}
    dispersion = _dispersion(before, classes)
    of_class = classes[Day(day).weekend]
    error = math.sqrt(dispersion * max(of_class * (1 - of_class), 1 / seen) / seen)
    most = min(max(of_class + SURE * error, watch.floor), 0.95)
    return Usual(of_class, most, dispersion, seen, a_year)


def _a_year(days: Sequence[Day], until: int) -> float:
    if not days:
        return 0.0
    return 365 * sum(each.seen for each in days) / max(until - days[0].day, _WEEK)


def _share_of_class(days: Sequence[Day], *, weekend: bool, share: float) -> float:
    seen = sum(each.seen for each in days if each.weekend == weekend)
    bad = sum(each.bad for each in days if each.weekend == weekend)
    return (bad + CLASS_WEIGHT * share) / (seen + CLASS_WEIGHT)


def _dispersion(days: Sequence[Day], classes: Mapping[bool, float]) -> float:
    """Pearson's chi-squared a degree of freedom, over days and over weeks; the larger, at least 1.

    Source: P. McCullagh and J. A. Nelder, "Generalized Linear Models" (1989), section 4.5.
    """
    weeks: dict[int, tuple[float, float]] = {}
    by_day = 0.0
    for each in days:
        share = min(max(classes[each.weekend], 1e-6), 1 - 1e-6)
        off, variance = each.bad - each.seen * share, each.seen * share * (1 - share)
        by_day += off * off / variance
        sums = weeks.get(each.day // _WEEK, (0.0, 0.0))
        weeks[each.day // _WEEK] = (sums[0] + off, sums[1] + variance)
    by_week = sum(off * off / variance for off, variance in weeks.values())
    found = [
        (chi + DISPERSION_WEIGHT) / (count - 1 + DISPERSION_WEIGHT)
        for chi, count in ((by_day, len(days)), (by_week, len(weeks)))
    ]
    return min(max(1.0, *found), MOST_DISPERSION)
