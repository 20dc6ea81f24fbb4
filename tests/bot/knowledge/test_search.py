"""What a search finds for what customers write, the same on both databases."""

import json
from pathlib import Path

import pytest
from sqlmodel import select

from bot.knowledge.asking import (
    ASKED_BACK_WEIGHT,
    EARLIER_WEIGHT,
    EARLIER_WEIGHT_OF_FOLLOW_UPS,
    MOST_TERMS,
    query_terms,
)
from bot.knowledge.search import find, search
from bot.knowledge.sync import sync
from handoff.audience import Reader
from handoff.draft import Author, FoundPassage, Turn
from storage import passage_index
from storage.database import Database
from storage.library import Article
from storage.tables import Workspace

ARTICLES = {
    "Return an item": "You have 60 days to send unused items back. Print the return label.",
    "Delivery times": "Delivery within Germany takes 2 to 4 working days. Shipping is free from 60 euros.",
    "Warranty": "The warranty covers seams and zips of jackets for two years.",
    "Jacket sizes": "Measure your chest. Jackets fit over one layer.",
    "Rückgabe": "Rücksendungen aus Deutschland sind kostenlos. Größen können Sie umtauschen.",
}


CUSTOMER = Reader()


def customer(*texts: str) -> list[Turn]:
    return [Turn(Author.CUSTOMER, text) for text in texts]


@pytest.fixture(autouse=True)
async def articles(database: Database, tmp_path: Path) -> None:
    async with database.transaction() as session:
        session.add(Workspace(id="T1"))
    source = tmp_path / "kb.jsonl"
    rows = [{"id": title, "title": title, "content": text} for title, text in ARTICLES.items()]
    source.write_text("\n".join(json.dumps(row) for row in rows))
    await sync(database, "T1", source)


async def ask(
    database: Database, asked: str | list[Turn], limit: int = 8, reader: Reader = CUSTOMER
) -> list[FoundPassage]:
    async with database.reading() as session:
        return await search(session, "T1", asked, limit, reader=reader)


@pytest.mark.parametrize(
    ("question", "title"),
    [
        ("How can I send back my items?", "Return an item"),
        ("when will it be delivered to germany", "Delivery times"),
        ("SHIPMENTS???", "Delivery times"),
        ("my jacket's zip broke", "Warranty"),
        ("Wie läuft die Rücksendung?", "Rückgabe"),
        ("wie lauft die rucksendung", "Rückgabe"),
        ("GRÖSSE umtauschen", "Rückgabe"),
    ],
)
async def test_the_best_passage_is_found_whatever_the_form_of_the_words(
    database: Database, question: str, title: str
) -> None:
    assert (await ask(database, question))[0].title == title


@pytest.mark.parametrize(
    "text", ["", "   ", "😀🎉", ":wave: <@U123>", "what is it?", "???", "\u200f\u202e", "https://x.example/tents"]
)
async def test_nothing_informative_finds_nothing(database: Database, text: str) -> None:
    assert await ask(database, text) == []


async def test_words_that_no_article_holds_find_nothing(database: Database) -> None:
    assert await ask(database, "sourdough bread recipe") == []


async def test_coverage_is_the_share_of_what_the_question_names(database: Database) -> None:
    (whole,) = await ask(database, "print label")
    (part,) = await ask(database, "print sourdough label")
    assert whole.coverage == pytest.approx(1)
    assert 0.5 < part.coverage < 0.67  # a word that nobody wrote tells most


async def test_the_customers_own_number_neither_helps_nor_hinders(database: Database) -> None:
    (plain,) = await ask(database, "print label")
    (numbered,) = await ask(database, "print label LF0012345")
    assert numbered.coverage == plain.coverage
    assert await ask(database, "LF0012345") == []


async def test_a_follow_up_is_read_with_what_was_said_before(database: Database) -> None:
    turns = [
        *customer("How long is the warranty on zips?"),
        Turn(Author.BOT, "Two years."),
        *customer("and for jackets?"),
    ]
    assert (await ask(database, turns))[0].title == "Warranty"
    assert (await ask(database, "and for jackets?"))[0].title == "Jacket sizes"


def test_the_last_message_counts_most_and_only_customers_count() -> None:
    turns = [
        *customer("warranty"),
        Turn(Author.AGENT, "tents"),
        Turn(Author.NOTE, "fraud"),
        *customer("jacket zip seam"),
    ]
    weights = query_terms(turns)
    assert list(weights) == ["jack", "zip", "seam", "warranti"]
    assert weights["zip"] == 1 > weights["warranti"]
    assert query_terms([Turn(Author.BOT, "Hello tent")]) == {}


def test_a_huge_message_gives_no_more_than_its_most_frequent_words() -> None:
    flood = " ".join(f"word{number}" for number in range(9000))
    weights = query_terms(f"tent tent {flood} tent")
    assert len(weights) == MOST_TERMS
    assert "tent" in weights


