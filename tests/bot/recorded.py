"""Decisions as they lie in the database, a few or many, for tests of what reads them."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlmodel import col, update

from handoff import confidence
from storage.database import Database
from storage.evidence import Review
from storage.ids import new_id
from storage.library import Article
from storage.tables import Conversation, Decision, DraftRow, Handoff, Message
from tests import evidence

TEAM = "T1"
START = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
QUESTION = "May I return my unused tent, please?"
REPLY = "You can return it within 30 days."
KEYS: dict[str, Any] = {"workspace_id": TEAM}


async def add_article(database: Database, article_id: str = "a1", *, content_hash: str = "h1", **fields: Any) -> None:
    """An article as it is now."""
    given: dict[str, Any] = {
        "source": "articles",
        "source_key": "returns.md",
        "title": "Returning an item",
        "topic": "returns",
    }
    async with database.transaction() as session:
        session.add(Article(**KEYS, id=article_id, content_hash=content_hash, **(given | fields)))


async def set_article(database: Database, article_id: str, **fields: Any) -> None:
    """Change an article."""
    async with database.transaction() as session:
        await session.exec(update(Article).where(col(Article.id) == article_id).values(**fields))


async def add_certificate(database: Database, certificate_id: str = "cert1", **fields: Any) -> None:
    """A certificate of the version `v1` for returns."""
    given: dict[str, Any] = {"drafter_version": "v1", "reviews": 312, "wrong": 6}
    async with database.transaction() as session:
        session.add(evidence.certificate(**KEYS, id=certificate_id, **(given | fields)))


async def add(
    database: Database,
    number: int = 1,
    *,
    decision: dict[str, Any] | None = None,
    draft: dict[str, Any] | None = None,
    without_draft: bool = False,
    reviews: tuple[dict[str, Any], ...] = (),
    handed_off: bool = False,
    thread: str = "",
) -> tuple[str, str]:
    """A conversation with one question and one decision, an hour after the one before.

    Returns:
        The ids of the conversation and of the decision.
    """
    at = START + timedelta(hours=number)
    conversation_id, message_id, draft_id = new_id(), new_id(), new_id()
    belongs: dict[str, Any] = KEYS | {"conversation_id": conversation_id}
    answered: dict[str, Any] = {
        "action": "answer",
        "reasons": ["Sure enough (confidence 0.81, the threshold is 0.60)."],
        "signals": {"coverage": 0.9, "own_confidence": 0.8, "support": 0.6},
        "contributions": [["own_confidence", 1.2], ["coverage", 0.22], ["support", -0.5]],
        "imputed": ["support"],
        "confidence": 0.81,
        "confidence_version": confidence.VERSION,
        "drafter_version": "v1",
        "passages": [{"passage_id": "p1", "article_id": "a1", "content_hash": "h1", "score": 2.1, "coverage": 0.8}],
        "topic": "returns",
        "stage": "autopilot",
        "threshold": 0.6,
        "tolerance": 0.05,
        "unproved": True,
        "frustration_limit": 0.6,
        "frustration": 0.1,
        "elapsed_ms": 12.0,
    }
    drafted: dict[str, Any] = {
        "text": REPLY,
        "citations": [{"passage_id": "p1", "article_id": "a1", "title": "Returning an item", "url": ""}],
        "topic": "returns",
        "answerable": True,
        "own_confidence": 0.8,
        "drafter": "embedded",
        "model": "extractive",
        "prompt_version": "quote-1",
        "drafter_version": "v1",
    }
    async with database.transaction() as session:
        place: dict[str, Any] = {"channel_id": "C1", "thread_ts": thread or f"{number}.0", "customer_id": "UADA"}
        session.add(Conversation(**KEYS, **place, id=conversation_id, opened_at=at))
        await session.flush()
        said: dict[str, Any] = {"author": "customer", "author_id": "UADA", "text": QUESTION}
        session.add(Message(**belongs, **said, id=message_id, created_at=at))
        if not without_draft:
            session.add(
                DraftRow(**belongs, id=draft_id, message_id=message_id, created_at=at, **(drafted | (draft or {})))
            )
        made = Decision(
            **belongs,
            id=new_id(),
            message_id=message_id,
            draft_id=None if without_draft else draft_id,
            created_at=at,
            **(answered | (decision or {})),
        )
        session.add(made)
        for reading, review in enumerate(reviews, start=1):
            session.add(_review(made, draft_id, reading, review))
        if handed_off:
            claimed: dict[str, Any] = {"claimed_by": "UBEN", "claimed_at": at + timedelta(minutes=5)}
            row: dict[str, Any] = {"id": new_id(), "reason": "low_confidence", "draft_id": made.draft_id}
            session.add(Handoff(**belongs, **row, **claimed, opened_at=at))
    return conversation_id, made.id


def _review(decision: Decision, draft_id: str, reading: int, review: dict[str, Any]) -> Review:
    given: dict[str, Any] = {
        "drawn": "audit",
        "audit": True,
        "audit_share": 0.1,
        "probability": 0.2,
        "topic": decision.topic,
    }
    return Review(
        **KEYS,
        id=new_id(),
        draft_id=draft_id,
        reading=reading,
        conversation_id=decision.conversation_id,
        decision_id=decision.id,
        drafter_version=decision.drafter_version,
        drafted_at=decision.created_at,
        **(given | review),
    )
