"""One stream of changes for all panes of a page, because a browser keeps only six connections to a server open."""

import asyncio
import json
from contextlib import AsyncExitStack, suppress

from aiohttp import web

from bot.demo.workspace.people import People
from bot.demo.workspace.state import Json

BEAT_SECONDS = 15.0
"""How often a silent stream says that it lives; a page that went away is noticed no later."""
BEAT = b": still here\n\n"
END: Json = {}

Changes = asyncio.Queue[Json]


class Stream:
    """Server-Sent Events of what changes for several people; each names its `user`."""

    def __init__(self, people: People) -> None:
        self._people = people
        self._open: set[Changes] = set()

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """Stream the changes of everyone named in the query."""
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
        await response.prepare(request)
        changes: Changes = asyncio.Queue()
        self._open.add(changes)
        async with AsyncExitStack() as stack:
            stack.callback(self._open.discard, changes)
            stack.enter_context(suppress(ConnectionResetError))  # the page was closed
            for user in sorted(set(request.query.getall("user", []))):
                queue = await stack.enter_async_context(self._people.watching(user))
                stack.callback(asyncio.create_task(_forward(user, queue, changes)).cancel)
            await response.write(b'data: {"type": "hello"}\n\n')
            while piece := await _next(changes):
                await response.write(piece)
        return response

    async def close(self, _app: web.Application) -> None:
        """End all streams, so that the server need not wait for them."""
        for changes in self._open:
            changes.put_nowait(END)


async def _forward(user: str, queue: Changes, changes: Changes) -> None:
    while True:
        changes.put_nowait({**await queue.get(), "user": user})


async def _next(changes: Changes) -> bytes:
    """What to send next; nothing when the stream is to end."""
    try:
        async with asyncio.timeout(BEAT_SECONDS):
            change = await changes.get()
    except TimeoutError:
        return BEAT
    return f"data: {json.dumps(change)}\n\n".encode() if change else b""
