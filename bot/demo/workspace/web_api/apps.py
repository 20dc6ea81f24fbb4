"""auth, api, apps, bots and team."""

from bot.demo.workspace.errors import SlackError
from bot.demo.workspace.state import Json
from bot.demo.workspace.web_api import TIER_1, Call, method


@method("api.test", a_minute=0)
def test(call: Call) -> Json:
    """Say that the API is there."""
    return {"args": {key: value for key, value in call.arguments.items() if key != "token"}}


@method("auth.test", a_minute=0)
def who(call: Call) -> Json:
    """Tell whose token it is."""
    state = call.state
    return {
        "url": f"{call.people.base_url}",
        "team": state.seed.team_name,
        "user": state.app.name.lower(),
        "team_id": state.seed.team_id,
        "user_id": state.app.bot_user_id,
        "bot_id": state.app.bot_id,
        "app_id": state.app.id,
        "is_enterprise_install": False,
    }


@method("apps.connections.open", a_minute=TIER_1 * 60)
def connect(call: Call) -> Json:
    """Give a WebSocket address that works once."""
    if call.token != call.state.app.app_token:
        raise SlackError("not_allowed_token_type")
    address = call.people.base_url.replace("http://", "ws://", 1)
    return {"url": f"{address}link/?ticket={call.people.delivery.new_ticket()}&app_id={call.state.app.id}"}


@method("bots.info", "users:read")
def bot(call: Call) -> Json:
    """Describe the bot."""
    app = call.state.app
    return {"bot": {"id": app.bot_id, "app_id": app.id, "name": app.name, "user_id": app.bot_user_id, "deleted": False}}


@method("team.info", "team:read")
def team(call: Call) -> Json:
    """Describe the workspace."""
    seed = call.state.seed
    return {"team": {"id": seed.team_id, "name": seed.team_name, "domain": seed.domain}}
