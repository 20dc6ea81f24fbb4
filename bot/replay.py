"""Runs a decision again, with today's policy or another, and says what would go the other way, and why.

By default it holds the stored draft, signals, passages and mood against the policy: no model is asked, nothing is
written. With `draft_again` it searches and drafts anew, with the present articles and drafter.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot import considering, recording
from bot.considering import Asked, Ground
from handoff import gate
from handoff.draft import Author, Mood, Turn
from handoff.gate import Assessment, Policy, Verdict
from storage import conversations, decisions, handoffs
from storage.kinds import Action, DraftRole, HandoffReason
from storage.tables import Article, Decision, DraftRow, Message

_CAUSE = re.compile(r"The drafter gave no usable reply \((?P<cause>.+)\)")
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


@dataclass(frozen=True, slots=True)
class Remembered:
    """What is stored of a decision and around it."""

    decision: Decision
    draft: DraftRow | None
    messages: Sequence[Message]
    """Of the conversation until the decision, oldest first, as they read now; the one it answers is the last."""
    deleted: int
    earlier: Sequence[Decision]
    unhelpful: int
    """How many replies the customer had found of no help by then."""
    articles: Mapping[str, Article] = field(default_factory=dict[str, Article])

    @property
    def turns(self) -> list[Turn]:
        """The conversation as the decision read it, as far as it still stands."""
        return [Turn(Author(each.author), each.text, each.created_at) for each in self.messages]

    @property
    def asked_back_before(self) -> bool:
        """Whether Baton had asked back already."""
        return any(each.action == Action.CLARIFY and each.draft_id for each in self.earlier)


async def remembered(session: AsyncSession, workspace_id: str, decision_id: str) -> Remembered | None:
    """Read a decision and what it rested on; None when there is none, or it was erased with its conversation."""
    decision = await decisions.by_id(session, workspace_id, decision_id)
    if decision is None:
        return None
    every = (await session.exec(_messages_until(decision))).all()
    standing = [each for each in every if each.deleted_at is None]
    question = [each for each in standing if each.id == decision.message_id]
    before = [each for each in standing if each.id != decision.message_id][-conversations.RECENT :]
    served = await handoffs.decisions(session, workspace_id, decision.conversation_id)
    drafts = await session.exec(
        select(DraftRow.unhelpful_at).where(
            DraftRow.workspace_id == workspace_id,
            DraftRow.conversation_id == decision.conversation_id,
            col(DraftRow.unhelpful_at) <= decision.created_at,
        )
    )
    return Remembered(
        decision=decision,
        draft=await handoffs.draft(session, workspace_id, decision.draft_id),
        messages=[*before, *question],
        deleted=len(every) - len(standing),
        earlier=[each for each in served if each.id < decision.id],
        unhelpful=len(drafts.all()),
        articles=await decisions.articles_of(session, workspace_id, [decision]),
    )


def _messages_until(decision: Decision) -> Any:
    return (
        select(Message)
        .where(
            Message.workspace_id == decision.workspace_id,
            Message.conversation_id == decision.conversation_id,
            Message.id < decision.id,
        )
        .order_by(col(Message.id))
    )


def replay(known: Remembered, ground: Ground, other: Other | None = None) -> Replayed:
    """Hold what is stored against today's policy, changed by `other`. Asks no model and reads no article."""
    decision = known.decision
    policy = (other or Other()).on(ground.policy(decision.topic))
    assessment = _assessment(known)
    if assessment is None or _lacks_a_draft(known, assessment, policy):
        verdict = Verdict(Action(decision.action), _reason(decision), tuple(decision.reasons))
        policy_words: tuple[str, ...] = (RULED if assessment is None else NO_DRAFT,)
    else:
        verdict = gate.decide(assessment, policy)
        policy_words = tuple(_policy_differences(decision, policy, ground))
    now = _side(verdict, policy, decision.confidence, decision.confidence_version, decision.frustration)
    return _replayed(known, replace(now, drafter_version=decision.drafter_version), policy_words)


