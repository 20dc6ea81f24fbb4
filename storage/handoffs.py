"""Handoffs: requests for a human, and the drafts and decisions behind them."""

from collections.abc import Sequence

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.kinds import DraftRole, HandoffState
from storage.tables import Conversation, Decision, DraftRow, Handoff


async def by_id(session: AsyncSession, workspace_id: str, handoff_id: str) -> Handoff | None:
    """The handoff with this id, locked until the transaction ends."""
    wanted = select(Handoff).where(Handoff.workspace_id == workspace_id, Handoff.id == handoff_id)
    return (await session.exec(wanted.with_for_update())).first()


async def with_conversation(
    session: AsyncSession, workspace_id: str, handoff_id: str
) -> tuple[Handoff, Conversation] | None:
    """The handoff and its conversation, both locked until the transaction ends.

    The conversation comes first, as with everybody who acts on one: two never wait for each other then.
    """
    wanted = (
        select(Conversation)
        .join(
            Handoff,
            (col(Handoff.workspace_id) == Conversation.workspace_id)
            & (col(Handoff.conversation_id) == Conversation.id),
        )
        .where(Handoff.workspace_id == workspace_id, Handoff.id == handoff_id)
        .with_for_update(of=Conversation)
    )
    conversation = (await session.exec(wanted)).first()
    handoff = conversation and await by_id(session, workspace_id, handoff_id)
    return (handoff, conversation) if handoff and conversation else None


async def open_of(session: AsyncSession, conversation: Conversation) -> Handoff | None:
    """The handoff of the conversation that is not done."""
    if conversation in session.new:
        return None  # it begins in this transaction
    wanted = select(Handoff).where(
        Handoff.workspace_id == conversation.workspace_id,
        Handoff.conversation_id == conversation.id,
        Handoff.state != HandoffState.DONE,
    )
    return (await session.exec(wanted)).first()


async def last_of(session: AsyncSession, conversation: Conversation) -> Handoff | None:
    """The latest handoff of a conversation, open or done."""
    wanted = (
        select(Handoff)
        .where(Handoff.workspace_id == conversation.workspace_id, Handoff.conversation_id == conversation.id)
        .order_by(col(Handoff.id).desc())
        .limit(1)
    )
    return (await session.exec(wanted)).first()


async def by_desk_thread(session: AsyncSession, workspace_id: str, channel_id: str, ts: str) -> Handoff | None:
    """The handoff whose card opens this thread in the desk channel."""
    wanted = select(Handoff).where(
        Handoff.workspace_id == workspace_id, Handoff.desk_channel_id == channel_id, Handoff.desk_ts == ts
    )
    return (await session.exec(wanted)).first()


async def queue(session: AsyncSession, workspace_id: str, *, limit: int) -> Sequence[tuple[Handoff, Conversation]]:
    """Open handoffs with their conversations, urgent ones first, then the oldest."""
    wanted = (
        select(Handoff, Conversation)
        .join(
            Conversation,
            (col(Conversation.workspace_id) == Handoff.workspace_id)
            & (col(Conversation.id) == Handoff.conversation_id),
        )
        .where(Handoff.workspace_id == workspace_id, col(Handoff.state).in_(["queued", "claimed"]))
        .order_by(col(Handoff.state).desc(), col(Handoff.priority).desc(), col(Handoff.opened_at))
        .limit(limit)
    )
    return (await session.exec(wanted)).all()


async def draft(session: AsyncSession, workspace_id: str, draft_id: str | None) -> DraftRow | None:
    """The draft with this id."""
    return await session.get(DraftRow, (workspace_id, draft_id)) if draft_id else None


async def decisions(session: AsyncSession, workspace_id: str, conversation_id: str) -> Sequence[Decision]:
    """The decisions of a conversation that were carried out, oldest first."""
    wanted = (
        select(Decision)
        .where(
            Decision.workspace_id == workspace_id,
            Decision.conversation_id == conversation_id,
            Decision.role == DraftRole.SERVING,
        )
        .order_by(col(Decision.id))
    )
    return (await session.exec(wanted)).all()
