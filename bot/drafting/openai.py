"""The drafter that asks a model: one call, whose answer must fit a schema.

Whatever goes wrong ends in `NoUsableDraft`, and the conversation goes to a person. The library raises for some
causes and stays silent for others, so the answer is read here, step by step, instead of by its `parse`.
"""

import asyncio
import json
from collections.abc import Sequence
from typing import Annotated, Any

import openai
from openai import AsyncOpenAI
from openai.types.chat import ChatCompletion
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.costs import account
from bot.drafting import prices, prompt
from bot.drafting.port import DraftRequest, TopicName
from bot.settings import Settings, SettingsProblem
from handoff import language, mood
from handoff.draft import Author, Draft, Mood, NoUsableDraft, Usage
from storage.kinds import CallPurpose

MOST_TOKENS = 4_000
"""Of an answer, the thoughts of models that think included."""
RETRIES = 1
MOST_SIGNS = 3

Share = Annotated[float, Field(ge=0, le=1)]


class Answer(BaseModel):
    """What the model must return; the order makes it judge itself after it has written."""

    model_config = ConfigDict(extra="forbid")

    reply: str
    citations: list[str]
    answerable: bool
    clarifying_question: str
    topic: str
    language: str
    wants_person: bool
    sentiment: Annotated[float, Field(ge=-1, le=1)]
    frustration: Share
    mood_signs: list[str]
    own_confidence: Share


def build(settings: Settings) -> "OpenAIDrafter":
    """The drafter for the model that the settings name.

    Raises:
        SettingsProblem: when the file with the rules cannot be read.
    """
    key = settings.openai_api_key
    client = AsyncOpenAI(
        api_key=key.get_secret_value() if key else "",
        base_url=settings.openai_base_url,
        timeout=settings.openai_timeout_seconds,
        max_retries=RETRIES,
    )
    return OpenAIDrafter(client, settings.openai_model, settings.openai_timeout_seconds, rules=_rules(settings))


def _rules(settings: Settings) -> str:
    """The team's own rules for the model; empty where Baton's hold."""
    if settings.prompt_file is None:
        return ""
    try:
        rules = settings.prompt_file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is no UTF-8 text"
        raise SettingsProblem(f"The prompt file {settings.prompt_file} cannot be read: {why}.") from error
    if not rules.strip():
        raise SettingsProblem(f"The prompt file {settings.prompt_file} is empty: the model would have no rules.")
    return rules


class OpenAIDrafter:
    """Asks a server that speaks OpenAI's chat completions."""

    name = "openai"

    def __init__(self, client: AsyncOpenAI, model: str, deadline: float, *, rules: str = "") -> None:
        self._client = client
        self._rules = rules
        """Of the team, in place of Baton's own."""
        self._deadline = deadline
        """Seconds for the whole draft, a retry included."""
        self.model = model
        self.prompt_version = prompt.version(json.dumps(Answer.model_json_schema(), sort_keys=True), rules)

    async def draft(self, request: DraftRequest) -> Draft:
        """Ask for a reply. Without passages no model is asked: there is nothing it may say.

        Raises:
            NoUsableDraft: when there is no answer, or none that fits the schema.
        """
        if not request.passages:
            return self._without_passages(request)
        with account.call(CallPurpose.DRAFT, self.model) as made:
            completion = await self._completed(request)
            usage = _usage(self.model, completion)
            made.paid(usage)
            return self._draft_of(_answer(completion), usage, request)

    async def _completed(self, request: DraftRequest) -> ChatCompletion:
        try:
            async with asyncio.timeout(self._deadline):
                return await self._ask(request)
        except TimeoutError as error:
            raise NoUsableDraft("timeout") from error
        except openai.OpenAIError as error:
            raise NoUsableDraft(_cause(error)) from error
        except ValueError as error:  # a body that is no JSON, which the library lets through as it is
            raise NoUsableDraft("invalid_output") from error

    async def close(self) -> None:
        """Close the connections to the server."""
        await self._client.close()

    async def _ask(self, request: DraftRequest) -> ChatCompletion:
        return await self._client.chat.completions.create(
            model=self.model,
            messages=[
                {"role": "system", "content": prompt.system(request.company, request.topics, self._rules)},
                {"role": "user", "content": prompt.user(request)},
            ],
            response_format={
                "type": "json_schema",
                "json_schema": {"name": "answer", "strict": True, "schema": schema(request.topics)},
            },
            max_completion_tokens=MOST_TOKENS,
        )

    def _draft_of(self, answer: Answer, usage: Usage, request: DraftRequest) -> Draft:
        given = prompt.named(request.passages)
        citations = tuple(dict.fromkeys(given[name].passage_id for name in answer.citations if name in given))
        text = answer.reply.strip()
        return Draft(
            text=text,
            citations=citations if text else (),
            topic=answer.topic if answer.topic in {topic.name for topic in request.topics} else "",
            answerable=answer.answerable and bool(text) and bool(citations),
            own_confidence=answer.own_confidence,
            mood=Mood(answer.sentiment, answer.frustration, answer.wants_person, tuple(answer.mood_signs[:MOST_SIGNS])),
            language=_code(answer.language) or _detected(request),
            clarifying_question=answer.clarifying_question.strip(),
            drafter=self.name,
            model=self.model,
            prompt_version=self.prompt_version,
            usage=usage,
        )

    def _without_passages(self, request: DraftRequest) -> Draft:
        return Draft(
            text="",
            citations=(),
            topic="",
            answerable=False,
            own_confidence=0.0,
            mood=mood.read(request.turns),
            language=_detected(request),
            drafter=self.name,
            model=self.model,
            prompt_version=self.prompt_version,
        )


