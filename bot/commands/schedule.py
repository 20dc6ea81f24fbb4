"""`baton schedule`: the reports that come by the clock, and one of them now."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import aiohttp
import typer

from bot import planned_reports, reports
from bot import team as team_file
from bot.commands import workspace
from bot.commands.patience import patience
from bot.commands.report import state
from bot.planned_reports import Plan
from bot.reports import Report, Window
from bot.reports.scheduled import Ran, ReportRuns, Run, is_awaited
from bot.settings import Settings, SettingsProblem, description, variable
from bot.slack.channels import find_channel, is_name
from bot.slack.client import web_client
from bot.views import figures
from handoff.due import Every
from storage import kept_reports
from storage.database import Database
from storage.kept_reports import Listed
from storage.problem import WrongUse

WEEKDAYS = {
    "mon": "Monday",
    "tue": "Tuesday",
    "wed": "Wednesday",
    "thu": "Thursday",
    "fri": "Friday",
    "sat": "Saturday",
    "sun": "Sunday",
}


@dataclass(frozen=True, slots=True)
class Standing:
    """A planned report, the last one that was made, and when the next one comes."""

    plan: Plan
    last: Listed | None
    next_at: datetime
    due_now: bool
    """Whether one is due that no running Baton has made yet."""


async def show_all(settings: Settings, *, team: str | None, as_json: bool) -> None:
    """Print every report that comes by the clock.

    Raises:
        SettingsProblem: when two reports have one name.
        CommandProblem: when no workspace is known.
    """
    plans = planned_reports.plans(settings, team_file.read(settings.team_file).reports)
    async with workspace.opened(settings) as database:
        team_id = await workspace.workspace_id(database, settings, team)
        found = [await _standing(database, team_id, plan, datetime.now(UTC)) for plan in plans]
    if as_json:
        typer.echo(json.dumps([_as_json(each) for each in found], indent=2, ensure_ascii=False))
    else:
        typer.echo(as_text(found))


async def run(settings: Settings, name: str, day: date | None, *, again: bool, team: str | None) -> bool:
    """Make and post a report now, on the day, week or month that holds `day`; tells whether it lies in the outbox.

    Raises:
        WrongUse: when there is no such report, or its days are not over.
        SettingsProblem: when no channel is set for it.
    """
    decided = team_file.read(settings.team_file)
    plan = _named(planned_reports.plans(settings, decided.reports), name)
    if not plan.channel:
        raise SettingsProblem(f"{variable('managers_channel')} is not set. {description('managers_channel')}")
    first, last = _days(plan, day, datetime.now(UTC))
    async with workspace.opened(settings) as database, aiohttp.ClientSession() as session:
        team_id = await workspace.workspace_id(database, settings, team)

        async def find(channel: str) -> str:
            if is_name(channel):
                settings.require_slack()
            with workspace.asking_slack(f"which channel {channel} is"):
                return await find_channel(web_client(settings, session), channel)

        async def build(stretch: Window, time_zone: str) -> Report:
            return await reports.build(database, team_id, stretch, time_zone, decided)

        runs = ReportRuns(database, team_id, build=build, find_channel=find, posted=lambda: None)
        async with patience(f"Making the report “{plan.name}” on {figures.day_range(first, last)}"):
            ran = await runs.run(plan, first, last, again=again)
        async with database.reading() as reading:
            kept = await kept_reports.about(reading, team_id, plan.name, first.isoformat(), last.isoformat())
    told = _told(ran, plan, f"The report “{plan.name}” on {figures.day_range(first, last)}", kept)
    typer.echo(told, err=ran.became is not Ran.POSTED)
    return ran.became is Ran.POSTED


def _told(ran: Run, plan: Plan, what: str, kept: Listed | None) -> str:
    """What happened, and what to do where it was not posted."""
    match ran.became:
        case Ran.POSTED:
            return f"{what} is in the outbox for {plan.channel}: a running Baton posts it now, or as soon as it runs."
        case Ran.KEPT:
            return (
                f"{what} is kept, but there is no channel {plan.channel} that Baton can see. Invite Baton to it, or "
                f"name another channel; `baton report --kept {ran.kept_id}` shows the report."
            )
        case Ran.DONE_BEFORE:
            known = f": {state(kept)}, made {_local(kept.made_at, plan)}" if kept else ""
            return f"{what} was made before{known}. --again makes and posts it once more."


def _named(plans: Sequence[Plan], name: str) -> Plan:
    for plan in plans:
        if plan.name.casefold() == name.casefold():
            return plan
    known = ", ".join(plan.name for plan in plans) or "none"
    raise WrongUse(f"No report is called {name}. Those that come by the clock: {known}.")


def _days(plan: Plan, day: date | None, now: datetime) -> tuple[date, date]:
    newest = plan.newest(now)
    if day is None:
        return newest
    first, last = plan.rhythm.around(day)
    if last > newest[1]:
        days = figures.day_range(first, last)
        raise WrongUse(f"--window {day}: {days} is not over. The newest is {figures.day_range(*newest)}.")
    return first, last


async def _standing(database: Database, team_id: str, plan: Plan, now: datetime) -> Standing:
    async with database.reading() as session:
        found = await kept_reports.listed(session, team_id, limit=1, schedule=plan.name)
    due_now = await is_awaited(database, team_id, plan, now)
    return Standing(plan, found[0] if found else None, plan.rhythm.next(now).moment, due_now)


def as_text(found: Sequence[Standing]) -> str:
    """The planned reports as people read them."""
    if not found:
        return f"No report comes by the clock: {variable('report_day')} is off, and the team's file names none."
    blocks: list[str] = []
    for each in found:
        plan = each.plan
        to = plan.channel or f"no channel ({variable('managers_channel')} is not set)"
        following = (
            "due now; a running Baton makes it within ten minutes" if each.due_now else _local(each.next_at, plan)
        )
        blocks.append(
            f"{plan.name}: {when(plan)} ({plan.rhythm.time_zone}), to {to}\n  last  {_last(each)}\n  next  {following}"
        )
    return "\n".join(blocks)


def when(plan: Plan) -> str:
    """Such as "every Monday at 09:00, on the last full week"."""
    rhythm = plan.rhythm
    at = f"{rhythm.at:%H:%M}"
    match rhythm.every:
        case Every.DAY:
            return f"every day at {at}, on the day before"
        case Every.WEEK:
            return f"every {WEEKDAYS[rhythm.day]} at {at}, on the last full week"
        case Every.MONTH:
            day = "the last day" if rhythm.day == "last" else f"day {rhythm.day}"
            return f"on {day} of each month at {at}, on the last full month"


def _last(standing: Standing) -> str:
    kept = standing.last
    if kept is None:
        return "none yet"
    days = figures.day_range(date.fromisoformat(kept.first_day), date.fromisoformat(kept.last_day))
    return f"{days}, made {_local(kept.made_at, standing.plan)}, {state(kept)}"


def _local(moment: datetime, plan: Plan) -> str:
    return f"{moment.astimezone(ZoneInfo(plan.rhythm.time_zone)):%a %Y-%m-%d %H:%M}"


def _as_json(standing: Standing) -> dict[str, Any]:
    plan, kept = standing.plan, standing.last
    return {
        "name": plan.name,
        "every": plan.rhythm.every.value,
        "day": plan.rhythm.day,
        "at": f"{plan.rhythm.at:%H:%M}",
        "time_zone": plan.rhythm.time_zone,
        "channel": plan.channel,
        "next_at": standing.next_at.isoformat(),
        "due_now": standing.due_now,
        "last": kept
        and {
            "id": kept.id,
            "first_day": kept.first_day,
            "last_day": kept.last_day,
            "made_at": kept.made_at.isoformat(),
            "posted": bool(kept.ts),
            "trouble": kept.trouble,
        },
    }
