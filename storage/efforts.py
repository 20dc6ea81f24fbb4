"""What people's time went into: deeds, and what they add up to."""

from datetime import datetime

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.ids import new_id
from storage.kinds import EffortKind
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


async def seconds_by_kind(
    session: AsyncSession, workspace_id: str, since: datetime, until: datetime
) -> dict[EffortKind, float]:
    """The seconds of the deeds from `since` to `until`, which is not included, by what they went into."""
    wanted = (
        select(Effort.kind, func.sum(Effort.seconds))
        .where(Effort.workspace_id == workspace_id, col(Effort.at) >= since, col(Effort.at) < until)
        .group_by(Effort.kind)
    )
    return {EffortKind(kind): float(seconds) for kind, seconds in (await session.exec(wanted)).all()}
