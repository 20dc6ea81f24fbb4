"""What a grader is given, and what it must do."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from handoff.cross_checks import Judgement
from handoff.draft import FoundPassage, Turn


@dataclass(frozen=True, slots=True)
class ClaimToGrade:
    """A claim of a reply, with the passages that it rests on."""

    text: str
    passages: tuple[str, ...]
    """Their ids."""


@dataclass(frozen=True, slots=True)
class GradeRequest:
    """A reply, and all that it may rest on."""

    turns: Sequence[Turn]
    """The conversation, oldest first; the last one is what the reply answers."""
    passages: Sequence[FoundPassage]
    """Those that the reply cites."""
    claims: Sequence[ClaimToGrade]


@dataclass(frozen=True, slots=True)
class Grade:
    """A grader's judgements."""

    whole: Judgement
    """Whether the reply answers what was asked."""
    claims: tuple[Judgement, ...]
    """Of each claim, in the order of the request."""
    passages: tuple[str, ...] = ()
    """For each claim the id of the passage that decided; empty where the grader named none."""

    @property
    def judgements(self) -> tuple[Judgement, ...]:
        """All of them, that of the whole reply first."""
        return (self.whole, *self.claims)


class NoUsableGrade(Exception):
    """The grader gave no judgement that can be used; the others' stand."""

    def __init__(self, cause: str) -> None:
        super().__init__(cause)
        self.cause = cause
        """A machine word, as those of `handoff.draft.NoUsableDraft`."""


class Grader(Protocol):
    """Judges drafts that it did not make. What it comes from is a part of the version of every draft."""

    @property
    def version(self) -> str:
        """Changes whenever the same request could be judged differently."""
        ...

    async def grade(self, request: GradeRequest) -> Grade:
        """Judge each claim of a reply, and whether it answers the question.

        Raises:
            NoUsableGrade: when there is no judgement that can be used.
        """
        ...

    async def close(self) -> None:
        """Let go of connections."""
        ...
