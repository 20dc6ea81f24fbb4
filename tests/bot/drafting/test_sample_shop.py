"""The embedded drafter on the sample shop: what is covered is answered surely, the rest goes to people."""

from pathlib import Path

import pytest

from bot import demo
from bot.drafting.embedded import EmbeddedDrafter
from bot.drafting.port import DraftRequest
from bot.knowledge.search import search
from bot.knowledge.sync import sync
from handoff import confidence
from handoff.draft import Author, Draft, Turn
from storage.database import Database
from storage.tables import Workspace

ARTICLES = Path(demo.__file__).parent / "shop" / "articles"
THRESHOLD = 0.6
"""The starting policy's."""

COVERED = {
    "How long does delivery to Austria take?": "delivery",
    "What does shipping cost?": "delivery",
    "How do I return an item?": "returns",
    "How do I return a jacket that doesn't fit?": "returns",
    "I want to cancel my order": "orders",
    "How can I change the delivery address?": "orders",
    "My payment was declined": "payments",
    "I was charged twice for the same order": "payments",
    "How do I use a gift card?": "payments",
    "What boot size should I order?": "products",
    "How do I wash my rain jacket?": "repairs",
    "How long is the warranty on backpacks?": "repairs",
    "Wie lange dauert die Lieferung nach Österreich?": "delivery",
    "Was kostet die Rücksendung?": "returns",
}
NOT_COVERED = (
    "What is the capital of France?",
    "Can you write me a poem about mountains",
    "Do you rent out snowshoes for the weekend?",
    "Do you have jobs in your Berlin office?",
    "Kann ich bei euch ein Praktikum machen?",
    "¿Cuánto tarda el envío a España?",
    "Quels sont les délais de livraison ?",
    "What about the blue one?",
    "size",
)


async def answered(database: Database, *said: str) -> tuple[Draft, float]:
    turns = [Turn(Author.CUSTOMER, each) for each in said]
    async with database.transaction() as session:
        session.add(Workspace(id="T1"))
    await sync(database, "T1", ARTICLES)
    async with database.reading() as session:
        found = await search(session, "T1", turns)
    made = await EmbeddedDrafter().draft(DraftRequest(turns, found, (), "Larkfell"))
    return made, confidence.assess(made, found, turns).value


@pytest.mark.parametrize(("question", "topic"), COVERED.items())
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_what_the_articles_cover_is_answered_with_the_right_topic(
    database: Database, question: str, topic: str
) -> None:
    made, sure = await answered(database, question)
    assert made.answerable
    assert made.topic == topic
    assert sure >= THRESHOLD


@pytest.mark.parametrize("question", NOT_COVERED)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_what_they_do_not_cover_is_left_to_people(database: Database, question: str) -> None:
    made, sure = await answered(database, question)
    assert not made.answerable
    assert sure < 0.4


async def test_both_databases_lead_to_the_same_follow_up_answer(database: Database) -> None:
    made, sure = await answered(database, "How long does delivery to Austria take?", "And to Norway?")
    assert "Norway" in made.text
    assert sure >= THRESHOLD


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_vague_question_is_asked_back_once_it_could_mean_two_things(database: Database) -> None:
    made, _ = await answered(database, "I have a problem with my payment")
    assert "Payment failed or charged twice" in made.clarifying_question
