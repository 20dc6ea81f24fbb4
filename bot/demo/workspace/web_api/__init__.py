"""The Web API: every method by its name. A module a family, as Slack's documentation lists them."""

import base64
import binascii
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any, TypeVar

from bot.demo.workspace.channel import Channel, Json
from bot.demo.workspace.errors import SlackError
from bot.demo.workspace.people import People
from bot.demo.workspace.rate_limits import POSTING, TIER_1, TIER_2, TIER_3, TIER_4, UNLIMITED
from bot.demo.workspace.state import State

__all__ = [
    "POSTING",
    "TIER_1",
    "TIER_2",
    "TIER_3",
    "TIER_4",
    "UNLIMITED",
    "Call",
    "Known",
    "cursor_of",
    "cursor_value",
    "load",
    "method",
    "page",
]

KINDS = {"channel": "channels", "private": "groups", "im": "im"}
"""What the scopes call each kind of channel."""
MOST_A_PAGE = 1000


@dataclass(frozen=True)
class Call:
    """One call of a method."""

    people: People
    arguments: Mapping[str, Any]
    token: str

    @property
    def state(self) -> State:
        """The workspace's state."""
        return self.people.state

    def text(self, name: str, default: str = "") -> str:
        """An argument as text."""
        value = self.arguments.get(name)
        return default if value is None else str(value)

    def needed(self, name: str, error: str = "invalid_arguments") -> str:
        """An argument that must be there."""
        value = self.text(name)
        if not value:
            raise SlackError.with_messages(error, f"missing required field: {name}")
        return value

    def number(self, name: str, default: int) -> int:
        """An argument as a whole number."""
        try:
            return int(self.text(name) or default)
        except ValueError:
            raise SlackError.with_messages("invalid_arguments", f"must be an integer: {name}") from None

    def flag(self, name: str) -> bool:
        """An argument as yes or no."""
        return self.text(name).lower() in ("true", "1")

    def json(self, name: str) -> Any:
        """An argument that is JSON, in a form field or in a JSON body."""
        value = self.arguments.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value) if value else None
        except ValueError:
            raise SlackError.with_messages("invalid_arguments", f"must be JSON: {name}") from None

    def channel(self, name: str = "channel") -> Channel:
        """The channel that an argument names by its id, by `#name`, or as a person: the direct messages with them.

        A private channel that the bot is not in does not exist for it.
        """
        value = self.needed(name, "channel_not_found")
        if value.startswith("U"):
            if value not in self.state.users:
                raise SlackError("channel_not_found")
            return self.state.im(value)
        channel = self.state.channels.get(value) or self._named(value.removeprefix("#"))
        if channel is None or (channel.kind != "channel" and not self.people.messages.hears(channel)):
            raise SlackError("channel_not_found")
        return channel

    def joined_channel(self) -> Channel:
        """The channel of an argument, in which the bot must be."""
        channel = self.channel()
        if not self.people.messages.hears(channel):
            raise SlackError("not_in_channel")
        return channel

    def open_channel(self) -> Channel:
        """The channel of an argument, in which the bot must be and which must not be archived."""
        channel = self.joined_channel()
        if channel.archived:
            raise SlackError("is_archived")
        return channel

    def person(self, name: str = "user") -> str:
        """The id of the person that an argument names."""
        user = self.text(name)
        if user not in self.state.users:
            raise SlackError("user_not_found")
        return user

    def may(self, scope: str) -> bool:
        """Whether the app has a scope; an app that lists none has all."""
        scopes = self.state.app.scopes
        return not scopes or scope in scopes

    def need(self, *scopes: str) -> None:
        """Refuse the call unless the app has one of the scopes."""
        if not any(self.may(scope) for scope in scopes):
            provided = ",".join(self.state.app.scopes)
            raise SlackError("missing_scope", needed=scopes[0], provided=provided)

    def need_for(self, channel: Channel, act: str) -> None:
        """Refuse the call unless the app has the scope for this kind of channel, such as `groups:history`."""
        self.need(f"{KINDS[channel.kind]}:{act}")

    def _named(self, name: str) -> Channel | None:
        return next((each for each in self.state.channels.values() if name and each.name == name), None)


Method = Callable[[Call], Json]


@dataclass(frozen=True)
class Known:
    """A method with the scopes that allow it (any of them) and its tier."""

    run: Method
    scopes: tuple[str, ...]
    a_minute: int


METHODS: dict[str, Known] = {}


def method(name: str, *scopes: str, a_minute: int = TIER_3) -> Callable[[Method], Method]:
    """Register a method."""

    def register(run: Method) -> Method:
        METHODS[name] = Known(run, scopes, a_minute)
        return run

    return register


Item = TypeVar("Item")


def page(items: list[Item], call: Call, default: int = 100) -> tuple[list[Item], Json]:
    """A page of a list, and the `response_metadata` with the cursor of the next one."""
    start = cursor_value(call, "offset")
    end = int(start or 0) + min(call.number("limit", default) or default, MOST_A_PAGE)
    cursor = cursor_of("offset", end) if end < len(items) else ""
    return items[int(start or 0) : end], {"next_cursor": cursor}


def cursor_of(kind: str, value: object) -> str:
    """A cursor, opaque as Slack's are."""
    return base64.b64encode(f"{kind}:{value}".encode()).decode()


def cursor_value(call: Call, kind: str) -> str:
    """What the cursor of a call says; empty without one."""
    cursor = call.text("cursor")
    if not cursor:
        return ""
    try:
        found, _, value = base64.b64decode(cursor, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        raise SlackError("invalid_cursor") from None
    if found != kind or not value.replace(".", "", 1).isdigit():
        raise SlackError("invalid_cursor")
    return value


FAMILIES = ("apps", "assistant", "chat", "conversations", "files", "history", "reactions", "streams", "users", "views")


def load() -> dict[str, Known]:
    """All methods; the modules register theirs when they are imported."""
    for family in FAMILIES:
        import_module(f"{__name__}.{family}")
    return METHODS
