"""Puts posts into the outbox: to the customer's thread, or to the desk's.

The two have lanes of their own, so that a desk channel in trouble never holds back a word to the customer.
"""

from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.slack import streaming
from bot.views.post import Post
from storage import outbox
from storage.outbox import Claimed
from storage.tables import Conversation, Handoff, Message

UNOPENED = "post:"
"""How the thread of a conversation begins whose opening post is not yet sent; the post's outbox id follows."""

BELOW = "below"
"""Under `about`: the outbox id of the post that another one stands below, and goes with when Slack refuses it."""

RENEWAL = "renewal"
"""The purpose of a reply that takes the place of an earlier one; where that is gone, it is posted anew."""


def customer_lane(conversation: Conversation) -> str:
    """The lane of what the customer reads."""
    return conversation.id


def _thread(conversation: Conversation) -> tuple[dict[str, str], str | None]:
    """Where the customer reads: the thread's ts, or the post that opens the thread and is still on its way."""
    if conversation.thread_ts.startswith(UNOPENED):
        return {}, conversation.thread_ts.removeprefix(UNOPENED)
    return {"thread_ts": conversation.thread_ts}, None


def open_thread(session: AsyncSession, conversation: Conversation, post: Post, *, message_id: str, link: str) -> None:
    """Post what opens a thread for a conversation that has none yet; `link` is the thread's address without its ts."""
    opener = outbox.put(
        session,
        conversation.workspace_id,
        lane=customer_lane(conversation),
        method="chat.postMessage",
        channel_id=conversation.channel_id,
        payload={**post.as_payload(), "about": {"link": link}},
        purpose="thread",
        conversation_id=conversation.id,
        message_id=message_id,
    )
    conversation.thread_ts = f"{UNOPENED}{opener}"
    session.add(conversation)


def desk_lane(conversation: Conversation) -> str:
    """The lane of what the desk reads about a conversation."""
    return f"desk:{conversation.id}"


def _in_thread(
    session: AsyncSession,
    conversation: Conversation,
    post: Post,
    *,
    method: str,
    purpose: str,
    message_id: str | None,
    **more: Any,
) -> str:
    thread, opener = _thread(conversation)
    return outbox.put(
        session,
        conversation.workspace_id,
        lane=customer_lane(conversation),
        method=method,
        channel_id=conversation.channel_id,
        payload={**post.as_payload(), **thread, **more},
        purpose=purpose,
        conversation_id=conversation.id,
        message_id=message_id,
        thread_of=opener,
    )


def to_customer(
    session: AsyncSession,
    conversation: Conversation,
    post: Post,
    *,
    purpose: str = "reply",
    message_id: str | None = None,
    **extra: Any,
) -> str:
    """Post into the customer's thread; `extra` are further arguments of chat.postMessage, and `about`."""
    way = "chat.postMessage"
    return _in_thread(session, conversation, post, method=way, purpose=purpose, message_id=message_id, **extra)


def to_customer_alone(
    session: AsyncSession,
    conversation: Conversation,
    post: Post,
    *,
    purpose: str = "reply",
    message_id: str | None = None,
    **extra: Any,
) -> str:
    """Show a post in the customer's thread to the customer alone.

    Slack gives no way to find it again, so that one whose outcome is unknown may be shown twice.
    """
    way, more = "chat.postEphemeral", {"user": conversation.customer_id, **extra}
    return _in_thread(session, conversation, post, method=way, purpose=purpose, message_id=message_id, **more)


def to_customer_streamed(
    session: AsyncSession, conversation: Conversation, post: Post, *, message_id: str, organisation: str
) -> str:
    """Post into the thread of a direct message, so that it appears piece by piece; `organisation` is the customer's."""
    reader = {"recipient_user_id": conversation.customer_id, "recipient_team_id": organisation}
    way = streaming.METHOD
    return _in_thread(session, conversation, post, method=way, purpose="reply", message_id=message_id, **reader)


def card(session: AsyncSession, conversation: Conversation, handoff: Handoff, desk_channel: str, post: Post) -> None:
    """Post the card that opens the handoff's thread in the desk channel."""
    handoff.desk_channel_id = desk_channel
    handoff.card_id = outbox.put(
        session,
        conversation.workspace_id,
        lane=desk_lane(conversation),
        method="chat.postMessage",
        channel_id=desk_channel,
        payload={**post.as_payload(), "about": {"handoff_id": handoff.id}},
        purpose="card",
        conversation_id=conversation.id,
    )
    session.add(handoff)


