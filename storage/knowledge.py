"""Articles and their passages, as a sync writes them. Terms come already cut and stemmed (`handoff.words`)."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import text
from sqlmodel import col, delete, insert, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.search_index import ALL_PASSAGES, keyed, lexeme
from storage.tables import Article, Passage


@dataclass(frozen=True, slots=True)
class KnownArticle:
    """What a sync must know of an article it meets again."""

    id: str
    content_hash: str
    removed: bool


@dataclass(frozen=True, slots=True)
class NewPassage:
    """A passage to store, with the terms of the three fields it is found by."""

    id: str
    heading_path: str
    text: str
    title_terms: Sequence[str]
    heading_terms: Sequence[str]
    body_terms: Sequence[str]

    @property
    def distinct_terms(self) -> set[str]:
        """Every term once."""
        return {*self.title_terms, *self.heading_terms, *self.body_terms}


@dataclass(frozen=True, slots=True)
class NewArticle:
    """An article to store, in place of what it was before."""

    id: str
    source: str
    source_key: str
    title: str
    url: str
    topic: str
    language: str
    content_hash: str
    passages: Sequence[NewPassage]


async def known_articles(session: AsyncSession, workspace_id: str, source: str) -> dict[str, KnownArticle]:
    """The articles of a source by their key in it, removed ones too."""
    found = await session.exec(
        select(Article.source_key, Article.id, Article.content_hash, Article.removed_at).where(
            Article.workspace_id == workspace_id, Article.source == source
        )
    )
    return {key: KnownArticle(id_, hash_, removed_at is not None) for key, id_, hash_, removed_at in found}


async def store(
    session: AsyncSession, workspace_id: str, articles: Sequence[NewArticle], known: Iterable[str], at: datetime
) -> None:
    """Store articles with their passages; of those whose id is `known` already, the former passages go."""
    ids_known = set(known)
    await _drop_passages(session, workspace_id, sorted(ids_known))
    rows = [_article_row(workspace_id, article, at) for article in articles]
    connection = await session.connection()
    if fresh := [row for row in rows if row["id"] not in ids_known]:
        await connection.execute(insert(Article), fresh)
    for row in rows:
        if row["id"] in ids_known:
            same = (col(Article.workspace_id) == workspace_id, col(Article.id) == row["id"])
            await connection.execute(update(Article).where(*same).values(row))
    passages = [(article.id, ordinal, each) for article in articles for ordinal, each in enumerate(article.passages)]
    if passages:
        await connection.execute(insert(Passage), [_passage_row(workspace_id, *each) for each in passages])
        await _index(session, workspace_id, [each for _, _, each in passages])


async def remove(session: AsyncSession, workspace_id: str, article_ids: Sequence[str], at: datetime) -> None:
    """Take articles out of the search; their rows stay for the decisions that rested on them."""
    await _drop_passages(session, workspace_id, article_ids)
    connection = await session.connection()
    await connection.execute(
        update(Article)
        .where(col(Article.workspace_id) == workspace_id, col(Article.id).in_(article_ids))
        .values(removed_at=at, content_hash="")
    )


async def count(session: AsyncSession, workspace_id: str) -> tuple[int, int]:
    """How many articles and passages can be found."""
    connection = await session.connection()
    found = await connection.execute(_COUNT, {"workspace": workspace_id})
    articles, passages = found.one()
    return articles, passages


async def topics(session: AsyncSession, workspace_id: str) -> Sequence[str]:
    """The topics that articles name, in alphabetical order."""
    named = (
        select(Article.topic)
        .where(Article.workspace_id == workspace_id, Article.topic != "", col(Article.removed_at).is_(None))
        .distinct()
        .order_by(col(Article.topic))
    )
    return (await session.exec(named)).all()


def _article_row(workspace_id: str, article: NewArticle, at: datetime) -> dict[str, Any]:
    return {
        "workspace_id": workspace_id,
        "id": article.id,
        "source": article.source,
        "source_key": article.source_key,
        "title": article.title,
        "url": article.url,
        "topic": article.topic,
        "language": article.language,
        "content_hash": article.content_hash,
        "updated_at": at,
        "removed_at": None,
    }


def _passage_row(workspace_id: str, article_id: str, ordinal: int, passage: NewPassage) -> dict[str, Any]:
    return {
        "workspace_id": workspace_id,
        "id": passage.id,
        "article_id": article_id,
        "ordinal": ordinal,
        "heading_path": passage.heading_path,
        "text": passage.text,
    }


async def _index(session: AsyncSession, workspace_id: str, passages: Sequence[NewPassage]) -> None:
    connection = await session.connection()
    on_sqlite = connection.dialect.name == "sqlite"
    rows = [_terms_row(workspace_id, passage, with_vector=not on_sqlite) for passage in passages]
    await connection.execute(_INDEX_SQLITE if on_sqlite else _INDEX_POSTGRESQL, rows)
    occurs = Counter(term for passage in passages for term in passage.distinct_terms)
    occurs[ALL_PASSAGES] = len(passages)
    await _count_terms(session, workspace_id, occurs)


async def _drop_passages(session: AsyncSession, workspace_id: str, article_ids: Sequence[str]) -> None:
    """Delete the passages of articles; the index follows them by its foreign key."""
    if not article_ids:
        return
    connection = await session.connection()
    of_them = (col(Passage.workspace_id) == workspace_id, col(Passage.article_id).in_(article_ids))
    ids = (await connection.execute(select(Passage.id).where(*of_them))).scalars().all()
    prefix, gone = len(workspace_id) + 1, Counter[str]()
    for passage_id in ids:
        row = (await connection.execute(_TERMS_OF, {"workspace": workspace_id, "passage": passage_id})).one()
        gone.subtract({term[prefix:] for term in f"{row.title} {row.headings} {row.body}".split()})
        gone[ALL_PASSAGES] -= 1
    await connection.execute(delete(Passage).where(*of_them))
    await _count_terms(session, workspace_id, gone)


async def _count_terms(session: AsyncSession, workspace_id: str, changes: Counter[str]) -> None:
    rows = [
        {"workspace": workspace_id, "term": term, "passages": number}
        for term, number in sorted(changes.items())  # the same order everywhere: two syncs cannot lock each other out
        if number
    ]
    if rows:
        await (await session.connection()).execute(_COUNT_TERM, rows)


def _terms_row(workspace_id: str, passage: NewPassage, *, with_vector: bool) -> dict[str, Any]:
    fields = (passage.title_terms, passage.heading_terms, passage.body_terms)
    title, headings, body = ([keyed(workspace_id, term) for term in terms] for terms in fields)
    row: dict[str, Any] = {
        "workspace": workspace_id,
        "passage": passage.id,
        "title": " ".join(title),
        "headings": " ".join(headings),
        "body": " ".join(body),
    }
    if with_vector:
        row["terms"] = _vector((title, "A"), (headings, "B"), (body, "D"))
    return row


def _vector(*fields: tuple[Sequence[str], str]) -> str:
    """Write a tsvector literal: the terms of each field with their positions and the weight of the field."""
    places: dict[str, list[str]] = {}
    position = 0
    for terms, weight in fields:
        for term in terms:
            position += 1
            places.setdefault(term, []).append(f"{min(position, _LAST_POSITION)}{weight}")
    return " ".join(f"{lexeme(term)}:{','.join(at[:_MOST_POSITIONS])}" for term, at in places.items())


_LAST_POSITION, _MOST_POSITIONS = 16_383, 255
"""What PostgreSQL stores of a lexeme's positions."""


_TERMS_OF = text(
    "SELECT title, headings, body FROM passage_terms WHERE workspace_id = :workspace AND passage_id = :passage"
)
_COUNT_TERM = text(
    "INSERT INTO knowledge_term (workspace_id, term, passages) VALUES (:workspace, :term, :passages) "
    "ON CONFLICT (workspace_id, term) DO UPDATE SET passages = knowledge_term.passages + excluded.passages"
)
_COUNT = text(
    "SELECT (SELECT count(*) FROM article WHERE workspace_id = :workspace AND removed_at IS NULL), "
    "(SELECT count(*) FROM passage WHERE workspace_id = :workspace)"
)
_INDEX_SQLITE = text(
    "INSERT INTO passage_terms (workspace_id, passage_id, title, headings, body) "
    "VALUES (:workspace, :passage, :title, :headings, :body)"
)
_INDEX_POSTGRESQL = text(
    "INSERT INTO passage_terms (workspace_id, passage_id, title, headings, body, terms) "
    "VALUES (:workspace, :passage, :title, :headings, :body, CAST(:terms AS tsvector))"
)
