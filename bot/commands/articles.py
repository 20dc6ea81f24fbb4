"""`baton knowledge list`, `sources` and `forget`: what is known, and where it comes from."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import typer

from bot.commands import workspace
from bot.knowledge import library
from bot.knowledge import sources as places
from bot.settings import Settings
from bot.terminal import say
from storage import knowledge, knowledge_sources
from storage.knowledge_sources import Listed
from storage.library import Article
from storage.problem import WrongUse
from storage.row import now

IN_USE, NOT_YET, EXPIRED, REPLACED, REMOVED = "in use", "not yet valid", "expired", "replaced", "removed"
STATES = (IN_USE, NOT_YET, EXPIRED, REPLACED, REMOVED)


@dataclass(frozen=True, slots=True)
class Filter:
    """Which articles are asked for; None asks for any."""

    topic: str | None = None
    audience: str | None = None
    source: str | None = None
    state: str | None = None
    """Without one, removed articles are left out."""


async def show(settings: Settings, wanted: Filter, *, team: str | None, as_json: bool) -> None:
    """List the articles that are asked for.

    Raises:
        WrongUse: when the state is none.
    """
    if wanted.state is not None and wanted.state not in STATES:
        raise WrongUse(f"An article is never {wanted.state!r}. Write one of: {', '.join(STATES)}.")
    async with workspace.opened(settings) as database:
        team_id = await workspace.workspace_id(database, settings, team)
        async with database.reading() as session:
            found = await knowledge.every(session, team_id, removed=wanted.state == REMOVED)
    lines = [_line(article) for article in found if _fits(article, wanted)]
    if as_json:
        say(json.dumps(lines, indent=2, ensure_ascii=False))
    elif lines:
        say("\n".join(_as_text(line, settings.time_zone) for line in lines))
        typer.echo(f"{len(lines):,} article{'' if len(lines) == 1 else 's'}.", err=True)
    else:
        typer.echo("No article fits. `baton knowledge sync SOURCE` brings articles in.", err=True)


def state_of(article: Article, at: datetime) -> str:
    """Whether an article is in use at a moment; else why not."""
    if article.removed_at:
        return REMOVED
    if article.replaced_by:
        return REPLACED
    if article.valid_from and at < article.valid_from:
        return NOT_YET
    return EXPIRED if article.valid_until and at >= article.valid_until else IN_USE


def _fits(article: Article, wanted: Filter) -> bool:
    return (
        (wanted.topic is None or article.topic == wanted.topic)
        and (wanted.audience is None or wanted.audience in article.audience.split())
        and (wanted.source is None or article.source in (wanted.source, places.name_of(wanted.source)))
        and (wanted.state is None or state_of(article, now()) == wanted.state)
    )


def _line(article: Article) -> dict[str, Any]:
    return {
        "id": article.id,
        "key": article.source_key,
        "title": article.title,
        "url": article.url,
        "topic": article.topic,
        "audience": article.audience.split(),
        "language": article.language,
        "state": state_of(article, now()),
        "valid_from": article.valid_from.isoformat() if article.valid_from else None,
        "valid_until": article.valid_until.isoformat() if article.valid_until else None,
        "replaced_by": article.replaced_by,
        "updated_at": article.updated_at.isoformat(),
        "source": article.source,
    }


def _as_text(line: dict[str, Any], time_zone: str) -> str:
    state = line["state"]
    until = f" until {_day(line['valid_until'], time_zone)}" if line["valid_until"] and state == IN_USE else ""
    since = f" before {_day(line['valid_from'], time_zone)}" if state == NOT_YET else ""
    parts = [
        f"topic {line['topic'] or 'none'}",
        f"for {', '.join(line['audience'])}",
        f"{state}{until}{since}",
        f"read {_day(line['updated_at'], time_zone)}",
        line["source"],
    ]
    return f"{line['key']}  {line['title']}\n    {'; '.join(parts)}"


def _day(moment: str, time_zone: str) -> str:
    return f"{datetime.fromisoformat(moment).astimezone(ZoneInfo(time_zone)):%Y-%m-%d}"


async def sources(settings: Settings, *, team: str | None, as_json: bool) -> None:
    """List where articles come from."""
    async with workspace.opened(settings) as database:
        team_id = await workspace.workspace_id(database, settings, team)
        async with database.reading() as session:
            found = await knowledge_sources.every(session, team_id)
    lines = [_source(each) for each in found]
    if as_json:
        say(json.dumps(lines, indent=2, ensure_ascii=False))
    elif lines:
        say("\n".join(_source_as_text(line, settings.time_zone) for line in lines))
    else:
        typer.echo("No sources yet. `baton knowledge sync SOURCE` reads one.", err=True)


def _source(listed: Listed) -> dict[str, Any]:
    row = listed.source
    return {
        "source": row.name,
        "articles": listed.articles,
        "removed": listed.removed,
        "audience": row.audience,
        "topic": row.topic,
        "synced_at": row.synced_at.isoformat() if row.synced_at else None,
        "tried_at": row.tried_at.isoformat() if row.tried_at else None,
        "at_work": listed.at_work,
        "trouble": row.trouble,
        "unread": row.unread,
    }


def _source_as_text(line: dict[str, Any], time_zone: str) -> str:
    zone = ZoneInfo(time_zone)
    at = [line[name] and datetime.fromisoformat(line[name]).astimezone(zone) for name in ("synced_at", "tried_at")]
    synced, tried = at
    parts = [f"{line['articles']:,} article{'' if line['articles'] == 1 else 's'}"]
    parts += [f"read {synced:%Y-%m-%d %H:%M}"] if synced else []
    parts += [f"{line['unread']} could not be read"] if line["unread"] else []
    parts += [f"for {line['audience']}"] if line["audience"] else []
    parts += [f"topic {line['topic']}"] if line["topic"] else []
    last = _last_sync(line, synced, tried)
    return f"{line['source']}\n    {'; '.join(parts)}" + (f"\n    {last}" if last else "")


def _last_sync(line: dict[str, Any], synced: datetime | None, tried: datetime | None) -> str:
    """What is to be said of the last sync; nothing of one that ended well."""
    began = f" of {tried:%Y-%m-%d %H:%M}" if tried else ""
    if line["at_work"]:
        return f"the sync{began} is at work"
    if line["trouble"]:
        return f"the last sync{began} failed: {line['trouble']}"
    if tried and (synced is None or synced < tried):
        return f"the sync{began} was broken off: `baton knowledge sync {line['source']}` begins it again"
    return ""


async def forget(settings: Settings, source: str, *, team: str | None) -> None:
    """Take all articles of a source out.

    Raises:
        SourceProblem: when no source is called that.
    """
    async with workspace.opened(settings) as database:
        team_id = await workspace.workspace_id(database, settings, team)
        name, count = await library.forget(database, team_id, source)
    many = "1 article is" if count == 1 else f"{count:,} articles are"
    typer.echo(f"{many} out of use. `baton knowledge sync {name}` brings {'it' if count == 1 else 'them'} back.")
