"""Writes down what was considered: the draft, the decision that explains itself, and whether people review it."""

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.runtime import Runtime
from bot.thinking.considering import Considered
from handoff import draft as drafts
from handoff import gate, sampling
from handoff.draft import Draft, FoundPassage
from storage.evidence import Review
from storage.ids import new_id
from storage.kinds import Action, DraftRole, Drawn
from storage.row import now
from storage.tables import Conversation, Decision, DraftRow, Message

SECOND_READING = 2


def record(
    session: AsyncSession,
    runtime: Runtime,
    conversation: Conversation,
    message: Message,
    considered: Considered,
    *,
    role: DraftRole = DraftRole.SERVING,
) -> Decision:
    """Add the draft, the decision, and the reviews that the coins draw.

    Args:
        session: of the turn's transaction.
        runtime: for the key of the coins and the shares of reviews.
        conversation: where it was asked.
        message: what was asked.
        considered: what was found out and decided.
        role: `shadow` for a draft that was made beside the one in use; its decision is only recorded.

    Returns:
        The decision, which names the draft when there is one.
    """
    chances = _chances(runtime, considered)
    draft_row = _draft_row(conversation, message, considered, considered.draft) if considered.draft else None
    decision = _decision_row(conversation, message, considered, draft_row)
    decision.role, decision.input_hash = role, drafts.input_hash(considered.turns)
    session.add(decision)
    if draft_row:
        draft_row.role = role
        if chances:
            draft_row.audit_share, draft_row.review_probability = chances.audit, chances.probability
        session.add(draft_row)
        session.add_all(_drawn(runtime, draft_row, decision, chances, role) if chances else ())
    return decision


def _chances(runtime: Runtime, considered: Considered) -> sampling.Chances | None:
    """How likely the draft is reviewed. Only drafts that the threshold governs have a chance, all alike by audit."""
    draft, sure = considered.draft, considered.confidence
    if draft is None or sure is None or not draft.answerable or not draft.text:
        return None
    if gate.person_needed(considered.mood, considered.policy):
        return None
    if considered.assessment and considered.assessment.caught:
        return None
    shares = runtime.reviews
    return sampling.plan(
        1 - sure.value,
        audit_share=sampling.audit_share_of(considered.policy.stage, shares.audit_share),
        targeted_share=shares.targeted_share,
        mean_root_risk=runtime.root_risk.before(1 - sure.value),
    )


def _drawn(
    runtime: Runtime, draft: DraftRow, decision: Decision, chances: sampling.Chances, role: DraftRole
) -> list[Review]:
    drawn = sampling.draw(runtime.sampling_key, draft.id, chances)
    if drawn is None:
        return []
    readings = [1]
    if sampling.second_reading(runtime.sampling_key, draft.id):
        readings.append(SECOND_READING)
    answered = decision.action == Action.ANSWER and role == DraftRole.SERVING
    return [_review(draft, decision, chances, drawn, reading, answered=answered) for reading in readings]


def _review(
    draft: DraftRow, decision: Decision, chances: sampling.Chances, drawn: Drawn, reading: int, *, answered: bool
) -> Review:
    return Review(
        workspace_id=draft.workspace_id,
        id=new_id(),
        draft_id=draft.id,
        reading=reading,
        conversation_id=draft.conversation_id,
        decision_id=decision.id,
        topic=decision.topic,
        drafter_version=decision.drafter_version,
        confidence_version=decision.confidence_version,
        confidence=decision.confidence or 0.0,
        signals=decision.signals,
        answered=answered,
        audit=drawn == Drawn.AUDIT,
        audit_share=chances.audit,
        probability=chances.probability,
        drawn=drawn,
        drafted_at=draft.created_at,
    )


def _draft_row(conversation: Conversation, message: Message, considered: Considered, draft: Draft) -> DraftRow:
    return DraftRow(
        workspace_id=conversation.workspace_id,
        id=considered.draft_id or new_id(),
        conversation_id=conversation.id,
        message_id=message.id,
        text=draft.text,
        citations=[_citation(passage) for passage in considered.cited],
        topic=draft.topic,
        answerable=draft.answerable,
        clarifying_question=draft.clarifying_question,
        own_confidence=draft.own_confidence,
        sentiment=draft.mood.sentiment,
        frustration=draft.mood.frustration,
        wants_person=draft.mood.wants_person,
        language=draft.language,
        drafter=draft.drafter,
        model=draft.model,
        prompt_version=draft.prompt_version,
        tokens_in=draft.usage.tokens_in,
        tokens_out=draft.usage.tokens_out,
        dollars=draft.usage.dollars,
        drafter_version=considered.drafter_version,
        created_at=now(),
    )


def _citation(passage: FoundPassage) -> dict[str, str]:
    return {
        "passage_id": passage.passage_id,
        "article_id": passage.article_id,
        "title": passage.title,
        "url": passage.url,
        "heading_path": passage.heading_path,
    }


def _decision_row(
    conversation: Conversation, message: Message, considered: Considered, draft: DraftRow | None
) -> Decision:
    sure, verdict, policy = considered.confidence, considered.verdict, considered.policy
    return Decision(
        workspace_id=conversation.workspace_id,
        id=new_id(),
        conversation_id=conversation.id,
        message_id=message.id,
        draft_id=draft.id if draft else None,
        action=verdict.action,
        reason=verdict.reason or "",
        reasons=list(verdict.reasons),
        signals=dict(sure.signals) if sure else {},
        confidence=sure.value if sure else None,
        confidence_version=sure.version if sure else "",
        imputed=list(sure.imputed) if sure else [],
        contributions=[[name, round(part, 4)] for name, part in sure.contributions] if sure else [],
        drafter_version=considered.drafter_version,
        passages=[_found(passage) for passage in considered.passages],
        reader=considered.reader.as_json(),
        sentiment=considered.mood.sentiment,
        frustration=considered.mood.frustration,
        topic=policy.topic,
        stage=policy.stage,
        threshold=policy.threshold,
        tolerance=policy.tolerance,
        certificate_id=policy.certificate_id,
        unproved=policy.unproved,
        frustration_limit=policy.frustration_limit,
        elapsed_ms=considered.elapsed_ms,
    )


def _found(passage: FoundPassage) -> dict[str, str | float]:
    return {
        "passage_id": passage.passage_id,
        "article_id": passage.article_id,
        "content_hash": passage.content_hash,
        "score": round(passage.score, 4),
        "coverage": round(passage.coverage, 4),
    }
