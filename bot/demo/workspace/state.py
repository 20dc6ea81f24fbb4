"""The nouns of a workspace, in memory."""

import itertools
import secrets
import time
import uuid
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from bot.demo.workspace.channel import Channel, Json
from bot.demo.workspace.errors import SlackError
from bot.demo.workspace.seed import Seed, SeedApp, SeedGroup, SeedUser

__all__ = ["Channel", "Json", "State", "Trigger", "View"]


OLD_TRIGGER = 600
"""After how many seconds a trigger is forgotten: until then Slack says why it does not work."""


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
            "title": None,
            "submit": None,
            "close": None,
            "private_metadata": "",
            "callback_id": "",
            "external_id": "",
            "clear_on_close": False,
            "notify_on_close": False,
            "blocks": [],
            **self.content,
            "id": self.id,
            "team_id": team_id,
            "app_id": app.id,
            "app_installed_team_id": team_id,
            "bot_id": app.bot_id,
            "hash": self.hash,
            "state": {"values": self.values},
            "root_view_id": self.root_id or self.id,
            "previous_view_id": self.previous_id,
        }


@dataclass
class Trigger:
    """What lets the app open a modal for a person, once and soon."""

    user_id: str
    made: float
    used: bool = False


class State:
    """Everything that a workspace remembers."""

    def __init__(self, seed: Seed) -> None:
        self.seed, self.app = seed, seed.app
        bot = SeedUser(seed.app.bot_user_id, seed.app.name.lower(), seed.app.name)
        self.users: dict[str, SeedUser] = {user.id: user for user in (*seed.users, bot)}
        self.groups: dict[str, SeedGroup] = {group.id: group for group in seed.groups}
        self.channels: dict[str, Channel] = {
            each.id: Channel(
                each.id,
                each.name,
                each.kind,
                set(each.members),
                each.topic,
                each.shared,
                created=int(time.time()),
                creator=each.members[0] if each.members else "",
            )
            for each in seed.channels
        }
        self.views: dict[str, View] = {}
        self.modals: dict[str, list[str]] = {}
        """The stack of open modals by person."""
        self.homes: dict[str, View] = {}
        self.triggers: dict[str, Trigger] = {}
        self.files: dict[str, Json] = {}
        self.file_bytes: dict[str, bytes] = {}
        self.statuses: dict[tuple[str, str], Json] = {}
        """Assistant status, title and prompts by channel and thread."""
        self.streams: dict[tuple[str, str], float] = {}
        """Until when a message streams, by channel and ts."""
        self._ids = itertools.count(1)
        self._last_ts = 0

    def new_ts(self) -> str:
        """A ts above every earlier one."""
        self._last_ts = max(time.time_ns() // 1000, self._last_ts + 1)
        return f"{self._last_ts // 1_000_000}.{self._last_ts % 1_000_000:06d}"

    def new_id(self, prefix: str) -> str:
        """An id such as V0000000A."""
        return f"{prefix}{next(self._ids):08X}"

    def new_short_id(self) -> str:
        """An id such as Slack gives to blocks and elements that have none."""
        return f"g{next(self._ids):x}"

    def new_client_id(self) -> str:
        """The id that a person's own Slack gives to a message."""
        return str(uuid.UUID(int=next(self._ids), version=4))

    def team_of(self, user_id: str) -> str:
        """The organisation of a person."""
        user = self.users.get(user_id)
        return (user.team_id if user else "") or self.seed.team_id

    def channel(self, channel_id: str) -> Channel:
        """The channel with this id."""
        if channel_id not in self.channels:
            raise SlackError("channel_not_found")
        return self.channels[channel_id]

    def channel_of(self, user_id: str, channel_id: str) -> Channel:
        """A channel that a person is in."""
        if user_id not in self.users:
            raise SlackError("user_not_found")
        channel = self.channel(channel_id)
        if user_id not in channel.members:
            raise SlackError("not_in_channel")
        return channel

    def im(self, user_id: str) -> Channel:
        """The direct messages of a person with the app, opened when they are not yet."""
        if user_id not in self.users:
            raise SlackError("user_not_found")
        channel_id = f"D{user_id[1:]}"
        if channel_id not in self.channels:
            members = {user_id, self.app.bot_user_id}
            self.channels[channel_id] = Channel(channel_id, "", "im", members)
        return self.channels[channel_id]

    def new_trigger(self, user_id: str) -> str:
        """A trigger that opens one modal for a person, soon; those long past are forgotten."""
        now = time.monotonic()
        trigger = f"{next(self._ids)}.{int(now * 1000)}.{secrets.token_hex(16)}"
        for known in list(
            itertools.takewhile(lambda each: now - self.triggers[each].made > OLD_TRIGGER, self.triggers)
        ):
            del self.triggers[known]
        self.triggers[trigger] = Trigger(user_id, now)
        return trigger

    def visible_to(self, user_id: str) -> Iterable[Channel]:
        """The channels that a person is in."""
        return (channel for channel in self.channels.values() if user_id in channel.members)

    def user_json(self, user: SeedUser) -> Json:
        """A person as `users.info` shows them."""
        team = self.team_of(user.id)
        first, _, last = user.real_name.partition(" ")
        return {
            "id": user.id,
            "team_id": team,
            "name": user.name,
            "real_name": user.real_name,
            "display_name": user.real_name,
            "deleted": user.deleted,
            "color": f"{zlib.crc32(user.id.encode()) & 0xFFFFFF:06x}",
            "is_bot": user.id == self.app.bot_user_id,
            "is_app_user": False,
            "is_stranger": team != self.seed.team_id,
            "is_admin": False,
            "is_owner": False,
            "is_restricted": False,
            "is_ultra_restricted": False,
            "updated": 0,
            "locale": user.locale,
            "tz": user.tz,
            "image": "",
            "profile": {
                "real_name": user.real_name,
                "real_name_normalized": user.real_name,
                "display_name": user.real_name,
                "display_name_normalized": user.real_name,
                "first_name": first,
                "last_name": last,
                "title": user.title,
                "email": user.email,
                "image_48": "",
                "image_72": "",
                "team": team,
            },
        }

    def channel_json(self, channel: Channel) -> Json:
        """A channel as `conversations.info` shows it."""
        shown: Json = {
            "id": channel.id,
            "created": channel.created,
            "is_channel": channel.kind == "channel",
            "is_group": channel.kind == "private",
            "is_im": channel.kind == "im",
            "is_mpim": False,
            "is_private": channel.kind != "channel",
            "is_archived": channel.archived,
            "is_shared": channel.shared,
            "is_ext_shared": channel.shared,
            "is_org_shared": False,
            "context_team_id": self.seed.team_id,
        }
        if channel.kind == "im":
            person = next((each for each in channel.members if each != self.app.bot_user_id), "")
            return shown | {"user": person, "is_user_deleted": False, "is_open": True}
        return shown | {
            "name": channel.name,
            "name_normalized": channel.name,
            "creator": channel.creator,
            "is_general": False,
            "is_member": self.app.bot_user_id in channel.members,
            "topic": {"value": channel.topic, "creator": "", "last_set": 0},
            "purpose": {"value": "", "creator": "", "last_set": 0},
            "previous_names": [],
            "num_members": len(channel.members),
        }
