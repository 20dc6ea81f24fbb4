"""Writes the search index over passages, and counts in how many passages of each shelf a term occurs.

Terms come already cut and stemmed (`handoff.words`).
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import text
from sqlmodel import col, delete, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import shelves
from storage.library import Article, Passage
from storage.search_index import ALL_PASSAGES, SHELF_BITS, keyed, lexeme
from storage.shelves import Standing


@dataclass(frozen=True, slots=True)
class NewPassage:
    """A passage to store, with the terms of the three fields it is found by."""

    id: str
    heading_path: str
    text: str
    title_terms: Sequence[str]
    heading_terms: Sequence[str]
    body_terms: Sequence[str]

    @property
    def distinct_terms(self) -> set[str]:
        """Every term once."""
        return {*self.title_terms, *self.heading_terms, *self.body_terms}


async def add(session: AsyncSession, workspace_id: str, placed: Sequence[tuple[NewPassage, int]]) -> None:
    """Index stored passages, each on the shelf of this number."""
    if not placed:
        return
    rows = [_terms_row(workspace_id, passage, shelf) for passage, shelf in placed]
    occurs = Counter((term, shelf) for passage, shelf in placed for term in passage.distinct_terms)
    occurs.update((ALL_PASSAGES, shelf) for _, shelf in placed)
    await _insert(session, rows)
    await _count_terms(session, workspace_id, occurs)


async def drop(session: AsyncSession, workspace_id: str, article_ids: Sequence[str]) -> None:
    """Delete the passages of articles; the index follows them by its foreign key."""
    if not article_ids:
        return
    rows = await _indexed(session, workspace_id, article_ids)
    of_them = (col(Passage.workspace_id) == workspace_id, col(Passage.article_id).in_(article_ids))
    await (await session.connection()).execute(delete(Passage).where(*of_them))
    await _count_terms(session, workspace_id, _occurs(rows, -1))


async def reshelve(session: AsyncSession, workspace_id: str, article_ids: Sequence[str]) -> None:
    """Put the passages of stored articles where they belong now that an audience, a time or `replaced_by` changed.

    Call it in the transaction that changed them: those of replaced articles come out of use, the others stand
    where their readers find them.
    """
    connection = await session.connection()
    of_them = (col(Article.workspace_id) == workspace_id, col(Article.id).in_(article_ids))
    articles = (await session.exec(select(Article).where(*of_them).execution_options(populate_existing=True))).all()
    standings = {each.id: Standing(each.audience, each.valid_from, each.valid_until) for each in articles}
    on_shelf = await shelves.numbers(session, workspace_id, set(standings.values()))
    for article in articles:
        rows = await _indexed(session, workspace_id, [article.id])
        unplaced = [{"workspace": workspace_id, "passage": row["passage"]} for row in rows]
        if unplaced:
            await connection.execute(_UNPLACE, unplaced)
            shelf = shelves.OUT_OF_USE if article.replaced_by else on_shelf[standings[article.id]]
            placed = [row | {"shelf": shelf} for row in rows]
            await _insert(session, placed)
            changes = _occurs(rows, -1)
            changes.update(_occurs(placed, 1))
            await _count_terms(session, workspace_id, changes)


async def _insert(session: AsyncSession, rows: Sequence[dict[str, Any]]) -> None:
    connection = await session.connection()
    if connection.dialect.name == "sqlite":
        shelved = [row["shelf"] for row in rows]
        numbers: dict[int, int] = {}
        for shelf in sorted(set(shelved)):
            numbers[shelf] = (await connection.execute(_LAST_NUMBER, {"shelf": shelf})).scalar_one()
        numbered: list[dict[str, Any]] = []
        for row, shelf in zip(rows, shelved, strict=True):
            numbers[shelf] += 1
            numbered.append(row | {"number": numbers[shelf]})
        await connection.execute(_INDEX_SQLITE, numbered)
    else:
        await connection.execute(_INDEX_POSTGRESQL, [row | {"terms": _vector(row)} for row in rows])


async def _indexed(session: AsyncSession, workspace_id: str, article_ids: Sequence[str]) -> list[dict[str, Any]]:
    """The rows of the index for the passages of articles, as they were added."""
    connection = await session.connection()
    of_them = (col(Passage.workspace_id) == workspace_id, col(Passage.article_id).in_(article_ids))
    ids = (await connection.execute(select(Passage.id).where(*of_them))).scalars().all()
    statement = _INDEXED_SQLITE if connection.dialect.name == "sqlite" else _INDEXED_POSTGRESQL
    rows: list[dict[str, Any]] = []
    for passage_id in ids:
        found = (await connection.execute(statement, {"workspace": workspace_id, "passage": passage_id})).mappings()
        rows.extend(dict(row) for row in found)
    return rows


def _occurs(rows: Sequence[dict[str, Any]], sign: int) -> Counter[tuple[str, int]]:
    """In how many of these rows each term occurs, by shelf, times `sign`."""
    occurs = Counter[tuple[str, int]]()
    for row in rows:
        prefix = len(row["workspace"]) + 1
        terms = {term[prefix:] for field in ("title", "headings", "body") for term in row[field].split()}
        for term in (ALL_PASSAGES, *terms):
            occurs[term, row["shelf"]] += sign
    return occurs


async def _count_terms(session: AsyncSession, workspace_id: str, changes: Counter[tuple[str, int]]) -> None:
    rows = [
        {"workspace": workspace_id, "term": term, "shelf": shelf, "passages": number}
        for (term, shelf), number in sorted(changes.items())  # in one order: two syncs cannot lock each other out
        if number
    ]
    if rows:
        await (await session.connection()).execute(_COUNT_TERM, rows)


def _terms_row(workspace_id: str, passage: NewPassage, shelf: int) -> dict[str, Any]:
    fields = {"title": passage.title_terms, "headings": passage.heading_terms, "body": passage.body_terms}
    keys = {name: " ".join(keyed(workspace_id, term) for term in terms) for name, terms in fields.items()}
    return {"workspace": workspace_id, "passage": passage.id, "shelf": shelf, **keys}


def _vector(row: dict[str, Any]) -> str:
    """Write a tsvector literal: the terms of each field with their positions and the weight of the field."""
    places: dict[str, list[str]] = {}
    position = 0
    for field, weight in (("title", "A"), ("headings", "B"), ("body", "D")):
        for term in row[field].split():
            position += 1
            places.setdefault(term, []).append(f"{min(position, _LAST_POSITION)}{weight}")
    return " ".join(f"{lexeme(term)}:{','.join(at[:_MOST_POSITIONS])}" for term, at in places.items())


_LAST_POSITION, _MOST_POSITIONS = 16_383, 255
"""What PostgreSQL stores of a lexeme's positions."""

