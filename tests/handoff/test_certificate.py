"""Certificates and the looks at growing evidence: what is proved, what is missing, and how often it is wrong."""

import itertools
import math
import random
from collections.abc import Iterable, Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handoff import looks
from handoff.binomial import least_draws
from handoff.certificate import (
    Certified,
    Evidence,
    Missing,
    certify,
    refusal,
    statement,
    statement_on_all,
    would_pass,
)

TOLERANCES = st.sampled_from([0.01, 0.02, 0.05, 0.1, 0.3])
RISKS = st.sampled_from([0.01, 0.05, 0.1, 0.2])


def falling(count: int, wrong_at: Iterable[int] = ()) -> list[Evidence]:
    """Reviews from the surest to the least sure, wrong at these places, counted from 0."""
    places = set(wrong_at)
    return [Evidence(1 - i / (count + 1), i in places) for i in range(count)]


@st.composite
def reviewed(draw: st.DrawFn) -> list[Evidence]:
    """Any evidence: few or many reviews, many ties or none, errors anywhere."""
    rng = random.Random(draw(st.integers(0, 10**6)))
    count, grain = draw(st.integers(0, 400)), draw(st.sampled_from([5, 100, 10**9]))
    steepness, worst = draw(st.sampled_from([0, 1, 3])), draw(st.sampled_from([0.0, 0.05, 0.4, 1.0]))
    confidences = [round(rng.random() * grain) / grain for _ in range(count)]
    return [Evidence(each, rng.random() < worst * (1 - each) ** steepness) for each in confidences]


@pytest.mark.parametrize(("tolerance", "reviews"), [(0.1, 22), (0.05, 45), (0.02, 114), (0.01, 230)])
def test_clean_reviews_prove_a_tolerance_at_the_known_number_and_not_before(tolerance: float, reviews: int) -> None:
    proved = certify(falling(reviews), tolerance)
    assert isinstance(proved, Certified)
    assert (proved.reviews, proved.wrong, proved.share_answered) == (reviews, 0, 1)
    missing = certify(falling(reviews - 1), tolerance)
    assert isinstance(missing, Missing)
    assert missing.clean_reviews_needed == 1
    assert f"takes at least {reviews}" in missing.why


def surest(count: int, wrong: int, allowed: int | str, tolerance: str = "5 %") -> str:
    """Where the walk ended at its first rung."""
    return f"Of the {count} surest reviewed drafts {wrong} were wrong; {tolerance} allows {allowed}."


def test_the_walk_starts_at_twice_the_minimum_so_that_one_error_does_not_end_it() -> None:
    assert isinstance(certify(falling(300, [0]), 0.05), Certified)
    stopped = certify(falling(300, [0, 1, 2]), 0.05)
    assert isinstance(stopped, Missing)
    assert stopped.why == surest(105, 3, 2)
    assert 2 * least_draws(0, 0.05, 0.1) <= 105


def test_a_rung_that_would_hardly_answer_anybody_does_not_end_the_walk() -> None:
    assert isinstance(certify(falling(600, range(4)), 0.05), Missing)
    proved = certify(falling(1200, range(4)), 0.05)
    assert isinstance(proved, Certified)
    assert proved.reviews == 1200


@pytest.mark.parametrize(("count", "first", "allowed"), [(104, 77, 1), (76, 45, "none")])
def test_with_too_few_for_twice_the_minimum_it_starts_at_the_last_rung_there_is(
    count: int, first: int, allowed: int | str
) -> None:
    stopped = certify(falling(count, [0, 1]), 0.05)
    assert isinstance(stopped, Missing)
    assert stopped.why == surest(first, 2, allowed)


@pytest.mark.parametrize("right", [210, 289, 290, 500, 993])
def test_every_rung_is_where_one_more_error_is_allowed(right: int) -> None:
    from scipy.stats import binom

    proved = certify(falling(1000, range(right, 1000)), 0.05)
    assert isinstance(proved, Certified)
    count = proved.reviews
    allowed = int((binom.cdf(range(100), count, 0.05) <= 0.1).sum()) - 1
    assert binom.cdf(allowed, count - 1, 0.05) > 0.1 or count == 1000
    assert proved.wrong <= allowed


