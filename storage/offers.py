"""Offers to fetch a person: one a conversation at most, with the moment at which the handoff happens by itself."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.kinds import OfferState
from storage.row import now
from storage.tables import Conversation, Offer


async def of(session: AsyncSession, conversation: Conversation) -> Offer | None:
    """The offer that was ever made in a conversation."""
    if conversation in session.new:
        return None  # it begins in this transaction
    return await session.get(Offer, (conversation.workspace_id, conversation.id))


async def open_of(session: AsyncSession, conversation: Conversation) -> Offer | None:
    """The offer that still waits for the customer's word."""
    offer = await of(session, conversation)
    return offer if offer and offer.state == OfferState.OPEN else None


def close(session: AsyncSession, offer: Offer, state: OfferState) -> None:
    """Note what became of an offer; nothing happens by itself any more."""
    offer.state, offer.due_at, offer.closed_at = state, None, now()
    session.add(offer)


async def settle(session: AsyncSession, conversation: Conversation, state: OfferState) -> None:
    """Close the offer that still waits in a conversation, if one does: a person comes, or the customer went on."""
    if offer := await open_of(session, conversation):
        close(session, offer, state)


async def due(session: AsyncSession, workspace_id: str, moment: datetime, *, limit: int) -> Sequence[str]:
    """The conversations whose offers have waited long enough, the longest first."""
    wanted = (
        select(Offer.conversation_id)
        .where(Offer.workspace_id == workspace_id, col(Offer.due_at) <= moment)
        .order_by(col(Offer.due_at))
        .limit(limit)
    )
    return (await session.exec(wanted)).all()
