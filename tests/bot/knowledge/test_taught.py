"""A taught answer is found by its question, before articles when that is near, and quoted in its own words."""

from pathlib import Path

import pytest

from bot.desk.teaching import Approved, article_of
from bot.drafting.embedded import EmbeddedDrafter
from bot.drafting.port import DraftRequest
from bot.knowledge.search import search
from bot.knowledge.sync import sync
from handoff import confidence, guard
from handoff.draft import Author, Draft, FoundPassage, Turn
from storage import knowledge
from storage.database import Database
from storage.row import now
from storage.tables import Conversation, Workspace

QUESTION, ANSWER = "Can I return worn climbing shoes?", "No, worn shoes stay yours; we resole them for 35 euros."
ARTICLE = "# Return climbing shoes\n\nYou can return climbing shoes within 60 days. Return them with their box."


@pytest.fixture(autouse=True)
async def knows(database: Database, tmp_path: Path) -> None:
    """An article and a taught answer on nearly the same, and other articles around."""
    async with database.transaction() as session:
        session.add(Workspace(id="T1"))
    (tmp_path / "shoes.md").write_text(ARTICLE)
    for subject in ("Tents", "Stoves", "Ropes", "Maps", "Lamps"):
        (tmp_path / f"{subject}.md").write_text(f"# {subject}\n\n{subject} of ours last for years.")
    await sync(database, "T1", tmp_path)
    conversation = Conversation(workspace_id="T1", id="c1", channel_id="C1", thread_ts="1", customer_id="U1")
    async with database.transaction() as session:
        article = article_of("pair", conversation, Approved(QUESTION, ANSWER, "customer"))
        await knowledge.store(session, "T1", [article], (), now())


async def ask(database: Database, text: str) -> list[FoundPassage]:
    async with database.reading() as session:
        return await search(session, "T1", text)


async def drafted(database: Database, text: str) -> tuple[Draft, list[FoundPassage], list[Turn]]:
    found, turns = await ask(database, text), [Turn(Author.CUSTOMER, text)]
    return await EmbeddedDrafter().draft(DraftRequest(turns, found, (), "Larkfell")), found, turns


async def test_it_comes_before_an_article_when_its_question_is_near(database: Database) -> None:
    found = await ask(database, "May I return climbing shoes that are worn?")
    assert [each.taught for each in found[:2]] == [True, False]


async def test_it_comes_after_the_article_when_the_question_is_another(database: Database) -> None:
    found = await ask(database, "Within how many days, and in which box, do I return them?")
    assert not found[0].taught


async def test_it_comes_before_an_article_when_a_long_story_asks_its_question(database: Database) -> None:
    story = (
        "Last summer we walked from Garmisch over the high mountains down to Meran, through rain, snow and "
        "burning sun. My brother carried ropes, lamps, maps, stoves and tents, and cooked soup with noodles at night "
        "while the marmots whistled. On Tuesday at the glacier we turned round because clouds came up, slept in the "
        "valley hut near Vent, drank cocoa. Your climbing shoes stayed within their box for days. "
    )
    found = await ask(database, f"{story}Since then they got worn. Can I return the shoes?")
    assert found[0].taught


async def test_a_sync_of_articles_leaves_it_alone(database: Database, tmp_path: Path) -> None:
    (tmp_path / "shoes.md").unlink()
    summary = await sync(database, "T1", tmp_path)
    assert len(summary.removed) == 1
    assert (await ask(database, "return worn climbing shoes"))[0].taught


async def test_the_drafter_without_a_model_answers_with_the_persons_own_words(database: Database) -> None:
    draft, found, turns = await drafted(database, "May I return climbing shoes that are worn?")
    assert draft.answerable
    assert ANSWER in draft.text
    assert QUESTION not in draft.text
    assert confidence.assess(draft, found, turns).value > 0.6
    assert guard.caught(draft, found, turns) == ()
