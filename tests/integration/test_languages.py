"""A customer changes the language in the middle of a conversation, and is answered in the one they wrote last."""

from pathlib import Path

import pytest

from bot.demo.workspace import Person
from bot.knowledge import sync
from bot.views import texts
from tests.integration.dialogue import asks, card_for, words
from tests.stage import ADA, BEN, SEED, SUPPORT, Stage

ENGLISH = "How many days do I have to return an unused item?"
GERMAN = "Wie viele Tage habe ich für die Rückgabe eines unbenutzten Artikels?"
UNKNOWN_IN_GERMAN = "Könnt ihr mir bitte sagen, ob ihr Gleitschirmfliegen in Bhutan sponsert?"
ARTICLE = """---
title: Rückgabe eines Artikels
language: de
topic: returns
---
# Rückgabe eines Artikels

Für die Rückgabe eines unbenutzten Artikels haben Sie 30 Tage ab der Lieferung.
"""


@pytest.fixture
async def in_two_languages(stage: Stage, tmp_path: Path) -> Stage:
    """A stage whose articles on returns are in English and in German."""
    folder = tmp_path / "german"
    folder.mkdir()
    (folder / "rueckgabe.md").write_text(ARTICLE, encoding="utf-8")
    await sync.sync(stage.database, SEED.team_id, folder)
    return stage


async def goes_on(person: Person, thread: str, text: str, part: str) -> str:
    """Write in the same thread, and wait for the reply that holds `part`."""
    await person.says(SUPPORT, text, thread=thread)
    return words(await person.reads(SUPPORT, thread=thread, until=lambda each: part in words(each)))


async def test_each_reply_is_in_the_language_of_the_message_before_it(in_two_languages: Stage) -> None:
    ada = await in_two_languages.person(ADA)
    asked, first = await asks(ada, ENGLISH)
    assert "within 30 days of delivery" in words(first)
    assert texts.EN.solved_button in words(first)
    second = await goes_on(ada, asked["ts"], GERMAN, "30 Tage ab der Lieferung")
    assert texts.DE.solved_button in second
    assert texts.EN.solved_button not in second
    third = await goes_on(ada, asked["ts"], "And how much does express delivery cost?", "12 euros")
    assert texts.EN.solved_button in third


async def test_who_changes_to_another_language_reads_in_it_that_a_person_comes(in_two_languages: Stage) -> None:
    ada, ben = await in_two_languages.person(ADA), await in_two_languages.person(BEN)
    asked, _ = await asks(ada, ENGLISH)
    reply = await goes_on(ada, asked["ts"], UNKNOWN_IN_GERMAN, texts.DE.stays_here)
    assert texts.EN.stays_here not in reply
    await card_for(ben, UNKNOWN_IN_GERMAN)


async def test_thanks_in_another_language_do_not_change_it_and_open_nothing(in_two_languages: Stage) -> None:
    ada = await in_two_languages.person(ADA)
    asked, _ = await asks(ada, GERMAN)
    reply = await goes_on(ada, asked["ts"], "Ok thanks!", texts.DE.reopen_hint)
    assert texts.EN.reopen_hint not in reply
