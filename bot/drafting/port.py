"""What every drafter is given, and what it must do."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from bot.team import Voice
from handoff.draft import Draft, FoundPassage, Image, Turn


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
    voice: Voice = field(default_factory=Voice)
    """How the team wants replies to sound."""
    images: Sequence[Image] = ()
    """What the customer sent with the last message, for drafters that see."""
    conversation_id: str = ""
    """Whose request it is, for the account of what models cost; empty outside conversations."""


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

    @property
    def sees_images(self) -> bool:
        """Whether it looks at the pictures of a request."""
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
