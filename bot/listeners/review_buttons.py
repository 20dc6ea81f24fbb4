"""The review queue: opened from App Home or by the command; each press stores a verdict and shows the next draft."""

from typing import Any

import structlog
from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.errors import SlackApiError

from bot.desk import overview, reviewing
from bot.listeners import form
from bot.listeners.press import Press, for_agents, listener
from bot.runtime import Runtime
from bot.views import refusal
from bot.views import review as review_view
from bot.views.ids import VERDICT_PATTERN, ActionId, BadReference, BlockId, CallbackId, ReviewRef
from bot.views.post import Post, View
from storage.kinds import Fault, ReviewVerdict

log = structlog.get_logger(__name__)

ONLY_AGENTS = "Only the support team reviews drafts."
NOT_YOURS = "That verdict is not yours any more, so nothing was added to it."
CLOSED = "Your press is stored, but the form is closed. Open it again with `/baton review`."
CHANGED_MEANWHILE = {"hash_conflict"}
"""A quicker press has changed the form already."""


def register(app: AsyncApp, runtime: Runtime) -> None:
    """Register the way to the queue, its buttons, and the form for a note."""
    handlers = {
        ActionId.REVIEW: open_queue,
        VERDICT_PATTERN: judge,
        ActionId.UNDO_VERDICT: undo,
        ActionId.FAULT: say_fault,
        ActionId.ADD_NOTE: open_note_form,
    }
    for action, handler in handlers.items():
        app.action(action)(listener(runtime, for_agents(handler, ONLY_AGENTS)))
    app.action(ActionId.FRUSTRATED)(form.read_later)
    note = form.submission(runtime, keep_note, main=BlockId.NOTE, afterwards=_show_note)
    app.view(CallbackId.NOTE_FORM)(note)
    app.view_closed(CallbackId.REVIEW_QUEUE)(_closed_listener(runtime))


async def open_queue(runtime: Runtime, press: Press) -> Post | None:
    """Show the first draft."""
    await runtime.client.views_open(trigger_id=press.trigger_id, view=await reviewing.queue(runtime, press.user_id))
    return None


async def judge(runtime: Runtime, press: Press) -> Post | None:
    """Store the verdict of the button, and show the next draft in its place."""
    verdict = ReviewVerdict(press.action_id.removeprefix("verdict_"))
    ref = ReviewRef.unpack(press.value)
    view = await reviewing.judge(runtime, press.user_id, ref, verdict, frustrated=press.ticked)
    return await _show(runtime, press, view)


async def undo(runtime: Runtime, press: Press) -> Post | None:
    """Take the last verdict back, and show its draft again."""
    return await _show(runtime, press, await reviewing.undo(runtime, press.user_id, ReviewRef.unpack(press.value)))


async def say_fault(runtime: Runtime, press: Press) -> Post | None:
    """Add what was wrong to the last verdict."""
    if press.value not in set(Fault):
        raise BadReference(press.action_id)
    ref = ReviewRef.unpack(press.modal_metadata)
    view = await reviewing.say_why(runtime, press.user_id, ref, fault=Fault(press.value))
    return await _show(runtime, press, view) if view else refusal.of(NOT_YOURS)


async def open_note_form(runtime: Runtime, press: Press) -> Post | None:
    """Ask for a note, on top of the queue."""
    ref = ReviewRef.unpack(press.value).model_copy(update={"queue_id": press.modal_id})
    await runtime.client.views_push(trigger_id=press.trigger_id, view=review_view.note_form(ref))
    return None


async def _show(runtime: Runtime, press: Press, view: View) -> Post | None:
    """Put the view into the form that was pressed in, unless a quicker press has changed it already."""
    try:
        await runtime.client.views_update(view_id=press.modal_id, hash=press.modal_hash, view=view)
    except SlackApiError as error:
        code = str(error.response.get("error"))
        if code in CHANGED_MEANWHILE:
            return None
        log.warning("review_form_not_shown", user=press.user_id, error=code)
        return refusal.of(CLOSED)
    return None


async def keep_note(runtime: Runtime, body: dict[str, Any]) -> dict[str, str]:
    """Store the note of a submitted form; the error is shown under the field and keeps what was typed."""
    view = body["view"]
    ref, note = ReviewRef.unpack(view["private_metadata"]), form.typed(view, BlockId.NOTE, ActionId.NOTE)
    kept = await reviewing.say_why(runtime, body["user"]["id"], ref, note=note)
    return {} if kept else {BlockId.NOTE: NOT_YOURS}


async def _show_note(runtime: Runtime, body: dict[str, Any]) -> None:
    """Show in the form of the queue that the note is kept; it may be closed by now."""
    user_id, ref = body["user"]["id"], ReviewRef.unpack(body["view"]["private_metadata"])
    if not ref.queue_id:
        return
    try:
        await runtime.client.views_update(view_id=ref.queue_id, view=await reviewing.queue(runtime, user_id, ref))
    except SlackApiError as error:
        log.info("review_form_gone", user=user_id, error=error.response.get("error"))


def _closed_listener(runtime: Runtime) -> Any:
    async def listen(ack: AsyncAck, body: dict[str, Any]) -> None:
        """Whoever stops reading frees their draft for others, and App Home counts anew."""
        await ack()
        user = body["user"]["id"]
        await reviewing.stop(runtime, user, ReviewRef.unpack(body["view"]["private_metadata"]))
        await runtime.client.views_publish(user_id=user, view=await overview.home(runtime, user))

    return listen
