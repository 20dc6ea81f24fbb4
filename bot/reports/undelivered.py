"""Tells managers once of a report that Slack does not take: in their channel, or directly where that is the trouble."""

import structlog

from bot.runtime import Runtime
from bot.slack import posts
from bot.views import undelivered as view
from storage import kept_reports
from storage.kept_reports import Listed

log = structlog.get_logger(__name__)

PURPOSE = "undelivered"
DIRECTLY = "direct"
MOST_TOLD = 10
"""How many managers get a direct message."""


async def tell(runtime: Runtime) -> None:
    """Tell of every report that is in trouble and that nobody was told of."""
    async with runtime.database.reading() as session:
        waiting = await kept_reports.untold(session, runtime.workspace_id)
    for kept in waiting:
        await _tell(runtime, kept)


async def _tell(runtime: Runtime, kept: Listed) -> None:
    managers = runtime.channels.managers
    theirs = managers in (kept.channel_id, kept.told_in)
    told_in = DIRECTLY if theirs else managers
    readers = sorted(await runtime.people.managers())[:MOST_TOLD] if theirs else [managers]
    if not readers:
        log.error("report_undelivered_untold", report=kept.id, trouble=kept.trouble)
    post = view.undelivered(kept, tried_again=bool(kept.channel_id))
    async with runtime.database.transaction() as session:
        if not await kept_reports.claim_telling(session, runtime.workspace_id, kept.id, told_in):
            return
        about = {"undelivered_id": kept.id if not theirs else ""}
        for reader in readers:
            posts.to_channel(session, runtime.workspace_id, reader, post, purpose=PURPOSE, about=about)
    runtime.posted()
