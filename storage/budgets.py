"""What became of a day's budget: who raised it, and of what the managers were told, once by whichever process."""

from typing import Literal

from sqlalchemy import text
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.spending import BudgetDay

_BEGIN = text(
    "INSERT INTO budget_day (workspace_id, day, raised, raised_by, warned_at, stopped_at) "
    "VALUES (:workspace_id, :day, 0, '', 0, 0) ON CONFLICT DO NOTHING"
)
_TELL = {
    "warned_at": text(
        "UPDATE budget_day SET warned_at = :budget WHERE workspace_id = :workspace_id AND day = :day "
        "AND warned_at < :budget AND stopped_at < :budget RETURNING day"
    ),
    "stopped_at": text(
        "UPDATE budget_day SET stopped_at = :budget WHERE workspace_id = :workspace_id AND day = :day "
        "AND stopped_at < :budget RETURNING day"
    ),
}
_RAISE = text(
    "UPDATE budget_day SET raised = :more, raised_by = :by WHERE workspace_id = :workspace_id AND day = :day "
    "AND raised = :before RETURNING day"
)


async def of_day(session: AsyncSession, workspace_id: str, day: str) -> BudgetDay:
    """What is known of a day; a fresh row, not added, when nothing is."""
    return await session.get(BudgetDay, (workspace_id, day)) or BudgetDay(workspace_id=workspace_id, day=day)


async def claim(
    session: AsyncSession, workspace_id: str, day: str, news: Literal["warned_at", "stopped_at"], budget: float
) -> bool:
    """Whether it falls to this transaction to tell the managers: once for each budget, which may be raised."""
    known = {"workspace_id": workspace_id, "day": day}
    connection = await session.connection()
    await connection.execute(_BEGIN, known)
    return (await connection.execute(_TELL[news], {**known, "budget": budget})).first() is not None


async def raise_to(session: AsyncSession, workspace_id: str, day: str, *, before: float, more: float, by: str) -> bool:
    """Add dollars to a day, so that `more` are added in all; false when no longer `before` were."""
    known = {"workspace_id": workspace_id, "day": day}
    connection = await session.connection()
    await connection.execute(_BEGIN, known)
    values = {**known, "before": before, "more": more, "by": by}
    return (await connection.execute(_RAISE, values)).first() is not None
