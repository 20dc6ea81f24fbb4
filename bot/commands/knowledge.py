"""`baton knowledge sync` and `search`: bring articles in, and see what a search finds."""

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, replace

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from bot.commands import workspace
from bot.costs.account import Books
from bot.knowledge import embedding, embedding_job, library, meaning, search
from bot.knowledge.documents import SourceProblem, Unread
from bot.knowledge.embedding import NoVectors
from bot.knowledge.library import Options
from bot.knowledge.sync import SyncSummary
from bot.models.causes import EMBEDDING, advice
from bot.settings import Settings
from bot.terminal import say
from handoff.audience import CUSTOMER, Reader
from handoff.draft import FoundPassage
from storage.database import Database
from storage.problem import WrongUse

EXCERPT = 300
"""Characters of a found passage that are shown."""
MOST_KEYS = 20
"""How many articles of a kind are named one by one."""


class NoSuchReader(WrongUse):
    """The reader whose search was asked for cannot be told from these words."""


async def bring_in(
    settings: Settings, sources: Sequence[str], options: Options, *, team: str | None, as_json: bool
) -> bool:
    """Bring the articles of sources in, one source after the other, and say what changed.

    Returns:
        Whether every source and every article could be read.

    Raises:
        SourceProblem: when the only source cannot be synced, and it is told in words.
    """
    console = Console(stderr=True, quiet=not sys.stderr.isatty())
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    done: list[tuple[str, SyncSummary]] = []
    problems: dict[str, SourceProblem] = {}
    async with workspace.opened(settings) as database:
        team_id = await workspace.workspace_id(database, settings, team)
        with Progress(*columns, console=console, transient=True) as progress:
            for source in sources:
                told = replace(options, fetched=_task(progress, "fetching pages"))
                stored = _task(progress, "reading articles")
                try:
                    summary = await library.update(settings, database, team_id, source, stored, options=told)
                    done.append((source, summary))
                except SourceProblem as problem:
                    if len(sources) == 1 and not as_json:
                        raise
                    problems[source] = problem
            vectors = await _make_vectors(settings, database, team_id, progress) if done and not options.dry_run else ""
    if as_json:
        rows = [asdict(summary) | {"source": source, "dry_run": options.dry_run} for source, summary in done]
        rows += [{"source": source, "problem": str(problem)} for source, problem in problems.items()]
        typer.echo(json.dumps(rows[0] if len(sources) == 1 else rows, indent=2, ensure_ascii=False))
    else:
        for source, summary in done:
            if len(sources) > 1:
                typer.echo(f"{source}:")
            say("\n".join(_changes(summary, dry_run=options.dry_run)))
    if vectors:
        typer.echo(vectors, err=as_json)
    for problem in problems.values():
        typer.echo(str(problem), err=True)
    return not problems and not any(summary.failed for _, summary in done)


async def _make_vectors(settings: Settings, database: Database, team_id: str, progress: Progress) -> str:
    """Make the vectors that are missing, where a model is set for them.

    Returns:
        How that ended, in words; empty without a model. What a server fails to make, `baton serve` makes later.
    """
    endpoint = embedding.build(settings)
    if endpoint is None:
        return ""
    try:
        books = Books(database, team_id, settings.time_zone)
        await embedding_job.prepare(database)
        made = await embedding_job.catch_up(books, endpoint, _task(progress, "reading meanings"))
    except NoVectors as problem:
        told = advice(problem.cause, url=endpoint.url, model=endpoint.model, names=EMBEDDING)
        return (
            f"{endpoint.model} gives no vectors ({problem.cause}). {told}{' ' if told else ''}Articles are found by "
            "words until it does; baton serve tries it again."
        )
    finally:
        await endpoint.close()
    return f"{made:,} vectors made by {endpoint.model}"


def _task(progress: Progress, words: str) -> Callable[[int, int], None]:
    task = progress.add_task(words, total=None, visible=False)
    return lambda done, total: progress.update(task, completed=done, total=total, visible=True)


def _changes(summary: SyncSummary, *, dry_run: bool) -> Iterator[str]:
    would = "would be " if dry_run else ""
    yield (
        f"{_articles(len(summary.added))} {would}added, {len(summary.changed)} {would}changed, "
        f"{len(summary.removed)} {would}removed, {len(summary.unchanged)} unchanged, "
        f"{len(summary.failed)} could not be read"
    )
    if dry_run:
        for words, keys in (("add", summary.added), ("change", summary.changed), ("remove", summary.removed)):
            yield from (f"  {words} {key}" for key in keys[:MOST_KEYS])
            if len(keys) > MOST_KEYS:
                yield f"  {words} {len(keys) - MOST_KEYS:,} more; --json names all"
    yield from _named(summary.failed)
    if summary.failed and any(each.hides is not None for each in summary.failed):
        yield "  What these may hide is taken for unchanged: nothing was removed for it."
    yield from _named(summary.notes)


def _articles(count: int) -> str:
    return "1 article" if count == 1 else f"{count:,} articles"


def _named(every: Sequence[Unread]) -> Iterator[str]:
    yield from (f"  {each.key}: {each.why}" for each in every[:MOST_KEYS])
    if len(every) > MOST_KEYS:
        yield f"  … and {len(every) - MOST_KEYS:,} more; --json names all"


async def look_up(
    settings: Settings, query: str, reading: Sequence[str], *, team: str | None, limit: int, as_json: bool
) -> None:
    """Show the passages that Baton would find for a question of somebody who reads by these tags.

    Raises:
        NoSuchReader: when a tag means nothing.
    """
    reader = _reader(reading)
    by_meaning = meaning.build(settings)
    async with workspace.opened(settings) as database:
        team_id = await workspace.workspace_id(database, settings, team)
        found = await search.find(
            database, team_id, query, limit, reader=reader, meaning=by_meaning, company=settings.company_name
        )
    if by_meaning:
        await by_meaning.close()
    if as_json:
        say(json.dumps([asdict(each) for each in found], indent=2, ensure_ascii=False))
    elif found:
        say("\n\n".join(_shown(place, each) for place, each in enumerate(found, 1)))
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
