"""Whether the estimate of satisfaction holds in simulated weeks, where chance decides who rates and where not."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

import pytest

from bot.reports import estimates
from handoff.satisfaction import Signs, score
from storage.estimates import Kind

TRUTH = (1.3, 0.8, 1.2, -2.2, -0.5, -1.6, 2.0, -1.5)
"""What really moves satisfaction: other weights than the given ones."""
CONVERSATIONS, EARLIER, WEEKS = 400, 1_000, 100

Rates = Callable[[Signs, bool], float]
"""How likely a customer rates, by what is known of the conversation and by how satisfied they are."""


@dataclass(frozen=True)
class Held:
    """In which share of weeks the intervals held the truth, and how far off the estimates were in the mean."""

    held: float
    held_without: float
    bias: float
    bias_without: float


def drawn(chance: Random, count: int, rates: Rates) -> tuple[list[Kind], float]:
    """Conversations kind by kind, and the share of all customers who were satisfied."""
    kinds: Counter[Signs] = Counter()
    rated: Counter[Signs] = Counter()
    pleased: Counter[Signs] = Counter()
    satisfied = 0
    for _ in range(count):
        unhelpful = chance.random() < 0.08
        signs = Signs(
            confirmed=chance.random() < 0.45,
            helpful=not unhelpful and chance.random() < 0.15,
            unhelpful=unhelpful,
            reopened=chance.random() < 0.05,
            returned=chance.random() < 0.08,
            confidence=chance.choice([0.6, 0.7, 0.8, 0.9, 0.95]),
            frustration=chance.choice([0.0, 0.0, 0.0, 0.2, 0.4]),
        )
        is_satisfied = chance.random() < score(signs, TRUTH)
        satisfied += is_satisfied
        kinds[signs] += 1
        if chance.random() < rates(signs, is_satisfied):
            rated[signs] += 1
            pleased[signs] += is_satisfied
    found = [
        Kind(
            **{name: getattr(signs, name) for name in Signs.__dataclass_fields__},
            conversations=conversations,
            rated=rated[signs],
            satisfied=pleased[signs],
        )
        for signs, conversations in kinds.items()
    ]
    return found, satisfied / count


def held(rates: Rates) -> Held:
    chance, inside, inside_without, off, off_without = Random(5), 0, 0, 0.0, 0.0
    for _ in range(WEEKS):
        week, truth = drawn(chance, CONVERSATIONS, rates)
        earlier, _ = drawn(chance, EARLIER, rates)
        estimated = estimates.satisfied_of(week, earlier).estimated
        assert estimated is not None
        sharp, plain = estimated.estimate, estimated.without_score
        inside += sharp.low <= truth <= sharp.high
        inside_without += plain.low <= truth <= plain.high
        off += sharp.estimate - truth
        off_without += plain.estimate - truth
    return Held(*(total / WEEKS for total in (inside, inside_without, off, off_without)))


def test_where_chance_decides_who_rates_the_estimate_holds_with_the_score_and_without() -> None:
    found = held(lambda _signs, _satisfied: 0.3)
    assert found.held > 0.9
    assert found.held_without > 0.9
    assert abs(found.bias) < 0.006


def test_where_who_rates_follows_what_is_known_the_score_corrects_what_the_mean_of_ratings_gets_wrong() -> None:
    found = held(lambda signs, _satisfied: score(signs, (TRUTH[0] - 2.0, *TRUTH[1:])))
    assert found.bias_without > 0.06
    assert found.held_without < 0.3
    assert abs(found.bias) < 0.03  # most of it; the score was learned from ratings, and has an error of its own
    assert found.held > 0.88


def test_where_the_satisfied_rate_more_often_whatever_is_known_it_does_not_hold_and_says_so() -> None:
    found = held(lambda _signs, satisfied: 0.4 if satisfied else 0.25)
    assert found.bias == pytest.approx(0.066, abs=0.01)
    assert found.held < 0.6
