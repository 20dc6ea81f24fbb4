"""What is decided and not yet posted: put in the transaction that decides, sent in the order of its lane."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import text
from sqlmodel import col, func, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import conversations, lanes
from storage.database import Database
from storage.ids import new_id
from storage.lanes import OUTBOX, LeaseLost
from storage.queues import Outbox
from storage.row import now


@dataclass(frozen=True, slots=True)
class Claimed:
    """A post that this sender may make until its lease runs out."""

    workspace_id: str
    id: str
    lane: str
    method: str
    purpose: str
    conversation_id: str | None
    message_id: str | None
    channel_id: str
    payload: dict[str, Any]
    thread_of: str | None
    target_of: str | None
    doubtful: bool
    attempts: int
    created_at: datetime
    lease: str
    begun_ts: str | None = None
    """The ts of a stream that an earlier try began."""


@dataclass(frozen=True, slots=True)
class Posted:
    """Where an earlier post stands: its state, channel and, once sent, its ts."""

    state: str
    channel_id: str
    ts: str | None


def put(
    session: AsyncSession,
    workspace_id: str,
    *,
    lane: str,
    method: str,
    channel_id: str,
    payload: dict[str, Any],
    purpose: str,
    conversation_id: str | None = None,
    message_id: str | None = None,
    thread_of: str | None = None,
    target_of: str | None = None,
) -> str:
    """Add a post to its lane and return its id; it goes out once the transaction has committed."""
    row = Outbox(
        workspace_id=workspace_id,
        id=new_id(),
        lane=lane,
        method=method,
        purpose=purpose,
        conversation_id=conversation_id,
        message_id=message_id,
        channel_id=channel_id,
        payload=payload,
        thread_of=thread_of,
        target_of=target_of,
    )
    session.add(row)
    return row.id


async def claim(database: Database, *, seconds: float, limit: int) -> list[Claimed]:
    """Claim the oldest post of up to `limit` lanes that have none in work."""
    rows = await lanes.claim(database, OUTBOX, seconds=seconds, limit=limit)
    if rows:
        await database.on_disk()  # else a power cut would undo the decision, and what is decided anew be posted again
    return [
        Claimed(
            row.workspace_id,
            row.id,
            row.lane,
            row.method,
            row.purpose,
            row.conversation_id,
            row.message_id,
            row.channel_id,
            row.payload,
            row.thread_of,
            row.target_of,
            row.doubtful,
            row.attempts,
            row.created_at,
            row.lease,
            row.begun_ts,
        )
        for row in rows
    ]


async def posted(session: AsyncSession, workspace_id: str, ids: Sequence[str]) -> dict[str, Posted]:
    """Where earlier posts stand, by id."""
    columns = (col(Outbox.id), col(Outbox.state), col(Outbox.channel_id), col(Outbox.ts))
    wanted = (col(Outbox.workspace_id) == workspace_id, col(Outbox.id).in_(ids))
    found = await session.exec(select(*columns).where(*wanted))
    return {row_id: Posted(state, channel_id, ts) for row_id, state, channel_id, ts in found.all()}


async def of_message(session: AsyncSession, workspace_id: str, conversation_id: str, message_id: str) -> str | None:
    """The post that a message of the bot went out by; None once it is long done."""
    wanted = select(Outbox.id).where(
        Outbox.workspace_id == workspace_id,
        Outbox.conversation_id == conversation_id,
        Outbox.message_id == message_id,
    )
    return (await session.exec(wanted.order_by(col(Outbox.id)).limit(1))).first()


async def sent(session: AsyncSession, post: Claimed, ts: str | None) -> None:
    """Store that Slack has the post, under which ts, and that the message it carries stands there.

    Raises:
        LeaseLost: when another sender has taken it over.
    """
    await lanes.finish(session, OUTBOX, post, {"state": "sent", "sent_at": now(), "ts": ts, "lease": None}, over=True)
    if post.message_id and ts:
        await conversations.stands(session, post.workspace_id, post.message_id, channel_id=post.channel_id, ts=ts)


async def sent_alone(database: Database, post: Claimed, ts: str | None) -> None:
    """As `sent`, for a post on which nothing else depends: on PostgreSQL in one trip to the server, in place of four.

    Raises:
        LeaseLost: when another sender has taken it over.
    """
    if database.is_sqlite:
        async with database.transaction(durable=False) as session:
            await sent(session, post, ts)
        return
    values = {"workspace": post.workspace_id, "id": post.id, "lease": post.lease, "channel": post.channel_id}
    async with database.statement() as connection:
        stored = await connection.execute(_SENT_ALONE, {**values, "ts": ts, "now": now()})
        if not stored.scalar():
            raise LeaseLost(post.id)


_SENT_ALONE = text(f"""
WITH post AS (
    UPDATE outbox SET state = 'sent', sent_at = :now, ts = :ts, lease = NULL, payload = {lanes.KEPT}
    WHERE workspace_id = :workspace AND id = :id AND lease = :lease RETURNING message_id),
place AS (
    UPDATE message SET channel_id = :channel, ts = :ts
    WHERE workspace_id = :workspace AND id = (SELECT message_id FROM post) AND CAST(:ts AS text) IS NOT NULL)
SELECT count(*) FROM post
""")  # noqa: S608 - our own words only


async def begun(session: AsyncSession, post: Claimed, ts: str) -> None:
    """Store that Slack has the beginning of a streamed post, which must be completed and not posted again.

    Raises:
        LeaseLost: when another sender has taken it over.
    """
    await lanes.finish(session, OUTBOX, post, {"begun_ts": ts})


async def refused(session: AsyncSession, post: Claimed, *, error: str) -> None:
    """Store that Slack will not take the post; its lane goes on."""
    values = {"state": "refused", "sent_at": now(), "lease": None, "error": error}
    await lanes.finish(session, OUTBOX, post, values, over=True)


async def retry(session: AsyncSession, post: Claimed, *, after: float, error: str, doubtful: bool) -> None:
    """Try again in `after` seconds; `doubtful` when this try may have reached Slack."""
    values = {"state": "pending", "available_at": now() + timedelta(seconds=after), "lease": None, "error": error}
    await lanes.finish(session, OUTBOX, post, values | {"doubtful": doubtful or post.doubtful})


async def doubt_all(database: Database) -> None:
    """Have Slack asked about every waiting post: after a power cut, one of them may have been made."""
    async with database.transaction() as session:
        await session.exec(update(Outbox).where(col(Outbox.state) == "pending").values(doubtful=True))


async def forget_sent(database: Database, workspace_id: str, *, before: datetime) -> int:
    """Delete posts sent before `before`, except cards, in whose threads agents may still write."""
    return await lanes.forget(database, OUTBOX, workspace_id, before=before)


async def count(session: AsyncSession, state: str) -> int:
    """How many posts are in this state."""
    return (await session.exec(select(func.count()).select_from(Outbox).where(col(Outbox.state) == state))).one()
