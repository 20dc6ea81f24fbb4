"""Joins many patterns into one that is searched fast. Pure.

A search tries each alternative at each place. Nearly all of ours begin at the beginning of a word; to ask for that
once, before all of them, spares nine tenths of the work.
"""

from collections.abc import Iterable, Iterator

_BEGINS_WORD = r"\b"


def joined(patterns: Iterable[str]) -> str:
    """One pattern that finds something wherever any of the patterns does; back references are not for it."""
    at_words: list[str] = []
    elsewhere: list[str] = []
    for branch in (branch for pattern in patterns for branch in _branches(pattern)):
        if branch.startswith(_BEGINS_WORD):
            at_words.append(branch.removeprefix(_BEGINS_WORD))
        else:
            elsewhere.append(branch)
    if at_words:
        elsewhere.insert(0, rf"\b(?:{'|'.join(at_words)})")
    return "|".join(elsewhere)


def _branches(pattern: str) -> Iterator[str]:
    """The alternatives of a pattern that no bracket encloses."""
    begun = depth = place = 0
    in_set = False
    while place < len(pattern):
        sign = pattern[place]
        if sign == "\\":
            place += 1
        elif in_set:
            in_set = sign != "]"
        elif sign == "[":
            in_set = True
        elif sign in "()":
            depth += 1 if sign == "(" else -1
        elif sign == "|" and not depth:
            yield pattern[begun:place]
            begun = place + 1
        place += 1
    yield pattern[begun:]
