"""Finds passages by what is meant: those whose vectors are nearest to that of the question.

PostgreSQL searches the vectors itself where it has pgvector (`storage.vector_index`). Else those of a workspace are
held in memory, as 16-bit floats and at most MOST_BYTES of them, and read anew when some were added. Every search first
leaves out the shelves that are closed to its reader.
"""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import structlog
from sqlalchemy.exc import ProgrammingError

from bot import turnstile
from bot.knowledge import asking, embedding
from bot.knowledge.embedding import Endpoint, NoVectors
from bot.models.causes import EMBEDDING, advice
from bot.settings import Settings
from handoff.draft import Author, Turn
from handoff.masking import Masking
from storage import passage_search, passage_vectors, vector_index
from storage.database import Database
from storage.passage_search import OpenTo

log = structlog.get_logger(__name__)

MOST_BYTES = 64_000_000
"""Of vectors in memory for each workspace; further passages are found by words alone."""
MOST_VECTORS = 200_000
FRESH_SECONDS = 10.0
"""How soon vectors that were added are seen, and a pgvector that was."""
AGAIN_SECONDS = 30.0
"""After a failure of the endpoint, how long nobody waits for it."""


@dataclass(frozen=True)
class _Held:
    ids: list[str]
    shelves: Any
    matrix: Any
    stamp: tuple[int, int]


class Meaning:
    """The search by vectors of one process."""

    def __init__(self, endpoint: Endpoint, *, masked: bool = True) -> None:
        self.endpoint, self._masked = endpoint, masked
        self._held: dict[str, _Held] = {}
        self._looked_at: dict[str, float] = {}
        self._in_database, self._database_asked_at = False, float("-inf")
        self._silent_until = float("-inf")
        self._failing = False
        self._reading = asyncio.Lock()

    @property
    def version(self) -> str:
        """The model: with another one, other passages are found."""
        return self.endpoint.model

    async def question(self, text: str) -> list[bytes] | None:
        """The vectors of a question; None when the endpoint fails, which is logged once until it works again.

        A long message has one for each part of it, for the one paragraph that asks would be lost in the vector of a
        whole story. Personal data of whoever asks is masked before it leaves, unless the operator wants otherwise.
        """
        if time.monotonic() < self._silent_until:
            return None
        try:
            async with turnstile.aside():
                vectors = await self.endpoint.of_question(self.told(text))
        except NoVectors as error:
            self._silent_until = time.monotonic() + AGAIN_SECONDS
            if not self._failing:
                told = advice(error.cause, url=self.endpoint.url, model=self.endpoint.model, names=EMBEDDING)
                log.warning("embedding_failed", model=self.endpoint.model, cause=error.cause, advice=told)
            self._failing = True
            return None
        self._failing = False
        return vectors

    def told(self, text: str) -> list[str]:
        """What leaves the machine of a question: its parts, without personal data where that is masked."""
        return asking.parts(Masking.of([Turn(Author.CUSTOMER, text)]).hide(text) if self._masked else text)

    async def nearest(
        self, database: Database, workspace_id: str, vectors: Sequence[bytes], limit: int, open_to: OpenTo
    ) -> list[str]:
        """The ids of the `limit` passages that are nearest in meaning, nearest first, of those open to the reader.

        With several vectors, a passage is as near as it is to the nearest of them.
        """
        async with database.reading() as session:
            open_ = await passage_search.open_shelves(session, workspace_id, open_to)
        if await self._searched_by(database):
            try:
                return await vector_index.nearest(
                    database, workspace_id, self.endpoint.model, vectors, limit=limit, shelves=open_
                )
            except ProgrammingError:  # somebody has taken pgvector away
                log.warning("pgvector_gone", model=self.endpoint.model)
                self._in_database, self._database_asked_at = False, time.monotonic()
        held = await self._current(database, workspace_id)
        if held is None or not held.ids:
            return []
        return await asyncio.to_thread(_nearest, held, vectors, open_, limit)

    async def close(self) -> None:
        """Close the endpoint."""
        await self.endpoint.close()

    async def _searched_by(self, database: Database) -> bool:
        """Whether the database searches the vectors; once it does, it is not asked again until it fails."""
        if not self._in_database and time.monotonic() - self._database_asked_at >= FRESH_SECONDS:
            async with database.reading() as session:
                self._in_database = await vector_index.is_there(session)
            self._database_asked_at = time.monotonic()
        return self._in_database

    async def _current(self, database: Database, workspace_id: str) -> _Held | None:
        async with self._reading:
            held = self._held.get(workspace_id)
            if time.monotonic() - self._looked_at.get(workspace_id, float("-inf")) < FRESH_SECONDS:
                return held
            async with database.reading() as session:
                stamp = await passage_vectors.count(session, workspace_id, self.endpoint.model)
                if held is None or held.stamp != stamp:
                    self._held[workspace_id] = held = await self._read(session, workspace_id, stamp)
            self._looked_at[workspace_id] = time.monotonic()
            return held

    async def _read(self, session: Any, workspace_id: str, stamp: tuple[int, int]) -> _Held:
        import numpy as np  # noqa: PLC0415 - heavy, and most installations search without vectors

        ids: list[str] = []
        shelves: list[int] = []
        rows: list[Any] = []
        size = 0
        async for each in passage_vectors.every(session, workspace_id, self.endpoint.model, MOST_VECTORS):
            row = np.frombuffer(each.vector, dtype="<f4").astype(np.float16)
            size += row.nbytes
            if size > MOST_BYTES or (rows and len(row) != len(rows[0])):
                break
            ids.append(each.passage_id)
            shelves.append(each.shelf)
            rows.append(row)
        matrix = np.stack(rows) if rows else np.zeros((0, 0), dtype=np.float16)
        return _Held(ids, np.array(shelves), matrix, stamp)


def build(settings: Settings) -> Meaning | None:
    """The search by meaning that the settings ask for; None when they name no embedding model."""
    endpoint = embedding.build(settings)
    return Meaning(endpoint, masked=settings.mask_personal_data) if endpoint else None


async def searched_where(database: Database) -> str:
    """Who compares the vectors, and why not the database where it could, in words."""
    in_memory = f"compared in memory, at most {MOST_BYTES // 1_000_000} MB of them"
    if database.is_sqlite:
        return in_memory
    async with database.reading() as session:
        if await vector_index.is_there(session):
            return "compared by PostgreSQL (pgvector)"
    why = await vector_index.why_not(database)
    return f"{in_memory}: {why}" if why else f"{in_memory}; by PostgreSQL (pgvector) from the next sync on"


CHUNK = 4_096
"""Vectors that are multiplied at a time, as 32-bit floats."""


def _nearest(held: _Held, vectors: Sequence[bytes], open_: Sequence[int], limit: int) -> list[str]:
    import numpy as np  # noqa: PLC0415 - heavy, and most installations search without vectors

    asked = np.stack([np.frombuffer(vector, dtype="<f4") for vector in vectors], axis=1)
    if held.matrix.shape[1] != len(asked):
        return []
    near = np.empty(len(held.ids), dtype=np.float32)
    for start in range(0, len(near), CHUNK):
        near[start : start + CHUNK] = (held.matrix[start : start + CHUNK].astype(np.float32) @ asked).max(axis=1)
    near[~np.isin(held.shelves, np.array(open_))] = -np.inf
    best = np.argsort(-near, kind="stable")[:limit]
    return [held.ids[place] for place in best if np.isfinite(near[place])]
