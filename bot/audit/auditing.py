"""A decision as an auditor gets it: one JSON object that explains itself. Without customers' text unless asked."""

import hashlib
from typing import Any

from storage.decisions import Recorded
from storage.evidence import Certificate, Review
from storage.tables import DraftRow

FORM = "baton.decision.1"
"""Changes whenever a field changes its meaning or goes."""


def as_record(recorded: Recorded, *, with_text: bool = False) -> dict[str, Any]:
    """Everything that is known of a decision, for programs.

    Args:
        recorded: the decision with what belongs to it.
        with_text: whether what the customer, the drafter and the reviewers wrote goes along; else only its hashes.
    """
    decision = recorded.decision
    told: dict[str, Any] = {
        "form": FORM,
        "workspace_id": decision.workspace_id,
        "decision_id": decision.id,
        "conversation_id": decision.conversation_id,
        "message_id": decision.message_id,
        "draft_id": decision.draft_id,
        "decided_at": decision.created_at.isoformat(),
        "role": decision.role,
        "action": decision.action,
        "reason": decision.reason,
        "reasons": decision.reasons,
        "topic": decision.topic,
        "input_hash": decision.input_hash,
        "passages": decision.passages,
        "signals": decision.signals,
        "imputed": decision.imputed,
        "contributions": decision.contributions,
        "confidence": decision.confidence,
        "versions": {"drafter": decision.drafter_version, "confidence": decision.confidence_version},
        "policy": {
            "stage": decision.stage,
            "threshold": decision.threshold,
            "tolerance": decision.tolerance,
            "frustration_limit": decision.frustration_limit,
            "unproved": decision.unproved,
        },
        "certificate": _certificate(recorded.certificate, decision.certificate_id),
        "mood": {"sentiment": decision.sentiment, "frustration": decision.frustration},
        "elapsed_ms": decision.elapsed_ms,
        "draft": _draft(recorded.draft) if recorded.draft else None,
        "reviews": [_review(each) for each in recorded.reviews],
        "people": _people(recorded),
    }
    if with_text:
        told["text"] = _text(recorded)
    return told


def _certificate(row: Certificate | None, certificate_id: str) -> dict[str, Any] | None:
    if row is None:
        return {"id": certificate_id, "on_record": False} if certificate_id else None
    return row.model_dump(mode="json", exclude={"workspace_id"})


def _draft(draft: DraftRow) -> dict[str, Any]:
    return {
        "drafter": draft.drafter,
        "model": draft.model,
        "prompt_version": draft.prompt_version,
        "hash": hashlib.sha256(draft.text.encode()).hexdigest() if draft.text else "",
        "cited": [cited.get("passage_id", "") for cited in draft.citations],
        "answerable": draft.answerable,
        "own_confidence": draft.own_confidence,
        "language": draft.language,
        "cost": {"tokens_in": draft.tokens_in, "tokens_out": draft.tokens_out, "dollars": draft.dollars},
        "review_chance": {"audit": draft.audit_share, "any": draft.review_probability},
        "unhelpful_at": draft.unhelpful_at.isoformat() if draft.unhelpful_at else None,
    }


def _review(review: Review) -> dict[str, Any]:
    kept = {
        "id", "reading", "drawn", "audit", "audit_share", "probability", "answered", "verdict", "fault",
        "reviewer_id", "reviewed_at", "seconds",
    }  # fmt: skip
    return review.model_dump(mode="json", include=kept)


def _people(recorded: Recorded) -> dict[str, Any]:
    """What persons did: the handoff, the end of the conversation, the rating."""
    conversation, handoff, rating = recorded.conversation, recorded.handoff, recorded.rating
    fields = {"id", "state", "reason", "opened_at", "claimed_by", "claimed_at", "done_at"}
    return {
        "customer_id": conversation.customer_id,
        "handoff": handoff.model_dump(mode="json", include=fields) if handoff else None,
        "conversation": conversation.model_dump(
            mode="json",
            include={"state", "resolved_by", "confirmation", "resolved_by_person", "resolved_at", "reopened"},
        ),
        "rating": {"score": rating.score, "rated_at": rating.rated_at.isoformat()} if rating else None,
    }


def _text(recorded: Recorded) -> dict[str, Any]:
    draft, message, rating = recorded.draft, recorded.message, recorded.rating
    standing = message if message and not message.deleted_at else None
    return {
        "question": standing.text if standing else None,
        "draft": draft.text if draft else None,
        "clarifying_question": draft.clarifying_question if draft else None,
        "sources": [cited.get("title", "") for cited in draft.citations] if draft else [],
        "review_notes": [each.note for each in recorded.reviews if each.note],
        "comment": rating.comment if rating else None,
    }
