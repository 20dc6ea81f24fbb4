"""Tells the managers, in the transaction that changed something."""

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.slack import posts
from bot.views.post import Post

PURPOSE = "trust"


def managers(session: AsyncSession, workspace_id: str, channel_id: str, post: Post) -> None:
    """Post to the managers' channel, in one lane, so that news come in order."""
    posts.to_channel(session, workspace_id, channel_id, post, purpose=PURPOSE)
