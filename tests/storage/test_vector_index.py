"""Vectors that PostgreSQL searches: the same passages as in memory, for whoever may read them; and without rights."""

import asyncio
from random import Random
from typing import Any

import pytest
from sqlalchemy import text

from bot.costs.account import Books
from bot.knowledge import embedding_job, meaning
from bot.knowledge.meaning import Meaning
from bot.settings import Settings
from handoff.audience import Reader
from storage import knowledge, passage_index, passage_vectors, vector_index
from storage.database import Database
from storage.knowledge import NewArticle
from storage.library import Article
from storage.passage_index import NewPassage
from storage.passage_search import OpenTo
from storage.row import now
from storage.shelves import Standing
from storage.tables import Workspace
from tests import embedding_server
from tests.locks import waits_for_a_lock

pytestmark = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)

MODEL, NUMBERS, PASSAGES = "small-1", 12, 120
AUDIENCES = ("customer", "customer", "internal", "group:vip")
READERS = (Reader(), Reader(groups=frozenset({"vip"})), Reader(is_agent=True))


def vector(random: Random) -> bytes:
    from bot.knowledge.embedding import _vector  # pyright: ignore[reportPrivateUsage]

    return _vector([random.gauss(0, 1) for _ in range(NUMBERS)])


@pytest.fixture
async def by() -> Any:
    built = meaning.build(Settings(embedding_model=MODEL, embedding_base_url="http://127.0.0.1:9/v1"))
    assert built
    yield built
    await built.close()


@pytest.fixture(autouse=True)
async def articles(database: Database) -> None:
    """Articles for different readers, each with a vector that is stored as it would be without pgvector."""
    random = Random(7)
    every = [
        NewArticle(
            f"a{n}", "kb", str(n), f"Article {n}", "", "", "en", str(n),
            [NewPassage(f"p{n:03}", "", f"words {n}", ["articl"], [], ["word"])], Standing(AUDIENCES[n % 4]),
        )
        for n in range(PASSAGES)
    ]  # fmt: skip
    async with database.transaction() as session:
        session.add(Workspace(id="T1"))
        await session.flush()
        await knowledge.store(session, "T1", every, [], now())
        for statement in vector_index.DROP:
            await (await session.connection()).exec_driver_sql(statement)
        await passage_vectors.put(session, "T1", MODEL, [(f"p{n:03}", vector(random)) for n in range(PASSAGES)])


async def found(database: Database, by: Meaning, asked: list[bytes], reader: Reader, limit: int = 10) -> list[str]:
    by._looked_at.clear()  # pyright: ignore[reportPrivateUsage]
    return await by.nearest(database, "T1", asked, limit, OpenTo(None if reader.is_agent else reader.tags, now()))


async def by_whom(database: Database) -> bool:
    async with database.reading() as session:
        return await vector_index.is_there(session)


@pytest.mark.parametrize("exact_up_to", [vector_index.EXACT_UP_TO, 0])
async def test_the_database_finds_what_is_found_in_memory_one_by_one_and_by_its_index(
    database: Database, by: Meaning, monkeypatch: pytest.MonkeyPatch, exact_up_to: int
) -> None:
    random = Random(11)
    questions = [[vector(random) for _ in range(1 + n % 3)] for n in range(12)]
    asked = [(question, reader) for question in questions for reader in READERS]
    in_memory = [await found(database, by, question, reader) for question, reader in asked]
    assert not await by_whom(database)
    monkeypatch.setattr(vector_index, "EXACT_UP_TO", exact_up_to)
    await embedding_job.prepare(database)
    assert await vector_index.follow(database, "T1", MODEL) == PASSAGES
    monkeypatch.setattr(by, "_database_asked_at", float("-inf"))
    assert [await found(database, by, question, reader) for question, reader in asked] == in_memory
    assert await by_whom(database)
    async with database.reading() as session:
        made = await (await session.connection()).execute(text("SELECT to_regclass('ix_passage_near_12') IS NOT NULL"))
        assert made.scalar() == (exact_up_to == 0)


async def test_the_statement_fits_the_index(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vector_index, "EXACT_UP_TO", 0)
    await embedding_job.prepare(database)
    await vector_index.follow(database, "T1", MODEL)
    statement = vector_index._by_index(NUMBERS, 1)  # pyright: ignore[reportPrivateUsage]
    asked = {"workspace": "T1", "model": MODEL, "shelves": [1, 2], "limit": 10}
    asked["v0"] = vector_index.literal(vector(Random(3)))
    async with database.writing_connection() as connection:
        for way in ("seqscan", "bitmapscan", "sort"):  # which so small a table would be read by
            await connection.exec_driver_sql(f"SET LOCAL enable_{way} = off")
        explained = text(f"EXPLAIN {statement.text}")
        plan = (await connection.execute(explained, asked)).scalars().all()
    assert any("Index Scan using ix_passage_near_12" in line for line in plan), plan


