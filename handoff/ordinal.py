"""Marks of 1 to 5 compared by rank: which arm's customers tend to give the better mark. Pure.

It looks at all five marks and not only at 4 and 5, and needs no assumption on how far apart the marks are.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from handoff.compared import Scores
from handoff.intervals import Interval, student


@dataclass(frozen=True, slots=True)
class _Ranked:
    """One stratum: the probability, its variance, and what it counts for."""

    probability: float
    variance: float
    weight: float
    parts: tuple[tuple[float, float], tuple[float, float]]
    """Of each arm, its part of the variance and its ratings less one."""


def probability_of_better(strata: Sequence[tuple[Scores, Scores]]) -> Interval | None:
    """How likely a mark of the first arm is above one of the second in the same topic; half of the ties count.

    0.5 means that neither tends to be better. The estimate is Mann and Whitney's, averaged over topics with the weights
    of Mantel and Haenszel; the interval is that of E. Brunner and U. Munzel, "The nonparametric Behrens-Fisher
    problem", Biometrical Journal 42 (2000), with one mark of 1 and one of 5 added to each arm, evenly over topics, so
    that marks that are all alike do not prove that nothing differs.

    Args:
        strata: by topic, how many marks of 1 to 5 the first and the second arm got; topics without both are left out.
    """
    both = [(one, two) for one, two in strata if sum(one) and sum(two)]
    if not both:
        return None
    plain = [_ranked(one, two) for one, two in both]
    added = 1 / len(both)
    firm = [_ranked(_with_added(one, added), _with_added(two, added)) for one, two in both]
    estimate = _mean(plain)
    whole = sum(each.weight for each in firm)
    variance = sum(each.weight**2 * each.variance for each in firm) / whole**2
    half = student(_degrees(firm)) * sqrt(variance)
    middle = _mean(firm)
    return Interval(0.5, middle - half, middle + half).around(estimate, least=0.0)


def _with_added(marks: Sequence[float], added: float) -> tuple[float, ...]:
    return (marks[0] + added, *marks[1:4], marks[4] + added)


def _mean(strata: Sequence[_Ranked]) -> float:
    return sum(each.weight * each.probability for each in strata) / sum(each.weight for each in strata)


def _ranked(first: Sequence[float], second: Sequence[float]) -> _Ranked:
    """Mann and Whitney's probability, and its variance by placements: where each mark lies among the other arm's."""
    n1, n2 = sum(first), sum(second)
    placed1 = [(sum(second[:mark]) + second[mark] / 2) / n2 for mark in range(len(first))]
    placed2 = [(sum(first[:mark]) + first[mark] / 2) / n1 for mark in range(len(second))]
    probability = sum(count * place for count, place in zip(first, placed1, strict=True)) / n1
    parts = (_part(first, placed1, n1), _part(second, placed2, n2))
    return _Ranked(probability, sum(part for part, _ in parts), n1 * n2 / (n1 + n2), parts)


def _part(counts: Sequence[float], placed: Sequence[float], n: float) -> tuple[float, float]:
    mean = sum(count * place for count, place in zip(counts, placed, strict=True)) / n
    squares = sum(count * (place - mean) ** 2 for count, place in zip(counts, placed, strict=True))
    freedom = max(n - 1, 1.0)
    return squares / freedom / n, freedom


def _degrees(strata: Sequence[_Ranked]) -> float:
    """Satterthwaite's degrees of freedom over all arms of all topics."""
    parts = [(each.weight**2 * part, freedom) for each in strata for part, freedom in each.parts]
    total = sum(part for part, _ in parts)
    squares = sum(part**2 / freedom for part, freedom in parts)
    return total**2 / squares if squares else float("inf")
