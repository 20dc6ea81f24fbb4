"""What became of conversations by to whom they were offered, whoever resolved them: intention to treat.

They count when they were opened, resolved or not and also once they were erased, with the latest rating of each, in the
topic of what it was about first. What was closed without being resolved counts nowhere, and neither does a conversation
in which nothing was asked.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from datetime import datetime

import sqlalchemy
from sqlalchemy import ColumnElement, and_, case
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import erased_counts, matters
from storage.endings import ErasedCount, Rating, Resolution, Survey
from storage.kinds import ConversationState
from storage.resolutions import SATISFIED_FROM
from storage.tables import Conversation


@dataclass(frozen=True, slots=True)
class Offering:
    """The conversations of one topic that were offered alike."""

    topic: str
    offered: str
    """A `storage.kinds.Offered`."""
    conversations: int
    resolved: int
    """By whomever, and not taken back."""
    asked: int
    answered: int
    ratings: int
    satisfied: int


async def opened(session: AsyncSession, workspace_id: str, since: datetime, until: datetime) -> list[Offering]:
    """Count what was opened in a stretch of time, by topic and by to whom it was offered."""
    # Looked up by key, once for each conversation: of a join, PostgreSQL makes a scan through all there ever were.
    # Not the least id: SQLite looks for it in the order of ids, through all resolutions.
    resolution = select(func.max(Resolution.resolved_at)).where(
        *_of_conversation(Resolution), col(Resolution.taken_back_at).is_(None)
    )
    asked_at = select(Survey.asked_at).where(*_of_conversation(Survey))
    score = select(Rating.score).where(*_of_conversation(Rating))
    each = (
        sqlalchemy.select(
            matters.first_topic().label("topic"),
            col(Conversation.offered),
            resolution.scalar_subquery().label("resolution"),
            asked_at.scalar_subquery().label("asked_at"),
            score.scalar_subquery().label("score"),
        )
        .where(
            col(Conversation.workspace_id) == workspace_id,
            # Naming every state lets the index by state and time serve a question about time alone.
            col(Conversation.state).in_(list(ConversationState)),
            col(Conversation.opened_at) >= since,
            col(Conversation.opened_at) < until,
            col(Conversation.closed_as) == "",
            col(Conversation.offered) != "",
        )
        .cte("each_opened")
        .prefix_with("MATERIALIZED")
    ).c
    key = (each.topic, each.offered)
    wanted = (
        select(  # pyright: ignore[reportCallIssue] - the overloads end at four columns
            *key,
            func.count(),
            func.count(each.resolution),
            func.count(each.asked_at),
            func.count(case((and_(each.asked_at.is_not(None), each.score.is_not(None)), 1))),
            func.count(each.score),
            func.count(case((each.score >= SATISFIED_FROM, 1))),
        )
        .group_by(*key)
        .order_by(*key)
    )
    found = [Offering(*row) for row in (await session.exec(wanted)).all()]
    erased = await erased_counts.every(session, workspace_id, erased_counts.OPENED, since, until)
    return _added_up([*found, *(_of_erased(each) for each in erased if each.offered)])


def _of_erased(one: ErasedCount) -> Offering:
    """What is counted of one conversation that was erased."""
    rated = one.score is not None
    counts = (True, one.resolved, one.asked, one.asked and rated, rated, (one.score or 0) >= SATISFIED_FROM)
    return Offering(one.topic, one.offered, *map(int, counts))


def _added_up(found: Sequence[Offering]) -> list[Offering]:
    sums: defaultdict[tuple[str, str], list[tuple[int, ...]]] = defaultdict(list)
    for each in found:
        topic, offered, *counts = astuple(each)
        sums[topic, offered].append(tuple(counts))
    return [Offering(*key, *map(sum, zip(*counts, strict=True))) for key, counts in sorted(sums.items())]


def _of_conversation(table: type[Resolution | Survey | Rating]) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return (
        col(table.workspace_id) == col(Conversation.workspace_id),
        col(table.conversation_id) == col(Conversation.id),
    )
