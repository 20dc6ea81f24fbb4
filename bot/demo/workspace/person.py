"""A person at their screen: drives the people's side over HTTP, for tests, benchmarks and the demo."""

import asyncio
import json
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Self

import aiohttp

Json = dict[str, Any]


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
        self._changed = asyncio.Event()
        self._reader: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        self._session = aiohttp.ClientSession()
        listening = asyncio.Event()
        self._reader = asyncio.create_task(self._read_stream(listening))
        await listening.wait()
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

    async def presses(self, message: Json, action_id: str, *, channel: str) -> Json:
        """Press a button of a message."""
        block, element = find_element(message.get("blocks", []), action_id)
        container = {"channel": channel, "ts": message["ts"]}
        chosen = {"value": element["value"]} if "value" in element else {}
        return await self.act(
            "press", container=container, block_id=block["block_id"], action_id=element["action_id"], **chosen
        )

    async def presses_in_view(self, view: Json, action_id: str) -> Json:
        """Press a button of a modal or of App Home."""
        block, element = find_element(view["blocks"], action_id)
        chosen = {"value": element["value"]} if "value" in element else {}
        where: Json = {"container": {"view_id": view["id"]}, "block_id": block.get("block_id", "")}
        return await self.act("press", **where, action_id=action_id, **chosen)

    async def submits(self, view: Json, values: Json) -> Json:
        """Submit a modal; `values` by block id and action id."""
        return await self.act("submit", view_id=view["id"], values=values)

    async def commands(self, channel: str, text: str) -> Json:
        """Give a slash command."""
        return await self.act("command", channel=channel, text=text)

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
        timeout: float = 10,  # noqa: ASYNC109 - the test's own patience
    ) -> Json:
        """Wait for a message, and return it."""

        async def look() -> Json | None:
            found = await self.history(channel, thread)
            return next((message for message in reversed(found) if until(message)), None)

        return await self.until(look, timeout)

    async def until(self, look: Callable[[], Any], timeout: float = 10) -> Any:  # noqa: ASYNC109
        """Look after each change until there is something to see.

        Raises:
            TimeoutError: when nothing comes.
        """
        async with asyncio.timeout(timeout):
            while True:
                self._changed.clear()
                found = await look()
                if found:
                    return found
                await self._changed.wait()

    async def act(self, name: str, **body: Any) -> Any:
        """Do something by its name under /client/."""
        body = {key: value for key, value in body.items() if value is not None}
        async with self._http.post(f"{self.url}/client/{name}", json={"user": self.id, **body}) as answer:
            return await self._checked(answer)

    async def looks(self, name: str, **query: str) -> Any:
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

    async def _read_stream(self, listening: asyncio.Event) -> None:
        timeout = aiohttp.ClientTimeout(total=None)
        async with self._http.get(f"{self.url}/client/stream", params={"user": self.id}, timeout=timeout) as stream:
            async for line in stream.content:
                if line.startswith(b"data:") and json.loads(line[5:])["type"] == "hello":
                    listening.set()
                elif line.startswith(b"data:"):
                    self._changed.set()


def find_element(blocks: list[Json], action_id: str) -> tuple[Json, Json]:
    """The block and the element with this action id.

    Raises:
        LookupError: when there is none.
    """
    for block in blocks:
        for element in [*block.get("elements", []), block.get("accessory") or {}, block.get("element") or {}]:
            if element.get("action_id") == action_id:
                return block, element
    raise LookupError(f"no element {action_id}")
