"""The grader that asks a model: one question, whose answer judges each claim."""

import hashlib
import json
from collections.abc import Sequence
from typing import Literal, TypeVar

from pydantic import BaseModel, ConfigDict

from bot.checking import prompt
from bot.checking.port import Grade, GradeRequest, NoUsableGrade
from bot.drafting import prompt as drafting
from bot.models import forms
from bot.models.endpoint import Endpoint, Question
from handoff.cross_checks import Judgement
from handoff.draft import NoUsableDraft
from storage.kinds import CallPurpose

MOST_TOKENS = 3_000
"""Of an answer, the thoughts of models that think included."""

T = TypeVar("T")
Said = Literal["supported", "not_supported", "contradicted"]
"""A `Judgement`, written out: servers that hold answers to a schema want no references in it."""


class ClaimGrade(BaseModel):
    """What is said of one claim: first where it stands, then the judgement."""

    model_config = ConfigDict(extra="forbid")

    claim: str
    passage: str
    judgement: Said


class GradeAnswer(BaseModel):
    """What the model must return; the whole is judged after its parts."""

    model_config = ConfigDict(extra="forbid")

    claims: list[ClaimGrade]
    answers_question: Said


class ModelGrader:
    """Asks a model to judge. Graders of one model differ in their rules and in the order of what they read.

    Args:
        endpoint: of the model.
        number: which grader it is, from 0.
    """

    def __init__(self, endpoint: Endpoint, number: int) -> None:
        self._endpoint, self._number = endpoint, number
        self.version = version(endpoint.model, endpoint.url, number)

    async def grade(self, request: GradeRequest) -> Grade:
        """Judge a reply.

        Raises:
            NoUsableGrade: when there is no answer, or a claim in it was not judged.
        """
        passages = _turned(request.passages, self._number)
        claims = [(f"C{index}", claim) for index, claim in enumerate(request.claims, start=1)]
        question = Question(
            system=prompt.rules(_style(self._number)),
            user=prompt.shown(request, passages, claims[::-1] if self._number % 2 else claims),
            form=GradeAnswer,
            schema=forms.strict(GradeAnswer),
            most_tokens=MOST_TOKENS,
            purpose=CallPurpose.CROSS_CHECK,
        )
        try:
            told = (await self._endpoint.ask(question)).value
        except NoUsableDraft as failure:
            raise NoUsableGrade(failure.cause) from failure
        judged = {each.claim.strip(): each for each in told.claims}
        if any(name not in judged for name, _ in claims):
            raise NoUsableGrade("claims_left_out")
        ids = {name: passage.passage_id for name, passage in drafting.named(passages).items()}
        return Grade(
            whole=Judgement(told.answers_question),
            claims=tuple(Judgement(judged[name].judgement) for name, _ in claims),
            passages=tuple(ids.get(judged[name].passage.strip(), "") for name, _ in claims),
        )

    async def close(self) -> None:
        """Close the connections to the server."""
        await self._endpoint.close()


def version(model: str, url: str, number: int) -> str:
    """Of a grader: its style, and by its content all that shapes its judgements."""
    form = json.dumps(forms.strict(GradeAnswer), sort_keys=True)
    told = (model, url, prompt.rules(_style(number)), form, str(number))
    return f"{_style(number)}-{hashlib.sha256(chr(31).join(told).encode()).hexdigest()[:8]}"


def _style(number: int) -> str:
    return prompt.STYLES[number % len(prompt.STYLES)]


def _turned(items: Sequence[T], by: int) -> list[T]:
    """The same in another order: what stands first is believed most."""
    start = by % len(items) if items else 0
    return [*items[start:], *items[:start]]
