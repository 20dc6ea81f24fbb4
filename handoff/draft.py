"""The nouns of a reply in the making: what was said, what was found, and what a drafter proposes."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Author(StrEnum):
    """Who said a message of a conversation."""

    CUSTOMER = "customer"
    BOT = "bot"
    AGENT = "agent"
    NOTE = "note"
    """An internal note in the desk thread; the customer never sees it."""
    BYSTANDER = "bystander"
    """Somebody else in the customer's thread, neither its customer nor an agent."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One message of a conversation as drafters and rules read it."""

    author: Author
    text: str
    at: datetime | None = None
    """When it was said, in UTC; None where nobody knows."""


@dataclass(frozen=True, slots=True)
class FoundPassage:
    """A passage of the knowledge base that a search found.

    `score` is the search's own relevance, higher is better, comparable within one search only;
    `coverage` is the share (0..1) of the query's informative words that the passage contains.
    """

    passage_id: str
    article_id: str
    title: str
    url: str
    heading_path: str
    text: str
    topic: str
    language: str
    score: float
    coverage: float
    content_hash: str = ""
    """Of the article as it was when it was found."""


@dataclass(frozen=True, slots=True)
class Mood:
    """How the customer feels: sentiment -1 (bad)..1 (good), frustration 0..1, and the signs it was read from."""

    sentiment: float = 0.0
    frustration: float = 0.0
    wants_person: bool = False
    signs: tuple[str, ...] = ()
    """Plain words an agent can read, such as "asked the same question again"."""


@dataclass(frozen=True, slots=True)
class Usage:
    """What a draft cost: tokens in and out, and money in US dollars."""

    tokens_in: int = 0
    tokens_out: int = 0
    dollars: float = 0.0


@dataclass(frozen=True, slots=True)
class Draft:
    """A reply proposed by a drafter. Empty `text` with `answerable` false means that it has none."""

    text: str
    citations: tuple[str, ...]
    """Ids of the passages the reply rests on, each one of those it was given."""
    topic: str
    answerable: bool
    own_confidence: float
    """The drafter's own belief, 0..1, that the reply is right."""
    mood: Mood
    language: str
    """ISO 639-1 code of the customer's language."""
    clarifying_question: str = ""
    drafter: str = ""
    model: str = ""
    prompt_version: str = ""
    usage: Usage = field(default_factory=Usage)


class NoUsableDraft(Exception):
    """The drafter returned no reply that can be used; the conversation goes to a person."""

    def __init__(self, cause: str) -> None:
        super().__init__(cause)
        self.cause = cause
        """A machine word: timeout, refused, invalid_output, truncated, filtered, rate_limited, no_quota, unreachable,
        wrong_key, unknown_model, rejected or too_long."""
