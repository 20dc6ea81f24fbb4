"""`baton report`: the comparison of AI and people, in the terminal, as a file, or posted."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import aiohttp
import typer

from bot import reports
from bot import team as team_file
from bot.commands import report_files, workspace
from bot.commands.patience import patience
from bot.commands.report_files import Shown
from bot.commands.workspace import CommandProblem
from bot.reports import Report, Window, keeping
from bot.settings import Settings, SettingsProblem, description, variable
from bot.slack.channels import find_channel
from bot.slack.client import web_client
from bot.views import figures
from bot.views import undelivered as undelivered_view
from storage import kept_reports, resolutions
from storage.database import Database
from storage.kept_reports import Listed
from storage.problem import WrongUse

__all__ = ["Shown", "Wanted", "make", "show_kept", "window"]

ONE_DAY = timedelta(days=1)
LAST = "last"
MOST_LISTED = 60


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which report: of the last weeks, of certain days, or a kept one; the last full week when nothing is said."""

    weeks: int | None = None
    first: date | None = None
    last: date | None = None
    time_zone: str = ""
    kept: str = ""

    @property
    def of_days(self) -> bool:
        """Whether any days are named."""
        return bool(self.weeks or self.first or self.last or self.time_zone)


def window(wanted: Wanted, time_zone: str, now: datetime) -> Window:
    """The days that a report is about: from the first to the last that are named, or the last full weeks.

    Raises:
        WrongUse: when both are given, or the days are in the wrong order.
    """
    if wanted.weeks is not None and (wanted.first or wanted.last):
        raise WrongUse("Give --weeks, or --from and --to, not both.")
    if wanted.first and not wanted.last:
        today = now.astimezone(ZoneInfo(time_zone)).date()
        return reports.days(wanted.first, max(wanted.first, today - ONE_DAY), time_zone)
    newest = reports.last_full_week(now, time_zone)
    last = wanted.last or newest.until.astimezone(ZoneInfo(time_zone)).date() - ONE_DAY
    first = wanted.first or last - timedelta(days=7 * (wanted.weeks or 1) - 1)
    if last < first:
        raise WrongUse(f"--to {last} is before --from {first}. Write the earlier day after --from.")
    return reports.days(first, last, time_zone)


def _not_to_come(wanted: Wanted, time_zone: str, now: datetime) -> None:
    today = now.astimezone(ZoneInfo(time_zone)).date()
    for option, day in (("--from", wanted.first), ("--to", wanted.last)):
        if day and day > today:
            raise WrongUse(f"{option} {day} is still to come; today is {today} in {time_zone}.")


async def make(settings: Settings, wanted: Wanted, shown: Shown, *, team: str | None, post: bool) -> None:
    """Gather the report, or find the kept one, and show it; `post` sends it to the managers' channel as well.

    Raises:
        WrongUse: when the days make no sense, or the form does not fit where it is to be written.
        CommandProblem: when there is no such report, or it cannot be drawn or written.
        SettingsProblem: when it is to be posted and no channel is set for it.
    """
    if wanted.kept and wanted.of_days:
        raise WrongUse("A kept report has its days: give --kept alone, or the days without it.")
    shown.check()
    time_zone = _time_zone(settings, wanted)
    _not_to_come(wanted, time_zone, datetime.now(UTC))
    days = window(wanted, time_zone, datetime.now(UTC))
    channel_id = await _managers_channel(settings) if post else ""
    async with workspace.opened(settings) as database:
        team_id = await workspace.workspace_id(database, settings, team)
        if wanted.kept:
            report = await _kept(database, team_id, wanted.kept)
        else:
            await _hint(database, team_id, settings)
            async with patience(f"Counting {_days(days, time_zone)}"):
                report = await reports.build(database, team_id, days, time_zone, team_file.read(settings.team_file))
        await report_files.write(report, shown)
        if channel_id:
            await reports.deliver(database, team_id, channel_id, report)
            typer.echo("The report is in the outbox: a running Baton posts it now, or as soon as it runs.", err=True)


