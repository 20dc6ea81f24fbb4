"""The conversations of a stretch of time that were rated best and worst. The stretch is half open."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy
from sqlalchemy import case
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.endings import Rating
from storage.tables import Conversation


@dataclass(frozen=True, slots=True)
class Rated:
    """A resolved conversation, with what its customer said of it."""

    conversation: Conversation
    score: int
    comment: str


async def rated(
    session: AsyncSession, workspace_id: str, since: datetime, until: datetime, *, best: bool, limit: int
) -> list[Rated]:
    """Those rated best, or worst; of equals first those with a comment, then the latest."""
    # Looked up by key, once for each conversation: of a join PostgreSQL makes a scan through all ratings.
    mine = (
        Rating.workspace_id == Conversation.workspace_id,
        Rating.conversation_id == Conversation.id,
        col(Rating.rated_at) >= col(Conversation.resolved_at),
    )
    spoke = case((func.length(Rating.comment) > 0, 1), else_=0)
    each = (
        sqlalchemy.select(
            col(Conversation.id),
            col(Conversation.resolved_at),
            select(Rating.score).where(*mine).scalar_subquery().label("score"),
            select(spoke).where(*mine).scalar_subquery().label("spoke"),
        )
        .where(
            col(Conversation.workspace_id) == workspace_id,
            col(Conversation.resolved_at) >= since,
            col(Conversation.resolved_at) < until,
            col(Conversation.resolved_by).is_not(None),
        )
        .cte("each_rated")
        .prefix_with("MATERIALIZED")
    )
    order = each.c.score.desc() if best else each.c.score
    chosen = (
        select(each.c.id, each.c.score)
        .where(each.c.score.is_not(None))
        .order_by(order, each.c.spoke.desc(), each.c.resolved_at.desc(), each.c.id)
        .limit(limit)
    )
    found: list[Rated] = []
    for conversation_id, score in (await session.exec(chosen)).all():
        key = (workspace_id, conversation_id)
        conversation, rating = await session.get_one(Conversation, key), await session.get_one(Rating, key)
        found.append(Rated(conversation, score, rating.comment))
    return found
