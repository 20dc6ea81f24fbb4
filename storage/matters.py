"""Matters: a conversation that goes on after its resolution had become final is about another one, counted by itself.

What a conversation says of itself (who answered, when first) is of its present matter; its resolutions tell of those
before. All of it is looked up by key, for rows of another table.
"""

from typing import Any

from sqlalchemy import ColumnElement, and_, or_
from sqlmodel import col, func, select

from storage.endings import Resolution
from storage.kinds import ResolvedBy
from storage.tables import Conversation


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
    return (
        select(Resolution.resolved_by)
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
