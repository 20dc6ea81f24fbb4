"""What Slack sent and is not yet handled: put once, claimed by lane, done together with its effects."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import JSON, bindparam, text
from sqlmodel import col, delete, func, select, update
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.sqltypes import UTCDateTime

from storage import lanes
from storage.database import Database
from storage.ids import new_id
from storage.lanes import INBOX, LeaseLost
from storage.tables import Inbox, now

_PUT = text("""
INSERT INTO inbox
    (workspace_id, id, key, lane, position, payload, available_at, received_at, state, attempts, error)
VALUES (:workspace_id, :id, :key, :lane, :position, :payload, :available_at, :received_at, 'pending', 0, '')
ON CONFLICT (workspace_id, key) DO NOTHING
""").bindparams(
    bindparam("payload", type_=JSON),
    bindparam("available_at", type_=UTCDateTime),
    bindparam("received_at", type_=UTCDateTime),
)


_PUT_TOGETHER = text("""
INSERT INTO inbox
    (workspace_id, id, key, lane, position, payload, available_at, received_at, state, attempts, error)
SELECT sent.workspace_id, sent.id, sent.key, sent.lane, sent.position, sent.payload, :moment, :moment, 'pending', 0, ''
FROM json_to_recordset(CAST(:rows AS json))
    AS sent (workspace_id text, id text, key text, lane text, position text, payload json)
ON CONFLICT (workspace_id, key) DO NOTHING
""").bindparams(bindparam("moment", type_=UTCDateTime))
"""The same in one statement, for a server that is a round trip away."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """An event as it came: `key` makes a redelivery the same, `position` orders its lane."""

    workspace_id: str
    key: str
    lane: str
    position: str
    payload: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Claimed:
    """An event that this worker may handle until its lease runs out."""

    workspace_id: str
    id: str
    lane: str
    payload: dict[str, Any]
    attempts: int
    received_at: datetime
    lease: str


async def put(database: Database, arrivals: Sequence[Arrival]) -> None:
    """Store events in one durable commit; those that are already there change nothing."""
    moment = now()
    rows = [
        {
            "workspace_id": arrival.workspace_id,
            "id": new_id(),
            "key": arrival.key,
            "lane": arrival.lane,
            "position": arrival.position,
            "payload": arrival.payload,
            "available_at": moment,
            "received_at": moment,
        }
        for arrival in arrivals
    ]
    async with database.writing_connection() as connection:
        if database.is_sqlite:
            await connection.execute(_PUT, rows)
        else:
            together = json.dumps(rows, default=str)
            await connection.execute(_PUT_TOGETHER, {"rows": together, "moment": moment})


async def claim(database: Database, *, seconds: float, limit: int) -> list[Claimed]:
    """Claim the oldest event of up to `limit` lanes that have none in work."""
    rows = await lanes.claim(database, INBOX, seconds=seconds, limit=limit)
    return [
        Claimed(row.workspace_id, row.id, row.lane, row.payload, row.attempts, row.received_at, row.lease)
        for row in rows
    ]


async def done(session: AsyncSession, event: Claimed) -> None:
    """Mark the event as handled, in the transaction that stores its effects.

    Raises:
        LeaseLost: when another worker has taken it over; the transaction must not commit.
    """
    await _finish(session, event, {"state": "done", "done_at": now(), "lease": None})


async def retry(session: AsyncSession, event: Claimed, *, after: float, error: str) -> None:
    """Give the event back to its lane for another try in `after` seconds."""
    available_at = now() + timedelta(seconds=after)
    await _finish(session, event, {"state": "pending", "available_at": available_at, "lease": None, "error": error})


async def bury(session: AsyncSession, event: Claimed, *, error: str) -> None:
    """Put the event aside for a person to look at; its lane goes on."""
    await _finish(session, event, {"state": "dead", "done_at": now(), "lease": None, "error": error})


async def _finish(session: AsyncSession, event: Claimed, values: dict[str, Any]) -> None:
    row, lease = (col(Inbox.workspace_id) == event.workspace_id, col(Inbox.id) == event.id), col(Inbox.lease)
    result = await session.exec(update(Inbox).where(*row, lease == event.lease).values(**values))
    if result.rowcount != 1:
        raise LeaseLost(event.id)


async def forget_done(database: Database, *, before: datetime) -> int:
    """Delete events handled before `before`; until then they catch redeliveries."""
    async with database.transaction() as session:
        old = (col(Inbox.state) == "done", col(Inbox.done_at) < before)
        return (await session.exec(delete(Inbox).where(*old))).rowcount


async def count(session: AsyncSession, state: str) -> int:
    """How many events are in this state."""
    return (await session.exec(select(func.count()).select_from(Inbox).where(col(Inbox.state) == state))).one()
