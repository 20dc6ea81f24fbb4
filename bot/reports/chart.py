"""Draws the report as one picture: dots with whiskers, first the arms, then AI and people topic by topic.

Run as `python -m bot.reports.chart` it reads a report as JSON and writes the PNG; a server imports `picture` instead.
"""

import io
import sys
import textwrap
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from bot.views import figures
from bot.views import report as report_view
from handoff.report import ARM_TITLES, Report, Satisfaction
from storage.kinds import ResolvedBy

TOPICS_DRAWN = 8
NO_RATINGS = "no ratings"
LINE = 17
"""Characters of a topic's title that stand in one of its two lines."""
WIDTH_INCHES = 6.0
DOTS_PER_INCH = 180
"""1080 pixels wide: sharp on a phone, where the smallest letters still stand about 2 mm high."""
ARM_INCHES, TOPIC_INCHES = 0.7, 0.62
MARGINS_INCHES = 1.15

INK, FAINT, GRID, BAND = "#1d1c1d", "#616061", "#d8d8d8", "#f5f5f5"
# Okabe and Ito's colours, told apart by colour-blind eyes; the shapes tell them apart without any colour.
COLOURS = {ResolvedBy.AI: "#0072B2", ResolvedBy.HUMAN: "#D55E00", ResolvedBy.AI_THEN_HUMAN: "#5b5b5b"}
MARKERS = {ResolvedBy.AI: "o", ResolvedBy.HUMAN: "s", ResolvedBy.AI_THEN_HUMAN: "D"}
OFFSET = 0.21
"""How far the two dots of a topic stand from its middle, in rows."""
RIGHT = 1.045
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
    figure.set_layout_engine("constrained", w_pad=0.1, h_pad=0.1)
    plots = figure.subplots(len(inches), 1, squeeze=False, height_ratios=inches)[:, 0]
    _draw_arms(plots[0], report)
    if topics:
        dots = [
            Dot(-row + sign * OFFSET, arm, topic.of(arm))
            for row, topic in enumerate(topics)
            for sign, arm in zip((1, -1), report_view.COMPARED, strict=True)
        ]
        _draw_topics(plots[1], dots, [_in_two_lines(topic.title) for topic in topics])
    caption = "share of ratings that are 4 or 5, with 95 % interval"
    if simulated := report.simulated_most:
        caption += f"\nincludes {simulated} simulated conversations"
    plots[-1].set_xlabel(caption, color=FAINT, fontsize=10)
    picture = io.BytesIO()
    figure.savefig(picture, format="png")
    return picture.getvalue()


def _draw_arms(plot: Axes, report: Report) -> None:
    dots = [Dot(-row, arm, report.of(arm)) for row, arm in enumerate(report_view.ORDER)]
    days = figures.day_range(report.first_day, report.last_day)
    _prepare(plot, [ARM_TITLES[dot.arm] for dot in dots], f"Satisfied customers, {days}")
    for dot in dots:
        _draw_dot(plot, dot, size=9)
        if dot.numbers.ratings == 0:
            _say(plot, dot.height, NO_RATINGS, FAINT)
            continue
        _say(plot, dot.height + 0.09, figures.percent(dot.numbers.tally.share), INK, size=12, align="bottom")
        of_how_many = f"of {dot.numbers.ratings} ratings"
        if dot.numbers.asked:
            of_how_many += f"\n{figures.percent(dot.numbers.response_rate)} answered"
        _say(plot, dot.height + 0.05, of_how_many, FAINT, align="top")


def _draw_topics(plot: Axes, dots: list[Dot], titles: list[str]) -> None:
    _prepare(plot, titles, "By topic")
    for dot in dots:
        _draw_dot(plot, dot, size=7)
        share = dot.numbers.tally.share
        words = NO_RATINGS if share is None else f"{figures.percent(share)} of {dot.numbers.ratings}"
        _say(plot, dot.height, words, COLOURS[dot.arm])
    for arm in report_view.COMPARED:
        plot.plot([], [], MARKERS[arm], color=COLOURS[arm], markersize=7, label=ARM_TITLES[arm])
    beside_the_title = (0.27, 0.99)
    plot.legend(
        loc="lower left",
        bbox_to_anchor=beside_the_title,
        ncols=2,
        frameon=False,
        fontsize=10,
        labelcolor=INK,
        handletextpad=0.1,
        columnspacing=0.9,
        borderaxespad=0,
    )


def _prepare(plot: Axes, names: list[str], title: str) -> None:
    plot.set_title(title, loc="left", color=INK, fontsize=12, fontweight="bold", x=0)
    plot.set_xlim(0, 1)
    plot.set_xticks([0, 0.25, 0.5, 0.75, 1], ["0", "25", "50", "75", "100 %"])
    plot.set_ylim(-len(names) + 0.5, 0.5)
    plot.set_yticks([-row for row in range(len(names))], names)
    plot.tick_params(length=0, labelsize=10.5, labelcolor=INK)
    for row in range(0, len(names), 2):
        plot.axhspan(-row - 0.5, -row + 0.5, color=BAND, linewidth=0, zorder=0)
    plot.grid(axis="x", color=GRID, linewidth=0.8, zorder=0.5)
    for side in plot.spines.values():
        side.set_visible(False)


def _draw_dot(plot: Axes, dot: Dot, *, size: float) -> None:
    interval = dot.numbers.interval
    if interval is None:
        return
    colour = COLOURS[dot.arm]
    plot.plot([interval.low, interval.high], [dot.height] * 2, color=colour, linewidth=2.4, solid_capstyle="round")
    plot.plot([interval.estimate], [dot.height], MARKERS[dot.arm], color=colour, markersize=size, clip_on=False)


def _say(plot: Axes, height: float, words: str, colour: str, *, size: float = 9.5, align: str = "center") -> None:
    place = plot.get_yaxis_transform()
    weight = "bold" if colour == INK else "normal"
    plot.text(RIGHT, height, words, transform=place, color=colour, fontsize=size, va=align, fontweight=weight)


def _in_two_lines(title: str) -> str:
    return "\n".join(textwrap.wrap(title, LINE, max_lines=2, placeholder=" …", break_long_words=True))


def main() -> None:
    """Read a report as JSON from standard input, write its chart to standard output."""
    sys.stdout.buffer.write(draw(Report.model_validate_json(sys.stdin.buffer.read())))


if __name__ == "__main__":
    main()