def test_the_walk_ends_at_the_first_failure_even_if_a_looser_threshold_would_pass() -> None:
    evidence = falling(600, [0, 1, 2])
    stopped = certify(evidence, 0.05)
    assert isinstance(stopped, Missing)
    assert stopped.why == surest(105, 3, 2)


def test_the_loosest_accepted_threshold_is_deployed() -> None:
    proved = certify(falling(400, [5, *range(208, 400)]), 0.05)
    assert isinstance(proved, Certified)
    assert (proved.reviews, proved.wrong) == (209, 2)
    assert proved.threshold == falling(400)[208].confidence


def test_a_clean_record_answers_everything_it_was_shown() -> None:
    proved = certify(falling(300), 0.05)
    assert isinstance(proved, Certified)
    assert (proved.reviews, proved.threshold) == (300, falling(300)[-1].confidence)


def test_ties_are_taken_in_whole_for_the_gate_cannot_tell_them_apart() -> None:
    evidence = [Evidence(0.9, False)] * 100 + [Evidence(0.5, i < 40) for i in range(60)]
    proved = certify(evidence, 0.05)
    assert isinstance(proved, Certified)
    assert (proved.threshold, proved.reviews) == (0.9, 100)


@settings(max_examples=200, deadline=None)
@given(reviewed(), TOLERANCES, RISKS)
def test_what_is_certified_holds_on_the_reviews_as_scipy_counts_them(
    evidence: list[Evidence], tolerance: float, risk: float
) -> None:
    from scipy.stats import binom

    proved = certify(evidence, tolerance, risk)
    if isinstance(proved, Missing):
        return
    above = [each for each in evidence if each.confidence >= proved.threshold]
    assert (proved.reviews, proved.wrong) == (len(above), sum(each.wrong for each in above))
    assert proved.share_answered == len(above) / len(evidence)
    assert binom.cdf(proved.wrong, proved.reviews, tolerance) <= risk * (1 + 1e-9)
    assert proved.wrong / proved.reviews <= proved.upper_bound <= tolerance


@settings(max_examples=200, deadline=None)
@given(reviewed(), TOLERANCES, RISKS, st.data())
def test_more_errors_never_loosen_the_threshold(
    evidence: list[Evidence], tolerance: float, risk: float, data: st.DataObject
) -> None:
    worse = list(evidence)
    for place in data.draw(st.lists(st.integers(0, max(0, len(evidence) - 1)), max_size=20)) if evidence else []:
        worse[place] = replace(worse[place], wrong=True)
    before, after = certify(evidence, tolerance, risk), certify(worse, tolerance, risk)
    if isinstance(after, Certified):
        assert isinstance(before, Certified)
        assert before.threshold <= after.threshold


@settings(max_examples=100, deadline=None)
@given(reviewed(), TOLERANCES, RISKS, st.randoms())
def test_the_order_of_reviews_does_not_matter(
    evidence: list[Evidence], tolerance: float, risk: float, rng: random.Random
) -> None:
    shuffled = rng.sample(evidence, len(evidence))
    assert certify(shuffled, tolerance, risk) == certify(evidence, tolerance, risk)


@settings(max_examples=150, deadline=None)
@given(reviewed(), TOLERANCES, RISKS)
def test_so_many_more_clean_reviews_bring_the_certificate_and_one_fewer_does_not(
    evidence: list[Evidence], tolerance: float, risk: float
) -> None:
    missing = certify(evidence, tolerance, risk)
    if isinstance(missing, Certified):
        return
    needed = missing.clean_reviews_needed
    assert needed is not None
    surer = [Evidence(0.999 + each / 10**7, False) for each in range(needed)]
    lower = [replace(each, confidence=each.confidence * 0.99) for each in evidence]
    assert isinstance(certify(lower + surer, tolerance, risk), Certified)
    assert isinstance(certify(lower + surer[1:], tolerance, risk), Missing)
    assert would_pass(evidence, needed, tolerance, risk)
    assert not would_pass(evidence, needed - 1, tolerance, risk)


