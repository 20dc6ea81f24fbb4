"""Writes simulated weeks into the tables, so that App Home and the report of the demo have something to show.

Every conversation is marked as simulated, and what real rows say of drafters and versions says `simulated` here.
"""

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import insert
from sqlmodel import col, select

from bot.demo import shop, simulation
from bot.demo.past_evidence import Versions
from bot.demo.past_rows import ArticleTitle, Row, Rows
from bot.demo.simulation import TABLES
from bot.drafting.embedded import EmbeddedDrafter
from bot.thinking.versions import version_of
from handoff import confidence
from storage import day_tallies, themes
from storage.database import Database
from storage.tables import Conversation

AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class HistorySummary:
    """How much was written; all zero when there was a simulated history already."""

    conversations: int = 0
    messages: int = 0
    handoffs: int = 0
    ratings: int = 0


async def write(db: Database, workspace_id: str, *, until: datetime, weeks: int = 4, seed: int = 7) -> HistorySummary:
    """Write the weeks that end at `until`, unless the workspace has simulated conversations already.

    Args:
        db: its tables at the newest version, the workspace known.
        workspace_id: whose history it becomes.
        until: an aware moment; nothing is dated later.
        weeks: how many, about 60 conversations each.
        seed: the same seed and end give the same weeks.
    """
    async with db.reading() as session:
        known = select(Conversation.id).where(
            Conversation.workspace_id == workspace_id, col(Conversation.simulated).is_(True)
        )
        if (await session.exec(known.limit(1))).first() is not None:
            return HistorySummary()
    played = await asyncio.to_thread(_play, workspace_id, until, weeks, seed)
    async with db.writing_connection() as connection:
        for kind, table in TABLES.items():
            rows: list[Row] = [table(**row).model_dump() for row in getattr(played, kind)]
            for start in range(0, len(rows), AT_ONCE):
                await connection.execute(insert(table), rows[start : start + AT_ONCE])
    async with db.transaction() as session:
        await day_tallies.forget(session, workspace_id, until - timedelta(weeks=weeks))
        await themes.forget_searches(session, workspace_id, until - timedelta(weeks=weeks))
    return HistorySummary(len(played.conversations), len(played.messages), len(played.handoffs), len(played.ratings))


def _play(workspace_id: str, until: datetime, weeks: int, seed: int) -> Rows:
    from bot.knowledge import documents  # noqa: PLC0415 - YAML is heavy

    articles = {
        each.key.removesuffix(".md"): ArticleTitle(each.title, each.url)
        for each in documents.read_all(shop.ARTICLES)
        if isinstance(each, documents.Document)
    }
    versions = Versions(version_of(EmbeddedDrafter()), confidence.VERSION)
    return simulation.play(workspace_id, articles, until=until, weeks=weeks, seed=seed, versions=versions)
