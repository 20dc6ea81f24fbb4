"""Messages of the workspace as HTML: who, when, what, the files, the reactions and the way to the thread."""

import hashlib
import html
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

from markupsafe import Markup

from bot.demo.page import blocks, emoji, mrkdwn
from bot.demo.page.elements import picture
from bot.demo.page.mrkdwn import Names
from bot.demo.workspace.state import State

Json = dict[str, Any]

HUES = 12
_LINK = re.compile(r"<((?:https?:|mailto:)[^|<>]+)(?:\|[^<>]*)?>")
_MENTION = re.compile(r"<@(\w+)(?:\|[^<>]*)?>")
QUICK_REACTIONS = ("+1", "heart", "tada", "eyes", "white_check_mark", "pray")


@dataclass(frozen=True)
class Reader:
    """Who reads, and how the workspace calls people."""

    user_id: str
    state: State

    @property
    def names(self) -> Names:
        """Names of people, channels and user groups."""
        people = tuple((user.id, user.real_name) for user in self.state.users.values())
        places = tuple((each.id, f"#{each.name}") for each in self.state.visible_to(self.user_id) if each.kind != "im")
        return Names(self.name, self.channel, self.group, people, places)

    def name(self, user_id: str) -> str:
        """A person's name."""
        user = self.state.users.get(user_id)
        return user.real_name if user else user_id

    def channel(self, channel_id: str) -> str:
        """A channel's name."""
        channel = self.state.channels.get(channel_id)
        return channel.name if channel else channel_id

    def group(self, group_id: str) -> str:
        """A user group's handle."""
        group = self.state.groups.get(group_id)
        return group.handle if group else group_id


def avatar(name: str, picture_name: str = "", *, is_app: bool = False) -> Markup:
    """Initials on a colour that stays the same for a name, or the emoji that an app chose."""
    if is_app:
        return Markup('<span class="avatar app" aria-hidden="true">{}</span>').format(name[:1].upper())
    if picture_name:
        return Markup('<span class="avatar picture" aria-hidden="true">{}</span>').format(emoji.character(picture_name))
    words = [word for word in name.split() if word[:1].isalnum()]
    initials = "".join(word[0] for word in (words[:1] + words[-1:] if len(words) > 1 else words[:1])).upper() or "?"
    hue = int(hashlib.sha256(name.encode()).hexdigest(), 16) % HUES
    return Markup('<span class="avatar hue-{}" aria-hidden="true">{}</span>').format(hue, initials)


def listed(messages: list[Json], reader: Reader, *, thread: str | None, since: str = "") -> Markup:
    """A list of messages.

    Args:
        messages: Slack's message objects, oldest first.
        reader: who reads.
        thread: the thread that is shown, none for a channel.
        since: the ts up to which the reader had read when they came; a line marks what is new after it.
    """
    out: list[Markup] = []
    day, names = "", reader.names
    for message in messages:
        at = datetime.fromtimestamp(float(message["ts"]), UTC)
        if at.date().isoformat() != day:
            day = at.date().isoformat()
            out.append(_day(at))
        if since and message["ts"] > since and message.get("user") != reader.user_id:
            since = ""
            out.append(Markup('<li class="fresh-line" data-key="fresh">New</li>'))
        out.append(_message(message, reader, names, at, thread=thread))
    return Markup("").join(out)


def _day(at: datetime) -> Markup:
    return Markup('<li class="day" data-key="day-{}"><time datetime="{}" data-day>{}</time></li>').format(
        at.date(), at.isoformat(), at.strftime("%d %B")
    )


def _message(message: Json, reader: Reader, names: Names, at: datetime, *, thread: str | None) -> Markup:
    name = str(message.get("username") or reader.name(message.get("user", "")))
    is_own_voice = bool(message.get("bot_id")) and not message.get("username")
    kinds = (
        ("app", is_own_voice),
        ("ephemeral", bool(message.get("is_ephemeral"))),
        ("streaming", message.get("streaming_state") == "in_progress"),
        ("root", message["ts"] == thread),
        ("jumbo", not message.get("blocks") and emoji.is_only_emoji(message.get("text", ""))),
    )
    return Markup(
        '<li class="{}" data-key="{}" data-ts="{}" tabindex="-1"{}>{}<div class="body">{}{}'
        '<div class="content">{}{}</div>{}{}{}</div>{}</li>'
    ).format(
        " ".join(["message", *(kind for kind, holds in kinds if holds)]),
        message["ts"],
        message["ts"],
        _raw(message, reader),
        avatar(name, str(message.get("icon_emoji", "")).strip(":")),
        _head(message, reader, name, at),
        Markup('<p class="only">👁 Only visible to you</p>') if message.get("is_ephemeral") else "",
        _content(message, names),
        Markup(' <span class="edited">(edited)</span>') if message.get("edited") and not is_own_voice else "",
        _files(message),
        _reactions(message, reader),
        "" if thread else _replies(message, reader),
        _tools(message, reader, in_thread=thread is not None),
    )


def _raw(message: Json, reader: Reader) -> Markup:
    """One's own words as they were typed, for editing."""
    if message.get("user") != reader.user_id:
        return Markup("")
    text = _LINK.sub(r"\1", str(message.get("text", "")))
    text = _MENTION.sub(lambda found: f"@{reader.name(found[1])}", text)
    return Markup(' data-raw="{}"').format(html.unescape(text))


