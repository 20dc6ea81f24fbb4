"""reactions."""

import re

from bot.demo.workspace.channel import Json
from bot.demo.workspace.errors import SlackError
from bot.demo.workspace.web_api import TIER_2, Call, method

_NAME = re.compile(r"[a-z0-9_+'-]+(?:::skin-tone-[2-6])?")


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
    if not _NAME.fullmatch(name):
        raise SlackError("invalid_name")
    ts = call.needed("timestamp", "no_item_specified")
    channel = call.open_channel()
    call.people.messages.react(channel, ts, name, call.state.app.bot_user_id, remove=remove)


@method("reactions.get", "reactions:read")
def get(call: Call) -> Json:
    """The reactions to a message."""
    ts, channel = call.needed("timestamp", "no_item_specified"), call.joined_channel()
    return {"type": "message", "channel": channel.id, "message": channel.message(ts)}
