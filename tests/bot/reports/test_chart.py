"""The picture: drawn for whatever a week holds, in a process of its own."""

import io
import subprocess
import sys
from pathlib import Path

import pytest
from matplotlib.image import imread

from bot import reports
from bot.reports import chart, picture
from handoff.report import Report
from tests.bot.reports.samples import AI, EMPTY, FULL, HUMAN, ONE_ARM, arm, report, topic

MANY = report(
    *(topic(f"topic number {number} with a long name", arm(AI, 3, 9), arm(HUMAN, 9, 9)) for number in range(12))
)


@pytest.mark.parametrize("week", [EMPTY, ONE_ARM, FULL, MANY], ids=["empty", "one arm", "full", "many topics"])
def test_every_week_gives_a_picture_a_phone_can_show(week: Report) -> None:
    height, width, _ = imread(io.BytesIO(chart.draw(week)), format="png").shape
    assert width == 1080
    assert 500 <= height <= 1900


def test_a_dot_of_each_arms_own_colour_is_drawn() -> None:
    pixels = imread(io.BytesIO(chart.draw(FULL)), format="png")[..., :3]
    for colour in chart.COLOURS.values():
        wanted = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
        assert (abs(pixels - wanted).max(axis=2) < 0.01).sum() > 300


def test_a_long_title_stands_in_two_lines() -> None:
    assert chart._in_two_lines("Delivery and tracking") == "Delivery and\ntracking"  # pyright: ignore[reportPrivateUsage]
    assert chart._in_two_lines("word " * 20).count("\n") == 1  # pyright: ignore[reportPrivateUsage]


async def test_the_process_draws_what_the_function_draws() -> None:
    assert await reports.chart_png(ONE_ARM) == chart.draw(ONE_ARM)


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
    assert await reports.drawn(ONE_ARM) is None


async def test_without_ratings_there_is_nothing_to_draw() -> None:
    assert await reports.drawn(EMPTY) is None


def test_the_bot_starts_without_the_libraries_of_the_report() -> None:
    code = "import sys, bot.schedule; print([name for name in ('matplotlib', 'numpy', 'scipy') if name in sys.modules])"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
