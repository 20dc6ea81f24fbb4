"""Messages of the workspace as HTML: who, when, what, the files, the reactions and the way to the thread."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from markupsafe import Markup

from bot.demo.page import blocks, emoji, mrkdwn
from bot.demo.page.elements import image
from bot.demo.page.mrkdwn import Names
from bot.demo.workspace.state import State

Json = dict[str, Any]

HUES = 12


@dataclass(frozen=True)
class Reader:
    """Who reads, and how the workspace calls people."""

    user_id: str
    state: State

    @property
    def names(self) -> Names:
        """Names of people and channels."""
        return Names(user=self.name, channel=self.channel)

    def name(self, user_id: str) -> str:
        """A person's name."""
        user = self.state.users.get(user_id)
        return user.real_name if user else user_id

    def channel(self, channel_id: str) -> str:
        """A channel's name."""
        channel = self.state.channels.get(channel_id)
        return channel.name if channel else channel_id


def avatar(name: str) -> Markup:
    """Initials on a colour that stays the same for a name."""
    words = [word for word in name.split() if word[:1].isalnum()]
    initials = "".join(word[0] for word in (words[:1] + words[-1:] if len(words) > 1 else words[:1])).upper() or "?"
    hue = int(hashlib.sha256(name.encode()).hexdigest(), 16) % HUES
    return Markup('<span class="avatar hue-{}" aria-hidden="true">{}</span>').format(hue, initials)


def listed(messages: list[Json], reader: Reader, *, in_thread: bool) -> Markup:
    """A list of messages, with a line where a new day begins."""
    out: list[Markup] = []
    day = ""
    for message in messages:
        at = datetime.fromtimestamp(float(message["ts"]), UTC)
        if at.date().isoformat() != day:
            day = at.date().isoformat()
            out.append(Markup('<li class="day" role="separator"><time datetime="{}" data-day></time></li>').format(at))
        out.append(_message(message, reader, at, in_thread=in_thread))
    return Markup("").join(out)


def _message(message: Json, reader: Reader, at: datetime, *, in_thread: bool) -> Markup:
    name = message.get("username") or reader.name(message.get("user", ""))
    is_app = bool(message.get("bot_id"))
    hidden = bool(message.get("is_ephemeral"))
    classes = " ".join(filter(None, ("message", "app" if is_app else "", "ephemeral" if hidden else "")))
    badge = Markup('<span class="badge">app</span>') if is_app and not message.get("username") else ""
    stranger = reader.state.team_of(message.get("user", "")) != reader.state.seed.team_id
    guest = Markup('<span class="badge guest">other organisation</span>') if stranger else ""
    edited = Markup(' <span class="edited">(edited)</span>') if message.get("edited") and not is_app else ""
    only = Markup('<p class="only">👁 Only visible to you</p>') if hidden else ""
    return Markup(
        '<li class="{}" data-ts="{}" data-thread="{}" tabindex="-1">{}<div class="body">'
        '<p class="who"><strong>{}</strong>{}{} <time datetime="{}" data-time></time></p>{}'
        '<div class="content">{}{}</div>{}{}{}</div>{}</li>'
    ).format(
        classes,
        message["ts"],
        message.get("thread_ts") or message["ts"],
        avatar(name),
        name,
        badge,
        guest,
        at.isoformat(),
        only,
        _content(message, reader),
        edited,
        _files(message),
        _reactions(message, reader),
        "" if in_thread else _replies(message),
        _menu(message, reader),
    )


def _content(message: Json, reader: Reader) -> Markup:
    if message.get("blocks"):
        return blocks.render(message["blocks"], reader.names)
    text = message.get("text", "")
    return Markup('<div class="text">{}</div>').format(mrkdwn.html(text, reader.names)) if text else Markup("")


def _files(message: Json) -> Markup:
    return Markup("").join(_file(file) for file in message.get("files") or [])


def _file(file: Json) -> Markup:
    address = f"/files/{file['id']}/{file['name']}"
    if str(file.get("mimetype", "")).startswith("image/"):
        alt = file.get("alt_txt") or file.get("title") or file["name"]
        shown = image(address, alt)
        return Markup(
            '<figure class="file"><a href="{}" target="_blank">{}</a><figcaption>{}</figcaption></figure>'
        ).format(address, shown, file.get("title") or file["name"])
    size = f"{max(1, round(file.get('size', 0) / 1024))} kB"
    return Markup('<a class="file-link" href="{}" download>📎 <span>{}</span> <small>{}</small></a>').format(
        address, file["name"], size
    )


def _reactions(message: Json, reader: Reader) -> Markup:
    if not message.get("reactions"):
        return Markup("")
    chips = Markup("").join(
        Markup('<span class="reaction" title="{}">{} {}</span>').format(
            ", ".join(reader.name(user) for user in each["users"]), emoji.character(each["name"]), each["count"]
        )
        for each in message["reactions"]
    )
    return Markup('<p class="reactions" aria-label="Reactions">{}</p>').format(chips)


def _replies(message: Json) -> Markup:
    count = message.get("reply_count", 0)
    words = f"{count} {'reply' if count == 1 else 'replies'}" if count else "Reply in thread"
    return Markup('<button type="button" class="thread-link{}" data-open-thread="{}">{}</button>').format(
        "" if count else " quiet", message["ts"], words
    )


def _menu(message: Json, reader: Reader) -> Markup:
    own = message.get("user") == reader.user_id and not message.get("is_ephemeral")
    items = [("edit", "Edit message"), ("delete", "Delete message")] if own else []
    shortcuts = [(f"shortcut:{key}", name) for key, name, kind in reader.state.app.shortcuts if kind == "message"]
    rows = Markup("").join(
        Markup('<button type="button" role="menuitem" data-message-act="{}">{}</button>').format(act, words)
        for act, words in [*items, *shortcuts]
    )
    if not rows:
        return Markup("")
    return Markup(
        '<details class="message-menu"><summary aria-label="Message menu">⋯</summary>'
        '<div role="menu">{}</div></details>'
    ).format(rows)
