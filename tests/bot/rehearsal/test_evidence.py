"""Risk against coverage from reviews: which reviews count, and how much."""

from typing import Any

import pytest

from bot.rehearsal import evidence
from bot.rehearsal.results import Replayed, TopicRisk
from handoff.gate import Policy
from storage.kinds import Action, Stage
from tests.bot.rehearsal.outcomes import replayed

POLICIES = {"returns": Policy("returns", Stage.AUTOPILOT, 0.6, 0.6, tolerance=0.05)}


def answer(able_at: float = 0.7, verdict: str = "", **changes: Any) -> Replayed:
    about = {"able_at": able_at, "verdict": verdict, "same_reply": True, "audited_at": 0.1 if verdict else 0.0}
    return replayed(Action.ANSWER, Action.ANSWER if able_at >= 0.6 else Action.HAND_OFF, **{**about, **changes})


def risk(*found: Replayed) -> TopicRisk:
    (topic,) = evidence.risk_by_topic(found, POLICIES)
    return topic


def test_reviewed_replies_that_stay_the_same_count() -> None:
    topic = risk(*[answer(verdict="right")] * 9, answer(verdict="wrong"), answer(), answer(able_at=0.5))
    assert (topic.decisions, topic.answered_then, topic.answered_now, topic.unreviewed) == (12, 12, 11, 1)
    assert (topic.at_threshold.reviewed, topic.at_threshold.wrong) == (10, 1)
    assert topic.at_threshold.share_wrong == pytest.approx(0.1)
    assert topic.at_most == pytest.approx(0.3368, abs=1e-4)
    assert topic.broke


@pytest.mark.parametrize("verdict", ["incomplete", "wrong", "harmful", "unsure"])
def test_whatever_is_not_right_is_wrong(verdict: str) -> None:
    assert risk(answer(verdict=verdict)).at_threshold.wrong == 1


@pytest.mark.parametrize("changes", [{"same_reply": False}, {"audited_at": 0.0}])
def test_reviews_of_another_reply_or_not_drawn_by_the_uniform_coin_do_not_count(changes: dict[str, Any]) -> None:
    topic = risk(answer(verdict="wrong", **changes))
    assert topic.at_threshold.share_wrong is None
    assert (topic.unreviewed, topic.at_most, topic.broke) == (1, 1.0, False)


def test_reviews_weigh_by_the_inverse_of_their_chance() -> None:
    topic = risk(answer(verdict="wrong", audited_at=0.5), answer(verdict="right", audited_at=0.1))
    assert topic.at_threshold.share_wrong == pytest.approx(2 / 12)


def test_a_higher_threshold_answers_less_and_drops_the_unsure_mistake() -> None:
    topic = risk(answer(0.62, "wrong"), answer(0.95, "right"), answer(0.45, "wrong"))
    rungs = {rung.threshold: rung for rung in topic.rungs}
    assert rungs[0.4].share_answered == 1
    assert rungs[0.4].share_wrong == pytest.approx(2 / 3)
    assert rungs[0.65].share_answered == pytest.approx(1 / 3)
    assert rungs[0.65].share_wrong == 0


def test_what_no_threshold_would_let_through_counts_as_not_answered() -> None:
    topic = risk(answer(0.9), answer().model_copy(update={"able_at": None, "answers_now": False}))
    assert topic.rungs[0].share_answered == 0.5


def test_nothing_replayed_has_no_topics() -> None:
    assert evidence.risk_by_topic([], POLICIES) == []
