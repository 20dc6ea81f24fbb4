"""An interval for the difference within topics that holds at every look, however many there are. Pure.

A usual 95 % interval is right at one look. Who looks each week and speaks up when it excludes zero will speak up
falsely in most years. The bounds of a confidence sequence hold at all looks at once, with a risk of 5 % in all, so that
a report may be read daily, weekly, or whenever, and stopped or not on what it says.

Source: I. Waudby-Smith, D. Arbour, R. Sinha, E. H. Kennedy and A. Ramdas, "Time-uniform central limit theory and
asymptotic confidence sequences", Annals of Statistics 52 (2024), theorem 2.2: Robbins' normal mixture around an
estimate, in the time of its growing variance.

Why it fits ratings within topics: the sum over topics of n1*n2/(n1+n2) times the difference has, where AI and people
are alike within each topic, increments without correlation, whatever the numbers of ratings and whichever way the mix
of topics drifts; its variance only grows. So that sum is what is followed, topic by topic and nothing merged.

What it does not cover: a topic in which satisfaction and the AI's share of conversations both move for reasons that
have nothing to do with who answers. And as any large-sample bound it needs some ratings before the first look.
"""

from collections.abc import Sequence
from math import log, sqrt

from handoff.intervals import Interval
from handoff.strata import Stratum, mantel_haenszel_difference, sato_standard_error, steadied, total_weight

RISK = 0.05
"""The chance, over all looks together, that a bound is ever wrong."""
TUNED_RATINGS, TUNED_SHARE = 500, 0.8
"""The bounds are tightest, for their error, at so many ratings, half of each arm, when four in five are satisfied."""
TUNED_VARIANCE = TUNED_RATINGS / 4 * TUNED_SHARE * (1 - TUNED_SHARE)
"""The variance of the followed sum there: 20. With a quarter of the ratings they are 7 % wider, with four times 3 %."""


def _tightest(risk: float) -> float:
    """The solution x > 0 of x - ln(1 + x) = ln(1 / risk^2): the bounds are tightest for a mixture of variance x."""
    x = wanted = 2 * log(1 / risk)
    for _ in range(60):
        x = wanted + log(1 + x)
    return x


MIXTURE = _tightest(RISK) / TUNED_VARIANCE
"""The variance of the mixture, rho squared, per unit of the followed sum's variance."""


def standard_errors(variance: float) -> float:
    """How many standard errors the bounds lie from the estimate.

    Args:
        variance: of the followed sum so far, above 0.
    """
    x = MIXTURE * variance
    return sqrt((1 + 1 / x) * log((1 + x) / RISK**2))


def over_all_looks(strata: Sequence[Stratum]) -> Interval:
    """The difference within topics and its bounds at this look, for looks at any time with a risk of 5 % in all.

    Args:
        strata: all ratings since the window began, by topic; at least one, each with ratings of both arms.
    """
    firm = steadied(strata)
    middle, error = mantel_haenszel_difference(firm), sato_standard_error(firm)
    half = error * width(strata)
    return Interval(0.0, middle - half, middle + half).around(mantel_haenszel_difference(strata))


def width(strata: Sequence[Stratum]) -> float:
    """How many standard errors the bounds of these ratings lie from the estimate."""
    firm = steadied(strata)
    return standard_errors((total_weight(firm) * sato_standard_error(firm)) ** 2)
