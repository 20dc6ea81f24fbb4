"""Draws the charts of a report. Run as `python -m bot.charts.drawing` it reads an order and writes the pictures.

A server has it done in a process of its own, by `picture`.
"""

import io
import sys
from base64 import b64encode

from matplotlib.figure import Figure

from bot.charts import chart, lettering, trend_chart
from bot.charts.picture import Drawn, Order

DOTS_PER_INCH = 180
"""1080 pixels wide: sharp on a phone, where the smallest letters still stand about 2 mm high."""


def draw(order: Order) -> Drawn:
    """Draw what there is to draw."""
    lettering.prepare()
    comparison, trend = chart.draw(order.report), trend_chart.draw(order.report)
    return Drawn(comparison=_written(comparison, order.form), trend=_written(trend, order.form))


def _written(figure: Figure | None, form: str) -> str:
    if figure is None:
        return ""
    page = io.BytesIO()
    figure.savefig(page, format=form, dpi=DOTS_PER_INCH, metadata={"Date": None} if form == "svg" else None)
    return b64encode(page.getvalue()).decode()


def main() -> None:
    """Read an order as JSON from standard input, write the pictures to standard output."""
    sys.stdout.write(draw(Order.model_validate_json(sys.stdin.buffer.read())).model_dump_json())


if __name__ == "__main__":
    main()
