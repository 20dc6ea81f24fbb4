"""The resolutions of a stretch of time that were rated best and worst. The stretch is half open.

They stay what they were when their conversation goes on: who rates and comes back is still to be read.
"""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy
from sqlalchemy import case, or_
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.endings import Rating, Resolution
from storage.tables import Conversation


@dataclass(frozen=True, slots=True)
class Rated:
    """A resolution and its conversation, with what the customer said of it."""

    conversation: Conversation
    resolution: Resolution
    score: int
    comment: str


async def rated(
    session: AsyncSession, workspace_id: str, since: datetime, until: datetime, *, best: bool, limit: int
) -> list[Rated]:
    """Those rated best, or worst; of equals first those with a comment, then the latest."""
    # Looked up by key, once for each resolution: of a join PostgreSQL makes a scan through all ratings.
    mine = (
        Rating.workspace_id == Resolution.workspace_id,
        Rating.conversation_id == Resolution.conversation_id,
        col(Rating.rated_at) >= col(Resolution.resolved_at),
        or_(col(Resolution.reopened_at).is_(None), col(Rating.rated_at) < col(Resolution.reopened_at)),
    )
    spoke = case((func.length(Rating.comment) > 0, 1), else_=0)
    each = (
        sqlalchemy.select(
            col(Resolution.id),
            col(Resolution.resolved_at),
            select(Rating.score).where(*mine).scalar_subquery().label("score"),
            select(spoke).where(*mine).scalar_subquery().label("spoke"),
        )
        .where(
            col(Resolution.workspace_id) == workspace_id,
            col(Resolution.resolved_at) >= since,
            col(Resolution.resolved_at) < until,
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
    for resolution_id, score in (await session.exec(chosen)).all():
        resolution = await session.get_one(Resolution, (workspace_id, resolution_id))
        key = (workspace_id, resolution.conversation_id)
        conversation, rating = await session.get_one(Conversation, key), await session.get_one(Rating, key)
        found.append(Rated(conversation, resolution, score, rating.comment))
    return found
