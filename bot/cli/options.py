"""What the commands share: their options, their exit codes, and the settings."""

from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from bot.settings import Settings

FAILED, WRONG_USE, INTERRUPTED = 1, 2, 130

Team = Annotated[str | None, typer.Option("--workspace", metavar="T…", help="The team's id, if Baton knows several.")]
Day = partial(typer.Option, formats=["%Y-%m-%d"], metavar="DAY")
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead.")]


def load_settings(*, quiet: bool = True) -> "Settings":
    """The settings, with logs configured; `quiet` commands, which only print, log warnings alone."""
    from bot import logs, settings

    loaded = settings.load()
    logs.configure("warning" if quiet else loaded.log_level, loaded.log_format)
    return loaded
