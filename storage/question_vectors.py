"""Vectors of questions that were asked in vain, by which themes are found. Stored as 32-bit floats, of length 1.

Each stands beside a digest of what the model read, so that a question whose words changed counts as having none.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, delete, text
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.sqltypes import UTCDateTime

from storage.row import now
from storage.tables import Message
from storage.theme_tables import QuestionVector

AT_A_TIME = 250
"""Rows that are read at once: a vector takes some 6 KB, and the event loop is not to be held up by them."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A vector, and which model made it of what."""

    model: str
    told: str
    vector: bytes


async def of(session: AsyncSession, workspace_id: str, message_ids: Sequence[str]) -> dict[str, Kept]:
    """The vectors of these messages, by message; those that have none are left out."""
    found: dict[str, Kept] = {}
    for ids in (message_ids[start : start + AT_A_TIME] for start in range(0, len(message_ids), AT_A_TIME)):
        wanted = select(
            QuestionVector.message_id, QuestionVector.model, QuestionVector.told, QuestionVector.vector
        ).where(QuestionVector.workspace_id == workspace_id, col(QuestionVector.message_id).in_(ids))
        found |= {id_: Kept(model, told, vector) for id_, model, told, vector in (await session.exec(wanted)).all()}
    return found


async def put(session: AsyncSession, workspace_id: str, model: str, made: Iterable[tuple[str, str, bytes]]) -> None:
    """Store vectors, each (message, digest of what was read, vector); those of messages that are gone are left out."""
    of_all = {"workspace": workspace_id, "model": model, "at": now()}
    rows = [{**of_all, "message": id_, "told": told, "vector": vector} for id_, told, vector in made]
    if rows:
        await (await session.connection()).execute(_PUT, rows)


async def forget(session: AsyncSession, workspace_id: str, before: datetime) -> None:
    """Delete the vectors that were made before a moment, and those of messages that were taken back or erased."""
    gone = select(Message.id).where(
        Message.workspace_id == workspace_id,
        col(Message.id) == col(QuestionVector.message_id),
        col(Message.deleted_at).is_not(None),
    )
    for which in (col(QuestionVector.made_at) < before, gone.exists()):
        await (await session.connection()).execute(
            delete(QuestionVector).where(col(QuestionVector.workspace_id) == workspace_id, which)
        )


_PUT = text(
    "INSERT INTO question_vector (workspace_id, message_id, model, told, vector, made_at) "
    "SELECT workspace_id, id, CAST(:model AS TEXT), CAST(:told AS TEXT), :vector, :at FROM message "
    "WHERE workspace_id = :workspace AND id = :message AND deleted_at IS NULL "
    "ON CONFLICT (workspace_id, message_id) DO UPDATE SET model = excluded.model, told = excluded.told, "
    "vector = excluded.vector, made_at = excluded.made_at"
).bindparams(bindparam("at", type_=UTCDateTime()))
