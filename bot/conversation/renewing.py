"""A corrected question: what Baton said to it is renewed in its place, so that one question has one answer."""

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.runtime import Runtime
from bot.slack import inbound, posts
from bot.slack.inbound import Deleted, Edited, Said
from bot.views import flow as flow_view
from bot.views.post import Post
from handoff.draft import Author
from storage import conversations, inbox
from storage.inbox import Claimed
from storage.row import now
from storage.tables import Conversation, Message


async def what_was_said_to(session: AsyncSession, conversation: Conversation, question: Message) -> Message | None:
    """The bot's last word to a message, before the customer's next one; None when there is none that can be renewed."""
    said = await conversations.messages(session, conversation.workspace_id, conversation.id)
    after = [each for each in said if each.id > question.id]
    next_one = next((at for at, each in enumerate(after) if each.author == Author.CUSTOMER), len(after))
    words = [each for each in after[:next_one] if each.author == Author.BOT and not each.private]
    return words[-1] if words else None


async def say(
    session: AsyncSession,
    runtime: Runtime,
    conversation: Conversation,
    post: Post,
    text: str,
    *,
    in_place_of: Message | None = None,
) -> Message:
    """Say something to the customer: as a new message, or in the place of an earlier one.

    Args:
        session: of the turn's transaction.
        runtime: for who the bot is.
        conversation: where it is said.
        post: as the customer sees it.
        text: as it is remembered.
        in_place_of: what the bot said to the question before its customer corrected it.
    """
    if in_place_of is not None:
        renewed = flow_view.renewed(post, conversation.language)
        if await posts.change_said(session, conversation, in_place_of, renewed, purpose=posts.RENEWAL):
            in_place_of.text, in_place_of.edited_at = text, now()
            session.add(in_place_of)
            return in_place_of
    message = remembered(session, runtime, conversation, text)
    posts.to_customer(session, conversation, post, message_id=message.id)
    return message


def remembered(session: AsyncSession, runtime: Runtime, conversation: Conversation, text: str) -> Message:
    """Remember that the bot said something new."""
    return conversations.say(
        session,
        conversation,
        author=Author.BOT,
        author_id=runtime.bot_user_id,
        text=text,
        channel_id=conversation.channel_id,
    )


async def outdated(session: AsyncSession, runtime: Runtime, event: Claimed, said: Said) -> bool:
    """Whether the customer has changed or taken back the message since: the answer to it would be to old words."""
    places = {said.ts, *(part.ts for part in said.parts)}
    for row in await inbox.behind(session, event):
        if row.id in event.along:
            continue
        match inbound.happening(row.payload, runtime.bot_user_id):
            case Edited(channel_id=channel, ts=ts) | Deleted(channel_id=channel, ts=ts):
                if channel == said.channel_id and ts in places:
                    return True
            case _:
                pass
    return False
