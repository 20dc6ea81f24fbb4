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

from bot.channels import UnknownChannel
from bot.planned_reports import Plan
from bot.reports import gather, keeping
from bot.reports.deliver import drawn, put
from bot.reports.keeping import Occasion
from bot.reports.picture import Charts
from bot.team import TeamFile
from handoff.report import Report
from storage import job_runs, kept_reports, resolutions
from storage.database import Database

log = structlog.get_logger(__name__)

CHANNEL_NOT_FOUND = "channel_not_found"
"""Slack's word for a channel that does not exist, or that the bot cannot see."""

BEFORE_ALL = datetime(1970, 1, 1, tzinfo=UTC)

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
        find_channel: looks up where a report goes.
        posted: called when a report lies in the outbox.
        team: what the team decided; everything as usual when not told.
    """

    def __init__(
        self,
        database: Database,
        workspace_id: str,
        *,
        find_channel: FindChannel,
        posted: Callable[[], None],
        team: TeamFile | None = None,
    ) -> None:
        self._database, self._workspace_id, self._team = database, workspace_id, team
        self._find_channel, self._posted = find_channel, posted
        self._known: dict[str, datetime] = {}
        self._one_at_a_time = asyncio.Lock()  # several that are due in the same minute would need memory at once

    async def if_due(self, plan: Plan, moment: datetime) -> Run | None:
        """Post the newest report that was due by `moment`, unless that was done or it is too late for it."""
        due = plan.rhythm.last(moment)
        first, last = plan.rhythm.reported(due)
        # One that was planned only now has missed nothing.
        known_since = await self._known_since(plan, moment)
        if known_since > due.moment or plan.rhythm.is_late(due, moment):
            return None
        return await self.run(plan, first, last) if await self._wanted(plan, due.moment, last) else None

    async def run(self, plan: Plan, first: date, last: date, *, again: bool = False) -> Run:
        """Post a plan's report on the days from `first` to `last`; `again` also when that was done before."""
        async with self._one_at_a_time:
            return await self._run(plan, first, last, again=again)

    async def _run(self, plan: Plan, first: date, last: date, *, again: bool) -> Run:
        async with self._database.reading() as session:
            done = await job_runs.is_claimed(session, self._workspace_id, plan.job, claimed_for(last))
        if done and not again:
            return Run(Ran.DONE_BEFORE)
        time_zone = plan.rhythm.time_zone
        window = plan.window(first, last)
        report = await gather.build(self._database, self._workspace_id, window, time_zone, self._team)
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
        try:
            return await self._find_channel(plan.channel)
        except UnknownChannel:
            log.error("report_channel_unknown", schedule=plan.name, channel=plan.channel)
            return ""

    async def _wanted(self, plan: Plan, due: datetime, last: date) -> bool:
        """Whether nobody has the run yet. Before the first conversation there is nothing to miss."""
        async with self._database.reading() as session:
            if await job_runs.is_claimed(session, self._workspace_id, plan.job, claimed_for(last)):
                return False
            return await resolutions.any_opened_before(session, self._workspace_id, due)

    async def _known_since(self, plan: Plan, moment: datetime) -> datetime:
        """Since when the team's file names the plan; that of the settings was always there."""
        if not plan.by_team:
            return BEFORE_ALL
        if plan.job not in self._known:
            async with self._database.transaction() as session:
                self._known[plan.job] = await job_runs.known_since(session, self._workspace_id, plan.job, moment)
        return self._known[plan.job]


def claimed_for(last: date) -> datetime:
    """The due time under which the report that ends with this day is claimed, the same in every time zone."""
    return datetime.combine(last + timedelta(days=1), time(), UTC)
