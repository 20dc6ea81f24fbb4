"""Draws the report as one picture: dots with whiskers, first the arms, then AI and people topic by topic.

Run as `python -m bot.reports.chart` it reads a report as JSON and writes the PNG; a server imports `picture` instead.
"""

import io
import sys
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from bot.views import figures
from bot.views import report as report_view
from handoff.report import ARM_TITLES, Report, Satisfaction
from storage.tables import ResolvedBy

TOPICS_DRAWN = 8
LONGEST_TITLE = 20
WIDTH_INCHES = 6.0
DOTS_PER_INCH = 180
"""1080 pixels wide: sharp on a phone, where the smallest letters still stand about 2 mm high."""
ARM_INCHES, TOPIC_INCHES = 0.6, 0.62
MARGINS_INCHES = 1.15

INK, FAINT, GRID = "#1d1c1d", "#616061", "#e3e3e3"
# Okabe and Ito's colours, told apart by colour-blind eyes; the shapes tell them apart without any colour.
COLOURS = {ResolvedBy.AI: "#0072B2", ResolvedBy.HUMAN: "#D55E00", ResolvedBy.AI_THEN_HUMAN: "#5b5b5b"}
MARKERS = {ResolvedBy.AI: "o", ResolvedBy.HUMAN: "s", ResolvedBy.AI_THEN_HUMAN: "D"}
OFFSET = 0.2
"""How far the two dots of a topic stand from its middle, in rows."""
RIGHT = 1.03
"""Where the numbers at the right begin, in widths of the plot."""


@dataclass(frozen=True, slots=True)
class Dot:
    """One dot with its whisker: at which height, whose, and of which numbers."""

    height: float
    arm: ResolvedBy
    numbers: Satisfaction


def draw(report: Report) -> bytes:
    """Draw the chart as a PNG."""
    topics = report_view.compared_topics(report)[:TOPICS_DRAWN]
    inches = [len(report_view.ORDER) * ARM_INCHES, len(topics) * TOPIC_INCHES][: 1 + bool(topics)]
    figure = Figure(figsize=(WIDTH_INCHES, sum(inches) + MARGINS_INCHES * len(inches)), dpi=DOTS_PER_INCH)
    figure.set_layout_engine("constrained")
    plots = figure.subplots(len(inches), 1, squeeze=False, height_ratios=inches)[:, 0]
    _draw_arms(plots[0], report)
    if topics:
        dots = [
            Dot(-row + sign * OFFSET, arm, topic.of(arm))
            for row, topic in enumerate(topics)
            for sign, arm in zip((1, -1), report_view.COMPARED, strict=True)
        ]
        _draw_topics(plots[1], dots, [_shortened(topic.title) for topic in topics])
    plots[-1].set_xlabel("satisfied: rated 4 or 5, with 95 % interval", color=FAINT, fontsize=10)
    picture = io.BytesIO()
    figure.savefig(picture, format="png")
    return picture.getvalue()


def _draw_arms(plot: Axes, report: Report) -> None:
    dots = [Dot(-row, arm, report.of(arm)) for row, arm in enumerate(report_view.ORDER)]
    _prepare(plot, [ARM_TITLES[dot.arm] for dot in dots], report_view.title(report))
    for dot in dots:
        _draw_dot(plot, dot, size=9)
        share = dot.numbers.tally.share
        words = f"{figures.percent(share)} of {dot.numbers.ratings}" if share is not None else "no ratings"
        _say(plot, dot.height + 0.02, words, INK, size=11, align="bottom", weight="bold")
        if dot.numbers.asked:
            _say(plot, dot.height - 0.04, f"{figures.percent(dot.numbers.response_rate)} answered", FAINT, align="top")


def _draw_topics(plot: Axes, dots: list[Dot], titles: list[str]) -> None:
    _prepare(plot, titles, "By topic")
    for dot in dots:
        _draw_dot(plot, dot, size=7)
        share = dot.numbers.tally.share
        words = f"{figures.percent(share)} of {dot.numbers.ratings}" if share is not None else "no ratings"
        _say(plot, dot.height, words, COLOURS[dot.arm])
    handles = [
        plot.plot([], [], MARKERS[arm], color=COLOURS[arm], markersize=7, label=ARM_TITLES[arm])[0]
        for arm in report_view.COMPARED
    ]
    plot.legend(
        handles=handles, loc="lower right", bbox_to_anchor=(1, 1), ncols=2, frameon=False, fontsize=10, borderpad=0.2
    )


def _prepare(plot: Axes, names: list[str], title: str) -> None:
    plot.set_title(title, loc="left", color=INK, fontsize=12, fontweight="bold", x=0)
    plot.set_xlim(0, 1)
    plot.set_xticks([0, 0.25, 0.5, 0.75, 1], ["0", "25", "50", "75", "100 %"])
    plot.set_ylim(-len(names) + 0.5, 0.5)
    plot.set_yticks([-row for row in range(len(names))], names)
    plot.tick_params(length=0, labelsize=10.5, labelcolor=INK)
    plot.grid(axis="x", color=GRID, linewidth=0.8)
    plot.set_axisbelow(True)
    for side in plot.spines.values():
        side.set_visible(False)


def _draw_dot(plot: Axes, dot: Dot, *, size: float) -> None:
    interval = dot.numbers.interval
    if interval is None:
        return
    colour = COLOURS[dot.arm]
    plot.plot([interval.low, interval.high], [dot.height] * 2, color=colour, linewidth=2.4, solid_capstyle="round")
    plot.plot([interval.estimate], [dot.height], MARKERS[dot.arm], color=colour, markersize=size, clip_on=False)


def _say(
    plot: Axes, height: float, words: str, colour: str, *, size: float = 9.5, align: str = "center", weight: str = ""
) -> None:
    where = plot.get_yaxis_transform()
    plot.text(
        RIGHT, height, words, transform=where, color=colour, fontsize=size, va=align, fontweight=weight or "normal"
    )


def _shortened(title: str) -> str:
    return title if len(title) <= LONGEST_TITLE else f"{title[: LONGEST_TITLE - 1].rstrip()}…"


def main() -> None:
    """Read a report as JSON from standard input, write its chart to standard output."""
    sys.stdout.buffer.write(draw(Report.model_validate_json(sys.stdin.buffer.read())))


if __name__ == "__main__":
    main()
