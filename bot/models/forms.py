"""The form of a model's answer: as a schema, in words, and read out of whatever stands around it, never bent to fit."""

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

T = TypeVar("T", bound=BaseModel)

MOST_OBJECTS = 32
"""Of one text, the objects that are looked at."""


@cache
def in_words() -> str:
    """How a model is asked for a form that its server does not hold it to; `{schema}` stands for the schema."""
    return (Path(__file__).parent / "prompts" / "json.md").read_text(encoding="utf-8")


def told(schema: Mapping[str, Any]) -> str:
    """What a model is told of the form of its answer where the server does not hold it to a schema."""
    return in_words().replace("{schema}", json.dumps(schema, ensure_ascii=False))


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
