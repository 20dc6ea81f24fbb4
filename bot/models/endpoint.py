"""A model at an address: it is asked for an object of a given form, in the dialect that its server speaks.

Whatever goes wrong ends in `NoUsableDraft`, whose cause says why. The library raises for some causes and stays silent
for others, so the answer is read here, step by step, instead of by its `parse`.
"""

import base64
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar, cast

import openai
import structlog
from openai import AsyncOpenAI
from openai.types.chat import ChatCompletion, ChatCompletionMessage
from openai.types.chat.chat_completion import Choice
from pydantic import BaseModel

from bot.costs import account, prices
from bot.costs.prices import Price
from bot.models import forms
from bot.models.dialect import Dialect, Form
from bot.models.failures import Failures, failure_of, words_of
from handoff.draft import Image, NoUsableDraft, Usage
from storage.kinds import CallPurpose

log = structlog.get_logger(__name__)

T = TypeVar("T", bound=BaseModel)

MOST_REFUSALS = 8
"""One for each part of a request that a server may refuse."""


@dataclass(frozen=True)
class Question(Generic[T]):
    """What a model is asked."""

    system: str
    """The same for many questions, so that servers can keep it."""
    user: str
    form: type[T]
    schema: Mapping[str, Any]
    name: str = "answer"
    images: Sequence[Image] = ()
    most_tokens: int = 4_000
    """Of the answer, the thoughts of models that think included."""
    purpose: CallPurpose = CallPurpose.DRAFT
    """For the account of calls."""


@dataclass(frozen=True)
class Told(Generic[T]):
    """What a model answered."""

    value: T
    usage: Usage
    model: str
    """As the server calls it."""
    tokens: Sequence[tuple[bytes, float]] = ()
    """Of the answer, each with the logarithm of its probability; empty where the server does not tell."""


class _Refused(Exception):
    """A server refused a part of a request, or ignored it; something simpler may work."""

    cause = "part_refused"

    def __init__(self, failure: NoUsableDraft, simpler: Dialect) -> None:
        super().__init__(failure.cause)
        self.failure, self.simpler = failure, simpler


class Endpoint:
    """Asks one model. What its server refuses is left out from then on."""

    def __init__(self, client: AsyncOpenAI, model: str, *, effort: str = "", price: Price | None = None) -> None:
        self._client = client
        self.model = model
        self.effort = effort
        """How long a model that thinks may do so: its own default when empty."""
        self.price = price or prices.of(model)
        self.dialect = Dialect()
        """What its server understands, as far as is known."""

    @property
    def url(self) -> str:
        """The address of its server."""
        return str(self._client.base_url).rstrip("/")

    async def ask(self, question: Question[T]) -> Told[T]:
        """Ask, more simply each time the server refuses a part of the request.

        Raises:
            NoUsableDraft: when there is no answer, or none of the form asked for.
        """
        spoken, spent = self.dialect, Usage()
        for _ in range(MOST_REFUSALS):
            try:
                told = await self._ask_in(spoken, question)
            except _Refused as refused:
                log.info("model_refused_a_part", model=self.model, url=self.url, **_told_of(refused.__cause__))
                spoken, spent = refused.simpler, spent + refused.failure.usage
            except NoUsableDraft as failure:
                raise NoUsableDraft(failure.cause, spent + failure.usage, failure.retry_after) from failure
            else:
                self._learn(spoken)
                return replace(told, usage=spent + told.usage)
        raise NoUsableDraft("rejected", spent)

    async def close(self) -> None:
        """Close the connections to the server."""
        await self._client.close()

    def _learn(self, spoken: Dialect) -> None:
        if spoken != self.dialect:
            self.dialect = spoken
            left_out = sorted(Dialect().extras - spoken.extras)
            log.info("model_dialect", model=self.model, url=self.url, form=spoken.form, left_out=left_out)

    async def _ask_in(self, spoken: Dialect, question: Question[T]) -> Told[T]:
        with account.call(question.purpose, self.model) as made:
            completion = await self._completed(spoken, question)
            usage = self._usage(completion)
            made.paid(usage)
            return _read(spoken, question, completion, usage)

    async def _completed(self, spoken: Dialect, question: Question[Any]) -> object:
        try:
            return await self._send(spoken, question)
        except Failures as error:
            failure = failure_of(error, pictures=bool(question.images))
            if failure.cause == "rejected" and isinstance(error, openai.APIStatusError):
                named = error.param or ""
                if simpler := spoken.after_refusal(error.status_code, named, words_of(error)):
                    raise _Refused(failure, simpler) from error
            raise failure from error
        except (ValueError, RecursionError) as error:  # no JSON, which the library lets through as it is
            raise NoUsableDraft("invalid_output") from error

    async def _send(self, spoken: Dialect, question: Question[Any]) -> ChatCompletion:
        told = question.system
        if spoken.form != Form.JSON_SCHEMA:
            told = f"{told.rstrip()}\n\n{forms.told(question.schema)}"
        key = f"baton-{hashlib.sha256(question.system.encode()).hexdigest()[:16]}"
        arguments = spoken.arguments(
            schema=dict(question.schema),
            name=question.name,
            most_tokens=question.most_tokens,
            cache_key=key,
            effort=self.effort,
        )
        messages = [{"role": "system", "content": told}, {"role": "user", "content": _content(question)}]
        # What `chat.completions.create` does, but for its walk through each part of the schema, a quarter of its time.
        return await self._client.post(
            "/chat/completions",
            cast_to=ChatCompletion,
            body={"model": self.model, "messages": messages, **arguments},
            options={"security": {"bearer_auth": True}},
        )

    def _usage(self, completion: object) -> Usage:
        told = completion.usage if isinstance(completion, ChatCompletion) else None
        details = getattr(told, "prompt_tokens_details", None)
        written = _count(details, "cache_write_tokens")
        usage = Usage(
            _count(told, "prompt_tokens"),
            _count(told, "completion_tokens"),
            tokens_cached=_count(details, "cached_tokens"),
        )
        return replace(usage, dollars=self.price.dollars(usage, written))


