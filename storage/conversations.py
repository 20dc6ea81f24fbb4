"""Conversations and what was said in them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, update
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.ids import new_id
from storage.kinds import ConversationState
from storage.row import Row, now
from storage.tables import Conversation, Message, MessagePart

MOST_MERGES = 20
"""How many merges, one into the next, are followed."""
RECENT = 40
"""How many messages of a conversation a turn reads, at most."""


async def by_id(
    session: AsyncSession, workspace_id: str, conversation_id: str, *, lock: bool = False
) -> Conversation | None:
    """The conversation with this id; `lock` keeps others from changing it until the transaction ends."""
    wanted = select(Conversation).where(Conversation.workspace_id == workspace_id, Conversation.id == conversation_id)
    return (await session.exec(wanted.with_for_update() if lock else wanted)).first()


async def by_thread(
    session: AsyncSession, workspace_id: str, channel_id: str, thread_ts: str, *, lock: bool = False
) -> Conversation | None:
    """The conversation of this Slack thread; `lock` as above."""
    wanted = select(Conversation).where(
        Conversation.workspace_id == workspace_id,
        Conversation.channel_id == channel_id,
        Conversation.thread_ts == thread_ts,
    )
    return (await session.exec(wanted.with_for_update() if lock else wanted)).first()


async def latest_in_channel(
    session: AsyncSession, workspace_id: str, channel_id: str, customer_id: str
) -> Conversation | None:
    """The conversation that a customer goes on with who writes without a thread: the newest one.

    A question that was split off has a thread of its own, and is meant only when nothing else is open.
    """
    theirs = (
        select(Conversation)
        .where(
            Conversation.workspace_id == workspace_id,
            Conversation.customer_id == customer_id,
            Conversation.channel_id == channel_id,
        )
        .order_by(col(Conversation.id).desc())
        .limit(1)
    )
    newest = (await session.exec(theirs.where(Conversation.split_from == ""))).first()
    if newest and (newest.state != ConversationState.RESOLVED or newest.merged_into):
        return newest
    split_off = theirs.where(Conversation.split_from != "", Conversation.state != ConversationState.RESOLVED)
    return (await session.exec(split_off)).first() or newest


async def going_on(
    session: AsyncSession, workspace_id: str, conversation_id: str, *, lock: bool = False
) -> Conversation | None:
    """The conversation with this id, or the one in which it goes on since it was merged."""
    return await after_merges(session, await by_id(session, workspace_id, conversation_id, lock=lock), lock=lock)


async def after_merges(
    session: AsyncSession, conversation: Conversation | None, *, lock: bool = False
) -> Conversation | None:
    """The conversation in which this one goes on: itself, when it was not merged."""
    for _ in range(MOST_MERGES):
        if conversation is None or not conversation.merged_into:
            break
        conversation = await by_id(session, conversation.workspace_id, conversation.merged_into, lock=lock)
    return conversation


async def split_off(session: AsyncSession, conversation: Conversation) -> Sequence[Conversation]:
    """The open conversations whose questions were a part of this one's."""
    found = await others_open(session, conversation, limit=MOST_MERGES)
    return [each for each in found if each.split_from == conversation.id]


async def others_open(session: AsyncSession, conversation: Conversation, *, limit: int) -> Sequence[Conversation]:
    """The customer's other conversations that are not resolved, the newest first."""
    wanted = (
        select(Conversation)
        .where(
            Conversation.workspace_id == conversation.workspace_id,
            Conversation.customer_id == conversation.customer_id,
            Conversation.state != ConversationState.RESOLVED,
            Conversation.id != conversation.id,
        )
        .order_by(col(Conversation.id).desc())
        .limit(limit)
    )
    return (await session.exec(wanted)).all()


