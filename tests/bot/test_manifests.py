"""The manifests ask Slack for exactly what the code uses: scopes, events, commands."""

import inspect
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from slack_sdk.web.async_client import AsyncWebClient

from bot.listeners import command, events, home
from bot.slack import inbound, scopes
from tests.syntax import attributes

ROOT = Path(__file__).parents[2]
MANIFESTS = ("socket-mode.yaml", "http.yaml")
UPLOAD = {"files.getUploadURLExternal", "files.completeUploadExternal"}
"""What the SDK's `files_upload_v2` calls."""


def read(name: str) -> dict[str, Any]:
    return yaml.safe_load((ROOT / "manifests" / name).read_text())


def bot_sources() -> Iterator[Path]:
    return (path for path in (ROOT / "bot").rglob("*.py") if "demo" not in path.parts)


def slack_methods_called() -> set[str]:
    """Every method of Slack that the bot's code names, by Slack's name."""
    known = {
        name: name.replace("_", ".")
        for name, _ in inspect.getmembers(AsyncWebClient, inspect.iscoroutinefunction)
        if "_" in name and name != "api_call" and not name.startswith("_")
    }
    named = known.keys() & set().union(*map(attributes, bot_sources()))
    methods = {known[name] for name in named if name != "files_upload_v2"}
    return methods | (UPLOAD if "files_upload_v2" in named else set())


def test_the_table_of_scopes_has_exactly_the_methods_that_the_code_calls() -> None:
    assert slack_methods_called() == set(scopes.METHODS)


def test_the_table_of_scopes_has_exactly_the_events_that_the_listeners_hear() -> None:
    heard = {*inbound.STORED, *events.OF_THE_OLDER_PANE, home.EVENT}
    assert {name.split(".")[0] for name in (*scopes.EVENTS, *scopes.OF_THE_OLDER_PANE)} == heard


@pytest.mark.parametrize("name", MANIFESTS)
def test_a_manifest_asks_for_exactly_the_scopes_that_are_used(name: str) -> None:
    asked = read(name)["oauth_config"]["scopes"]["bot"]
    assert asked == sorted(scopes.needed())


@pytest.mark.parametrize("name", MANIFESTS)
def test_a_manifest_subscribes_to_exactly_the_events_that_are_heard(name: str) -> None:
    assert read(name)["settings"]["event_subscriptions"]["bot_events"] == sorted(scopes.EVENTS)


@pytest.mark.parametrize("name", MANIFESTS)
def test_a_manifest_registers_exactly_the_commands_that_are_answered(name: str) -> None:
    assert [each["command"] for each in read(name)["features"]["slash_commands"]] == [command.COMMAND]


@pytest.mark.parametrize("name", MANIFESTS)
def test_app_home_and_direct_messages_are_open(name: str) -> None:
    shown = read(name)["features"]["app_home"]
    assert shown["home_tab_enabled"]
    assert shown["messages_tab_enabled"]
    assert not shown["messages_tab_read_only_enabled"]


def test_an_agents_name_and_picture_need_the_right_to_customize() -> None:
    named = any("icon_url" in path.read_text() for path in bot_sources())
    assert named == ("chat:write.customize" in scopes.needed())


def test_both_manifests_differ_only_in_how_slack_reaches_baton() -> None:
    socket, http = read("socket-mode.yaml"), read("http.yaml")
    address = "https://baton.example.com/slack/events"
    assert http["settings"]["event_subscriptions"].pop("request_url") == address
    assert http["settings"]["interactivity"].pop("request_url") == address
    assert http["features"]["slash_commands"][0].pop("url") == address
    assert (socket["settings"].pop("socket_mode_enabled"), http["settings"].pop("socket_mode_enabled")) == (True, False)
    assert socket == http
