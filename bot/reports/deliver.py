"""Puts a report into the outbox: the message, then its chart."""

import base64

import structlog
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.reports import picture
from bot.views import report as report_view
from handoff.report import Report
from storage import outbox
from storage.database import Database

log = structlog.get_logger(__name__)

PURPOSE = "report"


async def deliver(database: Database, workspace_id: str, channel_id: str, report: Report) -> None:
    """Post the report in a channel, with its chart below it."""
    png = await drawn(report)
    async with database.transaction() as session:
        put(session, workspace_id, channel_id, report, png)


async def drawn(report: Report) -> bytes | None:
    """The chart; None when there are no ratings to draw, or when it cannot be drawn, for the words matter more."""
    if not any(arm.ratings for arm in report.arms):
        return None
    try:
        return await picture.chart_png(report)
    except picture.CannotDraw as error:
        log.error("chart_failed", error=str(error))
        return None


def put(session: AsyncSession, workspace_id: str, channel_id: str, report: Report, png: bytes | None) -> None:
    """Add the report's posts to the outbox, in the caller's transaction."""
    lane = f"report:{channel_id}"
    outbox.put(
        session,
        workspace_id,
        lane=lane,
        method="chat.postMessage",
        channel_id=channel_id,
        payload=report_view.message(report).as_payload(),
        purpose=PURPOSE,
    )
    if png is None:
        return
    outbox.put(
        session,
        workspace_id,
        lane=lane,
        method="files.upload",
        channel_id=channel_id,
        payload={
            "filename": f"baton-{report.first_day}-{report.last_day}.png",
            "title": report_view.title(report),
            "alt_text": report_view.chart_in_words(report),
            "content_base64": base64.b64encode(png).decode(),
        },
        purpose=PURPOSE,
    )