async def test_forty_thousand_characters_are_searched(database: Database) -> None:
    found = await ask(database, ("how long is the warranty of my jacket " * 1100)[:40_000])
    assert found[0].title == "Warranty"


async def test_query_syntax_in_a_message_is_only_words(database: Database) -> None:
    found = await ask(database, "warranty\" OR title:* NEAR(zip) -- '; DROP TABLE article; \\ ({[ & | ! <-> :*")
    assert found[0].title == "Warranty"


async def test_one_article_fills_at_most_two_places_and_no_passage_comes_twice(
    database: Database, tmp_path: Path
) -> None:
    section = "The crampon fits. " + "Some more words about steel and ice. " * 20
    (tmp_path / "crampons.md").write_text("# Crampons\n\n" + "\n\n".join(f"## Part {n}\n\n{section}" for n in range(6)))
    (tmp_path / "ice.md").write_text("# Ice axes\n\nCarry it beside the crampon.")
    await sync(database, "T1", tmp_path)
    found = await ask(database, "crampon")
    assert [each.title for each in found].count("Crampons") == 2
    assert "Ice axes" in [each.title for each in found]
    assert len({each.passage_id for each in found}) == len(found)


async def test_the_limit_holds(database: Database) -> None:
    assert len(await ask(database, "jacket zip seam chest layer delivery return", limit=2)) == 2


async def test_an_answer_to_our_question_is_read_with_what_it_is_about(database: Database) -> None:
    asked = [*customer("How long is the warranty?"), Turn(Author.BOT, "Is it about seams, or zips?")]
    weights = query_terms([*asked, *customer("my winter jacket")])
    assert weights["warranti"] == EARLIER_WEIGHT_OF_FOLLOW_UPS
    assert "seam" not in weights  # they said what it is about themselves
    assert query_terms([*asked, *customer("yes, exactly")])["zip"] == ASKED_BACK_WEIGHT
    told = [*customer("How long is the warranty?"), Turn(Author.BOT, "Two years."), *customer("my winter jacket")]
    assert query_terms(told)["warranti"] == EARLIER_WEIGHT


async def test_a_long_story_is_searched_by_all_of_its_words_and_judged_by_the_leading_ones(database: Database) -> None:
    story = " ".join(f"word{number} word{number}" for number in range(40))
    asked = f"{story} The seams and zips are worn."
    assert {"seam", "zip"}.isdisjoint(query_terms(asked))
    (found,) = await ask(database, asked)
    assert found.title == "Warranty"
    assert (found.score, found.coverage) == (0, 0)


async def test_in_a_long_story_words_side_by_side_count_more(database: Database, tmp_path: Path) -> None:
    (tmp_path / "apart.md").write_text("# Apart\n\nA gold frame, and every card game that you know.")
    (tmp_path / "beside.md").write_text("# Beside\n\nA gold card, and every frame game that you know.")
    await sync(database, "T1", tmp_path)
    story = " ".join(f"word{number}" for number in range(40))
    assert [each.title for each in await ask(database, f"{story} gold card")] == ["Beside", "Apart"]


async def test_in_a_long_story_an_article_whose_whole_title_is_told_counts_more(
    database: Database, tmp_path: Path
) -> None:
    whole, part = "Winter storage", "Storage in winter, storage of passports, visas, insurance, flights and weather"
    rows = [
        {"id": title, "title": title, "content": "In winter we keep skis for thirty euros."} for title in (whole, part)
    ]
    (tmp_path / "more.jsonl").write_text("\n".join(json.dumps(row) for row in rows))
    await sync(database, "T1", tmp_path / "more.jsonl")
    story = (
        "My uncle Fred moved from Ulm to Oslo, where autumn is grey and harbours freeze; he carries skis, boots, poles "
        "and a warm cellar key everywhere, sings, bakes rye, feeds gulls, repairs clocks, reads novels, knits, paints "
        "ferries, collects stamps, and wonders about your storage in winter."
    )
    assert (await ask(database, story))[0].title == whole


async def test_a_customer_does_not_find_what_is_for_agents(database: Database) -> None:
    async with database.transaction() as session:
        warranty = (await session.exec(select(Article).where(Article.title == "Warranty"))).one()
        warranty.audience = "internal"
        await session.flush()
        await passage_index.reshelve(session, "T1", [warranty.id])
    assert "Warranty" not in [each.title for each in await ask(database, "warranty of jackets")]
    assert (await ask(database, "warranty of jackets", reader=Reader(is_agent=True)))[0].title == "Warranty"


async def test_the_companys_own_name_is_no_word_to_search_by(database: Database) -> None:
    asked = customer("Does Northpeak's jacket have a warranty?")
    with_name = await find(database, "T1", asked)
    (without, *_) = await find(database, "T1", asked, company="Northpeak GmbH")
    assert (with_name[0].title, without.title) == ("Warranty", "Warranty")
    assert without.coverage == pytest.approx(1.0)
    assert with_name[0].coverage < 0.8
