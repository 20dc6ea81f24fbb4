"""Jobs by the clock: the weekly report, nightly work, and sweeps over due-times in tables.

Any number of processes may run a schedule. APScheduler only wakes us; whether a report is due is read from the clock
and our own rows, so a late, lost or doubled wake-up changes nothing.
"""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.cron import CronTrigger

from bot import reports
from storage import job_runs, resolutions
from storage.database import Database
from storage.row import now

log = structlog.get_logger(__name__)

WEEKLY_REPORT = "weekly_report"
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
CAUGHT_UP_WITHIN = timedelta(days=6)
"""A report missed for longer is left out: the next one is near."""
LOOK_AGAIN_SECONDS = 600.0
"""How often a report that failed, or whose hour passed while the machine slept, is tried again."""


def last_due(moment: datetime, *, day: str, at: time, time_zone: str) -> datetime:
    """The newest time not after `moment` at which clocks in `time_zone` showed this weekday and time.

    A time that the clocks skip in spring is taken as if they had not, and of one shown twice in autumn the first
    counts; so there is one due time a week.

    Args:
        moment: now.
        day: mon, tue, wed, thu, fri, sat or sun; never a number, for crontab and APScheduler count them differently.
        at: the local time.
        time_zone: such as "Europe/Berlin".
    """
    zone = ZoneInfo(time_zone)
    today = moment.astimezone(zone).date()
    newest = today - timedelta(days=(today.weekday() - WEEKDAYS.index(day)) % 7)
    due = _local(newest, at, zone)
    return due if due <= moment else _local(newest - timedelta(days=7), at, zone)


def last_night(moment: datetime, *, at: time, time_zone: str) -> datetime:
    """The newest time not after `moment` at which clocks in `time_zone` showed this time; one a day.

    Args:
        moment: now.
        at: the local time.
        time_zone: such as "Europe/Berlin".
    """
    zone = ZoneInfo(time_zone)
    today = moment.astimezone(zone).date()
    due = _local(today, at, zone)
    return due if due <= moment else _local(today - timedelta(days=1), at, zone)


def _local(day: date, at: time, zone: ZoneInfo) -> datetime:
    # Through UTC, for two moments of one zone would be compared by their wall clocks.
    return datetime.combine(day, at, zone).astimezone(UTC)


