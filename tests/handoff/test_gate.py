"""The gate: what comes first, and what each reason says."""

from dataclasses import replace

import pytest

from handoff.draft import Mood
from handoff.gate import Assessment, Policy, decide
from storage.kinds import Action, HandoffReason, Stage
from tests.swiftness import stretched, takes

POLICY = Policy("returns", Stage.AUTOPILOT, threshold=0.6, frustration_limit=0.6)
CALM = Mood()
SURE = Assessment(CALM, found_anything=True, answerable=True, confidence=0.8, confidence_reasons=("well covered",))


def test_a_sure_answer_in_autopilot_is_given_with_its_reasons() -> None:
    verdict = decide(SURE, POLICY)
    assert (verdict.action, verdict.reason) == (Action.ANSWER, None)
    assert "0.80" in verdict.reasons[0]
    assert "well covered" in verdict.reasons


@pytest.mark.parametrize(
    ("assessment", "reason"),
    [
        (Assessment(Mood(wants_person=True), found_anything=True, answerable=True, confidence=1.0), "wish"),
        (Assessment(Mood(frustration=0.6), found_anything=True, answerable=True, confidence=1.0), "frustration"),
        (Assessment(CALM, found_anything=False), "nothing_found"),
        (Assessment(CALM, found_anything=True, model_failure="timeout"), "model_failed"),
        (Assessment(CALM, found_anything=True, answerable=False, confidence=0.9), "nothing_found"),
        (Assessment(CALM, True, answerable=True, confidence=1.0, needs_action=True), "needs_action"),
        (Assessment(CALM, found_anything=True, answerable=True, confidence=0.59), "low_confidence"),
        (Assessment(CALM, found_anything=True, answerable=True, confidence=None), "low_confidence"),
        (Assessment(CALM, found_anything=True, asks_back=True, asked_back_before=True), "low_confidence"),
    ],
)
def test_everything_else_hands_off_and_says_why(assessment: Assessment, reason: str) -> None:
    verdict = decide(assessment, POLICY)
    assert (verdict.action, verdict.reason) == (Action.HAND_OFF, HandoffReason(reason))
    assert verdict.reasons[0].endswith(".")


def test_a_wish_comes_before_anger_and_anger_before_everything_else() -> None:
    angry = Mood(frustration=1.0, wants_person=True)
    assert decide(Assessment(angry, found_anything=False), POLICY).reason is HandoffReason.WISH
    angry = Mood(frustration=1.0)
    assert decide(Assessment(angry, found_anything=False), POLICY).reason is HandoffReason.FRUSTRATION


def test_one_question_back_is_asked_and_not_a_second() -> None:
    unclear = Assessment(CALM, found_anything=True, asks_back=True)
    assert decide(unclear, POLICY).action is Action.CLARIFY


@pytest.mark.parametrize(("stage", "action"), [(Stage.COPILOT, Action.PROPOSE), (Stage.SHADOW, Action.HAND_OFF)])
def test_below_autopilot_a_sure_draft_goes_to_people(stage: Stage, action: Action) -> None:
    verdict = decide(SURE, Policy("returns", stage, 0.6, 0.6))
    assert (verdict.action, verdict.reason) == (action, HandoffReason.POLICY)
    assert stage in verdict.reasons[0]


CAUGHT = replace(SURE, caught=("No cited article has the amount “€15”.",))


def test_a_sure_draft_that_claims_what_no_source_holds_is_not_sent_alone() -> None:
    verdict = decide(CAUGHT, POLICY)
    assert (verdict.action, verdict.reason) == (Action.HAND_OFF, HandoffReason.LOW_CONFIDENCE)
    assert "€15" in verdict.reasons[1]


@pytest.mark.parametrize(
    "policy", [Policy("returns", Stage.COPILOT, 0.6, 0.6), Policy("returns", "autopilot", 0.9, 0.6)]
)
def test_whoever_gets_the_draft_for_another_reason_reads_what_was_caught(policy: Policy) -> None:
    assert any("€15" in reason for reason in decide(CAUGHT, policy).reasons)


def test_a_question_back_with_an_invention_is_not_asked() -> None:
    unclear = Assessment(CALM, found_anything=True, asks_back=True, caught=("The reply links to evil.example.",))
    assert decide(unclear, POLICY).action is Action.HAND_OFF


def test_the_threshold_itself_passes() -> None:
    assert decide(Assessment(CALM, True, answerable=True, confidence=0.6), POLICY).action is Action.ANSWER


def test_a_decision_takes_less_than_a_millisecond() -> None:
    assert takes(lambda: [decide(SURE, POLICY) for _ in range(1_000)]) / 1_000 < stretched(0.001)


def test_a_reason_is_not_said_twice() -> None:
    wish = Mood(wants_person=True, signs=("asks for a person", "waits since Monday"))
    verdict = decide(Assessment(wish, found_anything=True), POLICY)
    assert verdict.reasons == ("The customer asks for a person.", "waits since Monday")
