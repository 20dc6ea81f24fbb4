"""views: modals and App Home."""

from typing import Any

from bot.demo.workspace.errors import SlackError
from bot.demo.workspace.state import Json, View
from bot.demo.workspace.web_api import TIER_4, Call, method


def _view(call: Call) -> dict[str, Any]:
    view = call.json("view")
    if not isinstance(view, dict):
        raise SlackError("invalid_arguments")
    return view


def _shown(call: Call, view: View) -> Json:
    return {"view": view.as_json(call.state.app, call.state.seed.team_id)}


def _presser(call: Call) -> str:
    trigger = call.text("trigger_id") or call.text("interactivity_pointer")
    call.people.modals.use_trigger(trigger)
    return call.people.trigger_users.pop(trigger, "")


@method("views.open", a_minute=TIER_4)
def opened(call: Call) -> Json:
    """Open a modal for the person of the trigger."""
    return _shown(call, call.people.modals.open(_presser(call), _view(call)))


@method("views.push", a_minute=TIER_4)
def pushed(call: Call) -> Json:
    """Open a modal on top of the open one."""
    return _shown(call, call.people.modals.push(_presser(call), _view(call)))


@method("views.update", a_minute=TIER_4)
def updated(call: Call) -> Json:
    """Change a view."""
    return _shown(call, call.people.modals.update(call.text("view_id"), _view(call), call.text("hash") or None))


@method("views.publish", a_minute=TIER_4)
def published(call: Call) -> Json:
    """Set somebody's App Home."""
    return _shown(call, call.people.modals.publish(call.text("user_id"), _view(call), call.text("hash") or None))
