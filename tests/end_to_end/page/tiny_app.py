"""A small Bolt app that uses everything the page shows: buttons, forms, menus, commands, shortcuts, App Home."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncSay
from slack_sdk.web.async_client import AsyncWebClient

from bot.demo.workspace import WorkspaceServer
from tests.bot.demo.page.every_block import CONFIRM, FORM, button, field, mrkdwn, option, plain
from tests.stage import PATIENCE_SECONDS, patient

Json = dict[str, Any]

COUNTER = "counter"


def counter(count: int) -> list[Json]:
    """A message with a button that counts."""
    buttons = [
        button("Count", "count", value=str(count), style="primary"),
        button("Deaf", "deaf"),
        button("Clear", "clear", style="danger", confirm=CONFIRM),
        button("Form", "form"),
    ]
    return [
        {"type": "section", "block_id": "said", "text": mrkdwn(f"Pressed *{count}* times")},
        {"type": "actions", "block_id": "do", "elements": buttons},
    ]


def form(title: str = "A form", blocks: list[Json] | None = None) -> Json:
    """A modal of every field."""
    return {
        "type": "modal",
        "callback_id": "form",
        "title": plain(title),
        "submit": plain("Save"),
        "close": plain("Cancel"),
        "blocks": blocks or FORM,
    }


def home(count: int) -> Json:
    """App Home with a button and a field."""
    note = field("Note", "plain_text_input", "note", optional=True)
    go = {"type": "actions", "block_id": "go", "elements": [button("Again", "home_again", value=str(count))]}
    said: Json = {"type": "section", "block_id": "count", "text": mrkdwn(f"Seen {count} times")}
    return {"type": "home", "blocks": [said, note, go]}


class TinyApp:
    """The app, and what it was told."""

    def __init__(self, server: WorkspaceServer) -> None:
        seed = server.workspace.seed.app
        client = AsyncWebClient(seed.bot_token, base_url=server.api_url)
        self.app = AsyncApp(token=seed.bot_token, client=client, raise_error_for_unhandled_request=False)
        self.client = client
        self.line = AsyncSocketModeHandler(self.app, seed.app_token, web_client=client, ping_interval=PATIENCE_SECONDS)
        self.submitted: asyncio.Queue[Json] = asyncio.Queue()
        self.chosen: asyncio.Queue[Json] = asyncio.Queue()
        self.answer: Json | None = None
        """What the next submission is answered with."""
        self._listen()

    def _listen(self) -> None:
        self.app.event("message")(self._message)
        self.app.event("app_home_opened")(self._home_opened)
        self.app.action("count")(self._count)
        self.app.action("deaf")(self._deaf)
        self.app.action("clear")(self._clear)
        self.app.action("form")(self._form)
        self.app.action("home_again")(self._home_again)
        for choice in ("more", "size", "who", "day"):
            self.app.action(choice)(self._choice)
        self.app.options("order")(self._orders)
        self.app.view("form")(self._submitted)
        self.app.command("/tiny")(self._command)
        self.app.shortcut("remember")(self._remember)
        patient(self.app)

    async def _message(self, event: Json, say: AsyncSay) -> None:
        if "bot_id" not in event and event.get("text", "").startswith("count"):
            await say(text="counter", blocks=counter(0), thread_ts=event["ts"])

    async def _home_opened(self, event: Json, client: AsyncWebClient) -> None:
        await client.views_publish(user_id=event["user"], view=home(1))

    async def _home_again(self, ack: AsyncAck, body: Json, client: AsyncWebClient) -> None:
        await ack()
        count = int(body["actions"][0]["value"]) + 1
        await client.views_publish(user_id=body["user"]["id"], view=home(count))

    async def _count(self, ack: AsyncAck, body: Json, client: AsyncWebClient) -> None:
        await ack()
        count = int(body["actions"][0]["value"]) + 1
        where = {"channel": body["channel"]["id"], "ts": body["message"]["ts"]}
        await client.chat_update(**where, text="counter", blocks=counter(count))

    async def _deaf(self, body: Json) -> None:
        """Never acknowledges."""

    async def _clear(self, ack: AsyncAck, body: Json, client: AsyncWebClient) -> None:
        await ack()
        await client.chat_delete(channel=body["channel"]["id"], ts=body["message"]["ts"])

    async def _form(self, ack: AsyncAck, body: Json, client: AsyncWebClient) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=form())

    async def _choice(self, ack: AsyncAck, body: Json) -> None:
        await ack()
        self.chosen.put_nowait(body["actions"][0])

    async def _orders(self, ack: AsyncAck, body: Json) -> None:
        await ack(options=[option(f"Order {body['value']}{digit}", f"o{digit}") for digit in range(3)])

    async def _submitted(self, ack: AsyncAck, view: Json) -> None:
        answer, self.answer = self.answer, None
        await ack(**(answer or {}))
        self.submitted.put_nowait(view["state"]["values"])

    async def _command(self, ack: AsyncAck, body: Json) -> None:
        await ack(f"You said *{body['text']}*")

    async def _remember(self, ack: AsyncAck, body: Json, client: AsyncWebClient) -> None:
        await ack()
        where = {"channel": body["channel"]["id"], "user": body["user"]["id"]}
        await client.chat_postEphemeral(**where, text=f"Remembered: {body['message']['text']}")


@asynccontextmanager
async def running(server: WorkspaceServer) -> AsyncGenerator[TinyApp]:
    """The app while it is connected."""
    tiny = TinyApp(server)
    await tiny.line.connect_async()
    try:
        yield tiny
    finally:
        await tiny.line.close_async()
