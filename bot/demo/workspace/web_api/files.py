"""files: the three steps of an upload, shared a moment after they end, as in Slack."""

import asyncio

from bot.demo.workspace.channel import Channel, Json
from bot.demo.workspace.errors import SlackError
from bot.demo.workspace.web_api import TIER_4, Call, authors, method


@method("files.getUploadURLExternal", "files:write", a_minute=TIER_4)
def start(call: Call) -> Json:
    """Step one: an address to upload to."""
    name = call.needed("filename")
    if call.number("length", 0) <= 0:
        raise SlackError.with_messages("invalid_arguments", "must be greater than 0 [json-pointer:/length]")
    file = call.people.files.add(call.state.app.bot_user_id, name, b"")
    for key, argument in (("alt_txt", "alt_txt"), ("filetype", "snippet_type")):
        if call.text(argument):
            file[key] = call.text(argument)
    return {"upload_url": f"{call.people.base_url}upload/{file['id']}", "file_id": file["id"]}


@method("files.completeUploadExternal", "files:write", a_minute=TIER_4)
def complete(call: Call) -> Json:
    """Step three: share what was uploaded, into one channel or several, a moment later."""
    wanted = call.json("files")
    if not isinstance(wanted, list) or not wanted:
        raise SlackError("invalid_arguments")
    files = [call.people.files.file(str(each.get("id"))) for each in wanted]
    if any(not file["size"] for file in files):
        raise SlackError("file_not_found")
    for file, each in zip(files, wanted, strict=True):
        file["title"] = each.get("title") or file["title"]
    named = [each for each in (call.text("channel_id"), *call.text("channels").split(",")) if each]
    channels = [_channel(call, each) for each in named]
    if call.people.delivery.faults.loses_share():
        channels = []
    for channel in channels:
        message = {**authors.as_bot(call), "subtype": "file_share", "text": call.text("initial_comment")}
        if call.text("thread_ts"):
            message["thread_ts"] = call.text("thread_ts")
        loop = asyncio.get_running_loop()
        loop.call_later(call.state.seed.share_seconds, call.people.files.share, channel, message, files)
    return {"files": [{"id": file["id"], "title": file["title"]} for file in files]}


def _channel(call: Call, channel_id: str) -> Channel:
    channel = call.state.im(channel_id) if channel_id.startswith("U") else call.state.channel(channel_id)
    if call.state.app.bot_user_id not in channel.members:
        raise SlackError("not_in_channel" if channel.kind == "channel" else "channel_not_found")
    return channel


@method("files.info", "files:read", a_minute=TIER_4)
def info(call: Call) -> Json:
    """One file."""
    return {"file": call.people.files.file(call.text("file")), "comments": []}


@method("files.delete", "files:write")
def delete(call: Call) -> Json:
    """Delete one of the app's own files."""
    file = call.people.files.file(call.text("file"))
    if file["user"] != call.state.app.bot_user_id:
        raise SlackError("cant_delete_file")
    del call.state.files[file["id"]], call.state.file_bytes[file["id"]]
    return {}


@method("files.upload", "files:write")
def old_upload(_call: Call) -> Json:
    """The way of before November 2025."""
    raise SlackError("method_deprecated")
