"""Trouble on demand, and limits by tier."""

import asyncio
from collections.abc import Awaitable
from dataclasses import replace
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.demo.workspace import Faults, api_endpoint, delivery
from bot.demo.workspace.errors import RateLimited
from bot.demo.workspace.person import Refused
from bot.demo.workspace.rate_limits import POSTING, TIER_2, TIER_4, UNLIMITED, RateLimits
from tests.bot.demo.workspace.place import ADA, GENERAL, SEED, Json, Place, place, refusal


async def _limited(call: Awaitable[Any]) -> int:
    with pytest.raises(SlackApiError) as caught:
        await call
    assert (caught.value.response.status_code, caught.value.response["error"]) == (429, "ratelimited")
    return int(caught.value.response.headers["Retry-After"])


async def _heard(home: Place) -> asyncio.Queue[Json]:
    app, heard = home.app(), asyncio.Queue[Json]()

    @app.event("message")
    async def hear(body: Json) -> None:
        heard.put_nowait(body)

    await home.connect(app)
    return heard


async def test_a_429_names_the_seconds_and_ends(home: Place) -> None:
    home.workspace.faults = Faults(ratelimit={"chat.postMessage": 1}, retry_after=7)
    assert await _limited(home.client.chat_postMessage(channel=GENERAL, text="x")) == 7
    await home.client.chat_postMessage(channel=GENERAL, text="x")


async def test_a_500_does_nothing(home: Place) -> None:
    ada = await home.person(ADA)
    await ada.act("faults", fail={"chat.postMessage": 1})
    with pytest.raises(SlackApiError) as caught:
        await home.client.chat_postMessage(channel=GENERAL, text="x")
    assert caught.value.response.status_code == 500
    assert await ada.history(GENERAL) == []


async def test_a_post_may_arrive_while_its_answer_does_not(home: Place) -> None:
    ada = await home.person(ADA)
    home.workspace.faults = Faults(drop_after={"chat.postMessage": 1})
    with pytest.raises(aiohttp.ClientError):
        await home.client.chat_postMessage(channel=GENERAL, text="Only once")
    assert [message["text"] for message in await ada.history(GENERAL)] == ["Only once"]


async def test_the_sdks_own_retry_after_a_dropped_answer_posts_twice(home: Place) -> None:
    ada = await home.person(ADA)
    home.workspace.faults = Faults(drop_after={"chat.postMessage": 1})
    retrying = AsyncWebClient(home.client.token, base_url=home.server.api_url)
    await retrying.chat_postMessage(channel=GENERAL, text="Twice")
    assert len(await ada.history(GENERAL)) == 2


async def test_an_answer_may_come_too_late(home: Place) -> None:
    ada = await home.person(ADA)
    home.workspace.faults = Faults(stall_after={"chat.postMessage": 1})
    posting = asyncio.create_task(home.client.chat_postMessage(channel=GENERAL, text="x"))
    await ada.reads(GENERAL, until=lambda message: message["text"] == "x")
    assert not posting.done(), "it is there, and who posted it is not told"
    posting.cancel()


async def test_one_call_is_refused_with_a_chosen_error(home: Place) -> None:
    home.workspace.faults = Faults(refuse={"chat.postMessage": "restricted_action"})
    assert await refusal(home.client.chat_postMessage(channel=GENERAL, text="x")) == "restricted_action"
    await home.client.chat_postMessage(channel=GENERAL, text="x")


async def test_events_come_twice_with_the_same_id(home: Place) -> None:
    heard = await _heard(home)
    home.workspace.faults = Faults(duplicate=1.0)
    ada = await home.person(ADA)
    await ada.says(GENERAL, "Echo")
    first, second = [await asyncio.wait_for(heard.get(), 60) for _ in range(2)]
    assert first["event_id"] == second["event_id"]


async def test_events_overtake_each_other_and_none_is_held_back(home: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    heard = await _heard(home)
    home.workspace.faults = Faults(reorder=True)
    sockets, sent = home.workspace.delivery.sockets, list[str]()
    send = sockets.send

    async def noted(kind: str, payload: Json, **more: Any) -> Json:
        sent.append(payload["event"]["text"])
        return await send(kind, payload, **more)

    monkeypatch.setattr(sockets, "send", noted)
    monkeypatch.setattr(delivery, "LONELY_SECONDS", 60.0)  # however late the second comes
    ada = await home.person(ADA)
    for text in ("1", "2"):
        await ada.says(GENERAL, text)
    assert {(await asyncio.wait_for(heard.get(), 60))["event"]["text"] for _ in range(2)} == {"1", "2"}
    assert sent == ["2", "1"]
    monkeypatch.undo()
    await ada.says(GENERAL, "3")
    assert (await asyncio.wait_for(heard.get(), 60))["event"]["text"] == "3"


async def test_delays_are_the_same_for_the_same_seed() -> None:
    assert [Faults(delay=2.0, seed=3).wait() for _ in range(2)] == [Faults(delay=2.0, seed=3).wait()] * 2
    assert 0 <= Faults(delay=2.0).wait() <= 2.0
    assert Faults().wait() == 0.0


async def test_unknown_faults_are_named(home: Place) -> None:
    ada = await home.person(ADA)
    with pytest.raises(Refused, match=r"unknown_faults.*earthquake"):
        await ada.act("faults", earthquake=True)


async def test_posts_are_limited_by_channel_when_limits_are_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api_endpoint, "RateLimits", lambda: RateLimits(_Clock()))  # however long the calls take
    async with place(replace(SEED, rate_limits=True)) as home:
        for _ in range(5):
            await home.client.chat_postMessage(channel=GENERAL, text="x")
        assert await _limited(home.client.chat_postMessage(channel=GENERAL, text="x")) == 1
        await home.client.chat_postMessage(channel=ADA, text="Elsewhere it goes on")


class _Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def _passed(limits: RateLimits, method: str, channel: str, tier: int, tries: int) -> int:
    count = 0
    for _ in range(tries):
        try:
            limits.check(method, channel, tier)
        except RateLimited:
            continue
        count += 1
    return count


def test_a_tier_is_so_many_calls_a_minute() -> None:
    clock = _Clock()
    limits = RateLimits(clock)
    assert _passed(limits, "conversations.list", "", TIER_2, 30) == 20
    assert _passed(limits, "users.info", "", TIER_4, 130) == 100
    clock.now = 30.0
    assert _passed(limits, "conversations.list", "", TIER_2, 30) == 10
    assert _passed(limits, "auth.test", "", UNLIMITED, 1000) == 1000


def test_a_refusal_says_when_the_next_call_passes() -> None:
    clock = _Clock()
    limits = RateLimits(clock)
    _passed(limits, "conversations.list", "", TIER_2, 20)
    with pytest.raises(RateLimited) as caught:
        limits.check("conversations.list", "", TIER_2)
    clock.now = float(caught.value.seconds)
    limits.check("conversations.list", "", TIER_2)


def test_posting_is_limited_in_each_channel_and_in_all() -> None:
    clock = _Clock()
    limits = RateLimits(clock)
    assert _passed(limits, "chat.postMessage", "C1", POSTING, 10) == 5
    clock.now = 3.0
    assert _passed(limits, "chat.postMessage", "C1", POSTING, 10) == 3
    everywhere = sum(_passed(limits, "chat.postMessage", f"C{number}", POSTING, 5) for number in range(2, 100))
    assert 290 <= everywhere <= 300
