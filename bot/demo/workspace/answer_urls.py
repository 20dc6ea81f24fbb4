"""response_url: five answers within half an hour to whoever pressed or commanded."""

import itertools
import time
from dataclasses import dataclass

from bot.demo.workspace import blocks
from bot.demo.workspace.channel import Channel, Json
from bot.demo.workspace.errors import SlackError
from bot.demo.workspace.messages import Messages, check_text

USES = 5
SECONDS = 1800
FLAGS = ("replace_original", "delete_original", "response_type")


@dataclass
class AnswerUrl:
    """To whom an answer goes, and which message it may replace."""

    user: str
    channel: str
    ts: str | None
    thread_ts: str | None
    until: float
    left: int = USES


class AnswerUrls:
    """The addresses that the app was given."""

    def __init__(self, messages: Messages) -> None:
        self._messages, self._state = messages, messages.state
        self._known: dict[str, AnswerUrl] = {}

    def new(self, user: str, channel: Channel, message: Json | None) -> str:
        """The key of a new address."""
        key, now = self._state.new_client_id(), time.monotonic()
        for old in list(itertools.takewhile(lambda each: self._known[each].until < now, self._known)):
            del self._known[old]
        ts, thread = (message["ts"], message.get("thread_ts")) if message else (None, None)
        self._known[key] = AnswerUrl(user, channel.id, ts, thread, now + SECONDS)
        return key

    def answer(self, key: str, body: Json) -> None:
        """Carry out what the app sent to an address.

        Raises:
            SlackError: `expired_url`, `used_url`, or what is wrong with the message.
        """
        known = self._known.get(key)
        if known is None or time.monotonic() > known.until:
            raise SlackError("expired_url")
        if known.left <= 0:
            raise SlackError("used_url")
        known.left -= 1
        channel = self._state.channel(known.channel)
        content = {name: value for name, value in body.items() if name not in FLAGS}
        if body.get("delete_original"):
            self._delete(channel, known)
            return
        self._check(content)
        if body.get("replace_original") and known.ts:
            self._replace(channel, known, content)
        else:
            self._post(channel, known, content, in_channel=body.get("response_type") == "in_channel")

    def say(self, user: str, channel: Channel, thread: str | None, answer: Json) -> None:
        """Show what the app answered to a command at once."""
        content = {name: value for name, value in answer.items() if name not in FLAGS}
        self._check(content)
        place = AnswerUrl(user, channel.id, None, thread, 0.0)
        self._post(channel, place, content, in_channel=answer.get("response_type") == "in_channel")

    def _check(self, content: Json) -> None:
        check_text(content.get("text"), content.get("blocks") or content.get("attachments"))
        if content.get("blocks"):
            blocks.check(content["blocks"], most=blocks.IN_MESSAGES)
            content["blocks"] = blocks.with_ids(content["blocks"], self._state.new_short_id)

    def _delete(self, channel: Channel, known: AnswerUrl) -> None:
        if known.ts in channel.messages:
            self._messages.delete(channel, known.ts)
        elif known.ts:
            self._messages.drop_ephemeral(channel, known.ts)

    def _replace(self, channel: Channel, known: AnswerUrl, content: Json) -> None:
        if known.ts in channel.messages:
            self._messages.edit(channel, known.ts, {"blocks": [], **content}, by=self._state.app.bot_user_id)
            return
        self._messages.drop_ephemeral(channel, str(known.ts))
        self._post(channel, known, content, in_channel=False)

    def _post(self, channel: Channel, known: AnswerUrl, content: Json, *, in_channel: bool) -> None:
        app = self._state.app
        message: Json = {"user": app.bot_user_id, "bot_id": app.bot_id, "app_id": app.id, "text": "", **content}
        if known.thread_ts:
            message.setdefault("thread_ts", known.thread_ts)
        if in_channel:
            self._messages.post(channel, message)
        else:
            self._messages.ephemeral(channel, known.user, message)
