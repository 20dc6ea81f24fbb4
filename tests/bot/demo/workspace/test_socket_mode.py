"""Socket Mode over real connections: tickets, envelopes, acknowledgements, redelivery, reconnects."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import aiohttp
import pytest

from bot.demo.workspace import Faults
from tests.bot.demo.workspace.place import ADA, GENERAL, SEED, Json, Place, place

QUICK = replace(SEED, ack_seconds=0.05, retry_waits=(0.0, 0.0, 0.0))
"""A workspace that does not wait long for an acknowledgement."""


async def _address(home: Place) -> str:
    opened = await home.client.apps_connections_open(app_token=home.workspace.seed.app.app_token)
    return str(opened["url"])


@asynccontextmanager
async def _connected(home: Place) -> AsyncGenerator[aiohttp.ClientWebSocketResponse]:
    async with aiohttp.ClientSession() as session, session.ws_connect(await _address(home)) as socket:
        assert (await socket.receive_json(timeout=60))["type"] == "hello"
        yield socket


async def _acknowledged(socket: aiohttp.ClientWebSocketResponse, **more: Any) -> Json:
    envelope = await socket.receive_json(timeout=60)
    await socket.send_json({"envelope_id": envelope["envelope_id"], **more})
    return envelope


async def test_a_message_reaches_a_bolt_app_and_its_answer_the_person(home: Place) -> None:
    app = home.app()

    @app.event("message")
    async def answer(event: Json, say: Any) -> None:
        await say(text=f"You said: {event['text']}", thread_ts=event["ts"])

    await home.connect(app)
    ada = await home.person(ADA)
    said = await ada.says(GENERAL, "Hello")
    reply = await ada.reads(GENERAL, thread=said["ts"], until=lambda message: "bot_id" in message)
    assert reply["text"] == "You said: Hello"


async def test_an_envelope_has_all_that_slacks_has(home: Place) -> None:
    ada = await home.person(ADA)
    async with _connected(home) as socket:
        said = await ada.says(GENERAL, "Hello")
        envelope = await _acknowledged(socket)
    payload = envelope["payload"]
    assert envelope["type"] == "events_api"
    assert envelope["accepts_response_payload"] is False
    assert (envelope["retry_attempt"], envelope["retry_reason"]) == (0, "")
    assert (payload["type"], payload["team_id"], payload["api_app_id"]) == ("event_callback", "T0LOCAL00", "A0BATON00")
    assert payload["event_id"].startswith("Ev")
    assert payload["authorizations"][0]["user_id"] == "U0BATON00"
    assert payload["is_ext_shared_channel"] is False
    event = payload["event"]
    assert (event["user"], event["text"], event["ts"], event["channel_type"]) == (ADA, "Hello", said["ts"], "channel")
    assert event["client_msg_id"] == said["client_msg_id"]


async def test_a_ticket_works_once(home: Place) -> None:
    address = await _address(home)
    async with aiohttp.ClientSession() as session:
        async with session.ws_connect(address):
            pass
        with pytest.raises(aiohttp.WSServerHandshakeError, match="404"):
            await session.ws_connect(address)


async def test_an_event_without_an_acknowledgement_comes_again_with_its_number() -> None:
    async with place(QUICK) as home, _connected(home) as socket:
        ada = await home.person(ADA)
        await ada.says(GENERAL, "Hello")
        envelopes = [await socket.receive_json(timeout=60) for _ in range(4)]
        assert [each["retry_attempt"] for each in envelopes] == [0, 1, 2, 3]
        assert [each["retry_reason"] for each in envelopes] == ["", "timeout", "timeout", "timeout"]
        assert len({each["payload"]["event_id"] for each in envelopes}) == 1
        assert len({each["envelope_id"] for each in envelopes}) == 4
        await home.workspace.delivery.settled()
        await _nothing_more(home, socket)


async def test_an_acknowledged_event_comes_no_more(home: Place) -> None:
    async with _connected(home) as socket:
        ada = await home.person(ADA)
        await ada.says(GENERAL, "Hello")
        await _acknowledged(socket)
        await home.workspace.delivery.settled()
        await _nothing_more(home, socket)


async def _nothing_more(home: Place, socket: aiohttp.ClientWebSocketResponse) -> None:
    """The next thing that comes is the next that was said."""
    ada = await home.person(ADA)
    await ada.says(GENERAL, "Next")
    assert (await socket.receive_json(timeout=60))["payload"]["event"]["text"] == "Next"


async def test_a_lost_acknowledgement_brings_the_event_again(home: Place) -> None:
    home.workspace.faults = Faults(lose_acks=1)
    ada = await home.person(ADA)
    async with _connected(home) as socket:
        await ada.says(GENERAL, "Hello")
        first, second = await _acknowledged(socket), await _acknowledged(socket)
    assert first["payload"] == second["payload"]
    assert second["retry_attempt"] == 1


async def test_an_event_waits_for_an_app_that_is_not_there_yet(home: Place) -> None:
    ada = await home.person(ADA)
    await ada.says(GENERAL, "Is anybody there?")
    async with _connected(home) as socket:
        assert (await _acknowledged(socket))["payload"]["event"]["text"] == "Is anybody there?"


async def test_each_envelope_goes_to_one_of_the_connections(home: Place) -> None:
    ada = await home.person(ADA)
    async with _connected(home) as one, _connected(home) as other:
        await ada.says(GENERAL, "First")
        await ada.says(GENERAL, "Second")
        texts = {(await _acknowledged(socket))["payload"]["event"]["text"] for socket in (one, other)}
    assert texts == {"First", "Second"}


async def test_ten_connections_are_all_that_an_app_gets(home: Place) -> None:
    async with aiohttp.ClientSession() as session:
        sockets = [await session.ws_connect(await _address(home)) for _ in range(10)]
        hellos = [await socket.receive_json(timeout=60) for socket in sockets]
        assert [hello["num_connections"] for hello in hellos] == list(range(1, 11))
        late = await session.ws_connect(await _address(home))
        assert (await late.receive_json(timeout=60))["reason"] == "too_many_websockets"
        for socket in (*sockets, late):
            await socket.close()


async def test_a_bolt_app_that_is_asked_to_reconnect_hears_on(home: Place) -> None:
    app, heard = home.app(), asyncio.Queue[str]()

    @app.event("message")
    async def hear(event: Json) -> None:
        heard.put_nowait(event["text"])

    await home.connect(app)
    ada = await home.person(ADA)
    await ada.act("faults", disconnect="warning")
    await ada.says(GENERAL, "After the warning")
    assert await asyncio.wait_for(heard.get(), 60) == "After the warning"


async def test_cut_connections_lose_nothing() -> None:
    async with place() as home:
        app, heard = home.app(), asyncio.Queue[str]()

        @app.event("message")
        async def hear(event: Json) -> None:
            heard.put_nowait(event["text"])

        handler = await home.connect(app)
        ada = await home.person(ADA)
        await ada.act("faults", drop_sockets=True)
        assert not home.workspace.delivery.connected
        await ada.says(GENERAL, "Into the dark")
        await handler.client.connect_to_new_endpoint(force=True)
        assert await asyncio.wait_for(heard.get(), 60) == "Into the dark"


async def test_only_what_the_app_subscribed_to_is_sent() -> None:
    async with place(events=("reaction_added",)) as home, _connected(home) as socket:
        ada = await home.person(ADA)
        said = await ada.says(GENERAL, "Hello")
        await ada.reacts(GENERAL, said["ts"], "eyes")
        assert (await _acknowledged(socket))["payload"]["event"]["type"] == "reaction_added"


async def test_the_connection_that_leaves_is_used_only_while_there_is_no_other(home: Place) -> None:
    ada = await home.person(ADA)
    async with _connected(home) as old:
        await ada.act("faults", disconnect="refresh_requested")
        assert (await old.receive_json(timeout=60))["reason"] == "refresh_requested"
        await ada.says(GENERAL, "Still here")
        assert (await _acknowledged(old))["payload"]["event"]["text"] == "Still here"
        async with _connected(home) as new:
            for text in ("Moved", "For good"):
                await ada.says(GENERAL, text)
                assert (await _acknowledged(new))["payload"]["event"]["text"] == text
