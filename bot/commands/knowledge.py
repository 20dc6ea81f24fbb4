"""`baton knowledge`: bring articles in, and see what a search finds."""

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from pathlib import Path

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from bot.commands import workspace
from bot.knowledge import library, search
from bot.knowledge.sync import SyncSummary
from bot.settings import Settings
from handoff.audience import CUSTOMER, Reader
from handoff.draft import FoundPassage
from storage.problem import Problem

EXCERPT = 300
"""Characters of a found passage that are shown."""


class NoSuchReader(Problem):
    """The reader whose search was asked for cannot be told from these words."""


async def bring_in(settings: Settings, source: Path, *, team: str | None, as_json: bool) -> bool:
    """Bring the articles of a folder or file in, and say what changed.

    Returns:
        Whether every article could be read.

    Raises:
        SourceProblem: when there is nothing to read.
    """
    console = Console(stderr=True, quiet=not sys.stderr.isatty())
    columns = (TextColumn("reading articles"), BarColumn(), MofNCompleteColumn())
    async with workspace.opened(settings) as database:
        team_id = await workspace.workspace_id(database, settings, team)
        with Progress(*columns, console=console, transient=True) as progress:
            task = progress.add_task("", total=None)
            summary = await library.update(
                settings,
                database,
                team_id,
                source,
                lambda done, total: progress.update(task, completed=done, total=total),
            )
    typer.echo(json.dumps(asdict(summary), indent=2) if as_json else "\n".join(_changes(summary)))
    return not summary.failed


def _changes(summary: SyncSummary) -> Iterator[str]:
    yield (
        f"{len(summary.added)} articles added, {len(summary.changed)} changed, {len(summary.removed)} removed, "
        f"{len(summary.unchanged)} unchanged, {len(summary.failed)} could not be read"
    )
    yield from (f"  {each.key}: {each.why}" for each in summary.failed)


async def look_up(
    settings: Settings, query: str, reading: Sequence[str], *, team: str | None, limit: int, as_json: bool
) -> None:
    """Show the passages that Baton would find for a question of somebody who reads by these tags.

    Raises:
        NoSuchReader: when a tag means nothing.
    """
    reader = _reader(reading)
    async with workspace.opened(settings) as database:
        team_id = await workspace.workspace_id(database, settings, team)
        async with database.reading() as session:
            found = await search.search(session, team_id, query, limit, reader=reader)
    if as_json:
        typer.echo(json.dumps([asdict(each) for each in found], indent=2, ensure_ascii=False))
    elif found:
        typer.echo("\n\n".join(_shown(place, each) for place, each in enumerate(found, 1)))
    else:
        typer.echo("Nothing found. A question like this goes to a person.")


def _reader(reading: Sequence[str]) -> Reader:
    reader = Reader()
    for tag in reading:
        kind, _, name = tag.partition(":")
        if tag == "agent":
            reader = replace(reader, is_agent=True)
        elif kind == "group" and name:
            reader = replace(reader, groups=reader.groups | {name})
        elif kind == "channel" and name:
            reader = replace(reader, channel_id=name)
        elif kind == "organisation" and name:
            reader = replace(reader, organisation=name)
        elif tag != CUSTOMER:
            raise NoSuchReader(
                f"--as {tag} means nobody; write customer, agent, group:NAME, channel:C… or organisation:T…."
            )
    return reader


def _shown(place: int, found: FoundPassage) -> str:
    where = " › ".join(part for part in (found.title, found.heading_path) if part)
    text = " ".join(found.text.split())
    excerpt = text if len(text) <= EXCERPT else text[:EXCERPT].rsplit(" ", 1)[0] + " …"
    covered = f"{found.coverage:.0%} of the question's words, score {found.score:.1f}"
    return "\n".join(line for line in (f"{place}. {where} ({covered})", found.url, excerpt) if line)