def _time_zone(settings: Settings, wanted: Wanted) -> str:
    try:
        return ZoneInfo(wanted.time_zone or settings.time_zone).key
    except Exception as error:  # what it raises depends on where the name leads it
        raise WrongUse(f"{wanted.time_zone!r} is no time zone. Write one such as Europe/Berlin, or UTC.") from error


async def _hint(database: Database, team_id: str, settings: Settings) -> None:
    """Say why a report on an empty database is empty."""
    async with database.reading() as session:
        if await resolutions.any_opened_before(session, team_id, datetime.now(UTC)):
            return
    where = settings.database_url.rpartition("@")[2]
    typer.echo(
        f"There are no conversations yet in {where}, so there is nothing to compare. Is BATON_DATABASE_URL the one of "
        "the running Baton? `baton doctor` checks the set-up, `baton demo` shows a report with simulated weeks.",
        err=True,
    )


async def _kept(database: Database, team_id: str, named: str) -> Report:
    async with database.reading() as session:
        found = (
            await kept_reports.latest(session, team_id)
            if named == LAST
            else await kept_reports.get(session, team_id, named)
        )
    if found is None:
        which = "No report is kept yet." if named == LAST else f"No report is kept under {named}."
        raise CommandProblem(f"{which} `baton report --list` shows those that are.")
    return await reports.with_words(database, keeping.read(found))


async def show_kept(settings: Settings, wanted: Wanted, shown: Shown, *, team: str | None, post: bool) -> None:
    """List the kept reports, newest first.

    Raises:
        WrongUse: when a report is named as well, or one is to be posted.
    """
    if wanted.kept or wanted.of_days or post or shown.output or shown.given not in (None, "text", "json"):
        raise WrongUse("--list shows which reports are kept, as text or with --json; give it alone.")
    async with workspace.opened(settings) as database:
        team_id = await workspace.workspace_id(database, settings, team)
        async with database.reading() as session:
            found = await kept_reports.listed(session, team_id, limit=MOST_LISTED)
    if shown.given == "json":
        rows = [{**asdict(each), "made_at": each.made_at.isoformat()} for each in found]
        typer.echo(json.dumps(rows, indent=2, ensure_ascii=False))
    else:
        typer.echo(as_list(found, settings.time_zone))


def as_list(found: Sequence[Listed], time_zone: str) -> str:
    """The kept reports, a line each."""
    if not found:
        return "No report is kept yet: they are from the first one on that is posted."
    zone = ZoneInfo(time_zone)
    lines = [
        f"{each.id}  {each.made_at.astimezone(zone):%Y-%m-%d %H:%M}  {each.first_day} to {each.last_day}  "
        f"{each.schedule or 'asked for'}, {state(each)}\n    {each.headline}"
        for each in found
    ]
    return "\n".join([*lines, "`baton report --kept ID` shows one as it was posted."])


def state(kept: Listed) -> str:
    """Whether it arrived, in words."""
    if kept.trouble:
        return f"not posted in {kept.channel}: {undelivered_view.why(kept.trouble)}"
    return f"posted in {kept.channel}" if kept.ts else f"on its way to {kept.channel}"


def _days(window: Window, time_zone: str) -> str:
    zone = ZoneInfo(time_zone)
    return figures.day_range(window.since.astimezone(zone).date(), window.until.astimezone(zone).date() - ONE_DAY)


async def _managers_channel(settings: Settings) -> str:
    """The id of the channel that gets reports.

    Raises:
        SettingsProblem: when none is set.
        UnknownChannel: when Slack does not know it.
    """
    settings.require_slack()
    if not settings.managers_channel:
        raise SettingsProblem(f"{variable('managers_channel')} is not set. {description('managers_channel')}")
    async with aiohttp.ClientSession() as session:
        with workspace.asking_slack(f"which channel {settings.managers_channel} is"):
            return await find_channel(web_client(settings, session), settings.managers_channel)
