"""Draft an article from a theme, put it in use, and forget it again."""

from collections.abc import Awaitable, Callable
from typing import Any

import structlog
from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck

from bot.listeners.press import FAILED, ONLY_AGENTS, Press, for_agents, listener
from bot.runtime import Runtime
from bot.themes import article
from bot.themes.article import Written
from bot.views.ids import ActionId, BlockId, CallbackId, ThemeRef
from bot.views.post import Post

log = structlog.get_logger(__name__)

FIELDS = {
    "title": BlockId.ARTICLE_TITLE,
    "text": BlockId.ARTICLE_TEXT,
    "audience": BlockId.ARTICLE_AUDIENCE,
}


def register(app: AsyncApp, runtime: Runtime) -> None:
    """Register the buttons and the form."""
    app.action(ActionId.DRAFT_ARTICLE)(listener(runtime, for_agents(open_form)))
    app.action(ActionId.PUBLISH_ARTICLE)(listener(runtime, for_agents(publish)))
    app.action(ActionId.FORGET_ARTICLE)(listener(runtime, for_agents(forget)))
    app.action(ActionId.ARTICLE_AUDIENCE)(_chosen)
    app.view(CallbackId.ARTICLE_FORM)(_saved_listener(runtime))


async def open_form(runtime: Runtime, press: Press) -> Post | None:
    """Show the draft, to be read, changed and saved; above the form whose button was pressed."""
    form = await article.form(runtime, ThemeRef.unpack(press.value))
    if isinstance(form, Post):
        return form
    if press.modal_id:
        await runtime.client.views_push(trigger_id=press.trigger_id, view=form)
    else:
        await runtime.client.views_open(trigger_id=press.trigger_id, view=form)
    return None


async def publish(runtime: Runtime, press: Press) -> Post | None:
    """Let the article answer customers."""
    return await article.publish(runtime, press.user_id, ThemeRef.unpack(press.value))


async def forget(runtime: Runtime, press: Press) -> Post | None:
    """Take the article out of use."""
    return await article.forget(runtime, press.user_id, ThemeRef.unpack(press.value))


async def _chosen(ack: AsyncAck) -> None:
    """A choice is read with the form."""
    await ack()


def _saved_listener(runtime: Runtime) -> Callable[[AsyncAck, dict[str, Any]], Awaitable[None]]:
    """A listener that keeps the form open, with what was typed, until it is saved."""

    async def listen(ack: AsyncAck, body: dict[str, Any]) -> None:
        try:
            errors = await save(runtime, body)
        except Exception:
            log.exception("article_not_saved", user=body["user"]["id"])
            errors = {"text": FAILED}
        if errors:
            await ack(response_action="errors", errors={str(FIELDS[name]): why for name, why in errors.items()})
            return
        await ack()
        runtime.posted()

    return listen


async def save(runtime: Runtime, body: dict[str, Any]) -> dict[str, str]:
    """Save the submitted form; returns why not, by field."""
    user, view = body["user"], body["view"]
    if not await runtime.people.is_agent(user["id"], user.get("team_id") or ""):
        return {"text": ONLY_AGENTS}
    typed: dict[str, dict[str, dict[str, Any]]] = view["state"]["values"]
    title, text = (typed[block][block].get("value") or "" for block in list(FIELDS.values())[:2])
    chosen = typed[BlockId.ARTICLE_AUDIENCE][ActionId.ARTICLE_AUDIENCE].get("selected_option") or {}
    written = Written(title, text, str(chosen.get("value") or ""))
    return await article.save(runtime, user["id"], ThemeRef.unpack(view["private_metadata"]), written)
