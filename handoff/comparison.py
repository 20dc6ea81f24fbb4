"""AI against human: shares of satisfied customers, what they differ by, and what may be said of it. Pure.

All intervals are at 95 %. Shares and differences run from 0 to 1 (or -1 to 1); a "point" is one percent.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from math import sqrt
from statistics import NormalDist

Z = NormalDist().inv_cdf(0.975)
"""The normal quantile of a two-sided 95 % interval."""
POWER = 0.8
"""With which probability a difference called visible would have been shown."""
FEWEST_RATINGS = 8
"""Ratings an arm needs before a verdict is given."""

LEAST_TOLD = 0.005
"""A difference below half a point is not worth a sentence."""


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


class Verdict(StrEnum):
    """What the ratings allow to be said."""

    NOTHING_RESOLVED = "nothing_resolved"
    TOO_FEW_RATINGS = "too_few_ratings"
    NOT_COMPARABLE = "not_comparable"
    NO_DIFFERENCE_SHOWN = "no_difference_shown"
    AI_HIGHER = "ai_higher"
    AI_LOWER = "ai_lower"


@dataclass(frozen=True, slots=True)
class Comparison:
    """AI alone held against people alone. Differences are AI minus human."""

    ai: Tally
    human: Tally
    shared_ai: Tally
    """Of `ai`, the ratings in topics that both arms handled; likewise `shared_human`."""
    shared_human: Tally
    raw: Interval | None
    adjusted: Interval | None
    """The difference within topics, over the topics that both arms handled."""
    smallest_visible: float | None
    """The difference that a sample of this size shows with probability 0.8."""
    verdict: Verdict
    headline: str = ""
    notes: tuple[str, ...] = ()
    """What a careful reader must know beside the headline, a sentence or two each."""

    @property
    def compared(self) -> int:
        """How many ratings the verdict rests on."""
        return self.shared_ai.ratings + self.shared_human.ratings


def wilson(tally: Tally) -> Interval | None:
    """The share of satisfied customers with Wilson's score interval; None without ratings.

    Source: E. B. Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22 (1927).
    """
    n = tally.ratings
    if n == 0:
        return None
    share = tally.satisfied / n
    middle = (share + Z * Z / (2 * n)) / (1 + Z * Z / n)
    half = Z * sqrt(share * (1 - share) / n + Z * Z / (4 * n * n)) / (1 + Z * Z / n)
    # At 0 and 1 rounding may leave the bound a hair inside or outside of the share itself.
    return Interval(share, min(max(0.0, middle - half), share), max(min(1.0, middle + half), share))


def newcombe(first: Tally, second: Tally) -> Interval | None:
    """Difference of two shares, first minus second, with Newcombe's hybrid score interval; None if one is empty.

    Source: R. G. Newcombe, "Interval estimation for the difference between independent proportions: comparison of
    eleven methods", Statistics in Medicine 17 (1998), method 10 (without continuity correction).
    """
    one, two = wilson(first), wilson(second)
    if one is None or two is None:
        return None
    difference = one.estimate - two.estimate
    below = sqrt((one.estimate - one.low) ** 2 + (two.high - two.estimate) ** 2)
    above = sqrt((one.high - one.estimate) ** 2 + (two.estimate - two.low) ** 2)
    return Interval(difference, difference - below, difference + above)


@dataclass(frozen=True, slots=True)
class Stratum:
    """The ratings of one topic by arm; cells may be fractions, for ratings added evenly."""

    first_yes: float
    first_n: float
    second_yes: float
    second_n: float

    @property
    def weight(self) -> float:
        """The Mantel-Haenszel weight of the stratum."""
        return self.first_n * self.second_n / (self.first_n + self.second_n)

    @property
    def difference(self) -> float:
        """Share of the first arm minus share of the second."""
        return self.first_yes / self.first_n - self.second_yes / self.second_n

    def with_added(self, ratings: float) -> "Stratum":
        """The stratum with this many ratings more in each of its four cells."""
        return Stratum(
            self.first_yes + ratings, self.first_n + 2 * ratings, self.second_yes + ratings, self.second_n + 2 * ratings
        )


def mantel_haenszel_difference(strata: list[Stratum]) -> float:
    """The common difference of two shares over strata, weighted by n1*n2/(n1+n2).

    Source: N. Mantel and W. Haenszel (1959); S. Greenland and J. M. Robins, Biometrics 41 (1985).
    """
    return sum(each.weight * each.difference for each in strata) / sum(each.weight for each in strata)


def sato_standard_error(strata: list[Stratum]) -> float:
    """The standard error of the Mantel-Haenszel difference; holds for few large and for many small strata.

    Source: T. Sato, "On the variance estimator of the Mantel-Haenszel risk difference", Biometrics 45 (1989).
    """
    difference = mantel_haenszel_difference(strata)
    total_weight = sum(each.weight for each in strata)
    variance = 0.0
    for each in strata:
        yes1, n1, yes2, n2 = each.first_yes, each.first_n, each.second_yes, each.second_n
        n = n1 + n2
        p = (n1**2 * yes2 - n2**2 * yes1 + n1 * n2 * (n2 - n1) / 2) / n**2
        q = (yes1 * (n2 - yes2) + yes2 * (n1 - yes1)) / (2 * n)
        variance += difference * p + q
    return sqrt(max(variance, 0.0)) / total_weight


def adjusted_difference(topics: Mapping[str, tuple[Tally, Tally]]) -> Interval | None:
    """The difference within topics, first arm minus second, with its 95 % interval; None without a shared topic.

    The estimate is Mantel and Haenszel's, the interval rests on Sato's standard error. With few ratings, or all of
    them alike, that interval is too narrow; so it is built with one satisfied and one unsatisfied rating more in each
    arm, spread evenly over the topics. With one topic this is the interval of A. Agresti and B. Caffo,
    "Simple and effective confidence intervals for proportions and differences", The American Statistician 54 (2000).

    Args:
        topics: the two arms' tallies by topic; topics with one arm only are left out.
    """
    shared = [(one, two) for one, two in topics.values() if one.ratings and two.ratings]
    if not shared:
        return None
    strata = [Stratum(one.satisfied, one.ratings, two.satisfied, two.ratings) for one, two in shared]
    estimate = mantel_haenszel_difference(strata)
    steadied = [each.with_added(1 / len(strata)) for each in strata]
    middle, half = mantel_haenszel_difference(steadied), Z * sato_standard_error(steadied)
    return Interval(estimate, max(-1.0, min(middle - half, estimate)), min(1.0, max(middle + half, estimate)))


def smallest_visible_difference(first: Tally, second: Tally) -> float | None:
    """The difference that samples of this size would show (5 % two-sided) with probability 0.8.

    The usual normal approximation, (z_.975 + z_.8) * sqrt(p (1 - p) (1/n1 + 1/n2)), with the common share p
    drawn towards one half as by Agresti and Coull (two ratings of each kind added), so that it is never 0.
    """
    if not first.ratings or not second.ratings:
        return None
    both = first + second
    share = (both.satisfied + 2) / (both.ratings + 4)
    spread = sqrt(share * (1 - share) * (1 / first.ratings + 1 / second.ratings))
    return min(1.0, (Z + NormalDist().inv_cdf(POWER)) * spread)


def compare(topics: Mapping[str, tuple[Tally, Tally]], *, resolved: int) -> Comparison:
    """Compare AI alone with people alone, and say in words no more than the ratings allow.

    A better or worse is said only when the interval of the difference within topics excludes zero.

    Args:
        topics: (AI, human) tallies by topic.
        resolved: how many conversations were resolved, with or without a rating.
    """
    ai, human = _total(topics.values())
    shared_ai, shared_human = _total((one, two) for one, two in topics.values() if one.ratings and two.ratings)
    adjusted = adjusted_difference(topics)
    verdict = _verdict(ai, human, (shared_ai, shared_human), adjusted, resolved)
    # Where there is no verdict there are counts only: a difference of a handful of ratings would be read as one.
    given = verdict in (Verdict.NO_DIFFERENCE_SHOWN, Verdict.AI_HIGHER, Verdict.AI_LOWER)
    found = Comparison(
        ai=ai,
        human=human,
        shared_ai=shared_ai,
        shared_human=shared_human,
        raw=newcombe(ai, human) if given else None,
        adjusted=adjusted if given else None,
        smallest_visible=smallest_visible_difference(shared_ai, shared_human) if given else None,
        verdict=verdict,
    )
    return replace(found, headline=_headline(found), notes=_notes(found))


def _total(pairs: Iterable[tuple[Tally, Tally]]) -> tuple[Tally, Tally]:
    first = second = Tally()
    for one, two in pairs:
        first, second = first + one, second + two
    return first, second


def _verdict(ai: Tally, human: Tally, shared: tuple[Tally, Tally], adjusted: Interval | None, resolved: int) -> Verdict:
    if resolved == 0:
        return Verdict.NOTHING_RESOLVED
    if min(ai.ratings, human.ratings) < FEWEST_RATINGS:
        return Verdict.TOO_FEW_RATINGS
    if adjusted is None or min(each.ratings for each in shared) < FEWEST_RATINGS:
        return Verdict.NOT_COMPARABLE
    if not adjusted.excludes_zero:
        return Verdict.NO_DIFFERENCE_SHOWN
    return Verdict.AI_HIGHER if adjusted.estimate > 0 else Verdict.AI_LOWER


def _headline(found: Comparison) -> str:
    if found.verdict is Verdict.NOTHING_RESOLVED:
        return "Nothing was resolved in this time, so there is nothing to compare."
    if found.verdict is Verdict.TOO_FEW_RATINGS:
        counts = f"{found.ai.ratings} of AI alone and {found.human.ratings} of people"
        return f"Too few ratings for a verdict: {counts}; each needs {FEWEST_RATINGS}."
    if found.adjusted is None:
        return "AI and people mostly answered different topics, so their ratings cannot be compared."
    if found.verdict is Verdict.NO_DIFFERENCE_SHOWN:
        return f"No difference between AI and people that {found.compared} ratings could show."
    word = "more" if found.verdict is Verdict.AI_HIGHER else "less"
    interval = f"95 % interval {points(found.adjusted.low)} to {points(found.adjusted.high)}"
    difference = f"{points(found.adjusted.estimate)} points ({interval})"
    return f"Customers who rated were {word} satisfied with AI than with people: {difference}."


def _notes(found: Comparison) -> tuple[str, ...]:
    if found.raw is None or found.adjusted is None:
        return ()
    notes: list[str] = []
    raw, adjusted = found.raw.estimate, found.adjusted.estimate
    if raw * adjusted < 0 and min(abs(raw), abs(adjusted)) >= LEAST_TOLD:
        notes.append(
            f"Raw, AI minus people is {points(raw)} points; within the same topics it is {points(adjusted)}. "
            "They disagree because AI and people got different topics; the second is the fairer one."
        )
    if found.verdict is Verdict.NO_DIFFERENCE_SHOWN and found.smallest_visible is not None:
        notes.append(
            f"AI minus people within topics: {points(found.adjusted.low)} to {points(found.adjusted.high)} points. "
            f"A true difference under {found.smallest_visible * 100:.0f} points would probably have stayed unseen."
        )
    if left_out := found.ai.ratings + found.human.ratings - found.compared:
        notes.append(f"Not compared: {left_out} ratings in topics that only one of them answered.")
    return tuple(notes)


def points(difference: float) -> str:
    """A difference of shares in percentage points with its sign, as people read it: +12, -3, 0; below one, +0.4."""
    digits = 0 if abs(difference) >= 0.01 else 1  # noqa: PLR2004 - one point
    rounded = round(difference * 100, digits)
    return f"{rounded:+.{digits}f}".replace("-", "\N{MINUS SIGN}") if rounded else "0"
