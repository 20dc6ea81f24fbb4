"""The pictures: drawn for whatever a week holds, in a process of its own."""

import io
import subprocess
import sys
import warnings
from base64 import b64decode
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from matplotlib import font_manager
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.image import imread
from matplotlib.text import Text

from bot import apart, reports
from bot.charts import chart, drawing, lettering, picture, trend_chart
from bot.charts.picture import Drawn, Order
from handoff.report import Report
from tests.bot.reports.samples import (
    AI,
    ALL_FIVES,
    EMPTY,
    FEW,
    FULL,
    HUMAN,
    NASTY,
    ONE_ARM,
    WHOLE,
    arm,
    report,
    topic,
)

MANY = report(
    *(topic(f"topic number {number} with a long name", arm(AI, 13, 19), arm(HUMAN, 9, 9)) for number in range(12))
)


def drawn(week: Report) -> Drawn:
    """The pictures of a report; what matplotlib grumbles at fails."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        return drawing.draw(Order(report=week, form="png"))


def test_the_numbers_of_very_many_ratings_stand_inside_of_the_picture() -> None:
    many = report(topic("hours", arm(AI, 49_990, 50_000), arm(HUMAN, 24_000, 24_030)), opened=150_000)
    lettering.prepare()
    figure = chart.draw(many)
    assert figure
    FigureCanvasAgg(figure).draw()
    written = [each for each in figure.findobj(Text) if each.get_text()]
    assert "50,000 + 24,030 · 50 % · sees 0.1" in [each.get_text() for each in written]
    assert [each.get_text() for each in written if each.get_window_extent().x1 > figure.bbox.width] == []


def pixels(encoded: str) -> "tuple[int, int, object]":
    picture = imread(io.BytesIO(b64decode(encoded)), format="png")
    return picture.shape[0], picture.shape[1], picture[..., :3]


WEEKS = {"one arm": ONE_ARM, "full": FULL, "all fives": ALL_FIVES, "whole": WHOLE, "many": MANY, "nasty": NASTY}


@pytest.mark.parametrize("week", WEEKS.values(), ids=WEEKS)
def test_every_week_gives_a_picture_a_phone_can_show(week: Report) -> None:
    height, width, _ = pixels(drawn(week).comparison)
    assert width == 1080
    assert 500 <= height <= 2100


@pytest.mark.parametrize("week", WEEKS.values(), ids=WEEKS)
def test_no_word_is_cut_off_or_lies_on_another(week: Report) -> None:
    lettering.prepare()
    for figure in (chart.draw(week), trend_chart.draw(week)):
        if figure:
            _assert_words_have_room(figure)


def _assert_words_have_room(figure: Figure) -> None:
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    width, height = canvas.get_width_height()
    boxes = [
        (text.get_text(), text.get_window_extent(canvas.get_renderer()))
        for text in figure.findobj(Text)
        if text.get_text().strip() and text.get_visible()
    ]
    assert len(boxes) > 5
    for words, box in boxes:
        assert box.x0 >= 0 and box.y0 >= 0 and box.x1 <= width and box.y1 <= height, words
    for index, (words, box) in enumerate(boxes):
        for other_words, other in boxes[index + 1 :]:
            assert not box.padded(-1).overlaps(other.padded(-1)), (words, other_words)


@pytest.mark.parametrize("week", [EMPTY, FEW], ids=["empty", "few"])
def test_of_too_few_ratings_there_is_no_picture(week: Report) -> None:
    assert drawn(week) == Drawn()


def test_a_trend_takes_two_weeks() -> None:
    assert drawn(FULL).trend == ""
    assert drawn(WHOLE).trend
    one_week = WHOLE.model_copy(update={"trend": WHOLE.trend[:1]})
    assert drawn(one_week).trend == ""


def test_weeks_with_too_few_ratings_are_hollow() -> None:
    figure = trend_chart.draw(WHOLE)
    assert figure
    dots = [line for line in figure.axes[0].lines if np.size(line.get_xdata()) == 1]
    hollow = [line for line in dots if line.get_markerfacecolor() == chart.PAPER]
    assert (len(dots), len(hollow)) == (24, 4)


def test_a_dot_of_each_arms_own_colour_is_drawn() -> None:
    _, _, shown = pixels(drawn(FULL).comparison)
    for colour in chart.COLOURS.values():
        wanted = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
        assert (abs(shown - wanted).max(axis=2) < 0.01).sum() > 300  # pyright: ignore


def test_letters_stand_out_from_their_own_background() -> None:
    """Contrast by WCAG 2.1: 4.5 for letters, 3 for what is drawn; the paper is opaque, so dark mode changes nothing."""
    for colour in (chart.INK, chart.FAINT):
        assert contrast(colour, chart.PAPER) >= 4.5
    for colour in [*chart.COLOURS.values(), *(kind[0] for kind in chart.KINDS.values()), trend_chart.ADJUSTED]:
        assert contrast(colour, chart.PAPER) >= 3
    picture = imread(io.BytesIO(b64decode(drawn(FULL).comparison)), format="png")
    assert picture.shape[2] == 3 or picture[..., 3].min() == 1


def contrast(one: str, other: str) -> float:
    def luminance(colour: str) -> float:
        parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
        red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_a_long_title_stands_in_two_lines() -> None:
    assert chart._in_two_lines("Delivery and tracking") == "Delivery and\ntracking"  # pyright: ignore[reportPrivateUsage]
    assert chart._in_two_lines("word " * 20).count("\n") == 1  # pyright: ignore[reportPrivateUsage]


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("Retours & échanges", "Retours & échanges"),
        ("Возврат", "Возврат"),
        ("Returns 📦", "Returns"),
        ("$50 vouchers $", "$50 vouchers $"),
        ("退货", "returns"),
        ("📦📦", "returns"),
    ],
)
def test_a_name_is_drawn_with_the_letters_there_are(monkeypatch: pytest.MonkeyPatch, title: str, shown: str) -> None:
    monkeypatch.setattr(lettering, "OTHERS", ())
    for kept in (lettering._letters, lettering._others):  # pyright: ignore[reportPrivateUsage]
        kept.cache_clear()
    lettering.prepare()
    assert lettering.drawable(title, "returns") == shown
    week = report(topic("returns", arm(AI, 20, 24), arm(HUMAN, 9, 12), title=title))
    assert drawn(week).comparison


async def test_a_font_that_is_not_there_changes_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    wanted = await reports.charts(FULL)
    settings = tmp_path / "matplotlibrc"
    settings.write_text("font.family: No Such Font\nfont.sans-serif: Nor This One\n")
    monkeypatch.setenv("MATPLOTLIBRC", str(settings))
    assert await reports.charts(FULL) == wanted


@pytest.mark.parametrize("left", [None, b"no font any more"])
def test_a_font_that_is_gone_since_it_was_listed_changes_nothing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, left: bytes | None
) -> None:
    gone = tmp_path / "gone.otf"
    if left:
        gone.write_bytes(left)
    monkeypatch.setattr(lettering, "OTHERS", ("Noto Sans CJK SC",))
    monkeypatch.setattr(font_manager.fontManager, "ttflist", [*font_manager.fontManager.ttflist, listed(gone)])
    for kept in (lettering._letters, lettering._others):  # pyright: ignore[reportPrivateUsage]
        monkeypatch.setattr(lettering, kept.__name__, cache(kept.__wrapped__))
    lettering.prepare()
    assert lettering.drawable("退货", "returns") == "returns"
    assert drawn(FULL).comparison


def listed(path: Path) -> font_manager.FontEntry:
    return font_manager.FontEntry(fname=str(path), name="Noto Sans CJK SC")


async def test_the_process_draws_what_the_function_draws() -> None:
    assert await reports.chart_png(ONE_ARM) == b64decode(drawn(ONE_ARM).comparison)


async def test_a_drawing_that_fails_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with pytest.raises(picture.CannotDraw):
        await reports.chart_png(ONE_ARM)


async def test_a_drawing_that_hangs_is_given_up(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    endless = tmp_path / "endless"
    endless.write_text("#!/bin/sh\nexec sleep 60\n")
    endless.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(endless))
    monkeypatch.setattr(picture, "PATIENCE_SECONDS", 0.05)
    with pytest.raises(picture.CannotDraw):
        await reports.chart_png(ONE_ARM)


async def test_without_a_picture_the_words_still_go_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/false")
    assert await reports.drawn(ONE_ARM) == reports.Charts()


async def test_without_ratings_no_process_is_started(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(apart, "run")
    assert await reports.drawn(EMPTY) == reports.Charts()
    with pytest.raises(picture.CannotDraw, match="no share to draw"):
        await reports.chart_png(EMPTY)


def test_the_bot_starts_without_the_libraries_of_the_report() -> None:
    code = "import sys, bot.schedule; print([name for name in ('matplotlib', 'numpy', 'scipy') if name in sys.modules])"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
