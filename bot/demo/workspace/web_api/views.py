"""views: modals and App Home."""

from bot.demo.workspace.channel import Json
from bot.demo.workspace.errors import SlackError
from bot.demo.workspace.state import View
from bot.demo.workspace.web_api import TIER_4, Call, method


def _view(call: Call) -> Json:
    view = call.json("view")
    if not isinstance(view, dict):
        raise SlackError.with_messages("invalid_arguments", "missing required field: view")
    return view


def _shown(call: Call, view: View) -> Json:
    return {"view": call.people.modals.shown(view)}


def _presser(call: Call) -> str:
    return call.people.modals.use_trigger(call.text("trigger_id") or call.text("interactivity_pointer"))


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
    where = (call.text("hash") or None, call.text("external_id"))
    return _shown(call, call.people.modals.update(call.text("view_id"), _view(call), *where))


@method("views.publish", a_minute=TIER_4)
def published(call: Call) -> Json:
    """Set somebody's App Home."""
    user = call.needed("user_id")
    return _shown(call, call.people.modals.publish(user, _view(call), call.text("hash") or None))
