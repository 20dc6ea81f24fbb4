"""What a source states, piece by piece: each sentence, list item and row, with what stands above it. Pure.

An article says half of what it means by its form: the items under "We cannot take back:" are denied, and the sentence
under "Standard transfers" is about those. So a statement knows the headings, the lead of its list and the head of its
table, and whether they deny it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from handoff import sentences
from handoff.facts import Fact, facts
from handoff.lexicon import twists
from handoff.lexicon.patterns import Pattern
from handoff.lexicon.places import places
from handoff.things import things
from handoff.words import fold

REMEMBERED = 1_024
_HEADING = Pattern(r"^#{1,6}\s+(.*?)\s*#*$")
_ITEM = Pattern(r"^\s*(?:[-*+•]|\d{1,2}[.)])\s+(.*)$")
_ROW = Pattern(r"^\s*\|(.*)\|\s*$")
_RULE = Pattern(r"^[\s|:-]+$")
_APART = Pattern(
    r"(?<!\d):\s+|\s[–—]\s|,?\s(?:but|however|whereas|instead|aber|sondern|jedoch|mais|pero|sino|ma|mas|maar)\s|"
    r",\s(?:so|and "
    r"otherwise|otherwise)\s"
)
"""Where something else begins in a sentence."""
_ANSWER = Pattern(
    r"^\W*(?:yes|no|ja|nein|oui|non|s[ií]|no|sim|n[aã]o|nee|unfortunately|sorry)\s*[,.!:;–—-]+\s*", re.IGNORECASE
)
_AND = Pattern(r",?\s(?:and|und|et|y|e|en)\s")
_COMMA_THEN = Pattern(r",\s(?=(?:you|we|they|it|sie|wir|man|vous|nous) )", re.IGNORECASE)
_MARK = Pattern(r"[*_`]+|\[([^\[\]]*)\]\([^)]{0,500}\)")
_SUBORDINATE_END = Pattern(r",\s|\s–\s|$")


@dataclass(frozen=True, slots=True)
class Part:
    """A main clause, or one on which it depends."""

    plain: str
    """Folded."""
    things: frozenset[str]
    denies: bool


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing that is said."""

    text: str
    main: Part
    depends: tuple[Part, ...]
    """What it depends on: `if …`, `once …`."""
    around: frozenset[str] = frozenset()
    """What stands above it speaks of."""
    label: frozenset[str] = frozenset()
    """What the nearest thing above it speaks of."""
    head: frozenset[str] = frozenset()
    """What its first words speak of, such as the deed of a step."""
    places: frozenset[str] = frozenset()
    places_around: frozenset[str] = frozenset()
    facts: tuple[Fact, ...] = ()
    listed: bool = False
    """Whether it is an item of a list."""
    plain: str = ""
    """All of it, folded."""

    @property
    def spoken_of(self) -> frozenset[str]:
        """All that it and what stands above it speak of."""
        return self.main.things | self.around | frozenset[str]().union(*(each.things for each in self.depends))

    @property
    def own(self) -> frozenset[str]:
        """What it speaks of itself."""
        return self.main.things | frozenset[str]().union(*(each.things for each in self.depends))


@dataclass(frozen=True, slots=True)
class _Above:
    """What stands above a piece of text."""

    words: str
    nearest: str
    denies: bool
    """Whether it denies what is listed below it."""


@lru_cache(maxsize=REMEMBERED)
def of_source(about: str, text: str) -> tuple[Statement, ...]:
    """What a source states.

    Args:
        about: its title and headings, a line each.
        text: its Markdown.
    """
    heading = about.splitlines()[-1] if about.strip() else ""
    return tuple(_of_lines(about, heading, text))


def of_reply(sentence: str) -> tuple[Statement, ...]:
    """What one sentence of a reply states; a "yes" or "no" before it answers, and belongs to no statement."""
    sentence = _ANSWER.sub("", sentence)
    return tuple(_statement(each, _Above("", "", denies=False)) for each in _pieces(sentence))


def _of_lines(about: str, heading: str, text: str) -> Iterator[Statement]:
    lead, head, paragraph = "", "", list[str]()
    for line in [*text.split("\n"), ""]:
        found, item, row = _HEADING.match(line), _ITEM.match(line), _ROW.match(line)
        if not line.strip() or found or item or row:
            told = " ".join(paragraph)
            yield from _of_paragraph(about, heading, told)
            kept = lead if item or not (line.strip() or told) else ""
            lead = sentences.of(told)[-1] if told.endswith(":") else kept
            paragraph = []
        if found:
            heading, lead, head = found[1], "", ""
        elif item:
            yield from _of_item(about, heading, lead, item[1])
        elif row and not _RULE.match(line):
            if head:
                yield from _of_row(about, heading, head, row[1])
            head = head or row[1]
        elif line.strip() and not row:
            paragraph.append(line.strip())
        if not line.strip():
            head = ""


