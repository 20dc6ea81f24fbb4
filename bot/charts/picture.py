"""Has the charts drawn in a process of its own.

Drawing takes matplotlib a second of computing and 50 MB, which a server would not get back from a thread.
"""

from base64 import b64decode
from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel, ConfigDict

from bot import apart
from handoff.report import Report

PATIENCE_SECONDS = 60.0

Form = Literal["png", "svg"]


class CannotDraw(Exception):
    """The chart could not be drawn; the message is the end of what the drawing process said."""


class Order(BaseModel):
    """What is to be drawn."""

    model_config = ConfigDict(defer_build=True)

    report: Report
    form: Form


class Drawn(BaseModel):
    """The pictures in base64; empty where there was nothing to draw."""

    comparison: str = ""
    trend: str = ""


@dataclass(frozen=True, slots=True)
class Charts:
    """The pictures of a report; None where there is nothing to draw."""

    comparison: bytes | None = None
    trend: bytes | None = None


async def charts(report: Report, form: Form = "png") -> Charts:
    """The report's charts; none, and no process, when nobody gave a rating.

    Raises:
        CannotDraw: when the drawing fails or takes longer than a minute.
    """
    if not any(arm.ratings for arm in report.arms) and not any(week.ai.ratings for week in report.trend):
        return Charts()
    order = Order(report=report, form=form)
    try:
        wrote = await apart.run("bot.charts.drawing", order.model_dump_json().encode(), patience=PATIENCE_SECONDS)
    except apart.Failed as error:
        raise CannotDraw(str(error)) from error
    drawn = Drawn.model_validate_json(wrote)
    return Charts(b64decode(drawn.comparison) or None, b64decode(drawn.trend) or None)


async def chart_png(report: Report) -> bytes:
    """The chart of the comparison as a PNG.

    Raises:
        CannotDraw: when the drawing fails or takes longer than a minute, or there is nothing to draw.
    """
    drawn = await charts(report)
    if drawn.comparison is None:
        raise CannotDraw("No arm has 8 ratings, so there is no share to draw.")
    return drawn.comparison
