"""Articles and passages in the database, and the nearest ones, the same on both."""

from collections.abc import Sequence

from sqlalchemy import text

from storage import knowledge, passage_search
from storage.database import Database
from storage.knowledge import NewArticle, NewPassage
from storage.library import Article
from storage.passage_search import OpenTo
from storage.row import now
from storage.tables import Workspace

EVERYTHING = OpenTo(None, now())


async def workspaces(database: Database, *ids: str) -> None:
    async with database.transaction() as session:
        session.add_all(Workspace(id=each) for each in ids)


def article(id_: str, *bodies: str, title: str = "", headings: str = "") -> NewArticle:
    return NewArticle(
        id=id_,
        source="docs",
        source_key=f"{id_}.md",
        title=title or id_,
        url=f"https://help.example/{id_}",
        topic="returns",
        language="en",
        content_hash=f"hash of {bodies}",
        passages=[
            NewPassage(f"{id_}-{number}", headings, body, title.split(), headings.split(), body.split())
            for number, body in enumerate(bodies)
        ],
    )


async def store(database: Database, *articles: NewArticle, workspace: str = "T1", known: Sequence[str] = ()) -> None:
    async with database.transaction() as session:
        await knowledge.store(session, workspace, articles, known, now())


async def found(database: Database, *terms: str, workspace: str = "T1", limit: int = 10) -> list[str]:
    async with database.reading() as session:
        near = await passage_search.nearest(session, workspace, terms, limit, EVERYTHING)
    return [candidate.passage_id for candidate in near.candidates]


async def test_a_passage_is_found_by_any_of_its_words_with_all_that_is_told_of_it(database: Database) -> None:
    await workspaces(database, "T1")
    await store(database, article("shoes", "boot sole sole", title="footwear", headings="care"))
    async with database.reading() as session:
        near = await passage_search.nearest(session, "T1", ["sole", "care", "footwear", "unheard"], 5, EVERYTHING)
    (candidate,) = near.candidates
    assert (candidate.passage_id, candidate.article_id, candidate.title) == ("shoes-0", "shoes", "footwear")
    assert (candidate.url, candidate.topic, candidate.language) == ("https://help.example/shoes", "returns", "en")
    assert (candidate.heading_path, candidate.text, candidate.terms) == ("care", "boot sole sole", 5)
    assert candidate.occurs == {"sole": (0, 0, 2), "care": (0, 1, 0), "footwear": (1, 0, 0)}
    assert near.passages_with == {"": 1, "sole": 1, "care": 1, "footwear": 1}


async def test_rare_words_weigh_more_than_common_ones(database: Database) -> None:
    await workspaces(database, "T1")
    common = [article(f"common{number}", "card card money") for number in range(8)]
    await store(database, *common, article("rare", "money crampon"))
    assert (await found(database, "card", "crampon"))[0] == "rare-0"


async def test_a_word_in_the_title_weighs_more_than_in_the_text(database: Database) -> None:
    await workspaces(database, "T1")
    await store(database, article("a", "tent pole rope"), article("b", "pole rope mat", title="tent"))
    assert (await found(database, "tent")) == ["b-0", "a-0"]


async def test_a_workspace_finds_only_its_own(database: Database) -> None:
    await workspaces(database, "T1", "T2")
    await store(database, article("ours", "stove"))
    await store(database, article("theirs", "stove"), workspace="T2")
    assert await found(database, "stove") == ["ours-0"]
    assert await found(database, "stove", workspace="T2") == ["theirs-0"]
    async with database.reading() as session:
        assert (await passage_search.nearest(session, "T2", ["stove"], 5, EVERYTHING)).passages_with == {
            "": 1,
            "stove": 1,
        }


async def test_no_more_than_the_limit_is_fetched(database: Database) -> None:
    await workspaces(database, "T1")
    await store(database, *(article(f"a{number}", "lamp") for number in range(9)))
    assert len(await found(database, "lamp", limit=4)) == 4


async def test_a_stored_article_replaces_what_it_was_before(database: Database) -> None:
    await workspaces(database, "T1")
    await store(database, article("a", "old words", "older words"))
    await store(database, article("a", "new words"), known=["a"])
    assert await found(database, "old", "older") == []
    assert await found(database, "new", "words") == ["a-0"]
    async with database.reading() as session:
        assert (await passage_search.nearest(session, "T1", ["words"], 5, EVERYTHING)).passages_with == {
            "": 1,
            "words": 1,
        }
        assert await knowledge.count(session, "T1") == (1, 1)


async def test_a_removed_article_is_found_no_more_but_its_row_stays(database: Database) -> None:
    await workspaces(database, "T1")
    await store(database, article("a", "rope"), article("b", "rope"))
    async with database.transaction() as session:
        await knowledge.remove(session, "T1", ["a"], now())
    assert await found(database, "rope") == ["b-0"]
    async with database.reading() as session:
        row = await session.get(Article, ("T1", "a"))
        known = await knowledge.known_articles(session, "T1", "docs")
        counted = (await passage_search.nearest(session, "T1", ["rope"], 5, EVERYTHING)).passages_with
        assert await knowledge.count(session, "T1") == (1, 1)
    assert row is not None
    assert row.removed_at is not None
    assert (known["a.md"].removed, known["b.md"].removed) == (True, False)
    assert counted == {"": 1, "rope": 1}


async def test_words_that_mean_something_to_a_query_language_are_only_words(database: Database) -> None:
    await workspaces(database, "T1")
    odd = ["and", "or", "not", "near", "a'b", 'a"b', "a\\b", "a|b", "*", "title:x", "(", ":a"]
    await store(database, article("a", "rope"))
    for term in odd:
        assert await found(database, term) == []
    assert await found(database, *odd, "rope") == ["a-0"]


async def test_a_workspace_id_may_hold_any_character(database: Database) -> None:
    strange = "T'1\"\\x y"
    await workspaces(database, strange)
    await store(database, article("a", "rope"), workspace=strange)
    async with database.reading() as session:
        near = await passage_search.nearest(session, strange, ["lamp"], 5, EVERYTHING)
    assert near.candidates == []


async def test_a_deleted_article_takes_its_part_of_the_index_along(database: Database) -> None:
    await workspaces(database, "T1")
    await store(database, article("a", "rope"))
    async with database.transaction() as session:
        await (await session.connection()).execute(text("DELETE FROM article"))
    assert await found(database, "rope") == []
    async with database.reading() as session:
        left = (await (await session.connection()).execute(text("SELECT count(*) FROM passage_terms"))).scalar()
    assert left == 0
