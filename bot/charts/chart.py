"""Draws the comparison as one picture: AI minus people as dots with whiskers, and below each arm's own share."""

import textwrap

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from bot.charts.axis import axis_of_points
from bot.charts.lettering import drawable
from bot.views import figures, report_words
from bot.views.report_differences import Difference, Kind, differences
from handoff.compared import FEWEST_RATINGS
from handoff.report import ARM_TITLES, Report
from handoff.rounding import size
from storage.kinds import ResolvedBy

LINE, SHORT_LINE = 17, 20
"""Characters of a name that stand in one of its two lines."""
WIDTH_INCHES = 6.0
SUMMARY_INCHES, TOPIC_INCHES, BARE_INCHES, ARM_INCHES = 0.62, 0.54, 0.34, 0.54
"""Heights of the rows; a topic that has no interval takes a line."""
HEAD_INCHES, FOOT_INCHES = 0.7, 0.62
MARGINS_INCHES = HEAD_INCHES + FOOT_INCHES
LEFT, RIGHT = 0.245, 0.665
"""Where the plots begin and end, in widths of the picture: names stand left of them, numbers right."""
NUMBERS = 1.04
"""Where the numbers begin, in widths of a plot."""
NUMBERS_LINE = 27
"""Small characters that stand right of a plot; of more, as with tens of thousands of ratings, each is smaller."""
GAP_INCHES = 0.2
"""Between the summaries and the topics."""

INK, FAINT, GRID, BAND, PAPER = "#1d1c1d", "#5c5b5c", "#d8d8d8", "#f4f4f4", "#ffffff"
# Okabe and Ito's colours, told apart by colour-blind eyes; the shapes tell them apart without any colour.
COLOURS = {ResolvedBy.AI: "#0072B2", ResolvedBy.HUMAN: "#D55E00", ResolvedBy.AI_THEN_HUMAN: "#5b5b5b"}
MARKERS = {ResolvedBy.AI: "o", ResolvedBy.HUMAN: "s", ResolvedBy.AI_THEN_HUMAN: "D"}
KINDS = {
    Kind.RAW: ("#8a8a8a", "o", 8.0, 1.8),
    Kind.ADJUSTED: ("#0072B2", "D", 8.5, 2.6),
    Kind.SINCE: ("#008262", "s", 9.5, 3.4),
    Kind.TOPIC: (INK, "o", 6.0, 1.8),
}
"""Colour, shape and size of the dot, and width of the whisker."""


def draw(report: Report) -> Figure | None:
    """The chart; None when no arm has ratings enough for a share."""
    if all(arm.ratings < FEWEST_RATINGS for arm in report.arms):
        return None
    rows = differences(report)
    heights = [MARGINS_INCHES + len(report_words.ORDER) * ARM_INCHES]
    if rows:
        heights.insert(0, MARGINS_INCHES + _places(rows)[1])
    whole = sum(heights)
    figure = Figure(figsize=(WIDTH_INCHES, whole), facecolor=PAPER)
    bottoms = [sum(heights[index + 1 :]) for index in range(len(heights))]
    plots = [
        figure.add_axes((LEFT, (bottom + FOOT_INCHES) / whole, RIGHT - LEFT, (height - MARGINS_INCHES) / whole))
        for height, bottom in zip(heights, bottoms, strict=True)
    ]
    if rows:
        _draw_differences(plots[0], rows, report)
    _draw_arms(plots[-1], report)
    return figure


def _draw_differences(plot: Axes, rows: list[Difference], report: Report) -> None:
    places, inches = _places(rows)
    days = figures.day_range(report.first_day, report.last_day)
    names = [_name(row, number) for number, row in enumerate(rows)]
    _prepare(plot, f"AI minus people, {days}", places, names, pad=24)
    plot.set_ylim(-inches, 0)
    for row, name in zip(rows, plot.get_yticklabels(), strict=True):
        name.set_fontsize(10 if row.interval else 9)
    marks = axis_of_points(row.interval for row in rows if row.interval)
    plot.set_xlim(marks[0].at, marks[-1].at)
    plot.axvline(0, color=INK, linewidth=1.2, zorder=1)
    plot.set_xticks([mark.at for mark in marks], [mark.words for mark in marks])
    for words, place, align in (("◀ people better", 0.0, "left"), ("AI better ▶", 1.0, "right")):
        plot.text(place, 1.0, words, transform=plot.transAxes, color=INK, fontsize=9.5, ha=align, va="bottom")
    for row, place in zip(rows, places, strict=True):
        _draw_difference(plot, row, place)
    plot.set_xlabel(
        "points of satisfied customers, with 95 % interval (square: valid at every look)\n"
        "at the right: ratings of AI + people, how many of the asked answered,\n"
        "and the smallest difference that could have been seen",
        color=FAINT,
        fontsize=9,
        x=(0.5 - LEFT) / (RIGHT - LEFT),
    )