async def first_question(session: AsyncSession, conversation: Conversation, since: datetime | None = None) -> str:
    """What the customer said first (`since` a moment), and did not take back; empty when they said nothing."""
    wanted = (
        select(Message.text)
        .where(
            Message.workspace_id == conversation.workspace_id,
            Message.conversation_id == conversation.id,
            Message.author == "customer",
            col(Message.deleted_at).is_(None),
        )
        .order_by(col(Message.id))
        .limit(1)
    )
    later = wanted if since is None else wanted.where(col(Message.created_at) >= since)
    return (await session.exec(later)).first() or ""


async def open_in_channel(
    session: AsyncSession, workspace_id: str, channel_id: str, customer_id: str
) -> Sequence[Conversation]:
    """The conversations of a customer in a channel that are not resolved."""
    wanted = select(Conversation).where(
        Conversation.workspace_id == workspace_id,
        Conversation.customer_id == customer_id,
        Conversation.channel_id == channel_id,
        Conversation.state != ConversationState.RESOLVED,
    )
    return (await session.exec(wanted)).all()


def begin(
    session: AsyncSession,
    workspace_id: str,
    *,
    channel_id: str,
    thread_ts: str,
    customer_id: str,
    asked_at: datetime | None = None,
) -> Conversation:
    """Add a new conversation; its customer waits since they asked, which is now when not told."""
    moment = now()
    conversation = Conversation(
        workspace_id=workspace_id,
        id=new_id(),
        channel_id=channel_id,
        thread_ts=thread_ts,
        customer_id=customer_id,
        opened_at=min(asked_at or moment, moment),  # Slack's clock may be ahead
    )
    session.add(conversation)
    return conversation


def say(
    session: AsyncSession,
    conversation: Conversation,
    *,
    author: str,
    author_id: str,
    text: str,
    channel_id: str = "",
    ts: str | None = None,
    files: list[dict[str, Any]] | None = None,
) -> Message:
    """Add a message to a conversation."""
    message = Message(
        workspace_id=conversation.workspace_id,
        id=new_id(),
        conversation_id=conversation.id,
        author=author,
        author_id=author_id,
        text=text,
        channel_id=channel_id,
        ts=ts,
        files=files or [],
    )
    session.add(message)
    return message


async def messages(
    session: AsyncSession, workspace_id: str, conversation_id: str, *, limit: int = RECENT
) -> list[Message]:
    """The newest messages of a conversation that were not deleted, oldest first."""
    wanted = (
        select(Message)
        .where(
            Message.workspace_id == workspace_id,
            Message.conversation_id == conversation_id,
            col(Message.deleted_at).is_(None),
        )
        .order_by(col(Message.id).desc())
        .limit(limit)
    )
    return list(reversed((await session.exec(wanted)).all()))


async def customer_wrote_at(session: AsyncSession, conversation: Conversation) -> datetime | None:
    """When the customer's newest message was stored; None when they wrote none."""
    wanted = (
        select(Message.created_at)
        .where(
            Message.workspace_id == conversation.workspace_id,
            Message.conversation_id == conversation.id,
            Message.author == "customer",
        )
        .order_by(col(Message.id).desc())
        .limit(1)
    )
    return (await session.exec(wanted)).first()


async def until(session: AsyncSession, workspace_id: str, conversation_id: str, message_id: str) -> list[Message]:
    """The last messages up to this one, oldest first; deleted ones and internal notes are left out."""
    wanted = (
        select(Message)
        .where(
            Message.workspace_id == workspace_id,
            Message.conversation_id == conversation_id,
            Message.id <= message_id,
            Message.author != "note",
            col(Message.deleted_at).is_(None),
        )
        .order_by(col(Message.id).desc())
        .limit(RECENT)
    )
    return list(reversed((await session.exec(wanted)).all()))


