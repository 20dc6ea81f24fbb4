"""Everything that changes messages: written once for the app's side and the people's side."""

import asyncio
from typing import Any

from bot.demo.workspace.delivery import Delivery
from bot.demo.workspace.errors import SlackError
from bot.demo.workspace.state import Channel, Json, State

MOST_TEXT = 40_000


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

    def post(self, channel: Channel, message: Json) -> Json:
        """Add a message, tell the people who are there, and send its event."""
        message["ts"] = self.state.new_ts()
        message.setdefault("type", "message")
        if thread := message.get("thread_ts"):
            if thread in channel.messages and channel.messages[thread].get("thread_ts", thread) != thread:
                message["thread_ts"] = channel.messages[thread]["thread_ts"]
            if thread in channel.messages:
                message["parent_user_id"] = channel.messages[thread].get("user", "")
        channel.add(message)
        if user := message.get("user"):
            channel.read[user] = message["ts"]
        self.tell(channel, {"type": "message", "ts": message["ts"], "thread_ts": message.get("thread_ts")})
        if self.state.app.bot_user_id in channel.members:
            self.delivery.event(self._event(channel, message), team_id=message.get("user_team", ""))
            self._mention(channel, message)
        return message

    def _event(self, channel: Channel, message: Json) -> Json:
        kind = {"channel": "channel", "private": "group", "im": "im"}[channel.kind]
        shown = {key: value for key, value in message.items() if key not in ("reactions",)}
        return {**shown, "channel": channel.id, "channel_type": kind, "event_ts": message["ts"]}

    def _mention(self, channel: Channel, message: Json) -> None:
        if message.get("bot_id") or channel.kind == "im" or message.get("subtype") == "channel_join":
            return
        if f"<@{self.state.app.bot_user_id}>" in message.get("text", ""):
            event = {**self._event(channel, message), "type": "app_mention"}
            event.pop("channel_type")
            self.delivery.event(event)

    def edit(self, channel: Channel, ts: str, changes: Json, *, by: str) -> Json:
        """Change a message."""
        message = channel.message(ts)
        before = dict(message)
        message.update(changes)
        if changes.get("text") is not None:
            message["edited"] = {"user": by, "ts": self.state.new_ts()}
        self.tell(channel, {"type": "message_changed", "ts": ts, "thread_ts": message.get("thread_ts")})
        self._told(channel, {"subtype": "message_changed", "message": dict(message), "previous_message": before})
        return message

    def delete(self, channel: Channel, ts: str) -> None:
        """Take a message away."""
        channel.message(ts)
        before = channel.remove(ts)
        self.tell(channel, {"type": "message_deleted", "ts": ts, "thread_ts": before.get("thread_ts")})
        self._told(channel, {"subtype": "message_deleted", "deleted_ts": ts, "previous_message": before})

    def _told(self, channel: Channel, change: Json) -> None:
        if self.state.app.bot_user_id not in channel.members:
            return
        ts = self.state.new_ts()
        kind = {"channel": "channel", "private": "group", "im": "im"}[channel.kind]
        place = {"channel": channel.id, "channel_type": kind, "ts": ts, "event_ts": ts, "hidden": True}
        self.delivery.event({"type": "message", **place, **change})

    def react(self, channel: Channel, ts: str, name: str, user_id: str, *, remove: bool = False) -> None:
        """Add or remove a reaction."""
        message = channel.message(ts)
        reactions: list[Json] = message.setdefault("reactions", [])
        found = next((each for each in reactions if each["name"] == name), None)
        if remove:
            if found is None or user_id not in found["users"]:
                raise SlackError("no_reaction")
            found["users"].remove(user_id)
            found["count"] -= 1
            message["reactions"] = [each for each in reactions if each["count"]]
        elif found is None:
            reactions.append({"name": name, "users": [user_id], "count": 1})
        elif user_id in found["users"]:
            raise SlackError("already_reacted")
        else:
            found["users"].append(user_id)
            found["count"] += 1
        self.tell(channel, {"type": "reaction", "ts": ts, "thread_ts": message.get("thread_ts")})
        if self.state.app.bot_user_id in channel.members:
            item = {"type": "message", "channel": channel.id, "ts": ts}
            kind = "reaction_removed" if remove else "reaction_added"
            self.delivery.event(
                {
                    "type": kind,
                    "user": user_id,
                    "reaction": name,
                    "item": item,
                    "item_user": message.get("user", ""),
                    "event_ts": self.state.new_ts(),
                }
            )

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


def check_text(text: Any, blocks: Any) -> None:
    """Check that a message says something, and not too much."""
    if not text and not blocks:
        raise SlackError("no_text")
    if isinstance(text, str) and len(text) > MOST_TEXT:
        raise SlackError("msg_too_long")
