"""Offered to the AI or sent straight to people: each conversation counts where it was sent."""

from handoff.compared import Basis
from handoff.intervals import Tally, newcombe
from handoff.policy_comparison import compare_policy
from handoff.report_parts import Policy, PolicySide, PolicyTopic
from handoff.strata import adjusted_difference


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
        "+15 points satisfied (95 % interval +2 to +28)."
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
