"""reactions."""

from bot.demo.workspace.state import Json
from bot.demo.workspace.web_api import TIER_2, Call, method


@method("reactions.add", "reactions:write")
def add(call: Call) -> Json:
    """React to a message."""
    _react(call, remove=False)
    return {}


@method("reactions.remove", "reactions:write", a_minute=TIER_2)
def remove(call: Call) -> Json:
    """Take a reaction back."""
    _react(call, remove=True)
    return {}


def _react(call: Call, *, remove: bool) -> None:
    name = call.needed("name", "invalid_name").strip(":")
    channel, ts = call.joined_channel(), call.needed("timestamp", "no_item_specified")
    call.people.messages.react(channel, ts, name, call.state.app.bot_user_id, remove=remove)


@method("reactions.get", "reactions:read")
def get(call: Call) -> Json:
    """The reactions to a message."""
    channel = call.joined_channel()
    message = channel.message(call.needed("timestamp", "no_item_specified"))
    return {"type": "message", "channel": channel.id, "message": message}
