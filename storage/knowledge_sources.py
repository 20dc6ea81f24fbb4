"""Where articles come from, how the last sync of each source ended, and who works on one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import case, func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.library import Article, KnowledgeSource
from storage.row import now

HELD_FOR = timedelta(minutes=2)
"""After this a sync that said neither that it ended nor that it is at work counts as dead."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A source with how many of its articles are in use, and how many were removed."""

    source: KnowledgeSource
    articles: int
    removed: int

    @property
    def at_work(self) -> bool:
        """Whether a sync of it is at work now."""
        return bool(self.source.held_by and self.source.held_until and self.source.held_until > now())


async def hold(session: AsyncSession, workspace_id: str, name: str, holder: str) -> KnowledgeSource | None:
    """Take a source for one sync; None while another one has it. A source that is new is remembered."""
    found = await session.get(KnowledgeSource, (workspace_id, name), with_for_update=True, populate_existing=True)
    moment = now()
    if found is None:
        found = KnowledgeSource(workspace_id=workspace_id, name=name)
    elif found.held_by and found.held_by != holder and found.held_until and found.held_until > moment:
        return None
    found.held_by, found.held_until, found.tried_at = holder, moment + HELD_FOR, moment
    session.add(found)
    await session.flush()
    return found


async def still_at_work(session: AsyncSession, workspace_id: str, name: str, holder: str) -> bool:
    """Keep a source for a sync that goes on; False when it was taken for dead, and another one has the source."""
    found = await session.get(KnowledgeSource, (workspace_id, name), with_for_update=True, populate_existing=True)
    if found is None or found.held_by != holder:
        return False
    found.held_until = now() + HELD_FOR
    session.add(found)
    return True


async def let_go(
    session: AsyncSession,
    workspace_id: str,
    name: str,
    holder: str,
    *,
    trouble: str,
    unread: int,
    ended: bool = True,
) -> str:
    """Write down how a sync ended, and let the source go; `ended` is whether it ran to its end.

    Returns:
        The trouble of the sync before, so that the same one is told once.
    """
    found = await session.get(KnowledgeSource, (workspace_id, name), with_for_update=True, populate_existing=True)
    if found is None or found.held_by != holder:  # it was forgotten meanwhile, or is another sync's by now
        return ""
    before = found.trouble
    found.held_by, found.held_until = "", None
    if ended:
        found.trouble, found.unread = trouble, unread
        found.synced_at = found.synced_at if trouble else now()
    session.add(found)
    return before


async def every(session: AsyncSession, workspace_id: str) -> Sequence[Listed]:
    """All sources that articles name or a sync was asked for, by name."""
    gone = col(Article.removed_at).is_not(None)
    counted = (
        select(Article.source, func.sum(case((gone, 0), else_=1)), func.sum(case((gone, 1), else_=0)))
        .where(Article.workspace_id == workspace_id)
        .group_by(col(Article.source))
    )
    counts = {name: (int(here), int(removed)) for name, here, removed in (await session.exec(counted)).all()}
    rows = (await session.exec(select(KnowledgeSource).where(KnowledgeSource.workspace_id == workspace_id))).all()
    known = {row.name: row for row in rows}
    for name in counts:
        known.setdefault(name, KnowledgeSource(workspace_id=workspace_id, name=name))
    return [Listed(known[name], *counts.get(name, (0, 0))) for name in sorted(known)]


async def troubled(session: AsyncSession, workspace_id: str) -> Sequence[KnowledgeSource]:
    """The sources whose last sync failed, or left articles unread."""
    wanted = select(KnowledgeSource).where(
        KnowledgeSource.workspace_id == workspace_id,
        (col(KnowledgeSource.trouble) != "") | (col(KnowledgeSource.unread) > 0),
    )
    return (await session.exec(wanted.order_by(col(KnowledgeSource.name)))).all()


async def forget(session: AsyncSession, workspace_id: str, name: str) -> None:
    """Forget a source; its articles are removed by whoever asks for this."""
    found = await session.get(KnowledgeSource, (workspace_id, name))
    if found is not None:
        await session.delete(found)
