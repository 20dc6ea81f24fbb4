"""Reads the documents of a source: a folder of Markdown, and JSON Lines with id, title and content."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import yaml

from storage.problem import Problem

MARKDOWN = frozenset({".md", ".markdown"})
JSON_LINES = frozenset({".jsonl", ".ndjson"})
LONGEST_TITLE = 200
LARGEST_FILE = 20_000_000
"""Bytes; a larger file is named as failed instead of read."""


class SourceProblem(Problem):
    """The source cannot be synced; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Document:
    """An article as its author wrote it; empty `topic` or `language` means that it does not say."""

    key: str
    """Its path or id within the source."""
    title: str
    body: str
    url: str = ""
    topic: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Unread:
    """A document that could not be read, and why."""

    key: str
    why: str
    hides: str | None = None
    """The beginning of the keys that it may hide: those articles must not be taken for removed."""


def read_all(source: Path) -> Iterator[Document | Unread]:
    """Read every document of a folder or of one file, in the order of their paths.

    Raises:
        SourceProblem: when there is no such folder or file, or nothing in it that could be read.
    """
    if not source.exists():
        raise SourceProblem(f"There is no folder or file {source}.")
    if source.is_file():
        yield from _read_file(source, "" if source.suffix.lower() in JSON_LINES else source.name)
        return
    files = [path for path in sorted(source.rglob("*")) if _is_article_file(path, source)]
    if not files:
        raise SourceProblem(f"There is no Markdown (.md) and no JSON Lines (.jsonl) in {source}; nothing was changed.")
    for path in files:
        yield from _read_file(path, path.relative_to(source).as_posix())


def _is_article_file(path: Path, source: Path) -> bool:
    hidden = any(part.startswith(".") for part in path.relative_to(source).parts)
    return not hidden and path.suffix.lower() in MARKDOWN | JSON_LINES and path.is_file()


def _read_file(path: Path, key: str) -> Iterator[Document | Unread]:
    suffix = path.suffix.lower()
    if suffix not in MARKDOWN | JSON_LINES:
        raise SourceProblem(f"{path} is neither Markdown (.md) nor JSON Lines (.jsonl).")
    lines = suffix in JSON_LINES
    within = f"{key}#" if lines and key else ""
    hidden = within if lines else None
    try:
        if path.stat().st_size > LARGEST_FILE:
            yield Unread(key or path.name, f"larger than {LARGEST_FILE // 1_000_000} MB", hides=hidden)
            return
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        yield Unread(key or path.name, "not UTF-8 text", hides=hidden)
        return
    except OSError as error:
        yield Unread(key or path.name, f"cannot be read: {error.strerror}", hides=hidden)
        return
    if lines:
        yield from _read_json_lines(text, within, path.name)
    else:
        yield _read_markdown(text, key)


def _read_markdown(text: str, key: str) -> Document | Unread:
    try:
        about, body = _front_matter(text)
    except (yaml.YAMLError, ValueError) as error:
        return Unread(key, f"the front matter is no YAML mapping: {_one_line(error)}")
    if not body.strip():
        return Unread(key, "empty")
    title = _field(about, "title") or _first_heading(body) or Path(key).stem.replace("-", " ").replace("_", " ")
    return Document(
        key, title, storable(body), _field(about, "url"), _field(about, "topic"), _field(about, "language").lower()
    )


def _front_matter(text: str) -> tuple[dict[str, Any], str]:
    lines = text.split("\n")
    if lines[0].strip() != "---":
        return {}, text
    end = next((number for number, line in enumerate(lines[1:], start=1) if line.strip() in ("---", "...")), None)
    if end is None:
        return {}, text
    about = yaml.safe_load("\n".join(lines[1:end])) or {}
    if not isinstance(about, dict):
        raise ValueError("it must be lines of `name: value`")
    return cast("dict[str, Any]", about), "\n".join(lines[end + 1 :])


def _first_heading(body: str) -> str:
    return next((line.lstrip("# ").strip() for line in body.splitlines() if line.startswith("#")), "")[:LONGEST_TITLE]


def _read_json_lines(text: str, within: str, name: str) -> Iterator[Document | Unread]:
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        where = f"{name} line {number}"
        try:
            row = json.loads(line)
        except ValueError as error:
            yield Unread(where, f"no JSON: {_one_line(error)}", hides=within)
            continue
        if not isinstance(row, dict):
            yield Unread(where, "no JSON object", hides=within)
            continue
        yield _document_of(cast("dict[str, Any]", row), within, where)


def _document_of(row: dict[str, Any], within: str, where: str) -> Document | Unread:
    id_ = _field(row, "id")
    if not id_:
        return Unread(where, "no id", hides=within)
    key, content = within + id_, row.get("content")
    if not isinstance(content, str) or not content.strip():
        return Unread(key, "no content")
    title = _field(row, "title") or _first_heading(content) or id_
    return Document(
        key, title, storable(content), _field(row, "url"), _field(row, "topic"), _field(row, "language").lower()
    )


def _field(row: dict[str, Any], name: str) -> str:
    value = row.get(name)
    return "" if value is None else storable(str(value)).strip()


def storable(text: str) -> str:
    """The text without what a database refuses: NUL, and halves of surrogate pairs."""
    return text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())[:160]
