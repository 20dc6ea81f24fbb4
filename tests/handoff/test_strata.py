"""Differences within topics against statsmodels and simulated weeks, and which topics are counted as one."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.proportion import confint_proportions_2indep

from handoff import strata
from handoff.compared import Apart, Arm, Topic
from handoff.intervals import Tally, Z, newcombe
from handoff.strata import Stratum, grouped
from tests.handoff.test_intervals import CLOSE, tallies
from tests.swiftness import stretched, takes


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


@pytest.mark.parametrize("seed", [1, 2])
def test_the_standardised_interval_holds_with_a_hundred_tiny_topics(seed: int) -> None:
    """One to five ratings of each arm in a topic: of one alone, no spread can be seen."""
    random, true_difference, weeks, held = np.random.default_rng(seed), -0.05, 1000, 0
    for _ in range(weeks):
        shares = random.uniform(0.5, 0.95, 100)
        n1, n2, mix = random.integers(1, 6, 100), random.integers(1, 6, 100), random.integers(1, 40, 100)
        drawn1, drawn2 = random.binomial(n1, shares + true_difference), random.binomial(n2, shares)
        cells = zip(drawn1.tolist(), n1.tolist(), drawn2.tolist(), n2.tolist(), strict=True)
        found = strata.standardised_difference([Stratum(*cell) for cell in cells], mix.tolist())
        assert found is not None
        held += found.low <= true_difference <= found.high
    assert 0.93 <= held / weeks <= 0.98


def topic(title: str, ai: int, human: int, *, ai_resolved: int = 0, human_resolved: int = 0) -> Topic:
    """A topic with so many ratings, all of them satisfied, and so many conversations, or as many as ratings."""
    return Topic(title, Arm(Tally(ai, ai), resolved=ai_resolved), Arm(Tally(human, human), resolved=human_resolved))


def titles(found: strata.Grouped) -> list[list[str]]:
    return [[each.title for each in group] for group in found.groups]


def test_topics_with_three_ratings_in_each_arm_stand_alone() -> None:
    found = grouped([topic("Hours", 3, 40), topic("Billing", 9, 3)])
    assert titles(found) == [["Hours"], ["Billing"]]
    assert (found.merged, found.apart, found.share_apart) == ((), (), 0.0)


def test_small_topics_that_were_split_alike_are_counted_as_one() -> None:
    small = [
        topic("Sizes", 2, 1, ai_resolved=50, human_resolved=50),
        topic("Cards", 1, 2, ai_resolved=9, human_resolved=10),
    ]
    found = grouped([topic("Hours", 30, 30, ai_resolved=90, human_resolved=10), *small])
    assert titles(found) == [["Hours"], ["Cards", "Sizes"]]
    assert found.merged == (("Cards", "Sizes"),)


def test_a_small_topic_that_was_split_otherwise_is_not_added_to_another() -> None:
    # Only the AI's conversations would be added to billing, and its easy questions would count as billing.
    easy = topic("Hours", 2, 0, ai_resolved=95, human_resolved=5)
    found = grouped([topic("Billing", 20, 20, ai_resolved=30, human_resolved=70), easy])
    assert titles(found) == [["Billing"]]
    assert [each.title for each in found.apart] == ["Hours"]
    assert found.apart[0].why_apart is Apart.TOO_FEW_RATINGS
    assert found.share_apart == pytest.approx(0.5)


def test_a_small_topic_joins_a_large_one_that_was_split_alike() -> None:
    large = topic("Billing", 20, 20, ai_resolved=30, human_resolved=70)
    found = grouped([large, topic("Invoices", 0, 2, ai_resolved=3, human_resolved=7)])
    assert titles(found) == [["Billing", "Invoices"]]


def test_a_topic_of_one_arm_alone_is_set_apart_whatever_its_size() -> None:
    found = grouped([topic("Hours", 30, 30), topic("Legal", 0, 0, human_resolved=40), topic("Tracking", 50, 0)])
    assert [(each.title, each.why_apart) for each in found.apart] == [
        ("Tracking", Apart.AI_ONLY),
        ("Legal", Apart.HUMAN_ONLY),
    ]
    assert found.share_apart == pytest.approx(90 / 150)


@settings(deadline=None)
@given(st.lists(st.tuples(*[st.integers(0, 9)] * 4), max_size=30))
def test_every_topic_is_compared_once_or_set_apart(counts: list[tuple[int, ...]]) -> None:
    topics = [
        topic(f"T{number}", ai, human, ai_resolved=2 * ai + more, human_resolved=human + other)
        for number, (ai, human, more, other) in enumerate(counts)
    ]
    found = grouped(topics)
    placed = [title for group in titles(found) for title in group] + [each.title for each in found.apart]
    assert sorted(placed) == sorted(each.title for each in topics if each.conversations)
    assert all(ai.tally.ratings and human.tally.ratings for ai, human in found.arms)
    assert 0 <= found.share_apart <= 1


def test_thousands_of_tiny_topics_are_grouped_and_compared_in_a_blink() -> None:
    counts = np.random.default_rng(3).integers(0, 4, (5000, 2)).tolist()

    def compared() -> None:
        found = grouped(topic(str(number), ai, human) for number, (ai, human) in enumerate(counts))
        interval = strata.within_strata([Stratum.of(ai.tally, human.tally) for ai, human in found.arms])
        assert interval is not None and interval.low <= 0 <= interval.high

    assert takes(compared, times=1) < stretched(2)
