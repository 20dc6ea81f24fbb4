"""Which conversation a message belongs to."""

from bot.runtime import Runtime
from bot.slack.inbound import Said
from storage import conversations
from storage.kinds import ConversationState
from storage.tables import Conversation


async def conversation_of(runtime: Runtime, said: Said) -> Conversation | None:
    """The conversation of the thread, or the one that it was merged into.

    In a direct message without a thread, it is the one that is not yet resolved.
    """
    if not said.direct and said.thread_ts is None:
        return None  # a message outside threads opens one
    async with runtime.database.reading() as session:
        if said.direct and said.thread_ts is None:
            latest = await conversations.latest_in_channel(session, runtime.workspace_id, said.channel_id, said.user_id)
            latest = await conversations.after_merges(session, latest)
            return latest if latest and latest.state != ConversationState.RESOLVED else None
        found = await conversations.by_thread(session, runtime.workspace_id, said.channel_id, said.root)
        return await conversations.after_merges(session, found)
