"""Posts the reports that come by the clock, each stretch of days once, whatever happens to wake-ups and processes.

A run is claimed by the report's name and the days that it is about, in the transaction that keeps the report and puts
its posts into the outbox. So any number of processes may try, a crash before the commit leaves the run to the next who
tries, and another hour, weekday, channel or time zone does not post the same days again.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

import structlog
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.charts.picture import Charts
from bot.planned_reports import Plan
from bot.reports import keeping
from bot.reports.deliver import drawn, put
from bot.reports.keeping import Occasion
from bot.slack.channels import UnknownChannel
from handoff.report import Report
from handoff.window import Window
from storage import job_runs, kept_reports, resolutions
from storage.database import Database

log = structlog.get_logger(__name__)

CHANNEL_NOT_FOUND = "channel_not_found"
"""Slack's word for a channel that does not exist, or that the bot cannot see."""

Build = Callable[[Window, str], Awaitable[Report]]

FindChannel = Callable[[str], Awaitable[str]]
"""Turns a channel's id or #name into its id; raises `UnknownChannel`."""


class Ran(StrEnum):
    """What became of a run."""

    POSTED = "posted"
    """The report lies in the outbox."""
    KEPT = "kept"
    """It is kept, but there is no channel to post it in."""
    DONE_BEFORE = "done_before"
    """Somebody posted the report on these days."""


@dataclass(frozen=True, slots=True)
class Run:
    """What became of a run, and the id of the report that is kept; empty when none was made."""

    became: Ran
    kept_id: str = ""


class ReportRuns:
    """Makes and posts the planned reports of one workspace.

    Args:
        database: where runs are claimed and reports are kept.
        workspace_id: the Slack team.
        build: gathers the report on a stretch of time, whose days are told in a time zone.
        find_channel: looks up where a report goes.
        posted: called when a report lies in the outbox.
    """

    def __init__(
        self,
        database: Database,
        workspace_id: str,
        *,
        build: Build,
        find_channel: FindChannel,
        posted: Callable[[], None],
    ) -> None:
        self._database, self._workspace_id = database, workspace_id
        self._build, self._find_channel, self._posted = build, find_channel, posted
        self._known = set[str]()
        self._one_at_a_time = asyncio.Lock()  # several that are due in the same minute would need memory at once

    async def if_due(self, plan: Plan, moment: datetime) -> Run | None:
        """Post the newest report that was due by `moment`, unless that was done or it is too late for it."""
        due = plan.rhythm.last(moment)
        first, last = plan.rhythm.reported(due)
        if plan.by_team:
            await self._make_known(plan, moment)
        wanted = await is_awaited(self._database, self._workspace_id, plan, moment)
        return await self.run(plan, first, last) if wanted else None

    async def run(self, plan: Plan, first: date, last: date, *, again: bool = False) -> Run:
        """Post a plan's report on the days from `first` to `last`; `again` also when that was done before."""
        async with self._one_at_a_time:
            return await self._run(plan, first, last, again=again)

    async def _run(self, plan: Plan, first: date, last: date, *, again: bool) -> Run:
        async with self._database.reading() as session:
            done = await job_runs.is_claimed(session, self._workspace_id, plan.job, claimed_for(last))
        if done and not again:
            return Run(Ran.DONE_BEFORE)
        report = await self._build(plan.window(first, last), plan.rhythm.time_zone)
        charts = await drawn(report)
        channel_id = await self._channel_of(plan)
        async with self._database.transaction() as session:
            claimed = await job_runs.claim(session, self._workspace_id, plan.job, claimed_for(last))
            if not claimed and not again:
                return Run(Ran.DONE_BEFORE)
            kept_id = await self._put(session, plan, channel_id, report, charts)
        log.info("report_made", schedule=plan.name, first_day=str(first), last_day=str(last), channel=channel_id)
        if not channel_id:
            return Run(Ran.KEPT, kept_id)
        self._posted()
        return Run(Ran.POSTED, kept_id)

    async def _put(self, session: AsyncSession, plan: Plan, channel_id: str, report: Report, charts: Charts) -> str:
        occasion = Occasion(plan.name, plan.rhythm.every, plan.channel)
        if channel_id:
            return put(session, self._workspace_id, channel_id, report, charts, occasion=occasion)
        kept_id = keeping.keep(session, self._workspace_id, report, "", occasion)
        await session.flush()
        await kept_reports.troubled(session, self._workspace_id, kept_id, CHANNEL_NOT_FOUND)
        return kept_id

    async def _channel_of(self, plan: Plan) -> str:
        """The id of the channel; one that is renamed or archived, or that Baton left, is the one it was before.

        So the report waits in the outbox, and arrives once the channel is in order; empty when no id was ever known.
        """
        try:
            return await self._find_channel(plan.channel)
        except UnknownChannel:
            async with self._database.reading() as session:
                known = await kept_reports.channel_called(session, self._workspace_id, plan.channel)
            log.error("report_channel_unknown", schedule=plan.name, channel=plan.channel, known_as=known)
            return known

    async def _make_known(self, plan: Plan, moment: datetime) -> None:
        """Note since when the team's file names the plan."""
        if plan.job not in self._known:
            async with self._database.transaction() as session:
                await job_runs.make_known(session, self._workspace_id, plan.job, moment)
            self._known.add(plan.job)


def claimed_for(last: date) -> datetime:
    """The due time under which the report that ends with this day is claimed, the same in every time zone."""
    return datetime.combine(last + timedelta(days=1), time(), UTC)


async def is_awaited(database: Database, workspace_id: str, plan: Plan, moment: datetime) -> bool:
    """Whether a report was due by `moment` that nobody has made and that it is not too late for."""
    due = plan.rhythm.last(moment)
    _, last = plan.rhythm.reported(due)
    if plan.rhythm.is_late(due, moment):
        return False
    async with database.reading() as session:
        if await job_runs.is_claimed(session, workspace_id, plan.job, claimed_for(last)):
            return False
        if plan.by_team:  # one that was planned only now has missed nothing
            since = await job_runs.known_since(session, workspace_id, plan.job)
            if since is None or since > due.moment:
                return False
        # Before the first conversation there is nothing to miss.
        return await resolutions.any_opened_before(session, workspace_id, due.moment)
