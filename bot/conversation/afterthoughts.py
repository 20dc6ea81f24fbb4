"""What comes after a message: an edit, a deletion, thanks, a customer who leaves."""

from dataclasses import replace

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.conversation import resolving, turn, withdrawing
from bot.runtime import Runtime
from bot.slack import heard, inbound, posts
from bot.slack.inbound import Deleted, Edited, Left, Said
from bot.views import desk as desk_view
from bot.views.post import Post
from handoff.draft import Author
from storage import conversations, handoffs, inbox
from storage.inbox import Claimed
from storage.kinds import Confirmation, ConversationState
from storage.row import now
from storage.tables import Conversation, Message

EARLY_SECONDS = 15.0
"""How long a change waits for the message that it changes, which Slack may deliver later."""
LOOK_AGAIN_SECONDS = 1.0
FRESH_SECONDS = 120.0
"""A change of an older message is of one that Baton never had."""


async def edited(runtime: Runtime, event: Claimed, edit: Edited) -> None:
    """A message says something else now. The AI answers a corrected question anew; an agent is told."""
    if await _waits_for_message(runtime, event, edit):
        return
    async with runtime.database.transaction() as session:
        message = await conversations.message_at(session, runtime.workspace_id, edit.channel_id, edit.ts)
        conversation = message and await _conversation(session, runtime, message)
        if message is None or conversation is None or message.author != Author.CUSTOMER:
            await inbox.done(session, event)
            return
        text = await conversations.change_part(session, message, edit.ts, edit.text)
        message.text, message.edited_at = text[: heard.LONGEST_TEXT], now()
        session.add(message)
        if not await _is_open_question(session, conversation, message):
            await _tell_desk(session, conversation, desk_view.edited(conversation.customer_id, edit.text))
            await _tell_split_off(session, message, desk_view.edited(conversation.customer_id, edit.text))
            await inbox.done(session, event)
            runtime.posted()
            return
    await turn.take(runtime, event, replace(edit.said, text=text, ts=message.ts or edit.ts), conversation)


async def _waits_for_message(runtime: Runtime, event: Claimed, change: Edited | Deleted) -> bool:
    """Whether a change came before what it changes; then it is put back behind it."""
    moment = now()
    late = (moment - event.received_at).total_seconds() > EARLY_SECONDS
    if late or moment.timestamp() - float(change.ts) > FRESH_SECONDS:
        return False
    async with runtime.database.transaction() as session:
        if await inbox.has_come(session, runtime.workspace_id, inbound.said_key(change.channel_id, change.ts)):
            return False
        await inbox.postpone(session, event, seconds=LOOK_AGAIN_SECONDS)
    return True


async def _is_open_question(session: AsyncSession, conversation: Conversation, message: Message) -> bool:
    """Whether the AI has the conversation, and this is the last thing the customer said."""
    if conversation.state != ConversationState.WITH_AI:
        return False
    said = await conversations.messages(session, conversation.workspace_id, conversation.id)
    customers = [each for each in said if each.author == Author.CUSTOMER]
    return bool(customers) and customers[-1].id == message.id


async def deleted(runtime: Runtime, event: Claimed, deletion: Deleted) -> None:
    """A message was taken back: drafters no longer read it, an agent is told, and what nobody answered is closed."""
    if await _waits_for_message(runtime, event, deletion):
        return
    async with runtime.database.transaction() as session:
        message = await conversations.message_at(session, runtime.workspace_id, deletion.channel_id, deletion.ts)
        conversation = message and await _conversation(session, runtime, message)
        if message and conversation and message.author == Author.CUSTOMER:
            left = await conversations.change_part(session, message, deletion.ts, None)
            message.text, message.deleted_at = (left, None) if left else (message.text, now())
            session.add(message)
            await session.flush()
            if not await withdrawing.withdrawn(session, runtime, conversation):
                await _tell_desk(session, conversation, desk_view.deleted(conversation.customer_id))
            await _tell_split_off(session, message, desk_view.deleted(conversation.customer_id))
        await inbox.done(session, event)
    runtime.posted()


async def thanked(runtime: Runtime, event: Claimed, said: Said, conversation_id: str) -> None:
    """The customer only says thanks: an answered conversation is solved, a resolved one stays so."""
    async with runtime.database.transaction() as session:
        conversation = await conversations.going_on(session, runtime.workspace_id, conversation_id, lock=True)
        if conversation:
            heard.store(session, conversation, said)
            if conversation.state == ConversationState.WITH_AI and conversation.ai_replied:
                await resolving.resolve(
                    session,
                    runtime,
                    conversation,
                    confirmation=Confirmation.CONFIRMED,
                    person_id=conversation.customer_id,
                )
        await inbox.done(session, event)
    runtime.posted()


async def left(runtime: Runtime, event: Claimed, leaving: Left) -> None:
    """A customer left the channel: the agents who wait or write for them are told."""
    async with runtime.database.transaction() as session:
        open_ones = await conversations.open_in_channel(
            session, runtime.workspace_id, leaving.channel_id, leaving.user_id
        )
        for conversation in open_ones:
            await _tell_desk(session, conversation, desk_view.customer_left(leaving.user_id))
        await inbox.done(session, event)
    runtime.posted()


async def _conversation(session: AsyncSession, runtime: Runtime, message: Message) -> Conversation | None:
    return await conversations.going_on(session, runtime.workspace_id, message.conversation_id, lock=True)


async def _tell_desk(session: AsyncSession, conversation: Conversation, post: Post) -> None:
    if handoff := await handoffs.open_of(session, conversation):
        posts.to_desk(session, conversation, handoff, post)


async def _tell_split_off(session: AsyncSession, message: Message, post: Post) -> None:
    """Whoever has a question that was split off a message learns what became of the message."""
    said_in = await conversations.by_id(session, message.workspace_id, message.conversation_id)
    for each in await conversations.split_off(session, said_in) if said_in else ():
        if message.created_at < each.opened_at:
            await _tell_desk(session, each, post)
