"""Which of the words that the articles hold may be meant by one that none of them holds. Pure.

Customers mistype ("refnud"), write umlauts as two letters ("Rueckgabe"), and put words together that an article writes
apart, or the other way about ("Rückgabefrist"). All words are folded stems (`handoff.words`).
"""

import re
from collections.abc import Iterable, Mapping

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
JOINTS = ("", "s", "es", "n", "en", "e", "er")
"""What German puts between the parts of a word."""
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


def meant(term: str, known: Mapping[str, int]) -> list[str]:
    """The words that may be meant, all together or any of them; none when no known word is near enough.

    Args:
        term: a word that nothing holds.
        known: words that begin as it does, and those it may be put together of, with how many passages hold each.
    """
    typed = [(mistakes, -count, each) for each, count in known.items() if (mistakes := _mistakes(term, each))]
    if typed:
        return [min(typed)[2]]
    plain = _plain(term)
    forms = sorted((-count, each) for each, count in known.items() if _is_form(plain, _plain(each)))
    if forms:
        return [each for _, each in forms[:MOST_FORMS]]
    halves = [
        (min(len(head), len(tail)), stems)
        for (head, tail), stems in parts(term).items()
        if all(each in known for each in stems)
    ]
    return list(max(halves)[1]) if halves else []


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
