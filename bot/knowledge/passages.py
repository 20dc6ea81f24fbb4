"""Cuts an article into passages along its headings, without breaking tables and lists where it can."""

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from handoff import words
from storage.passage_index import NewPassage

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

ENOUGH_WORDS = 120
"""A passage that has this many is closed at the next heading."""
MOST_WORDS = 220
HEADING_SEPARATOR = " › "

_BLOCKS = {
    "paragraph_open": "paragraph",
    "bullet_list_open": "list",
    "ordered_list_open": "list",
    "table_open": "table",
    "blockquote_open": "paragraph",
    "fence": "code",
    "code_block": "code",
    "html_block": "paragraph",
}
_SENTENCE_END = re.compile(r"(?<=[.!?。！？])\s+")
_MARKUP = re.compile(r"!?\[([^\]]*)\]\([^)]*\)|[*`]+|\s*#+\s*$")


@dataclass(frozen=True, slots=True)
class Cut:
    """A passage of an article: its own Markdown, and the headings above it."""

    heading_path: str
    text: str


@dataclass
class _Section:
    path: tuple[str, ...]
    level: int
    blocks: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])

    @property
    def words(self) -> int:
        return sum(len(text.split()) for _, text in self.blocks)


def cut(body: str, title: str = "") -> list[Cut]:
    """Cut the Markdown of an article into passages of about 120 to 220 words.

    Small neighbouring sections share a passage, their headings staying in the text; long ones are cut between
    blocks, long lists between items, long tables between rows (each part with the table's head), and only a
    paragraph that is too long by itself between sentences. A heading that repeats `title` is left out.
    """
    passages: list[Cut] = []
    gathered: list[_Section] = []
    for section in _sections(body, title):
        if gathered and sum(each.words for each in gathered) + section.words > MOST_WORDS:
            passages.extend(_passages_of(gathered))
            gathered = []
        gathered.append(section)
        if sum(each.words for each in gathered) >= ENOUGH_WORDS:
            passages.extend(_passages_of(gathered))
            gathered = []
    passages.extend(_passages_of(gathered))
    return passages


def to_store(article_id: str, title: str, cuts: Sequence[Cut]) -> list[NewPassage]:
    """The passages of an article, as they are stored and found."""
    title_terms = words.informative(title)
    return [
        NewPassage(
            id=_passage_id(article_id, ordinal, cut),
            heading_path=cut.heading_path,
            text=cut.text,
            title_terms=title_terms,
            heading_terms=words.informative(cut.heading_path),
            body_terms=words.informative(cut.text),
        )
        for ordinal, cut in enumerate(cuts)
    ]


def _passage_id(article_id: str, ordinal: int, cut: Cut) -> str:
    """An id that names the words: a decision that cited it never points at words it did not rest on."""
    told = f"{article_id}\0{ordinal}\0{cut.heading_path}\0{cut.text}"
    return hashlib.blake2b(told.encode(errors="surrogatepass"), digest_size=10).hexdigest()


def _sections(body: str, title: str) -> list[_Section]:
    lines = body.split("\n")
    tokens = _parser().parse(body)
    sections = [_Section((), 0)]
    above: list[tuple[int, str]] = []
    for number, token in enumerate(tokens):
        if token.level or token.map is None:
            continue
        if token.type == "heading_open":
            level, heading = int(token.tag[1:]), _MARKUP.sub(r"\1", tokens[number + 1].content).strip()
            above = [each for each in above if each[0] < level]
            if heading and heading.casefold() != title.casefold():
                above.append((level, heading))
            sections.append(_Section(tuple(name for _, name in above), level))
        elif kind := _BLOCKS.get(token.type):
            sections[-1].blocks.append((kind, _source(lines, token)))
    return [section for section in sections if section.blocks]


def _source(lines: list[str], token: "Token") -> str:
    first, last = token.map or (0, 0)
    return "\n".join(lines[first:last]).strip("\n")


@lru_cache(maxsize=1)
def _parser() -> "MarkdownIt":
    from markdown_it import MarkdownIt  # noqa: PLC0415 - only a sync needs it, and a start does not wait for it

    parser = MarkdownIt("commonmark").enable("table")
    parser.core.ruler.disable(["inline"])  # blocks are all that is asked for
    return parser


def _passages_of(sections: list[_Section]) -> Iterator[Cut]:
    if len(sections) == 1:
        path = HEADING_SEPARATOR.join(sections[0].path)
        yield from (Cut(path, text) for text in _parts(sections[0]))
    elif sections:
        shared = _shared_path([section.path for section in sections])
        written = [_with_heading(section, len(shared)) for section in sections]
        yield Cut(HEADING_SEPARATOR.join(shared), "\n\n".join(written))


def _shared_path(paths: list[tuple[str, ...]]) -> tuple[str, ...]:
    shared = paths[0]
    for path in paths[1:]:
        length = next((n for n, (one, other) in enumerate(zip(shared, path, strict=False)) if one != other), None)
        shared = shared[: min(len(shared), len(path)) if length is None else length]
    return shared


def _with_heading(section: _Section, above: int) -> str:
    text = "\n\n".join(block for _, block in section.blocks)
    own = HEADING_SEPARATOR.join(section.path[above:])
    return f"### {own}\n\n{text}" if own else text


def _parts(section: _Section) -> Iterator[str]:
    """The blocks of a section in parts of at most MOST_WORDS, as far as blocks can be cut."""
    part: list[str] = []
    size = 0
    for piece in (piece for block in section.blocks for piece in _pieces(*block)):
        words = len(piece.split())
        if part and size + words > MOST_WORDS:
            yield "\n\n".join(part)
            part, size = [], 0
        part.append(piece)
        size += words
    if part:
        yield "\n\n".join(part)


def _pieces(kind: str, text: str) -> Iterator[str]:
    if len(text.split()) <= MOST_WORDS:
        yield text
    elif kind == "table":
        lines = text.split("\n")
        head = "\n".join(lines[:2])
        yield from (f"{head}\n{rows}" for rows in _grouped(lines[2:], "\n"))
    elif kind == "list":
        yield from _grouped(re.split(r"\n(?=\S)", text), "\n")
    elif kind == "code":
        yield from _grouped(text.split("\n"), "\n")
    else:
        yield from _grouped([part for long in _SENTENCE_END.split(text) for part in _chopped(long)], " ")


def _grouped(units: list[str], joint: str) -> Iterator[str]:
    group: list[str] = []
    size = 0
    for unit in units:
        words = len(unit.split())
        if group and size + words > MOST_WORDS:
            yield joint.join(group)
            group, size = [], 0
        group.append(unit)
        size += words
    if group:
        yield joint.join(group)


def _chopped(sentence: str) -> Iterator[str]:
    words = sentence.split()
    if len(words) <= MOST_WORDS:
        yield sentence
        return
    for start in range(0, len(words), MOST_WORDS):
        yield " ".join(words[start : start + MOST_WORDS])
