"""The pieces of the page that change: channels, messages, App Home, the open modal."""

from typing import Any

from markupsafe import Markup

from bot.demo.page import blocks, messages
from bot.demo.page.elements import text_of
from bot.demo.page.messages import Reader
from bot.demo.workspace.people import People

Json = dict[str, Any]


def channels(people: People, reader: Reader, current: str) -> Markup:
    """The channels of a person as tabs, with what is unread, and App Home."""
    tabs = [_tab(each, current) for each in people.channels(reader.user_id)]
    home = Markup('<button type="button" role="tab" data-channel="home" aria-selected="{}">⌂ Home</button>').format(
        "true" if current == "home" else "false"
    )
    return Markup("").join([*tabs, home])


def _tab(channel: Json, current: str) -> Markup:
    mark = {"channel": "#", "private": "🔒 ", "im": "✉ "}[channel["kind"]]
    unread = channel["unread"] if channel["id"] != current else 0
    count = Markup('<span class="unread" aria-label="{} unread">{}</span>').format(unread, unread) if unread else ""
    shared = Markup('<span title="shared with another organisation"> ⇄</span>') if channel["shared"] else ""
    return Markup(
        '<button type="button" role="tab" data-channel="{}" aria-selected="{}" title="{}">{}{}{}{}</button>'
    ).format(
        channel["id"],
        "true" if channel["id"] == current else "false",
        channel["topic"],
        mark,
        channel["name"],
        shared,
        count,
    )


def history(people: People, reader: Reader, channel: str, thread: str | None) -> Markup:
    """A channel or a thread."""
    found = people.history(reader.user_id, channel, thread)
    if not found:
        place = people.state.channel(channel)
        words = "Write below to ask a question." if place.kind != "private" else "Nothing here yet."
        return Markup('<li class="empty"><p>{}</p><p class="topic">{}</p></li>').format(words, place.topic)
    return messages.listed(found, reader, in_thread=thread is not None)


def home(people: People, reader: Reader) -> Markup:
    """App Home."""
    view = people.state.homes.get(reader.user_id)
    if view is None:
        return Markup('<p class="empty">Opening App Home…</p>')
    shown = blocks.render(view.content.get("blocks", []), reader.names)
    return Markup('<div class="home" data-view-id="{}">{}</div>').format(view.id, shown)


def modal(people: People, reader: Reader) -> Markup:
    """The modal on top, or nothing."""
    stack = people.modals.stack(reader.user_id)
    if not stack:
        return Markup("")
    view = stack[-1]
    submit = (
        Markup('<button type="submit" class="act primary">{}</button>').format(text_of(view["submit"], reader.names))
        if view.get("submit")
        else ""
    )
    close = text_of(view.get("close"), reader.names) or "Close"
    return Markup(
        '<form data-view-id="{}" aria-label="{}"><header><h2>{}</h2>'
        '<button type="button" class="icon" data-close aria-label="Close">✕</button></header>'
        '<div class="view">{}</div><footer><button type="button" class="act" data-close>{}</button>{}</footer></form>'
    ).format(
        view["id"],
        (view.get("title") or {}).get("text", ""),
        text_of(view.get("title"), reader.names),
        blocks.render(view.get("blocks", []), reader.names),
        close,
        submit,
    )
