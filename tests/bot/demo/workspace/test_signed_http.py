"""Events, presses and commands over HTTP, through Bolt's own request handler."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import pytest
from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.async_app import AsyncApp
from slack_sdk.signature import SignatureVerifier
from slack_sdk.web.async_client import AsyncWebClient

from tests.bot.demo.workspace.place import ADA, GENERAL, SEED, Json, Place, actions, modal, place

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
SECRET = SEED.app.signing_secret


@asynccontextmanager
async def _served(handler: Handler) -> AsyncGenerator[str]:
    app = web.Application()
    app.router.add_post("/slack/events", handler)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events"
    finally:
        await runner.cleanup()


@asynccontextmanager
async def _behind(handler: Handler, **seed: Any) -> AsyncGenerator[Place]:
    async with (
        _served(handler) as url,
        place(replace(SEED, **seed), events_url=url, interactivity_url=url, commands_url=url) as home,
    ):
        yield home


class _Bolt:
    """A Bolt app behind an address; its client is known only when the workspace is open."""

    def __init__(self) -> None:
        self.app = AsyncApp(client=AsyncWebClient(SEED.app.bot_token), signing_secret=SECRET)

    async def handle(self, request: web.Request) -> web.StreamResponse:
        return await to_aiohttp_response(await self.app.async_dispatch(await to_bolt_request(request)))


@asynccontextmanager
async def _bolt() -> AsyncGenerator[tuple[AsyncApp, Place]]:
    bolt = _Bolt()
    async with _behind(bolt.handle) as home:
        bolt.app.client.base_url = home.server.api_url
        yield bolt.app, home


async def test_bolt_accepts_the_signature_and_answers() -> None:
    async with _bolt() as (app, home):

        @app.event("message")
        async def answer(event: Json, say: Any) -> None:
            await say(text="Heard", thread_ts=event["ts"])

        ada = await home.person(ADA)
        said = await ada.says(GENERAL, "Grüße & <tags>")
        reply = await ada.reads(GENERAL, thread=said["ts"], until=lambda message: "bot_id" in message)
        assert reply["text"] == "Heard"


async def test_the_address_is_verified_by_a_challenge() -> None:
    async with _bolt() as (_app, home):
        ada = await home.person(ADA)
        assert (await ada.act("verify_url"))["verified"] is True

    async def deaf(_request: web.Request) -> web.Response:
        return web.Response(text="ok")

    async with _behind(deaf) as home:
        assert not await home.workspace.delivery.http.verify_url()


async def test_presses_forms_and_commands_come_over_http_too() -> None:
    async with _bolt() as (app, home):

        @app.action("go")
        async def go(ack: Any, body: Json, client: Any) -> None:
            await ack()
            await client.views_open(trigger_id=body["trigger_id"], view=modal())

        @app.view("form")
        async def form(ack: Any) -> None:
            await ack(response_action="errors", errors={"why": "Say more."})

        @app.command("/hello")
        async def hello(ack: Any, command: Json) -> None:
            await ack(text=f"Hello {command['text']}")

        ada = await home.person(ADA)
        posted = (await home.client.chat_postMessage(channel=GENERAL, text="Press", blocks=[actions()]))["message"]
        assert await ada.presses(posted, "go", channel=GENERAL) == {"acked": True}
        result = await ada.submits(await ada.modal(), {"why": {"text": {"value": "Because"}}})
        assert result == {"result": "errors", "errors": {"why": "Say more."}}
        assert (await ada.commands(GENERAL, "/hello there"))["response"]["text"] == "Hello there"
        shown = await ada.reads(GENERAL, until=lambda message: "is_ephemeral" in message)
        assert shown["text"] == "Hello there"


@pytest.mark.parametrize(
    ("failure", "reason"), [("error", "http_error"), ("slow", "http_timeout"), ("cut", "connection_failed")]
)
async def test_an_event_comes_again_and_says_why(failure: str, reason: str) -> None:
    seen: asyncio.Queue[tuple[str | None, str | None, bool]] = asyncio.Queue()
    done = asyncio.Event()

    async def handle(request: web.Request) -> web.StreamResponse:
        body = (await request.read()).decode()
        valid = SignatureVerifier(SECRET).is_valid_request(body, dict(request.headers))
        headers = request.headers
        seen.put_nowait((headers.get("X-Slack-Retry-Num"), headers.get("X-Slack-Retry-Reason"), valid))
        if failure == "slow":
            await done.wait()
        if failure == "cut" and request.transport:
            request.transport.abort()
        return web.Response(status=500)

    async with _behind(handle, ack_seconds=1.0 if failure == "slow" else 60.0, retry_waits=(0.0, 0.0)) as home:
        ada = await home.person(ADA)
        await ada.says(GENERAL, "Hello")
        tries = [await asyncio.wait_for(seen.get(), 60) for _ in range(3)]
        done.set()
    assert tries == [(None, None, True), ("1", reason, True), ("2", reason, True)]


async def test_an_app_that_wants_no_retry_gets_none() -> None:
    seen: list[str] = []

    async def handle(request: web.Request) -> web.StreamResponse:
        seen.append((await request.json())["event"]["text"])
        return web.Response(status=500, headers={"X-Slack-No-Retry": "1"})

    async with _behind(handle, retry_waits=(0.0,)) as home:
        ada = await home.person(ADA)
        for text in ("One", "Two"):
            await ada.says(GENERAL, text)
        await home.workspace.delivery.settled()
    assert sorted(seen) == ["One", "Two"]
