"""Days are settled by night, once their resolutions are final and their surveys have expired."""

import asyncio
from datetime import date, timedelta
from typing import Any

from sqlmodel import col, select

from bot import reports
from bot.reports import settled
from bot.team import Comparison, Survey, TeamFile
from storage.database import Database
from storage.endings import SettledDay
from storage.kinds import ResolvedBy
from tests import weeks
from tests.weeks import WORKSPACE, Cell

ZONE = "Europe/Berlin"
WEEK = reports.days(date(2026, 11, 2), date(2026, 11, 8), ZONE)


async def _settled(database: Database, team: TeamFile, after: timedelta) -> list[str]:
    await settled.settle(database, WORKSPACE, ZONE, team, WEEK.until + after)
    async with database.reading() as session:
        return list((await session.exec(select(SettledDay.day).order_by(col(SettledDay.since)))).all())


async def test_a_day_waits_for_its_returns_and_its_surveys_and_a_day_more(database: Database) -> None:
    await weeks.add_workspace(database, ["returns"])
    await weeks.add(database, WEEK, [Cell(ResolvedBy.AI, "returns", 14)])
    quick = TeamFile(comparison=Comparison(resolution_days=2), survey=Survey(delay=0, expires_after=3 * 86_400))
    assert await _settled(database, quick, timedelta(days=3)) == [f"2026-11-0{day}" for day in range(2, 8)]
    slow = TeamFile(comparison=Comparison(resolution_days=14))
    assert len(await _settled(database, slow, timedelta(days=14))) == 6
    assert len(await _settled(database, slow, timedelta(days=15))) == 7


async def test_reports_made_at_once_agree_and_settle_each_day_once(database: Database) -> None:
    await weeks.add_workspace(database, ["returns"])
    await weeks.add(database, WEEK, [Cell(ResolvedBy.AI, "returns", 14, asked=14, rated=9, satisfied=7)])
    asked: dict[str, Any] = {"at": WEEK.until + timedelta(days=20)}
    made = await asyncio.gather(*(reports.build(database, WORKSPACE, WEEK, ZONE, **asked) for _ in range(3)))
    assert {(each.of(ResolvedBy.AI).resolved, each.of(ResolvedBy.AI).satisfied) for each in made} == {(14, 7)}
    async with database.reading() as session:
        days = (await session.exec(select(SettledDay.day))).all()
    assert len(days) == len(set(days))
