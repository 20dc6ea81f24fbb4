"""How rows of a queue are claimed: the head of each lane, by a lease with a fencing token.

The inbox and the outbox are two tables with the same life: rows wait in lanes, a lane has at most one row in
work, and whoever finishes a row must still hold its lease.
"""

import asyncio
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any, Protocol

from sqlalchemy import Row, TextClause, Update, bindparam, text, update
from sqlalchemy.exc import IntegrityError
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.sqltypes import UTCDateTime

from storage.database import Database
from storage.row import Row as Tables
from storage.row import now


class LeaseLost(Exception):
    """Another worker took the row over; what this one did must not be stored."""


@dataclass(frozen=True, slots=True)
class Queue:
    """A table that is a queue."""

    table: str
    working: str
    """The state of a row in work."""
    order: str
    """The column that orders a lane."""
    over: str
    """Which rows may be forgotten, as an index of the table says it."""
    over_at: str
    """The column with the moment at which they were over."""
    also_on_expiry: str = ""
    """What the end of a lease also sets."""


INBOX = Queue("inbox", working="running", order="position", over="state = 'done'", over_at="done_at")
OUTBOX = Queue(
    "outbox",
    working="sending",
    order="id",
    over="state = 'sent' AND purpose <> 'card'",  # agents may still write in the thread of a card
    over_at="sent_at",
    also_on_expiry=", doubtful = (1 = 1)",  # a post whose worker died may have reached Slack
)

KEPT = text("CASE WHEN forgotten THEN '{}' ELSE payload END")
"""What stays of a row's payload when it is over: nothing, where somebody in it was erased meanwhile."""

# The oldest waiting row of each lane that has no row in work. A row that is not yet due keeps its lane closed.
_CLAIM = """
WITH chosen AS MATERIALIZED (
    SELECT head.workspace_id, head.id FROM {table} AS head
    WHERE head.state = 'pending' AND head.available_at <= :now
      AND NOT EXISTS (
        SELECT 1 FROM {table} AS busy
        WHERE busy.workspace_id = head.workspace_id AND busy.lane = head.lane AND busy.state = '{working}')
      AND NOT EXISTS (
        SELECT 1 FROM {table} AS earlier
        WHERE earlier.workspace_id = head.workspace_id AND earlier.lane = head.lane AND earlier.state = 'pending'
          AND (earlier.{order}, earlier.id) < (head.{order}, head.id))
    ORDER BY head.id LIMIT :limit {locking})
UPDATE {table} SET state = '{working}', lease = :lease, lease_until = :until, attempts = attempts + 1
WHERE (workspace_id, id) IN (SELECT workspace_id, id FROM chosen)
RETURNING {columns}
"""
_EXPIRE = "UPDATE {table} SET state = 'pending', lease = NULL{also} WHERE state = '{working}' AND lease_until < :now"

_FORGET = """
DELETE FROM {table} WHERE (workspace_id, id) IN (
    SELECT workspace_id, id FROM {table} WHERE workspace_id = :workspace AND {over} AND {over_at} < :before LIMIT :many)
"""
FORGOTTEN_AT_ONCE = 200
"""Rows, a few milliseconds on SQLite, where nothing else goes on meanwhile."""


@cache
def _claim_statement(queue: Queue, dialect: str) -> TextClause:
    columns = Tables.metadata.tables[queue.table].columns
    sql = _CLAIM.format(
        table=queue.table,
        working=queue.working,
        order=queue.order,
        locking="FOR UPDATE OF head SKIP LOCKED" if dialect == "postgresql" else "",
        columns=", ".join(column.name for column in columns),
    )
    moments = [bindparam(name, type_=UTCDateTime()) for name in ("now", "until")]
    return text(sql).bindparams(*moments).columns(*columns)  # pyright: ignore[reportReturnType]


async def claim(database: Database, queue: Queue, *, seconds: float, limit: int) -> list[Row[Any]]:
    """Claim the heads of up to `limit` free lanes for `seconds`; each row carries the lease to finish it with."""
    moment = now()
    until = moment + timedelta(seconds=seconds)
    values = {"now": moment, "until": until, "lease": secrets.token_hex(8), "limit": limit}
    try:
        async with database.statement(durable=False) as connection:
            rows = (await connection.execute(_claim_statement(queue, database.dialect), values)).all()
    except IntegrityError:
        # Two workers saw different heads of one lane, for an earlier row had just arrived: the other one has it.
        return []
    return sorted(rows, key=lambda row: row.id)


class Held(Protocol):
    """A row that was claimed."""

    @property
    def workspace_id(self) -> str:
        """Whose it is."""
        ...

    @property
    def id(self) -> str:
        """Its id."""
        ...

    @property
    def lease(self) -> str:
        """What it is held by."""
        ...


async def finish(
    session: AsyncSession,
    queue: Queue,
    row: Held,
    values: dict[str, Any],
    *,
    over: bool = False,
) -> None:
    """Change a claimed row; `over` when nobody will work on it again.

    Raises:
        LeaseLost: when somebody else has taken it over; the transaction must not commit.
    """
    held = {"of_workspace": row.workspace_id, "of_row": row.id, "of_lease": row.lease}
    connection = await session.connection()
    result = await connection.execute(_finish_statement(queue, over=over), {**values, **held})
    if result.rowcount != 1:
        raise LeaseLost(row.id)


@cache
def _finish_statement(queue: Queue, *, over: bool) -> Update:
    table = Tables.metadata.tables[queue.table]
    wanted = update(table).where(
        table.c.workspace_id == bindparam("of_workspace"),
        table.c.id == bindparam("of_row"),
        table.c.lease == bindparam("of_lease"),
    )
    return wanted.values(payload=KEPT) if over else wanted


async def expire(database: Database, queue: Queue) -> int:
    """Return the rows whose lease ran out to their lanes, and count them."""
    return await _expire(database, queue, now())


async def expire_all(database: Database, queue: Queue) -> int:
    """Return every row in work to its lane; only where no other process can be alive."""
    return await _expire(database, queue, now() + timedelta(days=365))


async def _expire(database: Database, queue: Queue, moment: datetime) -> int:
    sql = text(_EXPIRE.format(table=queue.table, working=queue.working, also=queue.also_on_expiry))
    async with database.writing_connection() as connection:
        result = await connection.execute(sql.bindparams(bindparam("now", type_=UTCDateTime())), {"now": moment})
        return result.rowcount


async def forget(database: Database, queue: Queue, workspace_id: str, *, before: datetime) -> int:
    """Delete the rows of a workspace that were over before a moment, some at a time, and count them."""
    sql = text(_FORGET.format(table=queue.table, over=queue.over, over_at=queue.over_at))
    statement = sql.bindparams(bindparam("before", type_=UTCDateTime()))
    values = {"workspace": workspace_id, "before": before, "many": FORGOTTEN_AT_ONCE}
    forgotten = 0
    while True:
        async with database.writing_connection(durable=False) as connection:
            gone = (await connection.execute(statement, values)).rowcount
        forgotten += gone
        if gone < FORGOTTEN_AT_ONCE:
            return forgotten
        await asyncio.sleep(0)  # others have their turn
