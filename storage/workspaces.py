"""Workspaces and their topics."""

import secrets
from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlmodel import col, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.evidence import TopicChange
from storage.kinds import Stage
from storage.row import now
from storage.tables import Topic, Workspace


async def remember(session: AsyncSession, workspace_id: str, *, name: str, bot_user_id: str) -> Workspace:
    """Add the workspace, or bring its name and bot up to date; when it was added stays."""
    workspace = await session.get(Workspace, workspace_id) or Workspace(id=workspace_id)
    workspace.name, workspace.bot_user_id = name, bot_user_id
    workspace.sampling_key = workspace.sampling_key or secrets.token_hex(16)
    session.add(workspace)
    return workspace


async def ids(session: AsyncSession) -> Sequence[str]:
    """Every workspace of the database, those that no process serves any more too."""
    return (await session.exec(select(Workspace.id))).all()


async def managers_meet_in(session: AsyncSession, workspace_id: str, channel_id: str) -> None:
    """Note which channel is the managers' from now on, for all processes: the one that started last knows."""
    workspace = await session.get(Workspace, workspace_id, with_for_update={"key_share": True})
    if workspace and workspace.managers_channel_id != channel_id:
        workspace.managers_channel_id = channel_id
        session.add(workspace)


async def managers_channel(session: AsyncSession, workspace_id: str) -> str:
    """The managers' channel; empty before the first start."""
    wanted = select(Workspace.managers_channel_id).where(Workspace.id == workspace_id)
    return (await session.exec(wanted)).first() or ""


async def hold(session: AsyncSession, workspace_id: str) -> None:
    """Let only one transaction at a time do what needs this, until it ends; rows may still be added meanwhile."""
    await session.get(Workspace, workspace_id, with_for_update={"key_share": True})


async def somebody_is_erased(session: AsyncSession, workspace_id: str) -> None:
    """Note that a customer is erased now, for every process that has read their words."""
    await session.exec(update(Workspace).where(col(Workspace.id) == workspace_id).values(erased_at=now()))


async def last_erased(session: AsyncSession, workspace_id: str) -> datetime | None:
    """When a customer was last erased; None for never."""
    return (await session.exec(select(Workspace.erased_at).where(Workspace.id == workspace_id))).first()


async def topics(session: AsyncSession, workspace_id: str) -> Sequence[Topic]:
    """The topics of the workspace by name."""
    wanted = select(Topic).where(Topic.workspace_id == workspace_id).order_by(col(Topic.name))
    return (await session.exec(wanted)).all()


async def add_missing_topics(session: AsyncSession, workspace_id: str, starting: Iterable[Topic]) -> None:
    """Add topics that are not there yet; what a manager has set for the others stays.

    A name that a topic had before (it was deleted, merged or renamed) does not come back on autopilot by itself.
    """
    known = {topic.name for topic in await topics(session, workspace_id)}
    fresh = [topic for topic in starting if topic.name not in known]
    if not fresh:
        return
    wanted = select(TopicChange.topic).where(TopicChange.workspace_id == workspace_id).distinct()
    had_before = set((await session.exec(wanted)).all())
    for topic in fresh:
        if topic.name in had_before and topic.stage == Stage.AUTOPILOT:
            topic.stage = Stage.COPILOT
        session.add(topic)
