"""The report for the terminal and for spreadsheets."""

import csv
import io

from bot.views import figures, report_words
from handoff.report import ARM_TITLES, ArmNumbers, Report, Satisfaction, TopicArm
from storage.kinds import ResolvedBy

WIDTH = 100
COLUMNS: tuple[str, ...] = (
    "scope",
    "topic",
    "title",
    "arm",
    "opened",
    "resolved",
    "confirmed",
    "assumed",
    "reopened",
    "asked",
    "answered",
    "response_rate",
    "ratings",
    "satisfied",
    "share",
    "share_low",
    "share_high",
    "first_reply_seconds",
    "resolution_seconds",
)
"""Of the CSV; numbers that a row does not have are left empty."""


def to_text(report: Report, *, width: int = WIDTH) -> str:
    """The report as plain text with tables, `width` characters wide."""
    lines = [
        f"{report_words.title(report)} ({report.time_zone})",
        report.comparison.headline,
        *report.comparison.notes,
        report_words.counts(report),
    ]
    if said := report_words.feedback(report):
        lines.append(f"Found by customers: {said}")
    if report.resolved:
        lines += [_table(*_arms(report), width), _table(*_topics(report), width)]
    if report.handoffs:
        rows = [[each.title, str(each.handoffs)] for each in report.handoff_reasons]
        lines.append(_table(["handed to people because", "times"], rows, width))
    if simulated := report.simulated_most:
        lines.append(f"Includes {simulated} simulated conversations.")
    return "\n".join(lines) + "\n"


def _table(headings: list[str], rows: list[list[str]], width: int) -> str:
    from rich.console import Console  # noqa: PLC0415 - for the command line only
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    table = Table(*headings)
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    page = io.StringIO()
    Console(file=page, width=width, color_system=None, force_terminal=False).print(table)
    return page.getvalue().rstrip("\n")


def _arms(report: Report) -> tuple[list[str], list[list[str]]]:
    arms = report.arms
    rated = [f"{arm.answered} of {arm.asked} ({figures.percent(arm.response_rate)})" for arm in arms]
    rows = [
        ["opened", *(str(arm.opened) for arm in arms)],
        ["resolved", *(str(arm.resolved) for arm in arms)],
        ["  confirmed", *(str(arm.confirmed) for arm in arms)],
        ["  assumed (silence)", *(str(arm.assumed) for arm in arms)],
        ["  reopened before", *(str(arm.reopened) for arm in arms)],
        ["satisfied (rated 4-5)", *(figures.satisfied(arm.tally) for arm in arms)],
        ["rated, of those asked", *rated],
        ["first reply, median", *(figures.duration(arm.first_reply_seconds) for arm in arms)],
        ["resolution, median", *(figures.duration(arm.resolution_seconds) for arm in arms)],
    ]
    return ["", *(ARM_TITLES[arm.arm] for arm in arms)], rows


def _topics(report: Report) -> tuple[list[str], list[list[str]]]:
    def cell(numbers: TopicArm) -> str:
        return f"{numbers.resolved}: {figures.satisfied(numbers.tally)}" if numbers.resolved else ""

    rows = [[topic.title, *(cell(topic.of(arm)) for arm in ResolvedBy)] for topic in report.topics]
    return ["topic (resolved: satisfied)", *ARM_TITLES.values()], rows


def to_csv(report: Report) -> str:
    """One row for each arm, then one for each arm of each topic; see `COLUMNS`."""
    lines = io.StringIO()
    writer = csv.DictWriter(lines, COLUMNS, restval="", lineterminator="\n")
    writer.writeheader()
    for arm in report.arms:
        writer.writerow({"scope": "arm", **_arm_cells(arm), **_rating_cells(arm)})
    for topic in report.topics:
        for arm in topic.arms:
            names = {"topic": topic.topic, "title": topic.title, "arm": arm.arm.value}
            writer.writerow({"scope": "topic", **names, "resolved": arm.resolved, **_rating_cells(arm)})
    return lines.getvalue()


def _arm_cells(arm: ArmNumbers) -> dict[str, object]:
    plain = ("opened", "resolved", "confirmed", "assumed", "reopened", "first_reply_seconds", "resolution_seconds")
    return {"arm": arm.arm.value, **{name: _cell(getattr(arm, name)) for name in plain}}


def _rating_cells(numbers: Satisfaction) -> dict[str, object]:
    interval = numbers.interval
    return {
        "asked": numbers.asked,
        "answered": numbers.answered,
        "response_rate": _cell(numbers.response_rate),
        "ratings": numbers.ratings,
        "satisfied": numbers.satisfied,
        "share": _cell(interval and interval.estimate),
        "share_low": _cell(interval and interval.low),
        "share_high": _cell(interval and interval.high),
    }


def _cell(value: float | None) -> object:
    return "" if value is None else round(value, 6)


def to_json(report: Report) -> str:
    """The report as JSON; its keys are those of `Report.model_json_schema(mode="serialization")`."""
    return report.model_dump_json(indent=2)
