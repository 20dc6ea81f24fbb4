"""Sentences with what must be hidden in them, and how well it is found."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from handoff import personal_data
from handoff.personal_data import Kind

LEARNED, UNSEEN, LATER = "learned", "unseen", "later"
_MARK = re.compile(r"\{(email|card|iban|phone|id|secret):((?:[^{}])+)\}")


@dataclass(frozen=True)
class Sample:
    """A sentence, and the pieces of it that must be hidden."""

    language: str
    text: str
    hidden: tuple[tuple[Kind, int, int], ...]


@dataclass
class Counts:
    """How many there were of each kind, and how many were found."""

    there: Counter[Kind] = field(default_factory=Counter[Kind])
    hidden: Counter[Kind] = field(default_factory=Counter[Kind])
    found: Counter[Kind] = field(default_factory=Counter[Kind])
    right: Counter[Kind] = field(default_factory=Counter[Kind])
    missed: list[str] = field(default_factory=list[str])
    imagined: list[str] = field(default_factory=list[str])

    def recall(self, kind: Kind) -> float:
        """The share of what was there that is hidden whole, 0..1."""
        return self.hidden[kind] / self.there[kind] if self.there[kind] else 1.0

    def precision(self, kind: Kind) -> float:
        """The share of what was hidden as this kind that is of it, 0..1."""
        return self.right[kind] / self.found[kind] if self.found[kind] else 1.0


def samples(name: str) -> Iterator[Sample]:
    """The sentences of one file: `learned`, on which the rules were mended; `unseen` and `later`, on which never."""
    for line in (Path(__file__).parent / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            language, marked = line.split(" | ", 1)
            yield _sample(language, marked)


def _sample(language: str, marked: str) -> Sample:
    parts: list[str] = []
    hidden: list[tuple[Kind, int, int]] = []
    end = length = 0
    for mark in _MARK.finditer(marked):
        parts += [marked[end : mark.start()], mark[2]]
        length += mark.start() - end
        hidden.append((Kind(mark[1]), length, length + len(mark[2])))
        length, end = length + len(mark[2]), mark.end()
    return Sample(language, "".join([*parts, marked[end:]]), tuple(hidden))


def count(name: str) -> Counts:
    """Look for personal data in every sentence of a file."""
    counts = Counts()
    for sample in samples(name):
        found = personal_data.find(sample.text)
        covered = {place for each in found for place in range(each.start, each.end)}
        for kind, start, end in sample.hidden:
            counts.there[kind] += 1
            if all(place in covered or not sample.text[place].isalnum() for place in range(start, end)):
                counts.hidden[kind] += 1
            else:
                counts.missed.append(f"{kind}: {sample.text}")
        for each in found:
            counts.found[each.kind] += 1
            if any(each.kind == kind and each.start < end and start < each.end for kind, start, end in sample.hidden):
                counts.right[each.kind] += 1
            else:
                counts.imagined.append(f"{each.kind} {each.text!r}: {sample.text}")
    return counts
