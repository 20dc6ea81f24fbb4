"""Split a conversation in two, merge two into one, and take either back; on the cards of the desk."""

from collections.abc import Awaitable, Callable
from typing import Any

import structlog
from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck

from bot.desk import merging, splitting
from bot.desk.threads import Refused
from bot.listeners.press import FAILED, OUTDATED, Handler, Press, listener
from bot.runtime import Runtime
from bot.views import desk as desk_view
from bot.views import threads as view
from bot.views.ids import ActionId, BadReference, BlockId, CallbackId, ThreadsRef, UndoRef, Way, WayRef
from bot.views.post import Post

log = structlog.get_logger(__name__)

ONLY_AGENTS = "Only the support team's agents can do that."
Submitted = Callable[[Runtime, dict[str, Any]], Awaitable[None]]


def register(app: AsyncApp, runtime: Runtime) -> None:
    """Register the menu, the forms and what takes them back."""
    app.action(ActionId.OTHER_WAYS)(listener(runtime, _for_agents(open_form)))
    app.action(ActionId.UNDO_SPLIT)(listener(runtime, _for_agents(undo_split)))
    app.action(ActionId.UNDO_MERGE)(listener(runtime, _for_agents(undo_merge)))
    app.view(CallbackId.SPLIT_FORM)(_submitted(runtime, split, BlockId.SECOND))
    app.view(CallbackId.MERGE_FORM)(_submitted(runtime, merge, BlockId.MERGE_WITH))


def _for_agents(handler: Handler) -> Handler:
    """The handler, which refuses everybody but agents, and says why it was refused itself."""

    async def checked(runtime: Runtime, press: Press) -> Post | None:
        if not await runtime.people.is_agent(press.user_id, press.team_id):
            return desk_view.not_allowed(ONLY_AGENTS)
        try:
            return await handler(runtime, press)
        except Refused as refused:
            return desk_view.lost_claim(refused.holder) if refused.holder else desk_view.too_late(refused.why)

    return checked


async def open_form(runtime: Runtime, press: Press) -> Post | None:
    """Show the form of what was chosen."""
    ref = WayRef.unpack(press.value)
    form = await (splitting if ref.way == Way.SPLIT else merging).form(runtime, press.user_id, ref)
    if form is None:
        return view.nothing_to_merge()
    await runtime.client.views_open(trigger_id=press.trigger_id, view=form)
    return None


async def undo_split(runtime: Runtime, press: Press) -> Post | None:
    """One conversation again."""
    place = (press.channel_id, press.message_ts)
    await splitting.undo(runtime, press.user_id, UndoRef.unpack(press.value), pressed=place)
    return None


async def undo_merge(runtime: Runtime, press: Press) -> Post | None:
    """Two conversations again."""
    place = (press.channel_id, press.message_ts)
    await merging.undo(runtime, press.user_id, UndoRef.unpack(press.value), pressed=place)
    return None


async def split(runtime: Runtime, body: dict[str, Any]) -> None:
    """Two conversations, of what the agent wrote."""
    typed: dict[str, dict[str, dict[str, str | None]]] = body["view"]["state"]["values"]
    second, stays = (typed[block][block].get("value") or "" for block in (BlockId.SECOND, BlockId.STAYS))
    ref = ThreadsRef.unpack(body["view"]["private_metadata"])
    await splitting.split(runtime, body["user"]["id"], ref, stays=stays, second=second)


async def merge(runtime: Runtime, body: dict[str, Any]) -> None:
    """One conversation, of the one in hand and the one that was chosen."""
    chosen = body["view"]["state"]["values"][BlockId.MERGE_WITH][ActionId.MERGE_WITH].get("selected_option") or {}
    ref = ThreadsRef.unpack(body["view"]["private_metadata"])
    await merging.merge(runtime, body["user"]["id"], ref, str(chosen.get("value") or ""))


def _submitted(
    runtime: Runtime, submit: Submitted, field: BlockId
) -> Callable[[AsyncAck, dict[str, Any]], Awaitable[None]]:
    """A listener that keeps the form open, with what was typed, until it is done; `field` shows why it was not."""

    async def listen(ack: AsyncAck, body: dict[str, Any]) -> None:
        if error := await _why_not(runtime, submit, body):
            await ack(response_action="errors", errors={str(field): error})
            return
        await ack()
        runtime.posted()

    return listen


async def _why_not(runtime: Runtime, submit: Submitted, body: dict[str, Any]) -> str:
    """Do it; returns why not, in plain text, for a form shows no mentions."""
    user = body["user"]
    try:
        if not await runtime.people.is_agent(user["id"], user.get("team_id") or ""):
            return ONLY_AGENTS
        await submit(runtime, body)
    except Refused as refused:
        if not refused.holder:
            return refused.why
        return f"{(await runtime.people.profile(refused.holder)).name} has this one. Nothing was changed."
    except BadReference:
        return OUTDATED
    except Exception:
        log.exception("form_failed", user=user["id"])
        return FAILED
    return ""
