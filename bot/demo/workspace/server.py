"""The workspace as one HTTP server: Slack's side under /api/, the people's side under /client/."""

import asyncio
import json
import time
from collections.abc import Callable
from typing import Any

from aiohttp import web

from bot.demo.workspace import client_routes, web_api
from bot.demo.workspace.delivery import Delivery
from bot.demo.workspace.errors import RateLimited, SlackError
from bot.demo.workspace.faults import Faults
from bot.demo.workspace.messages import Messages
from bot.demo.workspace.modals import Modals
from bot.demo.workspace.people import People
from bot.demo.workspace.seed import Seed
from bot.demo.workspace.state import Json, State
from bot.demo.workspace.web_api import Call

MOST_UPLOAD = 64 * 2**20


class Workspace:
    """A Slack workspace in memory."""

    def __init__(self, seed: Seed) -> None:
        self.seed = seed
        self.state = State(seed)
        self.delivery = Delivery(self.state)
        self.messages = Messages(self.state, self.delivery)
        self.people = People(self.messages, Modals(self.messages))
        self.limits = web_api.RateLimits()
        self.methods = web_api.load()

    @property
    def faults(self) -> Faults:
        """The trouble that is on."""
        return self.delivery.faults

    @faults.setter
    def faults(self, faults: Faults) -> None:
        self.delivery.faults = faults


class WorkspaceServer:
    """A workspace that is being served."""

    def __init__(self, workspace: Workspace, runner: web.AppRunner, url: str) -> None:
        self.workspace, self._runner, self.url = workspace, runner, url
        self.api_url = f"{url}api/"

    async def close(self) -> None:
        """Stop serving."""
        await self.workspace.delivery.close()
        await self._runner.cleanup()


async def serve(
    workspace: Workspace,
    *,
    host: str = "127.0.0.1",
    port: int = 0,
    extend: Callable[[web.Application, Workspace], None] | None = None,
) -> WorkspaceServer:
    """Serve a workspace on loopback; `extend` adds routes, such as the page."""
    app = web.Application(client_max_size=MOST_UPLOAD)
    endpoint = _Endpoint(workspace)
    app.router.add_route("*", "/api/{method}", endpoint.call)
    app.router.add_get("/link/", workspace.delivery.serve_line)
    app.router.add_post("/upload/{file_id}", endpoint.upload)
    app.router.add_get("/files/{file_id}/{name}", endpoint.download)
    app.router.add_post("/answers/{key}", endpoint.answer_url)
    client_routes.add(app, workspace.people, workspace.delivery)
    if extend:
        extend(app, workspace)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
    await runner.setup()
    site = web.TCPSite(runner, host, port)
    await site.start()
    address = runner.addresses[0]
    url = f"http://{address[0]}:{address[1]}/"
    workspace.people.base_url = url
    return WorkspaceServer(workspace, runner, url)


