"""Offered to the AI or sent straight to people: each conversation counts where it was sent."""

from datetime import date

import numpy as np

from handoff import confidence_sequence
from handoff.compared import Basis
from handoff.intervals import Tally, newcombe
from handoff.policy_comparison import compare_policy, so_far
from handoff.report_parts import LotMonth, Policy, PolicySide, PolicyTopic
from handoff.strata import Stratum, adjusted_difference


def side(satisfied: int, ratings: int, conversations: int = 200) -> PolicySide:
    return PolicySide(
        conversations=conversations,
        resolved=conversations - 10,
        asked=2 * ratings,
        answered=ratings,
        tally=Tally(satisfied, ratings),
    )


HOURS = PolicyTopic(topic="hours", title="Hours", offered=side(76, 80), straight=side(9, 10))
BILLING = PolicyTopic(topic="billing", title="Billing", offered=side(12, 20), straight=side(35, 50))


def policy(*topics: PolicyTopic, randomised: bool) -> Policy:
    return Policy(holdout_share=0.1 if randomised else 0.0, randomised=randomised, topics=topics)


def test_by_lot_all_ratings_are_compared_and_it_is_said_to_be_causal() -> None:
    found = compare_policy(policy(HOURS, BILLING, randomised=True))
    assert found.basis is Basis.BY_LOT
    assert found.satisfied == newcombe(Tally(88, 100), Tally(44, 60))
    assert found.sentence == (
        "Policy (causal, by lot), offered to AI minus sent straight to people: "
        "+15 points satisfied (95 % interval +2 to +28; ratings: 100 where AI was offered, 60 where not)."
    )


def test_without_a_lot_topics_are_compared_and_it_is_said_to_be_observational() -> None:
    found = compare_policy(policy(HOURS, BILLING, randomised=False))
    assert found.basis is Basis.OBSERVATIONAL
    assert found.satisfied == adjusted_difference(
        {each.topic: (each.offered.tally, each.straight.tally) for each in (HOURS, BILLING)}
    )
    assert "adjusted, observational" in found.sentence


def test_sides_hold_whatever_was_sent_there_resolved_or_not() -> None:
    found = compare_policy(policy(HOURS, BILLING, randomised=True))
    assert (found.offered.conversations, found.straight.tally) == (400, Tally(44, 60))
    assert found.resolved == newcombe(Tally(380, 400), Tally(380, 400))
    assert found.response == newcombe(Tally(100, 200), Tally(60, 120))


def test_below_eight_ratings_on_a_side_there_are_counts_alone() -> None:
    found = compare_policy(policy(HOURS.model_copy(update={"straight": side(3, 7)}), randomised=True))
    assert found.satisfied is None
    assert found.sentence == (
        "Policy (causal, by lot): too few ratings to compare, 80 where AI was offered, 7 where not; each needs 8."
    )


def test_when_all_went_one_way_there_is_nothing_to_compare() -> None:
    for topics in ((), (HOURS.model_copy(update={"straight": PolicySide()}),)):
        found = compare_policy(policy(*topics, randomised=False))
        assert found.satisfied is None and found.resolved is None
        assert found.sentence.startswith("All conversations went the same way")


def test_sides_without_a_rated_topic_in_common_are_not_compared() -> None:
    one = HOURS.model_copy(update={"straight": PolicySide(conversations=3)})
    other = BILLING.model_copy(update={"offered": PolicySide(conversations=3)})
    found = compare_policy(policy(one, other, randomised=False))
    assert found.satisfied is None
    assert "no rated topic in common" in found.sentence


def test_of_topics_that_both_sides_hardly_share_nothing_is_said() -> None:
    shared = BILLING.model_copy(update={"offered": side(0, 7)})
    apart = HOURS.model_copy(update={"straight": PolicySide(conversations=3)})
    found = compare_policy(policy(shared, apart, randomised=False))
    assert found.satisfied is None
    assert found.sentence == (
        "Policy (adjusted, observational): too few ratings in topics of both sides, "
        "7 where AI was offered, 50 where not; each needs 8."
    )


