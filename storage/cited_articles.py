"""The articles that drafts cited, for what is written after them and may one day be outdated with them."""

from collections.abc import Sequence

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import knowledge
from storage.library import Article
from storage.row import now
from storage.tables import DraftRow


async def of_conversations(session: AsyncSession, workspace_id: str, conversation_ids: Sequence[str]) -> list[Article]:
    """The articles that the drafts of these conversations cited."""
    drafts = await session.exec(
        select(DraftRow.citations).where(
            DraftRow.workspace_id == workspace_id, col(DraftRow.conversation_id).in_(conversation_ids)
        )
    )
    ids = {str(each["article_id"]) for citations in drafts for each in citations}
    found = await knowledge.by_ids(session, workspace_id, sorted(ids))
    return [found[each] for each in sorted(found)]


def as_read(cited: Sequence[Article]) -> list[dict[str, str]]:
    """The articles that hold, as they are now, for what rests on them: who writes it now knows which do not."""
    moment = now()
    hold = [each for each in cited if each.holds(moment)]
    return [{"article_id": each.id, "title": each.title, "content_hash": each.content_hash} for each in hold]
