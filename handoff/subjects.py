"""Subjects that a team keeps for people, and whether a message touches one of them. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Self

from handoff import words

READ_AT_MOST = 8_000
"""Characters of a message that are looked at."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A word or phrase as the team wrote it, and the stems by which it is heard."""

    written: str
    stems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Heard:
    """A subject that a message touches, and by which of its phrases."""

    subject: str
    phrase: str


@dataclass(frozen=True, slots=True)
class Subjects:
    """The listed subjects with the phrases by which each is heard."""

    phrases: tuple[tuple[str, tuple[Phrase, ...]], ...] = ()

    @classmethod
    def of(cls, listed: Mapping[str, Sequence[str]]) -> Self:
        """Read a team's list: by the name of a subject, its words and phrases. One without a word hears nothing."""
        found = {
            name: tuple(Phrase(each, stems) for each in said if (stems := tuple(words.stems(each))))
            for name, said in listed.items()
        }
        return cls(tuple(found.items()))

    def heard(self, text: str) -> Heard | None:
        """The first listed subject whose words stand in the text, side by side and in their order, in any inflection.

        `small claims` is heard in "the Small Claims court", not in "a small scratch, and my claim".
        """
        if not self.phrases:
            return None
        said = words.stems(text[:READ_AT_MOST])
        for subject, phrases in self.phrases:
            for phrase in phrases:
                if _holds(said, phrase.stems):
                    return Heard(subject, phrase.written)
        return None


def _holds(said: Sequence[str], phrase: tuple[str, ...]) -> bool:
    length = len(phrase)
    return any(tuple(said[at : at + length]) == phrase for at in range(len(said) - length + 1))
