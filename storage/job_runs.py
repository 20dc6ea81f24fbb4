"""Runs of scheduled jobs. Inserting the row claims the run, so any number of processes may try.

A job whose work fits into one transaction claims its run there. Work that takes longer holds a lease, which ends by
itself when its process dies.
"""

from datetime import UTC, datetime, timedelta

from sqlalchemy import ColumnElement, bindparam, text
from sqlmodel import col, delete, update
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.sqltypes import UTCDateTime

from storage.queues import JobRun
from storage.row import now

_CLAIM = text(
    "INSERT INTO job_run (workspace_id, job, due_at, claimed_at, finished_at, error) "
    "VALUES (:workspace_id, :job, :due_at, :claimed_at, :finished_at, '') ON CONFLICT DO NOTHING RETURNING job"
).bindparams(*(bindparam(name, type_=UTCDateTime()) for name in ("due_at", "claimed_at", "finished_at")))

# Who died at it never says that it is finished: after its time the run is anybody's.
_HOLD = text(
    "INSERT INTO job_run (workspace_id, job, due_at, claimed_at, finished_at, error) "
    "VALUES (:workspace_id, :job, :due_at, :claimed_at, NULL, '') "
    "ON CONFLICT (workspace_id, job, due_at) DO UPDATE SET claimed_at = excluded.claimed_at "
    "WHERE job_run.finished_at IS NULL AND job_run.claimed_at <= :before RETURNING job"
).bindparams(*(bindparam(name, type_=UTCDateTime()) for name in ("due_at", "claimed_at", "before")))

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


async def hold(
    session: AsyncSession, workspace_id: str, job: str, due_at: datetime, *, seconds: float
) -> datetime | None:
    """Take this run for a while.

    Args:
        session: in the transaction that takes it.
        workspace_id: the Slack team.
        job: its name.
        due_at: which of its runs.
        seconds: after which the run is anybody's, unless it is finished.

    Returns:
        The lease, to finish it or give it back with; None when the run is finished, or another one has it.
    """
    moment = now()
    values = {"workspace_id": workspace_id, "job": job, "due_at": due_at, "claimed_at": moment}
    connection = await session.connection()
    held = (await connection.execute(_HOLD, {**values, "before": moment - timedelta(seconds=seconds)})).first()
    return moment if held else None


async def finish(session: AsyncSession, workspace_id: str, job: str, due_at: datetime, lease: datetime) -> bool:
    """Note that this run is done; false when somebody else took it over meanwhile."""
    done = update(JobRun).where(*_held(workspace_id, job, due_at, lease)).values(finished_at=now())
    return (await session.exec(done)).rowcount == 1


async def give_back(session: AsyncSession, workspace_id: str, job: str, due_at: datetime, lease: datetime) -> None:
    """Leave this run to the next who tries, for it came to nothing."""
    await session.exec(delete(JobRun).where(*_held(workspace_id, job, due_at, lease)))


def _held(workspace_id: str, job: str, due_at: datetime, lease: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        col(JobRun.workspace_id) == workspace_id,
        col(JobRun.job) == job,
        col(JobRun.due_at) == due_at,
        col(JobRun.claimed_at) == lease,
        col(JobRun.finished_at).is_(None),
    )


async def is_claimed(session: AsyncSession, workspace_id: str, job: str, due_at: datetime) -> bool:
    """Whether somebody has this run, or had it and did not give it back."""
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
