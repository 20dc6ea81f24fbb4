"""What a model must return, and how it is read: out of whatever stands around it, and never bent to fit."""

import json
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.drafting.port import TopicName

Share = Annotated[float, Field(ge=0, le=1)]
T = TypeVar("T", bound=BaseModel)

MOST_OBJECTS = 32
"""Of one text, the objects that are looked at."""


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
    found = strict(Answer)
    found["properties"]["topic"]["enum"] = [*topics, ""]
    found["properties"]["would_sign"] = {"title": "Would Sign", "type": "boolean"}
    return found


def strict(form: type[BaseModel]) -> dict[str, Any]:
    """The schema of a form as strict servers want it: closed, and without defaults every field is required."""
    found = form.model_json_schema()
    for each in (found, *found.get("$defs", {}).values()):
        each["required"] = list(each["properties"])
        each["additionalProperties"] = False
        each.pop("description", None)
        for told in each["properties"].values():
            told.pop("default", None)
    found.pop("title", None)
    return found


class Unreadable(ValueError):
    """A text is no answer of the form asked for. `formless` when no server that holds to a schema lets it pass."""

    def __init__(self, *, formless: bool) -> None:
        super().__init__("the answer does not have the form that was asked for")
        self.formless = formless


_THOUGHTS = re.compile(r"<think(?:ing)?>.*?</think(?:ing)?>", re.DOTALL | re.IGNORECASE)
"""What some models that think write before their answer."""


def read(content: str, form: type[T]) -> T:
    """Read an answer: the text itself, or the last object in it that has the form.

    Raises:
        Unreadable: when there is none.
    """
    try:
        return form.model_validate_json(content)
    except ValidationError as error:
        formless = _has_other_fields(error) or not content.lstrip().startswith("{")
    for found in reversed(list(_objects(_THOUGHTS.sub("", content)))):
        try:
            return form.model_validate(found)
        except ValidationError:
            continue
    raise Unreadable(formless=formless and bool(content.strip()))


def _has_other_fields(error: ValidationError) -> bool:
    return any(each["type"] in ("missing", "extra_forbidden") for each in error.errors())


def _objects(text: str) -> Iterator[dict[str, Any]]:
    decoder, at = json.JSONDecoder(), 0
    for _ in range(MOST_OBJECTS):
        at = text.find("{", at)
        if at < 0:
            return
        try:
            found, at = decoder.raw_decode(text, at)
        except ValueError:
            at += 1
        except RecursionError:
            return
        else:
            yield found


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
