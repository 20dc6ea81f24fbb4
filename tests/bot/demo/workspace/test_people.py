"""What people do, what the app hears of it, and what they type."""

import asyncio
import re
from typing import Any

import aiohttp
import pytest

from bot.demo.workspace import Person, SeedApp
from bot.demo.workspace.person import Refused
from bot.demo.workspace.typed import as_slack_text
from tests.bot.demo.workspace.place import (
    ADA,
    BEN,
    BOT,
    ELSEWHERE,
    EVE,
    GENERAL,
    HIDDEN,
    OTHER_TEAM,
    SECRET,
    SHARED,
    Json,
    Place,
    place,
)


async def _everything(home: Place) -> asyncio.Queue[Json]:
    """All events that reach the app, in their wrapper."""
    app, heard = home.app(), asyncio.Queue[Json]()

    @app.middleware
    async def hear(body: Json, next: Any) -> None:
        heard.put_nowait(body)
        await next()

    @app.event(re.compile(".*"))
    async def acknowledge() -> None: ...

    await home.connect(app)
    return heard


async def _event(heard: asyncio.Queue[Json], kind: str, subtype: str | None = None) -> Json:
    others: list[Json] = []
    async with asyncio.timeout(60):
        while True:
            body = await heard.get()
            if body["event"]["type"] == kind and body["event"].get("subtype") == subtype:
                break
            others.append(body)
    for other in others:  # events of one moment may come in any order
        heard.put_nowait(other)
    return body


async def test_a_mention_is_two_events_of_one_message(home: Place) -> None:
    heard = await _everything(home)
    ada = await home.person(ADA)
    await ada.says(GENERAL, "Hi @baton")
    bodies = [await asyncio.wait_for(heard.get(), 60) for _ in range(2)]
    assert {body["event"]["type"] for body in bodies} == {"message", "app_mention"}
    assert len({body["event"]["ts"] for body in bodies}) == 1
    assert len({body["event_id"] for body in bodies}) == 2
    assert bodies[0]["event"]["text"] == f"Hi <@{BOT}>"


async def test_a_stranger_is_marked_as_of_their_own_team(home: Place) -> None:
    heard = await _everything(home)
    eve = await home.person(EVE)
    await eve.says(SHARED, "Hello from outside")
    body = await _event(heard, "message")
    assert body["is_ext_shared_channel"] is True
    assert (body["event"]["user_team"], body["event"]["source_team"]) == (OTHER_TEAM, OTHER_TEAM)
    assert body["team_id"] == "T0LOCAL00"


async def test_an_edit_and_a_deletion_say_what_was_before(home: Place) -> None:
    heard = await _everything(home)
    ada = await home.person(ADA)
    said = await ada.says(GENERAL, "Frist")
    await ada.edits(GENERAL, said["ts"], "First")
    changed = (await _event(heard, "message", "message_changed"))["event"]
    assert (changed["message"]["text"], changed["previous_message"]["text"]) == ("First", "Frist")
    assert (changed["message"]["edited"]["user"], changed["hidden"]) == (ADA, True)
    await ada.deletes(GENERAL, said["ts"])
    deleted = (await _event(heard, "message", "message_deleted"))["event"]
    assert (deleted["deleted_ts"], deleted["previous_message"]["text"]) == (said["ts"], "First")


async def test_deleting_the_start_of_a_thread_is_told_as_a_change_into_a_stone(home: Place) -> None:
    ada = await home.person(ADA)
    root = await ada.says(GENERAL, "Question")
    await ada.says(GENERAL, "More", thread=root["ts"])
    heard = await _everything(home)
    await ada.deletes(GENERAL, root["ts"])
    event = (await _event(heard, "message", "message_changed"))["event"]
    assert (event["message"]["subtype"], event["message"]["reply_count"]) == ("tombstone", 1)
    assert event["previous_message"]["text"] == "Question"