def test_a_wrong_reply_without_a_usable_confidence_counts_against_every_threshold_and_a_right_one_for_none() -> None:
    for unusable in (math.nan, math.inf, -math.inf, 1.5, -0.1):
        wrong = [Evidence(unusable, True)] * 3
        stopped = certify(falling(300) + wrong, 0.05)
        assert isinstance(stopped, Missing)
        assert stopped.why.startswith(surest(105, 3, 2))
        assert stopped.why.endswith("3 without a usable confidence count against it when wrong, and never for it.")
        right = [Evidence(unusable, False)] * 60
        proved = certify(falling(45) + right, 0.05)
        assert isinstance(proved, Certified)
        assert proved.reviews == 45
        missing = certify(right, 0.05)
        assert isinstance(missing, Missing)
        assert missing.clean_reviews_needed == 45
        assert "60 without a usable confidence" in missing.why


def test_a_certificate_out_of_reach_is_not_held_out_and_the_reason_is_told() -> None:
    evidence = falling(300) + [Evidence(math.nan, True)] * 9000
    for outcome in (certify(evidence, 0.01), looks.look(evidence, 0, 0.01).outcome):
        assert isinstance(outcome, Missing)
        assert outcome.clean_reviews_needed is None
        assert "surest reviewed drafts" in statement("Returns", outcome)


def test_all_wrong_proves_nothing_and_names_a_number() -> None:
    missing = certify(falling(200, range(200)), 0.05)
    assert isinstance(missing, Missing)
    assert missing.why == surest(105, 105, 2)
    assert missing.clean_reviews_needed == 103


@pytest.mark.parametrize(
    ("tolerance", "risk", "words"),
    [
        (0.0, 0.1, "cannot be proved by any number of reviews: set at least 0.5 %"),
        (-0.1, 0.1, "cannot be proved by any number of reviews"),
        (1.0, 0.1, "accepts every wrong reply"),
        (7.0, 0.1, "accepts every wrong reply"),
        (math.nan, 0.1, "not a number"),
        (0.0001, 0.1, "would take 23,025 clean reviews: set at least 0.5 %"),
        (0.05, 0.0, "risk of a false certificate"),
        (0.05, 1.0, "risk of a false certificate"),
        (0.05, math.nan, "risk of a false certificate"),
    ],
)
def test_what_no_reviews_can_prove_is_said_and_never_certified(tolerance: float, risk: float, words: str) -> None:
    assert words in refusal(tolerance, risk)
    for outcome in (certify(falling(5000), tolerance, risk), looks.look(falling(5000), 0, tolerance, risk).outcome):
        assert isinstance(outcome, Missing)
        assert outcome.clean_reviews_needed is None
        assert words in statement("Returns", outcome)
    assert words in looks.plan(tolerance, risk)


def test_the_promise_is_told_in_words_and_both_kinds_are_named() -> None:
    proved = Certified(0.71, 312, 9, 0.0489, 0.58, 0.05, 0.1, 538)
    assert statement("Returns", proved) == (
        "Returns: at most 5 % of autonomous replies wrong, 90 % sure, from 312 reviews; 58 % of drafts are sure enough."
    )
    assert statement_on_all("Returns", proved) == (
        "Returns: of all messages at most 2.9 % get a wrong reply from Baton, 90 % sure, "
        "as long as it answers at most 58 % of them."
    )
    whole = statement_on_all("Returns", Certified(0.2, 312, 9, 0.0489, 1.0, 0.05, 0.1, 538))
    assert whole == "Returns: of all messages at most 5 % get a wrong reply from Baton, 90 % sure."
    nearly = Certified(0.71, 312, 9, 0.0489, 0.6151, 0.3, 0.1, 538)
    assert statement_on_all("Returns", nearly) == (  # 62 % of 30 % are 18.6, and 61.51 % would be 18.5
        "Returns: of all messages at most 18.6 % get a wrong reply from Baton, 90 % sure, "
        "as long as it answers at most 62 % of them."
    )
    assert "99.7 % of drafts are sure enough" in statement(
        "Returns", Certified(0.2, 312, 9, 0.0489, 0.997, 0.05, 0.1, 538)
    )
    assert (
        statement("Returns", Missing(43, "", 0.05))
        == "Returns: 43 more clean reviews would prove the tolerance of 5 %."
    )
    assert (
        statement("Returns", Missing(1, "", 0.005))
        == "Returns: 1 more clean review would prove the tolerance of 0.5 %."
    )


