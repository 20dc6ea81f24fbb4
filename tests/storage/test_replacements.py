"""An article that stands in for others takes their place, and gives it back when it goes."""

from dataclasses import replace
from datetime import datetime, timedelta

from sqlmodel import col, select

from storage import knowledge, passage_search, replacements
from storage.database import Database
from storage.library import Article
from storage.row import now
from storage.shelves import Standing
from storage.tables import Workspace
from tests.storage.test_knowledge import EVERYTHING, article, found, store


async def begin(database: Database) -> None:
    async with database.transaction() as session:
        session.add(Workspace(id="T1"))


def with_(id_: str, body: str, *replaces: str, valid_from: datetime | None = None) -> knowledge.NewArticle:
    return replace(article(id_, body), replaces=replaces, standing=Standing("customer", valid_from, None))


async def settle(database: Database, at: datetime | None = None) -> list[str]:
    async with database.transaction() as session:
        return [each.why for each in await replacements.settle(session, "T1", at or now())]


async def replaced(database: Database) -> dict[str, str]:
    async with database.reading() as session:
        rows = (await session.exec(select(Article).where(col(Article.replaced_by) != ""))).all()
    return {row.id: row.replaced_by for row in rows}


async def test_what_is_replaced_is_found_no_more_until_its_replacement_goes(database: Database) -> None:
    await begin(database)
    await store(database, with_("old", "rope"), with_("new", "rope", "old.md"))
    assert await settle(database) == []
    assert (await replaced(database), await found(database, "rope")) == ({"old": "new"}, ["new-0"])
    await store(database, with_("old", "rope knot"), known=["old"])  # edited meanwhile, it stays replaced
    assert await found(database, "rope") == ["new-0"]
    async with database.transaction() as session:
        await knowledge.remove(session, "T1", ["new"], now())
    await settle(database)
    assert (await replaced(database), await found(database, "rope")) == ({}, ["old-0"])
    async with database.reading() as session:
        assert (await passage_search.nearest(session, "T1", ["knot"], 5, EVERYTHING)).passages_with["knot"] == 1


async def test_an_article_that_does_not_hold_yet_replaces_nothing_yet(database: Database) -> None:
    await begin(database)
    later = now() + timedelta(days=1)
    await store(database, with_("old", "rope"), with_("new", "rope", "old.md", valid_from=later))
    await settle(database)
    assert await replaced(database) == {}
    await settle(database, later)
    assert await replaced(database) == {"old": "new"}


async def test_names_of_nothing_and_circles_are_named_and_take_nothing_away(database: Database) -> None:
    await begin(database)
    await store(database, with_("a", "rope", "b.md", "nowhere.md", "a.md"), with_("b", "rope", "a.md"))
    told = await settle(database)
    assert told == [
        "replaces nowhere.md, which is no other article",
        "replaces a.md, which is no other article",
        "replaces a.md, which replaces it: one of the two must go",
    ]
    assert await found(database, "rope") == ["a-0"]


async def test_an_article_is_named_by_its_id_or_address_too(database: Database) -> None:
    await begin(database)
    await store(database, with_("a", "rope"), with_("b", "rope"), with_("c", "rope", "a", "https://help.example/b"))
    assert await settle(database) == []
    assert await replaced(database) == {"a": "c", "b": "c"}
