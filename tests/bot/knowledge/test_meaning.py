"""Search by words and by meaning: vectors come from a real server on this machine, and words do when it fails."""

import json
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import col, select
from structlog.testing import capture_logs

from bot.costs import account
from bot.costs.account import Books
from bot.knowledge import asking, embedding_job, fusion, meaning
from bot.knowledge.embedding import NoVectors
from bot.knowledge.meaning import Meaning
from bot.knowledge.search import find
from bot.knowledge.sync import sync
from bot.settings import Settings
from handoff.audience import Reader
from storage import passage_index, passage_vectors
from storage.database import Database
from storage.library import Article, PassageVector
from storage.spending import ModelCall
from storage.tables import Workspace
from tests import embedding_server
from tests.embedding_server import EmbeddingServer

SUBJECTS = (("refund", "money back", "reimburse"), ("tent", "shelter"), ("boot", "footwear"))
ARTICLES = {"Money": "A refund takes five days.", "Camping": "A tent for two.", "Shoes": "Boots with a firm sole."}


def embed(texts: Sequence[str]) -> list[list[float]]:
    """A model that knows three subjects, in several words each."""
    return [[0.01, *(float(any(word in text.lower() for word in subject)) for subject in SUBJECTS)] for text in texts]


@pytest.fixture
async def server() -> AsyncIterator[EmbeddingServer]:
    async with embedding_server.running(embed) as running:
        yield running


@pytest.fixture
async def meant(server: EmbeddingServer) -> AsyncIterator[Meaning]:
    built = meaning.build(Settings(embedding_model="small-1", embedding_base_url=server.url))
    assert built
    yield built
    await built.close()


@pytest.fixture(autouse=True)
async def articles(database: Database, tmp_path: Path) -> None:
    async with database.transaction() as session:
        session.add(Workspace(id="T1"))
    rows = [{"id": title, "title": title, "content": text} for title, text in ARTICLES.items()]
    (tmp_path / "kb.jsonl").write_text("\n".join(json.dumps(row) for row in rows))
    await sync(database, "T1", tmp_path / "kb.jsonl")


async def titles(database: Database, question: str, by: Meaning | None, reader: Reader | None = None) -> list[str]:
    return [each.title for each in await find(database, "T1", question, reader=reader or Reader(), meaning=by)]


async def test_other_words_of_the_same_meaning_find_an_article(database: Database, meant: Meaning) -> None:
    assert await embedding_job.catch_up(Books(database, "T1", "UTC"), meant.endpoint) == 3
    assert await titles(database, "when will you reimburse me", None) == []
    assert (await titles(database, "when will you reimburse me", meant))[0] == "Money"


@pytest.mark.parametrize(("most", "read"), [(10, 3), (2, 2), (1, 1)])
async def test_vectors_are_read_page_by_page(
    database: Database, meant: Meaning, monkeypatch: pytest.MonkeyPatch, most: int, read: int
) -> None:
    await embedding_job.catch_up(Books(database, "T1", "UTC"), meant.endpoint)
    monkeypatch.setattr(passage_vectors, "PAGE", 2)
    async with database.reading() as session:
        found = [each async for each in passage_vectors.every(session, "T1", meant.endpoint.model, most)]
    assert len({each.passage_id for each in found}) == len(found) == read


async def test_vectors_are_made_once_and_anew_for_another_model(
    database: Database, server: EmbeddingServer, meant: Meaning
) -> None:
    told: list[tuple[int, int]] = []
    books = Books(database, "T1", "UTC")
    await embedding_job.catch_up(books, meant.endpoint, lambda done, all_: told.append((done, all_)))
    assert told == [(0, 3), (3, 3)]
    assert await embedding_job.catch_up(books, meant.endpoint) == 0
    assert len(server.asked) == 1
    other = meaning.build(Settings(embedding_model="small-2", embedding_base_url=server.url))
    assert other
    assert await embedding_job.catch_up(books, other.endpoint) == 3
    await other.close()
    async with database.reading() as session:
        assert {each.model for each in await session.exec(select(PassageVector))} == {"small-2"}


async def test_a_failing_endpoint_leaves_words_alone_and_is_not_asked_again_at_once(
    database: Database, server: EmbeddingServer, meant: Meaning
) -> None:
    await embedding_job.catch_up(Books(database, "T1", "UTC"), meant.endpoint)
    server.fails_with = 500
    before = len(server.asked)
    assert await titles(database, "tent", meant) == ["Camping"]
    assert await titles(database, "tent", meant) == ["Camping"]
    assert len(server.asked) == before + 1


async def test_a_connection_that_the_server_has_ended_costs_no_question_its_meaning(
    meant: Meaning, server: EmbeddingServer
) -> None:
    assert await meant.question("at night")
    server.drops = 1
    assert await meant.question("in the morning")
    server.drops = 9
    assert await meant.question("at noon") is None
    assert server.drops == 7  # asked again once


async def test_a_job_that_fails_says_so_and_keeps_what_was_made(
    database: Database, server: EmbeddingServer, meant: Meaning
) -> None:
    server.fails_with = 401
    with pytest.raises(NoVectors):
        await embedding_job.catch_up(Books(database, "T1", "UTC"), meant.endpoint)
    async with database.reading() as session:
        assert await passage_vectors.count(session, "T1", "small-1") == (0, 3)


async def test_meaning_shows_nobody_what_they_may_not_read(database: Database, meant: Meaning) -> None:
    await embedding_job.catch_up(Books(database, "T1", "UTC"), meant.endpoint)
    async with database.transaction() as session:
        money = (await session.exec(select(Article).where(Article.title == "Money"))).one()
        money.audience = "internal"
        await session.flush()
        await passage_index.reshelve(session, "T1", [money.id])
    assert "Money" not in await titles(database, "when will you reimburse me", meant)
    assert "Money" in await titles(database, "when will you reimburse me", meant, Reader(is_agent=True))


