"""Reports by the clock: when each is looked at, and who is told when one does not arrive."""

from functools import partial

from bot import planned_reports
from bot.channels import find_channel
from bot.reports import undelivered
from bot.reports.scheduled import ReportRuns
from bot.runtime import Runtime
from bot.schedule import Schedule
from bot.settings import Settings

TELL_SECONDS = 30.0


def schedule(jobs: Schedule, settings: Settings, runtime: Runtime) -> None:
    """Add the jobs.

    Raises:
        SettingsProblem: when two reports have one name.
    """
    runs = ReportRuns(
        runtime.database,
        runtime.workspace_id,
        find_channel=partial(find_channel, runtime.client),
        posted=lambda: runtime.posted(),  # noqa: PLW0108 - the runtime gets it later
    )
    for plan in planned_reports.plans(settings, runtime.team.reports):
        jobs.add_by_clock(plan.job, plan.rhythm, partial(runs.if_due, plan))

    async def tell_of_undelivered() -> None:
        await undelivered.tell(runtime)

    jobs.add_sweep("undelivered_reports", TELL_SECONDS, tell_of_undelivered)
