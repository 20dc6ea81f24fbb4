"""The command on themes. What it needs is imported when it runs."""

import asyncio
from datetime import datetime
from typing import Annotated

import typer

from bot.cli.options import AsJson, Day, Team, load_settings


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("themes")(listed)


def listed(
    *,
    first: Annotated[datetime | None, Day("--from", help="The first day, such as 2026-11-02.")] = None,
    last: Annotated[datetime | None, Day("--to", help="The last day; the last full week when nothing is said.")] = None,
    as_json: AsJson = False,
    team: Team = None,
) -> None:
    """List what customers asked in vain, grouped into themes, beside the stretch before."""
    from bot.commands import themes

    days = (first.date() if first else None, last.date() if last else None)
    asyncio.run(themes.show(load_settings(), *days, team=team, as_json=as_json))
