"""Slack's events as nouns: what is worth storing, in which lane, and what a stored one says."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from bot.slack import slack_text
from storage.inbox import Arrival

SPOKEN = {None, "", "file_share", "thread_broadcast", "me_message"}
"""Subtypes of messages that somebody said; joins, topics and bots' messages are not."""
SAID = "said:"
"""How the keys begin of messages that somebody said."""
AUTHORS_LANE = ":by:"
"""What a lane holds whose messages may belong together, as one person sent them in a row."""
STORED = ("message", "app_mention", "member_left_channel")
"""Events that are stored, or nothing to Baton: no listener does anything about them."""
TOMBSTONE = "tombstone"
"""What a deleted message that has replies turns into; Slack sends it as a change."""


@dataclass(frozen=True, slots=True)
class Part:
    """One of the messages that were sent in a row and are one question."""

    ts: str
    text: str


@dataclass(frozen=True, slots=True)
class Said:
    """A message that a person wrote."""

    channel_id: str
    channel_type: str
    user_id: str
    team_id: str
    """The organisation of the person who wrote; in shared channels it may not be ours."""
    raw_text: str
    text: str
    ts: str
    thread_ts: str | None
    files: tuple[dict[str, Any], ...]
    mentions_bot: bool
    parts: tuple[Part, ...] = ()
    """The messages that it was gathered from, in their order; empty for one that stands alone."""

    @property
    def root(self) -> str:
        """The ts of the thread it is in, or would open."""
        return self.thread_ts or self.ts

    @property
    def at(self) -> datetime:
        """When the person sent it: they wait from then on, however late it is looked at."""
        return datetime.fromtimestamp(float(self.ts), UTC)

    @property
    def direct(self) -> bool:
        """Whether it was written in a direct message with the bot."""
        return self.channel_type == "im"


@dataclass(frozen=True, slots=True)
class Edited:
    """A message whose text was changed."""

    channel_id: str
    ts: str
    text: str
    said: Said


@dataclass(frozen=True, slots=True)
class Deleted:
    """A message that was taken back."""

    channel_id: str
    ts: str


@dataclass(frozen=True, slots=True)
class Left:
    """A person who left a channel."""

    channel_id: str
    user_id: str


@dataclass(frozen=True, slots=True)
class Opened:
    """The assistant pane, opened by a person."""

    channel_id: str
    user_id: str
    thread_ts: str | None
    """The chat that it begins, in the older pane; the newer one has none yet."""


Happening = Said | Edited | Deleted | Left | Opened
PANE_OPENED = "assistant_thread_started"


def arrival(body: Mapping[str, Any], window: Callable[[str], float] = lambda _channel: 0.0) -> Arrival | None:
    """What to store of an Events API body; None when Baton has nothing to do with it.

    Args:
        body: as Slack sends it.
        window: for a channel, within how many seconds messages of one person without a thread are one question.
    """
    event = body.get("event") or {}
    lane = _lane(event)
    if lane is None:
        return None
    waits = 0.0
    if author := _of_a_row(event):
        waits = window(str(event.get("channel")))
        lane = f"{event.get('channel')}{AUTHORS_LANE}{author}" if waits else lane
        waits = waits if event.get("subtype") in SPOKEN else 0.0
    return Arrival(
        workspace_id=_workspace(body),
        key=_key(event, str(body.get("event_id", ""))),
        lane=lane,
        position=str(event.get("event_ts") or event.get("ts") or body.get("event_time", "")),
        payload={"event": event},
        waits=waits,
    )


def _of_a_row(event: Mapping[str, Any]) -> str:
    """Who wrote a message outside threads, or changed one; such messages may belong together."""
    if event.get("type") not in ("message", "app_mention") or event.get("channel_type") == "im":
        return ""
    spoken = _spoken_part(event) or {}
    in_thread = spoken.get("thread_ts") not in (None, spoken.get("ts"))
    return "" if in_thread else str(spoken.get("user") or "")


