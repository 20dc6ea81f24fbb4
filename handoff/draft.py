"""The nouns of a reply in the making: what was said, what was found, and what a drafter proposes."""

import hashlib
import json
from collections.abc import Sequence
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
class Image:
    """A picture that the customer sent, small enough for a model."""

    name: str
    media_type: str
    """Such as image/png."""
    data: bytes = field(repr=False)
    """Empty for one that could not be fetched, or that no drafter here would look at."""


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
    taught: bool = False
    """Whether it is an answer of a person, and its title the question that they answered."""
    by_meaning: bool = False
    """Whether it is among the nearest in meaning, so that it may answer in words that the question does not share."""


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
    """What a call of a model cost: tokens in and out, and money in US dollars."""

    tokens_in: int = 0
    tokens_out: int = 0
    dollars: float = 0.0
    tokens_cached: int = 0
    """Of those in, the ones that the server still knew from an earlier request; they cost less."""

    def __add__(self, other: "Usage") -> "Usage":
        return Usage(
            self.tokens_in + other.tokens_in,
            self.tokens_out + other.tokens_out,
            self.dollars + other.dollars,
            self.tokens_cached + other.tokens_cached,
        )


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement of a reply, and the ids of the passages that it rests on."""

    text: str
    citations: tuple[str, ...] = ()


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
    claims: tuple[Claim, ...] = ()
    """What the reply states, for those who check it; empty from drafters that do not say, whose every sentence then
    rests on all citations."""
    needs_action: bool = False
    """Whether the customer needs something done that only a person can do, such as a refund."""
    pictures: str = ""
    """What the customer's pictures show, in English, for agents; empty when the drafter saw none."""
    token_confidence: float | None = None
    """The probability, 0..1, that the model itself gave to "an expert would sign this"; None where it does not tell."""
    open_questions: tuple[str, ...] = ()
    """What the customer asked besides, and the reply leaves unanswered, each in their own words."""
    drafter: str = ""
    model: str = ""
    prompt_version: str = ""
    usage: Usage = field(default_factory=Usage)


class NoUsableDraft(Exception):
    """The drafter returned no reply that can be used; the conversation goes to a person."""

    def __init__(self, cause: str, usage: Usage | None = None, retry_after: float | None = None) -> None:
        super().__init__(cause)
        self.cause = cause
        """A machine word: timeout, refused, invalid_output, truncated, filtered, rate_limited, no_quota, unreachable,
        untrusted, wrong_key, unknown_model, rejected, too_long, endless, cannot_see, resting or told_its_rules."""
        self.usage = usage or Usage()
        """What the attempt cost all the same."""
        self.retry_after = retry_after
        """In how many seconds the server wants to be asked again; None when it does not say."""


def input_hash(turns: Sequence[Turn]) -> str:
    """The SHA-256, in hexadecimal digits, of a conversation as it was read."""
    said = json.dumps([[str(turn.author), turn.text] for turn in turns], ensure_ascii=False)
    return hashlib.sha256(said.encode()).hexdigest()
