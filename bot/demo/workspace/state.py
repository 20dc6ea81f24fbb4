"""The nouns of a workspace, in memory."""

import itertools
import time
from bisect import bisect_left, insort
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from bot.demo.workspace.errors import SlackError
from bot.demo.workspace.seed import Seed, SeedApp, SeedGroup, SeedUser

Json = dict[str, Any]


@dataclass
class Channel:
    """A channel with its messages, indexed by ts and by thread."""

    id: str
    name: str
    kind: str
    members: set[str]
    topic: str = ""
    shared: bool = False
    archived: bool = False
    messages: dict[str, Json] = field(default_factory=dict[str, Json])
    roots: list[str] = field(default_factory=list[str])
    """ts of the messages outside threads, in order."""
    replies: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    """ts of the replies by thread, in order."""
    ephemeral: list[Json] = field(default_factory=list[Json])
    read: dict[str, str] = field(default_factory=dict[str, str])
    """The ts up to which each person has read."""

    def add(self, message: Json) -> None:
        """Add a message and keep its thread's counts."""
        ts, thread = message["ts"], message.get("thread_ts")
        self.messages[ts] = message
        if thread and thread != ts:
            insort(self.replies.setdefault(thread, []), ts)
            self._count_replies(thread)
            if message.get("subtype") == "thread_broadcast":
                insort(self.roots, ts)
        else:
            insort(self.roots, ts)

    def remove(self, ts: str) -> Json:
        """Remove a message; a root that has replies leaves them."""
        message = self.messages.pop(ts)
        thread = message.get("thread_ts")
        if thread and thread != ts:
            self.replies[thread].remove(ts)
            self._count_replies(thread)
        else:
            self.roots.remove(ts)
        return message

    def message(self, ts: str) -> Json:
        """The message at this ts."""
        if ts not in self.messages:
            raise SlackError("message_not_found")
        return self.messages[ts]

    def thread(self, root: str) -> list[Json]:
        """A thread: its root, then the replies."""
        head = [self.messages[root]] if root in self.messages else []
        return head + [self.messages[ts] for ts in self.replies.get(root, [])]

    def unread(self, user_id: str) -> int:
        """How many messages came after what the person has read, their own aside."""
        last = self.read.get(user_id, "0")
        newer = self.roots[bisect_left(self.roots, last) :]
        fresh = [ts for ts in newer if ts > last]
        fresh += [ts for thread in self.replies.values() if thread and thread[-1] > last for ts in thread if ts > last]
        return sum(1 for ts in fresh if self.messages[ts].get("user") != user_id)

    def _count_replies(self, thread: str) -> None:
        root, replies = self.messages.get(thread), self.replies.get(thread, [])
        if root is None:
            return
        if not replies:
            for key in ("thread_ts", "reply_count", "reply_users", "reply_users_count", "latest_reply"):
                root.pop(key, None)
            return
        users = list(dict.fromkeys(self.messages[ts].get("user", "") for ts in replies))
        root |= {
            "thread_ts": thread,
            "reply_count": len(replies),
            "reply_users": users,
            "reply_users_count": len(users),
            "latest_reply": replies[-1],
        }


@dataclass
class View:
    """A modal or an App Home."""

    id: str
    user_id: str
    content: Json
    hash: str
    values: Json = field(default_factory=dict[str, Any])
    root_id: str = ""
    previous_id: str | None = None

    def as_json(self, app: SeedApp, team_id: str) -> Json:
        """The view as Slack shows it to the app."""
        return {
            "private_metadata": "",
            "callback_id": "",
            "blocks": [],
            **self.content,
            "id": self.id,
            "team_id": team_id,
            "app_id": app.id,
            "bot_id": app.bot_id,
            "hash": self.hash,
            "state": {"values": self.values},
            "root_view_id": self.root_id or self.id,
            "previous_view_id": self.previous_id,
        }


