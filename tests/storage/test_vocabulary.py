"""The words of the articles, as they are looked up for one that none of them holds."""

import pytest

from storage import knowledge, vocabulary
from storage.database import Database
from storage.knowledge import NewArticle
from storage.passage_index import NewPassage
from storage.row import now
from storage.shelves import Standing
from storage.tables import Workspace


async def test_words_are_found_by_their_beginning_and_by_name_as_far_as_they_are_open(database: Database) -> None:
    terms = {"customer": ["refund", "return", "tent"], "internal": ["refund", "reserve"]}
    articles = [
        NewArticle(audience, "kb", audience, "", "", "", "en", "1", [passage], Standing(audience))
        for audience, body in terms.items()
        for passage in [NewPassage(f"p-{audience}", "", "text", [], [], body)]
    ]
    async with database.transaction() as session:
        session.add(Workspace(id="T1"))
        await session.flush()
        await knowledge.store(session, "T1", articles, [], now())
    async with database.reading() as session:
        assert await vocabulary.near(session, "T1", {"re"}, {"tent", "refund", "boot"}, [1, 2]) == {
            "refund": 2,
            "reserve": 1,
            "return": 1,
            "tent": 1,
        }
        assert await vocabulary.near(session, "T1", {"re"}, {"tent"}, [1]) == {"refund": 1, "return": 1, "tent": 1}
        assert await vocabulary.near(session, "T1", set(), {"tent"}, [1]) == {"tent": 1}
        assert await vocabulary.near(session, "T1", {"re"}, set(), [1]) == {"refund": 1, "return": 1}
        assert await vocabulary.near(session, "T2", {"re"}, {"tent"}, [1]) == {}


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_no_more_words_are_read_than_are_asked_for(database: Database) -> None:
    statement = vocabulary._statement(1).replace(":named", "('a', 'b')").replace(":shelves", "(1)")  # pyright: ignore[reportPrivateUsage]
    asked = {"workspace": "T1", "from0": "re", "to0": "rezzzz", "most": 9}
    async with database.reading() as session:
        connection = await session.connection()
        rows = (await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", asked)).all()
    looks = [row[-1] for row in rows if "knowledge_term" in row[-1]]
    assert len(looks) == 2
    assert all("workspace_id=? AND term" in look for look in looks), looks
