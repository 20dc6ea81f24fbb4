"""conversations.history and conversations.replies: what was said."""

from bot.demo.workspace.channel import Channel, Json, between, normal_ts
from bot.demo.workspace.errors import SlackError
from bot.demo.workspace.web_api import MOST_A_PAGE, Call, cursor_of, cursor_value, method

HISTORY = ("channels:history", "groups:history", "im:history", "mpim:history")


@method("conversations.history", *HISTORY)
def history(call: Call) -> Json:
    """What was said outside threads, newest first."""
    channel = _readable(call)
    found = _between(call, channel.roots)
    if start := cursor_value(call, "next_ts"):
        found = between(found, "", start, inclusive=True)
    limit = _limit(call, 100)
    wanted, rest = found[-limit:], found[:-limit]
    return _answer(call, channel, wanted[::-1], rest[-1] if rest else "")


@method("conversations.replies", *HISTORY)
def replies(call: Call) -> Json:
    """A thread, oldest first; the message that began it always comes first."""
    channel, asked = _readable(call), call.needed("ts", "thread_not_found")
    root = channel.root_of(asked)
    if root not in channel.messages and root not in channel.replies:
        raise SlackError("thread_not_found")
    found = _between(call, channel.replies.get(root, []))
    if start := cursor_value(call, "next_ts"):
        found = between(found, start, "", inclusive=True)
    limit = _limit(call, MOST_A_PAGE)
    head = [root] if root in channel.messages and not start else []
    wanted, rest = found[: max(0, limit - len(head))], found[max(0, limit - len(head)) :]
    return _answer(call, channel, head + wanted, rest[0] if rest else "")


def _readable(call: Call) -> Channel:
    if call.text("channel").startswith("U"):
        raise SlackError("channel_not_found")  # a post may name a person in place of their messages; a reader may not
    channel = call.joined_channel()
    call.need_for(channel, "history")
    return channel


def _between(call: Call, found: list[str]) -> list[str]:
    oldest, latest = (normal_ts(call.text(name)) if call.text(name) else "" for name in ("oldest", "latest"))
    return between(found, oldest, latest, inclusive=call.flag("inclusive"))


def _limit(call: Call, default: int) -> int:
    limit = call.number("limit", default)
    if limit <= 0:
        raise SlackError("invalid_limit")
    return min(limit, MOST_A_PAGE)


def _answer(call: Call, channel: Channel, wanted: list[str], following: str) -> Json:
    messages = [channel.messages[ts] for ts in wanted]
    if not call.flag("include_all_metadata"):
        messages = [{key: value for key, value in each.items() if key != "metadata"} for each in messages]
    cursor = cursor_of("next_ts", following) if following else ""
    return {"messages": messages, "has_more": bool(following), "response_metadata": {"next_cursor": cursor}}
