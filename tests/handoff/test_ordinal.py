"""Marks by rank against scipy and simulated weeks."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.stats import brunnermunzel, mannwhitneyu, t

from handoff import intervals, ordinal
from handoff.compared import Scores

marks = st.tuples(*[st.integers(0, 12)] * 5).filter(lambda counts: sum(counts) >= 3)
MARKS = np.arange(1, 6)


def listed(scores: Scores) -> list[int]:
    return [mark for mark, count in enumerate(scores, 1) for _ in range(count)]


@settings(deadline=None)
@given(marks, marks)
def test_the_probability_is_that_of_mann_and_whitney(one: Scores, two: Scores) -> None:
    found = ordinal.probability_of_better([(one, two)])
    assert found is not None
    theirs = mannwhitneyu(listed(one), listed(two)).statistic / (sum(one) * sum(two))
    assert found.estimate == pytest.approx(theirs, abs=1e-9)


@settings(deadline=None)
@given(marks, marks)
def test_the_interval_is_that_of_brunner_and_munzel_with_a_mark_of_1_and_of_5_added(one: Scores, two: Scores) -> None:
    first, second = [1, *listed(one), 5], [1, *listed(two), 5]
    theirs = brunnermunzel(first, second)
    middle = mannwhitneyu(first, second).statistic / (len(first) * len(second))
    assume(abs(middle - 0.5) > 1e-6)
    # scipy gives no interval: the error is what its statistic divides by.
    error = (0.5 - middle) / theirs.statistic
    found = ordinal.probability_of_better([(one, two)])
    assert found is not None
    if 0 < found.low < found.estimate < found.high < 1:
        assert (found.low + found.high) / 2 == pytest.approx(middle, abs=1e-6)
        assert 1.95 * error < (found.high - found.low) / 2 < 2.8 * error


@pytest.mark.parametrize(("freedom", "within"), [(5, 0.001), (8, 1e-4), (30, 1e-6), (1e6, 1e-9)])
def test_students_quantile_is_that_of_scipy(freedom: float, within: float) -> None:
    assert intervals.student(freedom) == pytest.approx(float(t.ppf(0.975, freedom)), abs=within)


@settings(deadline=None)
@given(st.lists(st.tuples(marks, marks), min_size=1, max_size=4))
def test_the_arms_change_places_and_the_probability_becomes_its_rest(pairs: list[tuple[Scores, Scores]]) -> None:
    one = ordinal.probability_of_better(pairs)
    other = ordinal.probability_of_better([(second, first) for first, second in pairs])
    assert one is not None and other is not None
    assert (one.estimate, one.low, one.high) == pytest.approx((1 - other.estimate, 1 - other.high, 1 - other.low))


def test_marks_that_are_all_5_favour_nobody_and_prove_little() -> None:
    found = ordinal.probability_of_better([((0, 0, 0, 0, 9), (0, 0, 0, 0, 9))])
    assert found is not None
    assert found.estimate == 0.5 and found.low < 0.4 and found.high > 0.6


def test_without_marks_of_both_arms_there_is_no_probability() -> None:
    assert ordinal.probability_of_better([]) is None
    assert ordinal.probability_of_better([((1, 2, 3, 4, 5), (0, 0, 0, 0, 0))]) is None


def test_easy_topics_favour_nobody() -> None:
    easy, hard = ((0, 0, 0, 10, 90), (0, 0, 0, 1, 9)), ((9, 1, 0, 0, 0), (90, 10, 0, 0, 0))
    found = ordinal.probability_of_better([easy, hard])
    assert found is not None
    assert found.estimate == pytest.approx(0.5)


@pytest.mark.parametrize("sizes", [[(15, 15)], [(10, 5)] * 4, [(40, 20), (5, 30)]])
def test_the_interval_holds_the_truth_as_often_as_it_says(sizes: list[tuple[int, int]]) -> None:
    random, weeks, held = np.random.default_rng(17), 1500, 0
    ai, human = np.array([0.1, 0.05, 0.1, 0.25, 0.5]), np.array([0.05, 0.05, 0.1, 0.3, 0.5])
    truth = float(sum(ai[mark] * (human[:mark].sum() + human[mark] / 2) for mark in range(5)))
    for _ in range(weeks):
        week = [(random.multinomial(n, ai), random.multinomial(m, human)) for n, m in sizes]
        found = ordinal.probability_of_better([(tuple(map(int, one)), tuple(map(int, two))) for one, two in week])  # pyright: ignore[reportArgumentType]
        assert found is not None
        held += found.low <= truth <= found.high
    assert 0.93 <= held / weeks <= 0.98
