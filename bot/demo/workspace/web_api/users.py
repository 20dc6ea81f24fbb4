"""users and usergroups."""

from bot.demo.workspace.channel import Json
from bot.demo.workspace.errors import SlackError
from bot.demo.workspace.seed import SeedGroup
from bot.demo.workspace.web_api import TIER_2, TIER_3, TIER_4, Call, method, page


def _shown(call: Call, user_id: str) -> Json:
    shown = call.state.user_json(call.state.users[user_id])
    if not call.may("users:read.email"):
        shown["profile"].pop("email")
    return shown


@method("users.info", "users:read", a_minute=TIER_4)
def info(call: Call) -> Json:
    """One person."""
    return {"user": _shown(call, call.person())}


@method("users.list", "users:read", a_minute=TIER_2)
def listed(call: Call) -> Json:
    """Everybody."""
    users, metadata = page(list(call.state.users), call, 1000)
    return {"members": [_shown(call, user) for user in users], "cache_ts": 0, "response_metadata": metadata}


@method("users.lookupByEmail", "users:read.email", a_minute=TIER_3)
def by_email(call: Call) -> Json:
    """The person with this address."""
    email = call.needed("email", "users_not_found")
    found = next((user.id for user in call.state.users.values() if user.email == email), None)
    if found is None:
        raise SlackError("users_not_found")
    return {"user": _shown(call, found)}


@method("users.profile.get", "users.profile:read", a_minute=TIER_4)
def profile(call: Call) -> Json:
    """A person's profile."""
    user = call.person() if call.text("user") else call.state.app.bot_user_id
    return {"profile": _shown(call, user)["profile"]}


@method("usergroups.list", "usergroups:read", a_minute=TIER_2)
def groups(call: Call) -> Json:
    """The user groups."""
    shown = [_group(group, call.state.seed.team_id) for group in call.state.groups.values()]
    if call.flag("include_users"):
        shown = [each | {"users": list(call.state.groups[each["id"]].members)} for each in shown]
    return {"usergroups": shown}


def _group(group: SeedGroup, team_id: str) -> Json:
    return {
        "id": group.id,
        "team_id": team_id,
        "is_usergroup": True,
        "is_external": False,
        "name": group.name,
        "description": "",
        "handle": group.handle,
        "user_count": len(group.members),
        "date_delete": 0,
    }


@method("usergroups.users.list", "usergroups:read", a_minute=TIER_2)
def members(call: Call) -> Json:
    """Who is in a user group."""
    group = call.state.groups.get(call.text("usergroup"))
    if group is None:
        raise SlackError("no_such_subteam")
    return {"users": list(group.members)}
