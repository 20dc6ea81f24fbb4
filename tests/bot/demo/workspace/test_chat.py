"""What the app writes, changes and deletes."""

import pytest

from tests.bot.demo.workspace.place import ADA, BEN, BOT, EVE, GENERAL, SECRET, Place, actions, refusal, section


async def test_a_post_has_the_fields_of_a_modern_bot_message(home: Place) -> None:
    posted = await home.client.chat_postMessage(channel=GENERAL, text="Hi", client_msg_id="abc")
    message = posted["message"]
    assert posted["channel"] == GENERAL
    assert (message["user"], message["bot_id"], message["app_id"]) == (BOT, "B0BATON00", "A0BATON00")
    assert message["bot_profile"]["name"] == "Baton"
    assert message["client_msg_id"] == "abc"
    assert "subtype" not in message


async def test_a_post_under_another_name_is_a_bot_message_without_a_user(home: Place) -> None:
    posted = await home.client.chat_postMessage(
        channel=GENERAL, text="Hi", username="Ben", icon_url="https://x.y/z.png"
    )
    message = posted["message"]
    assert (message["subtype"], message["username"]) == ("bot_message", "Ben")
    assert message["icons"]["image_48"] == "https://x.y/z.png"
    assert "user" not in message


async def test_blocks_and_elements_without_ids_are_given_some(home: Place) -> None:
    element = {"type": "button", "text": {"type": "plain_text", "text": "Go"}}
    posted = await home.client.chat_postMessage(
        channel=GENERAL, text="Hi", blocks=[section(), actions(element), section(block_id="mine")]
    )
    blocks = posted["message"]["blocks"]
    assert len({block["block_id"] for block in blocks}) == 3
    assert blocks[2]["block_id"] == "mine"
    assert blocks[1]["elements"][0]["action_id"]


async def test_a_reply_counts_in_its_thread_and_says_whose_it_is(home: Place) -> None:
    ada = await home.person(ADA)
    root = await ada.says(GENERAL, "Question")
    reply = await home.client.chat_postMessage(channel=GENERAL, text="Answer", thread_ts=root["ts"])
    again = await home.client.chat_postMessage(channel=GENERAL, text="More", thread_ts=reply["ts"])
    assert again["message"]["thread_ts"] == root["ts"]
    assert again["message"]["parent_user_id"] == ADA
    shown = (await ada.history(GENERAL))[0]
    assert (shown["reply_count"], shown["reply_users"], shown["latest_reply"]) == (2, [BOT], again["ts"])
    await home.client.chat_delete(channel=GENERAL, ts=again["ts"])
    assert (await ada.history(GENERAL))[0]["latest_reply"] == reply["ts"]


async def test_a_broadcast_reply_is_in_the_channel_too(home: Place) -> None:
    root = await home.client.chat_postMessage(channel=GENERAL, text="Question")
    await home.client.chat_postMessage(channel=GENERAL, text="All!", thread_ts=root["ts"], reply_broadcast=True)
    messages = (await home.client.conversations_history(channel=GENERAL))["messages"]
    assert [message.get("subtype") for message in messages] == ["thread_broadcast", None]
    assert messages[0]["root"]["ts"] == root["ts"]


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"text": ""}, "no_text"),
        ({"text": "x" * 40_001}, "msg_too_long"),
        ({"thread_ts": "1700000000.000001"}, "thread_not_found"),
        ({"thread_ts": "yesterday"}, "invalid_thread_ts"),
        ({"blocks": [{"type": "sectoin"}]}, "invalid_blocks"),
        ({"blocks": {"type": "section"}}, "invalid_blocks_format"),
        ({"attachments": [{"text": "x"}] * 101}, "too_many_attachments"),
        ({"metadata": {"event_type": "x"}}, "invalid_metadata_format"),
        ({"metadata": {"event_type": "x", "event_payload": {"a": "b" * 16_000}}}, "metadata_too_large"),
    ],
)
async def test_what_slack_refuses_to_post_is_refused(home: Place, changed: dict[str, object], error: str) -> None:
    call = {"channel": GENERAL, "text": "Hi", **changed}
    assert await refusal(home.client.api_call("chat.postMessage", json=call)) == error


async def test_nothing_is_posted_into_an_archive(home: Place) -> None:
    await home.client.conversations_archive(channel=GENERAL)
    assert await refusal(home.client.chat_postMessage(channel=GENERAL, text="Hi")) == "is_archived"


