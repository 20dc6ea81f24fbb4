"""Runs of scheduled jobs. Inserting the row claims the run, so any number of processes may try."""

from datetime import datetime

from sqlalchemy import bindparam, text
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.sqltypes import UTCDateTime

from storage.queues import JobRun
from storage.row import now

_CLAIM = text(
    "INSERT INTO job_run (workspace_id, job, due_at, claimed_at, finished_at, error) "
    "VALUES (:workspace_id, :job, :due_at, :claimed_at, :finished_at, '') ON CONFLICT DO NOTHING RETURNING job"
).bindparams(*(bindparam(name, type_=UTCDateTime()) for name in ("due_at", "claimed_at", "finished_at")))


async def claim(session: AsyncSession, workspace_id: str, job: str, due_at: datetime) -> bool:
    """Claim this run for the transaction that `session` is in; false when it was claimed before.

    What the job writes belongs in the same transaction: then it is done exactly when the claim holds, and a crash
    before the commit leaves the run to the next who tries. A rival waits for that commit or rollback.
    """
    moment = now()
    values = {"workspace_id": workspace_id, "job": job, "due_at": due_at, "claimed_at": moment, "finished_at": moment}
    connection = await session.connection()
    return (await connection.execute(_CLAIM, values)).first() is not None


async def is_claimed(session: AsyncSession, workspace_id: str, job: str, due_at: datetime) -> bool:
    """Whether somebody has this run."""
    return await session.get(JobRun, (workspace_id, job, due_at)) is not None
