"""A person at their screen: drives the people's side over HTTP, for tests, benchmarks and the demo."""

import asyncio
import json
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Self

import aiohttp

from bot.demo.workspace.inputs import elements

Json = dict[str, Any]
Concern = Callable[[Json], bool]
"""Whether a change is worth another look."""
PATIENCE_SECONDS = 60.0
"""What is waited for comes in a moment; on a busy machine the moment is longer."""


class Refused(Exception):
    """The workspace did not allow an act."""


class Person:
    """A user of the workspace. Waits on the stream of changes, never by sleeping.

    Args:
        url: the workspace's address.
        user_id: who it is.
    """

    def __init__(self, url: str, user_id: str) -> None:
        self.url, self.id = url.rstrip("/"), user_id
        self._session: aiohttp.ClientSession | None = None
        self._watching: dict[asyncio.Event, Concern] = {}
        self._reader: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        self._session = aiohttp.ClientSession()
        listening: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._reader = asyncio.create_task(self._read_stream(listening))
        await listening
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._reader:
            self._reader.cancel()
            with suppress(asyncio.CancelledError):
                await self._reader
        if self._session:
            await self._session.close()

    # Acts

    async def says(self, channel: str, text: str, thread: str | None = None) -> Json:
        """Write a message."""
        return (await self.act("post", channel=channel, text=text, thread_ts=thread))["message"]

    async def direct(self) -> str:
        """The id of the direct messages with the app."""
        return (await self.act("open_im"))["channel"]

    async def uploads(self, channel: str, name: str, content: bytes, text: str = "", thread: str | None = None) -> Json:
        """Post a file."""
        form = aiohttp.FormData()
        form.add_field("file", content, filename=name)
        query = {"user": self.id, "channel": channel, "text": text} | ({"thread_ts": thread} if thread else {})
        async with self._http.post(f"{self.url}/client/upload", params=query, data=form) as answer:
            return (await self._checked(answer))["message"]

    async def edits(self, channel: str, ts: str, text: str) -> Json:
        """Change one's own message."""
        return (await self.act("edit", channel=channel, ts=ts, text=text))["message"]

    async def deletes(self, channel: str, ts: str) -> None:
        """Delete one's own message."""
        await self.act("delete", channel=channel, ts=ts)

    async def reacts(self, channel: str, ts: str, name: str, *, remove: bool = False) -> None:
        """Add or remove a reaction."""
        await self.act("react", channel=channel, ts=ts, name=name, remove=remove)

    async def joins(self, channel: str) -> None:
        """Join a channel."""
        await self.act("join", channel=channel)

    async def leaves(self, channel: str) -> None:
        """Leave a channel."""
        await self.act("leave", channel=channel)

    async def presses(self, message: Json, action_id: str, *, channel: str, **chosen: Any) -> Json:
        """Press a button of a message, or choose in a menu: `selected_option={…}` and the like."""
        place = {"channel": channel, "ts": message["ts"]}
        return await self._press(message.get("blocks", []), action_id, place, chosen)

    async def presses_in_view(self, view: Json, action_id: str, *, values: Json | None = None, **chosen: Any) -> Json:
        """Press a button of a modal or of App Home, or choose in a menu there; `values` stand in a modal's fields."""
        place = {"view_id": view["id"], **({"values": values} if values else {})}
        return await self._press(view["blocks"], action_id, place, chosen)

    async def _press(self, blocks: list[Json], action_id: str, container: Json, chosen: Json) -> Json:
        block, element = find_element(blocks, action_id)
        where = {"container": container, "block_id": block["block_id"], "action_id": action_id}
        return await self.act("press", **where, type=element["type"], **chosen)

    async def suggestions(self, view: Json, action_id: str, value: str) -> Json:
        """Type into a menu of a view whose options come from the app."""
        block, _ = find_element(view["blocks"], action_id)
        where = {"container": {"view_id": view["id"]}, "block_id": block["block_id"], "action_id": action_id}
        return await self.act("suggest", **where, value=value)

    async def submits(self, view: Json, values: Json) -> Json:
        """Submit a modal; `values` by block id and action id."""
        return await self.act("submit", view_id=view["id"], values=values)

    async def closes(self, view: Json, *, everything: bool = False) -> None:
        """Close a modal without submitting it, or all that are open."""
        await self.act("close", view_id=view["id"], all=everything)

    async def uses_shortcut(self, callback_id: str, channel: str | None = None, ts: str | None = None) -> Json:
        """Use a global shortcut, or one on a message."""
        return await self.act("shortcut", callback_id=callback_id, channel=channel, ts=ts)

    async def commands(self, channel: str, text: str, thread: str | None = None) -> Json:
        """Give a slash command."""
        return await self.act("command", channel=channel, text=text, thread_ts=thread)

    async def opens_home(self) -> Json:
        """Open App Home and wait until it shows something."""
        await self.act("home")
        return await self.until(self._home)

    async def modal(self) -> Json:
        """Wait for an open modal."""
        return await self.until(self._top_modal)

    # Looks

    async def history(self, channel: str, thread: str | None = None) -> list[Json]:
        """What the person reads in a channel or thread."""
        return (await self.looks("history", channel=channel, **({"thread": thread} if thread else {})))["messages"]

    async def reads(
        self,
        channel: str,
        *,
        thread: str | None = None,
        until: Callable[[Json], bool],
        timeout: float = PATIENCE_SECONDS,  # noqa: ASYNC109 - the test's own patience
    ) -> Json:
        """Wait for a message, and return it."""

        async def look() -> Json | None:
            found = await self.history(channel, thread)
            return next((message for message in reversed(found) if until(message)), None)

        def concerns(change: Json) -> bool:
            same_thread = thread is None or thread in (change.get("thread_ts"), change.get("ts"))
            return change.get("channel") == channel and same_thread

        return await self.until(look, timeout, concerns)

    async def until(
        self,
        look: Callable[[], Any],
        timeout: float = PATIENCE_SECONDS,  # noqa: ASYNC109 - the test's own patience
        concerns: Concern = lambda _change: True,
    ) -> Any:
        """Look, and look again after each change that concerns it, until there is something to see.

        Raises:
            TimeoutError: when nothing comes.
        """
        changed = asyncio.Event()
        self._watching[changed] = concerns
        try:
            async with asyncio.timeout(timeout):
                while not (found := await look()):
                    await changed.wait()
                    changed.clear()
                return found
        finally:
            del self._watching[changed]

    async def act(self, name: str, /, **body: Any) -> Any:
        """Do something by its name under /client/."""
        body = {key: value for key, value in body.items() if value is not None}
        async with self._http.post(f"{self.url}/client/{name}", json={"user": self.id, **body}) as answer:
            return await self._checked(answer)

    async def looks(self, name: str, /, **query: str) -> Any:
        """Look at something by its name under /client/."""
        async with self._http.get(f"{self.url}/client/{name}", params={"user": self.id, **query}) as answer:
            return await self._checked(answer)

    async def _home(self) -> Json | None:
        return (await self.looks("home"))["view"]

    async def _top_modal(self) -> Json | None:
        stack = await self.looks("views")
        return stack[-1] if stack else None

    @property
    def _http(self) -> aiohttp.ClientSession:
        if self._session is None:
            raise RuntimeError("Use `async with Person(…)`.")
        return self._session

    async def _checked(self, answer: aiohttp.ClientResponse) -> Any:
        body = await answer.json()
        if answer.status >= 400:  # noqa: PLR2004 - HTTP errors
            raise Refused(body.get("error"))
        return body

    async def _read_stream(self, listening: asyncio.Future[None]) -> None:
        timeout = aiohttp.ClientTimeout(total=None)
        try:
            async with self._http.get(f"{self.url}/client/stream", params={"user": self.id}, timeout=timeout) as stream:
                await self._checked_stream(stream)
                async for line in stream.content:
                    if line.startswith(b"data:"):
                        self._heard(json.loads(line[5:]), listening)
        except Exception as error:
            if listening.done():
                raise
            listening.set_exception(error)

    async def _checked_stream(self, stream: aiohttp.ClientResponse) -> None:
        if stream.status >= 400:  # noqa: PLR2004 - HTTP errors
            await self._checked(stream)

    def _heard(self, change: Json, listening: asyncio.Future[None]) -> None:
        if change["type"] == "hello":
            if not listening.done():
                listening.set_result(None)
            return
        for changed, concerns in self._watching.items():
            if concerns(change):
                changed.set()


def find_element(blocks: list[Json], action_id: str) -> tuple[Json, Json]:
    """The block and the element with this action id.

    Raises:
        LookupError: when there is none.
    """
    for block in blocks:
        for element in elements(block):
            if element.get("action_id") == action_id:
                return block, element
    raise LookupError(f"no element {action_id}")
