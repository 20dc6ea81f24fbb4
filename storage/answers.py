"""Answers that people taught: each an article of its own, with who taught it, from where, and every change."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlmodel import col, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import knowledge
from storage.answer_pairs import AnswerChange, AnswerPair
from storage.ids import new_id
from storage.kinds import AnswerEvent
from storage.knowledge import NewArticle
from storage.library import Article
from storage.row import now

SOURCE = "answers"
"""The source of their articles: no folder is called that, so no sync touches them."""

ABOUT_THEME = "theme:"
"""Begins what stands in the place of a conversation where an article was written about a theme, then its key."""


async def of_conversation(session: AsyncSession, workspace_id: str, conversation_id: str) -> AnswerPair | None:
    """The pair that a conversation (or a theme, see `ABOUT_THEME`) yielded, forgotten or not."""
    wanted = select(AnswerPair).where(
        AnswerPair.workspace_id == workspace_id, AnswerPair.conversation_id == conversation_id
    )
    return (await session.exec(wanted)).first()


async def by_id(session: AsyncSession, workspace_id: str, article_id: str) -> AnswerPair | None:
    """The pair with this id, which is that of its article; a unique beginning of it will do."""
    wanted = (
        select(AnswerPair)
        .where(AnswerPair.workspace_id == workspace_id, col(AnswerPair.article_id).startswith(article_id))
        .limit(2)
    )
    found = (await session.exec(wanted)).all() if article_id else []
    return found[0] if len(found) == 1 else None


async def among(session: AsyncSession, workspace_id: str, article_ids: Sequence[str]) -> Sequence[AnswerPair]:
    """The pairs whose articles are among these."""
    wanted = select(AnswerPair).where(
        AnswerPair.workspace_id == workspace_id, col(AnswerPair.article_id).in_(article_ids)
    )
    return (await session.exec(wanted)).all() if article_ids else []


async def readers_by_conversation(
    session: AsyncSession, workspace_id: str, conversation_ids: Iterable[str]
) -> dict[str, str]:
    """Of these conversations, those that an answer was taught from which is knowledge now, and who may read it."""
    wanted = (
        select(AnswerPair.conversation_id, Article.audience)
        .join(
            Article,
            (col(Article.workspace_id) == AnswerPair.workspace_id) & (col(Article.id) == AnswerPair.article_id),
        )
        .where(
            AnswerPair.workspace_id == workspace_id,
            col(AnswerPair.conversation_id).in_(sorted(set(conversation_ids))),
            col(AnswerPair.forgotten_at).is_(None),
        )
    )
    return dict((await session.exec(wanted)).all())


async def is_known(session: AsyncSession, workspace_id: str, article_id: str) -> bool:
    """Whether a pair is knowledge now."""
    pair = await session.get(AnswerPair, (workspace_id, article_id))
    return pair is not None and pair.forgotten_at is None


async def teach(session: AsyncSession, pair: AnswerPair, article: NewArticle, *, by: str, at: datetime) -> None:
    """Make a pair knowledge, in place of what it said before; how often that was used is kept."""
    before = await session.get(AnswerPair, (pair.workspace_id, pair.article_id))
    known = [article.id] if before else []
    await knowledge.store(session, pair.workspace_id, [article], known, at)
    event = AnswerEvent.CHANGED if before and before.forgotten_at is None else AnswerEvent.TAUGHT
    pair.taught_by, pair.taught_at, pair.forgotten_by, pair.forgotten_at = by, at, "", None
    if before:
        pair.used, pair.used_at = before.used, before.used_at
    await session.merge(pair)
    _changed(session, pair, event, by, at)


async def forget(session: AsyncSession, pair: AnswerPair, *, by: str, at: datetime) -> bool:
    """Take a pair out of the knowledge; its rows stay for the decisions that rested on it. False when it was out."""
    if pair.forgotten_at is not None:
        return False
    await knowledge.remove(session, pair.workspace_id, [pair.article_id], at)
    pair.forgotten_by, pair.forgotten_at = by, at
    session.add(pair)
    _changed(session, pair, AnswerEvent.FORGOTTEN, by, at)
    return True


async def listed(session: AsyncSession, workspace_id: str, *, limit: int) -> Sequence[AnswerPair]:
    """The pairs that are knowledge now, the latest first."""
    wanted = (
        select(AnswerPair)
        .where(AnswerPair.workspace_id == workspace_id, col(AnswerPair.forgotten_at).is_(None))
        .order_by(col(AnswerPair.taught_at).desc(), col(AnswerPair.article_id))
        .limit(limit)
    )
    return (await session.exec(wanted)).all()


async def changes(session: AsyncSession, pair: AnswerPair) -> Sequence[AnswerChange]:
    """Everything that was done to a pair, oldest first."""
    wanted = (
        select(AnswerChange)
        .where(AnswerChange.workspace_id == pair.workspace_id, AnswerChange.article_id == pair.article_id)
        .order_by(col(AnswerChange.id))
    )
    return (await session.exec(wanted)).all()


async def used(session: AsyncSession, workspace_id: str, article_ids: Iterable[str], at: datetime) -> None:
    """Count that replies went out that rest on these pairs; ids of other articles change nothing."""
    wanted = sorted(set(article_ids))
    if wanted:
        await (await session.connection()).execute(
            update(AnswerPair)
            .where(col(AnswerPair.workspace_id) == workspace_id, col(AnswerPair.article_id).in_(wanted))
            .values(used=AnswerPair.used + 1, used_at=at)
        )


async def outdated(session: AsyncSession, workspace_id: str, pairs: Sequence[AnswerPair]) -> dict[str, list[str]]:
    """By pair, the titles of articles that its conversation rested on and that read otherwise now, or hold no more."""
    ids = {str(each["article_id"]) for pair in pairs for each in pair.rests_on}
    if not ids:
        return {}
    there = (col(Article.workspace_id) == workspace_id, col(Article.id).in_(sorted(ids)))
    articles = (await session.exec(select(Article).where(*there))).all()
    moment = now()
    says = {each.id: each.content_hash for each in articles if each.holds(moment)}
    found: dict[str, list[str]] = {}
    for pair in pairs:
        for each in pair.rests_on:
            if says.get(str(each["article_id"])) != each["content_hash"]:
                found.setdefault(pair.article_id, []).append(str(each["title"]))
    return found


def _changed(session: AsyncSession, pair: AnswerPair, event: AnswerEvent, by: str, at: datetime) -> None:
    session.add(
        AnswerChange(
            workspace_id=pair.workspace_id,
            id=new_id(),
            article_id=pair.article_id,
            event=event,
            by=by,
            at=at,
            question=pair.question,
            answer=pair.answer,
        )
    )
