"""Workspaces and their topics."""

import secrets
from collections.abc import Iterable, Sequence

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.tables import Topic, Workspace


async def remember(session: AsyncSession, workspace_id: str, *, name: str, bot_user_id: str) -> Workspace:
    """Add the workspace, or bring its name and bot up to date; when it was added stays."""
    workspace = await session.get(Workspace, workspace_id) or Workspace(id=workspace_id)
    workspace.name, workspace.bot_user_id = name, bot_user_id
    workspace.sampling_key = workspace.sampling_key or secrets.token_hex(16)
    session.add(workspace)
    return workspace


async def topics(session: AsyncSession, workspace_id: str) -> Sequence[Topic]:
    """The topics of the workspace by name."""
    wanted = select(Topic).where(Topic.workspace_id == workspace_id).order_by(col(Topic.name))
    return (await session.exec(wanted)).all()


async def add_missing_topics(session: AsyncSession, workspace_id: str, starting: Iterable[Topic]) -> None:
    """Add topics that are not there yet; what a manager has set for the others stays."""
    known = {topic.name for topic in await topics(session, workspace_id)}
    session.add_all(topic for topic in starting if topic.name not in known)