def uninformative(rng: random.Random, count: int, error: float) -> list[Evidence]:
    """Reviews whose confidence says nothing, and whose error is the same everywhere."""
    return [Evidence(rng.random(), rng.random() < error) for _ in range(count)]


def falsely(outcomes: Iterable[bool], runs: int, risk: float) -> bool:
    """Whether so many of the runs certified falsely that the risk cannot be true."""
    return sum(outcomes) / runs > risk + 3 * math.sqrt(risk * (1 - risk) / runs)


def test_one_test_is_false_at_most_as_often_as_the_risk_says_at_the_very_limit() -> None:
    rng, runs = random.Random(4), 1500
    outcomes = [isinstance(certify(uninformative(rng, 300, 0.1001), 0.1), Certified) for _ in range(runs)]
    assert not falsely(outcomes, runs, 0.1)
    assert sum(outcomes) > 0.05 * runs, "the bound is used, not only kept"


def test_a_threshold_beyond_the_limit_is_certified_at_most_as_often_as_the_risk_says() -> None:
    rng, runs, wrong = random.Random(5), 800, 0
    for _ in range(runs):
        scores = [rng.random() for _ in range(400)]
        evidence = [Evidence(each, rng.random() < 1 - each) for each in scores]
        proved = certify(evidence, 0.1)
        wrong += isinstance(proved, Certified) and (1 - proved.threshold) / 2 > 0.1
    assert not falsely([True] * wrong, runs, 0.1)


@pytest.mark.parametrize("risk", [0.05, 0.1, 0.5])
def test_all_looks_together_spend_at_most_the_risk(risk: float) -> None:
    spent = [looks.risk_of(number, risk) for number in range(1, 60)]
    assert all(each >= 0 for each in spent)
    assert sum(spent) <= risk * (1 + 1e-9)


@pytest.mark.parametrize("tolerance", [0.01, 0.02, 0.05, 0.1, 0.9])
def test_looks_grow_apart_and_each_could_prove_the_tolerance(tolerance: float) -> None:
    ahead = [looks.planned(number, tolerance) for number in range(1, 9)]
    for each in ahead:
        assert isinstance(certify(falling(each.reviews), tolerance, each.risk), Certified)
    for one, other in itertools.pairwise(ahead):
        assert other.reviews >= looks.GROWTH * one.reviews
    assert isinstance(certify(falling(ahead[0].reviews - 1), tolerance, ahead[0].risk), Missing)


def test_a_look_is_due_once_and_not_before_its_time() -> None:
    first, second = looks.planned(1, 0.05), looks.planned(2, 0.05)
    assert looks.due(first.reviews - 1, 0, 0.05) is None
    assert looks.due(first.reviews, 0, 0.05) == first
    assert looks.due(first.reviews, 1, 0.05) is None
    assert looks.due(second.reviews - 1, 1, 0.05) is None
    assert looks.due(second.reviews, 1, 0.05) == second


def test_missed_looks_hand_their_share_to_the_next_one() -> None:
    third = looks.planned(3, 0.05)
    now = looks.due(third.reviews + 5, 0, 0.05)
    assert now is not None
    assert (now.number, now.reviews) == (3, third.reviews)
    assert math.isclose(now.risk, sum(looks.risk_of(number) for number in (1, 2, 3)))


def test_evidence_that_shrank_is_not_looked_at_again() -> None:
    assert looks.due(100, 4, 0.05) is None
    seen = looks.look(falling(100), 4, 0.05)
    assert seen.look is None
    assert isinstance(seen.outcome, Missing)


