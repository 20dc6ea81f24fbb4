"""Locks: who waits for one at this moment, and whether one is held while Slack is asked."""

import asyncio
from typing import Any

import pytest
from sqlmodel import select, text

from bot.slack.people import Profile
from storage.database import Database
from tests.stage import Stage

WAITING = "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' LIMIT 1"


async def waits_for_a_lock(database: Database) -> None:
    """Return once somebody waits for a lock; at once on SQLite, whose writers queue before they take any."""
    async with asyncio.timeout(60):
        while not database.is_sqlite:
            async with database.reading() as session:
                if (await (await session.connection()).execute(text(WAITING))).first():
                    return


def slack_is_asked_without_a_lock(stage: Stage, monkeypatch: pytest.MonkeyPatch, table: Any) -> list[str]:
    """Let nobody ask Slack who somebody is while they keep rows of `table` from others; returns who was asked about."""
    ask, asked = stage.bot.runtime.people.profile, list[str]()

    async def look(user_id: str) -> Profile:
        asked.append(user_id)
        async with asyncio.timeout(30), stage.database.transaction() as session:
            await session.exec(select(table).with_for_update())
        return await ask(user_id)

    monkeypatch.setattr(stage.bot.runtime.people, "profile", look)
    return asked
