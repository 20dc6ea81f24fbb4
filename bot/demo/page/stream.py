"""One stream of changes for all panes of a page, because a browser keeps only six connections to a server open."""

import asyncio
import json
from contextlib import AsyncExitStack

from aiohttp import web

from bot.demo.workspace.people import People
from bot.demo.workspace.state import Json

BEAT_SECONDS = 15.0
"""How often a silent stream says that it lives; a page that went away is noticed no later."""


class Stream:
    """Server-Sent Events of what changes for several people; each names its `user`."""

    def __init__(self, people: People) -> None:
        self._people = people

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """Stream the changes of everyone named in the query."""
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
        await response.prepare(request)
        changes: asyncio.Queue[Json] = asyncio.Queue()
        async with AsyncExitStack() as stack:
            for user in sorted(set(request.query.getall("user", []))):
                queue = await stack.enter_async_context(self._people.watching(user))
                forwarding = asyncio.create_task(_forward(user, queue, changes))
                stack.callback(forwarding.cancel)
            await response.write(b'data: {"type": "hello"}\n\n')
            while True:
                await response.write(await _next(changes))
        return response


async def _forward(user: str, queue: asyncio.Queue[Json], changes: asyncio.Queue[Json]) -> None:
    while True:
        changes.put_nowait({**await queue.get(), "user": user})


async def _next(changes: asyncio.Queue[Json]) -> bytes:
    try:
        async with asyncio.timeout(BEAT_SECONDS):
            return f"data: {json.dumps(await changes.get())}\n\n".encode()
    except TimeoutError:
        return b": still here\n\n"
