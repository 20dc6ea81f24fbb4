"""Reports are due by the clock of the team, and posted once whatever happens to wake-ups and processes."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import select

from bot import reports
from bot.schedule import WEEKLY_REPORT, Schedule, last_due, last_night
from storage.database import Database
from storage.kinds import ResolvedBy
from storage.queues import JobRun, Outbox
from tests import weeks
from tests.weeks import WORKSPACE, Cell

ZONE = "Europe/Berlin"
WEEK = reports.days(date(2026, 11, 16), date(2026, 11, 22), ZONE)
MONDAY_NINE = datetime(2026, 11, 23, 9, tzinfo=ZoneInfo(ZONE))


@asynccontextmanager
async def scheduled(
    database: Database, moment: datetime, *, day: str = "mon", at: str = "09:00"
) -> AsyncGenerator[asyncio.Event]:
    """A started schedule whose clock stands still at `moment`; the event says that a report was put."""
    posted = asyncio.Event()
    schedule = Schedule(database, WORKSPACE, time_zone=ZONE, clock=lambda: moment)
    schedule.add_weekly_report(day=day, at=at, channel_id="CMANAGERS", posted=posted.set)
    await schedule.start()
    try:
        yield posted
    finally:
        await schedule.close()


async def run_once(database: Database, moment: datetime, *, day: str = "mon", at: str = "09:00") -> bool:
    """What a process that starts at `moment` does; whether it posted a report."""
    posted = False

    def note() -> None:
        nonlocal posted
        posted = True

    schedule = Schedule(database, WORKSPACE, time_zone=ZONE, clock=lambda: moment)
    schedule.add_weekly_report(day=day, at=at, channel_id="CMANAGERS", posted=note)
    for run in schedule._at_start:  # pyright: ignore[reportPrivateUsage]
        await run()
    return posted


async def posts(database: Database) -> list[Outbox]:
    async with database.reading() as session:
        return list((await session.exec(select(Outbox).order_by(Outbox.id))).all())


async def a_week(database: Database, *, rated: int = 0) -> None:
    await weeks.add_workspace(database, ["returns"])
    await weeks.add(database, WEEK, [Cell(ResolvedBy.AI, "returns", 20, asked=20, rated=rated)])


def due(moment: str, *, day: str = "mon", at: str = "09:00", zone: str = ZONE) -> str:
    found = last_due(datetime.fromisoformat(moment), day=day, at=time.fromisoformat(at), time_zone=zone)
    return found.astimezone(UTC).isoformat(timespec="minutes")


def test_the_report_is_due_from_its_minute_on_and_not_before() -> None:
    assert due("2026-11-23T07:59:59Z") == "2026-11-16T08:00+00:00"
    assert due("2026-11-23T08:00:00Z") == "2026-11-23T08:00+00:00"
    assert due("2026-11-29T23:00:00Z") == "2026-11-23T08:00+00:00"


def test_across_a_change_of_the_clocks_the_report_stays_at_nine() -> None:
    assert due("2026-10-19T12:00Z") == "2026-10-19T07:00+00:00"  # summer time
    assert due("2026-10-26T12:00Z") == "2026-10-26T08:00+00:00"  # winter time
    assert due("2026-03-30T12:00Z") == "2026-03-30T07:00+00:00"


def test_a_time_that_comes_twice_in_autumn_is_due_once() -> None:
    first, second = "2026-10-25T00:30Z", "2026-10-25T01:30Z"  # both read 02:30 in Berlin
    assert due(first, day="sun", at="02:30") == due(second, day="sun", at="02:30") == "2026-10-25T00:30+00:00"


def test_a_time_that_spring_skips_is_due_once() -> None:
    assert due("2026-03-29T00:59Z", day="sun", at="02:30") == "2026-03-22T01:30+00:00"
    assert due("2026-03-29T01:30Z", day="sun", at="02:30") == "2026-03-29T01:30+00:00"  # 03:30 in Berlin


def test_far_from_greenwich_the_local_day_counts() -> None:
    assert due("2026-11-22T20:30Z", zone="Pacific/Auckland") == "2026-11-22T20:00+00:00"  # Monday 09:30 there
    assert due("2026-11-23T16:30Z", zone="America/Los_Angeles") == "2026-11-16T17:00+00:00"  # 08:30 there


def test_every_moment_of_two_years_belongs_to_exactly_one_due_time_a_week() -> None:
    moment, seen = datetime(2026, 1, 1, tzinfo=UTC), set[datetime]()
    while moment < datetime(2028, 1, 1, tzinfo=UTC):
        found = last_due(moment, day="sun", at=time(2, 30), time_zone=ZONE)
        assert timedelta(0) <= moment - found < timedelta(days=7, hours=2)
        seen.add(found)
        moment += timedelta(minutes=30)
    assert len(seen) == 105


async def test_on_its_minute_the_report_and_its_chart_lie_in_the_outbox(database: Database) -> None:
    await a_week(database, rated=10)
    assert await run_once(database, MONDAY_NINE)
    message, chart = await posts(database)
    assert (message.method, message.channel_id, message.purpose) == ("chat.postMessage", "CMANAGERS", "report")
    assert "16–22 Nov 2026" in message.payload["text"]
    assert (chart.method, chart.lane) == ("files.upload", message.lane)
    assert chart.payload["filename"] == "baton-2026-11-16-2026-11-22.png"


async def test_two_processes_at_once_post_one_report(database: Database) -> None:
    await a_week(database)
    posted = await asyncio.gather(*(run_once(database, MONDAY_NINE) for _ in range(4)))
    assert sorted(posted) == [False, False, False, True]
    assert len(await posts(database)) == 1
    async with database.reading() as session:
        (run,) = (await session.exec(select(JobRun))).all()
    assert (run.job, run.due_at) == (WEEKLY_REPORT, WEEK.until.astimezone(UTC))


async def test_a_restart_does_not_post_again(database: Database) -> None:
    await a_week(database)
    assert await run_once(database, MONDAY_NINE)
    assert not await run_once(database, MONDAY_NINE + timedelta(minutes=1))
    assert not await run_once(database, MONDAY_NINE + timedelta(days=3))


async def test_another_hour_does_not_post_the_same_week_again(database: Database) -> None:
    await a_week(database)
    assert await run_once(database, MONDAY_NINE + timedelta(hours=3))
    assert not await run_once(database, MONDAY_NINE + timedelta(hours=3), at="10:00")
    assert not await run_once(database, MONDAY_NINE + timedelta(days=1, hours=3), day="tue", at="10:00")


async def test_a_missed_report_is_caught_up_once_at_the_next_start(database: Database) -> None:
    await a_week(database)
    late = MONDAY_NINE + timedelta(days=5, hours=20)
    assert await run_once(database, late)
    assert not await run_once(database, late)


async def test_a_report_missed_for_more_than_six_days_is_left_out(database: Database) -> None:
    await a_week(database)
    assert not await run_once(database, MONDAY_NINE + timedelta(days=6, minutes=1))


async def test_the_week_after_is_another_report(database: Database) -> None:
    await a_week(database)
    assert await run_once(database, MONDAY_NINE)
    assert await run_once(database, MONDAY_NINE + timedelta(days=7))
    assert len(await posts(database)) == 2


async def test_a_fresh_installation_has_missed_nothing(database: Database) -> None:
    await weeks.add_workspace(database)
    assert not await run_once(database, MONDAY_NINE + timedelta(days=1))


async def test_a_failed_attempt_claims_nothing(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    await a_week(database)

    def broken(*_: object) -> None:
        raise OSError("disk full")

    with monkeypatch.context() as patch:
        patch.setattr(reports, "put", broken)
        assert not await run_once(database, MONDAY_NINE)
    assert await run_once(database, MONDAY_NINE + timedelta(minutes=10))


async def test_a_started_schedule_catches_up_by_itself(database: Database) -> None:
    await a_week(database)
    async with scheduled(database, MONDAY_NINE) as posted:
        await asyncio.wait_for(posted.wait(), 30)
    assert len(await posts(database)) == 1


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_the_wake_up_is_on_the_named_weekday_and_runs_however_late(database: Database) -> None:
    schedule = Schedule(database, WORKSPACE, time_zone=ZONE)
    schedule.add_weekly_report(day="mon", at="09:00", channel_id="C", posted=lambda: None)
    await schedule.start()
    job = schedule._scheduler.get_job(WEEKLY_REPORT)  # pyright: ignore[reportPrivateUsage]
    assert job is not None
    assert job.misfire_grace_time is None and job.coalesce and job.max_instances == 1
    assert (job.next_run_time.strftime("%a %H:%M"), str(job.next_run_time.tzinfo)) == ("Mon 09:00", ZONE)
    await schedule.close()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_wake_up_an_hour_late_still_runs(database: Database) -> None:
    await a_week(database)
    ran = asyncio.Event()
    schedule = Schedule(database, WORKSPACE, time_zone=ZONE)

    async def sweep() -> None:
        ran.set()

    schedule.add_sweep("late", 3600, sweep)
    await schedule.start()
    overdue = datetime.now(UTC) - timedelta(hours=1)
    schedule._scheduler.modify_job("late", next_run_time=overdue)  # pyright: ignore[reportPrivateUsage]
    await asyncio.wait_for(ran.wait(), 10)
    await schedule.close()


def counting(until: int, reached: asyncio.Event, *, fail: bool) -> Callable[[], Awaitable[None]]:
    count = 0

    async def sweep() -> None:
        nonlocal count
        count += 1
        if count >= until:
            reached.set()
        if fail:
            raise RuntimeError("the database went away")

    return sweep


@pytest.mark.parametrize("fail", [False, True], ids=["well", "failing"])
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_sweep_comes_again_also_after_it_failed(database: Database, fail: bool) -> None:
    thrice = asyncio.Event()
    schedule = Schedule(database, WORKSPACE, time_zone=ZONE)
    schedule.add_sweep("silence", 0.01, counting(3, thrice, fail=fail))
    await schedule.start()
    await asyncio.wait_for(thrice.wait(), 10)
    await schedule.close()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_closing_ends_what_is_running_before_it_returns(database: Database) -> None:
    began, ended = asyncio.Event(), asyncio.Event()

    async def endless() -> None:
        began.set()
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()

    schedule = Schedule(database, WORKSPACE, time_zone=ZONE)
    schedule.add_sweep("endless", 0.01, endless)
    await schedule.start()
    await asyncio.wait_for(began.wait(), 10)
    await schedule.close()
    assert ended.is_set()


@pytest.mark.parametrize(("day", "at"), [("1", "09:00"), ("monday", "09:00"), ("mon", "25:00"), ("mon", "nine")])
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_day_or_time_that_is_none_is_refused(database: Database, day: str, at: str) -> None:
    schedule = Schedule(database, WORKSPACE, time_zone=ZONE)
    with pytest.raises(ValueError):
        schedule.add_weekly_report(day=day, at=at, channel_id="C", posted=lambda: None)


def test_a_night_is_due_from_its_minute_on_and_once_a_day_across_changes_of_the_clocks() -> None:
    moment, seen = datetime(2026, 1, 1, 12, tzinfo=UTC), set[datetime]()
    while moment < datetime(2027, 1, 1, 12, tzinfo=UTC):
        found = last_night(moment, at=time(3, 30), time_zone=ZONE)
        assert timedelta(0) <= moment - found < timedelta(days=1, hours=2)
        seen.add(found)
        moment += timedelta(minutes=30)
    assert len(seen) == 366
    just_before = datetime.fromisoformat("2026-11-23T02:29:59Z")
    assert last_night(just_before, at=time(3, 30), time_zone=ZONE).isoformat() == "2026-11-22T02:30:00+00:00"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_night_that_was_missed_is_made_up_for_at_the_start(database: Database) -> None:
    worked: list[datetime] = []
    ran = asyncio.Event()

    async def work(due: datetime) -> None:
        worked.append(due)
        ran.set()

    schedule = Schedule(database, WORKSPACE, time_zone=ZONE, clock=lambda: MONDAY_NINE)
    schedule.add_nightly("learning", at="03:30", work=work)
    await schedule.start()
    await asyncio.wait_for(ran.wait(), 30)
    await schedule.close()
    assert worked == [datetime.fromisoformat("2026-11-23T02:30:00Z")]
