"""The comparison of AI and people: gathered, written, drawn and delivered."""

from bot.charts.picture import Charts, chart_png, charts
from bot.reports.deliver import deliver, drawn, put, put_csv
from bot.reports.gather import build
from bot.reports.keeping import Occasion, read
from bot.reports.moves import close
from bot.reports.page import to_html
from bot.reports.sheet import to_csv
from bot.reports.text import to_json, to_text
from bot.reports.words_again import with_words
from handoff.report import Report
from handoff.window import Window, days, last_full_week

__all__ = [
    "Charts",
    "Occasion",
    "Report",
    "Window",
    "build",
    "chart_png",
    "charts",
    "close",
    "days",
    "deliver",
    "drawn",
    "last_full_week",
    "put",
    "put_csv",
    "read",
    "to_csv",
    "to_html",
    "to_json",
    "to_text",
    "with_words",
]
