"""The review queue: which draft a reader gets, and what they say of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, case, exists, or_
from sqlalchemy.orm import aliased
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.evidence import Certificate, Review
from storage.ids import new_id
from storage.kinds import Action, DraftRole, Drawn, Fault, ReviewVerdict
from storage.row import now
from storage.tables import Decision, DraftRow

HELD = timedelta(minutes=10)
"""How long a draft is kept for whoever reads it."""
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
"""Before any draft was made."""
BATON = "baton"
"""Who closes a review that nobody can make any more."""
LONGEST_NOTE = 2000


class Outcome(StrEnum):
    """What a verdict, or taking one back, came to."""

    DONE = "done"
    ALREADY = "already"
    """The same reader has said so before: a second press."""
    TAKEN = "taken"
    """Somebody else has judged it, or is reading it now."""
    TWICE = "twice"
    """The reader has read this draft before; a second reading is for another person."""
    CERTIFIED = "certified"
    """A certificate rests on the verdict already."""
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Judged:
    """What came of it, with the row as it stands now."""

    outcome: Outcome
    review: Review | None = None


def add(session: AsyncSession, *reviews: Review) -> None:
    """Put drawn drafts into the queue."""
    session.add_all(reviews)


def of_draft(draft: DraftRow, decision: Decision, *, drawn: Drawn, probability: float) -> Review:
    """A first reading of a draft that no coin drew. It never counts for certificates or estimates."""
    return Review(
        workspace_id=draft.workspace_id,
        id=new_id(),
        draft_id=draft.id,
        conversation_id=draft.conversation_id,
        decision_id=decision.id,
        topic=decision.topic,
        drafter_version=decision.drafter_version,
        confidence_version=decision.confidence_version,
        confidence=decision.confidence or 0.0,
        signals=decision.signals,
        answered=decision.action == Action.ANSWER,
        audit_share=draft.audit_share,
        probability=probability,
        drawn=drawn,
        drafted_at=draft.created_at,
    )


async def by_id(session: AsyncSession, workspace_id: str, review_id: str) -> Review | None:
    """The review with this id, locked until the transaction ends."""
    wanted = select(Review).where(Review.workspace_id == workspace_id, Review.id == review_id)
    return (await session.exec(wanted.with_for_update())).first()


async def next_waiting(session: AsyncSession, workspace_id: str, reader_id: str, at: datetime) -> Review | None:
    """The oldest draft that this person may read, kept for them for a while.

    Never one that they read before, and never one that somebody else is reading: of two who ask at once, each gets
    another.
    """
    wanted = (
        select(Review)
        .where(*_readable(workspace_id, reader_id), _free(reader_id, at))
        .order_by(_not_in_sight_of(reader_id), col(Review.drafted_at), col(Review.draft_id), col(Review.reading))
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    review = (await session.exec(wanted)).first()
    if review:
        review.held_by, review.held_until = reader_id, at + HELD
        session.add(review)
    return review


async def count_readable(session: AsyncSession, workspace_id: str, reader_id: str) -> int:
    """How many drafts wait that this person has not read yet."""
    return (await session.exec(select(func.count()).where(*_readable(workspace_id, reader_id)))).one()


async def judge(
    session: AsyncSession,
    workspace_id: str,
    review_id: str,
    verdict: ReviewVerdict,
    by: str,
    *,
    at: datetime,
    frustrated: bool | None = None,
) -> Judged:
    """Store a verdict, once.

    Args:
        session: of the transaction.
        workspace_id: the Slack team.
        review_id: what was read.
        verdict: what the reader says.
        by: the reader.
        at: the present moment.
        frustrated: whether the customer was; None where nobody said.
    """
    review = await by_id(session, workspace_id, review_id)
    if review is None:
        return Judged(Outcome.GONE)
    if review.verdict is not None:
        return Judged(Outcome.ALREADY if review.reviewer_id == by else Outcome.TAKEN, review)
    if _held_by_another(review, by, at):
        return Judged(Outcome.TAKEN, review)
    if await _has_read(session, review, by):
        return Judged(Outcome.TWICE, review)
    began = review.held_until - HELD if review.held_by == by and review.held_until else None
    review.verdict, review.reviewer_id, review.reviewed_at = verdict, by, at
    review.seconds = max(0.0, (at - began).total_seconds()) if began else None
    review.customer_frustrated = frustrated
    review.held_by = review.held_until = None
    session.add(review)
    return Judged(Outcome.DONE, review)


async def undo(session: AsyncSession, workspace_id: str, review_id: str, by: str, *, at: datetime) -> Judged:
    """Take a verdict back: the draft waits again, for the same reader first.

    A verdict that a certificate rests on stays: what was shown to a test cannot be unseen.
    """
    review = await by_id(session, workspace_id, review_id)
    if review is None:
        return Judged(Outcome.GONE)
    if review.verdict is None:
        return Judged(Outcome.ALREADY, review)
    if review.reviewer_id != by:
        return Judged(Outcome.TAKEN, review)
    if review.audit and await _certified_since(session, review):
        return Judged(Outcome.CERTIFIED, review)
    review.verdict = review.reviewer_id = review.reviewed_at = review.seconds = review.customer_frustrated = None
    review.fault = review.note = ""
    review.held_by, review.held_until = by, at + HELD
    session.add(review)
    return Judged(Outcome.DONE, review)


async def let_go(session: AsyncSession, workspace_id: str, review_id: str, by: str) -> None:
    """Stop keeping a draft for this person."""
    review = await by_id(session, workspace_id, review_id)
    if review and review.verdict is None and review.held_by == by:
        review.held_by = review.held_until = None
        session.add(review)


async def say_why(
    session: AsyncSession, workspace_id: str, review_id: str, by: str, *, fault: Fault | None = None, note: str = ""
) -> Review | None:
    """Add what was wrong to one's own verdict; None when it is not, or no longer, one's own."""
    review = await by_id(session, workspace_id, review_id)
    if review is None or review.verdict is None or review.reviewer_id != by:
        return None
    review.fault = fault or review.fault
    review.note = note[:LONGEST_NOTE] or review.note
    session.add(review)
    return review


async def judge_draft(
    session: AsyncSession, draft: DraftRow, decision: Decision, verdict: ReviewVerdict, by: str, *, fault: str = ""
) -> Review | None:
    """Store what an agent's deed says of a draft: on its waiting review, or on one of its own.

    Returns:
        The review; None where its verdicts are in already.
    """
    wanted = (
        select(Review)
        .where(Review.workspace_id == draft.workspace_id, Review.draft_id == draft.id)
        .order_by(col(Review.reading))
        .with_for_update()
    )
    known = (await session.exec(wanted)).all()
    waiting = next((each for each in known if each.verdict is None), None)
    if known and (waiting is None or any(each.reviewer_id == by for each in known)):
        return None
    review = waiting or of_draft(draft, decision, drawn=Drawn.COPILOT, probability=draft.review_probability)
    review.verdict, review.reviewer_id, review.reviewed_at, review.fault = verdict, by, now(), fault
    review.held_by = review.held_until = None
    session.add(review)
    return review


def close_unread(session: AsyncSession, review: Review, why: str) -> None:
    """Close a review that nobody can make any more, as one that nobody could tell: the cautious side."""
    review.verdict, review.reviewer_id, review.reviewed_at = ReviewVerdict.UNSURE, BATON, now()
    review.note, review.held_by, review.held_until = why, None, None
    session.add(review)


async def readings(session: AsyncSession, workspace_id: str, draft_ids: Sequence[str]) -> set[str]:
    """Which of these drafts have a review already."""
    wanted = select(Review.draft_id).where(Review.workspace_id == workspace_id, col(Review.draft_id).in_(draft_ids))
    return set((await session.exec(wanted)).all())


async def answered_drafts(
    session: AsyncSession, workspace_id: str, conversation_id: str, *, limit: int
) -> Sequence[tuple[DraftRow, Decision]]:
    """The drafts of a conversation that went to the customer with nobody's approval, the latest first."""
    wanted = (
        select(DraftRow, Decision)
        .join(Decision, (col(Decision.workspace_id) == DraftRow.workspace_id) & (col(Decision.draft_id) == DraftRow.id))
        .where(
            Decision.workspace_id == workspace_id,
            Decision.conversation_id == conversation_id,
            Decision.action == Action.ANSWER,
            Decision.role == DraftRole.SERVING,
        )
        .order_by(col(Decision.id).desc())
        .limit(limit)
    )
    return (await session.exec(wanted)).all()