async def draft_again(known: Remembered, ground: Ground, other: Other | None = None) -> Replayed:
    """Search and draft anew, with the articles and the drafter of today.

    Raises:
        LookupError: when the message itself was taken back by its customer.
    """
    decision = known.decision
    if not known.messages or known.messages[-1].id != decision.message_id:
        raise LookupError("the customer took the message back")
    question = known.messages[-1]
    topics = [each.topic for each in known.earlier if each.draft_id and each.topic]
    asked = Asked(
        known.turns,
        topic=topics[-1] if topics else "",
        has_files=bool(question.files),
        asked_back_before=known.asked_back_before,
        thumbs_down=known.unhelpful,
    )
    considered = await considering.consider(ground, asked)
    considered = considered.under((other or Other()).on(considered.policy))
    sure = considered.confidence
    now = _side(
        considered.verdict,
        considered.policy,
        sure.value if sure else None,
        sure.version if sure else "",
        considered.mood.frustration,
    )
    words = _policy_differences(decision, considered.policy, ground)
    if decision.drafter_version not in ("", ground.drafter_version):
        words.append(f"Version {decision.drafter_version} drafted; today {ground.drafter_version} does.")
    found = {passage.article_id for passage in considered.passages}
    before = {str(passage["article_id"]) for passage in decision.passages}
    if found != before and decision.passages:
        words.append(f"The search finds {len(found - before)} other article(s) and no longer {len(before - found)}.")
    text = considered.draft.text or considered.draft.clarifying_question if considered.draft else ""
    if known.draft and considered.draft and text != (known.draft.text or known.draft.clarifying_question):
        words.append("The draft reads otherwise.")
    told = _replayed(known, replace(now, drafter_version=considered.drafter_version), tuple(words))
    return replace(told, drafted_again=True, reply=text)


def _assessment(known: Remembered) -> Assessment | None:
    """What the gate was given; None when a rule before or after the gate decided."""
    decision, draft = known.decision, known.draft
    by_gate = decision.reason in (HandoffReason.WISH, HandoffReason.FRUSTRATION, HandoffReason.NOTHING_FOUND)
    if draft is None and not by_gate and decision.reason != HandoffReason.MODEL_FAILED:
        return None
    if decision.reason == HandoffReason.POLICY and decision.reasons[:1] == [considering.CAME_BACK]:
        return None
    return Assessment(
        mood=Mood(decision.sentiment, decision.frustration, decision.reason == HandoffReason.WISH),
        found_anything=draft is not None or bool(decision.passages) or decision.reason == HandoffReason.MODEL_FAILED,
        answerable=bool(draft and draft.answerable),
        asks_back=bool(draft and draft.clarifying_question and not draft.answerable),
        asked_back_before=known.asked_back_before,
        confidence=decision.confidence,
        confidence_reasons=(),
        drafter_version=decision.drafter_version,
        confidence_version=decision.confidence_version,
        model_failure=_cause(decision),
    )


def _lacks_a_draft(known: Remembered, assessment: Assessment, policy: Policy) -> bool:
    """Whether the mood alone decided then and no longer would: what a draft would have come to, nobody knows."""
    by_mood = known.draft is None and known.decision.reason == HandoffReason.FRUSTRATION
    return by_mood and gate.person_needed(assessment.mood, policy) is None


def _cause(decision: Decision) -> str:
    if decision.reason != HandoffReason.MODEL_FAILED:
        return ""
    told = _CAUSE.search(" ".join(decision.reasons))
    return told["cause"] if told else "unknown"


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


def _replayed(known: Remembered, now: Side, why: tuple[str, ...]) -> Replayed:
    decision = known.decision
    return Replayed(
        decision_id=decision.id,
        conversation_id=decision.conversation_id,
        decided_at=decision.created_at,
        then=_then(decision),
        now=now,
        drafted_again=False,
        why=why,
        inputs_changed=tuple(inputs_changed(known)),
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


def inputs_changed(known: Remembered) -> list[str]:
    """What the decision rested on and is no longer as it was, a sentence each."""
    decision, told = known.decision, list[str]()
    if known.deleted:
        told.append(f"{known.deleted} message(s) of the conversation were deleted since.")
    elif decision.input_hash and recording.input_hash(known.turns) != decision.input_hash:
        told.append("The conversation reads otherwise now: a message was edited since.")
    for passage in decision.passages:
        article = known.articles.get(str(passage["article_id"]))
        if article is None:
            words = f"The article {passage['article_id']} is gone."
        elif article.removed_at:
            words = f"The article “{article.title}” was removed since."
        elif passage.get("content_hash") and passage["content_hash"] != article.content_hash:
            words = f"The article “{article.title}” was changed since."
        else:
            continue
        if words not in told:
            told.append(words)
    if decision.role == DraftRole.SHADOW:
        told.append("It was made in silence by a version on trial; the customer never met it.")
    return told