class _Endpoint:
    """Slack's own addresses."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace, self._people = workspace, workspace.people

    async def call(self, request: web.Request) -> web.StreamResponse:
        name = request.match_info["method"]
        faults = self._workspace.faults
        try:
            if faults.takes(faults.ratelimit, name):
                raise RateLimited(faults.retry_after)
            if faults.takes(faults.fail, name):
                return web.json_response({"ok": False, "error": "internal_error"}, status=500)
            answer = await self._answer(name, request)
            if faults.takes(faults.drop_after, name):
                _drop(request)
        except RateLimited as error:
            limited = {"ok": False, "error": error.code}
            return web.json_response(limited, status=429, headers={"Retry-After": str(error.seconds)})
        except SlackError as error:
            answer = {"ok": False, "error": error.code, **error.more}
        return web.json_response(answer, headers=self._headers())

    def _headers(self) -> dict[str, str]:
        scopes = self._workspace.seed.app.scopes
        return {"x-oauth-scopes": ",".join(scopes)} if scopes else {}

    async def _answer(self, name: str, request: web.Request) -> Json:
        known = self._workspace.methods.get(name)
        if known is None:
            raise SlackError("unknown_method", req_method=name)
        arguments = await _arguments(request)
        call = Call(self._people, arguments, _token(request, arguments))
        self._authorise(name, call, known.scopes)
        if self._workspace.seed.rate_limits:
            self._workspace.limits.check(name, call, known.a_minute)
        return {"ok": True, **known.run(call)}

    def _authorise(self, name: str, call: Call, scopes: tuple[str, ...]) -> None:
        app = self._workspace.seed.app
        if name == "api.test":
            return
        if not call.token:
            raise SlackError("not_authed")
        if call.token not in (app.bot_token, app.app_token):
            raise SlackError("invalid_auth")
        if call.token == app.app_token and name not in ("apps.connections.open", "auth.test"):
            raise SlackError("not_allowed_token_type")
        if scopes and app.scopes and not set(scopes) & set(app.scopes):
            raise SlackError("missing_scope", needed=scopes[0], provided=",".join(app.scopes))

    async def upload(self, request: web.Request) -> web.StreamResponse:
        file_id = request.match_info["file_id"]
        file = self._people.state.files.get(file_id)
        if file is None:
            return web.Response(status=404)
        content = await _uploaded(request)
        self._people.state.file_bytes[file_id] = content
        file["size"] = len(content)
        file["mimetype"] = _mimetype(content, file["name"])
        return web.Response(text=f"OK - {len(content)}")

    async def download(self, request: web.Request) -> web.StreamResponse:
        state = self._people.state
        file = state.files.get(request.match_info["file_id"])
        if file is None:
            return web.Response(status=404)
        safe = file["mimetype"] if file["mimetype"].startswith("image/") else "application/octet-stream"
        headers = {"Content-Security-Policy": "default-src 'none'; sandbox", "X-Content-Type-Options": "nosniff"}
        return web.Response(body=state.file_bytes[file["id"]], content_type=safe, headers=headers)

    async def answer_url(self, request: web.Request) -> web.StreamResponse:
        known = self._people.answer_urls.get(request.match_info["key"])
        if known is None or known["left"] <= 0 or time.monotonic() > known["until"]:
            return web.json_response({"ok": False, "error": "expired_url"}, status=404)
        known["left"] -= 1
        message: Json = await request.json()
        state, messages = self._people.state, self._people.messages
        channel = state.channel(known["channel"])
        by = {"user": state.app.bot_user_id, "bot_id": state.app.bot_id}
        replace, delete = message.pop("replace_original", False), message.pop("delete_original", False)
        in_channel = message.pop("response_type", "ephemeral") == "in_channel"
        hidden = any(each["ts"] == known["ts"] for each in channel.ephemeral)
        if delete or (replace and hidden):
            (messages.drop_ephemeral if hidden else messages.delete)(channel, known["ts"])
        if replace and not hidden and known["ts"] in channel.messages:
            messages.edit(channel, known["ts"], {"blocks": [], **message}, by=state.app.bot_user_id)
        elif not delete:
            thread = {"thread_ts": known["thread_ts"]} if known["thread_ts"] else {}
            if in_channel:
                messages.post(channel, {**by, **thread, **message})
            else:
                messages.ephemeral(channel, known["user"], {**by, **thread, **message})
        return web.json_response({"ok": True})


def _drop(request: web.Request) -> None:
    """Cut the connection after the work is done, before the answer."""
    if request.transport:
        request.transport.abort()
    raise asyncio.CancelledError


async def _arguments(request: web.Request) -> dict[str, Any]:
    found: dict[str, Any] = dict(request.query)
    if request.content_type == "application/json":
        text = await request.text()
        try:
            found |= json.loads(text) if text else {}
        except ValueError:
            raise SlackError("invalid_json") from None
    elif request.can_read_body:
        found |= dict(await request.post())
    return found


def _token(request: web.Request, arguments: dict[str, Any]) -> str:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else str(arguments.get("token", ""))


async def _uploaded(request: web.Request) -> bytes:
    if not request.content_type.startswith("multipart/"):
        return await request.read()
    for field in (await request.post()).values():
        if isinstance(field, web.FileField):
            return field.file.read()
    return b""


def _mimetype(content: bytes, name: str) -> str:
    signatures = ((b"\x89PNG", "image/png"), (b"\xff\xd8\xff", "image/jpeg"), (b"GIF8", "image/gif"))
    found = next((kind for start, kind in signatures if content.startswith(start)), None)
    return found or ("text/csv" if name.endswith(".csv") else "application/octet-stream")