def schema(topics: Sequence[TopicName]) -> dict[str, Any]:
    """The schema of an answer, with the topics as a closed list."""
    found = Answer.model_json_schema()
    found["properties"]["topic"]["enum"] = [*(topic.name for topic in topics), ""]
    return found


def _usage(model: str, completion: object) -> Usage:
    """What the server says that the call took; nothing where it does not say."""
    usage = completion.usage if isinstance(completion, ChatCompletion) else None
    tokens = (usage.prompt_tokens, usage.completion_tokens) if usage else (0, 0)
    return Usage(*tokens, prices.dollars(model, *tokens))


def _answer(completion: object) -> Answer:
    # The library checks no types: what a server sends that is no completion arrives here all the same.
    if not isinstance(completion, ChatCompletion) or not completion.choices or not completion.choices[0].message:
        raise NoUsableDraft("invalid_output")
    choice = completion.choices[0]
    if choice.message.refusal:
        raise NoUsableDraft("refused")
    if choice.finish_reason == "length":
        raise NoUsableDraft("truncated")
    if choice.finish_reason == "content_filter":
        raise NoUsableDraft("filtered")
    try:
        return Answer.model_validate_json(choice.message.content or "")
    except ValidationError as error:
        raise NoUsableDraft("invalid_output") from error


_CAUSES: tuple[tuple[type[openai.OpenAIError], str], ...] = (
    (openai.APITimeoutError, "timeout"),
    (openai.APIConnectionError, "unreachable"),
    (openai.RateLimitError, "rate_limited"),
    (openai.AuthenticationError, "wrong_key"),
    (openai.PermissionDeniedError, "wrong_key"),
    (openai.NotFoundError, "unknown_model"),
    (openai.InternalServerError, "unreachable"),
    (openai.APIStatusError, "rejected"),
)
"""The first that fits names the cause."""

_CODES = {
    "insufficient_quota": "no_quota",
    "content_filter": "filtered",
    "model_not_found": "unknown_model",
    "context_length_exceeded": "too_long",
}
"""The server's own code says more than the status."""


def _cause(error: openai.OpenAIError) -> str:
    code = error.code if isinstance(error, openai.APIError) else None
    if code in _CODES:
        return _CODES[code]
    return next((cause for kind, cause in _CAUSES if isinstance(error, kind)), "invalid_output")


def _code(given: str) -> str:
    code = given.strip().lower().replace("_", "-").split("-")[0]
    return code if len(code) == 2 and code.isalpha() else ""  # noqa: PLR2004 - ISO 639-1


def _detected(request: DraftRequest) -> str:
    said = [turn.text for turn in request.turns if turn.author == Author.CUSTOMER]
    return language.detect(said[-1]) if said else ""
