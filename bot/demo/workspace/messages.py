"""Everything that changes messages: written once for the app's side and the people's side."""

import asyncio
from typing import Any

from bot.demo.workspace.channel import EVENT_KINDS, THREAD_KEYS, Channel, Json
from bot.demo.workspace.delivery import Delivery
from bot.demo.workspace.errors import SlackError
from bot.demo.workspace.state import State

MOST_TEXT = 40_000
UNHEARD = ("reactions", *(key for key in THREAD_KEYS if key != "thread_ts"))
"""What a message has and its event has not."""


class Messages:
    """Posts, edits, deletes and reacts; tells the app and the people who watch."""

    def __init__(self, state: State, delivery: Delivery) -> None:
        self.state, self.delivery = state, delivery
        self.watchers: dict[str, list[asyncio.Queue[Json]]] = {}

    def tell(self, channel: Channel, change: Json, *, only: str | None = None) -> None:
        """Tell the people of a channel what changed."""
        for user_id in [only] if only else list(channel.members):
            self.tell_user(user_id, {"channel": channel.id, **change})

    def tell_user(self, user_id: str, change: Json) -> None:
        """Tell one person what changed."""
        for queue in self.watchers.get(user_id, ()):
            queue.put_nowait(change)

    def tell_all(self, change: Json) -> None:
        """Tell everybody what changed."""
        for user_id in self.watchers:
            self.tell_user(user_id, change)

    def hears(self, channel: Channel) -> bool:
        """Whether the app is in a channel, and so hears what happens there."""
        return self.state.app.bot_user_id in channel.members

    def post(self, channel: Channel, message: Json) -> Json:
        """Add a message, tell the people who are there, and send its event."""
        message["ts"] = self.state.new_ts()
        message.setdefault("type", "message")
        if message.get("thread_ts"):
            self._join_thread(channel, message)
        channel.add(message)
        if user := message.get("user"):
            channel.read[user] = message["ts"]
        self._clear_status(channel, message)
        self.tell(channel, {"type": "message", "ts": message["ts"], "thread_ts": message.get("thread_ts")})
        if self.hears(channel):
            event = self._event(channel, message)
            self.delivery.event(event, channel=channel)
            if self._mentions(channel, message):
                mention = {key: value for key, value in event.items() if key != "channel_type"}
                self.delivery.event({**mention, "type": "app_mention"}, channel=channel)
        return message

    def _join_thread(self, channel: Channel, message: Json) -> None:
        message["thread_ts"] = thread = channel.root_of(message["thread_ts"])
        root = channel.messages.get(thread)
        if root is None:
            return
        if root.get("user"):
            message["parent_user_id"] = root["user"]
        if message.get("subtype") == "thread_broadcast":
            message["root"] = dict(root)

    def _clear_status(self, channel: Channel, message: Json) -> None:
        place = (channel.id, message.get("thread_ts") or "")
        if message.get("bot_id") and self.state.statuses.get(place, {}).get("status"):
            self.state.statuses[place]["status"] = ""
            self.tell(channel, {"type": "status", "thread_ts": place[1], **self.state.statuses[place]})

    def _event(self, channel: Channel, message: Json) -> Json:
        shown = {key: value for key, value in message.items() if key not in UNHEARD}
        place = {"channel": channel.id, "channel_type": EVENT_KINDS[channel.kind], "event_ts": message["ts"]}
        return shown | place

    def _mentions(self, channel: Channel, message: Json) -> bool:
        if message.get("bot_id") or channel.kind == "im" or message.get("subtype") not in (None, "file_share"):
            return False
        return f"<@{self.state.app.bot_user_id}>" in message.get("text", "")

    def announce(self, channel: Channel, subtype: str, user_id: str, words: str) -> None:
        """Post what Slack itself says of somebody, such as that they joined."""
        self.post(channel, {"subtype": subtype, "user": user_id, "text": f"<@{user_id}> {words}"})

    def edit(self, channel: Channel, ts: str, changes: Json, *, by: str) -> Json:
        """Change a message."""
        message = channel.message(ts)
        before = dict(message)
        message.update(changes)
        if changes.get("text") is not None:
            message["edited"] = {"user": by, "ts": self.state.new_ts()}
        self.tell(channel, {"type": "message_changed", "ts": ts, "thread_ts": message.get("thread_ts")})
        self._changed(channel, {"subtype": "message_changed", "message": dict(message), "previous_message": before})
        return message

    def delete(self, channel: Channel, ts: str) -> None:
        """Take a message away; where it began a thread with replies, Slack leaves a stone and calls it a change."""
        has_replies = bool(channel.replies.get(channel.message(ts)["ts"]))
        before = channel.bury(ts) if has_replies else channel.remove(ts)
        self.tell(channel, {"type": "message_deleted", "ts": ts, "thread_ts": before.get("thread_ts")})
        if has_replies:
            stone = dict(channel.messages[ts])
            self._changed(channel, {"subtype": "message_changed", "message": stone, "previous_message": before})
        else:
            self._changed(channel, {"subtype": "message_deleted", "deleted_ts": ts, "previous_message": before})

    def _changed(self, channel: Channel, change: Json) -> None:
        if not self.hears(channel):
            return
        ts = self.state.new_ts()
        place = {"channel": channel.id, "channel_type": EVENT_KINDS[channel.kind], "ts": ts, "event_ts": ts}
        self.delivery.event({"type": "message", **place, "hidden": True, **change}, channel=channel)

    def react(self, channel: Channel, ts: str, name: str, user_id: str, *, remove: bool = False) -> None:
        """Add or remove a reaction."""
        message = channel.message(ts)
        (_unreact if remove else _react)(message, name, user_id)
        self.tell(channel, {"type": "reaction", "ts": ts, "thread_ts": message.get("thread_ts")})
        if self.hears(channel):
            event: Json = {
                "type": "reaction_removed" if remove else "reaction_added",
                "user": user_id,
                "reaction": name,
                "item": {"type": "message", "channel": channel.id, "ts": ts},
                "event_ts": self.state.new_ts(),
            }
            if message.get("user"):
                event["item_user"] = message["user"]
            self.delivery.event(event, channel=channel)

    def ephemeral(self, channel: Channel, user_id: str, message: Json) -> Json:
        """Show a message to one person only."""
        ts = self.state.new_ts()
        message |= {"ts": ts, "type": "message", "is_ephemeral": True, "for": user_id}
        channel.ephemeral.append(message)
        change = {"type": "ephemeral", "ts": ts, "thread_ts": message.get("thread_ts")}
        self.tell(channel, change, only=user_id)
        return message

    def drop_ephemeral(self, channel: Channel, ts: str) -> None:
        """Take an ephemeral message away."""
        gone = [each for each in channel.ephemeral if each["ts"] == ts]
        channel.ephemeral = [each for each in channel.ephemeral if each["ts"] != ts]
        for message in gone:
            change = {"type": "message_deleted", "ts": ts, "thread_ts": message.get("thread_ts")}
            self.tell(channel, change, only=message["for"])

    def history(self, channel: Channel, *, viewer: str | None = None, thread: str | None = None) -> list[Json]:
        """The messages outside threads, or of one thread, oldest first, with what only `viewer` sees."""
        found = channel.thread(thread) if thread else [channel.messages[ts] for ts in channel.roots]
        if viewer is None:
            return found
        own = [
            each for each in channel.ephemeral if each["for"] == viewer and (each.get("thread_ts") or None) == thread
        ]
        return sorted([*found, *own], key=lambda message: message["ts"]) if own else found


def _react(message: Json, name: str, user_id: str) -> None:
    reactions: list[Json] = message.setdefault("reactions", [])
    found = next((each for each in reactions if each["name"] == name), None)
    if found is None:
        reactions.append({"name": name, "users": [user_id], "count": 1})
    elif user_id in found["users"]:
        raise SlackError("already_reacted")
    else:
        found["users"].append(user_id)
        found["count"] += 1


def _unreact(message: Json, name: str, user_id: str) -> None:
    found = next((each for each in message.get("reactions", ()) if each["name"] == name), None)
    if found is None or user_id not in found["users"]:
        raise SlackError("no_reaction")
    found["users"].remove(user_id)
    found["count"] -= 1
    left = [each for each in message["reactions"] if each["count"]]
    if left:
        message["reactions"] = left
    else:
        del message["reactions"]


def check_text(text: Any, blocks: Any) -> None:
    """Check that a message says something, and not too much."""
    if not text and not blocks:
        raise SlackError("no_text")
    if isinstance(text, str) and len(text) > MOST_TEXT:
        raise SlackError("msg_too_long")