async def test_what_customers_say_of_themselves_does_not_reach_the_endpoint(
    database: Database, server: EmbeddingServer, meant: Meaning
) -> None:
    await titles(database, "refund to ada@example.com please", meant)
    assert "ada@example.com" not in server.asked[-1][0]


async def test_the_models_key_goes_to_no_other_server(database: Database, server: EmbeddingServer) -> None:
    built = meaning.build(
        Settings(openai_api_key="sk-secret", embedding_model="small-1", embedding_base_url=server.url)  # pyright: ignore[reportArgumentType]
    )
    assert built
    await titles(database, "refund", built)
    await built.close()
    assert "sk-secret" not in server.keys[-1]


async def test_every_call_is_in_the_account_also_one_that_failed(
    database: Database, server: EmbeddingServer, tmp_path: Path
) -> None:
    (tmp_path / "baton.toml").write_text("[prices.small-1]\ninput = 2.0\noutput = 0.0\n")
    named = Settings(embedding_model="small-1", embedding_base_url=server.url, team_file=tmp_path / "baton.toml")
    built, books = meaning.build(named), Books(database, "T1", "UTC")
    assert built
    await embedding_job.catch_up(books, built.endpoint)
    server.fails_with = 401
    async with account.kept(books):
        await titles(database, "refund", built)
    await built.close()
    async with database.reading() as session:
        rows = (await session.exec(select(ModelCall).order_by(col(ModelCall.created_at)))).all()
    assert [(row.purpose, row.outcome, row.tokens_in, row.dollars) for row in rows] == [
        ("embedding", "ok", 1, 2.0 / 1e6),
        ("embedding", "wrong_key", 0, 0.0),
    ]


def test_places_are_joined_and_scores_are_not() -> None:
    gained = fusion.reciprocal_rank(["a", "b", "c"], ["c", "d"], 8)
    assert sorted(gained, key=lambda each: -gained[each]) == ["c", "a", "b", "d"]
    assert gained["a"] == pytest.approx(1 / 5)
    assert gained["d"] == pytest.approx(0.5 / 6)


def test_what_meaning_alone_finds_is_wanted_and_takes_no_place_from_the_first_half() -> None:
    by_words, by_meaning = [f"word{n}" for n in range(24)], [f"meaning{n}" for n in range(24)]
    gained = fusion.reciprocal_rank(by_words, by_meaning, 8)
    eight = sorted(gained, key=lambda each: -gained[each])[:8]
    assert eight[:5] == by_words[:5]
    assert "meaning0" in eight


async def test_a_story_is_understood_by_its_one_paragraph_that_asks(
    database: Database, server: EmbeddingServer, meant: Meaning
) -> None:
    await embedding_job.catch_up(Books(database, "T1", "UTC"), meant.endpoint)
    story = [
        f"On day {day} we walked on and saw a lake, some hills and much rain, and we slept well. " for day in range(9)
    ]
    asked = "\n".join(each * 8 for each in story) + "\nNow I would like to be reimbursed."
    await titles(database, asked, meant)
    assert 2 < len(server.asked[-1]) <= asking.MOST_PARTS
    assert [part for part in server.asked[-1] if "reimbursed" in part]
    assert len(server.asked) == 2  # the passages, and all parts of the story at once


async def test_another_model_behind_the_same_name_is_told_and_all_vectors_are_made_anew(
    database: Database, meant: Meaning, server: EmbeddingServer
) -> None:
    books = Books(database, "T1", "UTC")
    await embedding_job.catch_up(books, meant.endpoint)
    server.embed = lambda texts: [[*vector, 0.01, 0.01] for vector in embed(texts)]
    assert await meant.question("when will you reimburse me")
    with capture_logs() as logs:
        assert await embedding_job.catch_up(books, meant.endpoint) == 3
        assert await embedding_job.catch_up(books, meant.endpoint) == 0
    (told,) = [each for each in logs if each["event"] == "vectors_of_another_size"]
    assert told["made_anew"] == 3
    assert "BATON_EMBEDDING_MODEL" in told["advice"]
    async with database.reading() as session:
        sizes = {len(each) for each in (await session.exec(select(PassageVector.vector))).all()}
    assert sizes == {meant.endpoint.size}


async def test_a_server_of_two_models_by_turns_is_not_paid_for_ever(
    database: Database, meant: Meaning, server: EmbeddingServer
) -> None:
    books = Books(database, "T1", "UTC")
    wide = 0

    def by_turns(texts: Sequence[str]) -> list[list[float]]:
        nonlocal wide
        wide = 1 - wide
        return [[*vector, *([0.01] * wide)] for vector in embed(texts)]

    server.embed = by_turns
    for _ in range(4):
        await meant.question("when will you reimburse me")
        await embedding_job.catch_up(books, meant.endpoint)
    asked = len(server.asked)
    for _ in range(4):
        await embedding_job.catch_up(books, meant.endpoint)
    assert len(server.asked) == asked


@pytest.mark.parametrize("vector", [None, "words", 7, [], ["x"], [None], [float("inf"), 1.0], [[1.0]]])
async def test_vectors_that_are_none_leave_the_search_to_words(
    database: Database, meant: Meaning, server: EmbeddingServer, vector: Any
) -> None:
    await embedding_job.catch_up(Books(database, "T1", "UTC"), meant.endpoint)
    server.raw = vector
    assert (await titles(database, "a refund please", meant))[0] == "Money"
