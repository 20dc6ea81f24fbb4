"""auth, api, apps, bots and team."""

from bot.demo.workspace.channel import Json
from bot.demo.workspace.errors import SlackError
from bot.demo.workspace.web_api import TIER_3, UNLIMITED, Call, method


@method("api.test", a_minute=UNLIMITED)
def test(call: Call) -> Json:
    """Say that the API is there."""
    if call.text("error"):
        raise SlackError(call.text("error"), args=dict(call.arguments))
    return {"args": {key: value for key, value in call.arguments.items() if key != "token"}}


@method("auth.test", a_minute=UNLIMITED)
def who(call: Call) -> Json:
    """Tell whose token it is."""
    state = call.state
    return {
        "url": call.people.base_url,
        "team": state.seed.team_name,
        "user": state.users[state.app.bot_user_id].name,
        "team_id": state.seed.team_id,
        "user_id": state.app.bot_user_id,
        "bot_id": state.app.bot_id,
        "is_enterprise_install": False,
    }


@method("apps.connections.open", a_minute=UNLIMITED)
def connect(call: Call) -> Json:
    """Give a WebSocket address that works once."""
    if call.token != call.state.app.app_token:
        raise SlackError("not_allowed_token_type")
    address = call.people.base_url.replace("http://", "ws://", 1)
    return {"url": f"{address}link/?ticket={call.people.delivery.sockets.new_ticket()}&app_id={call.state.app.id}"}


@method("bots.info", "users:read", a_minute=TIER_3)
def bot(call: Call) -> Json:
    """Describe the bot."""
    app = call.state.app
    if call.text("bot", app.bot_id) != app.bot_id:
        raise SlackError("bot_not_found")
    icons = {f"image_{size}": "" for size in (36, 48, 72)}
    shown = {"id": app.bot_id, "app_id": app.id, "name": app.name, "user_id": app.bot_user_id}
    return {"bot": {**shown, "deleted": False, "updated": 0, "icons": icons}}


@method("team.info", "team:read", a_minute=TIER_3)
def team(call: Call) -> Json:
    """Describe the workspace."""
    seed = call.state.seed
    shown = {"id": seed.team_id, "name": seed.team_name, "domain": seed.domain, "email_domain": ""}
    return {"team": {**shown, "url": call.people.base_url, "icon": {"image_default": True}}}
