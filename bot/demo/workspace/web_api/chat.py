"""chat: messages that the app writes."""

import json

from bot.demo.workspace import blocks
from bot.demo.workspace.channel import Channel, Json
from bot.demo.workspace.errors import SlackError
from bot.demo.workspace.messages import check_text
from bot.demo.workspace.web_api import POSTING, TIER_4, Call, authors, method

MOST_METADATA, MOST_ATTACHMENTS, MOST_EVENT_TYPE = 16_000, 100, 255


def _content(call: Call) -> Json:
    text, shown, attached = call.arguments.get("text"), call.json("blocks"), call.json("attachments")
    check_text(text, shown or attached)
    content: Json = {}
    if text is not None:
        content["text"] = str(text)
    if shown is not None:
        blocks.check(shown, most=blocks.IN_MESSAGES)
        content["blocks"] = blocks.with_ids(shown, call.state.new_short_id)
    if attached is not None:
        content["attachments"] = _attachments(attached)
    return content


def _attachments(attached: object) -> list[Json]:
    if not isinstance(attached, list) or any(not isinstance(each, dict) for each in attached):
        raise SlackError("invalid_attachments")
    if len(attached) > MOST_ATTACHMENTS:
        raise SlackError("too_many_attachments")
    for each in attached:
        if each.get("blocks"):
            blocks.check(each["blocks"], most=blocks.IN_MESSAGES)
    return [{"id": number, **each} for number, each in enumerate(attached, 1)]


def metadata_of(call: Call) -> Json:
    """The metadata of a call, for its message."""
    metadata = call.json("metadata")
    if not metadata:
        return {}
    if not isinstance(metadata, dict) or not isinstance(metadata.get("event_payload"), dict):
        raise SlackError("invalid_metadata_format")
    if not metadata.get("event_type") or len(str(metadata["event_type"])) > MOST_EVENT_TYPE:
        raise SlackError("invalid_metadata_schema")
    if len(json.dumps(metadata)) > MOST_METADATA:
        raise SlackError("metadata_too_large")
    return {"metadata": metadata}


@method("chat.postMessage", "chat:write", a_minute=POSTING)
def post(call: Call) -> Json:
    """Post a message."""
    channel = writable(call)
    message: Json = {**authors.as_bot(call), "text": "", **_content(call), **metadata_of(call)}
    if call.text("client_msg_id"):
        message["client_msg_id"] = call.text("client_msg_id")
    posted = call.people.messages.post(channel, in_thread(call, channel, message))
    return {"channel": channel.id, "ts": posted["ts"], "message": posted}


def writable(call: Call) -> Channel:
    """The channel of a call, in which the app may write."""
    channel = call.channel()
    if channel.archived:
        raise SlackError("is_archived")
    open_to_all = channel.kind == "channel" and "chat:write.public" in call.state.app.scopes
    if not call.people.messages.hears(channel) and not open_to_all:
        raise SlackError("not_in_channel")
    return channel


def in_thread(call: Call, channel: Channel, message: Json) -> Json:
    """The message in the thread that the call names."""
    thread = call.text("thread_ts")
    if not thread:
        return message
    if not thread.replace(".", "", 1).isdigit() or "." not in thread:
        raise SlackError.with_messages("invalid_thread_ts", f"{thread} is not a valid thread_ts")
    if thread not in channel.messages and thread not in channel.replies:
        raise SlackError("thread_not_found")
    broadcast = {"subtype": "thread_broadcast"} if call.flag("reply_broadcast") else {}
    return {**message, "thread_ts": thread, **broadcast}


@method("chat.postEphemeral", "chat:write", a_minute=TIER_4)
def post_ephemeral(call: Call) -> Json:
    """Show a message to one person."""
    channel, user = call.open_channel(), call.person()
    if user not in channel.members:
        raise SlackError("user_not_in_channel")
    message: Json = {**authors.as_bot(call), "text": "", **_content(call)}
    if call.text("thread_ts"):
        message["thread_ts"] = call.text("thread_ts")
    return {"message_ts": call.people.messages.ephemeral(channel, user, message)["ts"]}


@method("chat.update", "chat:write")
def update(call: Call) -> Json:
    """Change one of the app's own messages; what the call does not name stays as it is."""
    channel, ts = call.open_channel(), call.needed("ts", "message_not_found")
    _own(call, channel, ts, "cant_update_message")
    if (channel.id, ts) in call.state.streams:
        raise SlackError("streaming_state_conflict")
    metadata = call.json("metadata")
    changes = _content(call) | ({"metadata": metadata} if metadata == {} else metadata_of(call))
    message = call.people.messages.edit(channel, ts, changes, by=call.state.app.bot_user_id)
    return {"channel": channel.id, "ts": ts, "text": message["text"], "message": message}


@method("chat.delete", "chat:write")
def delete(call: Call) -> Json:
    """Delete one of the app's own messages."""
    channel, ts = call.joined_channel(), call.needed("ts", "message_not_found")
    _own(call, channel, ts, "cant_delete_message")
    call.people.messages.delete(channel, ts)
    return {"channel": channel.id, "ts": ts}


def _own(call: Call, channel: Channel, ts: str, error: str) -> None:
    if channel.message(ts).get("bot_id") != call.state.app.bot_id:
        raise SlackError(error)


@method("chat.getPermalink", a_minute=POSTING)
def permalink(call: Call) -> Json:
    """The address of a message."""
    channel, ts = call.channel(), call.needed("message_ts", "message_not_found")
    thread = channel.message(ts).get("thread_ts")
    address = f"{call.people.base_url}archives/{channel.id}/p{ts.replace('.', '')}"
    if thread and thread != ts:
        address += f"?thread_ts={thread}&cid={channel.id}"
    return {"channel": channel.id, "permalink": address}
