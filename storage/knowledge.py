"""Articles and their passages, as a sync writes them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, text
from sqlmodel import col, insert, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import passage_index, shelves
from storage.kinds import ArticleKind
from storage.library import Article, Passage
from storage.passage_index import NewPassage
from storage.shelves import EVERYBODY, Standing


@dataclass(frozen=True, slots=True)
class KnownArticle:
    """What a sync must know of an article it meets again."""

    id: str
    content_hash: str
    removed: bool
    fingerprint: str = ""
    etag: str = ""
    last_modified: str = ""


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
    standing: Standing = EVERYBODY
    """Who may read it, and from when until when it holds."""
    kind: str = ArticleKind.ARTICLE
    replaces: Sequence[str] = ()
    """Keys, ids or addresses of the articles that it stands in for; `storage.replacements` carries it out."""
    fingerprint: str = ""
    etag: str = ""
    last_modified: str = ""


async def known_articles(session: AsyncSession, workspace_id: str, source: str) -> dict[str, KnownArticle]:
    """The articles of a source by their key in it, removed ones too."""
    connection = await session.connection()
    found = await connection.execute(_KNOWN, {"workspace": workspace_id, "source": source})
    return {key: KnownArticle(id_, hash_, bool(removed), *marks) for key, id_, hash_, removed, *marks in found}


async def store(
    session: AsyncSession, workspace_id: str, articles: Sequence[NewArticle], known: Iterable[str], at: datetime
) -> None:
    """Store articles with their passages; of those whose id is `known` already, the former passages go."""
    ids_known = set(known)
    await passage_index.drop(session, workspace_id, sorted(ids_known))
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
        on_shelf = await shelves.numbers(session, workspace_id, {article.standing for article in articles})
        replaced = await _replaced(session, workspace_id, ids_known)
        on = {each.id: shelves.OUT_OF_USE if each.id in replaced else on_shelf[each.standing] for each in articles}
        placed = [(each, on[article.id]) for article in articles for each in article.passages]
        await passage_index.add(session, workspace_id, placed)


async def _replaced(session: AsyncSession, workspace_id: str, article_ids: Iterable[str]) -> set[str]:
    """Those of the articles in whose place another one stands."""
    replaced = select(Article.id).where(
        Article.workspace_id == workspace_id, col(Article.id).in_(sorted(article_ids)), Article.replaced_by != ""
    )
    return set((await session.exec(replaced)).all())


async def remove(session: AsyncSession, workspace_id: str, article_ids: Sequence[str], at: datetime) -> None:
    """Take articles out of the search; their rows stay for the decisions that rested on them."""
    await passage_index.drop(session, workspace_id, article_ids)
    connection = await session.connection()
    await connection.execute(
        update(Article)
        .where(col(Article.workspace_id) == workspace_id, col(Article.id).in_(article_ids))
        .values(removed_at=at, content_hash="", fingerprint="", etag="", last_modified="")
    )


async def every(session: AsyncSession, workspace_id: str, *, removed: bool = False) -> Sequence[Article]:
    """The articles of a workspace by source and key: those that are there, or those that were removed."""
    there = col(Article.removed_at).is_not(None) if removed else col(Article.removed_at).is_(None)
    wanted = select(Article).where(Article.workspace_id == workspace_id, there)
    return (await session.exec(wanted.order_by(col(Article.source), col(Article.source_key)))).all()


async def by_ids(session: AsyncSession, workspace_id: str, article_ids: Sequence[str]) -> dict[str, Article]:
    """Articles by their ids, removed ones too."""
    found = await session.exec(_BY_IDS, params={"workspace": workspace_id, "ids": list(article_ids)})
    return {article.id: article for article in found.all()}


_BY_IDS = select(Article).where(
    Article.workspace_id == bindparam("workspace"), col(Article.id).in_(bindparam("ids", expanding=True))
)


async def mark_read(session: AsyncSession, workspace_id: str, marks: Mapping[str, tuple[str, str, str]]) -> None:
    """Remember from which bytes articles were read that came to the same text: fingerprint, etag, last_modified."""
    rows = [
        {"workspace": workspace_id, "id": id_, "fingerprint": fingerprint, "etag": etag, "last_modified": modified}
        for id_, (fingerprint, etag, modified) in marks.items()
    ]
    if rows:
        await (await session.connection()).execute(_MARK, rows)


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
        "kind": article.kind,
        "replaces": "\n".join(article.replaces),
        "content_hash": article.content_hash,
        "fingerprint": article.fingerprint,
        "etag": article.etag,
        "last_modified": article.last_modified,
        **article.standing._asdict(),
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


_KNOWN = text(
    "SELECT source_key, id, content_hash, removed_at IS NOT NULL, fingerprint, etag, last_modified "
    "FROM article WHERE workspace_id = :workspace AND source = :source"
)
_MARK = text(
    "UPDATE article SET fingerprint = :fingerprint, etag = :etag, last_modified = :last_modified "
    "WHERE workspace_id = :workspace AND id = :id"
)
_COUNT = text(
    "SELECT (SELECT count(*) FROM article WHERE workspace_id = :workspace AND removed_at IS NULL), "
    "(SELECT count(*) FROM passage WHERE workspace_id = :workspace)"
)
