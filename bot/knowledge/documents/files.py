"""The files of a folder, or one file, each read by the reader of its format."""

import hashlib
import os
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path, PurePosixPath

from bot.knowledge.documents import json_lines, markdown, plain
from bot.knowledge.documents.bounded import VERSION, Bounded
from bot.knowledge.documents.document import Found, Same, SourceProblem, Unread, Unreadable
from bot.knowledge.documents.formats import JSON_LINES, KINDS, SUFFIXES, Format, Given
from bot.knowledge.documents.properties import Reading, document_of

LARGEST_FILE = 20_000_000
"""Bytes of a file that holds one article; a larger one is named as failed instead of read."""
LARGEST_LINES = 500_000_000
"""Bytes of a file of JSON Lines, which is read line by line."""
HIDDEN = (".", "~$")
"""Begins the names of hidden files, and of those that Word keeps beside a document that is open."""
HARMLESS = {Format.MARKDOWN: markdown.read, Format.TEXT: plain.read}
"""What is read here and now; the other formats need a parser that a bad file could keep busy."""


def read_all(
    source: Path, reading: Reading | None = None, fingerprints: Mapping[str, str] | None = None
) -> Iterator[Found]:
    """Read every document of a folder or of one file, in the order of their paths.

    Args:
        source: the folder or file.
        reading: what holds for articles that say nothing.
        fingerprints: of what is known, by key; a file that still has its fingerprint is not parsed again.

    Raises:
        SourceProblem: when there is no such folder or file, or nothing in it that could be read.
    """
    reading, fingerprints = reading or Reading(), fingerprints or {}
    try:
        files = _files(source)
    except OSError as error:
        raise SourceProblem(f"{source} cannot be read: {error.strerror}; nothing was changed.") from error
    with Bounded() as parser:
        for path, key in files:
            if isinstance(path, Unread):
                yield path
            elif path.suffix.lower() in JSON_LINES:
                yield from _read_lines(path, key, reading)
            else:
                yield _read_file(path, key, reading, fingerprints.get(key, ""), parser)


def read_document(given: Given, key: str, reading: Reading, known: str, parser: Bounded) -> Found:
    """Read a document that is in memory.

    Args:
        given: its bytes.
        key: within the source.
        reading: what holds where it says nothing.
        known: the fingerprint of what is stored of it; with the same one it is not parsed again.
        parser: for formats that a bad file could keep busy.
    """
    harmless = HARMLESS.get(given.form)
    fingerprint = "" if harmless else hashlib.sha256(VERSION + reading.mark + given.raw).hexdigest()
    if fingerprint and fingerprint == known:
        return Same(key)
    try:
        text = harmless(given.raw) if harmless else parser.read(given)
        return replace(document_of(key, text, reading, url=given.url), fingerprint=fingerprint)
    except Unreadable as problem:
        return Unread(key, str(problem))


def way(reading: Reading) -> str:
    """A short mark of how documents are read: a known version that was read in another way is asked for again."""
    return hashlib.sha256(VERSION + reading.mark).hexdigest()[:12]


def _files(source: Path) -> list[tuple[Path | Unread, str]]:
    """The files of a source with their keys, and what of it cannot be reached."""
    if not source.exists():
        raise SourceProblem(f"There is no folder or file {source}.")
    if source.is_file():
        if source.suffix.lower() not in {*SUFFIXES, *JSON_LINES}:
            raise SourceProblem(f"{source} is neither {KINDS}.")
        return [(source, "" if source.suffix.lower() in JSON_LINES else source.name)]
    found = sorted(_within(source), key=lambda each: PurePosixPath(each[1]).parts)
    if not any(isinstance(path, Path) for path, _ in found):
        why = "; ".join(f"{each.key}: {each.why}" for each, _ in found[:3] if isinstance(each, Unread))
        raise SourceProblem(f"There is no {KINDS} in {source}{f' ({why})' if why else ''}; nothing was changed.")
    return found


def _within(source: Path) -> Iterator[tuple[Path | Unread, str]]:
    """The files in a folder and those within it. A link may lead where whoever wrote it may not: out of it, none does.

    What hides behind a folder that cannot be read, or behind a link, must not be taken for removed.
    """
    unread: list[Unread] = []

    def unreadable(error: OSError) -> None:
        key = Path(error.filename).relative_to(source).as_posix()
        if key == ".":
            raise error
        unread.append(Unread(key, f"cannot be read: {error.strerror}", hides=f"{key}/"))

    home = source.resolve()
    for folder, names, files in os.walk(source, onerror=unreadable):
        names[:] = [each for each in names if not each.startswith(HIDDEN)]
        for name in [*files, *names]:
            path, suffix = Path(folder, name), PurePosixPath(name).suffix.lower()
            key = path.relative_to(source).as_posix()
            is_article = name in files and suffix in {*SUFFIXES, *JSON_LINES} and not name.startswith(HIDDEN)
            if path.is_symlink() and (is_article or name in names) and (why := _astray(path, home)):
                yield Unread(key, why, hides=f"{key}/"), key
            elif is_article and path.is_file():
                yield path, key
    yield from ((each, each.key) for each in unread)


def _astray(link: Path, home: Path) -> str:
    """Why a link is not followed; empty when it leads to something within the folder."""
    target = link.resolve()
    if not target.is_relative_to(home):
        return "a link that leads out of the folder"
    return "" if target.exists() else "a link that leads nowhere"


def _read_file(path: Path, key: str, reading: Reading, known: str, parser: Bounded) -> Found:
    try:
        if path.stat().st_size > LARGEST_FILE:
            return Unread(key, f"larger than {LARGEST_FILE // 1_000_000} MB; split it")
        raw = path.read_bytes()
    except OSError as error:
        return Unread(key, f"cannot be read: {error.strerror}")
    return read_document(Given(SUFFIXES[path.suffix.lower()], raw), key, reading, known, parser)


def _read_lines(path: Path, key: str, reading: Reading) -> Iterator[Found]:
    within = f"{key}#" if key else ""
    try:
        if path.stat().st_size > LARGEST_LINES:
            yield Unread(key or path.name, f"larger than {LARGEST_LINES // 1_000_000} MB; split it", hides=within)
            return
        with path.open("rb") as lines:
            yield from json_lines.read(lines, within, path.name, reading)
    except OSError as error:
        yield Unread(key or path.name, f"cannot be read: {error.strerror}", hides=within)
