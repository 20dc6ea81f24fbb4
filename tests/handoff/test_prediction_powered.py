"""A share among all, from labels and a score of every one: against plain regression, and in simulated weeks."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handoff import sampling
from handoff.intervals import score_interval
from handoff.prediction_powered import Labelled, estimate, estimate_satisfied
from handoff.sampling import Weighted


@st.composite
def weeks(draw: st.DrawFn) -> list[Labelled]:
    chance = draw(st.sampled_from([0.04, 0.3, 0.9]))
    pairs = draw(st.lists(st.tuples(st.booleans(), st.floats(0, 1, width=32)), min_size=3, max_size=60))
    return [Labelled(yes, score, chance) for yes, score in pairs]


@settings(deadline=None)
@given(weeks(), st.floats(0, 1))
def test_the_estimate_is_the_regression_on_the_score_at_its_mean(labelled: list[Labelled], mean: float) -> None:
    found = estimate(labelled, mean_score=mean, conversations=2000)
    assert found is not None
    scores = np.array([each.score for each in labelled])
    yes = np.array([float(each.yes) for each in labelled])
    if np.ptp(scores) > 1e-3:
        slope, level = np.polyfit(scores, yes, 1)
        certain = sum(yes) / 2000, 1 - sum(1 - yes) / 2000
        wanted = min(certain[1], max(certain[0], level + slope * mean))
        assert found.estimate.estimate == pytest.approx(wanted, abs=1e-6)
    assert 0 <= found.estimate.low <= found.estimate.estimate <= found.estimate.high <= 1


@settings(deadline=None)
@given(weeks())
def test_without_the_score_it_is_wilsons_interval_of_those_left_out(labelled: list[Labelled]) -> None:
    found = estimate(labelled, mean_score=0.5, conversations=2000)
    assert found is not None
    share = sum(each.yes for each in labelled) / len(labelled)
    wanted = score_interval(share, len(labelled) / (1 - labelled[0].probability))
    plain = found.without_score
    yes = sum(each.yes for each in labelled)
    within = [min(1 - (len(labelled) - yes) / 2000, max(yes / 2000, each)) for each in (share, wanted.low, wanted.high)]
    assert (plain.estimate, plain.low, plain.high) == pytest.approx(within)


@settings(deadline=None)
@given(weeks(), st.floats(-3, 3), st.sampled_from([-2.0, 0.1, 50.0]))
def test_the_scale_of_the_score_does_not_matter(labelled: list[Labelled], moved: float, stretched: float) -> None:
    other = [Labelled(each.yes, moved + stretched * each.score, each.probability) for each in labelled]
    one = estimate(labelled, mean_score=0.6, conversations=2000)
    two = estimate(other, mean_score=moved + stretched * 0.6, conversations=2000)
    assert one is not None and two is not None
    if np.ptp([each.score for each in labelled]) > 1e-3:
        pairs = (one.estimate, two.estimate)
        assert [(each.estimate, each.low, each.high) for each in pairs[:1]] == [
            pytest.approx((each.estimate, each.low, each.high), abs=1e-6) for each in pairs[1:]
        ]


def test_right_and_wrong_change_places_and_so_do_the_bounds() -> None:
    random = np.random.default_rng(2)
    labelled = [Labelled(bool(random.random() < 0.8), float(random.random()), 0.1) for _ in range(70)]
    turned = [Labelled(not each.yes, each.score, 0.1) for each in labelled]
    one = estimate(labelled, mean_score=0.5, conversations=700)
    two = estimate(turned, mean_score=0.5, conversations=700)
    assert one is not None and two is not None
    assert (one.estimate.low, one.estimate.high) == pytest.approx((1 - two.estimate.high, 1 - two.estimate.low))


def test_scores_apart_by_rounding_alone_are_alike() -> None:
    labelled = [Labelled(False, 7.482480431880656e-110, 0.04)] * 3  # their mean is not quite their sum over three
    found = estimate(labelled, mean_score=-1.2, conversations=2000)
    assert found is not None
    assert found.estimate.estimate == found.without_score.estimate


def test_a_score_that_is_the_same_for_all_changes_nothing() -> None:
    labelled = [Labelled(number % 5 > 0, 0.7, 0.1) for number in range(50)]
    found = estimate(labelled, mean_score=0.7, conversations=500)
    assert found is not None
    assert found.estimate.estimate == pytest.approx(0.8)
    assert found.estimate.high - found.estimate.low == pytest.approx(
        found.without_score.high - found.without_score.low, rel=0.02
    )


def test_labels_that_are_all_right_prove_no_more_than_they_do_alone() -> None:
    random = np.random.default_rng(4)
    labelled = [Labelled(True, float(random.random()), 0.1) for _ in range(60)]
    found = estimate(labelled, mean_score=0.2, conversations=600)
    assert found is not None
    assert found.estimate == found.without_score
    assert found.estimate.low < 0.95


def test_a_score_that_was_right_each_time_is_not_believed_to_be_right_always() -> None:
    labelled = [Labelled(number % 10 > 0, float(number % 10 > 0), 0.1) for number in range(60)]
    found = estimate(labelled, mean_score=0.9, conversations=600)
    assert found is not None
    assert found.estimate.high - found.estimate.low > 0.04


def test_when_all_were_looked_at_the_share_is_known() -> None:
    found = estimate([Labelled(number > 1, 0.5, 1.0) for number in range(8)], mean_score=0.5, conversations=8)
    assert found is not None
    assert (found.estimate.low, found.estimate.estimate, found.estimate.high) == (0.75, 0.75, 0.75)


def test_two_labels_are_no_estimate() -> None:
    assert estimate([Labelled(True, 0.5, 0.1)] * 2, mean_score=0.5, conversations=20) is None
    assert estimate_satisfied([], mean_score=0.5, conversations=0) is None


def test_unequal_chances_weigh_as_they_do_in_the_estimate_of_reviews() -> None:
    random = np.random.default_rng(6)
    chances = random.uniform(0.05, 0.6, 150)
    yes = random.random(150) < 0.8
    labelled = [Labelled(bool(good), 0.5, float(chance)) for good, chance in zip(yes, chances, strict=True)]
    reviews = sampling.estimate([Weighted(not each.yes, each.probability) for each in labelled])
    found = estimate(labelled, mean_score=0.5, conversations=900)
    assert found is not None and reviews is not None
    plain = found.without_score
    assert (plain.low, plain.high) == pytest.approx((1 - reviews.high, 1 - reviews.low))


def test_satisfaction_holds_when_who_rates_depends_on_the_score_alone() -> None:
    random, held, held_raw, rounds = np.random.default_rng(8), 0, 0, 500
    for _ in range(rounds):
        score = random.beta(2, 1, 800)
        satisfied = random.random(800) < 0.3 + 0.65 * score
        rated = np.flatnonzero(random.random(800) < 0.05 + 0.35 * score)
        pairs = [(bool(satisfied[each]), float(score[each])) for each in rated]
        found = estimate_satisfied(pairs, mean_score=float(score.mean()), conversations=800)
        assert found is not None
        truth = float(satisfied.mean())
        held += found.estimate.low <= truth <= found.estimate.high
        held_raw += found.without_score.low <= truth <= found.without_score.high
    assert held / rounds >= 0.93
    assert held_raw / rounds < 0.85


def test_whatever_the_silent_think_the_range_that_is_told_holds() -> None:
    """The unsatisfied rate less often whatever their score: the estimate fails, and what stands beside it does not."""
    random, held, apart, rounds = np.random.default_rng(9), 0, 0, 300
    for _ in range(rounds):
        score = random.beta(2, 1, 800)
        satisfied = random.random(800) < 0.3 + 0.65 * score
        rated = np.flatnonzero(random.random(800) < np.where(satisfied, 0.4, 0.25))
        pairs = [(bool(satisfied[each]), float(score[each])) for each in rated]
        found = estimate_satisfied(pairs, mean_score=float(score.mean()), conversations=800)
        assert found is not None and found.silent is not None
        truth, silent = float(satisfied.mean()), found.silent
        held += found.estimate.low <= truth <= found.estimate.high
        apart += silent.low <= truth <= silent.high
        assert silent.least <= truth <= silent.most
    assert held / rounds < 0.5
    assert apart / rounds >= 0.9


def test_where_everybody_rated_nobody_is_silent() -> None:
    found = estimate_satisfied([(number > 1, 0.5) for number in range(8)], mean_score=0.5, conversations=8)
    assert found is not None and found.silent is not None
    assert (found.silent.share, found.silent.low, found.silent.high) == (0.0, 0.75, 0.75)


def test_where_all_were_to_be_looked_at_and_some_were_not_the_share_is_not_known() -> None:
    labelled = [Labelled(number % 10 > 0, 0.9, 1.0) for number in range(60)]
    found = estimate(labelled, mean_score=0.9, conversations=80)
    assert found is not None
    assert found.estimate.low < 0.89 and found.estimate.high > 0.91


@pytest.mark.parametrize(("score", "mean"), [(float("nan"), 0.9), (0.7, float("nan")), (float("inf"), 0.9)])
def test_a_score_that_is_not_a_number_moves_nothing(score: float, mean: float) -> None:
    labelled = [Labelled(number % 10 > 0, score if number == 3 else 0.9, 0.1) for number in range(60)]
    found = estimate(labelled, mean_score=mean, conversations=600)
    assert found is not None
    assert found.estimate.estimate == found.without_score.estimate == pytest.approx(0.9)


def test_no_estimate_leaves_what_is_certain_whatever_the_silent_think() -> None:
    rated = [(number % 10 > 0, 0.5 + 0.45 * (number % 10 > 0)) for number in range(95)]
    found = estimate_satisfied(rated, mean_score=0.7, conversations=100)
    assert found is not None and found.silent is not None
    assert found.silent.least <= found.silent.low <= found.estimate.low <= found.estimate.estimate
    assert found.estimate.estimate <= found.estimate.high <= found.silent.high <= found.silent.most


def test_of_a_few_left_to_chance_beside_many_that_were_certain_no_score_is_believed_far() -> None:
    certain = [Labelled(number % 5 > 0, 0.8, 1.0) for number in range(50)]
    drawn = [Labelled(True, 0.9, 0.05), Labelled(False, 0.3, 0.05)]
    two = estimate([*certain, *drawn], mean_score=0.85, conversations=90)
    assert two is not None
    assert two.estimate == two.without_score
    three = estimate([*certain, *drawn, Labelled(True, 0.85, 0.05)], mean_score=0.8, conversations=110)
    assert three is not None
    assert three.estimate.high - three.estimate.low > 0.25
