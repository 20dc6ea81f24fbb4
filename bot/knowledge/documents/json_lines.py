"""JSON Lines: an object a line, with id, title, content and the other properties of an article."""

import json
from collections.abc import Iterable, Iterator
from typing import Any, cast

from bot.knowledge.documents.document import Document, Text, Unread, Unreadable, one_line
from bot.knowledge.documents.properties import Reading, document_of

LONGEST_LINE = 20_000_000
"""Bytes."""


def read(lines: Iterable[bytes], within: str, name: str, reading: Reading) -> Iterator[Document | Unread]:
    """Read every line.

    Args:
        lines: of the file, one after the other, so that a long file is never in memory as a whole.
        within: what comes before each id to make a key.
        name: of the file, for the words about lines that cannot be read.
        reading: what holds for articles that say nothing.
    """
    for number, line in enumerate(lines, start=1):
        where = f"{name} line {number}"
        if not line.strip():
            continue
        try:
            row = _row(line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line)
        except Unreadable as problem:
            yield Unread(where, str(problem), hides=within)
            continue
        key = within + _id(row)
        if key == within:
            yield Unread(where, "no id", hides=within)
            continue
        try:
            yield _document(row, key, reading)
        except Unreadable as problem:
            yield Unread(key, str(problem))


def _row(line: bytes) -> dict[str, object]:
    if len(line) > LONGEST_LINE:
        raise Unreadable(f"longer than {LONGEST_LINE // 1_000_000} MB")
    try:
        row: Any = json.loads(line)
    except UnicodeDecodeError as error:
        raise Unreadable("not UTF-8 text: save it as UTF-8") from error
    except (ValueError, RecursionError) as error:
        raise Unreadable(f"no JSON: {one_line(error)}") from error
    if not isinstance(row, dict):
        raise Unreadable("no JSON object")
    return cast("dict[str, object]", row)


def _id(row: dict[str, object]) -> str:
    found = row.get("id")
    return str(found).replace("\0", "").strip() if isinstance(found, str | int) else ""


def _document(row: dict[str, object], key: str, reading: Reading) -> Document:
    content = row.get("content")
    if not isinstance(content, str) or not content.strip():
        raise Unreadable("no content")
    return document_of(key, Text(content, about=row), reading)