class Schedule:
    """The jobs of one workspace.

    Args:
        database: where runs are claimed.
        workspace_id: the Slack team.
        time_zone: of the team, such as "Europe/Berlin".
        clock: tells the present moment.
    """

    def __init__(
        self, database: Database, workspace_id: str, *, time_zone: str, clock: Callable[[], datetime] = now
    ) -> None:
        self._database, self._workspace_id = database, workspace_id
        self._time_zone, self._clock = time_zone, clock
        self._running: set[asyncio.Task[Any]] = set()
        self._closing = False
        self._at_start: list[Callable[[], Awaitable[None]]] = []
        # A wake-up runs however late it comes, and many missed ones run once.
        lenient = {"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
        self._scheduler = AsyncIOScheduler(timezone=ZoneInfo(time_zone), job_defaults=lenient)

    def add_weekly_report(self, *, day: str, at: str, channel_id: str, posted: Callable[[], None]) -> None:
        """Post the report of the last full week in `channel_id` every `day` (mon … sun) at `at` (HH:MM, local).

        Args:
            day: the weekday, in three letters.
            at: the local time; before 03:00 it may fall into a change of the clocks.
            channel_id: the managers' channel.
            posted: called when a report lies in the outbox.

        Raises:
            ValueError: for an unknown weekday or a time that is none.
        """
        if day not in WEEKDAYS:
            raise ValueError(f"The day of the report is one of {', '.join(WEEKDAYS)}, not {day!r}.")
        local = time.fromisoformat(at)

        async def report_if_due() -> None:
            due = last_due(self._clock(), day=day, at=local, time_zone=self._time_zone)
            if await self._report(due, channel_id):
                posted()

        run = self._surviving(WEEKLY_REPORT, report_if_due)
        trigger = CronTrigger(day_of_week=day, hour=local.hour, minute=local.minute, timezone=ZoneInfo(self._time_zone))
        self._scheduler.add_job(run, trigger, id=WEEKLY_REPORT)
        self._scheduler.add_job(run, "interval", seconds=LOOK_AGAIN_SECONDS, id=f"{WEEKLY_REPORT}_again")
        self._at_start.append(run)

    def add_nightly(self, name: str, *, at: str, work: Callable[[datetime], Awaitable[None]]) -> None:
        """Run `work` every night at `at` (HH:MM, local), and at the start when the last night was missed.

        Args:
            name: of the job.
            at: the local time; from 03:00 on it falls into no change of the clocks.
            work: is told for which due time it runs, and claims that run itself.

        Raises:
            ValueError: for a time that is none.
        """
        local = time.fromisoformat(at)

        async def work_if_due() -> None:
            await work(last_night(self._clock(), at=local, time_zone=self._time_zone))

        run = self._surviving(name, work_if_due)
        trigger = CronTrigger(hour=local.hour, minute=local.minute, timezone=ZoneInfo(self._time_zone))
        self._scheduler.add_job(run, trigger, id=name)
        self._at_start.append(run)

    def add_sweep(
        self, name: str, seconds: float, sweep: Callable[[], Awaitable[None]], *, at_start: bool = False
    ) -> None:
        """Run `sweep` every `seconds`, never twice at a time; one that fails is logged and tried at its next turn."""
        run = self._surviving(name, sweep)
        self._scheduler.add_job(run, "interval", seconds=seconds, id=name)
        if at_start:
            self._at_start.append(run)

    async def start(self) -> None:
        """Start the jobs, and catch up once on a report missed while no process ran."""
        self._scheduler.start()
        for run in self._at_start:
            self._scheduler.add_job(run)

    async def close(self) -> None:
        """Stop the jobs; what they had not committed is left to the next start."""
        self._closing = True
        self._scheduler.shutdown(wait=False)
        await asyncio.sleep(0)  # APScheduler shuts down at the loop's next turn
        for task in self._running:
            task.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)

    async def _report(self, due: datetime, channel_id: str) -> bool:
        """Put the report that was due into the outbox unless that was done; tells whether it was put."""
        window = reports.last_full_week(due, self._time_zone)
        # The week is the key, not the hour: changing the hour of the report must not post it again.
        week_over = window.until
        if self._clock() - due > CAUGHT_UP_WITHIN or not await self._wanted(due, week_over):
            return False
        report = await reports.build(self._database, self._workspace_id, window, self._time_zone)
        png = await reports.drawn(report)
        async with self._database.transaction() as session:
            if not await job_runs.claim(session, self._workspace_id, WEEKLY_REPORT, week_over):
                return False
            reports.put(session, self._workspace_id, channel_id, report, png)
        log.info("report_due", due=due.isoformat(), week_over=week_over.isoformat())
        return True

    async def _wanted(self, due: datetime, week_over: datetime) -> bool:
        """Whether nobody has the run yet. Before the first conversation there is nothing to miss."""
        async with self._database.reading() as session:
            if await job_runs.is_claimed(session, self._workspace_id, WEEKLY_REPORT, week_over):
                return False
            return await resolutions.any_opened_before(session, self._workspace_id, due)

    def _surviving(self, name: str, job: Callable[[], Awaitable[None]]) -> Callable[[], Awaitable[None]]:
        """The job, which logs what goes wrong instead of raising it into the scheduler."""

        async def run() -> None:
            task = asyncio.current_task()
            assert task is not None  # noqa: S101 - APScheduler runs coroutines as tasks
            self._running.add(task)
            try:
                await job()
            except asyncio.CancelledError:
                # At the end it is meant; raised on, APScheduler would log it as an error.
                if not self._closing:
                    raise
            except Exception:
                log.exception("job_failed", job=name)
            finally:
                self._running.discard(task)

        return run
