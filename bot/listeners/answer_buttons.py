"""Teach an answer from a closed card, or a draft that a review found right, and forget it again."""

from typing import Any

import structlog
from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck

from bot.desk import overview, teaching
from bot.desk.teaching import Approved
from bot.listeners.press import FAILED, ONLY_AGENTS, Press, for_agents, listener
from bot.runtime import Runtime
from bot.views.ids import ActionId, AnswerRef, BlockId, CallbackId, LessonRef
from bot.views.post import Post

log = structlog.get_logger(__name__)

FIELDS = {
    "question": BlockId.ANSWER_QUESTION,
    "answer": BlockId.ANSWER_TEXT,
    "audience": BlockId.ANSWER_AUDIENCE,
}


def register(app: AsyncApp, runtime: Runtime) -> None:
    """Register the buttons and the form."""
    app.action(ActionId.TEACH_ANSWER)(listener(runtime, for_agents(open_form)))
    app.action(ActionId.TEACH_DRAFT)(listener(runtime, for_agents(open_form_of_draft)))
    app.action(ActionId.FORGET_ANSWER)(listener(runtime, for_agents(forget)))
    app.action(ActionId.ANSWER_AUDIENCE)(_chosen)
    app.view(CallbackId.TEACH_FORM)(_taught_listener(runtime))


async def open_form(runtime: Runtime, press: Press) -> Post | None:
    """Show what was asked and answered, to be read and changed."""
    form = await teaching.form(runtime, LessonRef.unpack(press.value))
    if isinstance(form, Post):
        return form
    await runtime.client.views_open(trigger_id=press.trigger_id, view=form)
    return None


async def open_form_of_draft(runtime: Runtime, press: Press) -> Post | None:
    """The same for a draft, above the form of the review that found it right."""
    form = await teaching.form(runtime, LessonRef.unpack(press.value))
    if isinstance(form, Post):
        return form
    await runtime.client.views_push(trigger_id=press.trigger_id, view=form)
    return None


async def forget(runtime: Runtime, press: Press) -> Post | None:
    """Take a taught answer back; on App Home the list is shown anew."""
    word = await teaching.forget(runtime, press.user_id, AnswerRef.unpack(press.value).article_id)
    if press.channel_id:
        return word
    view = await overview.home(runtime, press.user_id)
    await runtime.client.views_publish(user_id=press.user_id, view=view)
    return None


async def _chosen(ack: AsyncAck) -> None:
    """A choice is read with the form."""
    await ack()


def _taught_listener(runtime: Runtime) -> Any:
    async def listen(ack: AsyncAck, body: dict[str, Any]) -> None:
        try:
            errors = await teach(runtime, body)
        except Exception:
            log.exception("answer_not_taught", user=body["user"]["id"])
            errors = {"answer": FAILED}
        if errors:
            await ack(response_action="errors", errors={str(FIELDS[name]): why for name, why in errors.items()})
            return
        await ack()
        runtime.posted()

    return listen


async def teach(runtime: Runtime, body: dict[str, Any]) -> dict[str, str]:
    """Store the submitted form; returns why not, by field."""
    user, view = body["user"], body["view"]
    if not await runtime.people.is_agent(user["id"], user.get("team_id") or ""):
        return {"answer": ONLY_AGENTS}
    typed: dict[str, dict[str, dict[str, Any]]] = view["state"]["values"]
    question, answer = (typed[block][block]["value"] or "" for block in list(FIELDS.values())[:2])
    chosen = typed[BlockId.ANSWER_AUDIENCE][ActionId.ANSWER_AUDIENCE].get("selected_option") or {}
    ref = LessonRef.unpack(view["private_metadata"])
    approved = Approved(question, answer, str(chosen.get("value") or ""))
    return await teaching.teach(runtime, user["id"], ref, approved)
