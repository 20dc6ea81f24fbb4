"""All that a running Baton needs, in the order in which it is looked at."""

from collections.abc import AsyncIterator
from datetime import datetime
from zoneinfo import ZoneInfo

import aiohttp

from bot import misspelt, team
from bot.doctor import at_slack, in_database, of_models
from bot.doctor.check import Check
from bot.settings import Settings
from bot.team import Comparison, Desk, TeamFile
from storage.problem import Problem


async def examine(settings: Settings) -> list[Check]:
    """Look at everything; a check that fails keeps only those from running that need it."""
    return [check async for check in _checks(settings)]


async def _checks(settings: Settings) -> AsyncIterator[Check]:
    for each in misspelt.find():
        yield Check("setting", ok=False, found=f"there is no {each.name}", mend=each.advice)
    team_id = ""
    async with aiohttp.ClientSession() as session:
        client = at_slack.client_of(settings, session)
        match await at_slack.token(settings, client):
            case Check() as refused:
                yield refused
            case who:
                team_id = str(who["team_id"])
                yield Check("bot token", ok=True, found=f"{who['user']} in {who['team']} ({team_id})")
                yield at_slack.scopes_granted(who.headers)
                yield at_slack.clock(who.headers)
                async for check in at_slack.checks(settings, client):
                    yield check
    async for check in in_database.checks(settings, team_id):
        yield check
    decided = _decided(settings)
    if isinstance(decided, Check):
        yield decided
        decided, settings = TeamFile(), settings.model_copy(update={"team_file": None})
    yield _desk(decided.desk, settings.time_zone)
    yield _comparison(decided.comparison)
    async for check in of_models.checks(settings, decided):
        yield check


def _decided(settings: Settings) -> TeamFile | Check:
    try:
        return team.read(settings.team_file)
    except Problem as problem:
        return Check("team's file", ok=False, found="cannot be used", mend=str(problem))


def _desk(desk: Desk, time_zone: str) -> Check:
    """When people are at the desk, for the business hours of the report."""
    hours = desk.hours(time_zone)
    if hours is None:
        return Check("desk hours", ok=True, found="none in the team's file, so the report counts all hours")
    today = datetime.now(ZoneInfo(time_zone)).date()
    ahead = sum(day >= today for day in hours.holidays)
    spoken = f"; speaks {', '.join(desk.languages)}" if desk.languages else ""
    holidays = f"{ahead or 'no'} {'holiday' if ahead == 1 else 'holidays'} ahead"
    return Check("desk hours", ok=True, found=f"{hours} ({time_zone}); {holidays}{spoken}")


def _comparison(decided: Comparison) -> Check:
    """Whether a lot makes the comparison causal."""
    days = f"{decided.resolution_days} {'day' if decided.resolution_days == 1 else 'days'}"
    lot = (
        f"a lot sends {decided.holdout * 100:g}% straight to people"
        if decided.holdout
        else "no holdout, so observational"
    )
    return Check("comparison", ok=True, found=f"{lot}; who returns within {days} takes a resolution back")
