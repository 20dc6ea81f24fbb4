"""Brings the stored articles of a source in line with it: only what changed is written, a batch a transaction."""

import asyncio
import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from bot.knowledge import passages, sources
from bot.knowledge.documents import Document, Found, Reading, Same, SourceProblem, Unread
from bot.knowledge.passages import Cut
from bot.knowledge.web import Web
from handoff import language, words
from storage import knowledge, replacements
from storage.database import Database
from storage.ids import new_id
from storage.knowledge import KnownArticle, NewArticle
from storage.row import now
from storage.shelves import Standing

BATCH = 50
"""Articles a transaction: other writers wait no longer than for one of these."""

INDEX_VERSION = "1"
"""Raise it when passages are cut or words are stemmed in another way: the next sync then writes all articles anew."""
CUT_ANEW = "b"
"""Follows it where that changed for the words of some articles alone: the others keep their hash, so that no decision
and no taught answer seems to rest on something that changed."""

GUARDED_FROM = 4
"""A source with fewer articles may lose more than half of them without being asked."""

Progress = Callable[[int, int], None]
"""Called with how many articles are done, and how many there are."""


@dataclass(frozen=True, slots=True)
class Manner:
    """How a source is synced."""

    reading: Reading = field(default_factory=Reading)
    allow_removal: bool = False
    """Whether more than half of the articles may be taken away."""
    dry_run: bool = False
    """Whether only to say what would change."""
    private_addresses: bool = False
    """Whether pages may be fetched from addresses that only this network reaches."""
    fetched: Progress | None = None
    """Hears of every page that was fetched."""


@dataclass
class SyncSummary:
    """What a sync did: the keys of the articles."""

    added: list[str] = field(default_factory=list[str])
    changed: list[str] = field(default_factory=list[str])
    removed: list[str] = field(default_factory=list[str])
    unchanged: list[str] = field(default_factory=list[str])
    failed: list[Unread] = field(default_factory=list[Unread])
    notes: list[Unread] = field(default_factory=list[Unread])
    """Articles that are stored, and what is odd about them."""


async def sync(
    db: Database,
    workspace_id: str,
    source: Path | str,
    progress: Progress | None = None,
    manner: Manner | None = None,
) -> SyncSummary:
    """Make the knowledge of a workspace that came from `source` what the source holds now.

    Articles that cannot be read are named in the summary, keep what is stored of them, and stop nothing else.
    Articles of other sources stay as they are. `progress` hears of every batch.

    Raises:
        SourceProblem: when the source is missing, holds nothing that could be read, or suddenly holds less than half
            of what it held; nothing is changed then.
    """
    manner, summary = manner or Manner(), SyncSummary()
    name = await asyncio.to_thread(sources.name_of, source)
    async with db.reading() as session:
        known = await knowledge.known_articles(session, workspace_id, name)
    here = {key: article for key, article in known.items() if not article.removed}
    reading = replace(manner.reading, version=INDEX_VERSION + CUT_ANEW)
    found = await sources.read(source, Web(reading, here, manner.private_addresses, manner.fetched))
    documents = _sorted(source, found, summary)
    hashes = await asyncio.to_thread(lambda: {each.key: _hash(each) for each in documents})
    new = [each for each in documents if _is_new(known.get(each.key), hashes[each.key])]
    fresh = {each.key for each in new}
    same = [each for each in documents if each.key not in fresh]
    summary.unchanged += [each.key for each in same]
    gone = _gone(here, {*hashes, *summary.unchanged}, summary)
    if not manner.allow_removal:
        _guard(source, here, gone)
    work = _Work(db, workspace_id, name, known, hashes, summary, dry_run=manner.dry_run)
    await work.write(new, len(found), progress)
    await work.finish(gone, same)
    return summary


def _sorted(source: Path | str, found: Sequence[Found], summary: SyncSummary) -> list[Document]:
    """The documents that were read; the summary learns of what could not be, and of what is as it was."""
    documents: dict[str, Document] = {}
    same: set[str] = set()
    for each in found:
        if isinstance(each, Unread):
            summary.failed.append(each)
        elif each.key in documents or each.key in same:
            summary.failed.append(
                Unread(each.key, "the id occurs twice, and the first was taken: give this one an id of its own")
            )
        elif isinstance(each, Same):
            same.add(each.key)
            summary.unchanged.append(each.key)
        else:
            documents[each.key] = each
    if not documents and not same:
        why = "; ".join(f"{each.key}: {each.why}" for each in summary.failed[:3]) or "it is empty"
        raise SourceProblem(f"No article of {source} can be read ({why}); nothing was changed.")
    return list(documents.values())


