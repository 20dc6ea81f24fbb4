"""Brings the articles of a source in, with the topics that they name, and remembers how that ended."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.exc import OperationalError

from bot import team
from bot.knowledge import sources, sync
from bot.knowledge.documents import Reading, SourceProblem
from bot.knowledge.documents.document import SourceBusy, Unreadable
from bot.knowledge.documents.properties import parse_audience
from bot.knowledge.sync import Manner, Progress, SyncSummary
from bot.settings import Settings
from storage import knowledge, knowledge_sources, replacements, workspaces
from storage.database import Database
from storage.ids import new_id
from storage.library import KnowledgeSource
from storage.row import now
from storage.tables import Topic

SAID_EVERY_SECONDS = 20.0
"""How often a sync says that it goes on; well within `knowledge_sources.HELD_FOR`."""


@dataclass(frozen=True, slots=True)
class Options:
    """What is asked of a sync besides the settings."""

    audience: str | None = None
    """For articles that say nothing; remembered with the source. None takes what is remembered."""
    topic: str | None = None
    allow_removal: bool = False
    dry_run: bool = False
    private_addresses: bool = False
    fetched: Progress | None = None


async def update(
    settings: Settings,
    database: Database,
    workspace_id: str,
    source: Path | str,
    progress: Progress | None = None,
    *,
    options: Options | None = None,
) -> SyncSummary:
    """Sync a source; a topic that is new among the articles begins with the starting policy of the settings.

    Raises:
        SourceProblem: when the source is missing, holds nothing that could be read, or another sync works on it;
            nothing is changed then, and what failed is remembered.
        TeamFileProblem: when the team's file cannot be used.
    """
    options, name = options or Options(), sources.name_of(source)
    if options.dry_run:
        async with database.reading() as session:
            row = await session.get(KnowledgeSource, (workspace_id, name))
        return await sync.sync(database, workspace_id, source, progress, _manner(settings, row, name, options))
    holder = new_id()
    row = await _hold(database, workspace_id, name, holder, options)
    trouble, unread, ended = "", 0, False
    try:
        manner = _manner(settings, row, name, options)
        async with _at_work(database, workspace_id, name, holder):
            summary = await sync.sync(database, workspace_id, source, progress, manner)
        unread, ended = len(summary.failed), True
    except SourceProblem as problem:
        trouble, ended = str(problem), True
        raise
    finally:
        async with database.transaction() as session:
            await knowledge_sources.let_go(
                session, workspace_id, name, holder, trouble=trouble, unread=unread, ended=ended
            )
    await _begin_topics(settings, database, workspace_id)
    return summary


async def forget(database: Database, workspace_id: str, source: str) -> tuple[str, int]:
    """Take all articles of a source out of the search, and forget it. Syncing it again undoes that.

    Returns:
        The name of the source, and how many articles it had.

    Raises:
        SourceProblem: when no source is called that.
    """
    async with database.reading() as session:
        known = [each.source.name for each in await knowledge_sources.every(session, workspace_id)]
    name = source if source in known else sources.name_of(source)
    if name not in known:
        listed = "".join(f"\n  {each}" for each in known) or " none"
        raise SourceProblem(f"There is no source {source}. Known:{listed}")
    async with database.reading() as session:
        found = await knowledge.known_articles(session, workspace_id, name)
    here = [article.id for article in found.values() if not article.removed]
    for start in range(0, len(here), sync.BATCH):
        async with database.transaction() as session:
            await knowledge.remove(session, workspace_id, here[start : start + sync.BATCH], now())
    async with database.transaction() as session:
        await knowledge_sources.forget(session, workspace_id, name)
        await replacements.settle(session, workspace_id, now())
    return name, len(here)


async def _hold(database: Database, workspace_id: str, name: str, holder: str, options: Options) -> KnowledgeSource:
    async with database.transaction() as session:
        row = await knowledge_sources.hold(session, workspace_id, name, holder)
        if row is None:
            minutes = int(knowledge_sources.HELD_FOR.total_seconds() // 60)
            raise SourceBusy(
                f"Another sync of {name} is under way; try again when it has ended. If it was killed, the source is "
                f"free {minutes} minutes after that."
            )
        if options.audience is not None:
            row.audience = _audience(options.audience)
        if options.topic is not None:
            row.topic = options.topic
        session.add(row)
    return row


@asynccontextmanager
async def _at_work(database: Database, workspace_id: str, name: str, holder: str) -> AsyncGenerator[None]:
    """Say time and again that this sync goes on: one that is killed holds its source for a short while alone."""
    ended = asyncio.Event()

    async def say_so() -> None:
        while not ended.is_set():
            try:
                async with asyncio.timeout(SAID_EVERY_SECONDS):
                    await ended.wait()
            except TimeoutError:
                with suppress(OperationalError):  # the database is busy; there is time to say it again
                    async with database.transaction(durable=False) as session:
                        await knowledge_sources.still_at_work(session, workspace_id, name, holder)

    saying = asyncio.create_task(say_so())
    try:
        yield
    finally:
        ended.set()
        await saying


def _audience(written: str) -> str:
    try:
        return parse_audience(written) if written.strip() else ""
    except Unreadable as problem:
        raise SourceProblem(f"With --audience, {problem}.") from problem


def _manner(settings: Settings, row: KnowledgeSource | None, name: str, options: Options) -> Manner:
    file = team.read(settings.team_file)
    audience = options.audience if options.audience is not None else row.audience if row else ""
    reading = Reading(
        source=name,
        audience=_audience(audience),
        topic=options.topic if options.topic is not None else row.topic if row else "",
        rules=file.knowledge.rules,
        time_zone=settings.time_zone,
        groups=frozenset(file.customer_groups) if settings.team_file else None,
    )
    return Manner(
        reading=reading,
        allow_removal=options.allow_removal,
        dry_run=options.dry_run,
        private_addresses=options.private_addresses or settings.knowledge_private_addresses,
        fetched=options.fetched,
    )


async def _begin_topics(settings: Settings, database: Database, workspace_id: str) -> None:
    async with database.transaction() as session:
        named = await knowledge.topics(session, workspace_id)
        starting = [_starting(settings, workspace_id, name) for name in named]
        await workspaces.add_missing_topics(session, workspace_id, starting)


def _starting(settings: Settings, workspace_id: str, name: str) -> Topic:
    return Topic(
        workspace_id=workspace_id,
        name=name,
        title=name.replace("_", " ").replace("-", " ").capitalize(),
        stage=settings.starting_stage,
        threshold=settings.confidence_threshold,
        frustration_limit=settings.frustration_limit,
        tolerance=settings.tolerance,
    )
