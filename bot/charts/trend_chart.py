"""Draws twelve weeks as one picture: the satisfied share of both arms, and below what they differ by within topics."""

from collections.abc import Sequence
from itertools import pairwise

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from bot.charts.axis import axis_of_points
from bot.charts.chart import COLOURS, FAINT, GRID, INK, MARKERS, PAPER
from bot.views import report_words
from handoff.compared import FEWEST_RATINGS
from handoff.intervals import Interval, Tally, wilson
from handoff.report import ARM_TITLES, Report
from handoff.report_parts import TrendWeek
from storage.kinds import ResolvedBy

WIDTH_INCHES, HEIGHT_INCHES = 6.0, 5.6
FEWEST_WEEKS = 2
APART = 0.13
"""How far the dots of one week stand from its middle."""
ADJUSTED = "#008262"
LABELS = 6
"""Of weeks, at most: every second of twelve."""


def draw(report: Report) -> Figure | None:
    """The chart; None with fewer than two weeks that have a rating."""
    weeks = report.trend
    if sum(bool(week.ai.ratings or week.human.ratings) for week in weeks) < FEWEST_WEEKS:
        return None
    figure = Figure(figsize=(WIDTH_INCHES, HEIGHT_INCHES), facecolor=PAPER)
    figure.set_layout_engine("constrained", w_pad=0.12, h_pad=0.1)
    differ = any(week.adjusted for week in weeks)
    plots = figure.subplots(1 + differ, 1, sharex=True, squeeze=False, height_ratios=[3, 2][: 1 + differ])[:, 0]
    _prepare(plots[0], "Satisfied customers, week by week")
    for arm, shift in ((ResolvedBy.AI, -APART), (ResolvedBy.HUMAN, APART)):
        _draw_arm(plots[0], weeks, arm, shift)
    plots[0].set_ylim(0, 1.02)
    plots[0].set_yticks([0, 0.25, 0.5, 0.75, 1], ["0", "25", "50", "75", "100 %"])
    plots[0].legend(loc="lower left", ncols=2, frameon=False, fontsize=10, labelcolor=INK, handletextpad=0.2)
    if differ:
        _draw_differences(plots[1], weeks)
    _name_weeks(plots[-1], weeks)
    if report.simulated_behind:
        plots[0].set_title(f"{report.simulated_behind} simulated", loc="right", color=FAINT, fontsize=9)
    return figure


def _prepare(plot: Axes, title: str) -> None:
    plot.set_facecolor(PAPER)
    plot.set_title(title, loc="left", color=INK, fontsize=12.5, fontweight="bold")
    plot.tick_params(length=0, labelsize=10, labelcolor=INK)
    plot.grid(axis="y", color=GRID, linewidth=0.8)
    plot.set_axisbelow(True)
    for side in plot.spines.values():
        side.set_visible(False)


def _draw_arm(plot: Axes, weeks: Sequence[TrendWeek], arm: ResolvedBy, shift: float) -> None:
    tallies = [week.ai if arm is ResolvedBy.AI else week.human for week in weeks]
    found = [(index + shift, tally, wilson(tally)) for index, tally in enumerate(tallies)]
    colour = COLOURS[arm]
    for place, tally, interval in found:
        if interval:
            few = report_words.few(tally.ratings)
            plot.plot([place] * 2, [interval.low, interval.high], color=colour, linewidth=1.6, alpha=0.45 if few else 1)
            _dot(plot, place, interval.estimate, MARKERS[arm], colour, hollow=few)
    for one, other in pairwise(found):  # a line over weeks with too few would show what nobody measured
        if _enough(one[1]) and _enough(other[1]):
            shares = [tally.share or 0.0 for tally in (one[1], other[1])]
            plot.plot([one[0], other[0]], shares, color=colour, linewidth=1.2, alpha=0.6, zorder=1)
    plot.plot([], [], MARKERS[arm], color=colour, markersize=7, label=ARM_TITLES[arm])


def _enough(tally: Tally) -> bool:
    return tally.ratings >= FEWEST_RATINGS


def _dot(plot: Axes, place: float, height: float, marker: str, colour: str, *, hollow: bool) -> None:
    inside = PAPER if hollow else colour
    plot.plot([place], [height], marker, color=colour, markerfacecolor=inside, markersize=6.5, markeredgewidth=1.4)


def _draw_differences(plot: Axes, weeks: Sequence[TrendWeek]) -> None:
    _prepare(plot, "AI minus people, adjusted")
    plot.axhline(0, color=INK, linewidth=1.2)
    intervals: list[Interval] = []
    for index, week in enumerate(weeks):
        if week.adjusted is None:
            continue
        intervals.append(week.adjusted)
        hollow = not (_enough(week.ai) and _enough(week.human))
        plot.plot([index] * 2, [week.adjusted.low, week.adjusted.high], color=ADJUSTED, linewidth=1.8)
        _dot(plot, index, week.adjusted.estimate, "D", ADJUSTED, hollow=hollow)
    marks = axis_of_points(intervals)
    plot.set_ylim(marks[0].at, marks[-1].at)
    plot.set_yticks([mark.at for mark in marks], [mark.words for mark in marks])
    words = "▲ AI better · people better ▼"
    plot.text(1.0, 1.04, words, transform=plot.transAxes, color=INK, fontsize=9.5, ha="right", va="bottom")


def _name_weeks(plot: Axes, weeks: Sequence[TrendWeek]) -> None:
    every = -(-len(weeks) // LABELS)
    shown = [index for index in range(len(weeks)) if (len(weeks) - 1 - index) % every == 0]
    plot.set_xticks(shown, [f"{weeks[index].first_day.day} {weeks[index].first_day:%b}" for index in shown])
    plot.set_xlim(-0.6, len(weeks) - 0.4)
    words = f"weeks by their first day, with 95 % intervals; hollow: fewer than {FEWEST_RATINGS} ratings"
    plot.set_xlabel(words, color=FAINT, fontsize=9)
