"""users and usergroups."""

from bot.demo.workspace.errors import SlackError
from bot.demo.workspace.seed import SeedGroup
from bot.demo.workspace.state import Json
from bot.demo.workspace.web_api import TIER_2, TIER_4, Call, method


@method("users.info", "users:read", a_minute=TIER_4)
def info(call: Call) -> Json:
    """One person."""
    user = call.state.users.get(call.text("user"))
    if user is None:
        raise SlackError("user_not_found")
    return {"user": call.state.user_json(user)}


@method("users.list", "users:read", a_minute=TIER_2)
def listed(call: Call) -> Json:
    """Everybody."""
    members = [call.state.user_json(user) for user in call.state.users.values()]
    return {"members": members, "cache_ts": 0, "response_metadata": {"next_cursor": ""}}


@method("users.conversations", "channels:read", "groups:read", "im:read")
def conversations(call: Call) -> Json:
    """The channels that somebody is in."""
    user = call.text("user") or call.state.app.bot_user_id
    found = [call.state.channel_json(channel) for channel in call.state.visible_to(user)]
    return {"channels": found, "response_metadata": {"next_cursor": ""}}


@method("users.profile.get", "users.profile:read", a_minute=TIER_4)
def profile(call: Call) -> Json:
    """A person's profile."""
    user = call.state.users.get(call.text("user") or call.state.app.bot_user_id)
    if user is None:
        raise SlackError("user_not_found")
    return {"profile": call.state.user_json(user)["profile"]}


def _group(group: SeedGroup, team_id: str) -> Json:
    return {
        "id": group.id,
        "team_id": team_id,
        "is_usergroup": True,
        "name": group.name,
        "handle": group.handle,
        "user_count": len(group.members),
        "date_delete": 0,
    }


@method("usergroups.list", "usergroups:read", a_minute=TIER_2)
def groups(call: Call) -> Json:
    """The user groups."""
    return {"usergroups": [_group(group, call.state.seed.team_id) for group in call.state.groups.values()]}


@method("usergroups.users.list", "usergroups:read", a_minute=TIER_2)
def members(call: Call) -> Json:
    """Who is in a user group."""
    group = call.state.groups.get(call.text("usergroup"))
    if group is None:
        raise SlackError("no_such_subteam")
    return {"users": list(group.members)}
