"""Matters: a conversation that goes on after its resolution had become final is about another one, counted by itself.

What a conversation says of itself (who answered, when first) is of its present matter; its resolutions tell of those
before. All of it is looked up by key, for rows of another table.
"""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, or_
from sqlalchemy.orm import aliased
from sqlmodel import col, func, select

from storage.endings import Resolution
from storage.kinds import ResolvedBy
from storage.spending import ModelCall
from storage.tables import Conversation

LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


def answered_by_ai(workspace_id: Any, conversation_id: Any, at: Any) -> ColumnElement[bool]:
    """Whether the AI answered in the matter that a conversation was about at a moment; nothing where it was erased.

    Args:
        workspace_id: a column of the table that is looked at; likewise `conversation_id`.
        conversation_id: of the conversation.
        at: the moment.
    """
    of_it = and_(col(Resolution.workspace_id) == workspace_id, col(Resolution.conversation_id) == conversation_id)
    went_on_later = or_(col(Resolution.reopened_at).is_(None), col(Resolution.reopened_at) > at)
    then = (
        select(col(Resolution.resolved_by) != ResolvedBy.HUMAN)
        .where(of_it, col(Resolution.opened_at) <= at, went_on_later)
        .order_by(col(Resolution.resolved_at).desc())
        .limit(1)
        .scalar_subquery()
    )
    by_now = select(Conversation.ai_replied).where(
        col(Conversation.workspace_id) == workspace_id, col(Conversation.id) == conversation_id
    )
    return func.coalesce(then, by_now.scalar_subquery())


def first_resolved_by() -> Any:
    """Who resolved the first matter of a `Conversation` that is about a later one by now; nothing of any other."""
    return _of_the_first(Resolution.resolved_by)


def first_topic() -> Any:
    """What the first matter of a `Conversation` was about."""
    return func.coalesce(_of_the_first(Resolution.topic), Conversation.topic)


def _of_the_first(column: Any) -> Any:
    return (
        select(column)
        .where(
            col(Resolution.workspace_id) == col(Conversation.workspace_id),
            col(Resolution.conversation_id) == col(Conversation.id),
            col(Conversation.reopened) > 0,
            col(Resolution.taken_back_at).is_(None),
            col(Resolution.reopened_at).is_not(None),
        )
        .order_by(col(Resolution.resolved_at))
        .limit(1)
        .correlate(Conversation)
        .scalar_subquery()
    )


def dollars() -> Any:
    """What models cost in the matter of a `Resolution`, US dollars: all since the matter before was resolved for good.

    Not since its own beginning: models are called before that is written down, with the answer to its first message.
    """
    earlier = aliased(Resolution)
    resolved_before = (
        select(func.max(earlier.resolved_at))
        .where(
            col(earlier.workspace_id) == col(Resolution.workspace_id),
            col(earlier.conversation_id) == col(Resolution.conversation_id),
            col(earlier.resolved_at) < col(Resolution.resolved_at),
            col(earlier.reopened_at).is_not(None),
            col(earlier.taken_back_at).is_(None),
        )
        .correlate(Resolution)
        .scalar_subquery()
    )
    called_at = col(ModelCall.created_at)
    return (
        select(func.sum(ModelCall.dollars))
        .where(
            col(ModelCall.workspace_id) == col(Resolution.workspace_id),
            col(ModelCall.conversation_id) == col(Resolution.conversation_id),
            called_at > func.coalesce(resolved_before, LONG_AGO),
            or_(col(Resolution.reopened_at).is_(None), called_at <= col(Resolution.resolved_at)),
        )
        .correlate(Resolution)
        .scalar_subquery()
    )
