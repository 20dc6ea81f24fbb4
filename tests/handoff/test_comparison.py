"""The statistics against scipy and statsmodels, and the words against what the ratings allow."""

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest
from statsmodels.stats.power import NormalIndPower
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from handoff import comparison
from handoff.comparison import Interval, Stratum, Tally, Verdict, compare

CLOSE = 1e-6


@st.composite
def tallies(draw: st.DrawFn, most: int = 400) -> Tally:
    ratings = draw(st.integers(1, most))
    return Tally(draw(st.integers(0, ratings)), ratings)


def stratum(one: Tally, two: Tally) -> Stratum:
    return Stratum(one.satisfied, one.ratings, two.satisfied, two.ratings)


@given(tallies())
def test_wilson_is_the_interval_of_scipy_and_statsmodels(tally: Tally) -> None:
    ours = comparison.wilson(tally)
    assert ours is not None
    scipys = binomtest(tally.satisfied, tally.ratings).proportion_ci(method="wilson")
    theirs = proportion_confint(tally.satisfied, tally.ratings, method="wilson")
    assert (ours.low, ours.high) == pytest.approx((scipys.low, scipys.high), abs=CLOSE)
    assert (ours.low, ours.high) == pytest.approx(theirs, abs=CLOSE)


@given(tallies(), tallies())
def test_newcombe_is_the_interval_of_statsmodels(one: Tally, two: Tally) -> None:
    ours = comparison.newcombe(one, two)
    assert ours is not None
    theirs = confint_proportions_2indep(one.satisfied, one.ratings, two.satisfied, two.ratings, method="newcomb")
    assert (ours.low, ours.high) == pytest.approx(theirs, abs=CLOSE)


@given(tallies(), tallies())
def test_with_one_topic_sato_is_the_error_of_two_independent_shares(one: Tally, two: Tally) -> None:
    single = [stratum(one, two)]
    half = comparison.Z * comparison.sato_standard_error(single)
    low, high = confint_proportions_2indep(one.satisfied, one.ratings, two.satisfied, two.ratings, method="wald")
    difference = comparison.mantel_haenszel_difference(single)
    assert (difference - half, difference + half) == pytest.approx((low, high), abs=CLOSE)


@given(tallies(most=60), tallies(most=60))
def test_with_one_topic_the_adjusted_interval_is_that_of_agresti_and_caffo(one: Tally, two: Tally) -> None:
    ours = comparison.adjusted_difference({"returns": (one, two)})
    assert ours is not None
    low, high = confint_proportions_2indep(
        one.satisfied, one.ratings, two.satisfied, two.ratings, method="agresti-caffo"
    )
    inside = (max(-1.0, min(low, ours.estimate)), min(1.0, max(high, ours.estimate)))
    assert (ours.low, ours.high) == pytest.approx(inside, abs=CLOSE)


@given(st.lists(st.tuples(tallies(most=30), tallies(most=30)), min_size=1, max_size=6))
def test_the_same_topics_twice_change_the_error_by_the_root_of_two(pairs: list[tuple[Tally, Tally]]) -> None:
    strata = [stratum(one, two) for one, two in pairs]
    doubled = comparison.sato_standard_error(strata * 2)
    assert doubled == pytest.approx(comparison.sato_standard_error(strata) / math.sqrt(2), abs=CLOSE)
    same = comparison.mantel_haenszel_difference(strata * 2)
    assert same == pytest.approx(comparison.mantel_haenszel_difference(strata), abs=CLOSE)


@pytest.mark.parametrize(
    "sizes",
    [pytest.param([(60, 15), (30, 40), (10, 50)], id="few large topics"), pytest.param([(4, 3)] * 40, id="many small")],
)
def test_sato_is_the_spread_seen_in_simulated_weeks(sizes: list[tuple[int, int]]) -> None:
    random = np.random.default_rng(7)
    estimates: list[float] = []
    variances: list[float] = []
    for _ in range(3000):
        strata = [
            Stratum(float(random.binomial(n1, 0.75)), n1, float(random.binomial(n2, 0.65)), n2) for n1, n2 in sizes
        ]
        estimates.append(comparison.mantel_haenszel_difference(strata))
        variances.append(comparison.sato_standard_error(strata) ** 2)
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
        interval = comparison.adjusted_difference(topics)
        assert interval is not None
        held += interval.low <= true_difference <= interval.high
    assert 0.93 <= held / weeks <= 0.975


@given(tallies(), tallies())
def test_the_smallest_visible_difference_has_the_power_statsmodels_says(one: Tally, two: Tally) -> None:
    ours = comparison.smallest_visible_difference(one, two)
    assert ours is not None
    if ours == 1.0:
        return
    share = (one.satisfied + two.satisfied + 2) / (one.ratings + two.ratings + 4)
    effect = ours / math.sqrt(share * (1 - share))
    ratio: Any = two.ratings / one.ratings
    power = NormalIndPower().power(effect, one.ratings, 0.025, ratio=ratio, alternative="larger")
    assert power == pytest.approx(0.8, abs=CLOSE)


