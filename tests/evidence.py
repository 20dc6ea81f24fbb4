"""Reviews in bulk, drafts of a topic with the verdicts that a test asks for; and certificates that such gave."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from handoff import confidence
from storage.database import Database
from storage.evidence import Certificate, Review
from storage.kinds import Drawn, ReviewVerdict
from storage.row import now

WORKSPACE = "T1"
BEGAN = datetime(2026, 11, 2, tzinfo=UTC)


def review(number: int, **changed: Any) -> Review:
    """A review of the uniform sample; numbers go with the order of the drafts."""
    given: dict[str, Any] = {
        "workspace_id": WORKSPACE,
        "id": f"r{number:06}",
        "draft_id": f"d{number:06}",
        "conversation_id": f"c{number:06}",
        "decision_id": f"e{number:06}",
        "topic": "returns",
        "drafter_version": "drafter-1",
        "confidence_version": confidence.VERSION,
        "confidence": 0.9,
        "answered": False,
        "audit": True,
        "audit_share": 0.5,
        "probability": 0.5,
        "drawn": Drawn.AUDIT,
        "drafted_at": BEGAN + timedelta(minutes=number),
        "verdict": ReviewVerdict.RIGHT,
        "reviewer_id": "U0BEN0000",
        "reviewed_at": now(),
    }
    return Review(**(given | changed))


def certificate(**changed: Any) -> Certificate:
    """A certificate that 61 clean reviews gave; it is not stored yet, and no topic has it."""
    given: dict[str, Any] = {
        "workspace_id": WORKSPACE,
        "id": "certificate-1",
        "topic": "returns",
        "drafter_version": "drafter-1",
        "confidence_version": confidence.VERSION,
        "tolerance": 0.05,
        "risk": 0.1,
        "threshold": 0.62,
        "reviews": 61,
        "wrong": 0,
        "looked_at": 105,
        "share_answered": 0.58,
    }
    return Certificate(**(given | changed))


async def add(database: Database, reviews: Sequence[Review]) -> None:
    """Store reviews."""
    async with database.transaction() as session:
        session.add_all(reviews)


async def add_clean(database: Database, count: int, *, first: int = 0, wrong: int = 0, **changed: Any) -> None:
    """Store `count` reviews, of which the last `wrong` are wrong, each less sure than the one before."""
    rows = [
        review(
            first + number,
            confidence=changed.get("confidence", 0.99 - 0.5 * number / count),
            **{key: value for key, value in changed.items() if key != "confidence"},
            **({"verdict": ReviewVerdict.WRONG} if number >= count - wrong else {}),
        )
        for number in range(count)
    ]
    await add(database, rows)
