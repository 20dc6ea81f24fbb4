"""For whom a reply is: everyone in a channel, one customer where nobody reads along, and their groups."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from slack_sdk.web.async_client import AsyncWebClient
from sqlmodel import select

from bot.demo.workspace import Faults
from bot.slack.customer_groups import CustomerGroups
from bot.slack.people import People
from handoff.audience import Reader
from storage.tables import Decision
from tests.integration.dialogue import asks, by_bot
from tests.stage import ADA, ANSWERED, CARL, EVE, SHARED, SUPPORT, Stage, on_stage

TEAM = f"""
[customer_groups]
wholesale = ["{ADA}", "@agents"]
partners = ["T0OTHER00"]

[channels."#support-partners"]
privately_first = true
"""


@pytest.fixture
async def stage(database_url: str, tmp_path: Path) -> AsyncIterator[Stage]:
    """A team that has groups of customers, and answers one channel privately first."""
    async with on_stage(database_url, tmp_path, team=TEAM) as opened:
        yield opened


async def _readers(stage: Stage) -> list[Reader]:
    async with stage.database.reading() as session:
        decisions = (await session.exec(select(Decision).order_by(Decision.id))).all()
    return [Reader.from_json(each.reader) for each in decisions]


async def test_in_a_channel_a_reply_is_for_everyone_who_reads_along(stage: Stage) -> None:
    ada = await stage.person(ADA)
    await asks(ada, ANSWERED)
    (reader,) = await _readers(stage)
    assert reader == Reader(SUPPORT)
    assert not reader.may_read("group:wholesale")
    assert not reader.may_read("organisation:T0LOCAL00")


async def test_in_direct_messages_the_groups_and_the_organisation_of_the_asker_count(stage: Stage) -> None:
    ada, carl = await stage.person(ADA), await stage.person(CARL)
    for person in (ada, carl):
        channel = await person.direct()
        await person.says(channel, ANSWERED)
        await person.reads(channel, until=by_bot("30 days"), thread=(await person.history(channel))[0]["ts"])
    of_ada, of_carl = await _readers(stage)
    assert of_ada == Reader("", "T0LOCAL00", frozenset({"wholesale"}))
    assert of_carl == Reader("", "T0LOCAL00", frozenset())


async def test_a_guest_of_another_organisation_is_known_by_it_where_they_are_answered_privately(stage: Stage) -> None:
    eve = await stage.person(EVE)
    await asks(eve, ANSWERED, SHARED)
    (reader,) = await _readers(stage)
    assert reader == Reader(SHARED, "T0OTHER00", frozenset({"partners"}))


async def test_user_groups_are_looked_up_once_and_a_failure_lets_nobody_in(stage: Stage) -> None:
    client = AsyncWebClient(token=stage.workspace.seed.app.bot_token, base_url=stage.server.api_url)
    listed = {"wholesale": (CARL, "@agents"), "unknown": ("@nobody",), "partners": ("T0OTHER00",)}
    groups = CustomerGroups(People(client, "T0LOCAL00", agents=(), managers=()), listed)
    assert await groups.of("U0BEN0000", "T0LOCAL00") == {"wholesale"}
    asked_again = {"usergroups.users.list": "ratelimited"}
    stage.workspace.faults = Faults(refuse=asked_again)
    assert await groups.of(CARL, "T0LOCAL00") == {"wholesale"}
    assert await groups.of(EVE, "T0OTHER00") == {"partners"}
    assert await groups.of(EVE, "T0LOCAL00") == frozenset()
    assert asked_again
