"""Tells the managers, in the transaction that changed something."""

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.views.post import Post
from storage import outbox

PURPOSE = "trust"


def managers(session: AsyncSession, workspace_id: str, channel_id: str, post: Post) -> None:
    """Post to the managers' channel, in one lane, so that news come in order."""
    outbox.put(
        session,
        workspace_id,
        lane=f"trust:{channel_id}",
        method="chat.postMessage",
        channel_id=channel_id,
        payload=post.as_payload(),
        purpose=PURPOSE,
    )
