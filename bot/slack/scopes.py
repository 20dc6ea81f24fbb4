"""Which Slack permissions the bot's methods and events need, as each one's page at docs.slack.dev/reference says.

`baton doctor` holds the installed app against this; a test holds it against the code and the manifests.
"""

from collections.abc import Iterable

METHODS: dict[str, tuple[str, ...]] = {
    "apps.connections.open": (),  # the app-level token's connections:write
    "assistant.threads.setStatus": ("chat:write",),
    "assistant.threads.setSuggestedPrompts": ("assistant:write",),
    "assistant.threads.setTitle": ("assistant:write",),
    "auth.test": (),
    "chat.appendStream": ("chat:write",),
    "chat.postEphemeral": ("chat:write",),
    "chat.postMessage": ("chat:write", "chat:write.customize"),  # customize: an agent's own name and picture
    "chat.startStream": ("chat:write",),
    "chat.stopStream": ("chat:write",),
    "chat.update": ("chat:write",),
    "conversations.history": ("channels:history", "groups:history", "im:history"),
    "conversations.info": ("channels:read", "groups:read"),
    "conversations.list": ("channels:read", "groups:read"),
    "conversations.open": ("im:write",),
    "conversations.replies": ("channels:history", "groups:history", "im:history"),
    "files.completeUploadExternal": ("files:write",),
    "files.getUploadURLExternal": ("files:write",),
    "reactions.add": ("reactions:write",),
    "reactions.remove": ("reactions:write",),
    "usergroups.list": ("usergroups:read",),
    "usergroups.users.list": ("usergroups:read",),
    "users.conversations": ("channels:read", "groups:read"),
    "users.info": ("users:read",),
    "views.open": (),
    "views.publish": (),
    "views.push": (),
    "views.update": (),
}
"""Methods that the bot calls, with every scope that one of its uses needs."""

EVENTS: dict[str, tuple[str, ...]] = {
    "app_home_opened": (),
    "app_mention": ("app_mentions:read",),
    "member_left_channel": ("channels:read", "groups:read"),
    "message.channels": ("channels:history",),
    "message.groups": ("groups:history",),
    "message.im": ("im:history",),
}
"""Events that the bot hears, as they are subscribed to."""

OF_THE_OLDER_PANE: dict[str, tuple[str, ...]] = {
    "assistant_thread_context_changed": ("assistant:write",),
    "assistant_thread_started": ("assistant:write",),
}
"""Events that only an app with `assistant_view` in its manifest hears; a new app has `agent_view` and needs none."""

OPTIONAL = frozenset({"assistant:write"})
"""What Baton can do without: then the assistant pane suggests no questions, and its chats have no titles."""

COMMANDS = ("commands",)
"""What a slash command needs."""


PICTURES = ("files:read",)
"""What reading the pictures of customers needs, for a model that sees."""


def needed() -> frozenset[str]:
    """Every scope that the bot token must have."""
    return frozenset(_all(METHODS.values())) | frozenset(_all(EVENTS.values())) | {*COMMANDS, *PICTURES}


def _all(groups: Iterable[tuple[str, ...]]) -> Iterable[str]:
    return (scope for group in groups for scope in group)