class State:
    """Everything that a workspace remembers."""

    def __init__(self, seed: Seed) -> None:
        self.seed, self.app = seed, seed.app
        bot = SeedUser(seed.app.bot_user_id, seed.app.name.lower(), seed.app.name)
        self.users: dict[str, SeedUser] = {user.id: user for user in (*seed.users, bot)}
        self.groups: dict[str, SeedGroup] = {group.id: group for group in seed.groups}
        self.channels: dict[str, Channel] = {
            each.id: Channel(each.id, each.name, each.kind, set(each.members), each.topic, each.shared)
            for each in seed.channels
        }
        self.views: dict[str, View] = {}
        self.modals: dict[str, list[str]] = {}
        """The stack of open modals by person."""
        self.homes: dict[str, View] = {}
        self.triggers: dict[str, float] = {}
        """When each unused trigger was made."""
        self.files: dict[str, Json] = {}
        self.file_bytes: dict[str, bytes] = {}
        self.statuses: dict[tuple[str, str], Json] = {}
        """Assistant status, title and prompts by channel and thread."""
        self._ids = itertools.count(1)
        self._last_ts = 0

    def new_ts(self) -> str:
        """A ts above every earlier one."""
        self._last_ts = max(time.time_ns() // 1000, self._last_ts + 1)
        return f"{self._last_ts // 1_000_000}.{self._last_ts % 1_000_000:06d}"

    def new_id(self, prefix: str) -> str:
        """An id such as V000001."""
        return f"{prefix}{next(self._ids):08X}"

    def team_of(self, user_id: str) -> str:
        """The organisation of a person."""
        user = self.users.get(user_id)
        return (user.team_id if user else "") or self.seed.team_id

    def channel(self, channel_id: str) -> Channel:
        """The channel with this id."""
        if channel_id not in self.channels:
            raise SlackError("channel_not_found")
        return self.channels[channel_id]

    def im(self, user_id: str) -> Channel:
        """The direct messages of a person with the app, opened when they are not yet."""
        if user_id not in self.users:
            raise SlackError("user_not_found")
        channel_id = f"D{user_id[1:]}"
        if channel_id not in self.channels:
            members = {user_id, self.app.bot_user_id}
            self.channels[channel_id] = Channel(channel_id, "", "im", members)
        return self.channels[channel_id]

    def new_trigger(self) -> str:
        """A trigger that opens one modal within three seconds."""
        trigger = self.new_id("trigger.")
        self.triggers[trigger] = time.monotonic()
        return trigger

    def visible_to(self, user_id: str) -> Iterable[Channel]:
        """The channels that a person is in."""
        return (channel for channel in self.channels.values() if user_id in channel.members)

    def user_json(self, user: SeedUser) -> Json:
        """A person as `users.info` shows them."""
        is_bot = user.id == self.app.bot_user_id
        return {
            "id": user.id,
            "team_id": self.team_of(user.id),
            "name": user.name,
            "real_name": user.real_name,
            "deleted": False,
            "is_bot": is_bot,
            "is_stranger": self.team_of(user.id) != self.seed.team_id,
            "is_app_user": False,
            "locale": user.locale,
            "tz": "Europe/Berlin",
            "profile": {
                "real_name": user.real_name,
                "display_name": user.real_name,
                "title": user.title,
                "image_72": "",
                "team": self.team_of(user.id),
            },
        }

    def channel_json(self, channel: Channel) -> Json:
        """A channel as `conversations.info` shows it."""
        if channel.kind == "im":
            person = next((each for each in channel.members if each != self.app.bot_user_id), "")
            return {"id": channel.id, "is_im": True, "user": person, "is_archived": False}
        return {
            "id": channel.id,
            "name": channel.name,
            "is_channel": channel.kind == "channel",
            "is_group": channel.kind == "private",
            "is_im": False,
            "is_private": channel.kind == "private",
            "is_archived": channel.archived,
            "is_member": self.app.bot_user_id in channel.members,
            "is_ext_shared": channel.shared,
            "topic": {"value": channel.topic},
            "purpose": {"value": ""},
            "num_members": len(channel.members),
        }
