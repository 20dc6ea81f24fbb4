"""A small workspace, and the ways into it: Slack's own client, a Bolt app, people."""

from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import Any

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.demo.workspace import Person, Seed, SeedChannel, SeedGroup, SeedUser, Workspace, WorkspaceServer, serve
from tests.stage import PATIENCE_SECONDS, patient

Json = dict[str, Any]

BOT, ADA, BEN, EVE = "U0BATON00", "U0ADA0000", "U0BEN0000", "U0EVE0000"
"""The app, two people of the team, and one of another organisation."""
OTHER_TEAM = "T0OTHER00"
GENERAL, SECRET, SHARED, ELSEWHERE, HIDDEN = "C0GENERAL", "C0SECRET0", "C0SHARED0", "C0ELSE000", "C0HIDDEN0"
"""The bot is not in the last two, a public and a private one."""

SEED = Seed(
    users=(
        SeedUser(ADA, "ada", "Ada Lind", email="ada@example.com"),
        SeedUser(BEN, "ben", "Ben Okafor"),
        SeedUser(EVE, "eve", "Eve Stone", team_id=OTHER_TEAM),
    ),
    channels=(
        SeedChannel(GENERAL, "general", (ADA, BEN, BOT)),
        SeedChannel(SECRET, "secret", (ADA, BOT), kind="private"),
        SeedChannel(SHARED, "shared", (ADA, EVE, BOT), shared=True),
        SeedChannel(ELSEWHERE, "elsewhere", (ADA,)),
        SeedChannel(HIDDEN, "hidden", (BEN,), kind="private"),
    ),
    groups=(SeedGroup("S0TEAM000", "team", "Team", (ADA, BEN)),),
    # More patient than Slack: on a busy machine nothing is to be sent twice.
    ack_seconds=60.0,
    trigger_seconds=60.0,
)


@dataclass
class Place:
    """An open workspace."""

    server: WorkspaceServer
    client: Any
    """Slack's own AsyncWebClient; its answers are untyped."""
    _stack: AsyncExitStack = field(repr=False)

    @property
    def workspace(self) -> Workspace:
        """The workspace itself."""
        return self.server.workspace

    async def person(self, user_id: str) -> Person:
        """Somebody at their screen."""
        return await self._stack.enter_async_context(Person(self.server.url, user_id))

    def app(self) -> AsyncApp:
        """A Bolt app that is not connected yet; the first `auth.test` of Bolt is kept out of the listeners' way."""
        return AsyncApp(client=self.client, token=None)

    async def connect(self, app: AsyncApp) -> AsyncSocketModeHandler:
        """Connect a Bolt app over Socket Mode."""
        patient(app)
        token = self.server.workspace.seed.app.app_token
        handler = AsyncSocketModeHandler(app, token, ping_interval=PATIENCE_SECONDS)
        await handler.connect_async()
        self._stack.push_async_callback(handler.close_async)
        return handler


@asynccontextmanager
async def place(seed: Seed = SEED, **app: Any) -> AsyncGenerator[Place]:
    """Open a workspace; `app` changes what its app is, such as its scopes."""
    async with AsyncExitStack() as stack:
        server = await serve(Workspace(replace(seed, app=replace(seed.app, **app))))
        stack.push_async_callback(server.close)
        client = AsyncWebClient(seed.app.bot_token, base_url=server.api_url, retry_handlers=[])
        yield Place(server, client, stack)


async def refusal(call: Awaitable[Any]) -> str:
    """The error with which a call is refused."""
    return str((await refused(call))["error"])


async def refused(call: Awaitable[Any]) -> Json:
    """The whole answer to a call that is refused."""
    try:
        await call
    except SlackApiError as error:
        return dict(error.response.data)  # pyright: ignore[reportArgumentType,reportCallIssue]
    raise AssertionError("The call was not refused.")


def section(text: str = "Hello", **more: Any) -> Json:
    """A section block."""
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}, **more}


def plain(text: str) -> Json:
    """A plain text object."""
    return {"type": "plain_text", "text": text}


def button(action_id: str = "go", **more: Any) -> Json:
    """A button."""
    return {"type": "button", "text": plain("Go"), "action_id": action_id, **more}


def actions(*elements: Json, **more: Any) -> Json:
    """An actions block."""
    return {"type": "actions", "elements": list(elements) or [button()], **more}


def question(block_id: str = "why", **element: Any) -> Json:
    """An input block with a text field `text`."""
    field_ = {"type": "plain_text_input", "action_id": "text", **element}
    return {"type": "input", "block_id": block_id, "label": plain("Why?"), "element": field_}


def modal(*blocks: Json, **more: Any) -> Json:
    """A modal."""
    shown = {"type": "modal", "callback_id": "form", "title": plain("Form"), "submit": plain("Send")}
    return {**shown, "blocks": list(blocks) or [question()], **more}


Listener = Callable[..., Awaitable[None]]
