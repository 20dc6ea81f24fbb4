"""The bytes of files over HTTP: up to an address that was asked for, down with a token or for people."""

from aiohttp import web

from bot.demo.workspace.errors import SlackError
from bot.demo.workspace.people import People

SANDBOX = {"Content-Security-Policy": "default-src 'none'; sandbox", "X-Content-Type-Options": "nosniff"}
SHOWN = ("image/png", "image/jpeg", "image/gif")
"""What a browser may show; everything else it saves."""


class FileEndpoint:
    """Uploads and downloads."""

    def __init__(self, people: People) -> None:
        self._people = people

    async def upload(self, request: web.Request) -> web.StreamResponse:
        """Step two of an upload: the bytes, raw or as a form."""
        try:
            content = await _uploaded(request)
            self._people.files.fill(request.match_info["file_id"], content)
        except SlackError as error:
            return web.Response(status=404, text=error.code)
        return web.Response(text=f"OK - {len(content)}")

    async def for_apps(self, request: web.Request) -> web.StreamResponse:
        """A file for the app, by its token; who has none is sent to sign in, as by Slack."""
        app = self._people.state.app
        if request.headers.get("Authorization") != f"Bearer {app.bot_token}":
            raise web.HTTPFound("/")
        if app.scopes and "files:read" not in app.scopes:
            return web.Response(status=403)
        return self._download(request.match_info["key"].partition("-")[2])

    async def for_people(self, request: web.Request) -> web.StreamResponse:
        """A file in a person's browser."""
        return self._download(request.match_info["file_id"])

    def _download(self, file_id: str) -> web.StreamResponse:
        try:
            file = self._people.files.file(file_id)
        except SlackError:
            return web.Response(status=404)
        kind = file["mimetype"] if file["mimetype"] in SHOWN else "application/octet-stream"
        return web.Response(body=self._people.state.file_bytes[file_id], content_type=kind, headers=SANDBOX)


async def _uploaded(request: web.Request) -> bytes:
    if not request.content_type.startswith("multipart/"):
        return await request.read()
    for field in (await request.post()).values():
        if isinstance(field, web.FileField):
            return field.file.read()
    return b""
