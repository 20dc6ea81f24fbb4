"""chat streams: messages that appear piece by piece."""

import time
from typing import Any

from bot.demo.workspace import blocks
from bot.demo.workspace.channel import Channel, Json
from bot.demo.workspace.errors import SlackError
from bot.demo.workspace.web_api import TIER_2, TIER_4, Call, authors, method
from bot.demo.workspace.web_api.chat import in_thread, metadata_of, writable

MOST_TEXT = 12_000
STATE, UNTIL = "streaming_state", "_streams_until"
ONGOING, COMPLETED = "in_progress", "completed"


@method("chat.startStream", "chat:write", a_minute=TIER_2)
def start(call: Call) -> Json:
    """Begin a message that appears piece by piece."""
    channel = writable(call)
    if channel.kind != "im":
        for name in ("recipient_team_id", "recipient_user_id"):
            if not call.text(name):
                raise SlackError(f"missing_{name}")
        if not call.text("thread_ts"):
            raise SlackError("invalid_thread_ts")
    message: Json = {**authors.as_bot(call), "text": "", "blocks": [], STATE: ONGOING}
    _add(call, message)
    posted = call.people.messages.post(channel, in_thread(call, channel, message))
    call.state.streams[channel.id, posted["ts"]] = time.monotonic() + call.state.seed.stream_seconds
    return {"channel": channel.id, "ts": posted["ts"]}


@method("chat.appendStream", "chat:write", a_minute=TIER_4)
def append(call: Call) -> Json:
    """Add to a message that is appearing."""
    channel, message = _streaming(call)
    changed: Json = {"text": message["text"], "blocks": list(message["blocks"])}
    _add(call, changed)
    call.people.messages.edit(channel, message["ts"], _unedited(changed), by=call.state.app.bot_user_id)
    return {"channel": channel.id, "ts": message["ts"]}


@method("chat.stopStream", "chat:write", a_minute=TIER_2)
def stop(call: Call) -> Json:
    """End a message; its blocks come last."""
    channel, message = _streaming(call)
    changed: Json = {"text": message["text"], "blocks": list(message["blocks"]), STATE: COMPLETED, **metadata_of(call)}
    _add(call, changed)
    last = call.json("blocks")
    if last:
        blocks.check(last, most=blocks.IN_MESSAGES)
        changed["blocks"] += blocks.with_ids(last, call.state.new_short_id)
    call.state.streams.pop((channel.id, message["ts"]), None)
    shown = call.people.messages.edit(channel, message["ts"], _unedited(changed), by=call.state.app.bot_user_id)
    return {"channel": channel.id, "ts": message["ts"], "message": shown}


def _unedited(changed: Json) -> Json:
    """Text that streams in is no edit."""
    return {name: value for name, value in changed.items() if name != "text" or value}


def _streaming(call: Call) -> tuple[Channel, Json]:
    channel, ts = call.open_channel(), call.needed("ts", "message_not_found")
    message = channel.message(ts)
    if message.get("bot_id") != call.state.app.bot_id:
        raise SlackError("message_not_owned_by_app")
    until = call.state.streams.get((channel.id, ts))
    if until is None or time.monotonic() > until:
        message[STATE] = COMPLETED
        call.state.streams.pop((channel.id, ts), None)
        raise SlackError("message_not_in_streaming_state")
    return channel, message


def _add(call: Call, message: Json) -> None:
    """Add the text or the chunks of a call to a message."""
    text = call.text("markdown_text")
    if len(text) > MOST_TEXT:
        raise SlackError("msg_too_long")
    chunks: Any = call.json("chunks") or []
    if text:
        chunks = [{"type": "markdown_text", "text": text}, *chunks]
    if not isinstance(chunks, list):
        raise SlackError("invalid_chunks")
    for chunk in chunks:
        _add_chunk(call, message, chunk)


def _add_chunk(call: Call, message: Json, chunk: Any) -> None:
    match chunk:
        case {"type": "markdown_text", "text": str() as words}:
            if len(words) > MOST_TEXT:
                raise SlackError("msg_too_long")
            message["text"] += words
            last = message["blocks"][-1] if message["blocks"] else {}
            if last.get("type") == "markdown":
                message["blocks"][-1] = {**last, "text": last["text"] + words}
            else:
                message["blocks"] += blocks.with_ids([{"type": "markdown", "text": words}], call.state.new_short_id)
        case {"type": "blocks", "blocks": list() as shown}:
            blocks.check(shown, most=blocks.IN_MESSAGES)
            message["blocks"] += blocks.with_ids(shown, call.state.new_short_id)
        case {"type": "task_update" | "plan_update"}:
            pass  # shown as steps, which this page does not have
        case _:
            raise SlackError("invalid_chunks")
