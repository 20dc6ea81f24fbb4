"""Who may read the articles that decisions rest on, as it stands now."""

from collections.abc import Collection, Mapping

from sqlalchemy import bindparam
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.library import Article


async def of_articles(session: AsyncSession, workspace_id: str, article_ids: Collection[str]) -> Mapping[str, str]:
    """The audience of each article by its id; those that are gone or were removed are left out."""
    if not article_ids:
        return {}
    found = await session.exec(_AUDIENCES, params={"workspace": workspace_id, "ids": list(article_ids)})
    return dict(found.all())


_AUDIENCES = select(Article.id, Article.audience).where(
    Article.workspace_id == bindparam("workspace"),
    col(Article.id).in_(bindparam("ids", expanding=True)),
    col(Article.removed_at).is_(None),
)
