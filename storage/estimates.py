"""What estimates for every conversation rest on: reviewed replies beside all, and rated conversations beside all."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy
from sqlalchemy import ColumnElement, case, or_
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.endings import Rating, Resolution
from storage.evidence import Review
from storage.kinds import Action, Confirmation, DraftRole, ResolvedBy, ReviewVerdict
from storage.resolutions import SATISFIED_FROM
from storage.reviews import BATON
from storage.tables import Decision, DraftRow

GRAIN = 20
"""Confidence and frustration are told in so many steps, so that thousands of conversations are some hundred kinds."""


@dataclass(frozen=True, slots=True)
class Answers:
    """The replies that the AI sent alone and that the uniform coin might have drawn."""

    count: int
    mean_confidence: float


@dataclass(frozen=True, slots=True)
class Reviewed:
    """One of them that the coin drew; of two readings the worse one counts."""

    drafted_at: datetime
    confidence: float
    share: float
    """The coin's chance, above 0 and at most 1."""
    right: bool | None
    """None as long as nobody has read it."""


@dataclass(frozen=True, slots=True)
class Kind:
    """Conversations that AI alone resolved and of which the same is known."""

    confirmed: bool
    helpful: bool
    unhelpful: bool
    reopened: bool
    returned: bool
    confidence: float | None
    """In the last answer, 0..1, in steps of 1 / GRAIN; None where it was not written down."""
    frustration: float | None
    conversations: int
    rated: int
    satisfied: int


async def answers(session: AsyncSession, workspace_id: str, since: datetime, until: datetime) -> Answers:
    """Those of decisions from `since` to `until`, which is not included."""
    # Looked up by key, one by one: of a join, PostgreSQL makes a scan through all drafts there ever were.
    share = (
        select(DraftRow.audit_share)
        .where(DraftRow.workspace_id == Decision.workspace_id, DraftRow.id == Decision.draft_id)
        .scalar_subquery()
    )
    each = (
        sqlalchemy.select(col(Decision.confidence).label("confidence"), share.label("share"))
        .where(
            col(Decision.workspace_id) == workspace_id,
            col(Decision.created_at) >= since,
            col(Decision.created_at) < until,
            col(Decision.action) == Action.ANSWER,
            col(Decision.role) == DraftRole.SERVING,
            col(Decision.confidence).is_not(None),
        )
        .cte("each_answer")
        .prefix_with("MATERIALIZED")
    )
    wanted = select(func.count(), func.avg(each.c.confidence)).where(each.c.share > 0)
    count, mean = (await session.exec(wanted)).one()
    return Answers(int(count), float(mean or 0.0))


async def reviewed(session: AsyncSession, workspace_id: str, since: datetime, until: datetime) -> list[Reviewed]:
    """Their uniform sample, read or not; what was closed because nobody could read it any more is left out."""
    readings = (
        select(  # pyright: ignore[reportCallIssue] - the overloads end at four columns
            func.min(Review.drafted_at),
            func.max(Review.confidence),
            func.max(Review.audit_share),
            func.count(col(Review.verdict)),
            func.sum(case((col(Review.verdict) != ReviewVerdict.RIGHT, 1), else_=0)),
        )
        .where(
            Review.workspace_id == workspace_id,
            col(Review.drafted_at) >= since,
            col(Review.drafted_at) < until,
            col(Review.audit).is_(True),
            col(Review.answered).is_(True),
            or_(col(Review.reviewer_id).is_(None), col(Review.reviewer_id) != BATON),
        )
        .group_by(Review.draft_id)
    )
    return [
        Reviewed(drafted_at, confidence, share, right=not wrong if verdicts else None)
        for drafted_at, confidence, share, verdicts, wrong in (await session.exec(readings)).all()
        if share > 0
    ]


async def kinds(
    session: AsyncSession, workspace_id: str, since: datetime, until: datetime, *, newest: int | None = None
) -> Sequence[Kind]:
    """The conversations that AI alone resolved from `since` to `until`, kind by kind.

    Those that were taken back since are among them: without them just the unhappy customers would be hidden. `newest`
    is how many at most are looked at, the last ones; all when not told.
    """
    each = sqlalchemy.select(
        (col(Resolution.confirmation) == Confirmation.CONFIRMED).label("confirmed"),
        (col(Resolution.reopened) > 0).label("reopened"),
        col(Resolution.taken_back_at).is_not(None).label("returned"),
        _says(DraftRow.helpful_at).label("helpful"),
        _says(DraftRow.unhelpful_at).label("unhelpful"),
        _in_steps(Decision.confidence).label("confidence"),
        _in_steps(Decision.frustration).label("frustration"),
        _score().label("score"),
    ).where(
        col(Resolution.workspace_id) == workspace_id,
        col(Resolution.resolved_at) >= since,
        col(Resolution.resolved_at) < until,
        col(Resolution.resolved_by) == ResolvedBy.AI,
    )
    if newest is not None:
        each = each.order_by(col(Resolution.resolved_at).desc()).limit(newest)
    row = each.cte("each_resolved").prefix_with("MATERIALIZED").c
    said = (row.confirmed, row.helpful, row.unhelpful, row.reopened, row.returned)
    signs = (*said, row.confidence, row.frustration)
    satisfied = func.coalesce(func.sum(case((row.score >= SATISFIED_FROM, 1), else_=0)), 0)
    wanted = sqlalchemy.select(*signs, func.count(), func.count(row.score), satisfied).group_by(*signs)
    # Of so many columns, only the connection's own `execute` knows the types.
    return [_kind(found) for found in (await (await session.connection()).execute(wanted)).all()]


def _kind(row: Sequence[Any]) -> Kind:
    said, felt, counts = map(bool, row[:5]), row[5:7], map(int, row[7:])
    return Kind(*said, *(None if each is None else int(each) / GRAIN for each in felt), *counts)


def _score() -> Any:
    """What the customer rated while the resolution stood."""
    return (
        select(Rating.score)
        .where(
            Rating.workspace_id == Resolution.workspace_id,
            Rating.conversation_id == Resolution.conversation_id,
            col(Rating.rated_at) >= col(Resolution.resolved_at),
            or_(col(Resolution.reopened_at).is_(None), col(Rating.rated_at) < col(Resolution.reopened_at)),
        )
        .scalar_subquery()
    )


def _says(said_at: Any) -> ColumnElement[bool]:
    """Whether the customer said it of a reply before the conversation was resolved."""
    return (
        select(DraftRow.id)
        .where(
            DraftRow.workspace_id == Resolution.workspace_id,
            DraftRow.conversation_id == Resolution.conversation_id,
            _unindexed(said_at) <= col(Resolution.resolved_at),
        )
        .exists()
    )


def _in_steps(number: Any) -> Any:
    """A number of the last answer, 0..1, as a whole number of steps."""
    return (
        select(func.round(col(number) * GRAIN))
        .where(
            Decision.workspace_id == Resolution.workspace_id,
            Decision.conversation_id == Resolution.conversation_id,
            Decision.action == Action.ANSWER,
            Decision.role == DraftRole.SERVING,
            _unindexed(Decision.created_at) <= col(Resolution.resolved_at),
        )
        .order_by(col(Decision.id).desc())
        .limit(1)
        .scalar_subquery()
    )


def _unindexed(moment: Any) -> Any:
    """A moment in words by which no index is sought.

    SQLite would take the index by time, and read all there ever was up to the moment, for each conversation anew.
    """
    return func.coalesce(col(moment), col(moment))
