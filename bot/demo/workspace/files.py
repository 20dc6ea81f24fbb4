"""Files: their bytes, how Slack shows them, and how they come into a channel."""

import time
from urllib.parse import quote

from bot.demo.workspace.channel import Channel, Json
from bot.demo.workspace.errors import SlackError
from bot.demo.workspace.messages import Messages

SIGNATURES = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"%PDF-", "application/pdf"),
)
ENDINGS = {"csv": "text/csv", "txt": "text/plain", "md": "text/markdown", "json": "application/json"}


class Files:
    """The files of a workspace."""

    def __init__(self, messages: Messages, base_url: str) -> None:
        self._messages, self._state = messages, messages.state
        self.base_url = base_url

    def file(self, file_id: str) -> Json:
        """A file by its id."""
        if file_id not in self._state.files:
            raise SlackError("file_not_found")
        return self._state.files[file_id]

    def add(self, user: str, name: str, content: bytes) -> Json:
        """Keep a file's bytes and return it as Slack shows it."""
        file_id, team = self._state.new_id("F"), self._state.seed.team_id
        # Apps read the private address with their token; people see the permalink in their browser.
        private = f"{self.base_url}files-pri/{team}-{file_id}/{quote(name)}"
        self._state.files[file_id] = {
            "id": file_id,
            "created": int(time.time()),
            "timestamp": int(time.time()),
            "name": name,
            "title": name,
            "mimetype": "",
            "filetype": name.rsplit(".", 1)[-1].lower() if "." in name else "binary",
            "mode": "hosted",
            "user": user,
            "user_team": self._state.team_of(user),
            "size": 0,
            "is_external": False,
            "is_public": False,
            "url_private": private,
            "url_private_download": private,
            "permalink": f"{self.base_url}files/{file_id}/{quote(name)}",
            "channels": [],
            "groups": [],
            "ims": [],
            "shares": {},
        }
        self.fill(file_id, content)
        return self._state.files[file_id]

    def fill(self, file_id: str, content: bytes) -> None:
        """Put bytes into a file; what they are is read from them, not from what the sender says."""
        file = self.file(file_id)
        self._state.file_bytes[file_id] = content
        file["size"] = len(content)
        found = next((kind for start, kind in SIGNATURES if content.startswith(start)), None)
        file["mimetype"] = found or ENDINGS.get(file["filetype"], "application/octet-stream")

    def share(self, channel: Channel, message: Json, files: list[Json]) -> Json:
        """Post a message with files, and say where each is shared."""
        posted = self._messages.post(channel, {**message, "files": files, "upload": True})
        share = {"ts": posted["ts"], "channel_name": channel.name, "team_id": self._state.seed.team_id}
        if posted.get("thread_ts"):
            share["thread_ts"] = posted["thread_ts"]
        for file in files:
            self._note_share(file, channel, share)
            if self._messages.hears(channel):
                event = {"type": "file_shared", "file_id": file["id"], "file": {"id": file["id"]}}
                place = {"channel_id": channel.id, "user_id": file["user"], "event_ts": posted["ts"]}
                self._messages.delivery.event({**event, **place}, channel=channel)
        return posted

    def _note_share(self, file: Json, channel: Channel, share: Json) -> None:
        kind = "public" if channel.kind == "channel" else "private"
        places: list[Json] = file["shares"].setdefault(kind, {}).setdefault(channel.id, [])
        places.append(share)
        listed: list[str] = file[{"channel": "channels", "private": "groups", "im": "ims"}[channel.kind]]
        if channel.id not in listed:
            listed.append(channel.id)
        file["is_public"] = file["is_public"] or channel.kind == "channel"
