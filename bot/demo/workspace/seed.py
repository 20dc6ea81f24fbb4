"""What a local workspace starts with: its team, people, channels, user groups and app."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any


@dataclass(frozen=True)
class SeedUser:
    """A person. `team_id` names another organisation for people who come through a shared channel."""

    id: str
    name: str
    real_name: str
    team_id: str = ""
    title: str = ""
    locale: str = "en-US"
    email: str = ""
    tz: str = "Europe/Berlin"
    deleted: bool = False


@dataclass(frozen=True)
class SeedChannel:
    """A channel; `kind` is `channel` or `private`, `shared` makes it one with another organisation."""

    id: str
    name: str
    members: tuple[str, ...]
    kind: str = "channel"
    topic: str = ""
    shared: bool = False


@dataclass(frozen=True)
class SeedGroup:
    """A user group."""

    id: str
    handle: str
    name: str
    members: tuple[str, ...]


@dataclass(frozen=True)
class SeedApp:
    """The app under test: its tokens, what it may do and what it hears. An empty tuple of scopes or events: all."""

    id: str = "A0BATON00"
    name: str = "Baton"
    bot_user_id: str = "U0BATON00"
    bot_id: str = "B0BATON00"
    bot_token: str = "xoxb-local-bot"  # noqa: S105 - the local workspace has no secrets
    app_token: str = "xapp-local-app"  # noqa: S105
    signing_secret: str = "local-signing-secret"  # noqa: S105
    scopes: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    commands: tuple[str, ...] = ()
    shortcuts: tuple[tuple[str, str, str], ...] = ()
    """Each (callback id, name, `message` or `global`)."""
    events_url: str = ""
    """Where events go over HTTP; empty for Socket Mode."""
    interactivity_url: str = ""
    commands_url: str = ""

    def with_manifest(self, manifest: Mapping[str, Any]) -> "SeedApp":
        """The app as its manifest describes it: name, scopes, events, commands, shortcuts and addresses."""
        features, settings = _part(manifest, "features"), _part(manifest, "settings")
        subscriptions, interactivity = _part(settings, "event_subscriptions"), _part(settings, "interactivity")
        commands: list[Mapping[str, Any]] = features.get("slash_commands") or []
        shortcuts: list[Mapping[str, Any]] = features.get("shortcuts") or []
        return replace(
            self,
            name=_part(manifest, "display_information").get("name") or self.name,
            scopes=_words(_part(_part(manifest, "oauth_config"), "scopes").get("bot")),
            events=_words(subscriptions.get("bot_events")),
            commands=_words(each["command"] for each in commands),
            shortcuts=tuple((str(each["callback_id"]), str(each["name"]), str(each["type"])) for each in shortcuts),
            events_url=str(subscriptions.get("request_url") or ""),
            interactivity_url=str(interactivity.get("request_url") or ""),
            commands_url=next((str(each["url"]) for each in commands if each.get("url")), ""),
        )


def _part(manifest: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    return manifest.get(name) or {}


def _words(found: Iterable[Any] | None) -> tuple[str, ...]:
    return tuple(str(each) for each in found or ())


@dataclass(frozen=True)
class Seed:
    """A whole workspace."""

    team_id: str = "T0LOCAL00"
    team_name: str = "Local"
    domain: str = "local"
    users: tuple[SeedUser, ...] = ()
    channels: tuple[SeedChannel, ...] = ()
    groups: tuple[SeedGroup, ...] = ()
    app: SeedApp = field(default_factory=SeedApp)
    ack_seconds: float = 3.0
    """How long an acknowledgement may take before the event is sent again."""
    retry_waits: tuple[float, ...] = (0.0, 1.0, 5.0)
    """Seconds before each further delivery of an event. Slack waits 0, 60 and 300; nobody should on loopback."""
    trigger_seconds: float = 3.0
    """How long a trigger opens a modal."""
    share_seconds: float = 0.02
    """How long a finished upload takes until its message appears."""
    stream_seconds: float = 300.0
    """After how long a streamed message ends by itself."""
    rate_limits: bool = False
    """Whether methods answer 429 by their tier."""
