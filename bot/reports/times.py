"""Gathers how long AI alone and people alone took, and when AI alone answered.

The moments of a week are read as plain numbers; `timing` works out the rest in a process of its own.
"""

import json
from dataclasses import dataclass

import structlog

from bot import apart, timing
from handoff.business_hours import BusinessHours
from handoff.report_parts import Times
from handoff.window import Window
from storage import durations
from storage.database import Database
from storage.kinds import ResolvedBy
from storage.row import now

log = structlog.get_logger(__name__)

PATIENCE = 60.0
NOT_MEASURED = "How long it takes: the process that measures it failed, and the log says why."


@dataclass(frozen=True, slots=True)
class Timed:
    """What was measured; of AI alone, how many answered while the desk was closed, and within a minute."""

    times: tuple[Times, ...] = ()
    resolved: int = 0
    """Conversations that AI alone resolved."""
    outside_hours: int | None = None
    within_a_minute: int = 0
    why_not: str = ""
    """Why nothing was measured, in a sentence."""


async def measure(database: Database, workspace_id: str, window: Window, hours: BusinessHours | None) -> Timed:
    """Measure what was resolved in a window.

    Args:
        database: where the conversations are.
        workspace_id: the Slack team.
        window: from when to when.
        hours: of the desk; without any, all hours count and nothing is outside of them.
    """
    async with database.snapshot() as session:
        found = await durations.of_resolved(session, workspace_id, window.since, window.until)
        seen = Window(since=window.since, until=max(window.since, min(window.until, now())))
        still_open = await durations.open_at(session, workspace_id, seen.until)
    if not any(moments.opened for moments in found.values()):
        return Timed()
    try:
        told = json.loads(
            await apart.run(timing.__name__, timing.pack(found, still_open, hours, seen), patience=PATIENCE)
        )
    except apart.Failed as failed:
        log.error("times_not_measured", error=str(failed))
        return Timed(resolved=len(found[ResolvedBy.AI].opened), why_not=NOT_MEASURED)
    times = tuple(Times.model_validate(each) for each in told.pop("times"))
    return Timed(times=times, **told)
