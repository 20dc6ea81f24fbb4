"""Who finds what: text that a reader may not read, or that does not hold now, is as if it were not there."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from alembic import command
from sqlalchemy import create_engine, text
from sqlmodel import col, update

from storage import knowledge, passage_index, passage_search, schema
from storage.database import Database
from storage.engines import async_url
from storage.knowledge import NewArticle, NewPassage
from storage.library import Article
from storage.passage_search import Nearest, OpenTo
from storage.row import now
from storage.shelves import EVERYBODY, Standing
from storage.tables import Workspace

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def article(id_: str, body: str, standing: Standing = EVERYBODY) -> NewArticle:
    passage = NewPassage(f"{id_}-0", "", body, [], [], body.split())
    return NewArticle(id_, "docs", id_, id_, "", "", "en", "hash", [passage], standing)


@pytest.fixture(autouse=True)
async def workspace(database: Database) -> None:
    async with database.transaction() as session:
        session.add(Workspace(id="T1"))


async def store(database: Database, *articles: NewArticle) -> None:
    async with database.transaction() as session:
        await knowledge.store(session, "T1", articles, [], now())


async def near(
    database: Database, *terms: str, tags: Sequence[str] | None = ("customer",), limit: int = 10, at: datetime = NOON
) -> Nearest:
    async with database.reading() as session:
        return await passage_search.nearest(session, "T1", terms, limit, OpenTo(tags, at))


async def found(database: Database, *terms: str, tags: Sequence[str] | None = ("customer",)) -> set[str]:
    return {each.article_id for each in (await near(database, *terms, tags=tags)).candidates}


async def change(database: Database, id_: str, **values: object) -> None:
    async with database.transaction() as session:
        this = (col(Article.workspace_id) == "T1", col(Article.id) == id_)
        await (await session.connection()).execute(update(Article).where(*this).values(**values))
        await passage_index.reshelve(session, "T1", [id_])


async def test_one_tag_of_an_audience_lets_its_reader_find_it(database: Database) -> None:
    await store(
        database,
        article("all", "rope"),
        article("inside", "rope", Standing("internal")),
        article("vips", "rope", Standing("group:press group:vip")),
        article("there", "rope", Standing("channel:C1")),
        article("nobody", "rope", Standing("")),
    )
    assert await found(database, "rope") == {"all"}
    assert await found(database, "rope", tags=["customer", "group:vip"]) == {"all", "vips"}
    assert await found(database, "rope", tags=["customer", "channel:C1", "group:v"]) == {"all", "there"}
    assert await found(database, "rope", tags=["customer%", "group:_ip", "intern"]) == set()
    assert await found(database, "rope", tags=[]) == set()
    assert await found(database, "rope", tags=None) == {"all", "inside", "vips", "there", "nobody"}


async def test_what_may_not_be_read_crowds_out_nothing(database: Database) -> None:
    secret = [article(f"s{number}", "rope rope rope", Standing("internal")) for number in range(40)]
    await store(database, *secret, article("open", "rope and much beside it that makes it less about it"))
    assert [each.article_id for each in (await near(database, "rope", limit=3)).candidates] == ["open"]


async def test_what_may_not_be_read_is_counted_nowhere(database: Database) -> None:
    readable = [article("one", "rope lamp"), article("two", "lamp lamp stove"), article("three", "tent")]
    await store(database, *readable)
    before = await near(database, "rope", "lamp", "fraud")
    hidden = [
        *(article(f"i{number}", "rope rope fraud", Standing("internal")) for number in range(9)),
        *(article(f"p{number}", "lamp fraud", Standing("customer", None, NOON - HOUR)) for number in range(9)),
    ]
    await store(database, *hidden)
    after = await near(database, "rope", "lamp", "fraud")
    assert after.passages_with == before.passages_with == {"": 3, "rope": 1, "lamp": 2}
    assert {each.passage_id for each in after.candidates} == {each.passage_id for each in before.candidates}


async def test_an_article_is_found_only_while_it_holds(database: Database) -> None:
    await store(
        database,
        article("past", "rope", Standing("customer", None, NOON)),
        article("future", "rope", Standing("customer", NOON + HOUR, None)),
        article("present", "rope", Standing("customer", NOON, NOON + HOUR)),
    )

    async def at(moment: datetime) -> set[str]:
        return {each.article_id for each in (await near(database, "rope", at=moment)).candidates}

    assert await at(NOON - HOUR) == {"past"}
    assert await at(NOON) == {"present"}
    assert await at(NOON + HOUR) == {"future"}
    assert {each.article_id for each in (await near(database, "rope", tags=None)).candidates} == {"present"}


async def test_a_changed_audience_moves_an_article_and_its_counts(database: Database) -> None:
    await store(database, article("a", "rope lamp"), article("b", "rope"))
    await change(database, "a", audience="internal")
    assert await found(database, "rope", "lamp") == {"b"}
    assert (await near(database, "rope", "lamp")).passages_with == {"": 1, "rope": 1}
    assert (await near(database, "rope", "lamp", tags=None)).passages_with == {"": 2, "rope": 2, "lamp": 1}
    await change(database, "a", audience="customer")
    assert (await near(database, "rope", "lamp")).passages_with == {"": 2, "rope": 2, "lamp": 1}


async def test_a_replaced_article_is_out_of_use_until_it_is_not(database: Database) -> None:
    await store(database, article("old", "rope"), article("new", "rope"))
    await change(database, "old", replaced_by="new")
    assert await found(database, "rope", tags=None) == {"new"}
    assert (await near(database, "rope")).passages_with == {"": 1, "rope": 1}
    await change(database, "old", replaced_by="")
    assert await found(database, "rope") == {"new", "old"}


async def test_two_syncs_at_once_set_up_a_shelf_once(database: Database) -> None:
    standing = Standing("group:vip")
    await asyncio.gather(*(store(database, article(f"a{number}", "rope", standing)) for number in range(4)))
    async with database.reading() as session:
        shelves = (await (await session.connection()).execute(text("SELECT number, audience FROM shelf"))).all()
    assert [tuple(each) for each in shelves] == [(1, "group:vip")]
    assert len(await found(database, "rope", tags=["group:vip"])) == 4


async def test_an_index_from_before_there_were_shelves_is_found_by_everyone(database_url: str) -> None:
    database = await Database.open(database_url)
    await store(database, article("a", "rope lamp"))
    await database.close()
    url = async_url(database_url)
    engine = create_engine(url.set(drivername=schema.SYNCHRONOUS[url.get_backend_name()]))
    with engine.begin() as connection:
        command.downgrade(schema.config(connection), "0003")
    engine.dispose()
    schema.upgrade(url)
    database = await Database.open(database_url)
    await store(database, article("b", "rope"))
    assert await found(database, "rope") == {"a", "b"}
    assert (await near(database, "rope", "lamp")).passages_with == {"": 2, "rope": 2, "lamp": 1}
    await database.close()
