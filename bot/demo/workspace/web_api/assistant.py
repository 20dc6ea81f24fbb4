"""assistant.threads: what the assistant pane shows."""

from bot.demo.workspace.state import Json
from bot.demo.workspace.web_api import TIER_3, Call, method


def _set(call: Call, **shown: object) -> Json:
    channel, thread = call.needed("channel_id", "channel_not_found"), call.needed("thread_ts", "thread_not_found")
    place = call.state.channel(channel)
    call.state.statuses.setdefault((channel, thread), {}).update(shown)
    change = {"type": "status", "thread_ts": thread, **call.state.statuses[(channel, thread)]}
    call.people.messages.tell(place, change)
    return {}


@method("assistant.threads.setStatus", "chat:write", "assistant:write", a_minute=TIER_3)
def status(call: Call) -> Json:
    """Say what the assistant is doing; empty when it is done."""
    return _set(call, status=call.text("status"))


@method("assistant.threads.setTitle", "assistant:write")
def title(call: Call) -> Json:
    """Name the thread."""
    return _set(call, title=call.text("title"))


@method("assistant.threads.setSuggestedPrompts", "assistant:write")
def prompts(call: Call) -> Json:
    """Offer questions."""
    return _set(call, prompts=call.json("prompts") or [])
