"""The comparison of AI and people: gathered, written, drawn and delivered."""

from bot.reports.deliver import deliver, drawn, put
from bot.reports.gather import build
from bot.reports.keeping import Occasion
from bot.reports.picture import chart_png
from bot.reports.text import to_csv, to_json, to_text
from handoff.report import Report
from handoff.window import Window, days, last_full_week

__all__ = [
    "Occasion",
    "Report",
    "Window",
    "build",
    "chart_png",
    "days",
    "deliver",
    "drawn",
    "last_full_week",
    "put",
    "to_csv",
    "to_json",
    "to_text",
]
