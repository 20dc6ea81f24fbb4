"""Medians and shifts against brute force, scipy, and simulated weeks."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import quantile_test
from statsmodels.duration.survfunc import SurvfuncRight

from handoff import times
from handoff.intervals import Interval

seconds = st.lists(st.integers(0, 500), min_size=8, max_size=40)


@settings(deadline=None)
@given(st.lists(st.floats(0, 1e6), min_size=6, max_size=120, unique=True))
def test_the_interval_of_a_median_is_that_of_the_exact_sign_test(values: list[float]) -> None:
    ours = times.median(values)
    theirs = quantile_test(values, q=0, p=0.5).confidence_interval(0.95)
    assert ours is not None
    assert (ours.low, ours.high) == (theirs.low, theirs.high)
    assert ours.estimate == pytest.approx(np.median(values))


def test_five_times_enclose_no_median_and_six_do() -> None:
    assert times.median([1, 2, 3, 4, 5]) is None
    assert times.median([6, 5, 4, 3, 2, 1]) == Interval(3.5, 1, 6)


@settings(deadline=None)
@given(seconds, seconds)
def test_the_shift_is_the_median_of_all_differences(first: list[int], second: list[int]) -> None:
    found = times.shift(first, second)
    differences = sorted(one - two for one in first for two in second)
    assert found is not None
    assert found.estimate == pytest.approx(float(np.median(differences)), abs=1e-9)
    assert differences[0] <= found.low <= found.estimate + 1e-9 and found.estimate - 1e-9 <= found.high
    assert any(abs(found.low - each) < 1e-9 for each in differences)


@settings(deadline=None)
@given(seconds, seconds)
def test_the_shift_changes_its_sign_with_the_order_of_the_arms(first: list[int], second: list[int]) -> None:
    one, other = times.shift(first, second), times.shift(second, first)
    assert one is not None and other is not None
    assert (one.estimate, one.low, one.high) == pytest.approx((-other.estimate, -other.high, -other.low), abs=1e-9)


@settings(deadline=None)
@given(seconds, seconds, st.integers(1, 1000))
def test_who_takes_longer_by_an_hour_is_shifted_by_an_hour(first: list[int], second: list[int], more: int) -> None:
    before, after = times.shift(first, second), times.shift([each + more for each in first], second)
    assert before is not None and after is not None
    assert after.estimate == pytest.approx(before.estimate + more, abs=1e-9)


@st.composite
def watched(draw: st.DrawFn) -> tuple[list[float], list[float], list[bool]]:
    """Times that are watched from some moment on, to their end or until nobody looks any more."""
    rows = draw(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 60), st.booleans()), min_size=1, max_size=60))
    fresh = [(0 if number % 3 else came, came + length, ended) for number, (came, length, ended) in enumerate(rows)]
    came, left, ended = ([row[column] for row in fresh] for column in range(3))
    return [float(each) for each in came], [float(each) for each in left], [bool(each) for each in ended]


@settings(deadline=None)
@given(watched())
def test_the_median_with_what_is_open_is_kaplan_and_meiers(rows: tuple[list[float], list[float], list[bool]]) -> None:
    came, left, ended = rows
    ours = times.median_with_open(came, left, ended)
    if sum(ended) < 6:
        assert ours is None
        return
    oracle = SurvfuncRight(np.array(left), np.array(ended, dtype=int), entry=np.array(came))
    below = np.flatnonzero(oracle.surv_prob <= 0.5 + 1e-9)
    enough = below.size and oracle.n_risk[0] >= 6 and oracle.n_risk[: below[0] + 1].min() >= 3
    assert ours == (float(oracle.surv_times[below[0]]) if enough else None)


def test_one_quick_ending_is_not_the_median_of_many_that_came_late() -> None:
    late, lasts = [300_000.0] * 50, [300_100.0 + number for number in range(50)]
    over = [True] * 25 + [False] * 25
    assert times.median_with_open([0.0, *late], [5.0, *lasts], [True, *over]) is None
    # Nor are six that were watched first, where two of them are left before the late ones come.
    assert (
        times.median_with_open([0.0] * 6 + late, [99.0] * 4 + [1.0, 200.0] + lasts, [False] * 4 + [True] * 2 + over)
        is None
    )


def test_without_anything_open_it_is_the_median_of_what_ended() -> None:
    values = [3.0, 1.0, 9.0, 4.0, 7.0, 20.0, 5.0]
    assert times.median_with_open([0.0] * 7, values, [True] * 7) == 5.0


def test_what_is_left_lying_moves_the_median_and_what_ended_alone_does_not_show_it() -> None:
    ended, lying = [1.0, 2.0, 2.0, 3.0, 3.0, 4.0], [90.0] * 5
    assert times.median_with_open([0.0] * 11, [*ended, *lying], [True] * 6 + [False] * 5) == 4.0
    assert times.median_with_open([0.0] * 12, [*ended, *lying, 90.0], [True] * 6 + [False] * 6) == 4.0
    assert times.median_with_open([0.0] * 13, [*ended, *lying, 90.0, 90.0], [True] * 6 + [False] * 7) is None


def test_the_median_with_what_is_open_finds_the_truth_where_the_ended_alone_miss_it() -> None:
    """A week is watched; people need two days in the median, and what they began late is open at its end."""
    random = np.random.default_rng(12)
    began = random.uniform(-20, 7, 6000)
    lasts = random.exponential(2 / np.log(2), 6000)
    there = began + lasts > 0
    began, over = began[there], (began + lasts)[there]
    came, left, ended = np.maximum(0, -began), np.minimum(over, 7) - began, over <= 7
    found = times.median_with_open(came.tolist(), left.tolist(), ended.tolist())
    assert found == pytest.approx(2.0, rel=0.06)
    opened_here = ended & (began > 0)
    assert float(np.median(left[opened_here])) < 1.6  # those begun in the week that ended in it


def test_too_few_times_have_no_shift() -> None:
    assert times.shift([1] * 7, [2] * 90) is None
    assert times.shift([], []) is None


def test_times_that_are_all_alike_differ_by_what_they_differ() -> None:
    assert times.shift([5] * 20, [60] * 9) == Interval(-55, -55, -55)


@pytest.mark.parametrize(("n", "m"), [(15, 15), (40, 20), (200, 60)])
def test_the_interval_holds_the_shift_as_often_as_it_says_though_arms_differ_in_shape(n: int, m: int) -> None:
    random, held, weeks = np.random.default_rng(5), 0, 600
    # Answers within seconds against hours with a long tail; the truth from 16 million pairs.
    fast, slow = random.lognormal(2, 0.4, 4000), random.lognormal(5, 1.2, 4000)
    whole = times.shift(fast.tolist(), slow.tolist())
    assert whole is not None
    for _ in range(weeks):
        found = times.shift(random.lognormal(2, 0.4, n).tolist(), random.lognormal(5, 1.2, m).tolist())
        assert found is not None
        held += found.low <= whole.estimate <= found.high
    assert 0.93 <= held / weeks <= 0.985


def test_fifty_thousand_times_of_each_arm_take_no_list_of_their_differences() -> None:
    import tracemalloc

    random = np.random.default_rng(3)
    fast, slow = random.lognormal(2, 1, 50_000).tolist(), random.lognormal(5, 1.5, 50_000).tolist()
    tracemalloc.start()
    found = times.shift(fast, slow)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert found is not None and found.low < found.estimate < found.high < 0
    assert most < 20_000_000