def _head(message: Json, reader: Reader, name: str, at: datetime) -> Markup:
    by_app = bool(message.get("bot_id"))
    words = "app" if not message.get("username") else f"via {reader.state.app.name}"
    badge = Markup('<span class="badge">{}</span>').format(words) if by_app else ""
    stranger = reader.state.team_of(message.get("user", "")) != reader.state.seed.team_id
    guest = Markup('<span class="badge guest">other organisation</span>') if stranger else ""
    return Markup('<p class="who"><strong>{}</strong>{}{} <time datetime="{}" data-time>{}</time></p>').format(
        name, badge, guest, at.isoformat(), at.strftime("%H:%M")
    )


def _content(message: Json, names: Names) -> Markup:
    text = str(message.get("text", ""))
    if message.get("blocks"):
        shown = blocks.render(message["blocks"], names)
    else:
        shown = Markup('<div class="text">{}</div>').format(mrkdwn.html(text, names)) if text else Markup("")
    return shown + Markup("").join(_attachment(each, names) for each in message.get("attachments") or [])


def _attachment(attachment: Json, names: Names) -> Markup:
    """The older kind of addition to a message; its blocks, or its title and text."""
    if attachment.get("blocks"):
        inside = blocks.render(attachment["blocks"], names)
    else:
        title = mrkdwn.link(str(attachment.get("title_link", "")), attachment.get("title", ""))
        text = mrkdwn.html(str(attachment.get("text") or attachment.get("fallback") or ""), names)
        inside = Markup("<strong>{}</strong><div>{}</div>").format(title, text)
    return Markup('<div class="attachment">{}</div>').format(inside)


def _files(message: Json) -> Markup:
    return Markup("").join(_file(file) for file in message.get("files") or [])


def _file(file: Json) -> Markup:
    address = f"/files/{file['id']}/{quote(str(file['name']), safe='')}"
    title = file.get("title") or file["name"]
    if str(file.get("mimetype", "")).startswith("image/"):
        return Markup(
            '<figure class="file"><a href="{}" target="_blank" rel="noopener">{}</a>'
            "<figcaption>{}</figcaption></figure>"
        ).format(address, picture(address, str(file.get("alt_txt") or title)), title)
    size = f"{max(1, round(file.get('size', 0) / 1024))} kB"
    return Markup('<a class="file-link" href="{}" download="{}">📎 <span>{}</span> <small>{}</small></a>').format(
        address, file["name"], title, size
    )


def _reactions(message: Json, reader: Reader) -> Markup:
    if not message.get("reactions"):
        return Markup("")
    chips = Markup("").join(
        Markup(
            '<button type="button" class="reaction" data-react="{}" aria-pressed="{}" title="{}">'
            '<span role="img" aria-label="{}">{}</span> {}</button>'
        ).format(
            each["name"],
            "true" if reader.user_id in each["users"] else "false",
            ", ".join(reader.name(user) for user in each["users"]),
            each["name"],
            emoji.character(each["name"]),
            each["count"],
        )
        for each in message["reactions"]
    )
    return Markup('<p class="reactions" role="group" aria-label="Reactions">{}</p>').format(chips)


def _replies(message: Json, reader: Reader) -> Markup:
    count = message.get("reply_count", 0)
    if not count:
        by_app = message.get("bot_id") and not message.get("is_ephemeral")
        return (
            Markup('<button type="button" class="thread-link quiet" data-open-thread="{}">Reply in thread</button>')
            .format(message["ts"]) if by_app else Markup("")
        )  # fmt: skip
    known = [user for user in message.get("reply_users", []) if user in reader.state.users][:3]
    bot = reader.state.app.bot_user_id
    faces = Markup("").join(avatar(reader.name(user), is_app=user == bot) for user in known)
    latest = str(message.get("latest_reply", ""))
    return Markup(
        '<button type="button" class="thread-link" data-open-thread="{}" data-latest="{}">{}<span>{} {}</span>'
        ' <time datetime="{}" data-last></time></button>'
    ).format(
        message["ts"],
        latest,
        faces,
        count,
        "reply" if count == 1 else "replies",
        datetime.fromtimestamp(float(latest or message["ts"]), UTC).isoformat(),
    )


def _tools(message: Json, reader: Reader, *, in_thread: bool) -> Markup:
    """What can be done with a message; shown when it is pointed at or has the focus."""
    if message.get("is_ephemeral"):
        return Markup("")
    faces = Markup("").join(
        Markup('<button type="button" role="menuitem" data-react="{}" aria-label="React with {}">{}</button>').format(
            name, name.replace("_", " "), emoji.character(name)
        )
        for name in QUICK_REACTIONS
    )
    react = Markup(
        '<details><summary aria-label="Add a reaction" title="Add a reaction">☺</summary>'
        '<div role="menu" class="faces">{}</div></details>'
    ).format(faces)
    reply = Markup(
        '<button type="button" data-open-thread="{}" aria-label="Reply in thread" title="Reply in thread">💬</button>'
    ).format(message["ts"])
    return Markup('<div class="tools">{}{}{}</div>').format(react, "" if in_thread else reply, _menu(message, reader))


def _menu(message: Json, reader: Reader) -> Markup:
    own = message.get("user") == reader.user_id
    items = [("edit", "Edit message"), ("delete", "Delete message")] if own else []
    shortcuts = [(f"shortcut:{key}", name) for key, name, kind in reader.state.app.shortcuts if kind == "message"]
    rows = Markup("").join(
        Markup('<button type="button" role="menuitem" data-message-act="{}">{}</button>').format(act, words)
        for act, words in [*items, *shortcuts]
    )
    if not rows:
        return Markup("")
    return Markup(
        '<details><summary aria-label="Message menu" title="More">⋯</summary><div role="menu">{}</div></details>'
    ).format(rows)
