"""Reports by the clock: when each is looked at, and who is told when one does not arrive."""

from datetime import datetime
from functools import partial

from bot import planned_reports
from bot.reports import reporting, settled, undelivered
from bot.reports.scheduled import ReportRuns
from bot.runtime import Runtime
from bot.schedule import Schedule
from bot.settings import Settings
from bot.slack.channels import find_channel

TELL_SECONDS = 30.0
SETTLE = "03:10"
"""When the days are counted that can no longer change; what is missed then, the next report counts."""


def schedule(jobs: Schedule, settings: Settings, runtime: Runtime) -> None:
    """Add the jobs.

    Raises:
        SettingsProblem: when two reports have one name.
    """

    async def find(channel: str) -> str:
        # Known since the start; its name may have changed meanwhile, and its id does not.
        theirs = channel == settings.managers_channel
        return runtime.channels.managers if theirs else await find_channel(runtime.client, channel)

    runs = ReportRuns(
        runtime.database,
        runtime.workspace_id,
        build=partial(reporting.build, runtime),
        find_channel=find,
        posted=lambda: runtime.posted(),  # noqa: PLW0108 - the runtime gets it later
    )
    for plan in planned_reports.plans(settings, runtime.team.reports):
        jobs.add_by_clock(plan.job, plan.rhythm, partial(runs.if_due, plan))

    async def settle(due: datetime) -> None:
        await settled.settle(runtime.database, runtime.workspace_id, settings.time_zone, runtime.team, due)

    jobs.add_nightly("settled_days", at=SETTLE, work=settle)
    jobs.add_sweep("undelivered_reports", TELL_SECONDS, partial(undelivered.tell, runtime))
