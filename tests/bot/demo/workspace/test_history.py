"""What the app reads: history, threads, channels, page by page."""

from typing import Any

import pytest

from bot.demo.workspace.channel import between, normal_ts
from bot.demo.workspace.errors import SlackError
from tests.bot.demo.workspace.place import ADA, BEN, BOT, ELSEWHERE, GENERAL, HIDDEN, SECRET, Place, refusal


async def _posts(home: Place, count: int, **more: Any) -> list[str]:
    return [
        (await home.client.chat_postMessage(channel=GENERAL, text=f"{number}", **more))["ts"] for number in range(count)
    ]


async def test_history_comes_newest_first_and_page_by_page(home: Place) -> None:
    stamps = await _posts(home, 7)
    seen: list[str] = []
    cursor = ""
    while True:
        page = await home.client.conversations_history(channel=GENERAL, limit=3, cursor=cursor)
        seen += [message["ts"] for message in page["messages"]]
        cursor = page["response_metadata"]["next_cursor"]
        assert page["has_more"] == bool(cursor)
        if not cursor:
            break
        await home.client.chat_postMessage(channel=GENERAL, text="Meanwhile")
    assert seen == stamps[::-1]


async def test_a_thread_comes_oldest_first_after_its_root(home: Place) -> None:
    (root,) = await _posts(home, 1)
    stamps = await _posts(home, 5, thread_ts=root)
    first = await home.client.conversations_replies(channel=GENERAL, ts=root, limit=3)
    assert [message["ts"] for message in first["messages"]] == [root, *stamps[:2]]
    cursor = first["response_metadata"]["next_cursor"]
    rest = await home.client.conversations_replies(channel=GENERAL, ts=root, limit=3, cursor=cursor)
    assert [message["ts"] for message in rest["messages"]] == stamps[2:]
    by_reply = await home.client.conversations_replies(channel=GENERAL, ts=stamps[3])
    assert len(by_reply["messages"]) == 6


async def test_bounds_are_exclusive_unless_asked(home: Place) -> None:
    stamps = await _posts(home, 5)
    bounds = {"channel": GENERAL, "oldest": stamps[1], "latest": stamps[3]}
    inner = (await home.client.conversations_history(**bounds))["messages"]
    assert [message["ts"] for message in inner] == [stamps[2]]
    outer = (await home.client.conversations_history(**bounds, inclusive=True))["messages"]
    assert [message["ts"] for message in outer] == stamps[1:4][::-1]


async def test_the_root_comes_along_whatever_the_bounds(home: Place) -> None:
    (root,) = await _posts(home, 1)
    stamps = await _posts(home, 3, thread_ts=root)
    found = (await home.client.conversations_replies(channel=GENERAL, ts=root, oldest=stamps[1]))["messages"]
    assert [message["ts"] for message in found] == [root, stamps[2]]


async def test_metadata_comes_only_when_asked_for(home: Place) -> None:
    key = {"event_type": "reply", "event_payload": {"key": "k1"}}
    (root,) = await _posts(home, 1)
    await _posts(home, 1, thread_ts=root, metadata=key)
    without = (await home.client.conversations_replies(channel=GENERAL, ts=root))["messages"]
    assert "metadata" not in without[1]
    found = await home.client.conversations_replies(channel=GENERAL, ts=root, include_all_metadata=True)
    assert found["messages"][1]["metadata"] == key


async def test_wrong_cursors_limits_and_threads_are_refused(home: Place) -> None:
    await _posts(home, 1)
    assert await refusal(home.client.conversations_history(channel=GENERAL, cursor="nonsense")) == "invalid_cursor"
    assert await refusal(home.client.conversations_history(channel=GENERAL, limit=-1)) == "invalid_limit"
    assert await refusal(home.client.conversations_replies(channel=GENERAL, ts="1.0")) == "thread_not_found"


async def test_a_deleted_root_leaves_a_stone_while_it_has_replies(home: Place) -> None:
    ada = await home.person(ADA)
    root = await ada.says(GENERAL, "Question")
    reply = await home.client.chat_postMessage(channel=GENERAL, text="Answer", thread_ts=root["ts"])
    await ada.deletes(GENERAL, root["ts"])
    found = (await home.client.conversations_replies(channel=GENERAL, ts=root["ts"]))["messages"]
    assert [message.get("subtype") for message in found] == ["tombstone", None]
    await home.client.chat_postMessage(channel=GENERAL, text="More", thread_ts=root["ts"])
    alone = await ada.says(GENERAL, "Alone")
    await ada.deletes(GENERAL, alone["ts"])
    assert alone["ts"] not in [message["ts"] for message in await ada.history(GENERAL)]
    assert reply["ts"] in [message["ts"] for message in await ada.history(GENERAL, root["ts"])]


async def test_channels_are_listed_by_type_as_far_as_the_bot_sees_them(home: Place) -> None:
    public = (await home.client.conversations_list(limit=2))["channels"]
    assert len(public) == 2
    every = (await home.client.conversations_list(types="public_channel,private_channel"))["channels"]
    ids = {channel["id"]: channel for channel in every}
    assert HIDDEN not in ids
    assert (ids[ELSEWHERE]["is_member"], ids[SECRET]["is_private"]) == (False, True)
    mine = (await home.client.users_conversations(types="public_channel,private_channel"))["channels"]
    assert ELSEWHERE not in {channel["id"] for channel in mine}
    assert await refusal(home.client.conversations_list(types="secret_channel")) == "invalid_types"


async def test_a_channel_is_made_filled_described_and_left(home: Place) -> None:
    made = (await home.client.conversations_create(name="repairs", is_private=True))["channel"]
    await home.client.conversations_invite(channel=made["id"], users=f"{ADA},{BEN}")
    assert await refusal(home.client.conversations_invite(channel=made["id"], users=ADA)) == "already_in_channel"
    await home.client.conversations_setTopic(channel=made["id"], topic="Zips")
    info = (await home.client.conversations_info(channel=made["id"], include_num_members=True))["channel"]
    assert (info["num_members"], info["topic"]["value"], info["is_private"]) == (3, "Zips", True)
    await home.client.conversations_kick(channel=made["id"], user=BEN)
    assert (await home.client.conversations_members(channel=made["id"]))["members"] == [ADA, BOT]
    await home.client.conversations_leave(channel=made["id"])
    assert await refusal(home.client.conversations_info(channel=made["id"])) == "channel_not_found"
    assert await refusal(home.client.conversations_create(name="repairs")) == "name_taken"
    assert await refusal(home.client.conversations_create(name="Re pairs")) == "invalid_name_specials"


async def test_the_bot_joins_public_channels_only(home: Place) -> None:
    joined = await home.client.conversations_join(channel=ELSEWHERE)
    assert joined["channel"]["is_member"]
    assert (await home.client.conversations_join(channel=ELSEWHERE))["warning"] == "already_in_channel"
    error = await refusal(home.client.conversations_join(channel=SECRET))
    assert error == "method_not_supported_for_channel_type"


def test_a_ts_is_compared_as_text_in_one_form() -> None:
    assert normal_ts("0") == "0000000000.000000"
    assert normal_ts("1700000000.5") == "1700000000.500000"
    with pytest.raises(SlackError):
        normal_ts("yesterday")


def test_between_takes_the_part_of_a_list_without_reading_it_all() -> None:
    found = ["1", "2", "3", "4"]
    assert between(found, "1", "4", inclusive=False) == ["2", "3"]
    assert between(found, "", "2", inclusive=True) == ["1", "2"]
    assert between(found, "3", "", inclusive=False) == ["4"]
