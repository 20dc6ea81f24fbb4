"""When graders are asked and what their judgements come to: nobody is asked in vain, and nothing changes for it."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handoff import cross_checks, gate
from handoff.confidence import PRIOR, ConfidenceModel, Weight
from handoff.cross_checks import AGREEMENT, MISSING, Judgement
from handoff.draft import Claim, Draft, Mood
from handoff.gate import Assessment, Policy
from storage.kinds import Action, HandoffReason, Stage

YES, NO, AGAINST = Judgement.SUPPORTED, Judgement.NOT_SUPPORTED, Judgement.CONTRADICTED
MODEL = ConfidenceModel("m", 0.5, {"own_confidence": Weight(4.0, 0.6), AGREEMENT: Weight(3.0, 0.9)})
POLICY = Policy("returns", Stage.AUTOPILOT, threshold=0.6, frustration_limit=0.6)
SURE = Assessment(Mood(), found_anything=True, answerable=True, confidence=0.7)

shares = st.floats(0, 1)


def decided(value: float, policy: Policy = POLICY, assessment: Assessment = SURE) -> bool:
    return gate.decide(replace(assessment, confidence=value), policy).action in gate.ACTS_ALONE


@given(own=shares, threshold=shares, agreed=shares, weight=st.floats(-6, 6))
def test_leaving_graders_out_never_changes_who_answers(
    own: float, threshold: float, agreed: float, weight: float
) -> None:
    model = ConfidenceModel("m", 0.3, {"own_confidence": Weight(5.0, 0.6), AGREEMENT: Weight(weight, 0.9)})
    policy = replace(POLICY, threshold=threshold)
    reach = cross_checks.reach(model, {"own_confidence": own})
    if not cross_checks.matters(reach, SURE, policy):
        always = model.score({"own_confidence": own, AGREEMENT: agreed}).value
        assert decided(always, policy) == decided(model.score({"own_confidence": own}).value, policy)


def test_graders_matter_between_the_ends_only() -> None:
    assert cross_checks.matters(cross_checks.reach(MODEL, {"own_confidence": 0.6}), SURE, POLICY)
    assert not cross_checks.matters(cross_checks.reach(MODEL, {"own_confidence": 0.0}), SURE, POLICY)
    low = replace(POLICY, threshold=0.05)
    assert not cross_checks.matters(cross_checks.reach(MODEL, {"own_confidence": 1.0}), SURE, low)


@pytest.mark.parametrize(
    ("assessment", "policy"),
    [
        (SURE, replace(POLICY, stage=Stage.COPILOT)),
        (SURE, replace(POLICY, stage=Stage.SHADOW)),
        (SURE, replace(POLICY, held_back="The budget is spent.")),
        (SURE, replace(POLICY, certificate_id="c1", certified_drafter="another")),
        (replace(SURE, mood=Mood(wants_person=True)), POLICY),
        (replace(SURE, mood=Mood(frustration=0.9)), POLICY),
        (replace(SURE, answerable=False), POLICY),
        (replace(SURE, model_failure="timeout"), POLICY),
        (replace(SURE, needs_action=True), POLICY),
        (replace(SURE, asks_back=True, answerable=False), POLICY),
    ],
)
def test_where_something_else_decides_no_grader_matters(assessment: Assessment, policy: Policy) -> None:
    assert not cross_checks.matters(cross_checks.reach(MODEL, {"own_confidence": 0.6}), assessment, policy)


def test_a_model_that_does_not_weigh_agreement_asks_nobody() -> None:
    model = ConfidenceModel("m", 0.5, {"own_confidence": Weight(4.0, 0.6)})
    reach = cross_checks.reach(model, {"own_confidence": 0.6})
    assert reach.low == reach.high


def test_agreement_is_the_mean_and_the_least_alike() -> None:
    assert cross_checks.agreement([(YES, YES, YES), (YES, YES, YES)]) == 1.0
    assert cross_checks.agreement([(NO, AGAINST), (NO, NO)]) == 0.0
    # Of the whole both are sure, of the first claim both, of the second one of them.
    assert cross_checks.agreement([(YES, YES, YES), (YES, YES, AGAINST)]) == pytest.approx(((2.5 / 3) + 0.5) / 2)
    assert cross_checks.agreement([(), (YES, NO)]) == pytest.approx((0.5 + 0) / 2)  # who failed says nothing
    assert cross_checks.agreement([]) is None
    assert cross_checks.agreement([(), ()]) is None


@given(own=shares, weight=st.floats(-6, 6))
def test_graders_that_fail_make_nothing_more_daring(own: float, weight: float) -> None:
    model = ConfidenceModel("m", 0.3, {"own_confidence": Weight(5.0, 0.6), AGREEMENT: Weight(weight, 0.9)})
    signals = {"own_confidence": own}
    unheard = cross_checks.unheard(model, signals)
    for agreed in (0.0, 0.3, 1.0):
        assert unheard.value <= model.score({**signals, AGREEMENT: agreed}).value + 1e-12
    assert unheard.signals[MISSING] == 1.0


def test_unheard_graders_are_told_as_such_and_teach_nothing() -> None:
    signals = {"own_confidence": 0.9, "answerable": 1.0}
    unheard = cross_checks.unheard(PRIOR, signals)
    assert any("gave no result" in reason for reason in unheard.reasons)
    assert not any("doubt" in reason and "agree)" in reason for reason in unheard.reasons)
    assert cross_checks.for_learning(unheard.signals) == signals
    heard = {**signals, AGREEMENT: 0.0}
    assert cross_checks.for_learning(heard) == heard


def test_claims_are_the_drafters_own_or_the_sentences_that_claim_something() -> None:
    draft = Draft("You can return tents within 30 days. Returns cost 4 euros.", ("p1",), "", True, 0.9, Mood(), "en")
    assert [text for text, _ in cross_checks.claims_of(draft)] == [
        "You can return tents within 30 days.",
        "Returns cost 4 euros.",
    ]
    named = replace(draft, claims=(Claim("Returns take 30 days", ("p2",)), Claim("They cost 4 euros")))
    assert cross_checks.claims_of(named) == [("Returns take 30 days", ("p2",)), ("They cost 4 euros", ("p1",))]


def test_a_verdict_of_low_confidence_is_what_unheard_graders_come_to() -> None:
    value = cross_checks.unheard(MODEL, {"own_confidence": 0.6}).value
    verdict = gate.decide(replace(SURE, confidence=value), POLICY)
    assert (verdict.action, verdict.reason) == (Action.HAND_OFF, HandoffReason.LOW_CONFIDENCE)
