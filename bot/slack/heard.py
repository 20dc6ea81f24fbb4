"""What was said in Slack becomes part of a conversation."""

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.slack.inbound import Said
from handoff.draft import Author
from storage import conversations
from storage.tables import Conversation, Message

LONGEST_TEXT = 40_000
"""Slack's own limit; what is longer is not a message a person typed."""


def store(session: AsyncSession, conversation: Conversation, said: Said, author: Author = Author.CUSTOMER) -> Message:
    """Add what was said to the conversation."""
    message = conversations.say(
        session,
        conversation,
        author=author,
        author_id=said.user_id,
        text=said.text[:LONGEST_TEXT],
        channel_id=said.channel_id,
        ts=said.ts,
        files=[
            {
                "id": file.get("id", ""),
                "name": file.get("name", ""),
                "url": file.get("permalink", ""),
                "mimetype": file.get("mimetype", ""),
            }
            for file in said.files
        ],
    )
    conversations.add_parts(session, message, {part.ts: part.text for part in said.parts})
    return message
