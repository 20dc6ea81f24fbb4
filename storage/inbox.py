"""What Slack sent and is not yet handled: put once, claimed by lane, done together with its effects."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import bindparam
from sqlmodel import col, func, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import lanes
from storage.database import Database
from storage.ids import new_id
from storage.lanes import INBOX
from storage.queues import Inbox
from storage.row import now

_PUT = """
INSERT INTO inbox
    (workspace_id, id, key, lane, position, payload, available_at, received_at, state, attempts, error, forgotten)
SELECT {columns}, {available}, {moment}, 'pending', 0, '', FALSE
FROM {rows}
WHERE 1 = 1
ON CONFLICT (workspace_id, key) DO NOTHING
"""
MOST_BEHIND = 50
"""Events of a lane that are looked at while they wait."""
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")
_SENT = ("workspace_id", "id", "key", "lane", "position", "payload")
# One statement for all rows, which come as one JSON text: nothing is done per row in Python.
_PUTS = {
    "sqlite": _PUT.format(
        columns=", ".join(f"json_extract(sent.value, '$.{name}')" for name in _SENT),
        rows="json_each(:rows) AS sent",
        available=":available",
        moment=":moment",
    ),
    "postgresql": _PUT.format(
        columns=", ".join(f"sent.{name}" for name in _SENT),
        rows="json_to_recordset(CAST(%(rows)s AS json)) AS sent "
        "(workspace_id text, id text, key text, lane text, position text, payload json)",
        available="CAST(%(available)s AS timestamptz)",
        moment="CAST(%(moment)s AS timestamptz)",
    ),
}
_MOMENTS = {"sqlite": "%Y-%m-%d %H:%M:%S.%f", "postgresql": "%Y-%m-%dT%H:%M:%S.%f+00:00"}
"""How each database reads a moment in UTC."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """An event as it came: `key` makes a redelivery the same, `position` orders its lane."""

    workspace_id: str
    key: str
    lane: str
    position: str
    payload: dict[str, Any]
    waits: float = 0.0
    """Seconds for which its lane stays closed, so that what belongs to it can come behind it."""


@dataclass(frozen=True, slots=True)
class Behind:
    """An event that waits in a lane behind the one in work."""

    id: str
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
    along: tuple[str, ...] = ()
    """Events behind it in its lane that are handled with it, and done when it is."""
    error: str = ""
    """What went wrong the last time; empty when nobody could tell."""


async def put(database: Database, arrivals: Sequence[Arrival]) -> None:
    """Store events durably, those that wait alike in one commit; those that are already there change nothing."""
    rows = [
        {
            "workspace_id": arrival.workspace_id,
            "id": new_id(),
            "key": arrival.key,
            "lane": arrival.lane,
            "position": arrival.position,
            "payload": arrival.payload,
        }
        for arrival in arrivals
    ]
    waits = [arrival.waits for arrival in arrivals]
    moment = now()
    for seconds in dict.fromkeys(waits):
        alike = [row for row, each in zip(rows, waits, strict=True) if each == seconds]
        moments = {"moment": moment, "available": moment + timedelta(seconds=seconds)}
        told = {name: each.strftime(_MOMENTS[database.dialect]) for name, each in moments.items()}
        await database.at_once(_PUTS[database.dialect], {"rows": _storable(alike), **told})  # Slack waits


def _storable(rows: list[dict[str, Any]]) -> str:
    """The rows as JSON, without what a database does not store: NUL characters, and halves of a character."""
    dumped = json.dumps(rows, ensure_ascii=False)
    return json.dumps(_cleaned(rows)) if "\\u0000" in dumped or _UNSTORABLE.search(dumped) else dumped


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return _UNSTORABLE.sub("", value)
    if isinstance(value, dict):
        return {key: _cleaned(each) for key, each in cast("dict[str, Any]", value).items()}
    if isinstance(value, list):
        return [_cleaned(each) for each in cast("list[Any]", value)]
    return value


async def claim(database: Database, *, seconds: float, limit: int) -> list[Claimed]:
    """Claim the oldest event of up to `limit` lanes that have none in work."""
    rows = await lanes.claim(database, INBOX, seconds=seconds, limit=limit)
    return [
        Claimed(
            row.workspace_id,
            row.id,
            row.lane,
            row.payload,
            row.attempts,
            row.received_at,
            row.lease,
            error=row.error,
        )
        for row in rows
    ]


async def behind(session: AsyncSession, event: Claimed) -> list[Behind]:
    """What waits in the event's lane, oldest first, and nobody has in work."""
    return await waiting(session, event.workspace_id, event.lane)


