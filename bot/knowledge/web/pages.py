"""Reads what an address holds: one page, JSON Lines, or every page that a sitemap lists."""

import asyncio
from collections.abc import AsyncGenerator, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import PurePosixPath
from urllib.parse import urldefrag, urlsplit
from urllib.robotparser import RobotFileParser

from bot.knowledge.documents import Document, Found, Same, SourceProblem, Unread, files, json_lines
from bot.knowledge.documents.bounded import Bounded
from bot.knowledge.documents.document import Unreadable
from bot.knowledge.documents.formats import CONTENT_TYPES, JSON_LINES, KINDS, SUFFIXES, Format, Given
from bot.knowledge.web import robots, sitemap
from bot.knowledge.web.fetch import AT_ONCE, Fetched, Fetcher, Gone, NotModified, fetcher
from bot.knowledge.web.sitemap import Listed
from bot.knowledge.web.web import Web


async def read(address: str, web: Web) -> list[Found]:
    """Read a page, JSON Lines or a sitemap.

    Raises:
        SourceProblem: when the address itself cannot be fetched; nothing is known then.
    """
    async with _reader(web) as reader:
        try:
            return await reader.source(address)
        except Unreadable as problem:
            raise SourceProblem(f"{address}: {problem}; nothing was changed.") from problem


async def read_each(addresses: Sequence[str], web: Web) -> list[Found]:
    """Read every page of a list."""
    async with _reader(web) as reader:
        return await reader.pages(addresses)


@asynccontextmanager
async def _reader(web: Web) -> AsyncGenerator["_Reader"]:
    async with fetcher(private_addresses=web.private_addresses) as fetching:
        with Bounded() as parser:
            yield _Reader(web, fetching, parser)


class _Reader:
    def __init__(self, web: Web, fetching: Fetcher, parser: Bounded) -> None:
        self._web, self._fetcher, self._parser = web, fetching, parser
        self._parsing = asyncio.Lock()
        """The parser reads one document at a time."""

    async def source(self, address: str) -> list[Found]:
        """What the address of a source holds."""
        try:
            found = await self._get(address)
        except NotModified:
            return [Same(address)]
        except Gone as gone:
            raise Unreadable("the server says that it is gone") from gone
        raw = sitemap.unpacked(found.raw)
        if sitemap.is_sitemap(raw):
            return await self._listed(address, await asyncio.to_thread(sitemap.parse, raw))
        if addresses := sitemap.plain(raw):
            return await self._listed(address, Listed(addresses))
        if PurePosixPath(urlsplit(found.url).path).suffix.lower() in JSON_LINES:
            return list(json_lines.read(raw.splitlines(), "", found.url, self._web.reading))
        return [await self._document(address, found)]

    async def pages(self, addresses: Iterable[str], rules: RobotFileParser | None = None) -> list[Found]:
        """Every page, a few at a time; one that its server calls gone is left out."""
        waiting = list(dict.fromkeys(urldefrag(each)[0] for each in addresses))
        total, every = len(waiting), list[Found]()
        waiting.reverse()

        async def work() -> None:
            while waiting:
                found = await self._page(waiting.pop(), rules)
                every.extend([found] if found else [])
                if self._web.fetched:
                    self._web.fetched(total - len(waiting), total)

        async with asyncio.TaskGroup() as group:
            for _ in range(AT_ONCE):
                group.create_task(work())
        return sorted(every, key=lambda found: found.key)

    async def _page(self, address: str, rules: RobotFileParser | None) -> Found | None:
        try:
            if rules:
                robots.check(rules, address)
            return await self._document(address, await self._get(address))
        except NotModified:
            return Same(address)
        except Gone:
            return None
        except Unreadable as problem:
            return Unread(address, str(problem))

    async def _get(self, address: str) -> Fetched:
        known = self._web.known.get(address)
        way, _, etag = known.etag.partition(" ") if known else ("", "", "")
        if known and way == files.way(self._web.reading):  # read in another way, it is another article
            return await self._fetcher.get(address, etag=etag, last_modified=known.last_modified)
        return await self._fetcher.get(address)

    async def _document(self, key: str, found: Fetched) -> Found:
        given = Given(_format(found), found.raw, found.url, found.charset)
        known = self._web.known.get(key)
        fingerprint = known.fingerprint if known else ""
        async with self._parsing:
            read = await asyncio.to_thread(
                files.read_document, given, key, self._web.reading, fingerprint, self._parser
            )
        if isinstance(read, Document):
            etag = f"{files.way(self._web.reading)} {found.etag}" if found.etag or found.last_modified else ""
            return replace(read, etag=etag, last_modified=found.last_modified)
        return read

    async def _listed(self, address: str, listed: Listed) -> list[Found]:
        """The pages of a sitemap, and what could not be read of it, which may hide pages."""
        pages, unread = await self._expanded(address, listed)
        own = [page for page in pages if sitemap.same_site(page, address)]
        if len(own) > sitemap.MOST_PAGES:
            raise Unreadable(f"it lists more than {sitemap.MOST_PAGES:,} pages")
        if len(own) < len(pages):
            stray = next(page for page in pages if not sitemap.same_site(page, address))
            why = f"{len(pages) - len(own)} addresses of the sitemap are on other sites, and were left out"
            unread.append(Unread(stray, why))
        if not own:
            return list(unread)
        return [*unread, *await self.pages(own, await robots.allowed(self._fetcher, address))]

    async def _expanded(self, address: str, listed: Listed) -> tuple[list[str], list[Unread]]:
        pages, unread, seen = list(listed.pages), list[Unread](), {address}
        level = listed.sitemaps
        for _ in range(sitemap.DEEPEST):
            further: list[str] = []
            for each in [each for each in dict.fromkeys(level) if each not in seen]:
                seen.add(each)
                if len(seen) > sitemap.MOST_SITEMAPS:
                    unread.append(Unread(each, f"beyond the first {sitemap.MOST_SITEMAPS} sitemaps", hides=""))
                    return pages, unread
                try:
                    found = await self._sitemap(address, each)
                except Unreadable as problem:
                    unread.append(Unread(each, str(problem), hides=""))
                    continue
                pages += found.pages
                further += found.sitemaps
            level = further
        return pages, unread

    async def _sitemap(self, index: str, address: str) -> Listed:
        if not sitemap.same_site(address, index):
            raise Unreadable("a sitemap on another site than its index")
        try:
            found = await self._fetcher.get(address)
        except (Gone, NotModified) as error:
            raise Unreadable("the server says that it is gone") from error
        return await asyncio.to_thread(lambda: sitemap.parse(sitemap.unpacked(found.raw)))


def _format(found: Fetched) -> Format:
    suffix = PurePosixPath(urlsplit(found.url).path).suffix.lower()
    form = CONTENT_TYPES.get(found.content_type)
    if form in (None, Format.TEXT):  # servers call much "plain text" or "octets"
        form = SUFFIXES.get(suffix, form)
    if form is None:
        raise Unreadable(f"{found.content_type} is no {KINDS}")
    return form
