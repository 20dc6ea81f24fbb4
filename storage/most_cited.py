"""The articles that customers' questions led to most, of late."""

from collections import Counter
from collections.abc import Sequence

from sqlmodel import col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.kinds import ArticleKind
from storage.library import Article
from storage.row import now
from storage.tables import DraftRow

LOOKED_AT = 200
"""The newest drafts that are counted."""
MOST = 40


async def articles(session: AsyncSession, workspace_id: str) -> Sequence[Article]:
    """Articles in force, those first that the newest drafts cite most, then by title."""
    drafts = (
        select(DraftRow.citations)
        .where(DraftRow.workspace_id == workspace_id)
        .order_by(col(DraftRow.id).desc())
        .limit(LOOKED_AT)
    )
    cited = Counter(each["article_id"] for citations in (await session.exec(drafts)).all() for each in citations[:1])
    leading = [article_id for article_id, _ in cited.most_common(MOST)]
    moment = now()
    in_force = (
        Article.workspace_id == workspace_id,
        Article.kind == ArticleKind.ARTICLE,
        col(Article.removed_at).is_(None),
        Article.replaced_by == "",
        or_(col(Article.valid_from).is_(None), col(Article.valid_from) <= moment),
        or_(col(Article.valid_until).is_(None), col(Article.valid_until) > moment),
    )
    first = (await session.exec(select(Article).where(*in_force, col(Article.id).in_(leading)))).all()
    others = (await session.exec(select(Article).where(*in_force).order_by(col(Article.title)).limit(MOST))).all()
    ranked = sorted(first, key=lambda article: leading.index(article.id))
    return [*ranked, *(each for each in others if each.id not in cited)]
