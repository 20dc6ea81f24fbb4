"""What the commands share: their options, their exit codes, and the settings."""

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from bot.settings import Settings

FAILED, WRONG_USE, INTERRUPTED = 1, 2, 130
EARLIEST_YEAR, LATEST_YEAR = 2000, 2199

Team = Annotated[str | None, typer.Option("--workspace", metavar="T…", help="The team's id, if Baton knows several.")]


def _countable(day: datetime | None) -> datetime | None:
    """The day, unless what reaches back from it, or a time zone, would leave the calendar."""
    if day and not EARLIEST_YEAR <= day.year <= LATEST_YEAR:
        raise typer.BadParameter(f"write a day of the years {EARLIEST_YEAR} to {LATEST_YEAR}, such as 2026-11-02.")
    return day


Day = partial(typer.Option, formats=["%Y-%m-%d"], metavar="DAY", callback=_countable)
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead.")]


def load_settings(*, quiet: bool = True) -> "Settings":
    """The settings, with logs configured; `quiet` commands, which only print, log warnings alone."""
    from bot import logs, settings

    loaded = settings.load()
    logs.configure("warning" if quiet else loaded.log_level, loaded.log_format)
    return loaded
