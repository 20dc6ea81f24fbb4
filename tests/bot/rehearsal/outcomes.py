"""Results of rehearsals that tests print, export and compare."""

from typing import Any

from bot.rehearsal.results import Checked, Ending, Outcome, Played, Rehearsal, Replayed, Rung, Side, Step, TopicRisk
from storage.kinds import Action

HELD = Checked(name="must_answer", wanted="must answer", outcome=Outcome.HELD)
FAILED = Checked(name="must_say", wanted="must say 60 days", outcome=Outcome.FAILED, why="it wrote “nothing”")
WEAK = Checked(
    name="must_cite",
    wanted="must cite a",
    outcome=Outcome.KNOWN_WEAKNESS,
    why="it cited nothing",
    weakness="rare words",
)
GONE = Checked(name="must_cite", wanted="must cite a", outcome=Outcome.HOLDS_NOW, weakness="rare words")
UNJUDGED = Checked(name="judge", wanted="Is it kind?", outcome=Outcome.NOT_JUDGED, why="no model is configured")


def played(name: str, *checks: Checked, **changes: Any) -> Played:
    step = Step(said="Hello <b>", action=Action.ANSWER, reply="Hi\x07 & bye", confidence=0.7, threshold=0.6)
    made = Played(name=name, path=f"s/{name}.yaml", line=1, checks=checks, steps=(step,), ending=Ending.SILENT)
    return made.model_copy(update=changes)


def replayed(then: Action, now: Action, **changes: Any) -> Replayed:
    made = Replayed(
        decision_id="d1",
        conversation_id="c1",
        day="2026-11-02",
        then=Side(action=then, confidence=0.7, threshold=0.6, topic="returns", first_reason="Sure enough."),
        now=Side(action=now, confidence=0.7, threshold=0.9, topic="returns", reason="low_confidence"),
        answers_now=now == Action.ANSWER,
        able_at=0.7,
    )
    return made.model_copy(update=changes)


def risk(wrong: int, reviewed: int, tolerance: float = 0.05) -> TopicRisk:
    rung = Rung(
        threshold=0.6,
        share_answered=0.5,
        reviewed=reviewed,
        wrong=wrong,
        share_wrong=wrong / reviewed if reviewed else None,
    )
    return TopicRisk(
        topic="returns",
        tolerance=tolerance,
        decisions=100,
        answered_then=60,
        answered_now=50,
        unreviewed=50 - reviewed,
        at_threshold=rung,
        at_most=0.2,
        rungs=(rung,),
    )


def rehearsal(**changes: Any) -> Rehearsal:
    return Rehearsal(drafter="embedded extractive", drafter_version="d", articles=3, seed=1, **changes)
