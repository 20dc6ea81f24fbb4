"""Has the chart drawn in a process of its own.

Drawing takes matplotlib a second of computing and 50 MB, which a server would not get back from a thread.
"""

from bot import apart
from handoff.report import Report

PATIENCE_SECONDS = 60.0


class CannotDraw(Exception):
    """The chart could not be drawn; the message is the end of what the drawing process said."""


async def chart_png(report: Report) -> bytes:
    """The report's chart as a PNG.

    Raises:
        CannotDraw: when the drawing fails or takes longer than a minute.
    """
    try:
        return await apart.run("bot.reports.chart", report.model_dump_json().encode(), patience=PATIENCE_SECONDS)
    except apart.Failed as error:
        raise CannotDraw(str(error)) from error