def test_between_looks_nothing_is_certified_and_the_wait_is_named() -> None:
    first = looks.planned(1, 0.05)
    seen = looks.look(falling(first.reviews - 21), 0, 0.05)
    assert seen.look is None
    assert isinstance(seen.outcome, Missing)
    assert (seen.until_next, seen.outcome.clean_reviews_needed) == (21, 21)
    assert seen.outcome.why == "The evidence is tested again after 21 more reviews."


def test_a_look_that_even_clean_reviews_would_fail_is_told_as_such() -> None:
    first = looks.planned(1, 0.05)
    wrong = [replace(each, wrong=number < 3) for number, each in enumerate(falling(first.reviews - 21))]
    seen = looks.look(wrong, 0, 0.05)
    assert isinstance(seen.outcome, Missing)
    assert (seen.outcome.clean_reviews_needed or 0) > seen.until_next == 21
    assert seen.outcome.why == (
        "The evidence is tested again after 21 more reviews, which cannot prove it yet even if all are right."
    )


def test_a_look_that_proves_bears_the_whole_risk_in_its_words() -> None:
    first = looks.planned(1, 0.05)
    seen = looks.look(falling(first.reviews), 0, 0.05)
    assert seen.look == first
    assert seen.until_next == looks.planned(2, 0.05).reviews - first.reviews
    assert isinstance(seen.outcome, Certified)
    assert "90 % sure" in statement("Returns", seen.outcome)


@settings(max_examples=100, deadline=None)
@given(reviewed(), st.integers(0, 4), st.sampled_from([0.02, 0.05, 0.1]))
def test_the_clean_reviews_named_lead_to_a_look_that_certifies(
    evidence: list[Evidence], last: int, tolerance: float
) -> None:
    seen = looks.look(evidence, last, tolerance)
    if isinstance(seen.outcome, Certified):
        return
    needed = seen.outcome.clean_reviews_needed
    assert needed is not None
    assert needed >= seen.until_next
    number = seen.look.number if seen.look else last
    lower = [replace(each, confidence=each.confidence * 0.99) for each in evidence]
    assert _after_clean(lower, needed, number, tolerance)
    assert not _after_clean(lower, needed - 1, number, tolerance)


def _after_clean(evidence: Sequence[Evidence], clean: int, number: int, tolerance: float) -> bool:
    """Whether one of the looks is passed on the way through so many further clean reviews, one by one."""
    for come in range(1, clean + 1):
        if (now := looks.due(len(evidence) + come, number, tolerance)) is None:
            continue
        surer = [Evidence(0.999 + each / 10**7, False) for each in range(come)]
        if isinstance(certify([*evidence, *surer], tolerance, now.risk), Certified):
            return True
        number = now.number
    return False


def _ever_certified(stream: Sequence[Evidence], tolerance: float) -> bool:
    last = 0
    for count in range(1, len(stream) + 1):
        if looks.due(count, last, tolerance) is None:
            continue
        seen = looks.look(stream[:count], last, tolerance)
        if isinstance(seen.outcome, Certified):
            return True
        last = seen.look.number if seen.look else last
    return False


def test_looking_at_growing_evidence_as_planned_keeps_the_risk_and_after_each_review_does_not() -> None:
    rng, runs, tolerance = random.Random(6), 250, 0.1001
    planned = careless = 0
    for _ in range(runs):
        stream = uninformative(rng, 400, tolerance)
        planned += _ever_certified(stream, 0.1)
        careless += any(would_pass(stream[:count], 0, 0.1, 0.1) for count in range(22, 401, 3))
    assert not falsely([True] * planned, runs, 0.1)
    assert falsely([True] * careless, runs, 0.1)


def test_a_plan_is_told_to_the_manager_who_sets_the_tolerance() -> None:
    assert looks.plan(0.05) == (
        "At most 5 % wrong, 90 % sure: tested after 59, 118 and 236 reviews and so on; "
        "59 are enough when all are right."
    )


def test_looks_are_counted_from_one_and_planned_for_what_can_be_proved() -> None:
    with pytest.raises(ValueError, match="counted from 1"):
        looks.planned(0, 0.05)
    with pytest.raises(ValueError, match="cannot be proved"):
        looks.planned(1, 0.0)
