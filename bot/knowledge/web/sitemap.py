"""Sitemaps (https://www.sitemaps.org/protocol.html): the pages of a site, and indexes of further sitemaps."""

import re
import zlib
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from bot.knowledge.documents.document import Unreadable, one_line
from bot.knowledge.documents.files import LARGEST_FILE

MOST_PAGES = 20_000
MOST_SITEMAPS = 200
DEEPEST = 2
"""Indexes in indexes."""
_GZIP, _GZIP_WINDOW = b"\x1f\x8b", 31
_PEEK = 2_000
_ROOT = re.compile(rb"<(?:[\w.-]+:)?(?:urlset|sitemapindex)\b")
_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)


@dataclass
class Listed:
    """What a sitemap lists."""

    pages: list[str] = field(default_factory=list[str])
    sitemaps: list[str] = field(default_factory=list[str])


def unpacked(raw: bytes) -> bytes:
    """The bytes of a file that may be packed with gzip.

    Raises:
        Unreadable: when it is damaged, or unpacks to too much.
    """
    if not raw.startswith(_GZIP):
        return raw
    try:
        found = zlib.decompressobj(_GZIP_WINDOW).decompress(raw, LARGEST_FILE + 1)
    except zlib.error as error:
        raise Unreadable("it is packed, and damaged") from error
    if len(found) > LARGEST_FILE:
        raise Unreadable(f"it unpacks to more than {LARGEST_FILE // 1_000_000} MB")
    return found


def is_sitemap(raw: bytes) -> bool:
    """Whether unpacked bytes look like a sitemap or an index of them."""
    return _ROOT.search(raw[:_PEEK]) is not None


def plain(raw: bytes) -> list[str]:
    """The addresses of a sitemap that is written as plain text, one a line; none when it is something else."""
    try:
        lines = [line.strip() for line in raw.decode("utf-8-sig").splitlines() if line.strip()]
    except UnicodeDecodeError:
        return []
    return lines if all(map(_ADDRESS.fullmatch, lines)) else []


def parse(raw: bytes) -> Listed:
    """Read a sitemap.

    Raises:
        Unreadable: when it is no XML, or defines entities, by which a small file can fill the memory.
    """
    from defusedxml import DefusedXmlException, ElementTree  # noqa: PLC0415 - only sitemaps need it

    try:
        root: Any = ElementTree.fromstring(raw, forbid_dtd=True)
    except DefusedXmlException as error:
        raise Unreadable("the sitemap defines entities, which a sitemap never needs (an XML bomb?)") from error
    except (ElementTree.ParseError, ValueError) as error:
        raise Unreadable(f"the sitemap is no XML: {one_line(error)}") from error
    listed = Listed()
    for entry in root:
        kind = _plain(entry.tag)
        address = next((str(part.text or "").strip() for part in entry if _plain(part.tag) == "loc"), "")
        if address and kind in ("url", "sitemap"):
            (listed.pages if kind == "url" else listed.sitemaps).append(address)
    return listed


def _plain(tag: object) -> str:
    return str(tag).rpartition("}")[2]


def same_site(one: str, other: str) -> bool:
    """Whether two addresses are on one site; `www.` makes no difference."""
    return _host(one) == _host(other)


def _host(address: str) -> str:
    try:
        parts = urlsplit(address)
        return f"{(parts.hostname or '').removeprefix('www.')}:{parts.port or ''}"
    except ValueError:
        return address
