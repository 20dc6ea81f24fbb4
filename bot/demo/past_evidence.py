"""What the shop's agents said of the drafts of the simulated weeks: signals, verdicts, and what followed from them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import log
from random import Random
from typing import Any

from bot.demo.shop import organisation
from handoff import confidence
from handoff.agreement import CAUTION
from handoff.confidence import Confidence
from storage.kinds import Action, Drawn, Fault, ReviewVerdict

Row = dict[str, Any]

WRONG: Mapping[str, float] = {
    "orders": 0.02,
    "delivery": 0.0,
    "returns": 0.07,
    "payments": 0.06,
    "products": 0.12,
    "repairs": 0.3,
}
"""The share of wrong drafts in each topic."""
AUDIT_SHARE = 1.0
"""In its first weeks the shop reviews everything."""
READ_TWICE, AGREES = 0.12, 0.9
STILL_WAITING = timedelta(hours=20)
FAULTS = (Fault.WRONG_FACT, Fault.MISSING_STEP, Fault.OUTDATED_ARTICLE, Fault.WRONG_SOURCE)


@dataclass(frozen=True, slots=True)
class Versions:
    """The versions that the simulated drafts are said to come from: those in use, so that their reviews count."""

    drafter: str
    confidence: str


def weighed(chance: Random, sure: float) -> Confidence:
    """Signals of which the model in use makes about this confidence, 0..1."""
    usual = {name: each.usual for name, each in confidence.PRIOR.weights.items() if name != "cross_checks"}
    signals = usual | {
        "coverage": round(chance.uniform(0.6, 1.0), 3),
        "strength": round(chance.uniform(0.4, 0.75), 3),
        "margin": round(chance.uniform(0.05, 0.4), 3),
        "support": 1.0,
        "later_turns": 0.0,
    }
    without = confidence.PRIOR.score(signals | {"own_confidence": usual["own_confidence"]})
    own = confidence.PRIOR.weights["own_confidence"]
    missing = _log_odds(sure) - _log_odds(without.value)
    signals["own_confidence"] = round(min(1.0, max(0.0, own.usual + missing / own.weight)), 3)
    return confidence.PRIOR.score(signals)


def _log_odds(share: float) -> float:
    return log(share / (1 - share))


def review(chance: Random, draft: Row, decision: Row, versions: Versions, *, until: datetime) -> list[Row]:
    """The reviews of a draft: one, seldom two; those of the last hours still wait."""
    wrong = chance.random() < WRONG[decision["topic"]]
    verdict = chance.choice((ReviewVerdict.INCOMPLETE, ReviewVerdict.WRONG)) if wrong else ReviewVerdict.RIGHT
    second = verdict if chance.random() < AGREES else chance.choice(CAUTION[:2])
    readings = [verdict, second] if chance.random() < READ_TWICE else [verdict]
    waits = draft["created_at"] > until - STILL_WAITING
    agents = chance.sample(organisation.AGENTS, 2)
    return [
        {
            "workspace_id": draft["workspace_id"],
            "id": f"{draft['id']}{number}",
            "draft_id": draft["id"],
            "reading": number,
            "conversation_id": draft["conversation_id"],
            "decision_id": decision["id"],
            "topic": decision["topic"],
            "drafter_version": versions.drafter,
            "confidence_version": versions.confidence,
            "confidence": decision["confidence"],
            "signals": decision["signals"],
            "answered": decision["action"] == Action.ANSWER,
            "audit": True,
            "audit_share": AUDIT_SHARE,
            "probability": AUDIT_SHARE,
            "drawn": Drawn.AUDIT,
            "drafted_at": draft["created_at"],
            "verdict": None if waits else told,
            "fault": chance.choice(FAULTS) if told != ReviewVerdict.RIGHT and not waits else "",
            "reviewer_id": None if waits else agents[number - 1].id,
            "reviewed_at": None if waits else draft["created_at"] + timedelta(hours=chance.uniform(1, 18)),
            "seconds": None if waits else round(chance.uniform(8, 60), 1),
        }
        for number, told in enumerate(readings, 1)
    ]
