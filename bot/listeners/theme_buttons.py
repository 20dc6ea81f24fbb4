"""Draft an article from a theme, put it in use, and forget it again."""

from typing import Any

from slack_bolt.async_app import AsyncApp

from bot.listeners.form import chosen, read_later, submission, typed
from bot.listeners.press import Press, for_agents, listener, show
from bot.runtime import Runtime
from bot.themes import article
from bot.themes.article import Written
from bot.views.ids import ActionId, BlockId, CallbackId, ThemeRef
from bot.views.post import Post

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
    app.action(ActionId.ARTICLE_AUDIENCE)(read_later)
    app.view(CallbackId.ARTICLE_FORM)(submission(runtime, save, main=BlockId.ARTICLE_TEXT))


async def open_form(runtime: Runtime, press: Press) -> Post | None:
    """Show the draft, to be read, changed and saved; above the form whose button was pressed."""
    form = await article.form(runtime, ThemeRef.unpack(press.value))
    if isinstance(form, Post):
        return form
    await show(runtime, press, form)
    return None


async def publish(runtime: Runtime, press: Press) -> Post | None:
    """Let the article answer customers."""
    return await article.publish(runtime, press.user_id, ThemeRef.unpack(press.value))


async def forget(runtime: Runtime, press: Press) -> Post | None:
    """Take the article out of use."""
    return await article.forget(runtime, press.user_id, ThemeRef.unpack(press.value))


async def save(runtime: Runtime, body: dict[str, Any]) -> dict[str, str]:
    """Save the submitted form; returns why not, by field."""
    view = body["view"]
    written = Written(
        typed(view, BlockId.ARTICLE_TITLE),
        typed(view, BlockId.ARTICLE_TEXT),
        chosen(view, BlockId.ARTICLE_AUDIENCE, ActionId.ARTICLE_AUDIENCE),
    )
    errors = await article.save(runtime, body["user"]["id"], ThemeRef.unpack(view["private_metadata"]), written)
    return {FIELDS[name]: why for name, why in errors.items()}