def _of_paragraph(about: str, heading: str, told: str) -> Iterator[Statement]:
    before = frozenset[str]()
    if heading.endswith("?") and (answer := twists.YES_OR_NO.match(fold(told))):
        yield _statement(heading, _Above(f"{about}\n{heading}", heading, denies=answer[2] is not None))
    for sentence in sentences.of(told):
        fragment = not twists.FINITE.search(fold(sentence))
        above = _above(about, heading, "", listed=fragment)
        pieces = re.split(r",\s", sentence) if fragment else _pieces(sentence)
        for piece in pieces:
            made = _statement(piece, above)
            if twists.PRONOUN.match(made.plain):
                made = replace(made, main=replace(made.main, things=made.main.things | before))
            before = made.main.things or before
            yield made


def _of_item(about: str, heading: str, lead: str, item: str) -> Iterator[Statement]:
    above = _above(about, heading, lead, listed=True)
    for sentence in sentences.of(item):
        if twists.FINITE.search(fold(sentence)) and not lead:
            above = _above(about, heading, lead, listed=False)
        yield replace(_statement(sentence, above), listed=True)


def _of_row(about: str, heading: str, head: str, row: str) -> Iterator[Statement]:
    above = _above(about, f"{heading} {head.replace('|', ' ')}".strip(), "", listed=False)
    yield _statement(row.replace("|", " ").strip(), _Above(above.words, above.nearest, denies=False))


def _above(about: str, heading: str, lead: str, *, listed: bool) -> _Above:
    return _Above(f"{about}\n{heading}\n{lead}", lead or heading, denies=listed and _denies(fold(lead or heading)))


def _pieces(sentence: str) -> list[str]:
    return [piece for each in _APART.split(sentence) if each and each.strip() for piece in _joined(each.strip())]


def _joined(piece: str) -> list[str]:
    """Two sentences that an "and" joins, each with a verb of its own."""
    parts = _AND.split(piece)
    if len(parts) > 1 and all(twists.FINITE.search(fold(each)) and len(things(each)) > 1 for each in parts):
        return parts
    parts = _COMMA_THEN.split(piece)
    if len(parts) > 1 and not twists.SUBORDINATE.search(fold(parts[0])):
        return parts
    parts = re.split(r",\s", piece)
    counted = all(things(each) and any(fact.kind == "amount" for fact in facts(each)) for each in parts)
    return parts if counted else [piece]


def _statement(text: str, above: _Above) -> Statement:
    text = _MARK.sub(lambda match: match[1] or "", text)
    plain = " ".join(fold(text.replace("’", "'")).split())
    main, depends = _taken_apart(plain)
    return Statement(
        text=text,
        main=_part(main, denied=above.denies),
        depends=tuple(_part(each) for each in depends),
        around=things(above.words),
        label=things(above.nearest),
        head=_first(main),
        places=places(text),
        places_around=places(above.words),
        facts=facts(text),
        plain=plain,
    )


def _first(plain: str) -> frozenset[str]:
    return next((found for word in plain.split()[:3] if (found := things(word))), frozenset())


def _part(plain: str, *, denied: bool = False) -> Part:
    return Part(plain, things(twists.NEGATION.sub(" ", plain)), _denies(plain) != denied)


def _taken_apart(plain: str) -> tuple[str, list[str]]:
    """The main clause, and those on which it depends."""
    main, depends, at = "", list[str](), 0
    while begun := twists.SUBORDINATE.search(plain, at):
        end = _SUBORDINATE_END.search(plain, begun.end())
        close = end.end() if end else len(plain)
        main += plain[at : begun.start()]
        depends.append(plain[begun.start() : close].strip(" ,"))
        at = close
    main += plain[at:]
    return (main.strip(" ,"), depends) if things(main) else (plain, [])


def _denies(plain: str) -> bool:
    bare = twists.NO_NEGATION.sub(" ", plain)
    return (len(twists.NEGATION.findall(bare)) + len(twists.UNLESS.findall(bare))) % 2 == 1
