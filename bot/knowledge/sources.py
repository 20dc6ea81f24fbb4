"""Where articles come from: a folder, a file, a list of addresses, a page or a sitemap."""

import asyncio
from collections.abc import Mapping
from pathlib import Path

from bot.knowledge import documents
from bot.knowledge.documents import Found, Reading
from storage.knowledge import KnownArticle


def name_of(source: Path | str) -> str:
    """The name by which a source is remembered: the whole path of a folder or file, an address as it is."""
    return str(Path(source).resolve())


async def read(
    source: Path | str,
    reading: Reading,
    known: Mapping[str, KnownArticle],
) -> list[Found]:
    """Read a source.

    Args:
        source: a path, or an address.
        reading: what holds for articles that say nothing.
        known: the articles that are stored of it, by key.

    Raises:
        SourceProblem: when it is missing, or nothing in it could be read.
    """
    fingerprints = {key: article.fingerprint for key, article in known.items() if article.fingerprint}
    return await asyncio.to_thread(lambda: list(documents.read_all(Path(source), reading, fingerprints)))
