"""What a local workspace starts with: its team, people, channels, user groups and app."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class SeedUser:
    """A person. `team_id` names another organisation for people who come through a shared channel."""

    id: str
    name: str
    real_name: str
    team_id: str = ""
    title: str = ""
    locale: str = "en-US"


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
    rate_limits: bool = False
    """Whether methods answer 429 by their tier."""
