"""Keeps a report, and puts it into the outbox: the message, then its charts."""

import base64
from dataclasses import dataclass

import structlog
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.charts import picture
from bot.charts.picture import Charts
from bot.reports import keeping
from bot.reports.keeping import ASKED_FOR, Occasion
from bot.reports.sheet import to_csv
from bot.slack.posts import BELOW
from bot.views import report as report_view
from bot.views import report_alt, report_words
from handoff.report import Report
from storage import outbox
from storage.database import Database

log = structlog.get_logger(__name__)

PURPOSE = "report"


async def deliver(
    database: Database, workspace_id: str, channel_id: str, report: Report, occasion: Occasion = ASKED_FOR
) -> str:
    """Post the report in a channel, with its charts below it; returns the id under which it is kept."""
    charts = await drawn(report)
    async with database.transaction() as session:
        return put(session, workspace_id, channel_id, report, charts, occasion=occasion)


async def drawn(report: Report) -> Charts:
    """The charts, those for which there is something to draw; none when drawing fails, for the words matter more."""
    try:
        return await picture.charts(report)
    except picture.CannotDraw as error:
        log.error("chart_failed", error=str(error))
        return Charts()


def put(
    session: AsyncSession,
    workspace_id: str,
    channel_id: str,
    report: Report,
    charts: Charts,
    *,
    occasion: Occasion = ASKED_FOR,
) -> str:
    """Keep the report and add its posts to the outbox, in the caller's transaction; returns the id of the kept one."""
    kept_id = keeping.keep(session, workspace_id, report, channel_id, occasion)
    message = outbox.put(
        session,
        workspace_id,
        lane=f"report:{channel_id}",
        method="chat.postMessage",
        channel_id=channel_id,
        payload={**report_view.message(report, kept_id).as_payload(), "about": {"kept_report_id": kept_id}},
        purpose=PURPOSE,
    )
    title = report_words.title(report)
    drawn_and_told = (
        (charts.comparison, "png", title, report_alt.chart_in_words(report)),
        (charts.trend, "trend.png", f"{title}: week by week", report_alt.trend_in_words(report)),
    )
    for content, ending, shown, told in drawn_and_told:
        if content:
            file = File(report_view.file_name(report, ending), content, shown, told)
            _put_file(session, workspace_id, channel_id, file, below=message)
    return kept_id


def put_csv(session: AsyncSession, workspace_id: str, channel_id: str, report: Report, *, thread_ts: str = "") -> None:
    """Add the report's numbers as a file to the outbox, in the caller's transaction."""
    name = report_view.file_name(report, "csv")
    file = File(name, to_csv(report).encode(), f"{report_words.title(report)}: the numbers as CSV")
    _put_file(session, workspace_id, channel_id, file, thread_ts=thread_ts)


@dataclass(frozen=True, slots=True)
class File:
    """What is uploaded."""

    name: str
    content: bytes
    title: str
    alt_text: str = ""


def _put_file(
    session: AsyncSession, workspace_id: str, channel_id: str, file: File, *, thread_ts: str = "", below: str = ""
) -> None:
    """Add a file to the outbox; one that stands below another post is not uploaded when Slack refused that one."""
    outbox.put(
        session,
        workspace_id,
        lane=f"report:{channel_id}",
        method="files.upload",
        channel_id=channel_id,
        payload={
            "filename": file.name,
            "title": file.title,
            "content_base64": base64.b64encode(file.content).decode(),
        }
        | ({"alt_text": file.alt_text} if file.alt_text else {})
        | ({"thread_ts": thread_ts} if thread_ts else {})
        | ({"about": {BELOW: below}} if below else {}),
        purpose=PURPOSE,
    )
