"""Takes a passage apart into what may be quoted alone, and picks what answers a question, lists kept whole."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from handoff import words
from handoff.draft import FoundPassage
from handoff.lexicon.patterns import Pattern

SHORT_SECTION_WORDS = 70
"""A section up to this long is quoted whole."""
MOST_SENTENCES = 4
MOST_STEPS = 9
MOST_LIST_WORDS = 150
MOST_ITEMS_OF_A_LONG_LIST = 4
REMEMBERED = 512
"""Passages whose parts and words are kept: those that are asked for again and again, a few megabytes of them."""

_HEADING = Pattern(r"#{1,6}\s+(.*)")
_ITEM = Pattern(r"\s{0,3}(?:[-*+•]|\d{1,3}[.)])\s+")
_NUMBERED = Pattern(r"\s{0,3}\d{1,3}[.)]\s")
_SENTENCE = Pattern(r"(?<=[.!?。！？])[\"”')\]]*\s+(?=[\"“'(\[]?[^\sa-z])")


@dataclass(frozen=True)
class Unit:
    """A sentence, an item of a list, a row of a table: the least that may be quoted."""

    text: str

    @cached_property
    def terms(self) -> frozenset[str]:
        """Its informative words."""
        return frozenset(words.informative(self.text))


@dataclass
class Block:
    """A paragraph's sentences, or a list's items with the line that introduces them."""

    kind: str
    """`text`, `steps` (a numbered list), `list`, `table` or `code`."""
    units: list[Unit] = field(default_factory=list[Unit])
    introduction: Unit | None = None

    @property
    def is_list(self) -> bool:
        """Whether its units are items that belong together."""
        return self.kind != "text"

    @property
    def length(self) -> int:
        """Its words."""
        return sum(len(unit.text.split()) for unit in self.units)

    @property
    def quoted_whole(self) -> bool:
        """Whether it is a list that is short enough to be quoted item by item, none left out."""
        return self.is_list and len(self.units) <= MOST_STEPS and self.length <= MOST_LIST_WORDS

    def introduced(self, unit: Unit) -> frozenset[str]:
        """The informative words of one of its units, with those of the line that introduces it."""
        return unit.terms | self.introduction.terms if self.introduction else unit.terms

    @cached_property
    def terms(self) -> frozenset[str]:
        """The informative words of all of it, once all of it is there."""
        everything = [*self.units, self.introduction] if self.introduction else self.units
        return frozenset[str]().union(*(unit.terms for unit in everything))


@dataclass(frozen=True)
class Section:
    """What stands under one heading of a passage."""

    passage: FoundPassage
    heading: str
    blocks: Sequence[Block]

    @cached_property
    def headings(self) -> tuple[frozenset[str], ...]:
        """The informative words of the article's title, of the headings above the passage, and of its own heading."""
        above = (self.passage.title, self.passage.heading_path, self.heading)
        return tuple(map(_heading_terms, above))

    @cached_property
    def heading_terms(self) -> frozenset[str]:
        """All of `headings` together."""
        return frozenset[str]().union(*self.headings)

    @cached_property
    def all_terms(self) -> frozenset[str]:
        """The informative words of its text and of the headings."""
        return self.heading_terms.union(*(block.terms for block in self.blocks))

    @property
    def length(self) -> int:
        """Its words."""
        return sum(block.length for block in self.blocks)


def sections(passage: FoundPassage) -> list[Section]:
    """The sections of a passage; headings without text are left out."""
    return [Section(passage, heading, blocks) for heading, blocks in _parts(passage.text)]


@lru_cache(maxsize=REMEMBERED)
def _parts(text: str) -> tuple[tuple[str, tuple[Block, ...]], ...]:
    """What stands under each heading; whoever asks for it shares it, and none of it changes any more."""
    found: list[tuple[str, list[Block]]] = [("", [])]
    for paragraph in _paragraphs(text):
        if heading := _HEADING.match(paragraph[0]):
            found.append((heading[1].strip(), []))
        else:
            _add(found[-1][1], _block(paragraph))
    return tuple((heading, tuple(blocks)) for heading, blocks in found if blocks)


@lru_cache(maxsize=4 * REMEMBERED)
def _heading_terms(heading: str) -> frozenset[str]:
    return frozenset(words.informative(heading))


