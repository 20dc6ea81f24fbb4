"""Kept reports are found again, newest first, and forgotten in time."""

from datetime import UTC, datetime, timedelta
from typing import Any

from storage import kept_reports
from storage.database import Database
from storage.kept_reports import KeptReport

MADE = datetime(2026, 11, 23, 8, tzinfo=UTC)
WEEK: dict[str, Any] = {
    "since": MADE - timedelta(days=7),
    "until": MADE,
    "first_day": "2026-11-16",
    "last_day": "2026-11-22",
    "time_zone": "UTC",
    "report": "{}",
}


async def keep(database: Database, workspace_id: str = "T1", **given: Any) -> KeptReport:
    async with database.transaction() as session:
        return kept_reports.keep(session, workspace_id, **{**WEEK, **given})


async def test_the_newest_come_first_and_pages_follow_each_other(database: Database) -> None:
    kept = [(await keep(database, headline=str(number))).id for number in range(5)]
    await keep(database, "T2")
    async with database.reading() as session:
        first = await kept_reports.listed(session, "T1", limit=3)
        rest = await kept_reports.listed(session, "T1", limit=3, before=first[-1].id)
    assert [each.id for each in [*first, *rest]] == kept[::-1]
    assert [each.headline for each in rest] == ["1", "0"]


async def test_each_schedule_has_its_own_latest(database: Database) -> None:
    weekly = await keep(database, schedule="weekly")
    daily = await keep(database, schedule="daily")
    asked = await keep(database)
    async with database.reading() as session:
        found = [await kept_reports.latest(session, "T1", name) for name in (None, "weekly", "daily", "", "monthly")]
    assert [each and each.id for each in found] == [asked.id, weekly.id, daily.id, asked.id, None]


async def test_trouble_is_noted_and_over_once_the_report_arrives(database: Database) -> None:
    kept = await keep(database, channel_id="C1")
    async with database.transaction() as session:
        await kept_reports.troubled(session, "T1", kept.id, "is_archived")
    async with database.reading() as session:
        assert [each.trouble for each in await kept_reports.listed(session, "T1", limit=1)] == ["is_archived"]
    async with database.transaction() as session:
        await kept_reports.arrived(session, "T1", kept.id, "1.2", "C2")
    async with database.reading() as session:
        (found,) = await kept_reports.listed(session, "T1", limit=1)
    assert (found.trouble, found.ts, found.channel_id) == ("", "1.2", "C2")


async def test_old_reports_are_forgotten(database: Database) -> None:
    await keep(database, made_at=MADE)
    young = await keep(database, made_at=MADE + timedelta(seconds=1))
    async with database.transaction() as session:
        assert await kept_reports.forget(session, before=MADE + timedelta(seconds=1)) == 1
    async with database.reading() as session:
        assert [each.id for each in await kept_reports.listed(session, "T1", limit=9)] == [young.id]
