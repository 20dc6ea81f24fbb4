"""Shares and what they differ by, with 95 % intervals. Pure.

Shares and differences run from 0 to 1 (or -1 to 1); a "point" is one percent.
"""

from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist

Z = NormalDist().inv_cdf(0.975)
"""The normal quantile of a two-sided 95 % interval."""
POWER = 0.8
"""With which probability a difference called visible would have been shown."""
Z_POWER = NormalDist().inv_cdf(POWER)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many ratings an arm got, and how many of them were 4 or 5."""

    satisfied: int = 0
    ratings: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(self.satisfied + other.satisfied, self.ratings + other.ratings)

    @property
    def share(self) -> float | None:
        """The satisfied share, 0..1; None without ratings."""
        return self.satisfied / self.ratings if self.ratings else None


@dataclass(frozen=True, slots=True)
class Interval:
    """An estimate and the 95 % interval around it."""

    estimate: float
    low: float
    high: float

    @property
    def excludes_zero(self) -> bool:
        """Whether the whole interval lies on one side of zero."""
        return self.low > 0 or self.high < 0

    def around(self, estimate: float, *, least: float = -1.0, most: float = 1.0) -> "Interval":
        """The same bounds for this estimate, which lies within them, all of it within `least` and `most`."""
        return Interval(estimate, max(least, min(self.low, estimate)), min(most, max(self.high, estimate)))


def wilson(tally: Tally) -> Interval | None:
    """The share of satisfied customers with Wilson's score interval; None without ratings."""
    return score_interval(tally.satisfied / tally.ratings, tally.ratings) if tally.ratings else None


def score_interval(share: float, count: float, quantile: float = Z) -> Interval:
    """Wilson's score interval of a share.

    Args:
        share: the share seen, 0..1.
        count: of how many, above 0; a fraction where ratings weigh differently, the "effective" number.
        quantile: how many standard errors wide to each side.

    Source: E. B. Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22 (1927).
    """
    squared = quantile * quantile
    middle = (share + squared / (2 * count)) / (1 + squared / count)
    spread = sqrt(share * (1 - share) / count + squared / (4 * count * count))
    half = quantile * spread / (1 + squared / count)
    # At 0 and 1 rounding may leave the bound a hair inside or outside of the share itself.
    return Interval(share, middle - half, middle + half).around(share, least=0.0)


def newcombe(first: Tally, second: Tally) -> Interval | None:
    """Difference of two shares, first minus second, with Newcombe's hybrid score interval; None if one is empty.

    Source: R. G. Newcombe, "Interval estimation for the difference between independent proportions: comparison of
    eleven methods", Statistics in Medicine 17 (1998), method 10 (without continuity correction).
    """
    one, two = wilson(first), wilson(second)
    return None if one is None or two is None else difference(one, two)


def difference(one: Interval, two: Interval) -> Interval:
    """One estimate minus another, independent of it, with the interval that the two intervals leave.

    Source: G. Y. Zou and A. Donner, "Construction of confidence limits about effect measures: a general approach",
    Statistics in Medicine 27 (2008), which has Newcombe's interval as a special case.
    """
    between = one.estimate - two.estimate
    below = sqrt((one.estimate - one.low) ** 2 + (two.high - two.estimate) ** 2)
    above = sqrt((one.high - one.estimate) ** 2 + (two.estimate - two.low) ** 2)
    return Interval(between, between - below, between + above)


def smallest_visible_difference(first: Tally, second: Tally) -> float | None:
    """The difference that samples of this size would show (5 % two-sided) with probability 0.8.

    The usual normal approximation, (z_.975 + z_.8) * sqrt(p (1 - p) (1/n1 + 1/n2)), with the common share p
    drawn towards one half as by Agresti and Coull (two ratings of each kind added), so that it is never 0.
    """
    if not first.ratings or not second.ratings:
        return None
    return visible(first + second, first.ratings * second.ratings / (first.ratings + second.ratings))


def visible(both: Tally, weight: float, quantile: float = Z) -> float:
    """The difference that is shown with probability 0.8 when an interval is `quantile` standard errors to each side.

    Args:
        both: the ratings of both arms together.
        weight: n1 * n2 / (n1 + n2), summed over topics; above 0.
        quantile: how wide the interval is.
    """
    share = (both.satisfied + 2) / (both.ratings + 4)
    return min(1.0, (quantile + Z_POWER) * sqrt(share * (1 - share) / weight))


def student(freedom: float) -> float:
    """Student's .975 quantile, by the expansion of R. A. Fisher and E. A. Cornish (1960); within 0.001 from 5 up."""
    z, v = Z, max(freedom, 1.0)
    terms = (
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
        (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92160,
    )
    return z + sum(term / v**power for power, term in enumerate(terms, 1))