async def test_coming_and_going_is_told(home: Place) -> None:
    heard = await _everything(home)
    await home.client.conversations_join(channel=ELSEWHERE)
    assert (await _event(heard, "member_joined_channel"))["event"]["user"] == BOT
    ben = await home.person(BEN)
    await ben.joins(ELSEWHERE)
    assert (await _event(heard, "member_joined_channel"))["event"]["user"] == BEN
    assert (await _event(heard, "message", "channel_join"))["event"]["text"] == f"<@{BEN}> has joined the channel"
    await ben.leaves(ELSEWHERE)
    assert (await _event(heard, "member_left_channel"))["event"]["channel"] == ELSEWHERE


async def test_reactions_are_told_with_whose_message_it_is(home: Place) -> None:
    heard = await _everything(home)
    ada, ben = await home.person(ADA), await home.person(BEN)
    said = await ada.says(GENERAL, "Hi")
    await ben.reacts(GENERAL, said["ts"], "eyes")
    await ben.reacts(GENERAL, said["ts"], "eyes", remove=True)
    added = (await _event(heard, "reaction_added"))["event"]
    assert (added["user"], added["item_user"], added["item"]["ts"]) == (BEN, ADA, said["ts"])
    await _event(heard, "reaction_removed")
    assert "reactions" not in (await ada.history(GENERAL))[0]


async def test_new_people_and_new_names_are_told(home: Place) -> None:
    heard = await _everything(home)
    ada = await home.person(ADA)
    await ada.act("profile", real_name="Ada Lovelace")
    assert (await _event(heard, "user_change"))["event"]["user"]["real_name"] == "Ada Lovelace"
    async with Person(home.server.url, ADA) as screen:
        await screen.act("join_team", user="U0NEW0000", name="new", real_name="New Person")
    assert (await _event(heard, "team_join"))["event"]["user"]["id"] == "U0NEW0000"
    assert (await home.client.users_info(user="U0NEW0000"))["user"]["name"] == "new"


async def test_the_assistant_pane_starts_a_thread_and_tells_what_is_open_beside_it(home: Place) -> None:
    heard = await _everything(home)
    ada = await home.person(ADA)
    thread = await ada.act("assistant", looking_at=GENERAL)
    started = (await _event(heard, "assistant_thread_started"))["event"]["assistant_thread"]
    assert (started["user_id"], started["context"]["channel_id"]) == (ADA, GENERAL)
    await ada.act("assistant", thread_ts=thread["thread_ts"], looking_at=SECRET)
    moved = (await _event(heard, "assistant_thread_context_changed"))["event"]["assistant_thread"]
    assert (moved["thread_ts"], moved["context"]["channel_id"]) == (thread["thread_ts"], SECRET)


async def test_the_app_hears_nothing_from_channels_it_is_not_in(home: Place) -> None:
    heard = await _everything(home)
    ada, ben = await home.person(ADA), await home.person(BEN)
    await ben.says(HIDDEN, "Among us")
    await ada.says(GENERAL, "To all")
    assert (await asyncio.wait_for(heard.get(), 60))["event"]["text"] == "To all"


async def test_people_see_and_write_only_where_they_are(home: Place) -> None:
    ben = await home.person(BEN)
    for refused in (ben.says(SECRET, "x"), ben.history(SECRET)):
        with pytest.raises(Refused, match="not_in_channel"):
            await refused
    with pytest.raises(Refused, match="method_not_supported_for_channel_type"):
        await ben.joins(SECRET)
    with pytest.raises(Refused, match="user_not_found"):
        await Person(home.server.url, "U0NOBODY0").__aenter__()


async def test_another_web_site_in_the_browser_cannot_act_here(home: Place) -> None:
    url, body = f"{home.server.url}client/post", {"user": ADA, "channel": GENERAL, "text": "x"}
    async with aiohttp.ClientSession() as session:
        for origin, status in (("https://evil.example", 403), (home.server.url.rstrip("/"), 200)):
            async with session.post(url, json=body, headers={"Origin": origin}) as answer:
                assert answer.status == status


