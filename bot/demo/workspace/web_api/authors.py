"""Under whose name a message of the app appears."""

from bot.demo.workspace.channel import Json
from bot.demo.workspace.web_api import Call


def as_bot(call: Call) -> Json:
    """The author of a message of the app: its bot user, or the name and picture that the call gives.

    As in Slack, a message under a given name is a `bot_message` and has no user.
    """
    app, team = call.state.app, call.state.seed.team_id
    message: Json = {"type": "message", "bot_id": app.bot_id, "app_id": app.id}
    if call.text("username") or call.text("icon_url") or call.text("icon_emoji"):
        call.need("chat:write.customize")
        message |= {"subtype": "bot_message", "username": call.text("username") or app.name, "icons": _icons(call)}
        return message | {name: call.text(name) for name in ("icon_url", "icon_emoji") if call.text(name)}
    icons = {f"image_{size}": "" for size in (36, 48, 72)}
    profile = {"id": app.bot_id, "app_id": app.id, "name": app.name, "icons": icons, "deleted": False}
    return message | {"user": app.bot_user_id, "team": team, "bot_profile": {**profile, "team_id": team, "updated": 0}}


def _icons(call: Call) -> Json:
    if call.text("icon_emoji"):
        return {"emoji": call.text("icon_emoji")}
    if call.text("icon_url"):
        return {f"image_{size}": call.text("icon_url") for size in (36, 48, 72)}
    return {}
