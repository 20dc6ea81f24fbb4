"""Shares and their differences against scipy and statsmodels."""

import math
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binomtest
from statsmodels.stats.power import NormalIndPower
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from handoff import intervals
from handoff.intervals import Interval, Tally

CLOSE = 1e-6


@st.composite
def tallies(draw: st.DrawFn, most: int = 400) -> Tally:
    ratings = draw(st.integers(1, most))
    return Tally(draw(st.integers(0, ratings)), ratings)


@settings(deadline=None)
@given(tallies())
def test_wilson_is_the_interval_of_scipy_and_statsmodels(tally: Tally) -> None:
    ours = intervals.wilson(tally)
    assert ours is not None
    scipys = binomtest(tally.satisfied, tally.ratings).proportion_ci(method="wilson")
    theirs = proportion_confint(tally.satisfied, tally.ratings, method="wilson")
    assert (ours.low, ours.high) == pytest.approx((scipys.low, scipys.high), abs=CLOSE)
    assert (ours.low, ours.high) == pytest.approx(theirs, abs=CLOSE)


@settings(deadline=None)
@given(tallies(), tallies())
def test_newcombe_is_the_interval_of_statsmodels(one: Tally, two: Tally) -> None:
    ours = intervals.newcombe(one, two)
    assert ours is not None
    theirs = confint_proportions_2indep(one.satisfied, one.ratings, two.satisfied, two.ratings, method="newcomb")
    assert (ours.low, ours.high) == pytest.approx(theirs, abs=CLOSE)


@settings(deadline=None)
@given(tallies(), tallies())
def test_the_smallest_visible_difference_has_the_power_statsmodels_says(one: Tally, two: Tally) -> None:
    ours = intervals.smallest_visible_difference(one, two)
    assert ours is not None
    if ours == 1.0:
        return
    share = (one.satisfied + two.satisfied + 2) / (one.ratings + two.ratings + 4)
    effect = ours / math.sqrt(share * (1 - share))
    ratio: Any = two.ratings / one.ratings
    power = NormalIndPower().power(effect, one.ratings, 0.025, ratio=ratio, alternative="larger")
    assert power == pytest.approx(0.8, abs=CLOSE)


def test_an_empty_arm_has_no_share_and_no_interval() -> None:
    assert Tally().share is None
    assert intervals.wilson(Tally()) is None
    assert intervals.newcombe(Tally(), Tally(3, 4)) is None
    assert intervals.smallest_visible_difference(Tally(), Tally(3, 4)) is None


def test_an_interval_on_one_side_excludes_zero() -> None:
    assert Interval(0.1, 0.01, 0.2).excludes_zero and Interval(-0.1, -0.2, -0.01).excludes_zero
    assert not Interval(0.1, -0.01, 0.2).excludes_zero
