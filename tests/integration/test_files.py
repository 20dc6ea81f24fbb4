"""A customer sends a file: it is looked at, or the customer reads that it was not, and by whom it will be."""

from pathlib import Path
from typing import Any

import pytest
from sqlmodel import col, select

from bot.demo.workspace import Person
from handoff import sent_files
from storage.kinds import Action
from storage.tables import Decision
from tests.integration.dialogue import by_bot, card_for, has_button, words
from tests.integration.test_models import HONEST, honest, modelled
from tests.integration.test_pictures import PNG, TORN
from tests.model_server import Asked, Reply, model_server
from tests.stage import ADA, ANSWERED, BEN, DESK, SUPPORT, Stage

ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
NOT_READ = "could not look into the file you sent"


async def sends(person: Person, name: str, text: str = "") -> str:
    """Send a file, and wait for the reply."""
    content = PNG if name.endswith("png") else b"%PDF-1.7 an invoice"
    sent = await person.uploads(SUPPORT, name, content, text)
    return words(await person.reads(SUPPORT, thread=sent["ts"], until=by_bot()))


async def last_decision(stage: Stage) -> Decision:
    async with stage.database.reading() as session:
        found = (await session.exec(select(Decision).order_by(col(Decision.id).desc()))).first()
    assert found is not None
    return found


@pytest.mark.parametrize("name", ["invoice.pdf", "seam.png"])
async def test_an_answer_to_words_that_came_with_a_file_says_that_it_was_not_looked_into(
    stage: Stage, name: str
) -> None:
    reply = await sends(await stage.person(ADA), name, ANSWERED)
    assert "30 days" in reply
    assert NOT_READ in reply
    made = await last_decision(stage)
    assert (made.action, sent_files.UNREAD in made.reasons) == (Action.ANSWER, True)


async def test_an_answer_without_a_file_says_nothing_of_one(stage: Stage) -> None:
    ada = await stage.person(ADA)
    asked = await ada.says(SUPPORT, ANSWERED)
    assert NOT_READ not in words(await ada.reads(SUPPORT, thread=asked["ts"], until=by_bot()))
    assert sent_files.UNREAD not in (await last_decision(stage)).reasons


async def test_a_question_about_the_file_goes_to_a_person(stage: Stage) -> None:
    ada, ben = await stage.person(ADA), await stage.person(BEN)
    question = "How many days do I have to return the unused item in this photo?"
    reply = await sends(ada, "seam.png", question)
    assert "asking a colleague to look at it" in reply
    assert "30 days" not in reply
    assert "cannot look into it" in words(await card_for(ben, question))


async def test_a_file_alone_is_for_a_person_and_the_customer_reads_so(stage: Stage) -> None:
    ada, ben = await stage.person(ADA), await stage.person(BEN)
    assert "asking a colleague to look at it" in await sends(ada, "seam.png")
    await ben.reads(DESK, until=has_button("claim"))


def sees(asked: Asked, **changes: Any) -> Reply:
    shown = TORN if asked.images else ""
    return honest(asked, pictures=shown, reply="", claims=[], citations=[], answerable=False, **changes)


@ON_SQLITE
async def test_a_model_that_sees_tells_agents_what_a_picture_alone_shows(database_url: str, tmp_path: Path) -> None:
    async with (
        model_server(sees) as server,
        modelled(server, database_url, tmp_path, model_sees_images="yes") as stage,
    ):
        ada, ben = await stage.person(ADA), await stage.person(BEN)
        assert "colleague" in await sends(ada, "seam.png")
        assert len(server.requests[-1].images) == 1
        card = await ben.reads(DESK, until=has_button("claim"))
        assert "What the customer's picture shows: A torn seam" in words(card)


@ON_SQLITE
async def test_a_model_that_sees_may_ask_what_the_customer_wants_of_a_picture(
    database_url: str, tmp_path: Path
) -> None:
    asks = "I see a torn seam. Would you like to return it or have it repaired?"
    async with (
        model_server(lambda asked: sees(asked, clarifying_question=asks)) as server,
        modelled(server, database_url, tmp_path, model_sees_images="yes") as stage,
    ):
        assert asks in await sends(await stage.person(ADA), "seam.png")


@ON_SQLITE
async def test_a_picture_alone_is_for_a_person_where_the_model_sees_none(database_url: str, tmp_path: Path) -> None:
    async with model_server(sees) as server, modelled(server, database_url, tmp_path) as stage:
        assert "asking a colleague to look at it" in await sends(await stage.person(ADA), "seam.png")
        assert server.requests == []


@ON_SQLITE
async def test_a_model_knows_of_no_document_so_the_reply_says_that_it_was_not_looked_into(
    database_url: str, tmp_path: Path
) -> None:
    async with model_server(honest) as server, modelled(server, database_url, tmp_path) as stage:
        reply = await sends(await stage.person(ADA), "invoice.pdf", ANSWERED)
        assert HONEST in reply
        assert NOT_READ in reply
        reply = await sends(await stage.person(ADA), "seam.png", ANSWERED)
        assert NOT_READ not in reply  # of pictures the model is told, and says so itself


@pytest.mark.parametrize(
    "text",
    [
        "What does this error in the screenshot mean?",
        "See attached, is this covered?",
        "Was bedeutet das auf dem Foto?",
        "Die Rechnung ist im Anhang.",
        "La facture est ci-jointe",
        "Mira la foto adjunta",
    ],
)
def test_words_that_speak_of_the_file_are_heard(text: str) -> None:
    assert sent_files.spoken_of(text)


@pytest.mark.parametrize("text", ["How long is delivery?", "Wie lange dauert die Lieferung?", "Can I pay by invoice?"])
def test_other_words_do_not_speak_of_it(text: str) -> None:
    assert not sent_files.spoken_of(text)
