"""The Web API: every method by its name. A module a family, as Slack's documentation lists them."""

import json
from collections import defaultdict, deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from time import monotonic
from typing import Any

from bot.demo.workspace.errors import RateLimited, SlackError
from bot.demo.workspace.people import People
from bot.demo.workspace.state import Channel, Json, State


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
            raise SlackError(error, response_metadata={"messages": [f"[ERROR] missing required field: {name}"]})
        return value

    def number(self, name: str, default: int) -> int:
        """An argument as a whole number."""
        try:
            return int(self.text(name) or default)
        except ValueError:
            raise SlackError("invalid_arguments") from None

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
            raise SlackError("invalid_arguments") from None

    def channel(self, name: str = "channel") -> Channel:
        """The channel that an argument names; a user id means the direct messages with them."""
        value = self.needed(name, "channel_not_found")
        return self.people.state.im(value) if value.startswith("U") else self.people.state.channel(value)

    def joined_channel(self) -> Channel:
        """The channel of an argument, in which the bot must be."""
        channel = self.channel()
        if self.people.state.app.bot_user_id not in channel.members:
            raise SlackError("not_in_channel" if channel.kind == "channel" else "channel_not_found")
        if channel.archived:
            raise SlackError("is_archived")
        return channel


Method = Callable[[Call], Json]


@dataclass(frozen=True)
class Known:
    """A method with the scopes that allow it (any of them) and its tier: calls a minute, 0 for none."""

    run: Method
    scopes: tuple[str, ...]
    a_minute: int


METHODS: dict[str, Known] = {}
TIER_1, TIER_2, TIER_3, TIER_4, SPECIAL = 1, 20, 50, 100, 60


def method(name: str, *scopes: str, a_minute: int = TIER_3) -> Callable[[Method], Method]:
    """Register a method."""

    def register(run: Method) -> Method:
        METHODS[name] = Known(run, scopes, a_minute)
        return run

    return register


class RateLimits:
    """Counts calls by method (posts by channel too) over the last minute."""

    def __init__(self) -> None:
        self._calls: dict[tuple[str, str], deque[float]] = defaultdict(deque)

    def check(self, name: str, call: Call, a_minute: int) -> None:
        """Count a call, unless there were too many."""
        if not a_minute:
            return
        key = (name, call.text("channel") if name == "chat.postMessage" else "")
        calls, now = self._calls[key], monotonic()
        while calls and now - calls[0] > 60:  # noqa: PLR2004 - a minute
            calls.popleft()
        if len(calls) >= a_minute:
            raise RateLimited(max(1, round(60 - (now - calls[0]))))
        calls.append(now)


FAMILIES = ("apps", "assistant", "chat", "conversations", "files", "reactions", "users", "views")


def load() -> dict[str, Known]:
    """All methods; the modules register theirs when they are imported."""
    for family in FAMILIES:
        import_module(f"{__name__}.{family}")
    return METHODS