async def waiting(session: AsyncSession, workspace_id: str, lane: str) -> list[Behind]:
    """What waits in a lane, oldest first, and nobody has in work."""
    found = await session.exec(_BEHIND, params={"workspace": workspace_id, "lane": lane})
    return [Behind(row_id, dict(payload)) for row_id, payload in found.all()]


async def hasten(session: AsyncSession, workspace_id: str, lane: str) -> None:
    """Make everything that waits in a lane due now."""
    moment = now()
    late = (col(Inbox.state) == "pending", col(Inbox.available_at) > moment)
    of_lane = (col(Inbox.workspace_id) == workspace_id, col(Inbox.lane) == lane)
    await session.exec(update(Inbox).where(*of_lane, *late).values(available_at=moment))


_BEHIND = (
    select(Inbox.id, Inbox.payload)
    .where(Inbox.workspace_id == bindparam("workspace"), Inbox.lane == bindparam("lane"), Inbox.state == "pending")
    .order_by(col(Inbox.position), col(Inbox.id))
    .limit(MOST_BEHIND)
)


async def has_come(session: AsyncSession, workspace_id: str, key: str) -> bool:
    """Whether an event of this key is in the inbox, handled or not."""
    wanted = select(Inbox.id).where(Inbox.workspace_id == workspace_id, Inbox.key == key)
    return (await session.exec(wanted)).first() is not None


async def done(session: AsyncSession, event: Claimed) -> None:
    """Mark the event as handled, in the transaction that stores its effects.

    Raises:
        LeaseLost: when another worker has taken it over; the transaction must not commit.
    """
    await lanes.finish(session, INBOX, event, {"state": "done", "done_at": now(), "lease": None}, over=True)
    if event.along:
        along = (col(Inbox.workspace_id) == event.workspace_id, col(Inbox.id).in_(event.along))
        await session.exec(update(Inbox).where(*along).values(state="done", done_at=now(), payload=lanes.KEPT))


async def retry(session: AsyncSession, event: Claimed, *, after: float, error: str) -> None:
    """Give the event back to its lane for another try in `after` seconds."""
    available_at = now() + timedelta(seconds=after)
    await lanes.finish(
        session, INBOX, event, {"state": "pending", "available_at": available_at, "lease": None, "error": error}
    )


async def postpone(session: AsyncSession, event: Claimed, *, seconds: float) -> None:
    """Give the event back untried: what belongs to it may still come."""
    values = {"state": "pending", "available_at": now() + timedelta(seconds=seconds), "lease": None}
    await lanes.finish(session, INBOX, event, {**values, "attempts": event.attempts - 1})


async def bury(session: AsyncSession, event: Claimed, *, error: str) -> None:
    """Put the event aside for a person to look at; its lane goes on."""
    values = {"state": "dead", "done_at": now(), "lease": None, "error": error}
    await lanes.finish(session, INBOX, event, values, over=True)


async def forget_done(database: Database, workspace_id: str, *, before: datetime) -> int:
    """Delete events handled before `before`; until then they catch redeliveries."""
    return await lanes.forget(database, INBOX, workspace_id, before=before)


async def count(session: AsyncSession, state: str) -> int:
    """How many events are in this state."""
    return (await session.exec(select(func.count()).select_from(Inbox).where(col(Inbox.state) == state))).one()