async def test_only_ones_own_words_can_be_changed(home: Place) -> None:
    ada, ben = await home.person(ADA), await home.person(BEN)
    said = await ada.says(GENERAL, "Mine")
    with pytest.raises(Refused, match="cant_update_message"):
        await ben.edits(GENERAL, said["ts"], "Yours")
    with pytest.raises(Refused, match="no_text"):
        await ada.says(GENERAL, "")
    with pytest.raises(Refused, match="msg_too_long"):
        await ada.says(GENERAL, "x" * 40_001)
    with pytest.raises(Refused, match="thread_not_found"):
        await ada.says(GENERAL, "x", thread="1.000000")


async def test_unread_counts_what_others_said_since_one_looked(home: Place) -> None:
    ada, ben = await home.person(ADA), await home.person(BEN)
    said = await ada.says(GENERAL, "One")
    reply = await ada.says(GENERAL, "Two", thread=said["ts"])

    async def unread(person: Person) -> int:
        return next(each["unread"] for each in await person.looks("channels") if each["id"] == GENERAL)

    assert (await unread(ada), await unread(ben)) == (0, 2)
    await ben.act("read", channel=GENERAL, ts=reply["ts"])
    assert await unread(ben) == 0


async def test_many_who_wait_at_once_each_get_theirs(home: Place) -> None:
    ada = await home.person(ADA)
    roots = [await ada.says(GENERAL, f"{number}") for number in range(20)]
    waiting = [
        asyncio.create_task(ada.reads(GENERAL, thread=root["ts"], until=lambda message: "bot_id" in message))
        for root in roots
    ]
    for root in reversed(roots):
        await home.client.chat_postMessage(channel=GENERAL, thread_ts=root["ts"], text=f"Re {root['text']}")
    replies = await asyncio.gather(*waiting)
    assert [reply["text"] for reply in replies] == [f"Re {number}" for number in range(20)]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("a < b & c > d", "a &lt; b &amp; c &gt; d"),
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("already &lt;here&gt; &amp; there", "already &lt;here&gt; &amp; there"),
        ("<@U0ADA0000> and <!channel> and <#C0GENERAL>", "<@U0ADA0000> and <!channel> and <#C0GENERAL>"),
        ("see https://example.com/a?b=1&c=2.", "see <https://example.com/a?b=1&amp;c=2>."),
        ("<https://example.com|here>", "<https://example.com|here>"),
        ("hi @ada, mail ada@ben.example", "hi <@U0ADA0000>, mail ada@ben.example"),
        ("@nobody", "@nobody"),
        ("", ""),
        ("مرحبا 👋 𝔘𝔫𝔦", "مرحبا 👋 𝔘𝔫𝔦"),
    ],
)
def test_what_is_typed_is_kept_as_slack_keeps_it(typed: str, kept: str) -> None:
    assert as_slack_text(typed, {"ada": ADA, "ben": BEN}) == kept
    assert as_slack_text(kept, {}) == kept


MANIFEST = {
    "display_information": {"name": "Helper"},
    "features": {
        "slash_commands": [{"command": "/help", "url": "https://app.example/commands"}],
        "shortcuts": [{"name": "Note", "callback_id": "note", "type": "message", "description": "x"}],
    },
    "oauth_config": {"scopes": {"bot": ["chat:write", "im:history"]}},
    "settings": {
        "event_subscriptions": {"bot_events": ["message.im"], "request_url": "https://app.example/events"},
        "interactivity": {"is_enabled": True, "request_url": "https://app.example/actions"},
    },
}


def test_an_app_is_described_by_its_manifest() -> None:
    app = SeedApp().with_manifest(MANIFEST)
    assert (app.name, app.scopes, app.events) == ("Helper", ("chat:write", "im:history"), ("message.im",))
    assert (app.commands, app.shortcuts) == (("/help",), (("note", "Note", "message"),))
    assert app.commands_url == "https://app.example/commands"
    assert (app.events_url, app.interactivity_url) == ("https://app.example/events", "https://app.example/actions")


async def test_a_subscription_is_for_a_kind_of_channel() -> None:
    async with place(events=("message.im",)) as home:
        heard = await _everything(home)
        ada = await home.person(ADA)
        await ada.says(GENERAL, "In public")
        await ada.says(await ada.direct(), "In private")
        assert (await asyncio.wait_for(heard.get(), 60))["event"]["text"] == "In private"
