"""The people's side over HTTP: what a person does, as JSON, and a stream of what changes for them."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import fields
from typing import Any

from aiohttp import web

from bot.demo.workspace.channel import Json
from bot.demo.workspace.errors import SlackError
from bot.demo.workspace.faults import Faults
from bot.demo.workspace.people import GOODBYE, People
from bot.demo.workspace.seed import SeedUser

QUIET_SECONDS = 15.0
Act = Callable[[People, Json], Awaitable[Any]]


def add(app: web.Application, people: People) -> None:
    """Add the routes."""
    for name, act in ACTS.items():
        app.router.add_post(f"/client/{name}", _posted(people, act))
    for name, look in LOOKS.items():
        app.router.add_get(f"/client/{name}", _got(people, look))
    app.router.add_get("/client/stream", _Stream(people).serve)
    app.router.add_post("/client/upload", _upload(people))
    app.router.add_post("/client/faults", _set_faults(people))
    app.router.add_post("/client/verify_url", _verify_url(people))


def _posted(people: People, act: Act) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def handle(request: web.Request) -> web.Response:
        return await _told(lambda: _json_act(request, people, act))

    return handle


async def _json_act(request: web.Request, people: People, act: Act) -> Any:
    try:
        body = await request.json()
    except ValueError:
        raise SlackError("invalid_json") from None
    return await act(people, body)


def _got(people: People, look: Callable[[People, Json], Any]) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def handle(request: web.Request) -> web.Response:
        async def answer() -> Any:
            return look(people, dict(request.query))

        return await _told(answer)

    return handle


async def _told(work: Callable[[], Awaitable[Any]]) -> web.Response:
    try:
        return web.json_response(await work())
    except SlackError as error:
        return web.json_response({"ok": False, "error": error.code, **error.more}, status=400)
    except KeyError as error:
        return web.json_response({"ok": False, "error": f"missing_{error.args[0]}"}, status=400)
    except TimeoutError:
        return web.json_response({"ok": False, "error": "operation_timeout"}, status=504)


# What a person does


async def _post(people: People, body: Json) -> Json:
    place = (body["user"], body["channel"], body.get("text", ""))
    return {"message": await people.post(*place, body.get("thread_ts"), body.get("file_ids"))}


async def _open_im(people: People, body: Json) -> Json:
    return {"channel": people.state.im(body["user"]).id}


async def _edit(people: People, body: Json) -> Json:
    return {"message": people.edit(body["user"], body["channel"], body["ts"], body["text"])}


async def _delete(people: People, body: Json) -> Json:
    people.delete(body["user"], body["channel"], body["ts"])
    return {"ok": True}


async def _react(people: People, body: Json) -> Json:
    remove = bool(body.get("remove"))
    people.react(body["user"], body["channel"], body["ts"], body["name"], remove=remove)
    return {"ok": True}


async def _read(people: People, body: Json) -> Json:
    people.read(body["user"], body["channel"], body["ts"])
    return {"ok": True}


async def _join(people: People, body: Json) -> Json:
    people.join(body["user"], body["channel"])
    return {"ok": True}


async def _leave(people: People, body: Json) -> Json:
    people.leave(body["user"], body["channel"])
    return {"ok": True}


async def _press(people: People, body: Json) -> Json:
    chosen = {key: value for key, value in body.items() if key not in ("user", "container", "block_id")}
    return await people.interactivity.press(
        body["user"], body["container"], body["block_id"], {"type": "button", **chosen}
    )


async def _submit(people: People, body: Json) -> Json:
    return await people.interactivity.submit(body["user"], body["view_id"], body.get("values", {}))


async def _close(people: People, body: Json) -> Json:
    await people.interactivity.close(body["user"], body["view_id"], all_views=bool(body.get("all")))
    return {"ok": True}


async def _suggest(people: People, body: Json) -> Json:
    where = (body["user"], body["container"], body["block_id"], body["action_id"])
    return await people.interactivity.suggest(*where, body.get("value", ""))


async def _home(people: People, body: Json) -> Json:
    people.open_home(body["user"], body.get("tab", "home"))
    return {"ok": True}


async def _command(people: People, body: Json) -> Json:
    return await people.interactivity.command(body["user"], body["channel"], body["text"], body.get("thread_ts"))


async def _shortcut(people: People, body: Json) -> Json:
    return await people.interactivity.shortcut(body["user"], body["callback_id"], body.get("channel"), body.get("ts"))


async def _assistant(people: People, body: Json) -> Json:
    if "thread_ts" in body:
        return people.change_assistant_context(body["user"], body["thread_ts"], body.get("looking_at", ""))
    return people.open_assistant(body["user"], body.get("looking_at", ""))


async def _join_team(people: People, body: Json) -> Json:
    people.join_team(SeedUser(body["user"], body["name"], body["real_name"], body.get("team_id", "")))
    return {"ok": True}


async def _change_profile(people: People, body: Json) -> Json:
    known = {field.name for field in fields(SeedUser)} - {"id", "team_id"}
    people.change_profile(body["user"], **{key: value for key, value in body.items() if key in known})
    return {"ok": True}


ACTS: dict[str, Act] = {
    "post": _post,
    "open_im": _open_im,
    "edit": _edit,
    "delete": _delete,
    "react": _react,
    "read": _read,
    "join": _join,
    "leave": _leave,
    "press": _press,
    "submit": _submit,
    "close": _close,
    "suggest": _suggest,
    "home": _home,
    "command": _command,
    "shortcut": _shortcut,
    "assistant": _assistant,
    "join_team": _join_team,
    "profile": _change_profile,
}


# What a person sees


def _team(people: People, _query: Json) -> Json:
    state = people.state
    return {
        "team": {"id": state.seed.team_id, "name": state.seed.team_name, "domain": state.seed.domain},
        "users": [state.user_json(user) for user in state.users.values()],
        "app": {
            "bot_user_id": state.app.bot_user_id,
            "app_id": state.app.id,
            "name": state.app.name,
            "commands": list(state.app.commands),
            "shortcuts": [list(each) for each in state.app.shortcuts],
            "connected": people.delivery.connected,
        },
    }


def _channels(people: People, query: Json) -> list[Json]:
    return people.channels(query["user"])


def _history(people: People, query: Json) -> Json:
    return {"messages": people.history(query["user"], query["channel"], query.get("thread"))}


def _home_view(people: People, query: Json) -> Json:
    home = people.state.homes.get(query["user"])
    return {"view": people.modals.shown(home) if home else None}


def _views(people: People, query: Json) -> list[Json]:
    return people.modals.stack(query["user"])


def _assistant_view(people: People, query: Json) -> list[Json]:
    channel = people.state.im(query["user"]).id
    return [{"thread_ts": ts, **shown} for (place, ts), shown in people.state.statuses.items() if place == channel]


LOOKS: dict[str, Callable[[People, Json], Any]] = {
    "team": _team,
    "channels": _channels,
    "history": _history,
    "home": _home_view,
    "views": _views,
    "assistant": _assistant_view,
}


class _Stream:
    """Server-Sent Events of what changes for one person."""

    def __init__(self, people: People) -> None:
        self._people = people

    async def serve(self, request: web.Request) -> web.StreamResponse:
        user = request.query.get("user", "")
        if user not in self._people.state.users:
            return web.json_response({"ok": False, "error": "user_not_found"}, status=400)
        headers = {"Content-Type": "text/event-stream", "Cache-Control": "no-store"}
        response = web.StreamResponse(headers=headers)
        await response.prepare(request)
        async with self._people.watching(user) as queue:
            await response.write(b'data: {"type": "hello"}\n\n')
            while (line := await _next_line(queue)) is not None:
                await response.write(line)
        return response


async def _next_line(queue: asyncio.Queue[Json]) -> bytes | None:
    """What to send next; after a while without a change a comment, so that a watcher who left is noticed."""
    try:
        async with asyncio.timeout(QUIET_SECONDS):
            change = await queue.get()
    except TimeoutError:
        return b": still here\n\n"
    return None if change is GOODBYE else f"data: {json.dumps(change)}\n\n".encode()


def _upload(people: People) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def handle(request: web.Request) -> web.Response:
        async def work() -> Json:
            query, form = request.query, await request.post()
            sent = [field for field in form.values() if isinstance(field, web.FileField)]
            files = [people.upload(query["user"], each.filename, each.file.read()) for each in sent]
            ids = [file["id"] for file in files]
            place = (query["user"], query["channel"], query.get("text", ""), query.get("thread_ts"))
            return {"message": await people.post(*place, ids)}

        return await _told(work)

    return handle


def _set_faults(people: People) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def handle(request: web.Request) -> web.Response:
        body: Json = await request.json()
        body.pop("user", None)  # who asks makes no difference
        if body.pop("drop_sockets", False):
            people.delivery.sockets.drop_lines()
        if reason := body.pop("disconnect", None):
            await people.delivery.sockets.ask_to_reconnect(reason)
        if unknown := set(body) - {field.name for field in fields(Faults)}:
            return web.json_response({"ok": False, "error": f"unknown_faults: {sorted(unknown)}"}, status=400)
        people.delivery.faults = Faults(**body)
        return web.json_response({"ok": True})

    return handle


def _verify_url(people: People) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def handle(_request: web.Request) -> web.Response:
        return web.json_response({"ok": True, "verified": await people.delivery.http.verify_url()})

    return handle
