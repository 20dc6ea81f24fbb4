"""How conversations ended in a stretch of time: the counts and medians that a report is made of.

Everything is added up in the database, so that memory does not grow with the week. The stretch is half open,
`since` included and `until` not. Conversations count when they were resolved, handoffs when they were opened.
"""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy
from sqlalchemy import CTE, ColumnElement, and_, case, or_, true
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import Mapped
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import Float
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.endings import Rating, Survey
from storage.kinds import WITH_PEOPLE, Action, Confirmation, ConversationState, DraftRole, HandoffState, ResolvedBy
from storage.tables import Conversation, Decision, DraftRow, Handoff

SATISFIED_FROM = 4
"""The least score that counts as satisfied."""


@dataclass(frozen=True, slots=True)
class Ended:
    """The conversations of one topic that one arm resolved."""

    arm: str
    topic: str
    resolved: int
    confirmed: int
    reopened: int
    """How many of them had been resolved and reopened before."""
    simulated: int
    asked: int
    answered: int
    """Of those asked, who rated."""
    ratings: int
    satisfied: int


@dataclass(frozen=True, slots=True)
class Opened:
    """The conversations opened in the stretch that one arm has or had."""

    arm: str
    opened: int
    unresolved: int
    simulated: int


class _SecondsBetween(FunctionElement[float]):
    """The seconds from its first to its second moment, in the words of either database."""

    inherit_cache = True
    type = Float()


@compiles(_SecondsBetween, "postgresql")
def _seconds_on_postgresql(element: _SecondsBetween, compiler: SQLCompiler, **options: object) -> str:
    start, end = (compiler.process(clause, **options) for clause in element.clauses)
    return f"EXTRACT(EPOCH FROM ({end} - {start}))::float8"


@compiles(_SecondsBetween, "sqlite")
def _seconds_on_sqlite(element: _SecondsBetween, compiler: SQLCompiler, **options: object) -> str:
    start, end = (compiler.process(clause, **options) for clause in element.clauses)
    return f"((julianday({end}) - julianday({start})) * 86400.0)"