def _hash(document: Document) -> str:
    times = [moment.isoformat() if moment else "" for moment in (document.valid_from, document.valid_until)]
    about = (document.title, document.url, document.topic, document.language, document.audience, *times)
    told = (_version(document), *about, "\n".join(document.replaces), document.body)
    return hashlib.sha256("\0".join(told).encode(errors="surrogatepass")).hexdigest()


def _version(document: Document) -> str:
    anew = words.is_cut_anew(f"{document.title}\n{document.body}")
    return INDEX_VERSION + CUT_ANEW if anew else INDEX_VERSION


def _is_new(known: KnownArticle | None, content_hash: str) -> bool:
    return known is None or known.removed or known.content_hash != content_hash


def _gone(here: Mapping[str, KnownArticle], found: set[str], summary: SyncSummary) -> list[str]:
    """The keys that are surely gone: not found, and not hidden behind something that could not be read."""
    unread = {each.key for each in summary.failed}
    hidden = tuple(each.hides for each in summary.failed if each.hides is not None)
    return [key for key in here if key not in found and key not in unread and not key.startswith(hidden)]


def _guard(source: Path | str, here: Mapping[str, KnownArticle], gone: Sequence[str]) -> None:
    if len(here) >= GUARDED_FROM and 2 * len(gone) > len(here):
        raise SourceProblem(
            f"{source} holds {len(here) - len(gone)} of the {len(here)} articles that are known from it: less than "
            f"half; nothing was changed. If that is meant: baton knowledge sync {source} --allow-removal"
        )


@dataclass
class _Work:
    """The writing half of a sync."""

    db: Database
    workspace_id: str
    source: str
    known: Mapping[str, KnownArticle]
    hashes: Mapping[str, str]
    summary: SyncSummary
    dry_run: bool

    async def write(self, new: Sequence[Document], total: int, progress: Progress | None) -> None:
        """Store what is new or changed."""
        done = total - len(new)
        if progress and not new:
            progress(done, total)
        for start in range(0, len(new), BATCH):
            batch = new[start : start + BATCH]
            articles = await asyncio.to_thread(self._prepare, batch)
            if not self.dry_run:
                stored = {article.id for article in articles if article.source_key in self.known}
                async with self.db.transaction() as session:
                    await knowledge.store(session, self.workspace_id, articles, stored, now())
            for article in articles:
                before = self.known.get(article.source_key)
                kept = before and not before.removed
                (self.summary.changed if kept else self.summary.added).append(article.source_key)
            done += len(batch)
            if progress:
                progress(done, total)

    async def finish(self, gone: Sequence[str], same: Sequence[Document]) -> None:
        """Take away what is gone, remember what was read to the same text, and settle who replaces whom."""
        self.summary.removed.extend(gone)
        if self.dry_run:
            return
        for start in range(0, len(gone), BATCH):
            batch = gone[start : start + BATCH]
            async with self.db.transaction() as session:
                await knowledge.remove(session, self.workspace_id, [self.known[key].id for key in batch], now())
        marks = self._marks(same)
        if not (marks or gone or self.summary.added or self.summary.changed):
            return
        async with self.db.transaction() as session:
            await knowledge.mark_read(session, self.workspace_id, marks)
            unsettled = await replacements.settle(session, self.workspace_id, now())
        self.summary.notes += [Unread(each.key, each.why) for each in unsettled if each.source == self.source]

    def _marks(self, same: Sequence[Document]) -> dict[str, tuple[str, str, str]]:
        """What must be remembered of documents whose bytes changed and whose text did not."""
        marks: dict[str, tuple[str, str, str]] = {}
        for each in same:
            known = self.known[each.key]
            mark = (each.fingerprint, each.etag, each.last_modified)
            if mark != (known.fingerprint, known.etag, known.last_modified):
                marks[known.id] = mark
        return marks

    def _prepare(self, batch: Sequence[Document]) -> list[NewArticle]:
        articles: list[NewArticle] = []
        for document in batch:
            try:
                cuts = passages.cut(document.body, document.title)
            except (ValueError, RecursionError) as error:
                self.summary.failed.append(Unread(document.key, f"cannot be cut into passages: {type(error).__name__}"))
                continue
            if cuts:
                known = self.known.get(document.key)
                articles.append(_article(document, cuts, self.source, known, self.hashes[document.key]))
            else:
                self.summary.failed.append(Unread(document.key, "no text under its headings"))
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
        passages=passages.to_store(article_id, document.title, cuts),
        standing=Standing(document.audience, document.valid_from, document.valid_until),
        replaces=document.replaces,
        fingerprint=document.fingerprint,
        etag=document.etag,
        last_modified=document.last_modified,
    )
