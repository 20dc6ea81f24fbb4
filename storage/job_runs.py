"""Runs of scheduled jobs. Inserting the row claims the run, so any number of processes may try."""

from datetime import datetime

from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.tables import JobRun, now


async def claim(session: AsyncSession, workspace_id: str, job: str, due_at: datetime) -> bool:
    """Claim this run for the transaction that `session` is in; false when it was claimed before.

    What the job writes belongs in the same transaction: then it is done exactly when the claim holds, and a crash
    before the commit leaves the run to the next who tries. A rival waits for that commit or rollback.
    """
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    moment = now()
    row = insert(JobRun).values(
        workspace_id=workspace_id, job=job, due_at=due_at, claimed_at=moment, finished_at=moment, error=""
    )
    claimed = await session.exec(row.on_conflict_do_nothing().returning(col(JobRun.job)))
    return claimed.first() is not None


async def is_claimed(session: AsyncSession, workspace_id: str, job: str, due_at: datetime) -> bool:
    """Whether somebody has this run."""
    return await session.get(JobRun, (workspace_id, job, due_at)) is not None
