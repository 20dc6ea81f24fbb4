"""The forms in which a report is written."""

from typing import Literal

ReportForm = Literal["text", "json", "csv", "html", "png"]