def _count(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


def resolved_within(workspace_id: str, since: datetime, until: datetime) -> ColumnElement[bool]:
    """Of conversations: whether they were resolved in the stretch."""
    return and_(
        col(Conversation.workspace_id) == workspace_id,
        col(Conversation.resolved_at) >= since,
        col(Conversation.resolved_at) < until,
        col(Conversation.resolved_by).is_not(None),
    )


async def ended(session: AsyncSession, workspace_id: str, since: datetime, until: datetime) -> list[Ended]:
    """Count what was resolved, by arm and topic, with the surveys and ratings of those conversations so far."""
    each = _each_ended(workspace_id, since, until).c
    asked, rated = each.asked_at.is_not(None), each.score.is_not(None)
    wanted = (
        select(  # pyright: ignore[reportCallIssue] - the overloads end at four columns
            each.resolved_by,
            each.topic,
            func.count(),
            _count(each.confirmation == Confirmation.CONFIRMED),
            _count(each.reopened > 0),
            _count(each.simulated == true()),
            _count(asked),
            _count(and_(asked, rated)),
            _count(rated),
            _count(each.score >= SATISFIED_FROM),
        )
        .group_by(each.resolved_by, each.topic)
        .order_by(each.resolved_by, each.topic)
    )
    return [Ended(row[0], row[1], *(int(count) for count in row[2:])) for row in (await session.exec(wanted)).all()]


def _each_ended(workspace_id: str, since: datetime, until: datetime) -> CTE:
    """The resolved conversations one by one, each with whether it was surveyed and its score.

    The two are looked up by key, once for each conversation: of a join or an EXISTS, PostgreSQL makes a scan through
    all surveys and ratings there ever were.
    """
    asked_at = select(Survey.asked_at).where(
        Survey.workspace_id == Conversation.workspace_id, Survey.conversation_id == Conversation.id
    )
    # A rating from before a reopening was meant for whoever had resolved it then.
    score = select(Rating.score).where(
        Rating.workspace_id == Conversation.workspace_id,
        Rating.conversation_id == Conversation.id,
        col(Rating.rated_at) >= col(Conversation.resolved_at),
    )
    each = sqlalchemy.select(
        col(Conversation.resolved_by),
        col(Conversation.topic),
        col(Conversation.confirmation),
        col(Conversation.reopened),
        col(Conversation.simulated),
        asked_at.scalar_subquery().label("asked_at"),
        score.scalar_subquery().label("score"),
    ).where(resolved_within(workspace_id, since, until))
    return each.cte("each_ended").prefix_with("MATERIALIZED")


async def opened(session: AsyncSession, workspace_id: str, since: datetime, until: datetime) -> list[Opened]:
    """Count what was opened, by the arm that has it so far."""
    with_people = or_(
        col(Conversation.first_human_reply_at).is_not(None),
        col(Conversation.state).in_(WITH_PEOPLE),
    )
    arm = case(
        (col(Conversation.resolved_by).is_not(None), col(Conversation.resolved_by)),
        (and_(with_people, col(Conversation.ai_replied) == true()), ResolvedBy.AI_THEN_HUMAN),
        (with_people, ResolvedBy.HUMAN),
        else_=ResolvedBy.AI,
    ).label("arm")
    rows = (
        select(arm, Conversation.state, Conversation.simulated)
        .where(
            Conversation.workspace_id == workspace_id,
            # Naming every state lets the index by state and time serve a question about time alone.
            col(Conversation.state).in_(list(ConversationState)),
            col(Conversation.opened_at) >= since,
            col(Conversation.opened_at) < until,
            Conversation.closed_as == "",
        )
        .subquery()
    )
    wanted = select(
        rows.c.arm, func.count(), _count(rows.c.state != ConversationState.RESOLVED), _count(rows.c.simulated == true())
    ).group_by(rows.c.arm)
    return [Opened(arm, *(int(count) for count in counts)) for arm, *counts in (await session.exec(wanted)).all()]


async def median_seconds(
    session: AsyncSession, workspace_id: str, since: datetime, until: datetime
) -> dict[str, tuple[float | None, float | None]]:
    """The median seconds from opening to the first reply and to the resolution, by arm, of what was resolved."""
    within = resolved_within(workspace_id, since, until)
    replied = await _medians(session, within, col(Conversation.first_reply_at))
    resolved = await _medians(session, within, col(Conversation.resolved_at))
    return {arm: (replied.get(arm), resolved.get(arm)) for arm in resolved}


async def _medians(
    session: AsyncSession, within: ColumnElement[bool], end: Mapped[datetime | None]
) -> dict[str, float]:
    arm = col(Conversation.resolved_by)
    spans = (
        select(arm.label("arm"), _SecondsBetween(col(Conversation.opened_at), end).label("seconds"))
        .where(within, end.is_not(None))
        .subquery()
    )
    ranked = select(
        spans.c.arm,
        spans.c.seconds,
        func.row_number().over(partition_by=spans.c.arm, order_by=spans.c.seconds).label("place"),
        func.count().over(partition_by=spans.c.arm).label("of"),
    ).subquery()
    # The middle one, or the two around the middle.
    middle = ranked.c.place.in_([(ranked.c.of + 1) // 2, (ranked.c.of + 2) // 2])
    wanted = select(ranked.c.arm, func.avg(ranked.c.seconds)).where(middle).group_by(ranked.c.arm)
    return {name: round(max(0.0, seconds), 3) for name, seconds in (await session.exec(wanted)).all()}


async def handoff_reasons(session: AsyncSession, workspace_id: str, since: datetime, until: datetime) -> dict[str, int]:
    """How many handoffs were opened for each reason."""
    wanted = (
        select(Handoff.reason, func.count())
        .where(
            Handoff.workspace_id == workspace_id,
            col(Handoff.state).in_(list(HandoffState)),
            col(Handoff.opened_at) >= since,
            col(Handoff.opened_at) < until,
        )
        .group_by(Handoff.reason)
    )
    return dict((await session.exec(wanted)).all())


async def any_opened_before(session: AsyncSession, workspace_id: str, moment: datetime) -> bool:
    """Whether the workspace had a conversation before `moment`."""
    wanted = (
        select(Conversation.id)
        .where(
            Conversation.workspace_id == workspace_id,
            col(Conversation.state).in_(list(ConversationState)),
            col(Conversation.opened_at) < moment,
        )
        .limit(1)
    )
    return (await session.exec(wanted)).first() is not None


async def feedback(session: AsyncSession, workspace_id: str, since: datetime, until: datetime) -> tuple[int, int, int]:
    """How many answers the AI sent alone, and how many of them customers found helpful and not helpful by now."""
    wanted = (
        select(func.count(), func.count(col(DraftRow.helpful_at)), func.count(col(DraftRow.unhelpful_at)))
        .select_from(Decision)
        .join(
            DraftRow,
            and_(col(DraftRow.workspace_id) == col(Decision.workspace_id), col(DraftRow.id) == col(Decision.draft_id)),
        )
        .where(
            Decision.workspace_id == workspace_id,
            col(Decision.created_at) >= since,
            col(Decision.created_at) < until,
            Decision.action == Action.ANSWER,
            Decision.role == DraftRole.SERVING,
        )
    )
    answers, helpful, unhelpful = (await session.exec(wanted)).one()
    return answers, helpful, unhelpful
