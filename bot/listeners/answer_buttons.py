"""Teach an answer from a closed card, or a draft that a review found right, and forget it again."""

from typing import Any

from slack_bolt.async_app import AsyncApp

from bot.desk import overview, teaching
from bot.desk.teaching import Approved
from bot.listeners.form import chosen, read_later, submission, typed
from bot.listeners.press import Press, for_agents, listener, show
from bot.runtime import Runtime
from bot.views.ids import ActionId, AnswerRef, BlockId, CallbackId, LessonRef
from bot.views.post import Post

FIELDS = {
    "question": BlockId.ANSWER_QUESTION,
    "answer": BlockId.ANSWER_TEXT,
    "audience": BlockId.ANSWER_AUDIENCE,
}


def register(app: AsyncApp, runtime: Runtime) -> None:
    """Register the buttons and the form."""
    app.action(ActionId.TEACH_ANSWER)(listener(runtime, for_agents(open_form)))
    app.action(ActionId.TEACH_DRAFT)(listener(runtime, for_agents(open_form)))
    app.action(ActionId.FORGET_ANSWER)(listener(runtime, for_agents(forget)))
    app.action(ActionId.ANSWER_AUDIENCE)(read_later)
    app.view(CallbackId.TEACH_FORM)(submission(runtime, teach, main=BlockId.ANSWER_TEXT))


async def open_form(runtime: Runtime, press: Press) -> Post | None:
    """Show what was asked and answered, to be read and changed; of a draft, above the review that found it right."""
    form = await teaching.form(runtime, LessonRef.unpack(press.value))
    if isinstance(form, Post):
        return form
    await show(runtime, press, form)
    return None


async def forget(runtime: Runtime, press: Press) -> Post | None:
    """Take a taught answer back; on App Home the list is shown anew."""
    word = await teaching.forget(runtime, press.user_id, AnswerRef.unpack(press.value).article_id)
    if press.channel_id:
        return word
    view = await overview.home(runtime, press.user_id)
    await runtime.client.views_publish(user_id=press.user_id, view=view)
    return None


async def teach(runtime: Runtime, body: dict[str, Any]) -> dict[str, str]:
    """Store the submitted form; returns why not, by field."""
    view = body["view"]
    approved = Approved(
        typed(view, BlockId.ANSWER_QUESTION),
        typed(view, BlockId.ANSWER_TEXT),
        chosen(view, BlockId.ANSWER_AUDIENCE, ActionId.ANSWER_AUDIENCE),
    )
    errors = await teaching.teach(runtime, body["user"]["id"], LessonRef.unpack(view["private_metadata"]), approved)
    return {FIELDS[name]: why for name, why in errors.items()}
