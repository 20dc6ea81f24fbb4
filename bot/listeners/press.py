"""What a press, a form or a command is, who made it, and how its failure is told.

A person waits for these, so their work is done at once, in one transaction, and acknowledged after it. When it
fails, the person reads why and can press again.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

import aiohttp
import structlog
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.errors import SlackClientError
from slack_sdk.webhook.async_client import AsyncWebhookClient
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.desk.threads import Refused
from bot.runtime import Runtime
from bot.slack.people import Role
from bot.views import flow as flow_view
from bot.views import refusal
from bot.views.ids import BadReference
from bot.views.post import Post, View
from storage import conversations
from storage.tables import Conversation

log = structlog.get_logger(__name__)

ONLY_AGENTS = "Only the support team's agents can do that."
ONLY_MANAGERS = "Only the managers can do that."
FAILED = "That did not work, and nothing was changed. Please try once more in a moment."
OUTDATED = "That button is from an older message and cannot be used any more."


@dataclass(frozen=True, slots=True)
class Press:
    """A button that somebody pressed."""

    user_id: str
    team_id: str
    channel_id: str
    message_ts: str
    thread_ts: str | None
    action_id: str
    value: str
    trigger_id: str
    block_id: str = ""
    modal_id: str = ""
    """The form that it was pressed in; empty in a message and in App Home."""
    modal_hash: str = ""
    """The form's state, so that a change to another one is noticed."""
    modal_metadata: str = ""
    ticked: bool = False
    """Whether any box of the form is ticked."""
    text: str = ""
    blocks: tuple[dict[str, Any], ...] = ()
    """What the message says that it was pressed in."""
    answer_url: str = ""
    """Where a message that only the presser sees is replaced; Slack takes five answers within half an hour."""

    @classmethod
    def read(cls, body: dict[str, Any]) -> "Press":
        """Read the body of a block_actions payload, in a message or in a view."""
        action, container = body["actions"][0], body.get("container", {})
        message_ts, thread_ts = container.get("message_ts") or "", container.get("thread_ts")
        user, view = body["user"], body.get("view") or {}
        fields = [field for block in (view.get("state") or {}).get("values", {}).values() for field in block.values()]
        return cls(
            user_id=user["id"],
            team_id=user.get("team_id") or "",
            channel_id=(body.get("channel") or {}).get("id") or container.get("channel_id") or "",
            message_ts=message_ts,
            thread_ts=thread_ts if thread_ts != message_ts else None,  # the root of a thread stands in the channel
            action_id=action["action_id"],
            value=action.get("value") or (action.get("selected_option") or {}).get("value") or "",
            trigger_id=body.get("trigger_id") or "",
            block_id=action.get("block_id") or "",
            modal_id=view.get("id", "") if view.get("type") == "modal" else "",
            modal_hash=view.get("hash") or "",
            modal_metadata=view.get("private_metadata") or "",
            ticked=any(field.get("selected_options") for field in fields),
            text=(body.get("message") or {}).get("text") or "",
            blocks=tuple((body.get("message") or {}).get("blocks") or ()),
            answer_url=(body.get("response_url") or "") if container.get("is_ephemeral") else "",
        )


@dataclass(frozen=True, slots=True)
class Instead(Post):
    """A post that takes the place of the message that was pressed, which only the presser sees."""


def instead(post: Post) -> Instead:
    """The post, to take the place of the message that was pressed."""
    return Instead(post.text, post.blocks)


Handler = Callable[[Runtime, Press], Awaitable[Post | None]]
"""Does the work of a press; a returned post is shown to the presser alone."""


def for_agents(handler: Handler, only: str = ONLY_AGENTS) -> Handler:
    """The handler, which refuses everybody but agents and managers; `only` is what others read."""

    async def checked(runtime: Runtime, press: Press) -> Post | None:
        if not await runtime.people.is_agent(press.user_id, press.team_id):
            return refusal.of(only)
        return await handler(runtime, press)

    return checked


def for_managers(handler: Handler, only: str = ONLY_MANAGERS) -> Handler:
    """The handler, which refuses everybody but managers; `only` is what others read."""

    async def checked(runtime: Runtime, press: Press) -> Post | None:
        if await runtime.people.role(press.user_id, press.team_id) is not Role.MANAGER:
            return refusal.of(only)
        return await handler(runtime, press)

    return checked


def listener(runtime: Runtime, handler: Handler) -> Callable[[AsyncAck, dict[str, Any]], Awaitable[None]]:
    """Make a Bolt listener of a handler."""

    async def listen(ack: AsyncAck, body: dict[str, Any]) -> None:
        press = Press.read(body)
        try:
            word = await handler(runtime, press)
        except Refused as refused:
            word = refusal.held_by(refused.holder) if refused.holder else refusal.of(refused.why)
        except BadReference:
            word = refusal.of(OUTDATED)
        except Exception:
            log.exception("press_failed", action=press.action_id, user=press.user_id)
            word = refusal.of(FAILED)
        await ack()
        runtime.posted()
        if isinstance(word, Instead):
            await replace(runtime, press, word)
        elif word is not None:
            await tell(runtime, press, word)

    return listen


async def show(runtime: Runtime, press: Press, view: View) -> None:
    """Show a form: on top of the one that was pressed in, or as the first."""
    open_or_push = runtime.client.views_push if press.modal_id else runtime.client.views_open
    await open_or_push(trigger_id=press.trigger_id, view=view)


async def replace(runtime: Runtime, press: Press, post: Post) -> None:
    """Put a post in the place of the message that was pressed; show it beside it when Slack does not take that."""
    if press.answer_url:
        webhook = AsyncWebhookClient(press.answer_url, session=runtime.client.session, retry_handlers=[])
        try:
            answer = await webhook.send(text=post.text, blocks=list(post.blocks), replace_original=True)
        except (TimeoutError, aiohttp.ClientError, SlackClientError) as error:
            log.warning("not_replaced", action=press.action_id, error=type(error).__name__)
        else:
            if answer.status_code < HTTPStatus.BAD_REQUEST:
                return
            log.warning("not_replaced", action=press.action_id, status=answer.status_code)
    await tell(runtime, press, post)


async def tell(runtime: Runtime, press: Press, post: Post) -> None:
    """Show a post to the presser alone: where they pressed, or in their own messages when that was App Home."""
    if not press.channel_id:
        await runtime.client.chat_postMessage(channel=press.user_id, **post.as_payload())
        return
    await runtime.client.chat_postEphemeral(
        channel=press.channel_id, user=press.user_id, thread_ts=press.thread_ts, **post.as_payload()
    )


async def own_conversation(
    session: AsyncSession, runtime: Runtime, press: Press, conversation_id: str, *, only: str
) -> Conversation | Post:
    """The conversation, locked, when the presser is its customer; else the word that says why not.

    `only` is what others read: that this is for the person who asked.
    """
    conversation = await conversations.by_id(session, runtime.workspace_id, conversation_id, lock=True)
    if conversation is None:
        return refusal.of("This conversation is no longer there.")
    if press.user_id != conversation.customer_id:
        return refusal.of(only)
    if conversation.merged_into and (there := await conversations.after_merges(session, conversation)):
        return flow_view.merged(runtime.thread_link(there.channel_id, there.thread_ts), conversation.language)
    return conversation
