"""Jobs by the clock wake up however late, come again after a failure, and end with the schedule."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.schedule import Schedule
from handoff.due import Every, Rhythm

ZONE = "Europe/Berlin"
MONDAY_NINE = datetime(2026, 11, 23, 9, tzinfo=ZoneInfo(ZONE))


@pytest.mark.parametrize(
    ("every", "day", "wakes"),
    [
        ("day", "", "Tue 24 09:30"),
        ("week", "wed", "Wed 25 09:30"),
        ("month", "last", "Mon 30 09:30"),
        ("month", "7", "Mon 07 09:30"),
    ],
)
async def test_the_wake_up_is_on_the_named_day_and_runs_however_late(every: str, day: str, wakes: str) -> None:
    schedule = Schedule(time_zone="UTC")

    async def work(_: datetime) -> None: ...

    schedule.add_by_clock("report", Rhythm(Every(every), time(9, 30), ZONE, day), work)
    await schedule.start()
    job = schedule._scheduler.get_job("report")  # pyright: ignore[reportPrivateUsage]
    assert job is not None
    assert job.misfire_grace_time is None and job.coalesce and job.max_instances == 1
    moment = job.trigger.get_next_fire_time(None, MONDAY_NINE + timedelta(hours=1))
    assert (moment.strftime("%a %d %H:%M"), str(moment.tzinfo)) == (wakes, ZONE)
    await schedule.close()


async def test_what_comes_by_the_clock_is_looked_at_from_the_start_on() -> None:
    looked, ran = list[datetime](), asyncio.Event()
    schedule = Schedule(time_zone=ZONE, clock=lambda: MONDAY_NINE)

    async def work(moment: datetime) -> None:
        looked.append(moment)
        ran.set()

    schedule.add_by_clock("report", Rhythm(Every.DAY, time(9), ZONE), work)
    await schedule.start()
    await asyncio.wait_for(ran.wait(), 60)
    await schedule.close()
    assert looked == [MONDAY_NINE]


async def test_a_night_at_which_a_process_may_die_is_looked_at_again() -> None:
    schedule = Schedule(time_zone=ZONE)

    async def work(_: datetime) -> None: ...

    schedule.add_nightly("themes", at="03:30", work=work, looks_again=True)
    schedule.add_nightly("fit", at="03:30", work=work)
    ids = {job.id for job in schedule._scheduler.get_jobs()}  # pyright: ignore[reportPrivateUsage]
    assert ids == {"themes", "themes again", "fit"}


async def test_a_wake_up_an_hour_late_still_runs() -> None:
    ran = asyncio.Event()
    schedule = Schedule(time_zone=ZONE)

    async def sweep() -> None:
        ran.set()

    schedule.add_sweep("late", 3600, sweep)
    await schedule.start()
    overdue = datetime.now(UTC) - timedelta(hours=1)
    schedule._scheduler.modify_job("late", next_run_time=overdue)  # pyright: ignore[reportPrivateUsage]
    await asyncio.wait_for(ran.wait(), 60)
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
async def test_a_sweep_comes_again_also_after_it_failed(fail: bool) -> None:
    thrice = asyncio.Event()
    schedule = Schedule(time_zone=ZONE)
    schedule.add_sweep("silence", 0.01, counting(3, thrice, fail=fail))
    await schedule.start()
    await asyncio.wait_for(thrice.wait(), 60)
    await schedule.close()


async def test_closing_ends_what_is_running_before_it_returns() -> None:
    began, ended = asyncio.Event(), asyncio.Event()

    async def endless() -> None:
        began.set()
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()

    schedule = Schedule(time_zone=ZONE)
    schedule.add_sweep("endless", 0.01, endless)
    await schedule.start()
    await asyncio.wait_for(began.wait(), 60)
    await schedule.close()
    assert ended.is_set()


async def test_a_night_that_was_missed_is_made_up_for_at_the_start() -> None:
    worked: list[datetime] = []
    ran = asyncio.Event()

    async def work(due: datetime) -> None:
        worked.append(due)
        ran.set()

    schedule = Schedule(time_zone=ZONE, clock=lambda: MONDAY_NINE)
    schedule.add_nightly("learning", at="03:30", work=work)
    await schedule.start()
    await asyncio.wait_for(ran.wait(), 60)
    await schedule.close()
    assert worked == [datetime.fromisoformat("2026-11-23T02:30:00Z")]