def _workspace(body: Mapping[str, Any]) -> str:
    authorizations = body.get("authorizations") or [{}]
    return str(authorizations[0].get("team_id") or body.get("team_id") or "")


def _key(event: Mapping[str, Any], event_id: str) -> str:
    """The same for a redelivery, and for `message` beside `app_mention` of one text."""
    if event["type"] in ("message", "app_mention") and event.get("subtype") in SPOKEN:
        return said_key(str(event.get("channel")), str(event.get("ts")))
    return f"event:{event_id}"


def said_key(channel_id: str, ts: str) -> str:
    """The key of a message that somebody said."""
    return f"{SAID}{channel_id}:{ts}"


def place_of(key: str) -> Said:
    """What the key of a said message alone tells: where it stands, and neither who wrote it nor what."""
    channel_id, _, ts = key.removeprefix(SAID).partition(":")
    kind = "im" if channel_id.startswith("D") else ""
    return Said(channel_id, kind, "", "", "", "", ts, None, (), mentions_bot=False)


def _lane(event: Mapping[str, Any]) -> str | None:
    kind, channel = event.get("type"), event.get("channel")
    if kind == "member_left_channel":
        return f"{channel}:left"
    if opened := _opened(event):
        return f"{opened.channel_id}:{opened.thread_ts or 'opened'}"
    if kind not in ("message", "app_mention") or not channel:
        return None
    spoken = _spoken_part(event)
    if spoken is None or spoken.get("bot_id") or not spoken.get("user"):
        return None
    if event.get("channel_type") == "im":
        return str(channel)
    return f"{channel}:{spoken.get('thread_ts') or spoken.get('ts')}"


def _spoken_part(event: Mapping[str, Any]) -> Mapping[str, Any] | None:
    subtype = event.get("subtype")
    if subtype in SPOKEN:
        return event
    if subtype == "message_changed":
        after, before = event.get("message") or {}, event.get("previous_message") or {}
        if after.get("subtype") == TOMBSTONE:
            return before or None
        # An unfurled link or a new reply changes a message as well, but not what it says.
        return after if after.get("subtype") in SPOKEN and after.get("text") != before.get("text") else None
    if subtype == "message_deleted":
        return event.get("previous_message") or None
    return None


def happening(payload: Mapping[str, Any], bot_user_id: str) -> Happening | None:
    """What a stored event says."""
    event = payload["event"]
    if event["type"] == "member_left_channel":
        return Left(event["channel"], event["user"])
    if opened := _opened(event):
        return opened
    subtype = event.get("subtype")
    if subtype == "message_deleted":
        return Deleted(event["channel"], event["deleted_ts"])
    if subtype == "message_changed" and event["message"].get("subtype") == TOMBSTONE:
        return Deleted(event["channel"], event["message"]["ts"])
    if subtype == "message_changed":
        after = {**event["message"], "channel": event["channel"], "channel_type": event.get("channel_type", "")}
        said = _said(after, bot_user_id)
        return Edited(event["channel"], after["ts"], said.text, said)
    return _said(event, bot_user_id)


def _opened(event: Mapping[str, Any]) -> Opened | None:
    if event["type"] == PANE_OPENED:
        thread = event["assistant_thread"]
        return Opened(thread["channel_id"], thread["user_id"], thread["thread_ts"])
    if event["type"] == "app_home_opened" and event.get("tab") == "messages":
        return Opened(event["channel"], event["user"], None)
    return None


def _said(event: Mapping[str, Any], bot_user_id: str) -> Said:
    raw = str(event.get("text") or "").replace("\0", "")
    return Said(
        channel_id=event["channel"],
        channel_type=event.get("channel_type", ""),
        user_id=event["user"],
        team_id=event.get("user_team") or event.get("source_team") or event.get("team") or "",
        raw_text=raw,
        text=slack_text.plain(raw, bot_user_id=bot_user_id),
        ts=event["ts"],
        thread_ts=event.get("thread_ts"),
        files=tuple(event.get("files") or ()),
        mentions_bot=event.get("type") == "app_mention" or f"<@{bot_user_id}>" in raw,
    )
