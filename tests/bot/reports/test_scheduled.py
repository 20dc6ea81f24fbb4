"""Planned reports are posted once for the days that they are about, whatever happens to wake-ups and processes."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import select

from bot import reports
from bot.planned_reports import Plan
from bot.reports import scheduled
from bot.reports.scheduled import Ran, ReportRuns, Run
from bot.schedule import Schedule
from bot.slack.channels import UnknownChannel
from handoff.due import Every, Rhythm
from handoff.report import Report
from handoff.window import Window, days
from storage import kept_reports
from storage.database import Database
from storage.kept_reports import Listed
from storage.kinds import ResolvedBy
from storage.queues import JobRun, Outbox
from tests import weeks
from tests.weeks import WORKSPACE, Cell

ZONE = "Europe/Berlin"
WEEK = days(date(2026, 11, 16), date(2026, 11, 22), ZONE)
MONDAY_NINE = datetime(2026, 11, 23, 9, tzinfo=ZoneInfo(ZONE))


def plan(
    every: str = "week",
    day: str = "mon",
    *,
    at: str = "09:00",
    zone: str = ZONE,
    name: str = "weekly",
    channel: str = "CMANAGERS",
    by_team: bool = False,
) -> Plan:
    return Plan(name, Rhythm(Every(every), time.fromisoformat(at), zone, day), channel, by_team)


WEEKLY = plan()


async def find(channel: str) -> str:
    if channel == "#gone":
        raise UnknownChannel(channel)
    return channel


async def build(database: Database, window: Window, time_zone: str) -> Report:
    return await reports.build(database, WORKSPACE, window, time_zone)


def runs(database: Database) -> ReportRuns:
    """The runs of one process."""
    return ReportRuns(database, WORKSPACE, build=partial(build, database), find_channel=find, posted=lambda: None)


async def start_at(database: Database, moment: datetime, wanted: Plan = WEEKLY) -> bool:
    """What a process that starts at `moment` does; whether it posted a report."""
    run = await runs(database).if_due(wanted, moment)
    return run is not None and run.became is Ran.POSTED


async def posts(database: Database) -> list[Outbox]:
    async with database.reading() as session:
        return list((await session.exec(select(Outbox).order_by(Outbox.id))).all())


async def kept(database: Database) -> list[Listed]:
    async with database.reading() as session:
        return await kept_reports.listed(session, WORKSPACE, limit=50)


async def reported(database: Database) -> list[tuple[str, str]]:
    """The days of every report that was posted, oldest first."""
    return [(each.first_day, each.last_day) for each in (await kept(database))[::-1]]


async def a_week(database: Database, *, rated: int = 0) -> None:
    await weeks.add_workspace(database, ["returns"])
    await weeks.add(database, WEEK, [Cell(ResolvedBy.AI, "returns", 20, asked=20, rated=rated)])


async def test_on_its_minute_the_report_and_its_chart_lie_in_the_outbox(database: Database) -> None:
    await a_week(database, rated=10)
    assert not await start_at(database, MONDAY_NINE - timedelta(days=7, seconds=1))
    assert await start_at(database, MONDAY_NINE)
    message, chart = await posts(database)
    assert (message.method, message.channel_id, message.purpose) == ("chat.postMessage", "CMANAGERS", "report")
    assert "16–22 Nov 2026" in message.payload["text"]
    assert (chart.method, chart.lane) == ("files.upload", message.lane)
    assert chart.payload["filename"] == "baton-2026-11-16-2026-11-22.png"
    (found,) = await kept(database)
    assert (found.schedule, found.every, found.time_zone) == ("weekly", "week", ZONE)


async def test_many_processes_at_once_post_one_report(database_url: str, database: Database) -> None:
    await a_week(database)
    async with AsyncExitStack() as stack:
        opened = [await Database.open(database_url) for _ in range(6)]
        for each in opened:
            stack.push_async_callback(each.close)
        posted = await asyncio.gather(*(start_at(each, MONDAY_NINE) for each in opened for _ in range(2)))
    assert sorted(posted) == [False] * 11 + [True]
    assert len(await posts(database)) == len(await kept(database)) == 1
    async with database.reading() as session:
        (run,) = (await session.exec(select(JobRun))).all()
    assert (run.job, run.due_at) == ("report week weekly", datetime(2026, 11, 23, tzinfo=UTC))


async def test_rivals_that_both_have_built_the_report_post_it_once(database: Database) -> None:
    await a_week(database)
    both_have_built, builders = asyncio.Event(), list[None]()

    async def build_and_wait(window: Window, time_zone: str) -> Report:
        report = await build(database, window, time_zone)
        builders.append(None)
        if len(builders) == 2:
            both_have_built.set()
        await asyncio.wait_for(both_have_built.wait(), 60)
        return report

    rivals = [
        ReportRuns(database, WORKSPACE, build=build_and_wait, find_channel=find, posted=lambda: None) for _ in range(2)
    ]
    ran = await asyncio.gather(*(rival.if_due(WEEKLY, MONDAY_NINE) for rival in rivals))
    assert sorted(run.became for run in ran if run) == [Ran.DONE_BEFORE, Ran.POSTED]
    assert len(await posts(database)) == len(await kept(database)) == 1


async def test_a_crash_between_claim_and_commit_leaves_the_run_to_the_next(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    await a_week(database)

    def crash(*_: object, **__: object) -> None:
        raise asyncio.CancelledError

    with monkeypatch.context() as patch:
        patch.setattr(scheduled, "put", crash)
        with pytest.raises(asyncio.CancelledError):
            await start_at(database, MONDAY_NINE)
    assert not await posts(database) and not await kept(database)
    assert await start_at(database, MONDAY_NINE + timedelta(minutes=10))
    assert len(await posts(database)) == 1


async def test_a_restart_does_not_post_again(database: Database) -> None:
    await a_week(database)
    assert await start_at(database, MONDAY_NINE)
    assert not await start_at(database, MONDAY_NINE + timedelta(minutes=1))
    assert not await start_at(database, MONDAY_NINE + timedelta(days=3))


async def test_another_hour_day_channel_or_time_zone_does_not_post_the_same_week_again(database: Database) -> None:
    await a_week(database)
    later = MONDAY_NINE + timedelta(days=1, hours=3)
    assert await start_at(database, later)
    for changed in (
        plan(at="10:00"),
        plan(day="tue"),
        plan(channel="COTHER"),
        plan(zone="America/Los_Angeles"),
        plan(zone="Pacific/Auckland"),
        plan(name="Weekly"),
    ):
        assert not await start_at(database, later, changed)


@pytest.mark.parametrize(("before", "after"), [(ZONE, "Pacific/Auckland"), ("Pacific/Auckland", "America/Los_Angeles")])
@pytest.mark.parametrize("every", ["day", "week"])
async def test_a_move_to_another_time_zone_reports_each_day_once(
    database: Database, before: str, after: str, every: str
) -> None:
    await a_week(database)
    moment, day = MONDAY_NINE, {"day": "", "week": "mon"}[every]
    for hour in range(0, 21 * 24, 5):
        zone = before if hour < 9 * 24 + 5 else after
        await start_at(database, moment + timedelta(hours=hour), plan(every, day, zone=zone))
    found = [date.fromisoformat(first) for first, _ in await reported(database)]
    step = timedelta(days={"day": 1, "week": 7}[every])
    assert found == [found[0] + step * number for number in range(len(found))]
    assert len(found) >= {"day": 20, "week": 3}[every]


async def test_a_missed_report_is_caught_up_once_at_the_next_start(database: Database) -> None:
    await a_week(database)
    late = MONDAY_NINE + timedelta(days=5, hours=20)
    assert await start_at(database, late)
    assert not await start_at(database, late)


@pytest.mark.parametrize(
    ("every", "day", "days_down", "last_day"),
    [("day", "", 12, "2026-12-04"), ("week", "mon", 24, "2026-12-13"), ("month", "1", 45, "2026-12-31")],
)
async def test_after_a_long_downtime_only_the_newest_missed_report_is_posted(
    database: Database, every: str, day: str, days_down: int, last_day: str
) -> None:
    await a_week(database)
    back = MONDAY_NINE + timedelta(days=days_down, hours=1)
    wanted = plan(every, day)
    assert [await start_at(database, back, wanted) for _ in range(3)] == [True, False, False]
    assert [last for _, last in await reported(database)] == [last_day]


@pytest.mark.parametrize(("every", "day", "late"), [("week", "mon", 6), ("month", "1", 10)])
async def test_a_report_missed_for_too_long_is_left_out(database: Database, every: str, day: str, late: int) -> None:
    await a_week(database)
    wanted = plan(every, day)
    due = wanted.rhythm.last(MONDAY_NINE + timedelta(days=14)).moment
    assert not await start_at(database, due + timedelta(days=late, minutes=1), wanted)
    assert await start_at(database, due + timedelta(days=late), wanted)


async def test_day_week_and_month_are_reports_of_their_own(database: Database) -> None:
    await a_week(database)
    first_of_december = datetime(2026, 12, 1, 9, tzinfo=ZoneInfo(ZONE))
    for wanted in (plan("day", "", name="r"), plan("week", "tue", name="r"), plan("month", "1", name="r")):
        assert await start_at(database, first_of_december, wanted)
        assert not await start_at(database, first_of_december, wanted)
    assert await reported(database) == [
        ("2026-11-30", "2026-11-30"),
        ("2026-11-23", "2026-11-29"),
        ("2026-11-01", "2026-11-30"),
    ]
    heads = [post.payload["text"] for post in await posts(database)]
    assert len(heads) == 3 and len(set(heads)) == 3


async def test_two_reports_on_the_same_week_go_to_their_channels(database: Database) -> None:
    await a_week(database)
    assert await start_at(database, MONDAY_NINE)
    assert await start_at(database, MONDAY_NINE, plan(name="for the board", channel="CBOARD"))
    assert [post.channel_id for post in await posts(database)] == ["CMANAGERS", "CBOARD"]


async def test_a_night_with_a_doubled_hour_brings_one_daily_report(database: Database) -> None:
    await weeks.add_workspace(database, ["returns"])
    await weeks.add(database, days(date(2026, 10, 20), date(2026, 10, 22), ZONE), [Cell(ResolvedBy.AI, "returns", 5)])
    moment, wanted = datetime(2026, 10, 24, 22, tzinfo=UTC), plan("day", "", at="02:30")
    posted = [moment + timedelta(minutes=30 * tick) for tick in range(2 * 30)]
    posted = [tick for tick in posted if await start_at(database, tick, wanted)]
    # The first look catches up on the 24th's; 02:30 comes twice, at 00:30 and 01:30 UTC.
    assert posted == [moment, datetime(2026, 10, 25, 0, 30, tzinfo=UTC), datetime(2026, 10, 26, 1, 30, tzinfo=UTC)]


async def test_a_fresh_installation_has_missed_nothing(database: Database) -> None:
    await weeks.add_workspace(database)
    assert not await start_at(database, MONDAY_NINE + timedelta(days=1))


async def test_a_report_that_was_planned_after_it_was_due_comes_the_next_time(database: Database) -> None:
    await a_week(database)
    late, fresh = MONDAY_NINE + timedelta(days=1), plan(name="new", by_team=True)
    assert not await start_at(database, late, fresh)
    assert not await start_at(database, late + timedelta(days=5), fresh)
    assert await start_at(database, MONDAY_NINE + timedelta(days=7), fresh)
    monthly = plan("month", "20", name="m", by_team=True)
    assert not await start_at(database, MONDAY_NINE + timedelta(days=7), monthly)  # much too late for the 20th
    assert await start_at(database, datetime(2026, 12, 20, 9, tzinfo=ZoneInfo(ZONE)), monthly)


async def test_a_channel_that_nobody_knows_loses_no_report(database: Database) -> None:
    await a_week(database)
    run = await runs(database).if_due(plan(channel="#gone"), MONDAY_NINE)
    (found,) = await kept(database)
    assert run == Run(Ran.KEPT, found.id)
    assert (found.channel, found.channel_id, found.trouble) == ("#gone", "", "channel_not_found")
    assert not await posts(database)
    assert not await start_at(database, MONDAY_NINE + timedelta(minutes=10), plan(channel="#gone"))


async def test_a_channel_that_lost_its_name_is_the_one_that_had_the_last_report(database: Database) -> None:
    await a_week(database)
    names = {"#board": "C0BOARD00"}

    async def find_now(channel: str) -> str:
        if channel not in names:
            raise UnknownChannel(channel)
        return names[channel]

    process = ReportRuns(
        database, WORKSPACE, build=partial(build, database), find_channel=find_now, posted=lambda: None
    )
    board = plan(channel="#board")
    await process.run(board, date(2026, 11, 9), date(2026, 11, 15))
    names.clear()
    run = await process.if_due(board, MONDAY_NINE)
    assert run
    assert run.became is Ran.POSTED
    assert [each.channel_id for each in await kept(database)] == ["C0BOARD00", "C0BOARD00"]
    assert {post.channel_id for post in await posts(database)} == {"C0BOARD00"}


async def test_posted_again_means_a_second_report_that_is_kept_as_well(database: Database) -> None:
    await a_week(database)
    process = runs(database)
    week = (date(2026, 11, 16), date(2026, 11, 22))
    assert (await process.run(WEEKLY, *week)).became is Ran.POSTED
    assert (await process.run(WEEKLY, *week)).became is Ran.DONE_BEFORE
    assert (await process.run(WEEKLY, *week, again=True)).became is Ran.POSTED
    assert len(await posts(database)) == len(await kept(database)) == 2


async def test_what_was_run_by_hand_before_its_time_does_not_come_by_the_clock(database: Database) -> None:
    await a_week(database)
    assert (await runs(database).run(WEEKLY, date(2026, 11, 16), date(2026, 11, 22), again=True)).became is Ran.POSTED
    assert not await start_at(database, MONDAY_NINE)


@asynccontextmanager
async def clock(database: Database, moment: datetime) -> AsyncGenerator[asyncio.Event]:
    """A started schedule whose clock stands still at `moment`; the event says that a report was posted."""
    posted = asyncio.Event()
    process = ReportRuns(database, WORKSPACE, build=partial(build, database), find_channel=find, posted=posted.set)
    schedule = Schedule(time_zone=ZONE, clock=lambda: moment)

    async def look(now: datetime) -> None:
        await process.if_due(WEEKLY, now)

    schedule.add_by_clock("weekly", WEEKLY.rhythm, look)
    await schedule.start()
    try:
        yield posted
    finally:
        await schedule.close()


async def test_a_started_schedule_catches_up_by_itself(database: Database) -> None:
    await a_week(database)
    async with clock(database, MONDAY_NINE) as posted:
        await asyncio.wait_for(posted.wait(), 60)
    assert len(await posts(database)) == 1
