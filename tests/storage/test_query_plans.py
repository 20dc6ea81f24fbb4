"""What a report asks for each conversation is found by the conversation, however much history there is."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import event
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import estimates, offerings
from storage.database import Database

NOVEMBER, DECEMBER = datetime(2026, 11, 1, tzinfo=UTC), datetime(2026, 12, 1, tzinfo=UTC)


pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


async def _steps(database: Database, ask: Callable[[AsyncSession], Awaitable[object]]) -> list[str]:
    """The steps in which SQLite answers the one statement about resolutions among those that are asked."""
    asked: list[tuple[str, Any]] = []

    def note(_: Any, __: Any, statement: str, parameters: Any, *___: Any) -> None:
        asked.append((statement, parameters))

    event.listen(database.engine.sync_engine, "before_cursor_execute", note)
    async with database.reading() as session:
        await ask(session)
    event.remove(database.engine.sync_engine, "before_cursor_execute", note)
    ((statement, parameters),) = [each for each in asked if "resolution" in each[0]]
    async with database.engine.connect() as connection:
        plan = await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
        return [str(step) for step in plan.scalars(3)]


async def test_signs_of_satisfaction_are_looked_up_by_conversation(database: Database) -> None:
    steps = await _steps(database, lambda session: estimates.kinds(session, "T1", NOVEMBER, DECEMBER))
    read = {step for step in steps if "SEARCH decision" in step or "SEARCH draft" in step}
    assert {step.split(" (")[0].split(" INDEX ")[1] for step in read} == {
        "ix_decision_conversation",
        "ix_draft_conversation",
    }


async def test_whether_a_conversation_was_resolved_is_looked_up_by_conversation(database: Database) -> None:
    steps = await _steps(database, lambda session: offerings.opened(session, "T1", NOVEMBER, DECEMBER))
    read = [step for step in steps if "resolution" in step and ("SEARCH" in step or "SCAN" in step)]
    assert read
    assert all("conversation_id=?" in step for step in read), read
