"""What a person does in Slack's app: writes, presses, submits, opens App Home."""

import asyncio
import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from bot.demo.workspace.errors import SlackError
from bot.demo.workspace.messages import Messages, check_text
from bot.demo.workspace.modals import Modals
from bot.demo.workspace.state import Channel, Json

ANSWER_URL_USES = 5
ANSWER_URL_SECONDS = 1800


class People:
    """The people's side of a workspace. Every act names who acts."""

    def __init__(self, messages: Messages, modals: Modals, base_url: str = "") -> None:
        self.messages, self.modals, self.base_url = messages, modals, base_url
        self.state, self.delivery = messages.state, messages.delivery
        self.answer_urls: dict[str, Json] = {}
        self.trigger_users: dict[str, str] = {}

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
        return self.messages.history(self._member(user, channel), viewer=user, thread=thread)

    def read(self, user: str, channel: str, ts: str) -> None:
        """A person has read a channel up to `ts`."""
        place = self._member(user, channel)
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

    # Writing

    async def post(
        self, user: str, channel: str, text: str, thread_ts: str | None = None, file_ids: list[str] | None = None
    ) -> Json:
        """Write a message."""
        place = self._member(user, channel)
        files = [self.state.files[each] for each in file_ids or []]
        if not files:
            check_text(text, None)
        team = self.state.team_of(user)
        message: Json = {"user": user, "text": text, "team": team, "client_msg_id": self.state.new_id("client-")}
        if thread_ts:
            message["thread_ts"] = thread_ts
        if team != self.state.seed.team_id:
            message |= {"user_team": team, "source_team": team}
        if files:
            message |= {"subtype": "file_share", "files": files}
        return self.messages.post(place, message)

    def upload(self, user: str, name: str, content_type: str, content: bytes) -> Json:
        """Upload a file; it is shared by posting its id."""
        return self.add_file(user, name, content_type, content)

    def add_file(self, user: str, name: str, content_type: str, content: bytes, title: str = "") -> Json:
        """Keep a file's bytes and return it as Slack shows it."""
        file_id = self.state.new_id("F")
        url = f"{self.base_url}files/{file_id}/{name}"
        self.state.file_bytes[file_id] = content
        self.state.files[file_id] = {
            "id": file_id,
            "name": name,
            "title": title or name,
            "mimetype": content_type,
            "filetype": name.rsplit(".", 1)[-1],
            "size": len(content),
            "user": user,
            "created": int(time.time()),
            "url_private": url,
            "url_private_download": url,
            "permalink": url,
            "shares": {},
        }
        return self.state.files[file_id]

    def edit(self, user: str, channel: str, ts: str, text: str) -> Json:
        """Change one's own message."""
        place = self._own(user, channel, ts)
        return self.messages.edit(place, ts, {"text": text}, by=user)

    def delete(self, user: str, channel: str, ts: str) -> None:
        """Delete one's own message."""
        self.messages.delete(self._own(user, channel, ts), ts)

    def react(self, user: str, channel: str, ts: str, name: str, *, remove: bool = False) -> None:
        """Add or remove a reaction."""
        self.messages.react(self._member(user, channel), ts, name, user, remove=remove)

    def join(self, user: str, channel: str) -> None:
        """Join a channel."""
        place = self.state.channel(channel)
        place.members.add(user)
        self._membership("member_joined_channel", place, user)

    def leave(self, user: str, channel: str) -> None:
        """Leave a channel."""
        place = self._member(user, channel)
        self._membership("member_left_channel", place, user)
        place.members.discard(user)

    def _membership(self, kind: str, channel: Channel, user: str) -> None:
        self.messages.tell(channel, {"type": "people"})
        if self.state.app.bot_user_id in channel.members:
            event = {"type": kind, "user": user, "channel": channel.id, "channel_type": "C"}
            team = {"team": self.state.team_of(user), "event_ts": self.state.new_ts()}
            self.delivery.event(event | team)

    # Pressing

    async def press(self, user: str, container: Json, block_id: str, action: Json) -> Json:
        """Press a button or choose in a menu; tells whether the app acknowledged."""
        view = self.modals.of_user(user, container["view_id"]) if "view_id" in container else None
        payload: Json = {
            **self._who(user),
            "type": "block_actions",
            "trigger_id": self._trigger(user),
            "actions": [{**action, "block_id": block_id, "action_ts": self.state.new_ts()}],
        }
        if view:
            if action.get("type") != "button":
                view.values.setdefault(block_id, {})[action["action_id"]] = action
            shown = view.as_json(self.state.app, self.state.seed.team_id)
            payload |= {"view": shown, "container": {"type": "view", "view_id": view.id}}
        else:
            payload |= self._message_part(user, container)
        return await self._acknowledged(payload)

    def _message_part(self, user: str, container: Json) -> Json:
        channel = self._member(user, container["channel"])
        ephemeral = next((each for each in channel.ephemeral if each["ts"] == container["ts"]), None)
        message = ephemeral or channel.message(container["ts"])
        where: Json = {
            "type": "message",
            "message_ts": message["ts"],
            "channel_id": channel.id,
            "is_ephemeral": ephemeral is not None,
        }
        if message.get("thread_ts"):
            where["thread_ts"] = message["thread_ts"]
        return {
            "container": where,
            "channel": {"id": channel.id, "name": channel.name or "directmessage"},
            "message": message,
            "response_url": self._answer_url(user, channel, message),
            "state": {"values": {}},
        }

    def _answer_url(self, user: str, channel: Channel, message: Json | None) -> str:
        key = self.state.new_id("answer-")
        self.answer_urls[key] = {
            "user": user,
            "channel": channel.id,
            "ts": message["ts"] if message else None,
            "thread_ts": message.get("thread_ts") if message else None,
            "left": ANSWER_URL_USES,
            "until": time.monotonic() + ANSWER_URL_SECONDS,
        }
        return f"{self.base_url}answers/{key}"

    async def submit(self, user: str, view_id: str, values: Json) -> Json:
        """Submit a modal: what the app answers decides whether it closes."""
        view = self.modals.of_user(user, view_id)
        view.values = values
        shown = view.as_json(self.state.app, self.state.seed.team_id)
        payload = {**self._who(user), "type": "view_submission", "view": shown, "response_urls": []}
        payload["trigger_id"] = self._trigger(user)
        answer = await self.delivery.interaction(payload)
        return self.modals.answered(user, view, answer or {})

    async def close(self, user: str, view_id: str) -> None:
        """Close a modal without submitting it."""
        view = self.modals.of_user(user, view_id)
        self.modals.drop(user, view)
        if view.content.get("notify_on_close"):
            shown = view.as_json(self.state.app, self.state.seed.team_id)
            await self._acknowledged({**self._who(user), "type": "view_closed", "view": shown, "is_cleared": False})

    async def suggest(self, user: str, container: Json, block_id: str, action_id: str, value: str) -> Json:
        """Ask the app for the options of an external menu."""
        payload = {**self._who(user), "type": "block_suggestion", "block_id": block_id, "action_id": action_id}
        return await self.delivery.interaction(payload | {"value": value, "container": container}) or {}

    async def command(self, user: str, channel: str, text: str, thread_ts: str | None = None) -> Json:
        """Give a slash command."""
        place = self._member(user, channel)
        name, _, words = text.partition(" ")
        payload = {
            "token": "local",
            "team_id": self.state.seed.team_id,
            "team_domain": self.state.seed.domain,
            "channel_id": place.id,
            "channel_name": place.name or "directmessage",
            "user_id": user,
            "user_name": self.state.users[user].name,
            "command": name,
            "text": words,
            "api_app_id": self.state.app.id,
            "is_enterprise_install": "false",
            "response_url": self._answer_url(user, place, None),
            "trigger_id": self._trigger(user),
        }
        try:
            answer = await self.delivery.command(payload)
        except TimeoutError:
            return {"acked": False, "error": "operation_timeout"}
        if answer and (answer.get("text") or answer.get("blocks")):
            message = {"user": self.state.app.bot_user_id, "bot_id": self.state.app.bot_id, **answer}
            if thread_ts:
                message["thread_ts"] = thread_ts
            if message.pop("response_type", "ephemeral") == "in_channel":
                self.messages.post(place, message)
            else:
                self.messages.ephemeral(place, user, message)
        return {"acked": True, "response": answer}

    async def shortcut(self, user: str, callback_id: str, channel: str | None = None, ts: str | None = None) -> Json:
        """Use a global shortcut, or one on a message."""
        payload: Json = {**self._who(user), "callback_id": callback_id, "trigger_id": self._trigger(user)}
        payload["action_ts"] = self.state.new_ts()
        if channel and ts:
            place = self._member(user, channel)
            message = place.message(ts)
            payload |= {
                "type": "message_action",
                "message_ts": ts,
                "message": message,
                "channel": {"id": place.id, "name": place.name},
                "response_url": self._answer_url(user, place, message),
            }
        else:
            payload["type"] = "shortcut"
        return await self._acknowledged(payload)

    # App Home and the assistant pane

    def open_home(self, user: str) -> None:
        """Open App Home."""
        home = self.state.homes.get(user)
        event: Json = {
            "type": "app_home_opened",
            "user": user,
            "channel": self.state.im(user).id,
            "tab": "home",
            "event_ts": self.state.new_ts(),
        }
        if home:
            event["view"] = home.as_json(self.state.app, self.state.seed.team_id)
        self.delivery.event(event)

    def open_assistant(self, user: str) -> Json:
        """Open the assistant pane: a fresh thread in the direct messages with the app."""
        channel = self.state.im(user)
        root = self.messages.post(
            channel, {"user": self.state.app.bot_user_id, "bot_id": self.state.app.bot_id, "text": "New conversation"}
        )
        thread = {"user_id": user, "context": {}, "channel_id": channel.id, "thread_ts": root["ts"]}
        self.delivery.event(
            {"type": "assistant_thread_started", "assistant_thread": thread, "event_ts": self.state.new_ts()}
        )
        return thread

    # Shared

    def _trigger(self, user: str) -> str:
        trigger = self.state.new_trigger()
        self.trigger_users[trigger] = user
        return trigger

    def _who(self, user: str) -> Json:
        team = self.state.seed.team_id
        return {
            "team": {"id": team, "domain": self.state.seed.domain},
            "user": {
                "id": user,
                "username": self.state.users[user].name,
                "name": self.state.users[user].name,
                "team_id": self.state.team_of(user),
            },
            "api_app_id": self.state.app.id,
            "token": "local",
            "is_enterprise_install": False,
            "enterprise": None,
        }

    async def _acknowledged(self, payload: Json) -> Json:
        try:
            await self.delivery.interaction(payload)
        except TimeoutError:
            return {"acked": False, "error": "operation_timeout"}
        return {"acked": True}

    def _member(self, user: str, channel: str) -> Channel:
        if user not in self.state.users:
            raise SlackError("user_not_found")
        place = self.state.channel(channel)
        if user not in place.members:
            raise SlackError("not_in_channel")
        return place

    def _own(self, user: str, channel: str, ts: str) -> Channel:
        place = self._member(user, channel)
        if place.message(ts).get("user") != user:
            raise SlackError("cant_update_message")
        return place