async def test_an_update_keeps_what_it_does_not_name(home: Place) -> None:
    payload = {"event_type": "key", "event_payload": {"id": "1"}}
    posted = await home.client.chat_postMessage(channel=GENERAL, text="Hi", blocks=[section()], metadata=payload)
    updated = await home.client.chat_update(channel=GENERAL, ts=posted["ts"], text="Hello")
    assert updated["message"]["blocks"][0]["text"]["text"] == "Hello"
    assert updated["message"]["metadata"] == payload
    emptied = await home.client.chat_update(channel=GENERAL, ts=posted["ts"], text="Bye", blocks=[])
    assert emptied["message"]["blocks"] == []
    assert emptied["message"]["edited"]["user"] == BOT


async def test_only_its_own_messages_can_the_app_change(home: Place) -> None:
    ada = await home.person(ADA)
    said = await ada.says(GENERAL, "Mine")
    assert await refusal(home.client.chat_update(channel=GENERAL, ts=said["ts"], text="x")) == "cant_update_message"
    assert await refusal(home.client.chat_delete(channel=GENERAL, ts=said["ts"])) == "cant_delete_message"
    assert await refusal(home.client.chat_update(channel=GENERAL, ts="1.0", text="x")) == "message_not_found"


async def test_an_ephemeral_message_is_seen_by_one_person_only(home: Place) -> None:
    ada, ben = await home.person(ADA), await home.person(BEN)
    await home.client.chat_postEphemeral(channel=GENERAL, user=ADA, text="Psst")
    seen = await ada.reads(GENERAL, until=lambda message: "is_ephemeral" in message)
    assert seen["text"] == "Psst"
    assert await ben.history(GENERAL) == []
    assert (await home.client.conversations_history(channel=GENERAL))["messages"] == []
    assert await refusal(home.client.chat_postEphemeral(channel=SECRET, user=BEN, text="x")) == "user_not_in_channel"


async def test_a_message_to_a_person_goes_into_their_direct_messages(home: Place) -> None:
    posted = await home.client.chat_postMessage(channel=ADA, text="Hi Ada")
    assert posted["channel"].startswith("D")
    opened = await home.client.conversations_open(users=ADA)
    assert (opened["channel"]["id"], opened["already_open"]) == (posted["channel"], True)
    assert "already_open" not in (await home.client.conversations_open(users=EVE)).data


async def test_a_permalink_leads_into_the_thread(home: Place) -> None:
    root = await home.client.chat_postMessage(channel=GENERAL, text="Question")
    reply = await home.client.chat_postMessage(channel=GENERAL, text="Answer", thread_ts=root["ts"])
    link = (await home.client.chat_getPermalink(channel=GENERAL, message_ts=reply["ts"]))["permalink"]
    assert link.endswith(f"/archives/{GENERAL}/p{reply['ts'].replace('.', '')}?thread_ts={root['ts']}&cid={GENERAL}")


async def test_reactions_are_added_once_and_removed_once(home: Place) -> None:
    ts = (await home.client.chat_postMessage(channel=GENERAL, text="Hi"))["ts"]
    react = {"channel": GENERAL, "timestamp": ts, "name": "eyes"}
    await home.client.reactions_add(**react)
    assert await refusal(home.client.reactions_add(**react)) == "already_reacted"
    assert (await home.client.reactions_get(**react))["message"]["reactions"] == [
        {"name": "eyes", "users": [BOT], "count": 1}
    ]
    await home.client.reactions_remove(**react)
    assert await refusal(home.client.reactions_remove(**react)) == "no_reaction"
    assert await refusal(home.client.reactions_add(**{**react, "name": "no such"})) == "invalid_name"


async def test_a_status_lasts_until_the_app_posts(home: Place) -> None:
    ada = await home.person(ADA)
    thread = await ada.act("assistant", looking_at=GENERAL)
    where = {"channel_id": thread["channel_id"], "thread_ts": thread["thread_ts"]}
    await home.client.assistant_threads_setStatus(**where, status="is reading")
    await home.client.assistant_threads_setTitle(**where, title="Returns")
    await home.client.assistant_threads_setSuggestedPrompts(**where, prompts=[{"title": "a", "message": "b"}])
    shown = (await ada.looks("assistant"))[0]
    assert (shown["status"], shown["title"], shown["prompts"][0]["title"]) == ("is reading", "Returns", "a")
    await home.client.chat_postMessage(channel=thread["channel_id"], thread_ts=thread["thread_ts"], text="Done")
    assert (await ada.looks("assistant"))[0]["status"] == ""
