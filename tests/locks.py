"""Waiting until somebody waits for a lock, so that a test can go on at that very moment."""

import asyncio

from sqlmodel import text

from storage.database import Database

WAITING = "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' LIMIT 1"


async def waits_for_a_lock(database: Database) -> None:
    """Return once somebody waits for a lock; at once on SQLite, whose writers queue before they take any."""
    async with asyncio.timeout(10):
        while not database.is_sqlite:
            async with database.reading() as session:
                if (await (await session.connection()).execute(text(WAITING))).first():
                    return