def _places(rows: list[Difference]) -> tuple[list[float], float]:
    """The middles of the rows, in inches downwards from 0, and how high all are; a gap sets the topics apart."""
    places: list[float] = []
    height = 0.0
    for before, row in zip([None, *rows], rows, strict=False):
        if before and before.kind is not Kind.TOPIC and row.kind is Kind.TOPIC:
            height += GAP_INCHES
        size = SUMMARY_INCHES if row.kind is not Kind.TOPIC else TOPIC_INCHES if row.interval else BARE_INCHES
        places.append(-height - size / 2)
        height += size
    return places, height


def _draw_difference(plot: Axes, row: Difference, place: float) -> None:
    if row.interval is None:
        _say(plot, place, f"{row.why_not}: {row.ai.ratings:,} + {row.human.ratings:,}", FAINT, size=9)
        return
    colour, marker, size, width = KINDS[row.kind]
    plot.plot([row.interval.low, row.interval.high], [place] * 2, color=colour, linewidth=width, solid_capstyle="butt")
    plot.plot([row.interval.estimate], [place], marker, color=colour, markersize=size, clip_on=False)
    weight = "normal" if row.kind is Kind.TOPIC else "bold"
    _say(plot, place + 0.01, report_words.bounds(row.interval), INK, size=10.5, align="bottom", weight=weight)
    resting = _resting(row)
    small = 9 * min(1.0, NUMBERS_LINE / len(resting))
    _say(plot, place - 0.025, resting, FAINT, size=small, align="top")


def _resting(row: Difference) -> str:
    parts = [f"{row.ai.ratings:,} + {row.human.ratings:,}"]
    if row.answered is not None:
        parts.append(figures.percent(row.answered))
    if row.smallest_visible is not None:
        parts.append(f"sees {size(row.smallest_visible)}")
    return " · ".join(parts)


def _draw_arms(plot: Axes, report: Report) -> None:
    arms = [report.of(arm) for arm in report_words.ORDER]
    places = [-row - 0.5 for row in range(len(arms))]
    _prepare(plot, "Satisfied, by who resolved", places, [_in_two_lines(ARM_TITLES[arm.arm]) for arm in arms])
    plot.set_xlim(0, 1)
    plot.set_xticks([0, 0.25, 0.5, 0.75, 1], ["0", "25", "50", "75", "100 %"])
    for arm, place in zip(arms, places, strict=True):
        interval, colour = arm.interval, COLOURS[arm.arm]
        if interval is None or arm.ratings < FEWEST_RATINGS:
            few = f"{arm.satisfied} of {arm.ratings} satisfied\ntoo few for a share"
            _say(plot, place, few if arm.ratings else "no ratings", FAINT, size=9)
            continue
        plot.plot([interval.low, interval.high], [place] * 2, color=colour, linewidth=2.6, solid_capstyle="butt")
        plot.plot([interval.estimate], [place], MARKERS[arm.arm], color=colour, markersize=8.5, clip_on=False)
        _say(plot, place + 0.03, report_words.share(interval), INK, size=10.5, align="bottom", weight="bold")
        answered = f" · {figures.percent(arm.response_rate)} answered" if arm.asked else ""
        _say(plot, place - 0.04, f"of {arm.ratings:,}{answered}", FAINT, size=9, align="top")
    caption = "share of ratings that are 4 or 5, with 95 % interval"
    if simulated := report_words.simulated(report):
        caption += f"\n{simulated}"
    plot.set_xlabel(caption, color=FAINT, fontsize=9, x=(0.5 - LEFT) / (RIGHT - LEFT))


def _prepare(plot: Axes, title: str, places: list[float], names: list[str], *, pad: float = 10) -> None:
    plot.set_facecolor(PAPER)
    left = (0.02 - LEFT) / (RIGHT - LEFT)
    plot.set_title(title, loc="left", color=INK, fontsize=12.5, fontweight="bold", x=left, pad=pad)
    plot.set_ylim(places[-1] - 0.5, 0.02)
    plot.set_yticks(places, names)
    plot.tick_params(length=0, labelsize=10, labelcolor=INK)
    plot.grid(axis="x", color=GRID, linewidth=0.8, zorder=0.5)
    plot.set_axisbelow(True)
    for side in plot.spines.values():
        side.set_visible(False)


def _say(
    plot: Axes, height: float, words: str, colour: str, *, size: float, align: str = "center", weight: str = "normal"
) -> None:
    place = plot.get_yaxis_transform()
    plot.text(NUMBERS, height, words, transform=place, color=colour, fontsize=size, va=align, fontweight=weight)


def _name(row: Difference, number: int) -> str:
    shown = drawable(row.name, row.plain_name, f"topic {number}")
    return _in_two_lines(shown) if row.interval else textwrap.shorten(shown, SHORT_LINE, placeholder=" …")


def _in_two_lines(title: str) -> str:
    return "\n".join(textwrap.wrap(title, LINE, max_lines=2, placeholder=" …", break_long_words=True))
