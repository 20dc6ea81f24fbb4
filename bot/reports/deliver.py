"""Keeps a report, and puts it into the outbox: the message, then its chart."""

import base64

import structlog
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.reports import keeping, picture
from bot.reports.keeping import ASKED_FOR, Occasion
from bot.views import report as report_view
from handoff.report import Report
from storage import outbox
from storage.database import Database

log = structlog.get_logger(__name__)

PURPOSE = "report"


async def deliver(
    database: Database, workspace_id: str, channel_id: str, report: Report, occasion: Occasion = ASKED_FOR
) -> str:
    """Post the report in a channel, with its chart below it; returns the id under which it is kept."""
    png = await drawn(report)
    async with database.transaction() as session:
        return put(session, workspace_id, channel_id, report, png, occasion=occasion)


async def drawn(report: Report) -> bytes | None:
    """The chart; None when there are no ratings to draw, or when it cannot be drawn, for the words matter more."""
    if not any(arm.ratings for arm in report.arms):
        return None
    try:
        return await picture.chart_png(report)
    except picture.CannotDraw as error:
        log.error("chart_failed", error=str(error))
        return None


def put(
    session: AsyncSession,
    workspace_id: str,
    channel_id: str,
    report: Report,
    png: bytes | None,
    *,
    occasion: Occasion = ASKED_FOR,
) -> str:
    """Keep the report and add its posts to the outbox, in the caller's transaction; returns the id of the kept one."""
    kept_id = keeping.keep(session, workspace_id, report, channel_id, occasion)
    outbox.put(
        session,
        workspace_id,
        lane=f"report:{channel_id}",
        method="chat.postMessage",
        channel_id=channel_id,
        payload={**report_view.message(report).as_payload(), "about": {"kept_report_id": kept_id}},
        purpose=PURPOSE,
    )
    if png is not None:
        _put_chart(session, workspace_id, channel_id, report, png)
    return kept_id


def _put_chart(session: AsyncSession, workspace_id: str, channel_id: str, report: Report, png: bytes) -> None:
    outbox.put(
        session,
        workspace_id,
        lane=f"report:{channel_id}",
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
