"""Customers send pictures: a model that sees is shown them, and agents read what they show."""

import base64
from pathlib import Path
from typing import Any

import pytest

from bot.demo.workspace import Person
from bot.slack import pictures
from storage.kinds import Action
from tests.integration.dialogue import by_bot, card_for, words
from tests.integration.test_models import HONEST, decisions, honest, modelled
from tests.model_server import Asked, ModelServer, Reply, model_server
from tests.stage import ADA, ANSWERED, BEN, SUPPORT

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
PNG = b"\x89PNG\r\n\x1a\n" + b"not really a tent" * 10
TORN = "A torn seam <!channel>."


def sees(asked: Asked, **changes: Any) -> Reply:
    return honest(asked, pictures=TORN if asked.images else "", **changes)


async def uploads(person: Person, name: str = "seam.png", content: bytes = PNG) -> str:
    """Ask with a picture, and wait for the reply."""
    question = await person.uploads(SUPPORT, name, content, ANSWERED)
    return words(await person.reads(SUPPORT, thread=question["ts"], until=by_bot()))


def shown(server: ModelServer) -> list[bytes]:
    return [base64.b64decode(url.partition(",")[2]) for url in server.requests[-1].images]


async def test_a_model_that_sees_is_shown_the_picture_and_agents_read_what_it_shows(
    database_url: str, tmp_path: Path
) -> None:
    async with (
        model_server(lambda asked: sees(asked, needs_action=True)) as server,
        modelled(server, database_url, tmp_path, model_sees_images="yes") as stage,
    ):
        ada, ben = await stage.person(ADA), await stage.person(BEN)
        await uploads(ada)
        assert shown(server) == [PNG]
        card = await card_for(ben, ANSWERED)
        assert "What the customer's picture shows: A torn seam &lt;!channel&gt;." in words(card)


async def test_with_the_picture_it_answers(database_url: str, tmp_path: Path) -> None:
    async with (
        model_server(sees) as server,
        modelled(server, database_url, tmp_path, model_sees_images="yes") as stage,
    ):
        ada = await stage.person(ADA)
        reply = await uploads(ada)
        assert HONEST in reply
        assert "torn seam" not in reply
        (made,) = await decisions(stage)
        assert made.action == Action.ANSWER
        assert any("torn seam" in reason for reason in made.reasons)


async def test_a_model_that_does_not_see_is_told_that_there_is_one(database_url: str, tmp_path: Path) -> None:
    async with model_server(honest) as server, modelled(server, database_url, tmp_path) as stage:
        ada = await stage.person(ADA)
        assert HONEST in await uploads(ada)
        assert shown(server) == []
        assert "1 sent with the last message that you cannot see" in server.requests[-1].said


@pytest.mark.parametrize("name", ["too large", "no picture"])
async def test_what_cannot_be_shown_is_named_and_the_customer_is_answered(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    if name == "too large":
        monkeypatch.setattr(pictures, "MOST_BYTES", 20)
    else:
        monkeypatch.setattr(pictures, "kind_of", lambda data: "")
    async with (
        model_server(sees) as server,
        modelled(server, database_url, tmp_path, model_sees_images="yes") as stage,
    ):
        ada = await stage.person(ADA)
        assert HONEST in await uploads(ada)
        assert shown(server) == []
        assert "that you cannot see" in server.requests[-1].said
