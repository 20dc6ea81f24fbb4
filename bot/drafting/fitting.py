"""How well each section of the found passages fits a question: the evidence the embedded drafter goes by."""

import math
import re
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from bot.drafting import extracts
from bot.drafting.extracts import Block, Section
from handoff.draft import FoundPassage

HELD_COUNTS, TOGETHER_COUNTS, ABOUT_COUNTS, NARROW_COUNTS = 0.2, 0.3, 0.2, 0.3
"""What each part of the evidence counts; together 1."""
HEADING_HELPS = 0.5
"""What a word counts for a sentence that stands only around it: in its paragraph or in the headings above."""
LIST_HELPS = 0.75
"""What a word counts for an item that stands only in the rest of its list."""
STEPS_BONUS = 0.08

_ASKS_HOW = re.compile(
    r"\bhow\s+(?:do|can|to|would|should|might|could)\b|\bsteps\b|\bwie\s+(?:kann|muss|mach\w*|geh\w*|funktioniert)\b"
    r"|\bcomment\b|\bc[oó]mo\b|\bcome\s+(?:posso|faccio)\b|\bhoe\s+(?:kan|moet)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Fit:
    """How well a section fits the question; each figure a share, 0..1."""

    section: Section
    held: float
    """Of the question's weight, what the section and its headings hold."""
    together: float
    """The same of its best sentence or item, the headings counting less: words that stand apart answer nothing."""
    about: float
    """The same of the headings alone."""
    narrow: float
    """Of the words of its title or its headings, whichever fits best, those that the question names."""

    shows_how: bool
    """Whether it gives the steps that a "how do I" asks for."""

    @property
    def rank(self) -> float:
        """The evidence, with the advantage of steps where they are asked for."""
        return self.evidence + STEPS_BONUS * self.shows_how

    @property
    def evidence(self) -> float:
        """All of it in one figure, 0..1."""
        return (
            HELD_COUNTS * self.held
            + TOGETHER_COUNTS * self.together
            + ABOUT_COUNTS * self.about
            + NARROW_COUNTS * self.narrow
        )


@dataclass(frozen=True, slots=True)
class Fits:
    """The sections, the most fitting first, and what each word of the question tells among them."""

    ranked: Sequence[Fit]
    weights: dict[str, float]

    def held(self, sections: Iterable[Section]) -> float:
        """The share of the question's weight that these sections hold together, 0..1."""
        return _share(self.weights, set[str]().union(*(section.all_terms for section in sections)))


def fit(passages: Sequence[FoundPassage], asked: dict[str, float], question: str = "") -> Fits:
    """Hold every section of the passages against the words of the `question` (`asked`, with their weights)."""
    parts = [(passage, extracts.sections(passage)) for passage in passages]
    everything = [section for _, sections in parts for section in sections]
    weights = {term: weight * _telling(term, everything) for term, weight in asked.items()}
    fits = [
        _fit(section, weights, _scale(passage, sections, weights), wants_steps=bool(_ASKS_HOW.search(question)))
        for passage, sections in parts
        for section in sections
    ]
    return Fits(sorted(fits, key=lambda each: -each.rank), weights)


def _telling(term: str, sections: Sequence[Section]) -> float:
    """How much a word tells among the sections at hand: an idf that never falls to nothing."""
    holding = sum(term in section.all_terms for section in sections)
    return 0.5 + math.log(1 + (len(sections) - holding + 0.5) / (holding + 0.5))


def _scale(passage: FoundPassage, sections: Sequence[Section], weights: dict[str, float]) -> float:
    """Turns shares among these sections into shares of what the search knows of the rarity of words everywhere."""
    held = _share(weights, set[str]().union(*(section.all_terms for section in sections)))
    return passage.coverage / held if held else 0.0


def _fit(section: Section, weights: dict[str, float], scale: float, *, wants_steps: bool) -> Fit:
    headings = section.heading_terms
    # A person's answer answers the question above it as a whole, whichever words it does that with.
    parts = [_together(weights, block, headings) for block in section.blocks]
    together = max(*parts, _share(weights, headings) if section.passage.taught else 0.0)
    return Fit(
        section,
        held=min(1.0, _share(weights, section.all_terms) * scale),
        together=min(1.0, together * scale),
        about=min(1.0, _share(weights, headings) * scale),
        narrow=max(_named(terms, weights) for terms in section.headings),
        shows_how=wants_steps and any(block.kind == "steps" for block in section.blocks),
    )


def _together(weights: dict[str, float], block: Block, headings: AbstractSet[str]) -> float:
    own = max(_share(weights, block.introduced(unit)) for unit in block.units)
    if block.quoted_whole:
        own = max(own, LIST_HELPS * _share(weights, block.terms))
    return own + HEADING_HELPS * (_share(weights, block.terms | headings) - own)


def _share(weights: dict[str, float], terms: AbstractSet[str]) -> float:
    total = sum(weights.values())
    return sum(weight for term, weight in weights.items() if term in terms) / total if total else 0.0


def _named(heading: AbstractSet[str], asked: dict[str, float]) -> float:
    """The share of a heading's words that the question names; a single word is never the whole of a subject."""
    named = sum(term in asked for term in heading)
    return named / max(1.25, len(heading)) if named else 0.0
