"""Each night: find the themes of the last full week and name the new ones, so that the morning's report has them."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import TYPE_CHECKING

import structlog

from bot.runtime import Runtime
from bot.themes import finding, naming, vectors
from handoff import window
from storage import job_runs

if TYPE_CHECKING:
    from bot.models.endpoint import Endpoint

log = structlog.get_logger(__name__)

JOB = "nightly_themes"
HELD_SECONDS = 900.0
"""After so long a process that did not say that it is done counts as dead: grouping and a call take minutes at most."""


def job(runtime: Runtime, endpoint: "Endpoint | None") -> Callable[[datetime], Awaitable[None]]:
    """The work of a night, once among all processes.

    Args:
        runtime: of the workspace.
        endpoint: of the model that names; None where words do.
    """

    async def work(due: datetime) -> None:
        run = (runtime.workspace_id, JOB, due)
        async with runtime.database.transaction() as session:
            lease = await job_runs.hold(session, *run, seconds=HELD_SECONDS)
        if lease is None:
            return
        try:
            await _find_and_name(runtime, endpoint, due)
        except BaseException:  # who is stopped in the night need not let the others wait for the end of the lease
            async with runtime.database.transaction() as session:
                await job_runs.give_back(session, *run, lease)
            raise
        async with runtime.database.transaction() as session:
            await job_runs.finish(session, *run, lease)

    return work


async def _find_and_name(runtime: Runtime, endpoint: "Endpoint | None", due: datetime) -> None:
    week = window.last_full_week(due, runtime.time_zone)
    by = vectors.Asker(runtime.budget, runtime.meaning.endpoint) if runtime.meaning else None
    found = await finding.anew(runtime.database, runtime.workspace_id, week, by)
    named = await naming.name(runtime.budget, endpoint) if endpoint and found["themes"] else 0
    log.info("themes_found", week=week.since.date().isoformat(), themes=len(found["themes"]), named=named)
