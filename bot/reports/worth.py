"""Gathers what the AI is worth beside its ratings: times, people's time, what was not possible before, estimates."""

import asyncio
from typing import Any

from bot.reports import beyond, estimates, saving, times
from bot.team import Desk
from handoff.report import Report
from storage.database import Database
from storage.kinds import ResolvedBy


async def of_report(database: Database, report: Report, desk: Desk) -> dict[str, Any]:
    """The fields of a report that tell it; `desk` says when people are there and what they speak."""
    about = (database, report.workspace_id, report.window)
    timed, weighed, right, satisfied = await asyncio.gather(
        times.measure(*about, desk.hours(report.time_zone)),
        saving.weigh(*about, report.of(ResolvedBy.AI).resolved),
        estimates.right_replies(*about),
        estimates.satisfied_customers(*about),
    )
    return {
        "times": timed.times,
        "beyond": await beyond.count(*about, desk.languages, timed),
        "saving": weighed,
        "right": right.estimated,
        "satisfied": satisfied.estimated,
        "left_out": tuple(filter(None, (timed.why_not, saving.why_no_net(weighed), right.why_not, satisfied.why_not))),
    }
