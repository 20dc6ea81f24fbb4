"""Which of the groups of a window is which known theme: the same conversations, or the same telling words. Pure."""

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

LIKE_ENOUGH = 0.5
"""The least likeness, 0..1, of a group to the theme that it is."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What a theme or a group is known by."""

    language: str
    terms: Mapping[str, float]
    """Its telling stems and their weights."""
    conversations: Collection[str] = ()
    """Those where it was asked in the windows that both look at."""


def likeness(one: Kind, other: Kind) -> float:
    """How alike two are, 0..1: the cosine of their words, or the share of the smaller one's conversations in both.

    Those of different languages are not alike.
    """
    if one.language != other.language:
        return 0.0
    few, many = sorted((set(one.conversations), set(other.conversations)), key=len)
    shared = len(few & many) / len(few) if len(few) > 1 else 0.0
    return max(shared, _cosine(one.terms, other.terms))


def matched(found: Sequence[Kind], known: Mapping[str, Kind]) -> list[str]:
    """The keys of the known themes that the groups are, each of one group at most; empty for a new one.

    The likest pairs come first, so that it does not matter in which order groups were found.
    """
    pairs = [(likeness(group, theme), place, key) for place, group in enumerate(found) for key, theme in known.items()]
    keys = [""] * len(found)
    taken: set[str] = set()
    for alike, place, key in sorted(pairs, key=lambda pair: (-pair[0], pair[2], pair[1])):
        if alike >= LIKE_ENOUGH and not keys[place] and key not in taken:
            keys[place] = key
            taken.add(key)
    return keys


def _cosine(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    both = sum(weight * other[stem] for stem, weight in one.items() if stem in other)
    lengths = math.sqrt(sum(each**2 for each in one.values()) * sum(each**2 for each in other.values()))
    return both / lengths if lengths else 0.0
