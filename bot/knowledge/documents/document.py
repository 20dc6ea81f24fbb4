"""What reading a source gives: documents, what could not be read, and what is as it was."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from handoff.audience import CUSTOMER
from storage.problem import Problem

LONGEST_TITLE = 200
"""Characters of a heading that are taken for a title."""


class SourceProblem(Problem):
    """The source cannot be synced; the message says what to do."""


class SourceBusy(SourceProblem):
    """Another sync works on the source; the message says what to do."""


class Unreadable(Exception):
    """This document cannot be read; the message says why, for a line after its key."""


@dataclass(frozen=True, slots=True)
class Text:
    """What the reader of a format makes of a file."""

    body: str
    """Markdown."""
    title: str = ""
    about: Mapping[str, object] = field(default_factory=dict[str, object])
    """The properties that the file names, as it writes them."""


@dataclass(frozen=True, slots=True)
class Document:
    """An article as its author wrote it; empty `topic` or `language` means that it does not say."""

    key: str
    """Its path, id or address within the source."""
    title: str
    body: str
    url: str = ""
    topic: str = ""
    language: str = ""
    audience: str = CUSTOMER
    """Who may read it: tags separated by spaces (`handoff.audience`)."""
    valid_from: datetime | None = None
    valid_until: datetime | None = None
    """The first moment at which it no longer holds."""
    replaces: tuple[str, ...] = ()
    """Keys, ids or addresses of the articles that it stands in for."""
    fingerprint: str = ""
    etag: str = ""
    last_modified: str = ""


@dataclass(frozen=True, slots=True)
class Same:
    """A document whose bytes are those that were read before."""

    key: str


@dataclass(frozen=True, slots=True)
class Unread:
    """A document that could not be read, and why."""

    key: str
    why: str
    hides: str | None = None
    """The beginning of the keys that it may hide: those articles must not be taken for removed."""


Found = Document | Same | Unread


def storable(text: str) -> str:
    """The text without what a database refuses: NUL, and halves of surrogate pairs."""
    return text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")


_HEADING = re.compile(
    r"^ {0,3}#{1,6}[ \t]+(\S.*?)[ \t]*#*[ \t]*$|^ {0,3}(\S.*)\n {0,3}(?:=+|-{2,})[ \t]*$", re.MULTILINE
)
_FENCED = re.compile(r"^ {0,3}(```|~~~).*?(?:^ {0,3}\1|\Z)", re.MULTILINE | re.DOTALL)


def first_heading(body: str) -> str:
    """The text of the first Markdown heading, whichever of the two ways it is written in; empty without one."""
    found = _HEADING.search(_FENCED.sub("", body))
    return (found[1] or found[2]).strip()[:LONGEST_TITLE] if found else ""


def decoded(raw: bytes) -> str:
    """The text of a file in UTF-8, or in UTF-16 where it says so.

    Raises:
        Unreadable: for any other encoding.
    """
    try:
        return raw.decode("utf-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable("not UTF-8 text: save it as UTF-8") from error


def one_line(error: Exception) -> str:
    """The beginning of an error's message, on one line."""
    return " ".join(str(error).split())[:160]
