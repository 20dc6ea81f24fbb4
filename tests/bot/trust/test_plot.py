"""The plot of risk against coverage: a picture, the same in words, and a clear end when it cannot be drawn."""

import struct
import subprocess
import sys

import pytest

from bot.charts.picture import CannotDraw
from bot.trust import plot, plotted
from bot.trust.plotted import Plotted
from handoff.risk_coverage import Weighed, curve

ROWS = [Weighed(0.99 - number / 100, number % 9 == 8, 2.0) for number in range(60)]
PROVED = Plotted(title="Returns", tolerance=0.05, threshold=0.7, certified=True, points=tuple(curve(ROWS)))
NOTHING = Plotted(title="<Returns> & more", tolerance=0.02)
FEW = PROVED.model_copy(update={"points": PROVED.points[:5], "threshold": None, "certified": False})


@pytest.mark.parametrize("shown", [PROVED, NOTHING, FEW], ids=["proved", "nothing", "few"])
def test_a_plot_is_a_picture_large_enough_to_read_on_a_phone(shown: Plotted) -> None:
    png = plot.draw(shown)
    assert png.startswith(b"\x89PNG")
    width, height = struct.unpack(">II", png[16:24])
    assert (width, height) == (1080, 756)


def test_a_plot_says_in_words_what_it_shows() -> None:
    words = PROVED.in_words()
    assert "Returns, from 60 reviews: answering everything, 10 % would be wrong" in words
    assert "at the certified threshold 0.70 it answers 50 %" in words
    assert words.endswith("tolerance 5 %.")
    assert NOTHING.in_words() == "<Returns> & more: no reviews yet; tolerance 2 %."
    assert "threshold" not in FEW.in_words()


async def test_the_process_draws_what_the_function_draws() -> None:
    assert await plotted.picture(PROVED) == plot.draw(PROVED)


async def test_a_drawing_that_fails_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with pytest.raises(CannotDraw):
        await plotted.picture(PROVED)


def test_trust_loads_neither_the_drawing_library_nor_those_of_fits() -> None:
    code = "import sys, bot.trust; print(sorted({'matplotlib', 'numpy', 'scipy', 'sklearn'} & set(sys.modules)))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
