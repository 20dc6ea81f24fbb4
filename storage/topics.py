"""Topics: one at a time, and the record of who changed what about them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlmodel import col, delete, func, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import alerts, day_tallies
from storage.evidence import Certificate, Look, Monitor, Review, TopicChange
from storage.ids import new_id
from storage.kinds import TopicEvent
from storage.library import Article
from storage.row import now
from storage.tables import Conversation, Topic

HISTORY = 50
"""How many changes are read at once, at most."""
NEW_GROUND = (TopicEvent.ALARMED, TopicEvent.MERGED)
"""After these, earlier reviews no longer tell how the topic does now."""


async def by_name(session: AsyncSession, workspace_id: str, name: str, *, lock: bool = False) -> Topic | None:
    """The topic with this name; `lock` reads it anew and keeps others from changing it until the transaction ends."""
    wanted = select(Topic).where(Topic.workspace_id == workspace_id, Topic.name == name)
    if lock:
        await session.flush()  # what this transaction has changed is not read over
        wanted = wanted.with_for_update().execution_options(populate_existing=True)
    return (await session.exec(wanted)).first()


def note(
    session: AsyncSession,
    workspace_id: str,
    topic: str,
    *,
    event: TopicEvent,
    before: dict[str, Any],
    after: dict[str, Any],
    by: str,
    why: str,
) -> TopicChange:
    """Add a line to the record of changes."""
    change = TopicChange(
        workspace_id=workspace_id, id=new_id(), topic=topic, event=event, before=before, after=after, by=by, why=why
    )
    session.add(change)
    return change


async def changes(
    session: AsyncSession, workspace_id: str, topic: str, *, limit: int = HISTORY
) -> Sequence[TopicChange]:
    """What was changed about a topic, the newest first; a topic that was renamed keeps its past."""
    found: list[TopicChange] = []
    name, older_than = topic, None
    while name and len(found) < limit:
        wanted = select(TopicChange).where(TopicChange.workspace_id == workspace_id, TopicChange.topic == name)
        if older_than:
            wanted = wanted.where(TopicChange.id < older_than)
        rows = (await session.exec(wanted.order_by(col(TopicChange.id).desc()).limit(limit - len(found)))).all()
        renamed = next((row for row in rows if row.event == TopicEvent.RENAMED and row.before.get("name")), None)
        found += [row for row in rows if renamed is None or row.id >= renamed.id]
        name, older_than = (renamed.before["name"], renamed.id) if renamed else ("", None)
    return found


async def changed_since(session: AsyncSession, workspace_id: str, since: datetime) -> Sequence[TopicChange]:
    """What was changed about any topic since a moment, the newest first."""
    wanted = (
        select(TopicChange)
        .where(TopicChange.workspace_id == workspace_id, TopicChange.at >= since)
        .order_by(col(TopicChange.id).desc())
        .limit(HISTORY)
    )
    return (await session.exec(wanted)).all()


async def changed_within(
    session: AsyncSession, workspace_id: str, since: datetime, until: datetime
) -> Sequence[TopicChange]:
    """What was changed about any topic in a stretch of time, `until` not included, the newest first."""
    wanted = (
        select(TopicChange)
        .where(TopicChange.workspace_id == workspace_id, TopicChange.at >= since, TopicChange.at < until)
        .order_by(col(TopicChange.at).desc(), col(TopicChange.id).desc())
        .limit(HISTORY)
    )
    return (await session.exec(wanted)).all()


async def new_ground_since(session: AsyncSession, workspace_id: str, topic: str) -> datetime | None:
    """Since when reviews tell of the topic as it is now: its last alarm or merger; None when there was none."""
    for change in await changes(session, workspace_id, topic, limit=10 * HISTORY):
        if change.event in NEW_GROUND:
            return change.at
    return None


async def rename(session: AsyncSession, topic: Topic, name: str) -> Topic:
    """Give a topic another name, with all that was learned about it; the record of changes keeps its words.

    Returns:
        The row under its new name.
    """
    old, workspace_id = topic.name, topic.workspace_id
    fresh = Topic.model_validate(topic.model_dump() | {"name": name})
    await session.delete(topic)
    session.add(fresh)
    await session.flush()
    for table in (Review, Certificate, Look, Monitor, Conversation, Article):
        same = (col(table.workspace_id) == workspace_id, col(table.topic) == old)
        await session.exec(update(table).where(*same).values(topic=name))
    await day_tallies.rename_topic(session, workspace_id, old, name)
    await alerts.rename_topic(session, workspace_id, old, name)
    return fresh


async def remove(session: AsyncSession, topic: Topic, *, into: str | None) -> None:
    """Take a topic away; what it was about belongs to `into`, or keeps a name that no topic has.

    Its reviews stay under the old name: they tell of another mixture of questions than any topic has now.
    """
    workspace_id, old = topic.workspace_id, topic.name
    if into:
        for table in (Conversation, Article):
            same = (col(table.workspace_id) == workspace_id, col(table.topic) == old)
            await session.exec(update(table).where(*same).values(topic=into))
        await day_tallies.rename_topic(session, workspace_id, old, into)
    await alerts.forget_topic(session, workspace_id, old)
    await session.exec(delete(Monitor).where(col(Monitor.workspace_id) == workspace_id, col(Monitor.topic) == old))
    await session.delete(topic)
    await session.flush()


async def articles_changed_since(
    session: AsyncSession, workspace_id: str, topic: str, since: datetime
) -> list[tuple[str, datetime]]:
    """Titles and times of the topic's articles that were changed or removed since a moment, the newest first."""
    wanted = (
        select(Article.title, Article.updated_at)
        .where(Article.workspace_id == workspace_id, Article.topic == topic, Article.updated_at >= since)
        .order_by(col(Article.updated_at).desc())
        .limit(HISTORY)
    )
    return list((await session.exec(wanted)).all())


async def articles_of(session: AsyncSession, workspace_id: str, topic: str) -> int:
    """How many articles name the topic."""
    wanted = select(func.count()).where(
        Article.workspace_id == workspace_id, Article.topic == topic, col(Article.removed_at).is_(None)
    )
    return (await session.exec(wanted)).one()


def touch(topic: Topic, by: str) -> None:
    """Count a change of the topic."""
    topic.revision += 1
    topic.updated_at, topic.updated_by = now(), by
