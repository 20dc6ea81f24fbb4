"""Runs a decision again, with today's policy or another, and says what would go the other way, and why.

By default it holds the stored draft, signals, passages and mood against the policy: no model is asked, nothing is
written. With `draft_again` it searches and drafts anew, with the present articles and drafter.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from bot.audit.remembering import Remembered
from bot.thinking import considering
from bot.thinking.considering import Ground
from bot.trust.basis import Basis
from handoff import gate, guard, holdout, no_draft
from handoff.draft import Mood
from handoff.gate import CAME_BACK, Assessment, Policy, Verdict
from storage.kinds import Action, HandoffReason
from storage.tables import Decision

NO_DRAFT = "A person would no longer be needed at once, but no draft was made then: --draft-again makes one."
RULED = "This was settled by a rule that asks for no policy, so it stays as it was."


@dataclass(frozen=True, slots=True)
class Side:
    """What was decided, then or now, and by what."""

    action: str
    reason: str
    reasons: tuple[str, ...]
    topic: str
    stage: str
    threshold: float
    tolerance: float
    frustration_limit: float
    certificate_id: str
    unproved: bool
    confidence: float | None
    confidence_version: str
    frustration: float
    drafter_version: str


@dataclass(frozen=True, slots=True)
class Replayed:
    """A decision held against another policy, or thought through anew."""

    decision_id: str
    conversation_id: str
    decided_at: datetime
    then: Side
    now: Side
    drafted_again: bool
    reply: str = ""
    """The new draft, when one was made."""
    why: tuple[str, ...] = ()
    """What differs in the policy or the draft, a sentence each."""
    inputs_changed: tuple[str, ...] = ()
    """What the decision rested on and is no longer as it was, a sentence each."""

    @property
    def other_way(self) -> bool:
        """Whether it would be decided otherwise."""
        return (self.then.action, self.then.reason) != (self.now.action, self.now.reason)

    def as_dict(self) -> dict[str, Any]:
        """For programs."""
        return asdict(self) | {"decided_at": self.decided_at.isoformat(), "other_way": self.other_way}


@dataclass(frozen=True, slots=True)
class Other:
    """What is to differ from today's policy."""

    stage: str | None = None
    threshold: float | None = None
    tolerance: float | None = None

    def on(self, policy: Policy) -> Policy:
        """The policy with these in place. A threshold or tolerance of one's own proves nothing."""
        changed: dict[str, Any] = {name: value for name, value in asdict(self).items() if value is not None}
        if {"threshold", "tolerance"} & changed.keys():
            changed |= {"certificate_id": "", "certified_drafter": "", "certified_confidence": ""}
        return replace(policy, **changed)


@dataclass(frozen=True)
class Asked:
    """Which decision is run again, and on what."""

    known: Remembered
    ground: Ground
    """Of today."""
    other: Other
    basis: Basis
    """How confidence is weighed today."""

    @property
    def confidence(self) -> float | None:
        """How sure today's model is of the stored signals; as it was then where there is nothing to weigh."""
        decision = self.known.decision
        same = decision.confidence_version == self.basis.versions.confidence
        if decision.confidence is None or same or not decision.signals:
            return decision.confidence
        return self.basis.weighing.confidence.score(decision.signals).value


def replay(asked: Asked) -> Replayed:
    """Hold what is stored against today's policy, changed by what is asked for. Asks no model and reads no article."""
    known, decision = asked.known, asked.known.decision
    policy = asked.other.on(asked.ground.policy(decision.topic))
    assessment = _assessment(asked)
    words = _policy_differences(decision, policy, asked.ground)
    if assessment is None or _lacks_a_draft(known, assessment, policy):
        verdict = Verdict(Action(decision.action), _reason(decision), tuple(decision.reasons))
        words = [RULED if assessment is None else NO_DRAFT]
    else:
        verdict = gate.decide(assessment, policy)
        words += _weighed_otherwise(asked)
    version = asked.basis.versions.confidence if decision.confidence is not None else ""
    now = _side(verdict, policy, asked.confidence, version, decision.frustration)
    return _replayed(known, replace(now, drafter_version=decision.drafter_version), words)


def _weighed_otherwise(asked: Asked) -> list[str]:
    decision, version = asked.known.decision, asked.basis.versions.confidence
    if decision.confidence is None or asked.confidence is None or decision.confidence_version == version:
        return []
    words = (
        f"Confidence was weighed by {decision.confidence_version or 'a model that was not noted'}, today by {version}"
    )
    return [f"{words}: {decision.confidence:.2f} became {asked.confidence:.2f}."]


async def draft_again(asked: Asked) -> Replayed:
    """Search and draft anew, with the articles and the drafter of today.

    Raises:
        LookupError: when the message itself was taken back by its customer.
    """
    known, decision, ground = asked.known, asked.known.decision, asked.ground
    if known.asked is None:
        raise LookupError("the customer took the message back")
    considered = await considering.consider(ground, known.asked)
    considered = considered.under(asked.other.on(considered.policy))
    sure = considered.confidence
    now = _side(
        considered.verdict,
        considered.policy,
        sure.value if sure else None,
        sure.version if sure else "",
        considered.mood.frustration,
    )
    text = considered.draft.text or considered.draft.clarifying_question if considered.draft else ""
    words = _policy_differences(decision, considered.policy, ground)
    if decision.drafter_version not in ("", ground.drafter_version):
        words.append(f"Version {decision.drafter_version} drafted; today {ground.drafter_version} does.")
    words += _found_otherwise(decision, considered)
    if known.draft and considered.draft and text != (known.draft.text or known.draft.clarifying_question):
        words.append("The draft reads otherwise.")
    told = _replayed(known, replace(now, drafter_version=considered.drafter_version), words)
    return replace(told, drafted_again=True, reply=text)


