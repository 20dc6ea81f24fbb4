"""Brings the articles of a source in, with the topics that they name."""

from pathlib import Path

from bot.knowledge import sync
from bot.knowledge.sync import Progress, SyncSummary
from bot.settings import Settings
from storage import knowledge, workspaces
from storage.database import Database
from storage.tables import Topic


async def update(
    settings: Settings, database: Database, workspace_id: str, source: Path, progress: Progress | None = None
) -> SyncSummary:
    """Sync a source; a topic that is new among the articles begins with the starting policy of the settings.

    Raises:
        SourceProblem: when the source is missing or holds nothing that could be read; nothing is changed then.
    """
    summary = await sync.sync(database, workspace_id, source, progress)
    async with database.transaction() as session:
        named = await knowledge.topics(session, workspace_id)
        starting = [_starting(settings, workspace_id, name) for name in named]
        await workspaces.add_missing_topics(session, workspace_id, starting)
    return summary


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