async def test_an_index_that_gives_up_is_not_the_last_word(
    database: Database, by: Meaning, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vector_index, "EXACT_UP_TO", 0)
    await embedding_job.prepare(database)
    await vector_index.follow(database, "T1", MODEL)
    assert len(await found(database, by, [vector(Random(3))], Reader(), limit=500)) == PASSAGES // 2


async def test_a_passage_takes_its_vector_to_another_shelf(database: Database, by: Meaning) -> None:
    await embedding_job.prepare(database)
    await vector_index.follow(database, "T1", MODEL)
    asked = [vector(Random(7))]  # the vector of p000 itself
    assert (await found(database, by, asked, Reader()))[0] == "p000"
    async with database.transaction() as session:
        article = await session.get(Article, ("T1", "a0"))
        assert article
        article.audience = "internal"
        session.add(article)
        await session.flush()
        await passage_index.reshelve(session, "T1", ["a0"])
    assert "p000" not in await found(database, by, asked, Reader(), limit=PASSAGES)
    assert (await found(database, by, asked, Reader(is_agent=True)))[0] == "p000"


async def test_a_removed_article_takes_its_vectors_along(database: Database, by: Meaning) -> None:
    await embedding_job.prepare(database)
    await vector_index.follow(database, "T1", MODEL)
    async with database.transaction() as session:
        await knowledge.remove(session, "T1", ["a0"], now())
    assert "p000" not in await found(database, by, [vector(Random(7))], Reader(), limit=PASSAGES)


async def test_new_vectors_of_another_model_take_the_place_of_the_former(database: Database) -> None:
    async with embedding_server.running(lambda texts: [[1.0, 2.0, 3.0] for _ in texts]) as server:
        other = meaning.build(Settings(embedding_model="small-2", embedding_base_url=server.url))
        assert other
        await embedding_job.catch_up(Books(database, "T1", "UTC"), other.endpoint)
        assert not await by_whom(database)  # a job that runs time and again does not try to create it
        await embedding_job.prepare(database)
        await embedding_job.catch_up(Books(database, "T1", "UTC"), other.endpoint)
        assert await by_whom(database)
        one = (await other.endpoint.of_question(["?"]))[0]
        assert len(await found(database, other, [one], Reader(is_agent=True), limit=500)) == PASSAGES
        await other.close()


async def test_without_the_right_to_create_it_vectors_are_compared_in_memory_and_it_says_why(
    database: Database, by: Meaning
) -> None:
    async with database.writing_connection() as connection:
        await connection.exec_driver_sql("DROP EXTENSION vector")
        await connection.exec_driver_sql("SET LOCAL ROLE pg_read_all_data")
        assert await connection.run_sync(vector_index.create) == vector_index.NOT_ALLOWED
    assert (await found(database, by, [vector(Random(7))], Reader()))[0] == "p000"
    assert not await by_whom(database)


async def test_of_two_processes_that_create_it_at_once_neither_is_told_that_it_may_not(database: Database) -> None:
    async with database.writing_connection() as connection:
        await connection.exec_driver_sql("DROP EXTENSION vector")
    async with database.writing_connection() as connection:
        assert await connection.run_sync(vector_index.create) == ""
        other = asyncio.create_task(vector_index.prepare(database))
        await waits_for_a_lock(database)
    assert await asyncio.wait_for(other, 60) == ""


async def test_whether_it_could_be_created_is_only_tried(database: Database) -> None:
    assert await meaning.searched_where(database) == (
        "compared in memory, at most 64 MB of them; by PostgreSQL (pgvector) from the next sync on"
    )
    assert not await by_whom(database)
    assert await vector_index.prepare(database) == ""
    assert await meaning.searched_where(database) == "compared by PostgreSQL (pgvector)"


TAKEN_AWAY = {
    "by who dropped the extension": "DROP EXTENSION vector CASCADE",
    "by a backup restored without it": "DROP TABLE passage_near",
}


@pytest.mark.parametrize("how", TAKEN_AWAY.values(), ids=TAKEN_AWAY.keys())
async def test_where_pgvector_is_taken_away_vectors_are_compared_in_memory_until_it_is_back(
    database: Database, by: Meaning, how: str
) -> None:
    await embedding_job.prepare(database)
    await vector_index.follow(database, "T1", MODEL)
    asked = [vector(Random(7))]  # the vector of p000 itself
    assert (await found(database, by, asked, Reader()))[0] == "p000"
    async with database.writing_connection() as connection:
        await connection.exec_driver_sql(how)
    assert not await by_whom(database)
    assert (await found(database, by, asked, Reader()))[0] == "p000"
    async with database.transaction() as session:  # a sync goes on, and so do its vectors
        await passage_index.reshelve(session, "T1", ["a0"])
        await passage_vectors.put(session, "T1", MODEL, [("p001", asked[0])])
    assert await vector_index.prepare(database) == ""
    assert await vector_index.follow(database, "T1", MODEL) == PASSAGES
    by._database_asked_at = float("-inf")  # pyright: ignore[reportPrivateUsage]
    assert (await found(database, by, asked, Reader()))[:1] in (["p000"], ["p001"])
    assert await by_whom(database)
