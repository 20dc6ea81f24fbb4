"""Bounds that hold at every look, against the published formula and in simulated years."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import lambertw

from handoff import confidence_sequence as sequence
from handoff.intervals import Tally
from handoff.strata import Stratum, within_strata
from tests.handoff.test_intervals import tallies


def strata(pairs: list[tuple[Tally, Tally]]) -> list[Stratum]:
    return [Stratum.of(one, two) for one, two in pairs]


@pytest.mark.parametrize("variance", [0.5, 4.0, 20.0, 300.0])
def test_the_bounds_are_those_of_the_published_formula(variance: float) -> None:
    # Theorem 2.2 for a mean of t observations of variance 1 has sqrt((t r + 1) / (t^2 r) * ln((t r + 1) / a^2)).
    t, rho2 = variance, sequence.MIXTURE
    published = math.sqrt((t * rho2 + 1) / (t**2 * rho2) * math.log((t * rho2 + 1) / sequence.RISK**2))
    assert sequence.standard_errors(variance) / math.sqrt(t) == pytest.approx(published)


def test_the_mixture_is_the_one_that_is_tightest_where_it_says() -> None:
    # The same paper gives the best rho by the lower branch of Lambert's function.
    best = float((-lambertw(-(sequence.RISK**2) / math.e, -1) - 1).real)
    assert pytest.approx(best) == sequence.MIXTURE * sequence.TUNED_VARIANCE
    there = sequence.standard_errors(sequence.TUNED_VARIANCE)
    assert there < min(sequence.standard_errors(sequence.TUNED_VARIANCE * factor) for factor in (0.5, 0.9, 1.1, 2))


def test_the_price_of_few_and_of_many_ratings_is_as_stated() -> None:
    there = sequence.standard_errors(sequence.TUNED_VARIANCE)
    assert sequence.standard_errors(sequence.TUNED_VARIANCE / 4) / there == pytest.approx(1.07, abs=0.005)
    assert sequence.standard_errors(sequence.TUNED_VARIANCE * 4) / there == pytest.approx(1.03, abs=0.005)


@settings(deadline=None)
@given(st.lists(st.tuples(tallies(most=60), tallies(most=60)), min_size=1, max_size=6))
def test_the_bounds_change_their_sign_with_the_arms(pairs: list[tuple[Tally, Tally]]) -> None:
    there, back = strata(pairs), strata([(two, one) for one, two in pairs])
    one, other = sequence.over_all_looks(there), sequence.over_all_looks(back)
    assert (one.low, one.estimate, one.high) == pytest.approx((-other.high, -other.estimate, -other.low))


@settings(deadline=None)
@given(st.lists(st.tuples(tallies(most=60), tallies(most=60)), min_size=1, max_size=6))
def test_the_bounds_for_all_looks_are_wider_than_those_for_one(pairs: list[tuple[Tally, Tally]]) -> None:
    usual, all_looks = within_strata(strata(pairs)), sequence.over_all_looks(strata(pairs))
    assert usual is not None
    assert all_looks.estimate == pytest.approx(usual.estimate)
    assert all_looks.high - all_looks.low > min(1.9, usual.high - usual.low)


def test_ever_more_ratings_bring_the_bounds_to_the_difference() -> None:
    widths = [
        bounds.high - bounds.low
        for bounds in (
            sequence.over_all_looks(strata([(Tally(8 * n, 10 * n), Tally(7 * n, 10 * n))])) for n in (2, 20, 200, 10**9)
        )
    ]
    assert widths == sorted(widths, reverse=True) and widths[-1] < 1e-3


def test_ratings_that_are_all_alike_show_nothing() -> None:
    assert not sequence.over_all_looks(strata([(Tally(9, 9), Tally(9, 9))])).excludes_zero
    assert not sequence.over_all_looks(strata([(Tally(8, 8), Tally(5, 8))])).excludes_zero


def test_a_year_of_looks_after_every_few_ratings_holds_the_true_difference() -> None:
    random, years, left = np.random.default_rng(23), 150, 0
    people, true = np.array([0.9, 0.8, 0.65]), -0.05
    for _ in range(years):
        ratings = random.poisson(np.array([[6, 4, 2], [2, 3, 4]]), (60, 2, 3)).cumsum(axis=0)
        satisfied = np.zeros_like(ratings)
        satisfied[0] = random.binomial(ratings[0], np.stack([people + true, people]))
        for look in range(1, 60):
            more = random.binomial(ratings[look] - ratings[look - 1], np.stack([people + true, people]))
            satisfied[look] = satisfied[look - 1] + more
        for look in range(1, 60):
            week = strata(
                [
                    (Tally(*map(int, one)), Tally(*map(int, two)))
                    for one, two in zip(
                        zip(satisfied[look][0], ratings[look][0], strict=True),
                        zip(satisfied[look][1], ratings[look][1], strict=True),
                        strict=True,
                    )
                    if one[1] and two[1]
                ]
            )
            bounds = sequence.over_all_looks(week)
            if not bounds.low <= true <= bounds.high:
                left += 1
                break
    assert left / years <= 0.05
