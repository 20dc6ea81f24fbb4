"""Brings the stored articles of a source in line with it: only what changed is written, a batch a transaction."""

import asyncio
import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bot.knowledge import documents, passages
from bot.knowledge.documents import Document, Unread
from bot.knowledge.passages import Cut
from handoff import language, words
from storage import knowledge
from storage.database import Database
from storage.ids import new_id
from storage.knowledge import KnownArticle, NewArticle, NewPassage
from storage.row import now

BATCH = 50
"""Articles a transaction: other writers wait no longer than for one of these."""

INDEX_VERSION = "1"
"""Raise it when passages are cut or words are stemmed in another way: the next sync then writes all articles anew."""

Progress = Callable[[int, int], None]
"""Called with how many articles are done, and how many there are."""


@dataclass
class SyncSummary:
    """What a sync did: the keys of the articles."""

    added: list[str] = field(default_factory=list[str])
    changed: list[str] = field(default_factory=list[str])
    removed: list[str] = field(default_factory=list[str])
    unchanged: list[str] = field(default_factory=list[str])
    failed: list[Unread] = field(default_factory=list[Unread])


async def sync(db: Database, workspace_id: str, source: Path, progress: Progress | None = None) -> SyncSummary:
    """Make the knowledge of a workspace that came from `source` what the source holds now.

    Articles that cannot be read are named in the summary, keep what is stored of them, and stop nothing else.
    Articles of other sources stay as they are. `progress` hears of every batch.

    Raises:
        SourceProblem: when the source is missing or holds nothing that could be read; nothing is changed then.
    """
    summary = SyncSummary()
    name = str(await asyncio.to_thread(source.resolve))
    found = await asyncio.to_thread(_read, source, summary)
    async with db.reading() as session:
        known = await knowledge.known_articles(session, workspace_id, name)
    hashes = {document.key: _hash(document) for document in found}
    new = [document for document in found if _is_new(known.get(document.key), hashes[document.key])]
    fresh = {document.key for document in new}
    summary.unchanged = [document.key for document in found if document.key not in fresh]
    done = len(summary.unchanged)
    for start in range(0, len(new), BATCH):
        batch = new[start : start + BATCH]
        articles = await asyncio.to_thread(_prepare, batch, name, known, hashes, summary)
        await _store(db, workspace_id, articles, known, summary)
        done += len(batch)
        if progress:
            progress(done, len(found))
    await _remove_missing(db, workspace_id, known, hashes, summary)
    if progress and not new:
        progress(done, len(found))
    return summary


def _read(source: Path, summary: SyncSummary) -> list[Document]:
    found: dict[str, Document] = {}
    for each in documents.read_all(source):
        if isinstance(each, Unread):
            summary.failed.append(each)
        elif each.key in found:
            summary.failed.append(Unread(each.key, "the id occurs twice; the first one was taken"))
        else:
            found[each.key] = each
    if not found:
        why = "; ".join(f"{each.key}: {each.why}" for each in summary.failed[:3]) or "it is empty"
        raise documents.SourceProblem(f"No article of {source} can be read ({why}); nothing was changed.")
    return list(found.values())


def _hash(document: Document) -> str:
    told = (INDEX_VERSION, document.title, document.url, document.topic, document.language, document.body)
    return hashlib.sha256("\0".join(told).encode(errors="surrogatepass")).hexdigest()


def _is_new(known: KnownArticle | None, content_hash: str) -> bool:
    return known is None or known.removed or known.content_hash != content_hash


def _prepare(
    batch: Sequence[Document],
    source: str,
    known: dict[str, KnownArticle],
    hashes: dict[str, str],
    summary: SyncSummary,
) -> list[NewArticle]:
    articles: list[NewArticle] = []
    for document in batch:
        try:
            cuts = passages.cut(document.body, document.title)
        except (ValueError, RecursionError) as error:
            summary.failed.append(Unread(document.key, f"cannot be cut into passages: {type(error).__name__}"))
            continue
        if cuts:
            articles.append(_article(document, cuts, source, known.get(document.key), hashes[document.key]))
        else:
            summary.failed.append(Unread(document.key, "no text under its headings"))
    return articles


def _article(
    document: Document, cuts: Sequence[Cut], source: str, known: KnownArticle | None, content_hash: str
) -> NewArticle:
    article_id = known.id if known else new_id()
    return NewArticle(
        id=article_id,
        source=source,
        source_key=document.key,
        title=document.title,
        url=document.url,
        topic=document.topic,
        language=document.language or language.detect(f"{document.title}\n{document.body}"),
        content_hash=content_hash,
        passages=_passages(article_id, document.title, cuts),
    )


def _passages(article_id: str, title: str, cuts: Sequence[Cut]) -> list[NewPassage]:
    title_terms = words.informative(title)
    return [
        NewPassage(
            id=_passage_id(article_id, ordinal, cut),
            heading_path=cut.heading_path,
            text=cut.text,
            title_terms=title_terms,
            heading_terms=words.informative(cut.heading_path),
            body_terms=words.informative(cut.text),
        )
        for ordinal, cut in enumerate(cuts)
    ]


def _passage_id(article_id: str, ordinal: int, cut: Cut) -> str:
    """An id that names the words: a decision that cited it never points at words it did not rest on."""
    told = f"{article_id}\0{ordinal}\0{cut.heading_path}\0{cut.text}"
    return hashlib.blake2b(told.encode(errors="surrogatepass"), digest_size=10).hexdigest()


async def _store(
    db: Database,
    workspace_id: str,
    articles: Sequence[NewArticle],
    known: dict[str, KnownArticle],
    summary: SyncSummary,
) -> None:
    stored = {article.id for article in articles if article.source_key in known}
    async with db.transaction() as session:
        await knowledge.store(session, workspace_id, articles, stored, now())
    for article in articles:
        before = known.get(article.source_key)
        (summary.changed if before and not before.removed else summary.added).append(article.source_key)


async def _remove_missing(
    db: Database, workspace_id: str, known: dict[str, KnownArticle], here: dict[str, str], summary: SyncSummary
) -> None:
    unread = {each.key for each in summary.failed}
    hidden = tuple(each.hides for each in summary.failed if each.hides is not None)
    gone = {
        key: article.id
        for key, article in known.items()
        if not article.removed and key not in here and key not in unread and not key.startswith(hidden)
    }
    keys = list(gone)
    for start in range(0, len(keys), BATCH):
        batch = keys[start : start + BATCH]
        async with db.transaction() as session:
            await knowledge.remove(session, workspace_id, [gone[key] for key in batch], now())
        summary.removed.extend(batch)
