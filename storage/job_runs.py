"""Runs of scheduled jobs. Inserting the row claims the run, so any number of processes may try."""

from datetime import UTC, datetime

from sqlalchemy import bindparam, text
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.sqltypes import UTCDateTime

from storage.queues import JobRun
from storage.row import now

_CLAIM = text(
    "INSERT INTO job_run (workspace_id, job, due_at, claimed_at, finished_at, error) "
    "VALUES (:workspace_id, :job, :due_at, :claimed_at, :finished_at, '') ON CONFLICT DO NOTHING RETURNING job"
).bindparams(*(bindparam(name, type_=UTCDateTime()) for name in ("due_at", "claimed_at", "finished_at")))

_BEFORE_ALL = datetime(1970, 1, 1, tzinfo=UTC)
"""The due time of the row that says since when a job is known."""


async def claim(session: AsyncSession, workspace_id: str, job: str, due_at: datetime) -> bool:
    """Claim this run for the transaction that `session` is in; false when it was claimed before.

    What the job writes belongs in the same transaction: then it is done exactly when the claim holds, and a crash
    before the commit leaves the run to the next who tries. A rival waits for that commit or rollback.
    """
    moment = now()
    values = {"workspace_id": workspace_id, "job": job, "due_at": due_at, "claimed_at": moment, "finished_at": moment}
    connection = await session.connection()
    return (await connection.execute(_CLAIM, values)).first() is not None


async def give_back(session: AsyncSession, workspace_id: str, job: str, due_at: datetime) -> None:
    """Leave this run to the next who tries, for it came to nothing."""
    found = await session.get(JobRun, (workspace_id, job, due_at))
    if found:
        await session.delete(found)


async def is_claimed(session: AsyncSession, workspace_id: str, job: str, due_at: datetime) -> bool:
    """Whether somebody has this run."""
    return await session.get(JobRun, (workspace_id, job, due_at)) is not None


async def known_since(session: AsyncSession, workspace_id: str, job: str) -> datetime | None:
    """Since when this job is known; None when it is not."""
    row = await session.get(JobRun, (workspace_id, _known(job), _BEFORE_ALL))
    return row.claimed_at if row else None


async def make_known(session: AsyncSession, workspace_id: str, job: str, moment: datetime) -> None:
    """Note that this job is known from `moment` on, unless it is already."""
    values = {"workspace_id": workspace_id, "job": _known(job), "due_at": _BEFORE_ALL}
    connection = await session.connection()
    await connection.execute(_CLAIM, {**values, "claimed_at": moment, "finished_at": moment})


def _known(job: str) -> str:
    return f"{job} known"
