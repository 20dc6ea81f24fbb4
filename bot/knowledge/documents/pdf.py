"""PDF: its text page by page; bookmarks become headings, and what every page repeats is left out."""

import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from bot.knowledge.documents.document import LONGEST_TITLE, Text, Unreadable
from bot.knowledge.documents.formats import Given

if TYPE_CHECKING:
    from pypdf import PdfReader

MOST_PAGES = 1_000
LEAST_WORDS = 3
"""A page, on average; a scanned one has none."""
DEEPEST_BOOKMARK = 4
MOST_BOOKMARKS = 2_000
REPEATED_SHARE = 0.6
"""The share of pages from which a first or last line is a running head, not text."""
PAGES_TO_TELL = 3
_NO_TITLE = re.compile(r"^(microsoft word|untitled|document\d*$)|\.(docx?|pdf|indd|odt)$", re.IGNORECASE)
_ITEM = re.compile(r"^\s*[•▪●◦‣·–]\s+")
_STARTS_A_BLOCK = re.compile(r"^\s*([•▪●◦‣·–-]\s|\d{1,3}[.)]\s|#)")
_NUMBERS = re.compile(r"\d+")


def read(given: Given) -> Text:
    """Read a file.

    Raises:
        Unreadable: when it is damaged, encrypted, too long, or holds pictures instead of text.
    """
    from pypdf import PdfReader  # noqa: PLC0415 - heavy
    from pypdf.errors import DependencyError, PyPdfError  # noqa: PLC0415

    try:
        file = PdfReader(io.BytesIO(given.raw))
        if file.is_encrypted and not file.decrypt(""):
            raise Unreadable("encrypted with a password; save it without one")
        if len(file.pages) > MOST_PAGES:
            raise Unreadable(f"more than {MOST_PAGES:,} pages; split it")
        pages = [page.extract_text().splitlines() for page in file.pages]
        title, bookmarks = _title(file), _bookmarks(file)
    except DependencyError as error:
        raise Unreadable("encrypted; save it without encryption") from error
    except PyPdfError as error:
        raise Unreadable(f"damaged, or no PDF ({type(error).__name__}); open and save it anew") from error
    if sum(len(line.split()) for page in pages for line in page) < LEAST_WORDS * len(pages):
        raise Unreadable("no text, only pictures (scanned?); run text recognition (OCR) over it")
    body = "\n\n".join(_page(lines, bookmarks.get(number, ())) for number, lines in enumerate(_plain(pages)))
    return Text(_joined_across_pages(body), title)


def _title(file: "PdfReader") -> str:
    title = str((file.metadata.title if file.metadata else "") or "").strip()
    return "" if _NO_TITLE.search(title) else title[:LONGEST_TITLE]


def _bookmarks(file: "PdfReader") -> dict[int, list[tuple[int, str]]]:
    """The bookmarks that point at a page, with their depth from 1; by the page's number from 0."""
    found: dict[int, list[tuple[int, str]]] = {}
    try:
        for depth, entry in _flat(file.outline, 1):
            page = file.get_destination_page_number(entry)
            title = " ".join(str(entry.title).split())
            if page is not None and page >= 0 and title:
                found.setdefault(page, []).append((depth, title))
    except Exception:
        return {}  # damaged bookmarks; the text is whole without them
    return found


def _flat(outline: Sequence[Any], depth: int) -> Iterator[tuple[int, Any]]:
    for number, entry in enumerate(outline):
        if number > MOST_BOOKMARKS or depth > DEEPEST_BOOKMARK:
            return
        if isinstance(entry, list):
            yield from _flat(entry, depth + 1)  # pyright: ignore[reportUnknownArgumentType]
        else:
            yield depth, entry


def _plain(pages: list[list[str]]) -> list[list[str]]:
    """The pages without running heads and page numbers."""
    if len(pages) < PAGES_TO_TELL:
        return pages
    edges = Counter(edge for lines in pages for edge in {_edge(lines, 0), _edge(lines, -1)})
    repeated = {edge for edge, times in edges.items() if edge and times >= REPEATED_SHARE * len(pages)}
    kept: list[list[str]] = []
    for lines in pages:
        start = 1 if _edge(lines, 0) in repeated else 0
        end = len(lines) - 1 if len(lines) > start and _edge(lines, -1) in repeated else len(lines)
        kept.append(lines[start:end])
    return kept


def _edge(lines: list[str], place: int) -> str:
    """The first or last line, whatever its numbers are."""
    return _NUMBERS.sub("#", lines[place]).strip().casefold() if lines else ""


def _page(lines: list[str], bookmarks: Sequence[tuple[int, str]]) -> str:
    """The paragraphs of a page, under its bookmarks."""
    waiting = list(bookmarks)
    widest = max((len(line) for line in lines), default=0)
    blocks = [_heading(*each) for each in waiting if not _has(lines, each[1])]
    paragraph: list[str] = []
    for line in lines:
        shown = " ".join(line.split())
        marked = next((each for each in waiting if _same(each[1], shown)), None)
        if marked or not shown or _STARTS_A_BLOCK.match(line):
            blocks += [_sentence(paragraph)] if paragraph else []
            paragraph = []
        if marked:
            waiting.remove(marked)
            blocks.append(_heading(*marked))
        elif shown:
            paragraph.append(_ITEM.sub("- ", shown))
            if len(line) < 0.6 * widest and shown[-1] in ".!?:":
                blocks.append(_sentence(paragraph))
                paragraph = []
    return "\n\n".join(blocks + ([_sentence(paragraph)] if paragraph else []))


def _has(lines: list[str], title: str) -> bool:
    return any(_same(title, " ".join(line.split())) for line in lines)


def _same(title: str, line: str) -> bool:
    """Whether a line is the heading that a bookmark names, with or without its number."""
    plain = re.sub(r"^[\d.]+\s+", "", line).casefold()
    return bool(plain) and plain == re.sub(r"^[\d.]+\s+", "", title).casefold()


def _heading(depth: int, title: str) -> str:
    return f"{'#' * (depth + 1)} {title}"


def _sentence(lines: Sequence[str]) -> str:
    """Lines as one, words that were cut at their ends joined."""
    text = ""
    for line in lines:
        if text.endswith("-") and text[-2:-1].isalpha() and line[:1].islower():
            text = text[:-1] + line
        else:
            text = f"{text} {line}" if text else line
    return text


def _joined_across_pages(body: str) -> str:
    """A sentence that goes on upon the next page is one paragraph."""
    return re.sub(r"(?<=[a-zà-öø-ÿ,])\n\n(?=[a-zà-öø-ÿ])", " ", body)
