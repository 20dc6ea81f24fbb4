"""Counts over a recent stretch of time, for App Home."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.endings import Rating
from storage.kinds import Action, DraftRole
from storage.tables import Conversation, Decision

SATISFIED_FROM = 4


@dataclass(frozen=True, slots=True)
class Recent:
    """Resolved conversations, ratings among them, ratings of 4 or 5, and how many are simulated."""

    resolved: int
    rated: int
    satisfied: int
    simulated: int


@dataclass(frozen=True, slots=True)
class TopicShare:
    """Decisions in a topic, and those of them that were answers."""

    decided: int
    answered: int


async def since(session: AsyncSession, workspace_id: str, moment: datetime) -> Recent:
    """Count the conversations resolved since `moment`."""
    same = (col(Rating.workspace_id) == Conversation.workspace_id) & (col(Rating.conversation_id) == Conversation.id)
    wanted = (
        select(
            func.count(),
            func.count(col(Rating.score)),
            func.coalesce(func.sum(case((col(Rating.score) >= SATISFIED_FROM, 1), else_=0)), 0),
            func.coalesce(func.sum(case((col(Conversation.simulated), 1), else_=0)), 0),
        )
        .select_from(Conversation)
        .join(Rating, same, isouter=True)
        .where(Conversation.workspace_id == workspace_id, col(Conversation.resolved_at) >= moment)
    )
    return Recent(*(int(count) for count in (await session.exec(wanted)).one()))


async def by_topic(session: AsyncSession, workspace_id: str, moment: datetime) -> dict[str, TopicShare]:
    """How many decisions were made in each topic since `moment`, and how many of them were answers."""
    wanted = (
        select(Decision.topic, func.count(), func.sum(case((col(Decision.action) == Action.ANSWER, 1), else_=0)))
        .where(Decision.workspace_id == workspace_id, Decision.created_at >= moment, Decision.role == DraftRole.SERVING)
        .group_by(Decision.topic)
    )
    return {
        topic: TopicShare(decided, int(answered)) for topic, decided, answered in (await session.exec(wanted)).all()
    }