def _count(told: object, name: str) -> int:
    """A number of tokens as a server tells it; 0 for anything else."""
    value = getattr(told, name, 0)
    return value if isinstance(value, int) and value > 0 else 0


def _read(spoken: Dialect, question: Question[T], completion: object, usage: Usage) -> Told[T]:
    choice = _choice(completion)
    if choice is None:
        raise NoUsableDraft("invalid_output", usage)
    if choice.message.refusal:
        raise NoUsableDraft("refused", usage)
    if choice.finish_reason == "length":
        raise NoUsableDraft("truncated", usage)
    if choice.finish_reason == "content_filter":
        raise NoUsableDraft("filtered", usage)
    try:
        value = forms.read(_text(choice.message.content), question.form)
    except forms.Unreadable as error:
        failure, simpler = NoUsableDraft("invalid_output", usage), spoken.simpler_form()
        if error.formless and simpler:  # a server that takes the wish for a form and does not heed it
            raise _Refused(failure, simpler) from error
        raise failure from error
    return Told(value, usage, str(getattr(completion, "model", "")), _tokens(completion))


def _choice(completion: object) -> Choice | None:
    """The first choice. The library checks no types: what a server sends that is no completion arrives all the same."""
    choices = completion.choices if isinstance(completion, ChatCompletion) else None
    first = choices[0] if isinstance(choices, list) and choices else None
    message: object = getattr(first, "message", None)
    return first if isinstance(first, Choice) and isinstance(message, ChatCompletionMessage) else None


def _text(content: object) -> str:
    """What a message says; some servers send it in parts."""
    if isinstance(content, list):
        parts = cast("list[Any]", content)
        return "".join(str(each.get("text") or "") for each in parts if isinstance(each, dict))
    return content if isinstance(content, str) else ""


def _told_of(error: BaseException | None) -> dict[str, object]:
    """What a log may hold of a refusal: no words of the server, which may repeat those of a customer."""
    if isinstance(error, openai.APIStatusError):
        return {"status": error.status_code, "code": error.code, "parameter": error.param}
    return {"why": type(error).__name__}


def _content(question: Question[Any]) -> Any:
    """The text, and the pictures after it: what is the same for two requests comes first."""
    if not question.images:
        return question.user
    pictures = [{"type": "image_url", "image_url": {"url": _data_url(image)}} for image in question.images]
    return [{"type": "text", "text": question.user}, *pictures]


def _data_url(image: Image) -> str:
    return f"data:{image.media_type};base64,{base64.b64encode(image.data).decode()}"


def _tokens(completion: object) -> list[tuple[bytes, float]]:
    choice = _choice(completion)
    told = getattr(choice.logprobs, "content", None) if choice else None
    try:
        return [(bytes(each.bytes) if each.bytes else each.token.encode(), float(each.logprob)) for each in told or []]
    except (TypeError, ValueError, AttributeError):  # they are a signal, and no part of the answer
        return []