def test_an_observed_difference_says_of_how_many_ratings_it_is() -> None:
    apart = HOURS.model_copy(update={"topic": "wax", "straight": PolicySide(conversations=3)})
    found = compare_policy(policy(HOURS, BILLING, apart, randomised=False))
    assert found.ratings == 100 + 60
    assert found.sentence.endswith("; ratings: 100 where AI was offered, 60 where not).")


def month(number: int, offered: tuple[int, int], straight: tuple[int, int]) -> LotMonth:
    """Satisfied and ratings of either side."""
    return LotMonth(first_day=date(2026, number, 1), offered=side(*offered), straight=side(*straight))


def test_the_lot_is_compared_within_months_with_bounds_that_hold_at_every_look() -> None:
    months = [month(8, (40, 50), (3, 6)), month(9, (45, 50), (4, 5)), month(10, (9, 9), (0, 0))]
    found = so_far(months)
    assert found is not None
    strata = [Stratum(40, 50, 3, 6), Stratum(45, 50, 4, 5)]
    assert found.difference == confidence_sequence.over_all_looks(strata)
    assert found.sentence.startswith(
        "By lot since 1 Aug 2026: no difference that 100 ratings where AI was offered and 11 where not could show ("
    )
    assert "bounds that hold however often you look" in found.sentence


def test_a_clear_difference_by_lot_is_named() -> None:
    found = so_far([month(8, (190, 200), (20, 60))])
    assert found is not None
    assert "customers who rated were more satisfied where AI was offered: +62 points" in found.sentence
    assert (turned := so_far([month(8, (20, 60), (190, 200))])) is not None
    assert "less satisfied" in turned.sentence


def test_with_few_ratings_so_far_there_are_counts_alone() -> None:
    assert so_far([]) is None
    found = so_far([month(8, (40, 50), (3, 4)), month(9, (0, 0), (9, 9))])
    assert found is not None and found.difference is None
    assert found.sentence == (
        "By lot since 1 Aug 2026: too few to compare, 50 ratings where AI was offered and 4 where not; each needs 8."
    )


def test_a_changed_share_of_the_lot_does_not_take_a_better_month_for_the_offer() -> None:
    """All are more satisfied since May, when the share that is drawn was raised: nothing differs within months."""
    months = [month(4, (600, 1000), (6, 10)), month(5, (950, 1000), (190, 200))]
    found = so_far(months)
    assert found is not None and found.difference is not None
    assert abs(found.difference.estimate) < 1e-9
    pooled = newcombe(found.offered.tally, found.straight.tally)
    assert pooled is not None and pooled.high < 0


def _is_ever_called(random: np.random.Generator) -> bool:
    """Whether a year of weekly looks at a lot that changes nothing ends in a verdict."""
    months: list[LotMonth] = []
    for week in range(48):
        if week % 4 == 0:
            months.append(month(week // 4 + 1, (0, 0), (0, 0)))
        offered, straight = months[-1].offered.tally, months[-1].straight.tally
        drawn = int(random.poisson(3))
        offered += Tally(int(random.binomial(30, 0.8)), 30)
        straight += Tally(int(random.binomial(drawn, 0.8)), drawn)
        sides = (offered.satisfied, offered.ratings), (straight.satisfied, straight.ratings)
        months[-1] = month(week // 4 + 1, *sides)
        found = so_far(months)
        if found and found.difference and found.difference.excludes_zero:
            return True
    return False


def test_years_of_weekly_looks_at_a_lot_that_changes_nothing_hardly_ever_end_in_a_verdict() -> None:
    random, years = np.random.default_rng(9), 150
    assert sum(_is_ever_called(random) for _ in range(years)) / years <= 0.05
