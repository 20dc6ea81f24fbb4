"""Where articles come from: a folder, a file, a list of addresses, a page or a sitemap."""

import asyncio
import re
from pathlib import Path

from bot.knowledge import documents
from bot.knowledge.documents import Found, SourceProblem
from bot.knowledge.web import Web

ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)
LISTS = frozenset({".txt", ".urls", ".list"})
LONGEST_LIST = 2_000_000
"""Bytes of a file with a list of addresses."""


def is_address(source: Path | str) -> bool:
    """Whether a source is on the web."""
    return isinstance(source, str) and bool(re.match(r"[a-z][a-z0-9+.-]*://", source, re.IGNORECASE))


def name_of(source: Path | str) -> str:
    """The name by which a source is remembered: the whole path of a folder or file, an address as it is."""
    return str(source) if is_address(source) else str(Path(source).resolve())


async def read(source: Path | str, web: Web) -> list[Found]:
    """Read a source: an address, a file with an address a line, or files with articles.

    Raises:
        SourceProblem: when it is missing, or nothing in it could be read.
    """
    if is_address(source):
        from bot.knowledge.web import pages  # noqa: PLC0415 - most syncs need no network

        return await pages.read(str(source), web)
    path = Path(source)
    addresses = await asyncio.to_thread(_listed, path)
    if addresses:
        from bot.knowledge.web import pages  # noqa: PLC0415

        return await pages.read_each(addresses, web)
    fingerprints = {key: article.fingerprint for key, article in web.known.items() if article.fingerprint}
    return await asyncio.to_thread(lambda: list(documents.read_all(path, web.reading, fingerprints)))


def _listed(path: Path) -> list[str]:
    """The addresses in a file that holds nothing else; `#` begins a comment."""
    if path.suffix.lower() not in LISTS or not path.is_file() or path.stat().st_size > LONGEST_LIST:
        return []
    lines = [line.strip() for line in path.read_text(encoding="utf-8-sig", errors="replace").splitlines()]
    lines = [line for line in lines if line and not line.startswith("#")]
    if lines and all(ADDRESS.fullmatch(line) for line in lines):
        return lines
    listed = sum(bool(ADDRESS.fullmatch(line)) for line in lines)
    if path.suffix.lower() != ".txt" or 2 * listed > len(lines):  # a text is no list because it names an address
        odd = next((line for line in lines if not ADDRESS.fullmatch(line)), "")
        raise SourceProblem(f"{path} lists addresses, one a line, and this is none: {odd[:80]!r}; nothing was changed.")
    return []
