"""What a model that drafts must return, and how sure its tokens were of it."""

import math
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from bot.drafting.port import TopicName
from bot.models import forms

Share = Annotated[float, Field(ge=0, le=1)]


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid")


class ClaimAnswer(_Form):
    """A statement of the reply, with the short names of its passages."""

    text: str
    citations: list[str]


class Answer(_Form):
    """What the model must return; the order makes it judge itself after it has written.

    What has a default may be left out by a model that no schema holds; the rest makes the answer.
    """

    reply: str
    claims: list[ClaimAnswer] = Field(default_factory=list[ClaimAnswer])
    citations: list[str]
    answerable: bool
    unanswered: list[str] = Field(default_factory=list[str])
    clarifying_question: str = ""
    needs_action: bool = False
    topic: str = ""
    language: str = ""
    pictures: str = ""
    wants_person: bool = False
    sentiment: Annotated[float, Field(ge=-1, le=1)] = 0.0
    frustration: Share = 0.0
    mood_signs: list[str] = Field(default_factory=list[str])
    own_confidence: Share
    would_sign: bool | None = None
    """The judgement whose tokens' probability is a signal."""


def schema(topics: Sequence[TopicName]) -> Mapping[str, Any]:
    """The schema of an answer: every field asked for, and the topics a closed list."""
    return _schema(tuple(topic.name for topic in topics))


@lru_cache(maxsize=16)
def _schema(topics: tuple[str, ...]) -> Mapping[str, Any]:
    found = forms.strict(Answer)
    found["properties"]["topic"]["enum"] = [*topics, ""]
    found["properties"]["would_sign"] = {"title": "Would Sign", "type": "boolean"}
    return found


_SIGNED = re.compile(rb'"would_sign"\s*:\s*(true|false)')


def token_confidence(tokens: Sequence[tuple[bytes, float]]) -> float | None:
    """The probability that the model gave to "an expert would sign this".

    After Kadavath et al. (2022), "Language Models (Mostly) Know What They Know": P(True) of a statement that the
    model makes about its own answer, once the answer stands.

    Args:
        tokens: of the whole answer, each with the natural logarithm of its probability.

    Returns:
        0..1; None when the tokens do not hold the judgement.
    """
    text = b"".join(token for token, _ in tokens)
    found = list(_SIGNED.finditer(text))
    if not found:
        return None
    judged = found[-1]
    start, end = judged.span(1)
    at, logarithm = 0, 0.0
    for token, each in tokens:
        if at < end and at + len(token) > start:
            logarithm += each
        at += len(token)
    share = min(1.0, math.exp(logarithm)) if math.isfinite(logarithm) else 0.0
    return share if judged[1] == b"true" else 1 - share
