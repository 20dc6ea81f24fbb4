"""Jobs by the clock: reports, nightly work, and sweeps over due-times in tables.

Any number of processes may run a schedule. APScheduler only wakes us; whether something is due is read from the clock
and our own rows, so a late, lost or doubled wake-up changes nothing.
"""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.cron import CronTrigger

from handoff.due import Every, Rhythm
from storage.row import now

log = structlog.get_logger(__name__)

LOOK_AGAIN_SECONDS = 600.0
"""How often what failed, or whose hour passed while the machine slept, is tried again."""


class Schedule:
    """The jobs of one workspace.

    Args:
        time_zone: of the team, such as "Europe/Berlin".
        clock: tells the present moment.
    """

    def __init__(self, *, time_zone: str, clock: Callable[[], datetime] = now) -> None:
        self._time_zone, self._clock = time_zone, clock
        self._running: set[asyncio.Task[Any]] = set()
        self._closing = False
        self._at_start: list[Callable[[], Awaitable[None]]] = []
        # A wake-up runs however late it comes, and many missed ones run once.
        lenient = {"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
        self._scheduler = AsyncIOScheduler(timezone=ZoneInfo(time_zone), job_defaults=lenient)

    def add_by_clock(self, name: str, rhythm: Rhythm, work: Callable[[datetime], Awaitable[object]]) -> None:
        """Run `work` when it is due, at the start, and every few minutes, for one time may have been missed.

        Args:
            name: of the job.
            rhythm: when it is due.
            work: is told the present moment, and finds out by itself whether there is anything to do.
        """

        async def work_now() -> None:
            await work(self._clock())

        run = self._surviving(name, work_now)
        self._scheduler.add_job(run, _trigger(rhythm), id=name)
        self._scheduler.add_job(run, "interval", seconds=LOOK_AGAIN_SECONDS, id=f"{name} again")
        self._at_start.append(run)

    def add_nightly(
        self, name: str, *, at: str, work: Callable[[datetime], Awaitable[object]], looks_again: bool = False
    ) -> None:
        """Run `work` every night at `at` (HH:MM, local), and at the start when the last night was missed.

        Args:
            name: of the job.
            at: the local time; from 03:00 on it falls into no change of the clocks.
            work: is told for which due time it runs, and claims that run itself.
            looks_again: whether it is tried every few minutes as well, for a process may have died at it.

        Raises:
            ValueError: for a time that is none.
        """
        rhythm = Rhythm(Every.DAY, time.fromisoformat(at), self._time_zone)

        async def work_if_due() -> None:
            await work(rhythm.last(self._clock()).moment)

        run = self._surviving(name, work_if_due)
        self._scheduler.add_job(run, _trigger(rhythm), id=name)
        if looks_again:
            self._scheduler.add_job(run, "interval", seconds=LOOK_AGAIN_SECONDS, id=f"{name} again")
        self._at_start.append(run)

    def add_sweep(
        self, name: str, seconds: float, sweep: Callable[[], Awaitable[object]], *, at_start: bool = False
    ) -> None:
        """Run `sweep` every `seconds`, never twice at a time; one that fails is logged and tried at its next turn."""
        run = self._surviving(name, sweep)
        self._scheduler.add_job(run, "interval", seconds=seconds, id=name)
        if at_start:
            self._at_start.append(run)

    async def start(self) -> None:
        """Start the jobs, and catch up on what was missed while no process ran."""
        self._scheduler.start()
        for run in self._at_start:
            self._scheduler.add_job(run)

    async def close(self) -> None:
        """Stop the jobs, if they were started; what they had not committed is left to the next start."""
        self._closing = True
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)
        await asyncio.sleep(0)  # APScheduler shuts down at the loop's next turn
        for task in self._running:
            task.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)

    def _surviving(self, name: str, job: Callable[[], Awaitable[object]]) -> Callable[[], Awaitable[None]]:
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


def _trigger(rhythm: Rhythm) -> CronTrigger:
    """What wakes us; in a night when the clocks change it may come twice, or an hour late."""
    fields: dict[Every, dict[str, str]] = {
        Every.DAY: {},
        Every.WEEK: {"day_of_week": rhythm.day},
        Every.MONTH: {"day": rhythm.day},
    }
    hour, minute, zone = rhythm.at.hour, rhythm.at.minute, ZoneInfo(rhythm.time_zone)
    return CronTrigger(**fields[rhythm.every], hour=hour, minute=minute, timezone=zone)