async def message_at(session: AsyncSession, workspace_id: str, channel_id: str, ts: str) -> Message | None:
    """The message that stands at this place in Slack, or that what stands there is a part of."""
    wanted = select(Message).where(
        Message.workspace_id == workspace_id, Message.channel_id == channel_id, Message.ts == ts
    )
    if found := (await session.exec(wanted)).first():
        return found
    part = await session.get(MessagePart, (workspace_id, channel_id, ts))
    return await session.get(Message, (workspace_id, part.message_id)) if part else None


async def stands(session: AsyncSession, workspace_id: str, message_id: str, *, channel_id: str, ts: str) -> None:
    """Note where a message stands in Slack, once its post is sent."""
    values = {"of_workspace": workspace_id, "of_message": message_id, "channel_id": channel_id, "ts": ts}
    await (await session.connection()).execute(_STANDS, values)


_MESSAGES = Row.metadata.tables["message"]
_STANDS = update(_MESSAGES).where(
    _MESSAGES.c.workspace_id == bindparam("of_workspace"), _MESSAGES.c.id == bindparam("of_message")
)


def add_parts(session: AsyncSession, message: Message, parts: Mapping[str, str]) -> None:
    """Note which messages in Slack a message was gathered from: their texts by ts."""
    key = {"workspace_id": message.workspace_id, "channel_id": message.channel_id, "message_id": message.id}
    session.add_all(MessagePart(ts=ts, text=text, **key) for ts, text in parts.items())


async def change_part(session: AsyncSession, message: Message, ts: str, text: str | None) -> str:
    """Change what stands at one place of a message, or take it away (None).

    Returns:
        The text of all of the message now; empty when nothing is left of it.
    """
    wanted = select(MessagePart).where(
        MessagePart.workspace_id == message.workspace_id, MessagePart.message_id == message.id
    )
    parts = {part.ts: part for part in (await session.exec(wanted.order_by(col(MessagePart.ts)))).all()}
    if not parts:
        return text or ""
    if text is None:
        await session.delete(parts.pop(ts))
    else:
        parts[ts].text = text
        session.add(parts[ts])
    return "\n".join(part.text for part in parts.values())


async def has_private(session: AsyncSession, conversation: Conversation) -> bool:
    """Whether the customer was ever told something here that others do not see."""
    return bool(await private_replies(session, conversation, limit=1))


async def private_replies(session: AsyncSession, conversation: Conversation, *, limit: int) -> list[Message]:
    """The newest messages that only the customer sees, oldest first."""
    wanted = (
        select(Message)
        .where(
            Message.workspace_id == conversation.workspace_id,
            Message.conversation_id == conversation.id,
            col(Message.private).is_(True),
            col(Message.deleted_at).is_(None),
        )
        .order_by(col(Message.id).desc())
        .limit(limit)
    )
    return list(reversed((await session.exec(wanted)).all()))


async def private_reply(session: AsyncSession, conversation: Conversation, draft_id: str) -> Message | None:
    """The message made of a draft, as long as only the customer sees it."""
    wanted = select(Message).where(
        Message.workspace_id == conversation.workspace_id,
        Message.conversation_id == conversation.id,
        Message.draft_id == draft_id,
        col(Message.private).is_(True),
    )
    return (await session.exec(wanted)).first()


async def due_for_resolution(session: AsyncSession, *, limit: int) -> Sequence[Conversation]:
    """Conversations whose silence has lasted long enough to count as solved."""
    wanted = (
        select(Conversation)
        .where(col(Conversation.resolution_due_at) <= now(), Conversation.state == ConversationState.WITH_AI)
        .order_by(col(Conversation.resolution_due_at))
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return (await session.exec(wanted)).all()


async def counts_by_state(session: AsyncSession, workspace_id: str) -> dict[str, int]:
    """How many unresolved conversations are in each state."""
    wanted = (
        select(Conversation.state, func.count())
        .where(Conversation.workspace_id == workspace_id, Conversation.state != ConversationState.RESOLVED)
        .group_by(Conversation.state)
    )
    return dict((await session.exec(wanted)).all())
