"""Reads the sources of the settings again by the clock, one process for all, and tells managers what fails, once."""

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import structlog

from bot.runtime import Runtime
from bot.schedule import Schedule
from bot.settings import Settings
from bot.slack import posts
from bot.views import knowledge as knowledge_view
from bot.views.post import Post
from storage import job_runs, knowledge, replacements
from storage.library import KnowledgeSource
from storage.row import now

if TYPE_CHECKING:
    from bot.knowledge.sync import SyncSummary

log = structlog.get_logger(__name__)

LOOK_SECONDS = 60.0
PURPOSE = "knowledge"


def schedule(jobs: Schedule, settings: Settings, runtime: Runtime) -> None:
    """Add the jobs: reading sources again, and letting articles take the place of others once they hold."""

    async def read_again() -> None:
        await read_due(settings, runtime, now())

    async def take_places() -> None:
        async with runtime.database.transaction(durable=False) as session:
            await replacements.settle(session, runtime.workspace_id, now())

    if sources_of(settings):
        jobs.add_sweep("knowledge_sources", LOOK_SECONDS, read_again, at_start=True)
    jobs.add_sweep("replaced_articles", LOOK_SECONDS, take_places)


async def at_start(settings: Settings, runtime: Runtime) -> None:
    """Bring what is known up to date with the folder of the settings, if they name one, before anybody asks.

    Raises:
        SourceProblem: when it cannot be read and nothing is known from before: there is nothing to answer from.
    """
    if settings.knowledge_dir is None:
        return
    from bot.knowledge.documents.document import SourceProblem  # noqa: PLC0415 - most starts read no articles

    async with runtime.database.reading() as session:
        articles, _ = await knowledge.count(session, runtime.workspace_id)
    trouble = await _read(settings, runtime, str(settings.knowledge_dir))
    if trouble and not articles:
        raise SourceProblem(trouble)


def sources_of(settings: Settings) -> Sequence[str]:
    """The sources that are read again, each once."""
    named = [*settings.knowledge_sources, *([settings.knowledge_dir] if settings.knowledge_dir else [])]
    return list(dict.fromkeys(str(each) for each in named))


async def read_due(settings: Settings, runtime: Runtime, at: datetime) -> None:
    """Read every source whose turn has come and that no other process has taken; one that fails stops no other."""
    slot = at.timestamp() // settings.knowledge_sync_every * settings.knowledge_sync_every
    for source in sources_of(settings):
        # By source: one that is new in the settings is read at once, whatever the others are waiting for.
        job = f"knowledge {hashlib.blake2b(source.encode(), digest_size=8).hexdigest()}"
        async with runtime.database.transaction() as session:
            if not await job_runs.claim(session, runtime.workspace_id, job, datetime.fromtimestamp(slot, UTC)):
                continue
        try:
            await _read(settings, runtime, source)
        except Exception:
            log.exception("knowledge_sync_failed", source=source)


async def _read(settings: Settings, runtime: Runtime, source: str) -> str:
    """Read a source; returns why it could not be read, which managers then know."""
    from bot.knowledge import library, sources  # noqa: PLC0415 - reading articles is heavy, and a start does not need it
    from bot.knowledge.documents.document import SourceBusy, SourceProblem  # noqa: PLC0415

    name = sources.name_of(source)
    async with runtime.database.reading() as session:
        row = await session.get(KnowledgeSource, (runtime.workspace_id, name))
    before = (row.trouble, row.unread) if row else ("", 0)
    try:
        summary = await library.update(settings, runtime.database, runtime.workspace_id, source)
    except SourceBusy:  # whoever has it brings it up to date
        return ""
    except SourceProblem as problem:
        log.warning("knowledge_sync_failed", source=name, why=str(problem))
        if str(problem) != before[0]:
            await _tell(runtime, knowledge_view.source_failed(name, str(problem)))
        return str(problem)
    _log(name, summary)
    if summary.failed and not before[1]:
        await _tell(runtime, knowledge_view.articles_failed(name, [(each.key, each.why) for each in summary.failed]))
    return ""


def _log(source: str, summary: "SyncSummary") -> None:
    counts = {name: len(keys) for name, keys in vars(summary).items() if keys}
    for each in summary.failed:
        log.warning("article_unread", source=source, article=each.key, why=each.why)
    log.info("knowledge_synced", source=source, **counts)


async def _tell(runtime: Runtime, post: Post) -> None:
    async with runtime.database.transaction() as session:
        posts.to_channel(session, runtime.workspace_id, runtime.channels.managers, post, purpose=PURPOSE)
    runtime.posted()