def change_card(session: AsyncSession, conversation: Conversation, handoff: Handoff, post: Post) -> None:
    """Bring the card up to date."""
    outbox.put(
        session,
        conversation.workspace_id,
        lane=desk_lane(conversation),
        method="chat.update",
        channel_id=handoff.desk_channel_id,
        payload={**post.as_payload(), **({"ts": handoff.desk_ts} if handoff.desk_ts else {})},
        purpose="card_change",
        conversation_id=conversation.id,
        target_of=None if handoff.desk_ts else handoff.card_id,
    )


def to_desk(
    session: AsyncSession,
    conversation: Conversation,
    handoff: Handoff,
    post: Post,
    *,
    message_id: str | None = None,
) -> None:
    """Post into the handoff's thread in the desk channel."""
    outbox.put(
        session,
        conversation.workspace_id,
        lane=desk_lane(conversation),
        method="chat.postMessage",
        channel_id=handoff.desk_channel_id,
        payload={**post.as_payload(), **({"thread_ts": handoff.desk_ts} if handoff.desk_ts else {})},
        purpose="desk_note",
        conversation_id=conversation.id,
        message_id=message_id,
        thread_of=None if handoff.desk_ts else handoff.card_id,
    )


def react(session: AsyncSession, conversation: Conversation, *, channel_id: str, ts: str, name: str) -> None:
    """Add a reaction to a message of the desk."""
    outbox.put(
        session,
        conversation.workspace_id,
        lane=desk_lane(conversation),
        method="reactions.add",
        channel_id=channel_id,
        payload={"timestamp": ts, "name": name},
        purpose="reaction",
        conversation_id=conversation.id,
    )


async def change_said(
    session: AsyncSession, conversation: Conversation, message: Message, post: Post, *, purpose: str = "change"
) -> bool:
    """Replace what the bot said, be it still on its way; false when nobody knows where it stands."""
    key = (conversation.workspace_id, conversation.id, message.id)
    earlier = None if message.ts else await outbox.of_message(session, *key)
    if message.ts is None and earlier is None:
        return False
    outbox.put(
        session,
        conversation.workspace_id,
        lane=customer_lane(conversation),
        method="chat.update",
        channel_id=message.channel_id or conversation.channel_id,
        payload={**post.as_payload(), **({"ts": message.ts} if message.ts else {})},
        purpose=purpose,
        conversation_id=conversation.id,
        message_id=message.id,
        target_of=earlier,
    )
    return True


def anew(session: AsyncSession, conversation: Conversation, row: Claimed) -> None:
    """Post what could not take the place of an earlier post."""
    shown = {name: row.payload[name] for name in ("text", "blocks") if name in row.payload}
    to_customer(session, conversation, Post(**shown), message_id=row.message_id)


def only_to(
    session: AsyncSession, workspace_id: str, user_id: str, post: Post, *, channel_id: str, thread_ts: str | None = None
) -> None:
    """Show a post to one person alone, outside any conversation; in a thread when there is one."""
    outbox.put(
        session,
        workspace_id,
        lane=f"only:{channel_id}:{user_id}",
        method="chat.postEphemeral",
        channel_id=channel_id,
        payload={**post.as_payload(), "user": user_id, **({"thread_ts": thread_ts} if thread_ts else {})},
        purpose="only_to",
    )


def to_channel(
    session: AsyncSession, workspace_id: str, channel_id: str, post: Post, *, purpose: str, **extra: Any
) -> None:
    """Post into a channel outside any conversation, news of one purpose in their order; `extra` as in `to_customer`."""
    outbox.put(
        session,
        workspace_id,
        lane=f"{purpose}:{channel_id}",
        method="chat.postMessage",
        channel_id=channel_id,
        payload={**post.as_payload(), **extra},
        purpose=purpose,
    )


def change_in_desk(session: AsyncSession, conversation: Conversation, post: Post, *, channel_id: str, ts: str) -> None:
    """Replace a message of the desk's thread, such as one whose button was pressed."""
    _change(session, conversation, post, lane=desk_lane(conversation), channel_id=channel_id, ts=ts)


def change(session: AsyncSession, conversation: Conversation, post: Post, *, channel_id: str, ts: str) -> None:
    """Replace a message of the customer's thread, such as the survey once it is answered."""
    _change(session, conversation, post, lane=customer_lane(conversation), channel_id=channel_id, ts=ts)


def _change(
    session: AsyncSession, conversation: Conversation, post: Post, *, lane: str, channel_id: str, ts: str
) -> None:
    outbox.put(
        session,
        conversation.workspace_id,
        lane=lane,
        method="chat.update",
        channel_id=channel_id,
        payload={**post.as_payload(), "ts": ts},
        purpose="change",
        conversation_id=conversation.id,
    )
