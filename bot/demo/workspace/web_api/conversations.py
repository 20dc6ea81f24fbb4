"""conversations: channels, their members and what was said in them."""

from typing import TypeVar

from bot.demo.workspace.errors import SlackError
from bot.demo.workspace.state import Json
from bot.demo.workspace.web_api import TIER_2, TIER_4, Call, method

READ = ("channels:read", "groups:read", "im:read", "mpim:read")
HISTORY = ("channels:history", "groups:history", "im:history", "mpim:history")


@method("conversations.list", *READ, a_minute=TIER_2)
def listed(call: Call) -> Json:
    """The channels that the bot can see."""
    kinds = {"public_channel": "channel", "private_channel": "private", "im": "im"}
    wanted = {kinds.get(kind.strip(), "") for kind in call.text("types", "public_channel").split(",")}
    state = call.state
    found = [
        state.channel_json(channel)
        for channel in state.channels.values()
        if channel.kind in wanted and (channel.kind == "channel" or state.app.bot_user_id in channel.members)
        if not (channel.archived and call.flag("exclude_archived"))
    ]
    page, cursor = _page(found, call, 100)
    return {"channels": page, "response_metadata": {"next_cursor": cursor}}


@method("conversations.info", *READ)
def info(call: Call) -> Json:
    """One channel."""
    channel = call.channel()
    if channel.kind == "private" and call.state.app.bot_user_id not in channel.members:
        raise SlackError("channel_not_found")
    return {"channel": call.state.channel_json(channel)}


@method("conversations.members", *READ, a_minute=TIER_4)
def members(call: Call) -> Json:
    """Who is in a channel."""
    page, cursor = _page(sorted(call.joined_channel().members), call, 100)
    return {"members": page, "response_metadata": {"next_cursor": cursor}}


@method("conversations.history", *HISTORY)
def history(call: Call) -> Json:
    """What was said outside threads, newest first."""
    channel = call.joined_channel()
    return _messages(call, list(reversed(call.people.messages.history(channel))))


@method("conversations.replies", *HISTORY)
def replies(call: Call) -> Json:
    """A thread, oldest first."""
    channel, root = call.joined_channel(), call.needed("ts", "thread_not_found")
    root = channel.messages.get(root, {}).get("thread_ts", root)
    found = channel.thread(root)
    if not found:
        raise SlackError("thread_not_found")
    return _messages(call, found)


def _messages(call: Call, found: list[Json]) -> Json:
    oldest, latest = call.text("oldest") or "0", call.text("latest")
    inclusive = call.flag("inclusive")

    def inside(ts: str) -> bool:
        after = float(ts) >= float(oldest) if inclusive else float(ts) > float(oldest)
        before = not latest or (float(ts) <= float(latest) if inclusive else float(ts) < float(latest))
        return after and before

    root = found[0]["ts"] if found and found[0].get("thread_ts") == found[0]["ts"] else None
    wanted = [each for each in found if inside(each["ts"]) or each["ts"] == root]
    page, cursor = _page(wanted, call, 100)
    if not call.flag("include_all_metadata"):
        page = [{key: value for key, value in each.items() if key != "metadata"} for each in page]
    return {"messages": page, "has_more": bool(cursor), "response_metadata": {"next_cursor": cursor}}


@method("conversations.open", "im:write", "mpim:write", "channels:manage")
def opened(call: Call) -> Json:
    """Open the direct messages with a person."""
    users = call.needed("users", "users_list_not_supplied")
    channel = call.state.im(users.split(",")[0])
    return {"channel": {"id": channel.id}, "already_open": True, "no_op": True}


@method("conversations.join", "channels:join")
def join(call: Call) -> Json:
    """Join a public channel."""
    channel = call.channel()
    if channel.kind != "channel":
        raise SlackError("method_not_supported_for_channel_type")
    channel.members.add(call.state.app.bot_user_id)
    return {"channel": call.state.channel_json(channel)}


Item = TypeVar("Item")


def _page(items: list[Item], call: Call, default: int) -> tuple[list[Item], str]:
    try:
        start = int(call.text("cursor") or 0)
    except ValueError:
        raise SlackError("invalid_cursor") from None
    end = start + min(call.number("limit", default) or default, 1000)
    return items[start:end], str(end) if end < len(items) else ""
