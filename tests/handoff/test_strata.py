"""Differences within topics against statsmodels and simulated weeks, and which topics are counted as one."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.proportion import confint_proportions_2indep

from handoff import strata
from handoff.intervals import Tally, Z, newcombe
from handoff.strata import Stratum
from tests.handoff.test_intervals import CLOSE, tallies


@settings(deadline=None)
@given(tallies(), tallies())
def test_with_one_topic_sato_is_the_error_of_two_independent_shares(one: Tally, two: Tally) -> None:
    single = [Stratum.of(one, two)]
    half = Z * strata.sato_standard_error(single)
    low, high = confint_proportions_2indep(one.satisfied, one.ratings, two.satisfied, two.ratings, method="wald")
    difference = strata.mantel_haenszel_difference(single)
    assert (difference - half, difference + half) == pytest.approx((low, high), abs=CLOSE)


@settings(deadline=None)
@given(tallies(), tallies())
def test_with_one_topic_the_adjusted_interval_is_newcombes(one: Tally, two: Tally) -> None:
    theirs, ours = newcombe(one, two), strata.within_strata([Stratum.of(one, two)])
    assert theirs is not None and ours is not None
    assert (ours.estimate, ours.low, ours.high) == pytest.approx((theirs.estimate, theirs.low, theirs.high), abs=CLOSE)


@settings(deadline=None)
@given(st.lists(st.tuples(tallies(most=30), tallies(most=30)), min_size=1, max_size=6))
def test_the_arms_change_places_and_the_adjusted_differences_change_their_sign(
    pairs: list[tuple[Tally, Tally]],
) -> None:
    there, back = [Stratum.of(one, two) for one, two in pairs], [Stratum.of(two, one) for one, two in pairs]
    mix = [one.ratings + two.ratings for one, two in pairs]
    for ours, other in (
        (strata.within_strata(there), strata.within_strata(back)),
        (strata.standardised_difference(there, mix), strata.standardised_difference(back, mix)),
    ):
        assert ours is not None and other is not None
        assert (ours.low, ours.estimate, ours.high) == pytest.approx(
            (-other.high, -other.estimate, -other.low), abs=CLOSE
        )


@settings(deadline=None)
@given(st.lists(st.tuples(tallies(most=30), tallies(most=30)), min_size=1, max_size=6))
def test_the_same_topics_twice_change_the_error_by_the_root_of_two(pairs: list[tuple[Tally, Tally]]) -> None:
    once = [Stratum.of(one, two) for one, two in pairs]
    doubled = strata.sato_standard_error(once * 2)
    assert doubled == pytest.approx(strata.sato_standard_error(once) / math.sqrt(2), abs=CLOSE)
    same = strata.mantel_haenszel_difference(once * 2)
    assert same == pytest.approx(strata.mantel_haenszel_difference(once), abs=CLOSE)


@pytest.mark.parametrize(
    "sizes",
    [pytest.param([(60, 15), (30, 40), (10, 50)], id="few large topics"), pytest.param([(4, 3)] * 40, id="many small")],
)
def test_sato_is_the_spread_seen_in_simulated_weeks(sizes: list[tuple[int, int]]) -> None:
    random = np.random.default_rng(7)
    estimates: list[float] = []
    variances: list[float] = []
    for _ in range(3000):
        week = [Stratum(float(random.binomial(n1, 0.75)), n1, float(random.binomial(n2, 0.65)), n2) for n1, n2 in sizes]
        estimates.append(strata.mantel_haenszel_difference(week))
        variances.append(strata.sato_standard_error(week) ** 2)
    assert np.mean(estimates) == pytest.approx(0.10, abs=0.006)
    assert np.mean(variances) == pytest.approx(np.var(estimates), rel=0.08)


@pytest.mark.parametrize(
    ("sizes", "shares"),
    [
        pytest.param([(15, 15)], [0.8], id="15 an arm"),
        pytest.param([(5, 5)] * 3, [0.6, 0.7, 0.9], id="15 an arm over three topics"),
        pytest.param([(10, 5)] * 4, [0.65, 0.6, 0.75, 0.7], id="40 and 20 over four topics"),
        pytest.param([(100, 20), (50, 50), (20, 100)], [0.95, 0.7, 0.5], id="AI gets the easy topics"),
    ],
)
def test_the_adjusted_interval_holds_the_truth_as_often_as_it_says(
    sizes: list[tuple[int, int]], shares: list[float]
) -> None:
    random, true_difference, weeks, held = np.random.default_rng(11), -0.05, 3000, 0
    for _ in range(weeks):
        topics = {
            str(index): (
                Tally(int(random.binomial(n1, share + true_difference)), n1),
                Tally(int(random.binomial(n2, share)), n2),
            )
            for index, ((n1, n2), share) in enumerate(zip(sizes, shares, strict=True))
        }
        interval = strata.adjusted_difference(topics)
        assert interval is not None
        held += interval.low <= true_difference <= interval.high
    assert 0.93 <= held / weeks <= 0.975
