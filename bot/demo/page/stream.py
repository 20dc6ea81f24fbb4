"""One stream of changes for all panes of a page, because a browser keeps only six connections to a server open."""

import asyncio
import json
from contextlib import AsyncExitStack, suppress

from aiohttp import web

from bot.demo.workspace.people import GOODBYE, People
from bot.demo.workspace.state import Json

BEAT_SECONDS = 15.0
"""How often a silent stream says that it lives; a page that went away is noticed no later."""
BEAT = b": still here\n\n"

Changes = asyncio.Queue[Json]


class Stream:
    """Server-Sent Events of what changes for several people; each names its `user`."""

    def __init__(self, people: People) -> None:
        self._people = people

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """Stream the changes of everyone named in the query."""
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
        await response.prepare(request)
        changes: Changes = asyncio.Queue()
        async with AsyncExitStack() as stack:
            stack.enter_context(suppress(ConnectionResetError))  # the page was closed
            for user in sorted(set(request.query.getall("user", []))):
                queue = await stack.enter_async_context(self._people.watching(user))
                stack.callback(asyncio.create_task(_forward(user, queue, changes)).cancel)
            await response.write(b'data: {"type": "hello"}\n\n')
            while piece := await _next(changes):
                await response.write(piece)
        return response


async def _forward(user: str, queue: Changes, changes: Changes) -> None:
    while (change := await queue.get()) is not GOODBYE:
        changes.put_nowait({**change, "user": user})
    changes.put_nowait(GOODBYE)


async def _next(changes: Changes) -> bytes:
    """What to send next; nothing when the stream is to end."""
    try:
        async with asyncio.timeout(BEAT_SECONDS):
            change = await changes.get()
    except TimeoutError:
        return BEAT
    return b"" if change is GOODBYE else f"data: {json.dumps(change)}\n\n".encode()
