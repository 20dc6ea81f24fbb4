"""The commands about reports: one on any days, those that were kept, and those that come by the clock."""

import asyncio
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.options import FAILED, AsJson, Day, Team, load_settings
from bot.commands.report_forms import ReportForm

schedule = typer.Typer(no_args_is_help=True, help="Reports that come by the clock.")


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    app.command("report")(report)
    app.add_typer(schedule, name="schedule")


def report(
    *,
    weeks: Annotated[
        int | None, typer.Option(min=1, max=520, metavar="N", help="The last full weeks; 1 when not said.")
    ] = None,
    first: Annotated[datetime | None, Day("--from", help="The first day, such as 2026-11-02.")] = None,
    last: Annotated[datetime | None, Day("--to", help="The last day; yesterday when only the first is said.")] = None,
    time_zone: Annotated[
        str, typer.Option(metavar="ZONE", help="Whose days, such as Europe/Berlin; the team's when not said.")
    ] = "",
    kept: Annotated[str, typer.Option(metavar="ID", help='Show a report as it was posted; "last" is the newest.')] = "",
    listed: Annotated[bool, typer.Option("--list", help="List the reports that are kept, newest first.")] = False,
    form: Annotated[
        ReportForm | None, typer.Option("--format", help="How it is written; as the file's name says, or text.")
    ] = None,
    as_json: AsJson = False,
    output: Annotated[Path | None, typer.Option(metavar="FILE", help="Write it to this file.")] = None,
    post: Annotated[bool, typer.Option("--post", help="Post it to the managers' channel as well.")] = False,
    team: Team = None,
) -> None:
    """Compare what AI and people resolved, and how customers rated it."""
    from bot.commands import report as comparison

    wanted = comparison.Wanted(
        weeks=weeks,
        first=first.date() if first else None,
        last=last.date() if last else None,
        time_zone=time_zone,
        kept=kept,
    )
    if as_json and form not in (None, "json"):
        raise typer.BadParameter(f"--json and --format {form} are two forms; give one of them.")
    shown = comparison.Shown("json" if as_json else form, output)
    if listed:
        asyncio.run(comparison.show_kept(load_settings(), wanted, shown, team=team, post=post))
    else:
        asyncio.run(comparison.make(load_settings(), wanted, shown, team=team, post=post))


@schedule.command("list")
def schedule_list(as_json: AsJson = False, team: Team = None) -> None:
    """Show each report that comes by the clock: when, where to, the last one and the next one."""
    from bot.commands import schedule as clock

    asyncio.run(clock.show_all(load_settings(), team=team, as_json=as_json))


@schedule.command("run")
def schedule_run(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The report's name.")],
    *,
    window: Annotated[
        datetime | None,
        Day("--window", help="A day of the day, week or month that it is to be about; the last full one."),
    ] = None,
    again: Annotated[bool, typer.Option("--again", help="Also when that was posted before.")] = False,
    team: Team = None,
) -> None:
    """Make and post a report now, as if it were due."""
    from bot.commands import schedule as clock

    day = window.date() if window else None
    if not asyncio.run(clock.run(load_settings(), name, day, again=again, team=team)):
        raise typer.Exit(FAILED)
