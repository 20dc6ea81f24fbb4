"""How a conversation begins: with a fresh question, or in a thread that is older than Baton."""

import structlog
from slack_sdk.errors import SlackApiError

from bot import turnstile
from bot.runtime import Runtime
from bot.slack import slack_text
from bot.slack.inbound import SPOKEN, Said
from handoff.draft import Author
from storage.ids import new_id
from storage.tables import Message

log = structlog.get_logger(__name__)

EARLIER = 20
"""How many messages of an older thread are read."""


async def earlier_messages(runtime: Runtime, said: Said) -> list[Message]:
    """What was said in the thread before the message, when the thread is older than Baton.

    Returns unsaved rows without a conversation. Where Slack does not tell, the message stands alone.
    """
    if said.thread_ts is None or said.thread_ts == said.ts:
        return []
    found = await _in_thread(runtime, said, said.thread_ts, latest=said.ts)
    return [each for each in found if each.ts and each.ts < said.ts]


async def replies(runtime: Runtime, said: Said) -> list[Message]:
    """What others have said in the thread of a message since, as unsaved rows without a conversation."""
    return [each for each in await _in_thread(runtime, said, said.root) if each.ts and each.ts > said.root]


async def _in_thread(runtime: Runtime, said: Said, thread_ts: str, latest: str | None = None) -> list[Message]:
    try:
        async with turnstile.aside():
            found = await runtime.client.conversations_replies(
                channel=said.channel_id, ts=thread_ts, limit=EARLIER, latest=latest
            )
    except SlackApiError as error:
        log.warning("thread_not_readable", channel=said.channel_id, error=error.response.get("error"))
        return []
    spoken = [each for each in found.get("messages") or [] if each.get("subtype") in SPOKEN]
    return [
        Message(
            workspace_id=runtime.workspace_id,
            id=new_id(),
            conversation_id="",
            author=await _author(runtime, each, said.user_id),
            author_id=each.get("user") or "",
            text=slack_text.plain(each.get("text") or "", bot_user_id=runtime.bot_user_id),
            channel_id=said.channel_id,
            ts=each["ts"],
        )
        for each in spoken
    ]


async def _author(runtime: Runtime, message: dict[str, str], customer_id: str) -> Author:
    user = message.get("user", "")
    if user == runtime.bot_user_id or message.get("bot_id"):
        return Author.BOT
    if user == customer_id:
        return Author.CUSTOMER
    return Author.AGENT if await runtime.people.is_agent(user, message.get("user_team", "")) else Author.BYSTANDER
