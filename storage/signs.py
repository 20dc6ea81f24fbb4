"""The signs beside messages that say that Baton is on them: which are shown, and which have had their time.

A sign stands in the inbox's row of its message before Slack is asked to show it, so that whoever comes after a crash
finds it there and takes it away.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import col, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.database import Database
from storage.queues import Inbox, Outbox
from storage.row import now

OPEN = ("pending", "running")
UNSENT = ("pending", "sending")


@dataclass(frozen=True, slots=True)
class Signed:
    """A message beside which a sign is shown."""

    workspace_id: str
    key: str
    payload: dict[str, Any]
    state: str
    since: datetime


async def claim(database: Database, workspace_id: str, key: str) -> bool:
    """Note that a sign will be shown; false when the message is handled already, or has its sign."""
    async with database.transaction(durable=False) as session:
        wanted = (*_of(workspace_id, [key]), col(Inbox.state).in_(OPEN), col(Inbox.signed_at).is_(None))
        result = await session.exec(update(Inbox).where(*wanted).values(signed_at=now()))
        return result.rowcount == 1


async def taken_away(database: Database, workspace_id: str, keys: Collection[str]) -> None:
    """Note that signs are gone, or were never shown."""
    async with database.transaction() as session:
        await session.exec(update(Inbox).where(*_of(workspace_id, keys)).values(signed_at=None))


async def shown(session: AsyncSession, workspace_id: str) -> Sequence[Signed]:
    """Every sign that is shown, oldest first."""
    wanted = (Inbox.workspace_id == workspace_id, col(Inbox.signed_at).is_not(None))
    rows = (await session.exec(select(Inbox).where(*wanted).order_by(col(Inbox.signed_at)))).all()
    return [Signed(row.workspace_id, row.key, row.payload, row.state, row.signed_at or now()) for row in rows]


async def has_unsent(session: AsyncSession, workspace_id: str, lane: str) -> bool:
    """Whether a post of a lane is not yet with Slack."""
    wanted = (Outbox.workspace_id == workspace_id, Outbox.lane == lane, col(Outbox.state).in_(UNSENT))
    return (await session.exec(select(Outbox.id).where(*wanted).limit(1))).first() is not None


async def has_sent(session: AsyncSession, workspace_id: str, lane: str, *, since: datetime) -> bool:
    """Whether Slack has a post of a lane that was sent later than `since`."""
    wanted = (Outbox.workspace_id == workspace_id, Outbox.lane == lane, col(Outbox.sent_at) > since)
    return (await session.exec(select(Outbox.id).where(*wanted, Outbox.state == "sent").limit(1))).first() is not None


def _of(workspace_id: str, keys: Collection[str]) -> tuple[Any, ...]:
    return Inbox.workspace_id == workspace_id, col(Inbox.key).in_(keys)
