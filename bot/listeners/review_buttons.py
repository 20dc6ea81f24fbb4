"""The review queue: opened from App Home or by the command; each press stores a verdict and shows the next draft."""

from typing import Any

import structlog
from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.errors import SlackApiError

from bot.desk import overview, reviewing
from bot.listeners.press import FAILED, Press, for_agents, listener
from bot.runtime import Runtime
from bot.views import help as help_view
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
    app.action(ActionId.FRUSTRATED)(_ticked)
    app.view(CallbackId.NOTE_FORM)(_note_listener(runtime))
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
    return await _show(runtime, press, view) if view else help_view.refusal(NOT_YOURS)


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
        return help_view.refusal(CLOSED)
    return None


async def _ticked(ack: AsyncAck) -> None:
    """A tick is read with the verdict."""
    await ack()


def _note_listener(runtime: Runtime) -> Any:
    async def listen(ack: AsyncAck, body: dict[str, Any]) -> None:
        try:
            error, ref = await keep_note(runtime, body)
        except Exception:
            log.exception("note_failed", user=body["user"]["id"])
            error, ref = FAILED, None
        if error:
            await ack(response_action="errors", errors={str(BlockId.NOTE): error})
            return
        await ack()
        if ref and ref.queue_id:
            await _refresh(runtime, body["user"]["id"], ref)

    return listen


async def keep_note(runtime: Runtime, body: dict[str, Any]) -> tuple[str, ReviewRef | None]:
    """Store the note of a submitted form; the error is shown under the field and keeps what was typed."""
    user, view = body["user"], body["view"]
    if not await runtime.people.is_agent(user["id"], user.get("team_id") or ""):
        return ONLY_AGENTS, None
    ref = ReviewRef.unpack(view["private_metadata"])
    text = view["state"]["values"][BlockId.NOTE][ActionId.NOTE]["value"] or ""
    kept = await reviewing.say_why(runtime, user["id"], ref, note=text)
    return ("", ref) if kept else (NOT_YOURS, None)


async def _refresh(runtime: Runtime, user_id: str, ref: ReviewRef) -> None:
    """Show in the form of the queue that the note is kept; it may be closed by now."""
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
