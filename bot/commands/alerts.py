"""`baton alerts` and `baton alert`: what got worse between reports, and what is watched."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

import typer
from sqlmodel.ext.asyncio.session import AsyncSession

from bot import team as team_file
from bot.alerts import cards
from bot.commands import workspace
from bot.commands.workspace import CommandProblem
from bot.settings import Settings
from bot.terminal import broken, say
from bot.views import alert as view
from handoff import watches
from handoff.alerts import SeriesState, Usual
from handoff.watches import WATCHES, Kind
from storage import alerts as stored
from storage import workspaces
from storage.database import Database
from storage.row import now
from storage.watched import Alert, Watched

MOST_LISTED = 30
MEASURED = "docs/alerts.md says how many came in simulated years in which nothing changed."
"""Where the measured rate stands."""


@dataclass(frozen=True, slots=True)
class Found:
    """What is watched, and what was raised."""

    alerts: Sequence[Alert]
    series: Sequence[Watched]
    titles: Mapping[str, str]
    raised: int
    """Alerts that managers were told of since the watch began."""
    since: datetime | None
    """When the watch began."""
    false_alarms: float
    """Accepted a year."""
    zone: ZoneInfo


async def show(settings: Settings, *, team: str | None, as_json: bool) -> None:
    """Print the alerts that stand, the last ones that are over, and what is watched."""
    async with workspace.opened(settings) as database:
        team_id = await workspace.workspace_id(database, settings, team)
        found = await _found(database, team_id, settings)
    if as_json:
        say(json.dumps(_as_json(found), indent=2, ensure_ascii=False))
    else:
        say("\n".join(map(broken, as_text(found))))


async def see(settings: Settings, alert_id: str, *, by: str, team: str | None) -> None:
    """Note who looks after an alert; nobody where `by` is empty.

    Raises:
        CommandProblem: when there is no such alert.
    """
    async with workspace.opened(settings) as database:
        team_id = await workspace.workspace_id(database, settings, team)
        async with database.transaction() as session:
            alert = await _named(session, team_id, alert_id)
            cards.see(alert, by)
            alert.stale = not alert.refused
            session.add(alert)
    typer.echo("Noted; its card in Slack says so within a minute." if by else "Taken back.")


async def mute(settings: Settings, alert_id: str, *, by: str, undo: bool, team: str | None) -> None:
    """Keep an alert's series silent for four weeks, or let it speak again.

    Raises:
        CommandProblem: when there is no such alert.
    """
    until = None if undo else now() + cards.MUTED_FOR
    async with workspace.opened(settings) as database:
        team_id = await workspace.workspace_id(database, settings, team)
        async with database.transaction() as session:
            alert = await _named(session, team_id, alert_id)
            await stored.mute(session, alert, until, by)
            alert.stale = not alert.refused
            session.add(alert)
    day = until and until.astimezone(ZoneInfo(settings.time_zone)).date()
    typer.echo(f"Muted until {day}." if day else "It speaks again.")


async def _named(session: AsyncSession, team_id: str, alert_id: str) -> Alert:
    found = await stored.beginning_with(session, team_id, alert_id)
    if len(found) != 1:
        why = "fits several alerts: write more of it" if found else "is that of no alert"
        raise CommandProblem(f"The id {alert_id} {why}. `baton alerts` lists them.")
    alert = await stored.by_id(session, team_id, found[0].id, lock=True)
    assert alert is not None  # noqa: S101 - it was there a moment ago, and alerts are never deleted
    return alert


async def _found(database: Database, team_id: str, settings: Settings) -> Found:
    async with database.reading() as session:
        series = await stored.every_series(session, team_id)
        since = min((each.since for each in series), default=None)
        return Found(
            alerts=await stored.listed(session, team_id, limit=MOST_LISTED),
            series=series,
            titles={each.name: each.title for each in await workspaces.topics(session, team_id)},
            raised=await stored.count_since(session, team_id, since) if since else 0,
            since=since,
            false_alarms=team_file.read(settings.team_file).alerts.false_alarms_a_year,
            zone=ZoneInfo(settings.time_zone),
        )


def as_text(found: Found) -> Iterator[str]:
    """All of it, as people read it."""
    if not found.false_alarms:
        yield "Alerts are off: [alerts] false_alarms_a_year is 0 in the team's file."
    standing = [each for each in found.alerts if not each.ended_at]
    over = [each for each in found.alerts if each.ended_at]
    yield "Nothing got worse: no alert stands." if not standing else f"{_count(len(standing), 'alert')} standing."
    for each in (*standing, *over):
        yield ""
        yield from _lines(found, each)
    yield ""
    yield from _watch(found)


def _lines(found: Found, alert: Alert) -> Iterator[str]:
    shown = _shown(found, alert)
    words = view.WORDS[shown.kind]
    silent = "" if alert.told else ", muted: nobody was told"
    yield f"{alert.id}  {view.title(shown.kind, shown.topic)} ({_day(found, alert.raised_at)}{silent})"
    yield f"    {view.what(shown)}"
    yield from (f"    {each}" for each in view.status(shown, who=str))
    if shown.reasons:
        yield f"    Reasons: {', '.join(f'{reason} {count}' for reason, count in shown.reasons.items())}."
    named = [each for each in alert.figures.get("conversations") or () if each]
    yield from (f"    baton conversation show {each}" for each in named)
    if alert.refused and not alert.ended_at:
        yield f"    Slack did not take its card in {alert.channel_id}: name another channel (BATON_MANAGERS_CHANNEL)."
    if not alert.ended_at:
        yield f"    What to do: {words.todo}"


def _watch(found: Found) -> Iterator[str]:
    """What is watched, and how often chance alone raises an alert."""
    if found.since is None:
        yield "Nothing is watched yet: a running Baton begins to."
        return
    yield f"Watched since {_day(found, found.since)}; {_count(found.raised, 'alert')} since then, right or false."
    if found.false_alarms:
        yield f"By chance alone expect {view.false_alarms(found.false_alarms)}: [alerts] in the team's file sets it."
        yield f"That is a bound: {MEASURED}"
    for row in found.series:
        if not row.topic:
            yield f"    {_series(found, row)}"
    topics = sum(bool(row.topic) for row in found.series)
    if topics:
        yield f"    and {_count(topics, 'series')} of topics, of which the busiest are watched"


def _series(found: Found, row: Watched) -> str:
    kind, usual = Kind(row.kind), _usual(row)
    watch = WATCHES[kind]
    rate = (watch.false_alarms + watch.in_topics) * found.false_alarms / watches.FALSE_ALARMS_A_YEAR
    known = _known(kind, usual)
    muted = f", muted until {_day(found, row.muted_until)}" if row.muted_until and row.muted_until > now() else ""
    return f"{row.kind}: {known}; at most {rate:.2g} false alarms a year{muted}"


def _known(kind: Kind, usual: Usual | None) -> str:
    if usual is None:
        return "still learning what is usual"
    share = view.usual(kind, usual.share)
    return f"usually {share} (of {usual.outcomes:,})" if usual.outcomes else f"up to {share} is usual"


def _usual(row: Watched) -> Usual | None:
    return SeriesState.from_json(row.state).usual


def _shown(found: Found, alert: Alert) -> view.Shown:
    topic = found.titles.get(alert.topic, alert.topic)
    row = next((each for each in found.series if (each.kind, each.topic) == (alert.kind, alert.topic)), None)
    muted = row.muted_until if row and row.muted_until and row.muted_until > now() else None
    return cards.shown(alert, topic, zone=found.zone, false_alarms=found.false_alarms, muted_until=muted)


def _day(found: Found, moment: datetime) -> str:
    return moment.astimezone(found.zone).date().isoformat()


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 or noun.endswith('s') else 's'}"


def _as_json(found: Found) -> dict[str, object]:
    return {
        "false_alarms_a_year": found.false_alarms,
        "watched_since": found.since.isoformat() if found.since else None,
        "raised_since": found.raised,
        "alerts": [_alert_as_json(found, each) for each in found.alerts],
        "series": [_series_as_json(each) for each in found.series],
    }


def _alert_as_json(found: Found, alert: Alert) -> dict[str, object]:
    shown = _shown(found, alert)
    return {
        "id": alert.id,
        "kind": alert.kind,
        "topic": alert.topic,
        "title": view.title(shown.kind, shown.topic),
        "raised_at": alert.raised_at.isoformat(),
        "since": shown.since.isoformat(),
        "told": alert.told,
        "seen_by": alert.seen_by,
        "muted_until": shown.muted_until.isoformat() if shown.muted_until else None,
        "ended_at": alert.ended_at.isoformat() if alert.ended_at else None,
        "ended_as": alert.ended_as,
        "figures": alert.figures,
        "what": view.what(shown),
        "what_to_do": "" if alert.ended_at else view.WORDS[shown.kind].todo,
    }


def _series_as_json(row: Watched) -> dict[str, object]:
    usual = _usual(row)
    return {
        "kind": row.kind,
        "topic": row.topic,
        "since": row.since.isoformat(),
        "usual_bad": usual.share if usual else None,
        "learnt_from": usual.outcomes if usual else 0,
        "muted_until": row.muted_until.isoformat() if row.muted_until else None,
    }
