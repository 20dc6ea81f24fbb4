"""`baton report`: the comparison of AI and people, in the terminal, as a file, or posted."""

import asyncio
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Literal

import aiohttp
import typer

from bot import reports
from bot import team as team_file
from bot.app import web_client
from bot.channels import resolve_channels
from bot.commands import workspace
from bot.commands.workspace import CommandProblem
from bot.reports import Report, Window
from bot.reports.picture import CannotDraw
from bot.settings import Settings

Form = Literal["text", "json", "csv"]


def window(settings: Settings, weeks: int | None, first: date | None, last: date | None, now: datetime) -> Window:
    """The days a report is about: from `first` to `last`, or the last full weeks, one when nothing is said.

    Raises:
        CommandProblem: when both are given, or the days are in the wrong order.
    """
    if weeks is not None and (first or last):
        raise CommandProblem("Give --weeks, or --from and --to, not both.")
    newest = reports.last_full_week(now, settings.time_zone)
    last = last or (newest.until - timedelta(microseconds=1)).date()
    first = first or (last - timedelta(days=7 * (weeks or 1) - 1))
    try:
        return reports.days(first, last, settings.time_zone)
    except ValueError as problem:
        raise CommandProblem(str(problem)) from problem


async def make(
    settings: Settings,
    *,
    team: str | None,
    weeks: int | None,
    first: date | None,
    last: date | None,
    form: Form,
    picture: Path | None,
    post: bool,
) -> None:
    """Gather the report, and show it; `picture` names a file for its chart, `post` sends it to the managers.

    Raises:
        CommandProblem: when the days make no sense, or the chart cannot be written.
        SettingsProblem: when it is to be posted and no channel is set for it.
    """
    days = window(settings, weeks, first, last, datetime.now(UTC))
    async with workspace.opened(settings) as database:
        team_id = await workspace.workspace_id(database, settings, team)
        decided = team_file.read(settings.team_file)
        report = await reports.build(database, team_id, days, settings.time_zone, decided)
        typer.echo(_written(report, form), nl=form == "json")
        if picture:
            await _draw(report, picture)
        if post:
            await reports.deliver(database, team_id, await _managers_channel(settings), report)
            typer.echo("The report is in the outbox: a running Baton posts it now, or as soon as it runs.", err=True)


def _written(report: Report, form: Form) -> str:
    match form:
        case "json":
            return reports.to_json(report)
        case "csv":
            return reports.to_csv(report)
        case "text":
            return reports.to_text(report)


async def _draw(report: Report, path: Path) -> None:
    try:
        png = await reports.chart_png(report)
        await asyncio.to_thread(path.write_bytes, png)
    except (CannotDraw, OSError) as error:
        raise CommandProblem(f"The chart cannot be written to {path}: {error}") from error
    typer.echo(f"The chart is in {path}.", err=True)


async def _managers_channel(settings: Settings) -> str:
    """The id of the channel that gets reports.

    Raises:
        SettingsProblem: when none is set.
        UnknownChannel: when Slack does not know it.
    """
    settings.require_slack()
    settings.require_channels()
    async with aiohttp.ClientSession() as session:
        return (await resolve_channels(web_client(settings, session), settings)).managers
