"""The Web API over HTTP: arguments in any of Slack's forms, tokens, scopes, limits, and answers with `ok`."""

import asyncio
import json
from typing import Any

from aiohttp import web

from bot.demo.workspace import web_api
from bot.demo.workspace.channel import Json
from bot.demo.workspace.errors import RateLimited, SlackError
from bot.demo.workspace.people import People
from bot.demo.workspace.rate_limits import RateLimits
from bot.demo.workspace.web_api import Call, Known

FOR_APP_TOKENS = ("apps.connections.open", "auth.test")


class ApiEndpoint:
    """/api/METHOD, and the addresses for answers."""

    def __init__(self, people: People) -> None:
        self._people, self._state = people, people.state
        self._methods = web_api.load()
        self.limits = RateLimits()

    async def call(self, request: web.Request) -> web.StreamResponse:
        """Answer a call of a method."""
        name, faults = request.match_info["method"], self._people.delivery.faults
        try:
            if faults.takes("ratelimit", name):
                raise RateLimited(faults.retry_after)
            if faults.takes("fail", name):
                return web.json_response({"ok": False, "error": "internal_error"}, status=500)
            if refusal := faults.refusal(name):
                raise SlackError(refusal)
            answer = await self._answer(name, request)
        except RateLimited as error:
            limited = {"ok": False, "error": error.code}
            return web.json_response(limited, status=429, headers={"Retry-After": str(error.seconds)})
        except SlackError as error:
            answer = {"ok": False, "error": error.code, **error.more}
        if faults.takes("drop_after", name):
            _drop(request)
        if faults.takes("stall_after", name):
            await asyncio.sleep(faults.stall_seconds)
        return web.json_response(answer, headers=self._headers(name))

    async def answer_url(self, request: web.Request) -> web.StreamResponse:
        """Take what the app sends to a response_url."""
        try:
            body = await request.json()
            self._people.interactivity.answer_urls.answer(request.match_info["key"], body)
        except ValueError:
            return web.json_response({"ok": False, "error": "invalid_payload"}, status=400)
        except SlackError as error:
            status = 404 if error.code.endswith("_url") else 400
            return web.json_response({"ok": False, "error": error.code, **error.more}, status=status)
        return web.json_response({"ok": True})

    async def _answer(self, name: str, request: web.Request) -> Json:
        known = self._methods.get(name)
        if known is None:
            raise SlackError("unknown_method", req_method=name)
        arguments = await _arguments(request)
        call = Call(self._people, arguments, _token(request, arguments))
        self._authorise(name, call, known)
        if self._state.seed.rate_limits:
            self.limits.check(name, call.text("channel"), known.a_minute)
        return {"ok": True, **known.run(call)}

    def _authorise(self, name: str, call: Call, known: Known) -> None:
        app = self._state.app
        if name == "api.test":
            return
        if not call.token:
            raise SlackError("not_authed")
        if call.token not in (app.bot_token, app.app_token):
            raise SlackError("invalid_auth")
        if call.token == app.app_token and name not in FOR_APP_TOKENS:
            raise SlackError("not_allowed_token_type")
        if known.scopes:
            call.need(*known.scopes)

    def _headers(self, name: str) -> dict[str, str]:
        scopes, known = self._state.app.scopes, self._methods.get(name)
        if not scopes or known is None:
            return {}
        return {"x-oauth-scopes": ",".join(scopes), "x-accepted-oauth-scopes": ",".join(known.scopes)}


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
            body = json.loads(text) if text else {}
        except ValueError:
            raise SlackError("invalid_json") from None
        if not isinstance(body, dict):
            raise SlackError("json_not_object")
        found |= body
    elif request.can_read_body:
        found |= dict(await request.post())
    return found


def _token(request: web.Request, arguments: dict[str, Any]) -> str:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else str(arguments.get("token", ""))