def _found_otherwise(decision: Decision, considered: considering.Considered) -> list[str]:
    found = {passage.article_id for passage in considered.passages}
    before = {str(passage["article_id"]) for passage in decision.passages}
    if not before or found == before:
        return []
    return [f"The search finds {len(found - before)} other article(s) and no longer {len(before - found)}."]


def _assessment(asked: Asked) -> Assessment | None:
    """What the gate was given; None when a rule before or after the gate decided."""
    known, decision, draft = asked.known, asked.known.decision, asked.known.draft
    by_gate = (HandoffReason.WISH, HandoffReason.FRUSTRATION, HandoffReason.NOTHING_FOUND, HandoffReason.MODEL_FAILED)
    if draft is None and decision.reason not in by_gate:
        return None
    if decision.reason == HandoffReason.POLICY and decision.reasons[:1] in ([CAME_BACK], [holdout.DRAWN]):
        return None
    return Assessment(
        mood=Mood(decision.sentiment, decision.frustration, decision.reason == HandoffReason.WISH),
        found_anything=draft is not None or bool(decision.passages) or decision.reason == HandoffReason.MODEL_FAILED,
        answerable=bool(draft and draft.answerable),
        asks_back=bool(draft and draft.clarifying_question and not draft.answerable),
        asked_back_before=known.asked_back_before,
        needs_action=decision.reason == HandoffReason.NEEDS_ACTION,
        left_open=_reason(decision) if decision.action == Action.ANSWER else None,
        confidence=asked.confidence,
        caught=_caught(decision),
        drafter_version=decision.drafter_version,
        confidence_version=asked.basis.versions.confidence,
        model_failure=no_draft.cause(decision.reasons) if decision.reason == HandoffReason.MODEL_FAILED else "",
    )


def _caught(decision: Decision) -> tuple[str, ...]:
    """What the guard caught; the decision's own words tell it, and the number of claims is what is stored for sure."""
    number = round(decision.signals.get(guard.SIGNAL, 0))
    return (f"{number} claim(s) of the draft have no source.",) if number else ()


def _lacks_a_draft(known: Remembered, assessment: Assessment, policy: Policy) -> bool:
    """Whether the mood alone decided then and no longer would: what a draft would have come to, nobody knows."""
    by_mood = known.draft is None and known.decision.reason == HandoffReason.FRUSTRATION
    return by_mood and gate.person_needed(assessment.mood, policy) is None


def _reason(decision: Decision) -> HandoffReason | None:
    return HandoffReason(decision.reason) if decision.reason else None


def _side(verdict: Verdict, policy: Policy, confidence: float | None, version: str, frustration: float) -> Side:
    return Side(
        action=verdict.action,
        reason=verdict.reason or "",
        reasons=verdict.reasons,
        topic=policy.topic,
        stage=policy.stage,
        threshold=policy.threshold,
        tolerance=policy.tolerance,
        frustration_limit=policy.frustration_limit,
        certificate_id=policy.certificate_id,
        unproved=policy.unproved,
        confidence=confidence,
        confidence_version=version,
        frustration=frustration,
        drafter_version="",
    )


def _then(decision: Decision) -> Side:
    return Side(
        action=decision.action,
        reason=decision.reason,
        reasons=tuple(decision.reasons),
        topic=decision.topic,
        stage=decision.stage,
        threshold=decision.threshold,
        tolerance=decision.tolerance,
        frustration_limit=decision.frustration_limit,
        certificate_id=decision.certificate_id,
        unproved=decision.unproved,
        confidence=decision.confidence,
        confidence_version=decision.confidence_version,
        frustration=decision.frustration,
        drafter_version=decision.drafter_version,
    )


def _replayed(known: Remembered, now: Side, why: Sequence[str]) -> Replayed:
    decision = known.decision
    return Replayed(
        decision_id=decision.id,
        conversation_id=decision.conversation_id,
        decided_at=decision.created_at,
        then=_then(decision),
        now=now,
        drafted_again=False,
        why=tuple(why),
        inputs_changed=tuple(known.inputs_changed()),
    )


def _policy_differences(decision: Decision, policy: Policy, ground: Ground) -> list[str]:
    told: list[str] = []
    if decision.stage != policy.stage:
        told.append(f"The topic was on {decision.stage}, and is on {policy.stage}.")
    for name, before, after in (
        ("threshold", decision.threshold, policy.threshold),
        ("limit of frustration", decision.frustration_limit, policy.frustration_limit),
        ("tolerance", decision.tolerance, policy.tolerance),
    ):
        if abs(before - after) > 1e-9:  # noqa: PLR2004 - rounding
            told.append(f"The {name} was {before:.3g}, and is {after:.3g}.")
    if decision.certificate_id != policy.certificate_id:
        before, after = _proof(decision.certificate_id), _proof(policy.certificate_id)
        told.append(f"It rested on {before}, and would rest on {after}.")
    if decision.topic and decision.topic not in ground.topics:
        told.append(f"There is no topic {decision.topic} any more: the starting policy holds.")
    return told


def _proof(certificate_id: str) -> str:
    return f"the certificate {certificate_id}" if certificate_id else "no certificate"
