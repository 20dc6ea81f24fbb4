"""assistant.threads: what the assistant pane shows."""

from bot.demo.workspace.channel import Json
from bot.demo.workspace.errors import SlackError
from bot.demo.workspace.web_api import Call, method

MOST_PROMPTS = 4


MOST_LOADING = 10


def _set(call: Call, **shown: object) -> Json:
    channel, thread = call.channel("channel_id"), call.text("thread_ts")
    if not call.people.messages.hears(channel):
        raise SlackError("not_in_channel")
    if thread and thread not in channel.messages:
        raise SlackError.with_messages("invalid_thread_ts", f"{thread} is not a valid thread_ts")
    place = (channel.id, thread)
    call.state.statuses.setdefault(place, {}).update(shown)
    call.people.messages.tell(channel, {"type": "status", "thread_ts": thread, **call.state.statuses[place]})
    return {}


@method("assistant.threads.setStatus", "chat:write", "assistant:write")
def status(call: Call) -> Json:
    """Say what the assistant is doing, until it posts; empty when it is done."""
    call.needed("thread_ts")
    loading = call.json("loading_messages") or []
    if not isinstance(loading, list) or len(loading) > MOST_LOADING:
        raise SlackError.with_messages("invalid_arguments", f"at most {MOST_LOADING} loading messages")
    return _set(call, status=call.text("status"))


@method("assistant.threads.setTitle", "assistant:write")
def title(call: Call) -> Json:
    """Name the thread."""
    call.needed("thread_ts")
    return _set(call, title=call.needed("title"))


@method("assistant.threads.setSuggestedPrompts", "assistant:write")
def prompts(call: Call) -> Json:
    """Offer questions: in a chat of the older pane, or, without a thread, in the newer one."""
    offered = call.json("prompts")
    if not isinstance(offered, list) or not 0 < len(offered) <= MOST_PROMPTS:
        raise SlackError.with_messages("invalid_arguments", f"between 1 and {MOST_PROMPTS} prompts")
    return _set(call, prompts=offered, prompts_title=call.text("title"))