@given(st.dictionaries(st.sampled_from("abcdef"), st.tuples(tallies(most=40), tallies(most=40))))
def test_whatever_the_ratings_the_interval_holds_the_estimate_and_the_headline_fits(
    topics: dict[str, tuple[Tally, Tally]],
) -> None:
    found = compare(topics, resolved=1)
    for interval in (found.raw, found.adjusted):
        if interval:
            assert -1 <= interval.low <= interval.estimate <= interval.high <= 1
    assert 0 < len(found.headline) <= 150


def test_an_empty_arm_has_no_share_and_no_interval() -> None:
    assert Tally().share is None
    assert comparison.wilson(Tally()) is None
    assert comparison.newcombe(Tally(), Tally(3, 4)) is None
    assert comparison.smallest_visible_difference(Tally(), Tally(3, 4)) is None


def test_nothing_resolved_is_said_as_such() -> None:
    assert compare({}, resolved=0).verdict is Verdict.NOTHING_RESOLVED


def test_below_eight_ratings_in_an_arm_there_are_counts_and_no_difference() -> None:
    found = compare({"returns": (Tally(7, 7), Tally(0, 400))}, resolved=500)
    assert found.verdict is Verdict.TOO_FEW_RATINGS
    assert found.headline == "Too few ratings for a verdict: 7 of AI alone and 400 of people; each needs 8."
    assert (found.raw, found.adjusted, found.smallest_visible, found.notes) == (None, None, None, ())


def test_with_eight_ratings_in_each_arm_a_verdict_is_given() -> None:
    found = compare({"returns": (Tally(6, 8), Tally(5, 8))}, resolved=20)
    assert found.verdict is Verdict.NO_DIFFERENCE_SHOWN
    assert found.headline == "No difference between AI and people that 16 ratings could show."


def test_no_difference_comes_with_what_the_sample_could_not_have_shown() -> None:
    found = compare({"returns": (Tally(20, 25), Tally(15, 18))}, resolved=60)
    assert found.headline == "No difference between AI and people that 43 ratings could show."
    assert found.smallest_visible == pytest.approx(0.354, abs=0.001)
    assert any("under 35 points would probably have stayed unseen" in note for note in found.notes)


def test_a_clear_difference_is_said_with_its_interval() -> None:
    worse = compare({"returns": (Tally(100, 200), Tally(160, 200))}, resolved=900)
    better = compare({"returns": (Tally(160, 200), Tally(100, 200))}, resolved=900)
    assert worse.verdict is Verdict.AI_LOWER
    assert worse.headline == (
        "Customers who rated were less satisfied with AI than with people: −30 points (95 % interval −39 to −21)."
    )
    assert better.verdict is Verdict.AI_HIGHER
    assert "more satisfied with AI than with people: +30 points" in better.headline


def test_the_easy_topics_do_not_make_the_ai_look_better() -> None:
    topics = {"hours": (Tally(170, 200), Tally(19, 20)), "billing": (Tally(4, 20), Tally(80, 200))}
    found = compare(topics, resolved=600)
    assert found.raw is not None and found.raw.estimate > 0
    assert found.verdict is Verdict.AI_LOWER
    assert any("disagree" in note for note in found.notes)


def test_different_topics_are_not_compared() -> None:
    found = compare({"hours": (Tally(30, 30), Tally()), "billing": (Tally(), Tally(10, 40))}, resolved=100)
    assert found.verdict is Verdict.NOT_COMPARABLE
    assert found.raw is None


def test_too_few_ratings_in_shared_topics_are_not_compared() -> None:
    found = compare({"hours": (Tally(30, 30), Tally(0, 2)), "billing": (Tally(), Tally(10, 40))}, resolved=100)
    assert found.verdict is Verdict.NOT_COMPARABLE


def test_ratings_in_topics_of_one_arm_only_are_named() -> None:
    found = compare({"hours": (Tally(15, 20), Tally(14, 20)), "billing": (Tally(), Tally(10, 40))}, resolved=100)
    assert any(note == "Not compared: 40 ratings in topics that only one of them answered." for note in found.notes)


def test_all_customers_content_in_both_arms_proves_little() -> None:
    found = compare({"hours": (Tally(9, 9), Tally(9, 9))}, resolved=20)
    assert found.verdict is Verdict.NO_DIFFERENCE_SHOWN
    assert found.adjusted is not None and found.adjusted.high - found.adjusted.low > 0.3


@pytest.mark.parametrize(
    ("difference", "words"),
    [(0.124, "+12"), (-0.03, "−3"), (0.0, "0"), (0.004, "+0.4"), (-0.00001, "0"), (1.0, "+100")],
)
def test_points_read_as_people_write_them(difference: float, words: str) -> None:
    assert comparison.points(difference) == words


def test_an_interval_on_one_side_excludes_zero() -> None:
    assert Interval(0.1, 0.01, 0.2).excludes_zero and Interval(-0.1, -0.2, -0.01).excludes_zero
    assert not Interval(0.1, -0.01, 0.2).excludes_zero
