"""Which of the words that the articles hold may be meant by one that none of them holds. Pure.

Customers mistype ("refnud"), write umlauts as two letters ("Rueckgabe"), and put words together that an article writes
apart, or the other way about ("Rückgabefrist"). All words are folded stems (`handoff.words`).
"""

import re
from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from handoff import words

SHORTEST = 5
"""Letters below which two words are alike by chance too often."""
LONG, VERY_LONG = 7, 9
"""Letters from which one may stand for another, and from which two mistakes are forgiven."""
SHORTEST_PART = 4
SHARED, LEAST_SHARED = 0.7, 5
"""The share of the longer word, and the letters, that two forms of a word begin with."""
MOST_FORMS = 2
_SECOND_LETTER = re.compile("(?<=[aou])e")
MISTYPED_COUNTS, RELATED_COUNTS = 0.9, 0.7
"""Of what a word counts, what the one counts that a mistake made it of, and its other forms and its halves; the rest
stays with the word that nothing holds."""
JOINTS = ("", "s", "es", "n", "en", "e", "er")
"""What German puts between the parts of a word."""
LETTERS = "abcdefghijklmnopqrstuvwxyz"
PREFIX = 2
"""Letters in which nobody errs, so that few words must be looked at."""


def is_asked(term: str) -> bool:
    """Whether a word is long enough, and a word, so that another one may be meant by it."""
    return len(term) >= SHORTEST and term.isalpha()


def prefix(term: str) -> str:
    """What every word begins with that may be meant by it."""
    return term[:PREFIX]


def parts(term: str) -> dict[tuple[str, str], tuple[str, str]]:
    """How a word may be put together of two: the stems of both, by where it is cut."""
    found: dict[tuple[str, str], tuple[str, str]] = {}
    for at in range(SHORTEST_PART, len(term) - SHORTEST_PART + 1):
        tail = term[at:]
        for joint in JOINTS:
            head = term[:at].removesuffix(joint) if term[:at].endswith(joint) else ""
            if len(head) >= SHORTEST_PART:
                stems = (*words.informative(head), *words.informative(tail))
                if len(stems) == 2:  # noqa: PLR2004 - the two halves
                    found[head, tail] = (stems[0], stems[1])
    return found


def one_mistake(written: str) -> frozenset[str]:
    """The stems of the words that a single mistake makes this one of; its first letter is taken to be right.

    A mistake changes the ending too, and so the stem: "jakcet" has none that the stemmer knows, "jacket" has.
    """
    first, rest = written[:1], written[1:]
    cuts = [(rest[:at], rest[at:]) for at in range(len(rest) + 1)]
    letters = LETTERS if written.isascii() else ""
    made = [head + tail[1:] for head, tail in cuts if tail]
    made += [head + tail[1] + tail[0] + tail[2:] for head, tail in cuts if len(tail) > 1]
    made += [head + letter + tail for head, tail in cuts for letter in letters]
    if len(written) >= LONG:
        made += [head + letter + tail[1:] for head, tail in cuts if tail for letter in letters]
    return frozenset(filter(None, map(words.stem, {first + each for each in made} - {written})))


class Meant(NamedTuple):
    """The words that may be meant by one that nothing holds, together or any of them."""

    terms: list[str]
    share: float
    """Of what the word counts, what goes over to them, 0..1."""


NOTHING = Meant([], 0.0)


def meant(term: str, known: Mapping[str, int], typed: Collection[str] = ()) -> Meant:
    """The words that may be meant; none when no known word is near enough.

    Args:
        term: a word that nothing holds.
        known: words that begin as it does, and those it may be put together of, with how many passages hold each.
        typed: the stems that one mistake made it of (`one_mistake`); known ones among them go first.
    """
    mistyped = [(1, -known[each], each) for each in typed if each in known and len(each) >= SHORTEST_PART]
    mistyped += [(mistakes, -count, each) for each, count in known.items() if (mistakes := _mistakes(term, each))]
    if mistyped:
        return Meant([min(mistyped)[2]], MISTYPED_COUNTS)
    plain = _plain(term)
    forms = sorted((-count, each) for each, count in known.items() if _is_form(plain, _plain(each)))
    if forms:
        return Meant([each for _, each in forms[:MOST_FORMS]], RELATED_COUNTS)
    halves = [
        (min(len(head), len(tail)), stems)
        for (head, tail), stems in parts(term).items()
        if all(each in known for each in stems)
    ]
    return Meant(list(max(halves)[1]), RELATED_COUNTS) if halves else NOTHING


def _plain(term: str) -> str:
    """A word whose umlauts may have been written as two letters, without the second one."""
    return _SECOND_LETTER.sub("", term)


def _is_form(term: str, other: str) -> bool:
    """Whether two words begin alike for the most part, or one begins with the other."""
    shared = _shared(term, other)
    longer, shorter = max(len(term), len(other)), min(len(term), len(other))
    return shared >= LEAST_SHARED and (shared >= SHARED * longer or (shared == shorter and shorter > LEAST_SHARED))


def _shared(one: str, other: str) -> int:
    return next(
        (place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )


def _mistakes(term: str, other: str) -> int:
    """How many mistakes lead from a known word to the one that was written; 0 when too many for its length.

    A mistake is a letter too many, too few, or in its neighbour's place; in a long word also another letter.
    """
    most = 2 if len(term) >= VERY_LONG else 1
    if other == term or abs(len(term) - len(other)) > most or len(other) < SHORTEST_PART:
        return 0
    if other[:PREFIX] != term[:PREFIX] or len(set(term) ^ set(other)) > 2 * most:  # most words end here
        return 0
    found = _distance(term, other, swapped_letter=1 if len(term) >= LONG else 2)
    return found if found <= most else 0


def _distance(one: str, other: str, *, swapped_letter: int) -> int:
    """The restricted edit distance of Damerau (1964), with a price of its own for one letter in place of another."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        last, before, row = before, row, [i]
        for j, b in enumerate(other, 1):
            price = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (0 if a == b else swapped_letter))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                price = min(price, last[j - 2] + 1)
            row.append(price)
    return row[-1]


def all_parts(terms: Iterable[str]) -> list[str]:
    """Every stem that one of these words may be put together of."""
    return sorted({stem for term in terms for pair in parts(term).values() for stem in pair})
