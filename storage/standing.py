"""Resolutions one by one: written when a conversation is resolved, taken back when its customer comes back."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import day_tallies
from storage.endings import Resolution
from storage.ids import new_id
from storage.kinds import Confirmation, ResolvedBy, TakenBack
from storage.row import now
from storage.tables import Conversation

LOOKED_AT = 20
"""Among how many of a customer's newest resolved conversations an earlier one on the same matter is looked for."""


async def note(session: AsyncSession, conversation: Conversation) -> Resolution:
    """Write down the resolution that a conversation has just got; it can have one at a time.

    What came after an earlier one had become final is a matter of its own, which began when it was reopened.
    """
    before, first_reply_at = await last_of(session, conversation), conversation.first_reply_at
    anew = _began_anew(conversation, before)
    if anew and first_reply_at and first_reply_at < anew:
        first_reply_at = None  # reopened by a version that did not forget it
    row = Resolution(
        workspace_id=conversation.workspace_id,
        id=new_id(),
        conversation_id=conversation.id,
        topic=conversation.topic,
        resolved_by=conversation.resolved_by or ResolvedBy.HUMAN,
        confirmation=conversation.confirmation or Confirmation.ASSUMED,
        resolved_by_person=conversation.resolved_by_person,
        resolved_at=conversation.resolved_at or now(),
        opened_at=anew or conversation.opened_at,
        first_reply_at=first_reply_at,
        reopened=_reopened_before(conversation, before),
        offered=conversation.offered,
        simulated=conversation.simulated,
    )
    session.add(row)
    return row


async def began_anew(session: AsyncSession, conversation: Conversation) -> datetime | None:
    """When the matter began that a conversation is about now, after one that was final; None when it is the first."""
    return _began_anew(conversation, await last_of(session, conversation))


def _began_anew(conversation: Conversation, before: Resolution | None) -> datetime | None:
    if before is None:
        return None
    began = before.opened_at if before.taken_back_at else before.reopened_at
    return began if began and began > conversation.opened_at else None


def _reopened_before(conversation: Conversation, before: Resolution | None) -> int:
    """How often the present matter was reopened: going on after a final resolution is no reopening of it."""
    if before is None:
        return conversation.reopened
    return before.reopened + 1 if before.taken_back_at else 0


async def last_of(
    session: AsyncSession, conversation: Conversation, since: datetime | None = None, until: datetime | None = None
) -> Resolution | None:
    """The last time that a conversation was resolved, in a stretch where one is told; None when it is not known of.

    Args:
        session: reads.
        conversation: whose.
        since: where the stretch begins.
        until: where it ends, itself not in it.
    """
    wanted = select(Resolution).where(
        Resolution.workspace_id == conversation.workspace_id,
        Resolution.conversation_id == conversation.id,
    )
    if since:
        wanted = wanted.where(col(Resolution.resolved_at) >= since)
    if until:
        wanted = wanted.where(col(Resolution.resolved_at) < until)
    return (await session.exec(wanted.order_by(col(Resolution.resolved_at).desc()).limit(1))).first()


async def resolved_before(session: AsyncSession, conversation: Conversation, moment: datetime) -> datetime | None:
    """When a conversation was last resolved before a moment; None when it was not."""
    wanted = select(func.max(Resolution.resolved_at)).where(
        Resolution.workspace_id == conversation.workspace_id,
        Resolution.conversation_id == conversation.id,
        col(Resolution.resolved_at) < moment,
    )
    return (await session.exec(wanted)).one()


async def of_conversation(session: AsyncSession, conversation: Conversation) -> Resolution | None:
    """The resolution that a conversation has now, locked until the transaction ends: it is taken back once.

    None when it is open, or was closed without one.
    """
    await session.flush()  # what this transaction has written counts
    wanted = select(Resolution).where(
        Resolution.workspace_id == conversation.workspace_id,
        Resolution.conversation_id == conversation.id,
        col(Resolution.reopened_at).is_(None),
    )
    return (await session.exec(wanted.with_for_update().execution_options(populate_existing=True))).first()


async def reopened(
    session: AsyncSession, conversation: Conversation, *, at: datetime, final_before: datetime
) -> Resolution | None:
    """The customer goes on in the thread: its resolution ends here, and is taken back unless it was final.

    Args:
        session: of the transaction that reopens the conversation.
        conversation: as it still is.
        at: when they did; what they sent before it was resolved, and is looked at later, goes on from the end.
        final_before: resolutions from before this moment stand for ever.

    Returns:
        The resolution that ended; None when there was none.
    """
    row = await of_conversation(session, conversation)
    if row is None:
        return None
    row.reopened_at = max(at, row.resolved_at)
    if row.resolved_at >= final_before and row.taken_back_at is None:
        row.taken_back_at, row.taken_back_how = row.reopened_at, TakenBack.REOPENED
        session.add(row)
        await day_tallies.recount(session, row.workspace_id, row.resolved_at)
    session.add(row)
    return row


async def lately_of_customer(
    session: AsyncSession, conversation: Conversation, *, since: datetime
) -> Sequence[Conversation]:
    """The customer's other conversations that were resolved since a moment and still are, the newest first."""
    about = lately_of(conversation.workspace_id, conversation.customer_id, other_than=conversation.id, since=since)
    return (await session.exec(LATELY_OF, params=about)).all()


def lately_of(workspace_id: str, customer_id: str, *, other_than: str, since: datetime) -> dict[str, Any]:
    """Whose conversations `LATELY_OF` asks for."""
    return {"workspace": workspace_id, "customer": customer_id, "other_than": other_than, "since": since}


LATELY_OF = (
    select(Conversation)
    .where(
        Conversation.workspace_id == bindparam("workspace"),
        Conversation.customer_id == bindparam("customer"),
        Conversation.customer_id != "",  # who was erased has none
        Conversation.id != bindparam("other_than"),
        col(Conversation.resolved_at) >= bindparam("since"),
    )
    .order_by(col(Conversation.resolved_at).desc())
    .limit(LOOKED_AT)
)


async def returned(session: AsyncSession, earlier: Conversation, new: Conversation) -> bool:
    """The customer came back with the matter of `earlier` in `new`; tells whether a resolution was taken back."""
    row = await of_conversation(session, earlier)
    if row is None or row.taken_back_at is not None:
        return False
    row.taken_back_at, row.taken_back_how, row.returned_in = now(), TakenBack.RETURNED, new.id
    session.add(row)
    await day_tallies.recount(session, row.workspace_id, row.resolved_at)
    return True


async def stands_again(session: AsyncSession, new: Conversation) -> None:
    """What the customer came back with was taken back by them: the resolutions it took back stand again."""
    wanted = (
        select(Resolution)
        .join(
            Conversation,
            (col(Conversation.workspace_id) == col(Resolution.workspace_id))
            & (col(Conversation.id) == col(Resolution.conversation_id)),
        )
        .where(
            Conversation.workspace_id == new.workspace_id,
            Conversation.customer_id == new.customer_id,
            Resolution.returned_in == new.id,
        )
    )
    for row in (await session.exec(wanted)).all():
        row.taken_back_at, row.taken_back_how, row.returned_in = None, "", ""
        session.add(row)
        await day_tallies.recount(session, row.workspace_id, row.resolved_at)
