"""Draws risk against coverage as a PNG: what each threshold would answer, and how much of that would be wrong.

Run as `python -m bot.trust.plot` it reads a Plot as JSON and writes the picture; a server imports `picture` instead.
"""

import io
import sys

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import PercentFormatter

from bot.trust.plotted import Plotted
from handoff import rounding

WIDTH_INCHES, HEIGHT_INCHES = 6.0, 4.2
DOTS_PER_INCH = 180
FEW = 20
"""Below so many reviews a share says little: the line is drawn faint there."""
INK, FAINT, GRID = "#1d1c1d", "#616061", "#d8d8d8"
# Okabe and Ito's blue and vermilion, told apart by colour-blind eyes; line styles and marks tell them apart as well.
CURVE, LIMIT, PROVED = "#0072B2", "#D55E00", "#1d1c1d"


def draw(plotted: Plotted) -> bytes:
    """Draw the plot as a PNG, dark on white, so that it reads in dark mode too."""
    figure = Figure(figsize=(WIDTH_INCHES, HEIGHT_INCHES), dpi=DOTS_PER_INCH, facecolor="white")
    figure.set_layout_engine("constrained")
    plot = figure.subplots()
    _prepare(plot, plotted)
    _draw_curve(plot, plotted)
    _draw_limit(plot, plotted)
    _draw_threshold(plot, plotted)
    picture = io.BytesIO()
    figure.savefig(picture, format="png")
    return picture.getvalue()


def _prepare(plot: Axes, plotted: Plotted) -> None:
    plot.set_title(f"{plotted.title}: risk against coverage", loc="left", color=INK, fontsize=12, fontweight="bold")
    plot.set_xlim(0, 1.02)
    plot.set_ylim(0, _highest(plotted))
    plot.set_xlabel(f"share of questions answered\nfrom {plotted.reviews} reviews, weighted", color=FAINT, fontsize=10)
    plot.set_ylabel("wrong among the answered", color=FAINT, fontsize=10)
    plot.xaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    plot.yaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    plot.tick_params(length=0, labelsize=10, labelcolor=INK)
    plot.grid(color=GRID, linewidth=0.8)
    plot.set_axisbelow(True)
    for side in ("top", "right"):
        plot.spines[side].set_visible(False)
    for side in ("left", "bottom"):
        plot.spines[side].set_color(GRID)


def _highest(plotted: Plotted) -> float:
    """Room for the tolerance and the curve, but for its first, noisy reviews."""
    steady = [point.error for point in plotted.points if point.reviews >= FEW] or [0.0]
    return min(1.0, max(2.2 * plotted.tolerance, 1.15 * max(steady), 0.02))


def _draw_curve(plot: Axes, plotted: Plotted) -> None:
    few = [point for point in plotted.points if point.reviews < FEW]
    enough = [point for point in plotted.points if point.reviews >= FEW]
    for points, width, shade in ((few + enough[:1], 1.4, 0.35), (enough, 2.4, 1.0)):
        places = [point.coverage for point in points], [point.error for point in points]
        plot.plot(*places, color=CURVE, linewidth=width, alpha=shade, solid_capstyle="round", drawstyle="steps-post")
    if few and not enough:
        words = f"fewer than {FEW} reviews: read with care"
        plot.text(0.03, 0.9, words, transform=plot.transAxes, color=FAINT, fontsize=9.5)
    if not plotted.points:
        plot.text(0.5, 0.5, "no reviews yet", transform=plot.transAxes, color=FAINT, fontsize=12, ha="center")


def _draw_limit(plot: Axes, plotted: Plotted) -> None:
    plot.axhline(plotted.tolerance, color=LIMIT, linewidth=1.8, linestyle=(0, (5, 3)))
    words = f"tolerance {plotted.tolerance * 100:.4g} %"
    plot.annotate(
        words,
        (0.01, plotted.tolerance),
        xytext=(0, 4),
        textcoords="offset points",
        color=LIMIT,
        fontsize=10,
        fontweight="bold",
    )


def _draw_threshold(plot: Axes, plotted: Plotted) -> None:
    if plotted.threshold is None:
        return
    at = [point for point in plotted.points if point.threshold >= plotted.threshold]
    coverage = at[-1].coverage if at else 0.0
    kind, style = ("certified", "-") if plotted.certified else ("unproved", ":")
    plot.axvline(coverage, color=PROVED, linewidth=1.4, linestyle=style)
    if at:
        plot.plot([coverage], [at[-1].error], "D", color=PROVED, markersize=7)
    words = f"{kind} threshold {plotted.threshold:.2f}\nanswers {rounding.percent(coverage)}"
    left = coverage > 0.5  # noqa: PLR2004 - the words stand on the side with more room
    plot.annotate(
        words,
        (coverage, _highest(plotted)),
        xytext=(-6 if left else 6, -4),
        textcoords="offset points",
        ha="right" if left else "left",
        va="top",
        color=INK,
        fontsize=10,
    )


def main() -> None:
    """Read a plot as JSON from standard input, write its picture to standard output."""
    sys.stdout.buffer.write(draw(Plotted.model_validate_json(sys.stdin.buffer.read())))


if __name__ == "__main__":
    main()