async def decision_of(session: AsyncSession, draft: DraftRow) -> Decision | None:
    """The decision that the draft was made for."""
    wanted = select(Decision).where(
        Decision.workspace_id == draft.workspace_id,
        Decision.conversation_id == draft.conversation_id,
        Decision.draft_id == draft.id,
    )
    return (await session.exec(wanted)).first()


def _readable(workspace_id: str, reader_id: str) -> tuple[ColumnElement[bool], ...]:
    other = aliased(Review)
    read = exists().where(
        col(other.workspace_id) == col(Review.workspace_id),
        col(other.draft_id) == col(Review.draft_id),
        col(other.reviewer_id) == reader_id,
    )
    # Naming a time lets SQLite take the index of those that wait; else it reads all reviews there ever were.
    ever = col(Review.drafted_at) > LONG_AGO
    return col(Review.workspace_id) == workspace_id, col(Review.verdict).is_(None), ever, ~read


def _free(reader_id: str, at: datetime) -> ColumnElement[bool]:
    """Whether nobody else is reading it."""
    return or_(col(Review.held_until).is_(None), col(Review.held_until) <= at, col(Review.held_by) == reader_id)


def _not_in_sight_of(reader_id: str) -> ColumnElement[int]:
    """Sorts what the reader has before them first, so that a form that is shown again keeps its draft."""
    return case((col(Review.held_by) == reader_id, 0), else_=1)


def _held_by_another(review: Review, by: str, at: datetime) -> bool:
    return bool(review.held_by and review.held_by != by and review.held_until and review.held_until > at)


async def _has_read(session: AsyncSession, review: Review, reader_id: str) -> bool:
    wanted = select(Review.id).where(
        Review.workspace_id == review.workspace_id,
        Review.draft_id == review.draft_id,
        Review.reviewer_id == reader_id,
    )
    return (await session.exec(wanted)).first() is not None


async def _certified_since(session: AsyncSession, review: Review) -> bool:
    wanted = select(Certificate.id).where(
        Certificate.workspace_id == review.workspace_id,
        Certificate.topic == review.topic,
        Certificate.drafter_version == review.drafter_version,
        col(Certificate.issued_at) >= review.reviewed_at,
    )
    return (await session.exec(wanted)).first() is not None
