"""What people's time went into: deeds, and what they add up to."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy
from sqlalchemy import case, true
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import matters
from storage.endings import Resolution
from storage.ids import new_id
from storage.kinds import EffortKind, ResolvedBy
from storage.spending import Effort
from storage.tables import Message


def put(
    session: AsyncSession,
    workspace_id: str,
    *,
    conversation_id: str,
    person_id: str,
    kind: EffortKind,
    seconds: float,
    at: datetime,
) -> None:
    """Write a deed down, in the caller's transaction."""
    session.add(
        Effort(
            workspace_id=workspace_id,
            id=new_id(),
            conversation_id=conversation_id,
            person_id=person_id,
            kind=kind,
            seconds=seconds,
            at=at,
        )
    )


async def last_deed(session: AsyncSession, workspace_id: str, person_id: str) -> datetime | None:
    """When the person last did anything that is written down."""
    wanted = (
        select(Effort.at)
        .where(Effort.workspace_id == workspace_id, Effort.person_id == person_id)
        .order_by(col(Effort.at).desc())
        .limit(1)
    )
    return (await session.exec(wanted)).first()


async def last_deed_in(
    session: AsyncSession, workspace_id: str, conversation_id: str, person_id: str
) -> datetime | None:
    """When the person last did anything in the conversation."""
    wanted = select(func.max(Effort.at)).where(
        Effort.workspace_id == workspace_id,
        Effort.conversation_id == conversation_id,
        Effort.person_id == person_id,
    )
    return (await session.exec(wanted)).one()


async def word_after(
    session: AsyncSession, workspace_id: str, conversation_id: str, moment: datetime | None
) -> datetime | None:
    """When the customer first said something after a moment; without one, when they last did."""
    said = col(Message.created_at)
    wanted = select(func.min(said) if moment else func.max(said)).where(
        Message.workspace_id == workspace_id,
        Message.conversation_id == conversation_id,
        Message.author == "customer",
    )
    return (await session.exec(wanted.where(said > moment) if moment else wanted)).one()


@dataclass(frozen=True, slots=True)
class Spent:
    """What people spent on the AI's work, in seconds."""

    reviews: float = 0.0
    approvals: float = 0.0
    corrections: float = 0.0
    touched: float = 0.0
    """On conversations that the AI had answered, beside the three above."""


async def spent(session: AsyncSession, workspace_id: str, since: datetime, until: datetime) -> Spent:
    """What was spent from `since` to `until`, which is not included."""
    ai_replied = matters.answered_by_ai(Effort.workspace_id, Effort.conversation_id, Effort.at)
    each = (
        sqlalchemy.select(
            col(Effort.kind).label("kind"),
            col(Effort.seconds).label("seconds"),
            case((col(Effort.kind) != EffortKind.CONVERSATION, true()), else_=ai_replied).label("on_its_work"),
        )
        .where(col(Effort.workspace_id) == workspace_id, col(Effort.at) >= since, col(Effort.at) < until)
        .cte("each_effort")
        .prefix_with("MATERIALIZED")
    )
    wanted = select(each.c.kind, func.sum(each.c.seconds)).where(each.c.on_its_work == true()).group_by(each.c.kind)
    found = {kind: float(seconds) for kind, seconds in (await session.exec(wanted)).all()}
    kinds = (EffortKind.REVIEW, EffortKind.APPROVAL, EffortKind.CORRECTION, EffortKind.CONVERSATION)
    return Spent(*(found.get(kind, 0.0) for kind in kinds))


async def times_of_people(session: AsyncSession, workspace_id: str, since: datetime, until: datetime) -> dict[int, int]:
    """How many of the conversations that people alone resolved took so many seconds of their time, where measured."""
    took = (
        select(func.sum(Effort.seconds))
        .where(
            Effort.workspace_id == Resolution.workspace_id,
            Effort.conversation_id == Resolution.conversation_id,
            Effort.kind != EffortKind.REVIEW,
            col(Effort.at) >= col(Resolution.opened_at),
            col(Effort.at) <= col(Resolution.resolved_at),
        )
        .scalar_subquery()
    )
    each = (
        sqlalchemy.select(func.round(took).label("seconds"))
        .where(
            col(Resolution.workspace_id) == workspace_id,
            col(Resolution.resolved_at) >= since,
            col(Resolution.resolved_at) < until,
            col(Resolution.resolved_by) == ResolvedBy.HUMAN,
            col(Resolution.taken_back_at).is_(None),
        )
        .cte("each_of_people")
        .prefix_with("MATERIALIZED")
    )
    wanted = select(each.c.seconds, func.count()).where(each.c.seconds > 0).group_by(each.c.seconds)
    return {int(seconds): int(count) for seconds, count in (await session.exec(wanted)).all()}
