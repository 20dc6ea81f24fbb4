"""Vectors of passages, by which a search finds what is meant in other words. Stored as 32-bit floats, of length 1.

A vector belongs to the words it was made of, for a passage's id names its words, and to the model that made it: with
another model, all are made anew, while the search goes on by words.
"""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass

from sqlalchemy import text
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import vector_index
from storage.search_index import SHELF_BITS

PAGE = 1_000
"""How many vectors are read at a time."""


@dataclass(frozen=True, slots=True)
class WithoutVector:
    """A passage that a model has not read yet."""

    passage_id: str
    title: str
    heading_path: str
    text: str


@dataclass(frozen=True, slots=True)
class StoredVector:
    """A vector, and the shelf on which its passage stands."""

    passage_id: str
    shelf: int
    vector: bytes


async def missing(session: AsyncSession, workspace_id: str, model: str, limit: int) -> list[WithoutVector]:
    """The first `limit` passages in the index that have no vector of this model."""
    asked = {"workspace": workspace_id, "model": model, "limit": limit}
    rows = await (await session.connection()).execute(_MISSING, asked)
    return [WithoutVector(*row) for row in rows]


async def put(session: AsyncSession, workspace_id: str, model: str, vectors: Sequence[tuple[str, bytes]]) -> None:
    """Store vectors by passage, in place of those of another model; those of passages that are gone are left out."""
    rows = [{"workspace": workspace_id, "passage": id_, "model": model, "vector": vector} for id_, vector in vectors]
    if rows:
        await (await session.connection()).execute(_PUT, rows)
        if await vector_index.is_there(session):
            await vector_index.put(session, workspace_id, model, vectors)


async def forget_other_sizes(session: AsyncSession, workspace_id: str, model: str, size: int) -> int:
    """Delete the vectors of this model that are not of so many bytes, and count them: nothing can be found by them."""
    asked = {"workspace": workspace_id, "model": model, "size": size}
    return (await (await session.connection()).execute(_FORGET, asked)).rowcount


async def count(session: AsyncSession, workspace_id: str, model: str) -> tuple[int, int]:
    """How many passages have a vector of this model, and how many there are in the index."""
    found = await (await session.connection()).execute(_COUNT, {"workspace": workspace_id, "model": model})
    ready, all_ = found.one()
    return ready, all_


async def every(session: AsyncSession, workspace_id: str, model: str, most: int) -> AsyncIterator[StoredVector]:
    """The vectors of this model, at most `most`, as they are read from the database."""
    connection = await session.connection()
    statement = _EVERY_SQLITE if connection.dialect.name == "sqlite" else _EVERY_POSTGRESQL
    after, left = "", most
    while left > 0:
        page = min(left, PAGE)
        asked = {"workspace": workspace_id, "model": model, "after": after, "most": page}
        rows = (await connection.execute(statement, asked)).all()
        for row in rows:
            yield StoredVector(*row)
        if len(rows) < page:
            return
        after, left = rows[-1][0], left - len(rows)


_MISSING = text(
    "SELECT p.id, a.title, p.heading_path, p.text FROM passage_terms t "
    "JOIN passage p ON p.workspace_id = t.workspace_id AND p.id = t.passage_id "
    "JOIN article a ON a.workspace_id = p.workspace_id AND a.id = p.article_id "
    "LEFT JOIN passage_vector v ON v.workspace_id = t.workspace_id AND v.passage_id = t.passage_id "
    "WHERE t.workspace_id = :workspace AND (v.model IS NULL OR v.model <> :model) ORDER BY p.id LIMIT :limit"
)
_PUT = text(
    "INSERT INTO passage_vector (workspace_id, passage_id, model, vector) "
    "SELECT workspace_id, id, CAST(:model AS TEXT), :vector FROM passage "
    "WHERE workspace_id = :workspace AND id = :passage "
    "ON CONFLICT (workspace_id, passage_id) DO UPDATE SET model = excluded.model, vector = excluded.vector"
)
_FORGET = text(
    "DELETE FROM passage_vector WHERE workspace_id = :workspace AND model = :model AND length(vector) <> :size"
)
_COUNT = text(
    "SELECT (SELECT count(*) FROM passage_vector WHERE workspace_id = :workspace AND model = :model), "
    "(SELECT count(*) FROM passage_terms WHERE workspace_id = :workspace)"
)
_EVERY = (
    "SELECT v.passage_id, {shelf}, v.vector FROM passage_vector v "
    "JOIN passage_terms t ON t.workspace_id = v.workspace_id AND t.passage_id = v.passage_id "
    "WHERE v.workspace_id = :workspace AND v.passage_id > :after AND v.model = :model ORDER BY v.passage_id LIMIT :most"
)
_EVERY_SQLITE = text(_EVERY.format(shelf=f"t.number >> {SHELF_BITS}"))
_EVERY_POSTGRESQL = text(_EVERY.format(shelf="t.shelf"))
