"""chat: messages that the app writes."""

from typing import Any

from bot.demo.workspace import blocks
from bot.demo.workspace.errors import SlackError
from bot.demo.workspace.messages import check_text
from bot.demo.workspace.state import Channel, Json
from bot.demo.workspace.web_api import SPECIAL, TIER_4, Call, method

MOST_METADATA = 16_000


def _content(call: Call) -> Json:
    text, found = call.arguments.get("text"), call.json("blocks")
    attachments = call.json("attachments")
    check_text(text, found or attachments)
    if found:
        blocks.check(found, most=blocks.IN_MESSAGES)
    content: Json = {"text": text or ""}
    if found:
        content["blocks"] = [{"block_id": f"b{index}", **block} for index, block in enumerate(found)]
    if attachments:
        content["attachments"] = attachments
    return content


def _as_bot(call: Call) -> Json:
    app = call.state.app
    message: Json = {"user": app.bot_user_id, "bot_id": app.bot_id, "app_id": app.id, "team": call.state.seed.team_id}
    message["bot_profile"] = {"id": app.bot_id, "app_id": app.id, "name": app.name}
    for name in ("username", "icon_url", "icon_emoji", "client_msg_id"):
        if call.text(name):
            message[name] = call.text(name)
    return message


def _metadata(call: Call) -> Json:
    metadata = call.json("metadata")
    if not metadata:
        return {}
    if not isinstance(metadata, dict) or "event_type" not in metadata or "event_payload" not in metadata:
        raise SlackError("invalid_metadata_format")
    if len(str(metadata)) > MOST_METADATA:
        raise SlackError("metadata_too_large")
    return {"metadata": metadata}


@method("chat.postMessage", "chat:write", a_minute=SPECIAL)
def post(call: Call) -> Json:
    """Post a message."""
    channel = call.joined_channel()
    if (call.text("username") or call.text("icon_url")) and not _may_customise(call):
        raise SlackError("missing_scope", needed="chat:write.customize", provided=",".join(call.state.app.scopes))
    message = _as_bot(call) | _content(call) | _metadata(call) | _thread(call, channel)
    posted = call.people.messages.post(channel, message)
    return {"channel": channel.id, "ts": posted["ts"], "message": posted}


def _may_customise(call: Call) -> bool:
    scopes = call.state.app.scopes
    return not scopes or "chat:write.customize" in scopes


def _thread(call: Call, channel: Channel) -> Json:
    thread = call.text("thread_ts")
    if not thread:
        return {}
    if thread not in channel.messages and thread not in channel.replies:
        raise SlackError("thread_not_found")
    broadcast = {"subtype": "thread_broadcast"} if call.flag("reply_broadcast") else {}
    return {"thread_ts": thread, **broadcast}


@method("chat.postEphemeral", "chat:write", a_minute=TIER_4)
def post_ephemeral(call: Call) -> Json:
    """Show a message to one person."""
    channel, user = call.joined_channel(), call.needed("user", "user_not_found")
    if user not in call.state.users:
        raise SlackError("user_not_found")
    if user not in channel.members:
        raise SlackError("user_not_in_channel")
    message = _as_bot(call) | _content(call)
    if call.text("thread_ts"):
        message["thread_ts"] = call.text("thread_ts")
    return {"message_ts": call.people.messages.ephemeral(channel, user, message)["ts"]}


@method("chat.update", "chat:write")
def update(call: Call) -> Json:
    """Change one of the app's own messages."""
    channel, ts = call.joined_channel(), call.needed("ts", "message_not_found")
    _own(call, channel, ts)
    changes: dict[str, Any] = {"blocks": [], **_content(call), **_metadata(call)}
    message = call.people.messages.edit(channel, ts, changes, by=call.state.app.bot_user_id)
    return {"channel": channel.id, "ts": ts, "text": message["text"], "message": message}


@method("chat.delete", "chat:write")
def delete(call: Call) -> Json:
    """Delete one of the app's own messages."""
    channel, ts = call.joined_channel(), call.needed("ts", "message_not_found")
    _own(call, channel, ts)
    call.people.messages.delete(channel, ts)
    return {"channel": channel.id, "ts": ts}


def _own(call: Call, channel: Channel, ts: str) -> None:
    if channel.message(ts).get("bot_id") != call.state.app.bot_id:
        raise SlackError("cant_update_message")


@method("chat.getPermalink", a_minute=SPECIAL)
def permalink(call: Call) -> Json:
    """The address of a message."""
    channel, ts = call.channel(), call.needed("message_ts", "message_not_found")
    channel.message(ts)
    address = f"{call.people.base_url}archives/{channel.id}/p{ts.replace('.', '')}"
    return {"channel": channel.id, "permalink": address}
