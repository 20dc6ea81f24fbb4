"""A mention in a channel that Baton does not serve: it says where it does."""

from bot.runtime import Runtime
from bot.slack.inbound import Said
from bot.views import customer as customer_view
from handoff import language
from storage import inbox, outbox
from storage.inbox import Claimed


async def point_to_support(runtime: Runtime, event: Claimed, said: Said) -> None:
    """Answer the mention with the way to the support channels."""
    channels = await runtime.people.among(said.user_id, runtime.channels.support)
    post = customer_view.elsewhere(channels, language.detect(said.text))
    async with runtime.database.transaction() as session:
        outbox.put(
            session,
            runtime.workspace_id,
            lane=f"elsewhere:{said.channel_id}:{said.root}",
            method="chat.postMessage",
            channel_id=said.channel_id,
            payload={**post.as_payload(), "thread_ts": said.root},
            purpose="elsewhere",
        )
        await inbox.done(session, event)
    runtime.posted()
