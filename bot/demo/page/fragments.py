"""The pieces of the page that change: channels, messages, App Home, the open modal."""

from typing import Any

from markupsafe import Markup

from bot.demo.page import blocks, messages
from bot.demo.page.elements import text_of
from bot.demo.page.messages import Reader
from bot.demo.workspace.people import People

Json = dict[str, Any]

LOCK = Markup(
    '<svg viewBox="0 0 24 24" width="13" height="13" fill="none" stroke="currentColor" stroke-width="2.4" '
    'aria-hidden="true">'
    '<rect x="5" y="11" width="14" height="9.5" rx="2"></rect><path d="M8 11V7.5a4 4 0 0 1 8 0V11"></path></svg>'
)
"""Drawn, for not every machine has a font with pictures in it."""
MARKS = {"channel": "#", "private": LOCK, "im": "✉"}
MOST_MESSAGES = 300
"""How many of the newest messages a pane shows."""


def channels(people: People, reader: Reader, current: str, first: str) -> Markup:
    """The channels of a person as tabs, with what is unread, and App Home.

    Args:
        people: the workspace's people's side.
        reader: who looks.
        current: the channel that is in sight, whose unread mark is not needed; `home` for App Home.
        first: the channel that this pane is about.
    """
    seen = sorted(people.channels(reader.user_id), key=lambda each: each["id"] != first)
    tabs = [_tab(each, current) for each in seen]
    home = Markup(
        '<button type="button" role="tab" class="app-home" data-key="home" data-channel="home" data-name="App Home" '
        'aria-label="App Home" aria-selected="{}" tabindex="{}"><span class="mark" aria-hidden="true">⌂</span>Home'
        "</button>"
    ).format(*_selected(current == "home"))
    return Markup("").join([*tabs, home])


def _selected(is_current: bool) -> tuple[str, str]:
    return ("true", "0") if is_current else ("false", "-1")


def _tab(channel: Json, current: str) -> Markup:
    is_current = channel["id"] == current
    unread = 0 if is_current else channel["unread"]
    count = Markup('<span class="unread" aria-label="{} unread">{}</span>').format(unread, unread) if unread else ""
    shared = Markup('<span title="shared with another organisation"> ⇄</span>') if channel["shared"] else ""
    name = f"{'#' if channel['kind'] != 'im' else ''}{channel['name']}"
    return Markup(
        '<button type="button" role="tab" data-key="{}" data-channel="{}" data-name="{}" data-kind="{}" '
        'data-topic="{}" data-read="{}" data-unread="{}" aria-selected="{}" tabindex="{}">'
        '<span class="mark" aria-hidden="true">{}</span>{}{}{}</button>'
    ).format(
        channel["id"],
        channel["id"],
        name,
        channel["kind"],
        channel["topic"],
        channel["last_read"],
        channel["unread"],
        *_selected(is_current),
        MARKS[channel["kind"]],
        channel["name"],
        shared,
        count,
    )


def history(people: People, reader: Reader, channel: str, thread: str | None, *, since: str, empty: str) -> Markup:
    """A channel or a thread; `empty` is said where there is nothing yet."""
    found = people.history(reader.user_id, channel, thread)[-MOST_MESSAGES:]
    if found:
        return messages.listed(found, reader, thread=thread, since=since)
    place = people.state.channel(channel)
    name = people.state.app.name
    words = f"Write to {name} directly: it answers here." if place.kind == "im" else empty or "Nothing here yet."
    if thread:
        words = "This conversation is gone."
    topic = Markup('<p class="topic">{}</p>').format(place.topic) if place.topic else ""
    return Markup('<li class="empty" data-key="empty"><p>{}</p>{}</li>').format(words, topic)


def home(people: People, reader: Reader) -> Markup:
    """App Home."""
    view = people.state.homes.get(reader.user_id)
    if view is None:
        name = people.state.app.name
        return Markup('<p class="empty" data-key="empty">{} draws this page as soon as it is connected.</p>').format(
            name
        )
    shown = blocks.render(view.content.get("blocks", []), reader.names)
    return Markup('<div class="home" data-key="home" data-view-id="{}">{}</div>').format(view.id, shown)


def modal(people: People, reader: Reader) -> Markup:
    """The modal on top, or nothing."""
    stack = people.modals.stack(reader.user_id)
    if not stack:
        return Markup("")
    view, names = stack[-1], reader.names
    submit = Markup('<button type="submit" class="act primary">{}</button>').format(text_of(view["submit"], names)) if (
        view.get("submit")
    ) else ""  # fmt: skip
    return Markup(
        '<form novalidate data-view-id="{}" aria-label="{}"><header><h2>{}</h2>'
        '<button type="button" class="icon" data-close aria-label="Close">✕</button></header>'
        '<div class="view">{}</div><footer><button type="button" class="act" data-close>{}</button>{}</footer></form>'
    ).format(
        view["id"],
        (view.get("title") or {}).get("text", ""),
        text_of(view.get("title"), names),
        blocks.render(view.get("blocks", []), names),
        text_of(view.get("close"), names) or "Close",
        submit,
    )