_INDEXED = (
    "SELECT workspace_id AS workspace, passage_id AS passage, {shelf} AS shelf, title, headings, body "
    "FROM passage_terms WHERE workspace_id = :workspace AND passage_id = :passage"
)
_INDEXED_SQLITE = text(_INDEXED.format(shelf=f"number >> {SHELF_BITS}"))
_INDEXED_POSTGRESQL = text(_INDEXED.format(shelf="shelf"))
_UNPLACE = text("DELETE FROM passage_terms WHERE workspace_id = :workspace AND passage_id = :passage")
_COUNT_TERM = text(
    "INSERT INTO knowledge_term (workspace_id, term, shelf, passages) VALUES (:workspace, :term, :shelf, :passages) "
    "ON CONFLICT (workspace_id, term, shelf) DO UPDATE SET passages = knowledge_term.passages + excluded.passages"
)
_LAST_NUMBER = text(
    f"SELECT coalesce(max(number), :shelf << {SHELF_BITS}) FROM passage_terms "  # noqa: S608 - constants only
    f"WHERE number >= :shelf << {SHELF_BITS} AND number < (:shelf + 1) << {SHELF_BITS}"
)
_INDEX_SQLITE = text(
    "INSERT INTO passage_terms (number, workspace_id, passage_id, title, headings, body) "
    "VALUES (:number, :workspace, :passage, :title, :headings, :body)"
)
_INDEX_POSTGRESQL = text(
    "INSERT INTO passage_terms (workspace_id, passage_id, shelf, title, headings, body, terms) "
    "VALUES (:workspace, :passage, :shelf, :title, :headings, :body, CAST(:terms AS tsvector))"
)
