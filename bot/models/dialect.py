"""What a server that speaks OpenAI's chat completions understands of them. Pure.

Servers differ: some know no JSON schema, some only the old name of the token limit, models that think refuse a
temperature. Nobody can say beforehand, so Baton asks for everything, and leaves out what a server refuses.
"""

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

TEMPERATURE, LOGPROBS, CACHE_KEY, EFFORT = "temperature", "logprobs", "prompt_cache_key", "reasoning_effort"
LIMITS = ("max_completion_tokens", "max_tokens", "")
"""The names of the limit of an answer's tokens: today's, the old one, and none."""
_ABOUT_FORM = re.compile(r"response_format|json_schema|json_object|structured.output|\bgrammar|\bschema", re.IGNORECASE)
_ABOUT_PARAMETERS = re.compile(r"parameter|argument|extra.*(?:inputs?|fields?)|unrecognized|unsupported", re.IGNORECASE)
REFUSALS = (400, 403, 404, 422, 501)
"""The statuses by which servers refuse a part of a request."""
VAGUE = (400, 422)
"""Those that may mean it without naming the part."""


class Form(StrEnum):
    """How a server is made to answer in JSON, the surest first."""

    JSON_SCHEMA = "json_schema"
    """It holds the answer to a schema."""
    JSON_OBJECT = "json_object"
    """It promises an object; the schema stands in the prompt."""
    TEXT = "text"
    """It promises nothing; the object is taken out of whatever stands around it."""


_NEXT_FORM = {Form.JSON_SCHEMA: Form.JSON_OBJECT, Form.JSON_OBJECT: Form.TEXT}


@dataclass(frozen=True)
class Dialect:
    """What is asked of a server."""

    form: Form = Form.JSON_SCHEMA
    limit: str = LIMITS[0]
    extras: frozenset[str] = frozenset((TEMPERATURE, LOGPROBS, CACHE_KEY, EFFORT))
    """What makes an answer better or cheaper, and can be left out."""

    @property
    def plainest(self) -> "Dialect":
        """The same with everything left out that can be."""
        return replace(self, form=Form.TEXT, extras=frozenset())

    def arguments(
        self, *, schema: dict[str, Any], name: str, most_tokens: int, cache_key: str, effort: str
    ) -> dict[str, Any]:
        """The arguments of a request beside its model and messages."""
        told: dict[str, Any] = {}
        if self.form == Form.JSON_SCHEMA:
            told["response_format"] = {
                "type": "json_schema",
                "json_schema": {"name": name, "strict": True, "schema": schema},
            }
        elif self.form == Form.JSON_OBJECT:
            told["response_format"] = {"type": "json_object"}
        if self.limit:
            told[self.limit] = most_tokens
        wanted = {TEMPERATURE: 0, LOGPROBS: True, CACHE_KEY: cache_key, EFFORT: effort}
        return told | {name: value for name, value in wanted.items() if name in self.extras and value != ""}

    def simpler_form(self) -> "Dialect | None":
        """The same with the next way of getting JSON; None when there is none left."""
        return replace(self, form=_NEXT_FORM[self.form]) if self.form in _NEXT_FORM else None

    def after_refusal(self, status: int, parameter: str, words: str) -> "Dialect | None":
        """What to ask for after a server refused.

        Args:
            status: of its answer.
            parameter: the part it names; empty when it names none.
            words: its message.

        Returns:
            A simpler dialect; None when the refusal is about something else.
        """
        if status not in REFUSALS:
            return None
        for told in filter(None, (parameter, words)):
            if simpler := self._without(told):
                return simpler
        if status in VAGUE or _ABOUT_PARAMETERS.search(words):
            return self.plainest if self != self.plainest else None
        return None

    def _without(self, told: str) -> "Dialect | None":
        for name in (LOGPROBS, CACHE_KEY, EFFORT, TEMPERATURE):
            if name in self.extras and _names(told, name):
                return replace(self, extras=self.extras - {name})
        if self.limit and _names(told, self.limit):
            return replace(self, limit=LIMITS[LIMITS.index(self.limit) + 1])
        return self.simpler_form() if _ABOUT_FORM.search(told) else None


def _names(told: str, name: str) -> bool:
    return re.search(rf"(?<![a-z_]){name}(?![a-z_])", told, re.IGNORECASE) is not None
