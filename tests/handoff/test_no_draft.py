"""Why there is no draft: a sentence that an agent understands, from which a replay has the cause again."""

import inspect

import pytest

from handoff import gate, no_draft
from handoff.draft import Mood, NoUsableDraft
from storage.kinds import HandoffReason, Stage

CAUSES = (
    "timeout refused invalid_output truncated filtered rate_limited no_quota unreachable untrusted wrong_key "
    "unknown_model rejected too_long endless cannot_see resting told_its_rules"
).split()


def test_each_cause_that_drafters_name_has_words_of_its_own() -> None:
    assert all(cause in inspect.getsource(NoUsableDraft) for cause in CAUSES)
    told = {cause: no_draft.words(cause) for cause in CAUSES}
    assert len(set(told.values())) == len(told)
    assert not [words for words in told.values() if "no usable reply" in words or "_" in words]


@pytest.mark.parametrize("cause", [*CAUSES, "something_new"])
def test_the_cause_comes_back_from_the_words_of_a_decision(cause: str) -> None:
    policy = gate.Policy("returns", Stage.AUTOPILOT, threshold=0.6, frustration_limit=0.6)
    verdict = gate.decide(gate.Assessment(Mood(), found_anything=True, model_failure=cause), policy)
    assert verdict.reason == HandoffReason.MODEL_FAILED
    assert no_draft.cause(["Something else.", *verdict.reasons]) == cause


@pytest.mark.parametrize("cause", ["unreachable", "wrong_key"])
def test_what_earlier_versions_stored_is_understood(cause: str) -> None:
    before = f"The drafter gave no usable reply ({cause.replace('_', ' ')})."
    assert no_draft.cause([before]) == cause
    assert no_draft.words(no_draft.cause([before])) == no_draft.words(cause)


def test_words_that_tell_no_cause_leave_it_unknown() -> None:
    assert no_draft.cause(["The customer asks for a person."]) == no_draft.UNKNOWN
    assert no_draft.words(no_draft.UNKNOWN) == "The model gave no usable reply (unknown), so there is no draft."