def _paragraphs(text: str) -> Iterable[list[str]]:
    """Lines that belong together: split at blank lines, around headings, and where a list begins or ends."""
    lines: list[str] = []
    fenced = False
    for line in text.split("\n"):
        if line.lstrip().startswith("```"):
            fenced = not fenced
        starts_anew = not fenced and lines and (_HEADING.match(line) or _begins_list(line, lines))
        if starts_anew or (not line.strip() and not fenced):
            if lines:
                yield lines
            lines = []
        if line.strip() or fenced:
            lines.append(line)
        if not fenced and _HEADING.match(line):
            yield lines
            lines = []
    if lines:
        yield lines


def _begins_list(line: str, before: Sequence[str]) -> bool:
    return bool(_ITEM.match(line)) and not _ITEM.match(before[0])


def _block(lines: list[str]) -> Block:
    if lines[0].lstrip().startswith("```"):
        return Block("code", [Unit("\n".join(lines))])
    if len(lines) > 1 and lines[0].lstrip().startswith("|"):
        return Block("table", [Unit("\n".join(lines))])
    if _ITEM.match(lines[0]):
        items: list[str] = []
        for line in lines:
            if _ITEM.match(line) or not items:
                items.append(line.rstrip())
            else:
                items[-1] += "\n" + line.rstrip()
        return Block("steps" if _NUMBERED.match(lines[0]) else "list", [Unit(item) for item in items])
    flowing = " ".join(line.strip() for line in lines)
    return Block("text", [Unit(sentence) for sentence in _SENTENCE.split(flowing)])


def _add(blocks: list[Block], block: Block) -> None:
    before = blocks[-1] if blocks else None
    if before and block.is_list and before.kind == block.kind and block.kind in ("list", "steps"):
        before.units.extend(block.units)  # one list, its items set apart by blank lines
        return
    if before and block.is_list and before.kind == "text" and before.units[-1].text.rstrip("*_ ").endswith(":"):
        block.introduction = before.units.pop()
        if not before.units:
            blocks.pop()
    blocks.append(block)


def quote(section: Section, weights: dict[str, float]) -> str:
    """The part of a section that answers a question best, as Markdown, in the section's order.

    A short section is quoted whole, a list with its introduction and never a step alone; of longer text up to
    four sentences that hold most of the question's words (`weights`).
    """
    if section.length <= SHORT_SECTION_WORDS:
        return _written((block, block.units) for block in section.blocks)
    best = max(section.blocks, key=lambda block: _weight(block.terms, weights))
    if best.is_list:
        return _written([(best, _items(best, weights))])
    return _written(_sentences(section, weights))


def _items(block: Block, weights: dict[str, float]) -> list[Unit]:
    if block.quoted_whole:
        return block.units
    if block.kind == "steps":
        return block.units[:MOST_STEPS]
    return _in_order(block.units, weights, MOST_ITEMS_OF_A_LONG_LIST)


def _sentences(section: Section, weights: dict[str, float]) -> list[tuple[Block, list[Unit]]]:
    sentences = [unit for block in section.blocks if not block.is_list for unit in block.units]
    chosen = {id(unit) for unit in _in_order(sentences, weights, MOST_SENTENCES)}
    picked = [(block, [unit for unit in block.units if id(unit) in chosen]) for block in section.blocks]
    return [(block, units) for block, units in picked if units]


def _in_order(units: Sequence[Unit], weights: dict[str, float], most: int) -> list[Unit]:
    """The units that say most about the question, in their own order; only those that say something, if any does."""
    ranked = sorted(units, key=lambda unit: -_weight(unit.terms, weights))
    telling = [unit for unit in ranked if _weight(unit.terms, weights) > 0] or ranked[:1]
    chosen = {id(unit) for unit in telling[:most]}
    return [unit for unit in units if id(unit) in chosen]


def _weight(terms: Iterable[str], weights: dict[str, float]) -> float:
    return sum(weights.get(term, 0.0) for term in terms)


def _written(picked: Iterable[tuple[Block, Sequence[Unit]]]) -> str:
    written: list[str] = []
    for block, units in picked:
        if block.is_list:
            introduction = f"{block.introduction.text}\n" if block.introduction else ""
            written.append(introduction + "\n".join(unit.text for unit in units))
        else:
            written.append(" ".join(unit.text for unit in units))
    return "\n\n".join(written)
