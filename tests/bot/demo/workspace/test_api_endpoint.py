"""Tokens, scopes, and the forms in which arguments come."""

import json

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from tests.bot.demo.workspace.place import ADA, ELSEWHERE, GENERAL, HIDDEN, SECRET, Place, place, refusal, refused


async def test_auth_test_names_the_bot_and_its_scopes_in_a_header() -> None:
    async with place(scopes=("chat:write", "channels:history")) as home:
        answer = await home.client.auth_test()
        assert (answer["user_id"], answer["bot_id"], answer["team_id"]) == ("U0BATON00", "B0BATON00", "T0LOCAL00")
        assert answer.headers["x-oauth-scopes"] == "chat:write,channels:history"
        posted = await home.client.chat_postMessage(channel=GENERAL, text="Hi")
        assert posted.headers["x-accepted-oauth-scopes"] == "chat:write"


async def test_a_call_without_a_token_or_with_a_wrong_one_is_refused(home: Place) -> None:
    stranger = AsyncWebClient("xoxb-wrong", base_url=home.server.api_url)
    assert await refusal(stranger.auth_test()) == "invalid_auth"
    nobody = AsyncWebClient(base_url=home.server.api_url)
    assert await refusal(nobody.auth_test()) == "not_authed"
    app = AsyncWebClient(home.workspace.seed.app.app_token, base_url=home.server.api_url)
    assert await refusal(app.chat_postMessage(channel=GENERAL, text="Hi")) == "not_allowed_token_type"
    assert await refusal(home.client.apps_connections_open(app_token="xoxb-local-bot")) == "not_allowed_token_type"


async def test_an_unknown_method_is_named(home: Place) -> None:
    assert await refused(home.client.api_call("chat.sing")) == {
        "ok": False,
        "error": "unknown_method",
        "req_method": "chat.sing",
    }


async def test_a_missing_scope_is_named_with_what_was_given() -> None:
    async with place(scopes=("chat:write", "channels:history", "channels:read")) as home:
        error = await refused(home.client.reactions_add(channel=GENERAL, timestamp="1.0", name="eyes"))
        assert (error["error"], error["needed"]) == ("missing_scope", "reactions:write")
        assert error["provided"] == "chat:write,channels:history,channels:read"
        named = await refused(home.client.chat_postMessage(channel=GENERAL, text="Hi", username="Ben"))
        assert named["needed"] == "chat:write.customize"


async def test_reading_a_private_channel_needs_the_scope_for_private_channels() -> None:
    async with place(scopes=("channels:history", "channels:read")) as home:
        await home.client.conversations_history(channel=GENERAL)
        error = await refused(home.client.conversations_history(channel=SECRET))
        assert (error["error"], error["needed"]) == ("missing_scope", "groups:history")
        assert (await refused(home.client.conversations_list(types="private_channel")))["needed"] == "groups:read"


@pytest.mark.parametrize("form", ["json", "urlencoded", "multipart", "query"])
async def test_arguments_come_in_any_of_slacks_forms(home: Place, form: str) -> None:
    blocks = [{"type": "divider"}]
    flat = {"channel": GENERAL, "text": "Hi", "blocks": json.dumps(blocks), "token": home.client.token or ""}
    bearer = {"Authorization": f"Bearer {home.client.token}"}
    url = f"{home.server.api_url}chat.postMessage"
    async with aiohttp.ClientSession() as session:
        match form:
            case "json":
                sent = session.post(url, json={"channel": GENERAL, "text": "Hi", "blocks": blocks}, headers=bearer)
            case "urlencoded":
                sent = session.post(url, data=flat)
            case "multipart":
                fields = aiohttp.FormData(default_to_multipart=True)
                for key, value in flat.items():
                    fields.add_field(key, value)
                sent = session.post(url, data=fields)
            case _:
                sent = session.get(url, params=flat)
        answer = await (await sent).json()
    assert answer["ok"], answer
    assert answer["message"]["blocks"][0]["type"] == "divider"


async def test_broken_json_is_refused(home: Place) -> None:
    headers = {"Authorization": f"Bearer {home.client.token}", "Content-Type": "application/json"}
    async with aiohttp.ClientSession() as session:
        for body, error in ((b"{", "invalid_json"), (b"[]", "json_not_object")):
            answer = await session.post(f"{home.server.api_url}auth.test", data=body, headers=headers)
            assert (await answer.json())["error"] == error


async def test_a_channel_that_the_bot_cannot_see_does_not_exist_for_it(home: Place) -> None:
    assert await refusal(home.client.chat_postMessage(channel="C0NOWHERE", text="Hi")) == "channel_not_found"
    assert await refusal(home.client.chat_postMessage(channel=HIDDEN, text="Hi")) == "channel_not_found"
    assert await refusal(home.client.chat_postMessage(channel=ELSEWHERE, text="Hi")) == "not_in_channel"
    assert await refusal(home.client.conversations_history(channel=ELSEWHERE)) == "not_in_channel"


async def test_users_and_groups_are_listed_as_slack_lists_them() -> None:
    async with place(scopes=("users:read", "usergroups:read")) as home:
        ada = (await home.client.users_info(user=ADA))["user"]
        assert (ada["real_name"], ada["is_stranger"]) == ("Ada Lind", False)
        assert "email" not in ada["profile"]
        groups = (await home.client.usergroups_list())["usergroups"]
        members = (await home.client.usergroups_users_list(usergroup=groups[0]["id"]))["users"]
        assert (groups[0]["handle"], members[0]) == ("team", ADA)
        assert await refusal(home.client.users_info(user="U0NOBODY0")) == "user_not_found"
        assert await refusal(home.client.usergroups_users_list(usergroup="S0")) == "no_such_subteam"
