"""Gathers what the AI is worth beside its ratings: times, people's time, what was not possible before, estimates."""

import asyncio
from collections.abc import Awaitable
from typing import Any

from bot.reports import beyond, estimates, saving, times
from bot.team import Desk
from handoff.report import Report
from handoff.report_parts import Saving
from handoff.window import Window
from storage.database import Database
from storage.kinds import ResolvedBy


async def of_report(
    database: Database, workspace_id: str, window: Window, desk: Desk, *, time_zone: str, counting: Awaitable[Report]
) -> dict[str, Any]:
    """The fields of a report that tell it.

    Args:
        database: where the conversations are.
        workspace_id: the Slack team.
        window: of the report.
        desk: when people are there and what they speak.
        time_zone: of the report.
        counting: becomes the report that says how many conversations AI alone resolved.
    """
    about = (database, workspace_id, window)

    async def weigh() -> Saving | None:
        return await saving.weigh(*about, (await counting).of(ResolvedBy.AI).resolved)

    timed, weighed, right, satisfied = await asyncio.gather(
        times.measure(*about, desk.hours(time_zone)),
        weigh(),
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
