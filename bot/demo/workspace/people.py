"""What a person does in Slack's app: reads, writes, joins, opens App Home. Presses are in `interactivity`."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

from bot.demo.workspace.channel import Channel, Json
from bot.demo.workspace.errors import SlackError
from bot.demo.workspace.files import Files
from bot.demo.workspace.interactivity import Interactivity
from bot.demo.workspace.messages import Messages, check_text
from bot.demo.workspace.modals import Modals
from bot.demo.workspace.seed import SeedUser
from bot.demo.workspace.typed import as_slack_text

GOODBYE: Json = {"type": "goodbye"}
"""The last change that anybody hears of."""


class People:
    """The people's side of a workspace. Every act names who acts."""

    def __init__(self, messages: Messages, modals: Modals, base_url: str = "") -> None:
        self.messages, self.modals = messages, modals
        self.state, self.delivery = messages.state, messages.delivery
        self.interactivity = Interactivity(messages, modals, base_url)
        self.files = Files(messages, base_url)
        self.base_url = base_url

    def serve_at(self, base_url: str) -> None:
        """Say where the workspace is, for the addresses that it gives out."""
        self.base_url = self.interactivity.base_url = self.files.base_url = base_url

    # Reading

    def channels(self, user: str) -> list[Json]:
        """The channels that a person sees, with how much is unread."""
        return [
            {
                "id": channel.id,
                "name": channel.name or self.state.app.name,
                "kind": channel.kind,
                "topic": channel.topic,
                "shared": channel.shared,
                "member_ids": sorted(channel.members),
                "unread": channel.unread(user),
                "last_read": channel.read.get(user, "0"),
            }
            for channel in self.state.visible_to(user)
        ]

    def history(self, user: str, channel: str, thread: str | None = None) -> list[Json]:
        """What a person reads in a channel or a thread, oldest first."""
        return self.messages.history(self.state.channel_of(user, channel), viewer=user, thread=thread)

    def read(self, user: str, channel: str, ts: str) -> None:
        """A person has read a channel up to `ts`."""
        place = self.state.channel_of(user, channel)
        place.read[user] = max(ts, place.read.get(user, "0"))
        self.messages.tell_user(user, {"type": "unread", "channel": channel})

    @asynccontextmanager
    async def watching(self, user: str) -> AsyncGenerator[asyncio.Queue[Json]]:
        """A queue of what changes for a person."""
        queue: asyncio.Queue[Json] = asyncio.Queue()
        self.messages.watchers.setdefault(user, []).append(queue)
        try:
            yield queue
        finally:
            self.messages.watchers[user].remove(queue)

    def end_watching(self) -> None:
        """Tell all who watch that the workspace closes."""
        self.messages.tell_all(GOODBYE)

    # Writing

    async def post(
        self, user: str, channel: str, text: str, thread_ts: str | None = None, file_ids: list[str] | None = None
    ) -> Json:
        """Write a message."""
        place = self.state.channel_of(user, channel)
        if place.archived:
            raise SlackError("is_archived")
        files = [self.files.file(each) for each in file_ids or []]
        if not files:
            check_text(text, None)
        if thread_ts and thread_ts not in place.messages and thread_ts not in place.replies:
            raise SlackError("thread_not_found")
        message: Json = {"user": user, "text": self._typed(text), "client_msg_id": self.state.new_client_id()}
        message |= self._team(user)
        if thread_ts:
            message["thread_ts"] = thread_ts
        if files:
            return self.files.share(place, {**message, "subtype": "file_share"}, files)
        return self.messages.post(place, message)

    def upload(self, user: str, name: str, content: bytes) -> Json:
        """Upload a file; it is shared by posting its id."""
        return self.files.add(user, name, content)

    def edit(self, user: str, channel: str, ts: str, text: str) -> Json:
        """Change one's own message."""
        check_text(text, None)
        return self.messages.edit(self._own(user, channel, ts), ts, {"text": self._typed(text)}, by=user)

    def delete(self, user: str, channel: str, ts: str) -> None:
        """Delete one's own message."""
        self.messages.delete(self._own(user, channel, ts), ts)

    def react(self, user: str, channel: str, ts: str, name: str, *, remove: bool = False) -> None:
        """Add or remove a reaction."""
        self.messages.react(self.state.channel_of(user, channel), ts, name, user, remove=remove)

    # Coming and going

    def join(self, user: str, channel: str) -> None:
        """Join a public channel."""
        place = self.state.channel(channel)
        if place.kind != "channel":
            raise SlackError("method_not_supported_for_channel_type")
        self.add_member(place, user)

    def add_member(self, channel: Channel, user: str, *, inviter: str = "") -> None:
        """Make somebody a member of a channel, unless they are."""
        if user not in self.state.users:
            raise SlackError("user_not_found")
        if user in channel.members:
            return
        channel.members.add(user)
        self._membership("member_joined_channel", channel, user, {"inviter": inviter} if inviter else {})
        self.messages.announce(channel, "channel_join", user, "has joined the channel")

    def leave(self, user: str, channel: str) -> None:
        """Leave a channel."""
        self.remove_member(self.state.channel_of(user, channel), user)

    def remove_member(self, channel: Channel, user: str) -> None:
        """Take somebody out of a channel."""
        self.messages.announce(channel, "channel_leave", user, "has left the channel")
        self._membership("member_left_channel", channel, user, {})
        channel.members.discard(user)
        self.messages.tell_user(user, {"type": "people"})

    def _membership(self, kind: str, channel: Channel, user: str, more: Json) -> None:
        self.messages.tell(channel, {"type": "people"})
        if self.messages.hears(channel):
            event: Json = {"type": kind, "user": user, "channel": channel.id, "team": self.state.team_of(user)}
            event["channel_type"] = "C" if channel.kind == "channel" else "G"
            event["event_ts"] = self.state.new_ts()
            self.delivery.event(event | more, channel=channel)

    def join_team(self, user: SeedUser) -> None:
        """A new person comes to the workspace."""
        if user.id in self.state.users:
            raise SlackError("already_in_team")
        self.state.users[user.id] = user
        self._team_event("team_join", user)

    def change_profile(self, user: str, **changes: Any) -> None:
        """Change what is known of a person: `name`, `real_name`, `title`, `locale`, `email`, `tz`."""
        if user not in self.state.users:
            raise SlackError("user_not_found")
        self.state.users[user] = replace(self.state.users[user], **changes)
        self._team_event("user_change", self.state.users[user])

    def _team_event(self, kind: str, user: SeedUser) -> None:
        self.messages.tell_all({"type": "people"})
        self.delivery.event({"type": kind, "user": self.state.user_json(user), "event_ts": self.state.new_ts()})

    # App Home and the assistant pane

    def open_home(self, user: str, tab: str = "home") -> None:
        """Open App Home (`tab` is `home`) or the messages beside it (`messages`)."""
        event: Json = {"type": "app_home_opened", "user": user, "channel": self.state.im(user).id, "tab": tab}
        if tab == "home" and (home := self.state.homes.get(user)):
            event["view"] = self.modals.shown(home)
        self.delivery.event({**event, "event_ts": self.state.new_ts()})

    def open_assistant(self, user: str, looking_at: str = "") -> Json:
        """Open the assistant pane: a fresh thread in the direct messages with the app.

        Args:
            user: who opens it.
            looking_at: the channel that the person has open beside it.
        """
        channel, app = self.state.im(user), self.state.app
        author = {"user": app.bot_user_id, "bot_id": app.bot_id, "app_id": app.id}
        root = self.messages.post(
            channel, {**author, "subtype": "assistant_app_thread", "text": "New Assistant Thread"}
        )
        return self._assistant_event("assistant_thread_started", user, root["ts"], looking_at)

    def change_assistant_context(self, user: str, thread_ts: str, looking_at: str) -> Json:
        """Look at another channel while the assistant pane is open."""
        self.state.im(user).message(thread_ts)
        return self._assistant_event("assistant_thread_context_changed", user, thread_ts, looking_at)

    def _assistant_event(self, kind: str, user: str, thread_ts: str, looking_at: str) -> Json:
        place = {"channel_id": looking_at, "team_id": self.state.seed.team_id, "enterprise_id": None}
        thread: Json = {"user_id": user, "context": place if looking_at else {}}
        thread |= {"channel_id": self.state.im(user).id, "thread_ts": thread_ts}
        self.delivery.event({"type": kind, "assistant_thread": thread, "event_ts": self.state.new_ts()})
        return thread

    def _typed(self, text: str) -> str:
        if "@" not in text:
            return as_slack_text(text, {})
        return as_slack_text(text, {user.name: user.id for user in self.state.users.values()})

    def _team(self, user: str) -> Json:
        team = self.state.team_of(user)
        stranger = {"user_team": team, "source_team": team} if team != self.state.seed.team_id else {}
        return {"team": team, **stranger}

    def _own(self, user: str, channel: str, ts: str) -> Channel:
        place = self.state.channel_of(user, channel)
        if place.message(ts).get("user") != user:
            raise SlackError("cant_update_message")
        return place
