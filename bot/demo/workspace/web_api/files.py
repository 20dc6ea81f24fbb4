"""files: the three steps of an upload, shared a moment after they end, as in Slack."""

import asyncio

from bot.demo.workspace.errors import SlackError
from bot.demo.workspace.state import Json
from bot.demo.workspace.web_api import TIER_4, Call, method


@method("files.getUploadURLExternal", "files:write", a_minute=TIER_4)
def start(call: Call) -> Json:
    """Step one: an address to upload to."""
    name = call.needed("filename", "invalid_arguments")
    if call.number("length", 0) <= 0:
        raise SlackError("invalid_arguments")
    file = call.people.add_file(call.state.app.bot_user_id, name, "application/octet-stream", b"")
    if call.text("alt_txt"):
        file["alt_txt"] = call.text("alt_txt")
    return {"upload_url": f"{call.people.base_url}upload/{file['id']}", "file_id": file["id"]}


@method("files.completeUploadExternal", "files:write", a_minute=TIER_4)
def complete(call: Call) -> Json:
    """Step three: share what was uploaded."""
    wanted = call.json("files") or []
    if not wanted:
        raise SlackError("invalid_arguments")
    files: list[Json] = []
    for each in wanted:
        if each["id"] not in call.state.files:
            raise SlackError("file_not_found")
        file = call.state.files[each["id"]]
        file["title"] = each.get("title") or file["title"]
        files.append(file)
    channel_id = call.text("channel_id")
    if channel_id:
        channel = call.state.channel(channel_id)
        if call.state.app.bot_user_id not in channel.members:
            raise SlackError("not_in_channel")
        message: Json = {
            "user": call.state.app.bot_user_id,
            "bot_id": call.state.app.bot_id,
            "app_id": call.state.app.id,
            "text": call.text("initial_comment"),
            "subtype": "file_share",
            "files": files,
        }
        if call.text("thread_ts"):
            message["thread_ts"] = call.text("thread_ts")
        asyncio.get_running_loop().call_soon(_share, call, channel_id, message)
    return {"files": [{"id": file["id"], "title": file["title"]} for file in files]}


def _share(call: Call, channel_id: str, message: Json) -> None:
    channel = call.state.channel(channel_id)
    posted = call.people.messages.post(channel, message)
    kind = "private" if channel.kind == "private" else "public"
    for file in message["files"]:
        file["shares"] = {kind: {channel_id: [{"ts": posted["ts"], "thread_ts": message.get("thread_ts")}]}}
        shared = {"type": "file_shared", "file_id": file["id"], "channel_id": channel_id}
        call.people.delivery.event({**shared, "user_id": message["user"], "event_ts": posted["ts"]})


@method("files.info", "files:read", a_minute=TIER_4)
def info(call: Call) -> Json:
    """One file."""
    file = call.state.files.get(call.text("file"))
    if file is None:
        raise SlackError("file_not_found")
    return {"file": file}
