"""Decisions as an auditor asks for them: one, or page after page, each with everything that belongs to it."""

from collections.abc import AsyncGenerator, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from sqlalchemy import and_, bindparam, func, or_, text
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import SelectOfScalar
from sqlmodel.sql.sqltypes import UTCDateTime

from storage.database import Database
from storage.endings import Rating
from storage.evidence import Certificate, Review
from storage.library import Article, DecisionArticle
from storage.tables import Conversation, Decision, DraftRow, Handoff, Message

PAGE = 500
"""How many decisions are held in memory at a time."""

Kind = TypeVar("Kind", DraftRow, Certificate, Conversation, Message, Article)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which decisions are asked for."""

    since: datetime | None = None
    until: datetime | None = None
    """Not included."""
    topic: str | None = None


@dataclass(frozen=True, slots=True)
class ReadVersion:
    """An article as decisions read it, and how many did."""

    article_id: str
    content_hash: str
    decisions: int


@dataclass(frozen=True, slots=True)
class Recorded:
    """A decision and what belongs to it."""

    decision: Decision
    conversation: Conversation
    message: Message | None
    draft: DraftRow | None
    certificate: Certificate | None
    reviews: Sequence[Review]
    handoff: Handoff | None
    """The one that the decision opened."""
    rating: Rating | None


async def by_id(session: AsyncSession, workspace_id: str, decision_id: str) -> Decision | None:
    """The decision with this id."""
    return await session.get(Decision, (workspace_id, decision_id))


async def pages(
    database: Database, workspace_id: str, wanted: Wanted, *, size: int = PAGE
) -> AsyncGenerator[list[Recorded]]:
    """All decisions that are asked for, oldest first, `size` at a time; each page is a short transaction of its own.

    Pages follow each other by the time and id of the last row, so that rows which come meanwhile shift nothing, and
    a millionth decision is found as fast as the first.
    """
    after: tuple[datetime, str] | None = None
    while True:
        async with database.reading() as session:
            found = await _page(session, workspace_id, wanted, after, size)
            recorded = await _with_all(session, workspace_id, found)
        if found:
            after = (found[-1].created_at, found[-1].id)
            yield recorded
        if len(found) < size:
            return


async def that_read(
    database: Database, workspace_id: str, version: ReadVersion, *, size: int = PAGE
) -> AsyncGenerator[list[Recorded]]:
    """All decisions that read this version of an article, oldest first, `size` at a time."""
    after = ""
    while True:
        async with database.reading() as session:
            ids = (await session.exec(_readers(workspace_id, version, after, size))).all()
            rows = select(Decision).where(Decision.workspace_id == workspace_id, col(Decision.id).in_(ids))
            found = (await session.exec(rows.order_by(col(Decision.id)))).all()
            recorded = await _with_all(session, workspace_id, found)
        if ids:
            after = ids[-1]
            yield recorded
        if len(ids) < size:
            return


async def versions_read(session: AsyncSession, workspace_id: str, article_id: str) -> Sequence[ReadVersion]:
    """The versions of an article that decisions read, the oldest first."""
    hash_, first = col(DecisionArticle.content_hash), func.min(DecisionArticle.decision_id)
    counted = (
        select(hash_, func.count())
        .where(DecisionArticle.workspace_id == workspace_id, DecisionArticle.article_id == article_id)
        .group_by(hash_)
        .order_by(first)
    )
    rows = (await session.exec(counted)).all()
    return [ReadVersion(article_id, content_hash, count) for content_hash, count in rows]


async def versions_no_longer_so(
    session: AsyncSession, workspace_id: str, at: datetime
) -> list[tuple[Article, list[ReadVersion]]]:
    """What decisions read of articles that say something else at a moment, or do not hold then; by source and key.

    Each version that was ever read costs one look into the index, however many decisions read it; only those that
    read what is listed are counted.
    """
    connection = await session.connection()
    rows = (await connection.execute(_NO_LONGER_SO, {"workspace": workspace_id, "at": at})).all()
    versions: dict[str, list[ReadVersion]] = {}
    for article_id, content_hash, count in rows:
        versions.setdefault(article_id, []).append(ReadVersion(article_id, content_hash, count))
    articles = await _by_ids(session, Article, workspace_id, versions)
    known = sorted(articles.values(), key=lambda each: (each.source, each.source_key))
    return [(each, versions[each.id]) for each in known]


def _readers(workspace_id: str, version: ReadVersion, after: str, size: int) -> SelectOfScalar[str]:
    return (
        select(DecisionArticle.decision_id)
        .where(
            DecisionArticle.workspace_id == workspace_id,
            DecisionArticle.article_id == version.article_id,
            DecisionArticle.content_hash == version.content_hash,
            DecisionArticle.decision_id > after,
        )
        .order_by(col(DecisionArticle.decision_id))
        .limit(size)
    )


async def _page(
    session: AsyncSession, workspace_id: str, wanted: Wanted, after: tuple[datetime, str] | None, size: int
) -> Sequence[Decision]:
    rows = select(Decision).where(Decision.workspace_id == workspace_id)
    if after:
        moment, last = after
        # The first condition lets the index by time begin there; the second leaves out what was read.
        later = or_(
            col(Decision.created_at) > moment, and_(col(Decision.created_at) == moment, col(Decision.id) > last)
        )
        rows = rows.where(col(Decision.created_at) >= moment, later)
    elif wanted.since:
        rows = rows.where(col(Decision.created_at) >= wanted.since)
    if wanted.until:
        rows = rows.where(col(Decision.created_at) < wanted.until)
    if wanted.topic is not None:
        rows = rows.where(Decision.topic == wanted.topic)
    return (await session.exec(rows.order_by(col(Decision.created_at), col(Decision.id)).limit(size))).all()


async def _with_all(session: AsyncSession, workspace_id: str, found: Sequence[Decision]) -> list[Recorded]:
    conversations = await _by_ids(session, Conversation, workspace_id, {each.conversation_id for each in found})
    messages = await _by_ids(session, Message, workspace_id, {each.message_id for each in found})
    drafts = await _by_ids(session, DraftRow, workspace_id, {each.draft_id for each in found if each.draft_id})
    certificates = await certificates_of(session, workspace_id, found)
    reviews = await _reviews(session, workspace_id, [each.id for each in found])
    handoffs = await _handoffs(session, workspace_id, list(conversations))
    ratings = await _ratings(session, workspace_id, list(conversations))
    return [
        Recorded(
            decision=each,
            conversation=conversations[each.conversation_id],
            message=messages.get(each.message_id),
            draft=drafts.get(each.draft_id or ""),
            certificate=certificates.get(each.certificate_id),
            reviews=reviews.get(each.id, []),
            handoff=_opened_by(each, handoffs.get(each.conversation_id, [])),
            rating=ratings.get(each.conversation_id),
        )
        for each in found
        if each.conversation_id in conversations  # else it was erased between the two statements
    ]


async def certificates_of(
    session: AsyncSession, workspace_id: str, found: Collection[Decision]
) -> dict[str, Certificate]:
    """The certificates that the decisions rested on, by id."""
    ids = {each.certificate_id for each in found if each.certificate_id}
    return await _by_ids(session, Certificate, workspace_id, ids)


async def articles_of(session: AsyncSession, workspace_id: str, found: Collection[Decision]) -> dict[str, Article]:
    """The articles that were found for the decisions, as they are now, by id; removed ones too."""
    ids = {str(passage["article_id"]) for each in found for passage in each.passages}
    return await _by_ids(session, Article, workspace_id, ids)


async def articles_named(session: AsyncSession, workspace_id: str, named: str) -> Sequence[Article]:
    """The articles with this id, key within their source, address or title; removed ones too."""
    wanted = select(Article).where(
        Article.workspace_id == workspace_id,
        or_(
            col(Article.id) == named,
            col(Article.source_key) == named,
            col(Article.url) == named,
            col(Article.title) == named,
        ),
    )
    return (await session.exec(wanted.order_by(col(Article.source), col(Article.source_key)))).all()


async def _by_ids(session: AsyncSession, kind: type[Kind], workspace_id: str, ids: Collection[str]) -> dict[str, Kind]:
    if not ids:
        return {}
    wanted = select(kind).where(col(kind.workspace_id) == workspace_id, col(kind.id).in_(sorted(ids)))
    return {row.id: row for row in (await session.exec(wanted)).all()}


async def _reviews(session: AsyncSession, workspace_id: str, decision_ids: list[str]) -> dict[str, list[Review]]:
    # Through the conversation, for which there is an index.
    of = select(Decision.conversation_id).where(
        Decision.workspace_id == workspace_id, col(Decision.id).in_(decision_ids)
    )
    wanted = (
        select(Review)
        .where(Review.workspace_id == workspace_id, col(Review.conversation_id).in_(of))
        .order_by(col(Review.id))
    )
    found: dict[str, list[Review]] = {}
    for review in (await session.exec(wanted)).all():
        found.setdefault(review.decision_id, []).append(review)
    return found


async def _handoffs(session: AsyncSession, workspace_id: str, conversations: list[str]) -> dict[str, list[Handoff]]:
    wanted = (
        select(Handoff)
        .where(Handoff.workspace_id == workspace_id, col(Handoff.conversation_id).in_(conversations))
        .order_by(col(Handoff.id))
    )
    found: dict[str, list[Handoff]] = {}
    for handoff in (await session.exec(wanted)).all():
        found.setdefault(handoff.conversation_id, []).append(handoff)
    return found


async def _ratings(session: AsyncSession, workspace_id: str, conversations: list[str]) -> dict[str, Rating]:
    wanted = select(Rating).where(Rating.workspace_id == workspace_id, col(Rating.conversation_id).in_(conversations))
    return {rating.conversation_id: rating for rating in (await session.exec(wanted)).all()}


def _opened_by(decision: Decision, handoffs: Sequence[Handoff]) -> Handoff | None:
    """The handoff of a decision: the one with its draft, or the first that was opened after it."""
    if decision.action not in ("hand_off", "propose") or decision.role != "serving":
        return None
    if decision.draft_id:
        return next((each for each in handoffs if each.draft_id == decision.draft_id), None)
    return next((each for each in handoffs if each.opened_at >= decision.created_at), None)


# The next pair after each, by the primary key: the index is not walked through, but jumped over.
_NEXT = (
    "(SELECT {column} FROM decision_article WHERE workspace_id = :workspace "
    "AND (article_id, content_hash) > (version.article_id, version.content_hash) "
    "ORDER BY article_id, content_hash LIMIT 1)"
)
_NO_LONGER_SO = text(
    f"""
WITH RECURSIVE version (article_id, content_hash) AS (
    SELECT * FROM (
        SELECT article_id, content_hash FROM decision_article WHERE workspace_id = :workspace
        ORDER BY article_id, content_hash LIMIT 1
    ) AS first
    UNION ALL
    SELECT {_NEXT.format(column="article_id")}, {_NEXT.format(column="content_hash")}
    FROM version WHERE article_id IS NOT NULL
)
SELECT version.article_id, version.content_hash, (
    SELECT count(*) FROM decision_article AS read WHERE read.workspace_id = :workspace
    AND read.article_id = version.article_id AND read.content_hash = version.content_hash
)
FROM version JOIN article a ON a.workspace_id = :workspace AND a.id = version.article_id
WHERE a.removed_at IS NOT NULL OR a.replaced_by <> '' OR a.valid_until <= :at OR a.valid_from > :at
    OR (version.content_hash <> '' AND version.content_hash <> a.content_hash)
ORDER BY version.article_id, version.content_hash
"""  # noqa: S608 - constants only
).bindparams(bindparam("at", type_=UTCDateTime()))
