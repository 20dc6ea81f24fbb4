"""What every drafter is given, and what it must do."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from handoff.draft import Draft, FoundPassage, Turn


@dataclass(frozen=True, slots=True)
class TopicName:
    """A topic that a draft may be given: the name used in tables, and the title people read."""

    name: str
    title: str


@dataclass(frozen=True, slots=True)
class DraftRequest:
    """Everything a reply may rest on."""

    turns: Sequence[Turn]
    """The conversation so far, oldest first; the last one is the customer's message to answer."""
    passages: Sequence[FoundPassage]
    """What the search found, best first."""
    topics: Sequence[TopicName]
    """The closed list of topics; empty when the team has none."""
    company: str
    """The name of the company the customer writes to."""


class Drafter(Protocol):
    """Proposes a reply. Its name, model and prompt version are stored with every draft."""

    @property
    def name(self) -> str:
        """Which drafter it is: `embedded` or `openai`."""
        ...

    @property
    def model(self) -> str:
        """The model behind it."""
        ...

    @property
    def prompt_version(self) -> str:
        """Changes whenever the same request could be answered differently by the same model."""
        ...

    async def draft(self, request: DraftRequest) -> Draft:
        """Propose a reply to the last message.

        Raises:
            handoff.draft.NoUsableDraft: when there is none that can be used; the cause says why.
        """
        ...

    async def close(self) -> None:
        """Let go of connections."""
        ...
