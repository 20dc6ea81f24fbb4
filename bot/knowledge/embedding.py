"""An endpoint that turns texts into vectors: any server that speaks OpenAI's embeddings.

Vectors are asked for as bytes, and as numbers in words where a server does not know that form. The library would make
an object of each number, which takes a quarter of a second for a batch of large vectors; so its answers are read here,
and long ones in a thread.
"""

import asyncio
import base64
import json
from array import array
from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import inf, sqrt
from typing import TYPE_CHECKING, Any, Literal

from bot import team
from bot.costs import account, prices
from bot.costs.prices import FREE, Price
from bot.models import chosen
from bot.settings import Settings
from handoff.draft import Usage
from storage.kinds import CallPurpose

if TYPE_CHECKING:
    from openai import AsyncOpenAI

BATCH = 64
"""Passages in one call."""
MOST_CHARACTERS = 6_000
"""Of a text; models read about 8,000 tokens, and the rest would tell little more."""
MOST_BYTES = 32 * 2**20
"""Of an answer: vectors come as numbers in words, some 20 bytes each."""
LONG = 100_000
"""Bytes of an answer that are not read in passing: it takes more than a millisecond."""
RETRIES = 3
JOB_SECONDS, QUESTION_SECONDS = 60.0, 1.5
"""How long a batch may take, and how long a customer waits for meaning before words alone must do."""


class NoVectors(Exception):
    """The endpoint gave no vectors that can be used."""

    def __init__(self, cause: str) -> None:
        super().__init__(cause)
        self.cause = cause
        """A machine word, as those of `handoff.draft.NoUsableDraft`."""


@dataclass(frozen=True, slots=True)
class _Answer:
    """What a server says."""

    tokens: int
    """That it read."""
    vectors: list[bytes]
    """Empty when none of them can be used."""


class Endpoint:
    """Asks the server; vectors come as 32-bit floats of length 1, so that a product is a cosine."""

    def __init__(self, client: "AsyncOpenAI", model: str, price: Price = FREE) -> None:
        self._client, self.model, self._price = client, model, price
        self.size = 0
        """Of the vectors that it gives now, in bytes; 0 until it gave some."""
        self.sizes_seen = set[int]()
        """Those for which vectors of other sizes were looked for."""
        self._form: Literal["base64", "float"] = "base64"
        self._knows_form = False
        """Whether it has answered in that form: then a failure is none of the form's."""

    @property
    def url(self) -> str:
        """The address of its server."""
        return str(self._client.base_url).rstrip("/")

    async def of_passages(self, texts: Sequence[str]) -> list[bytes]:
        """Vectors of at most BATCH texts, with patience and retries.

        Raises:
            NoVectors: when there are none.
        """
        return await self._ask(texts, JOB_SECONDS, RETRIES)

    async def of_question(self, parts: Sequence[str]) -> list[bytes]:
        """The vectors of one question, of each of its parts, at once or not at all.

        Raises:
            NoVectors: when there are none in time.
        """
        return await self._ask(parts, QUESTION_SECONDS, 0)

    async def close(self) -> None:
        """Close the connections to the server."""
        await self._client.close()

    async def _ask(self, texts: Sequence[str], seconds: float, retries: int) -> list[bytes]:
        cut = [text[:MOST_CHARACTERS] or " " for text in texts]
        with account.call(CallPurpose.EMBEDDING, self.model) as made:
            said = await self._said(cut, seconds, retries)
            answer = await asyncio.to_thread(_read, said, len(cut)) if len(said) > LONG else _read(said, len(cut))
            made.paid(self._usage(answer.tokens))
            if not answer.vectors:
                raise NoVectors("invalid_output")
        self.size = len(answer.vectors[0])
        return answer.vectors

    async def _said(self, texts: Sequence[str], seconds: float, retries: int) -> bytes:
        from bot.models import failures  # noqa: PLC0415 - heavy, and most search without vectors

        client = self._client.with_options(timeout=seconds, max_retries=retries)
        try:
            async with asyncio.timeout(seconds * (retries + 1)):
                try:
                    return await self._said_in_a_form_it_knows(client, texts)
                except failures.Failures as error:
                    if not failures.was_dropped(error):
                        raise
                    return await self._said_in_a_form_it_knows(client, texts)
        except failures.Failures as error:
            raise NoVectors(failures.failure_of(error).cause) from error
        except TimeoutError as error:
            raise NoVectors("timeout") from error

    async def _said_in_a_form_it_knows(self, client: "AsyncOpenAI", texts: Sequence[str]) -> bytes:
        from bot.models import failures  # noqa: PLC0415 - heavy, and most search without vectors

        create, input_ = client.embeddings.with_raw_response.create, list(texts)
        try:
            answer = await create(model=self.model, input=input_, encoding_format=self._form)
        except failures.Failures as error:
            if self._form == "float" or not failures.may_not_know_a_part(error, knew=self._knows_form):
                raise
            answer = await create(model=self.model, input=input_, encoding_format="float")
            self._form = "float"
        self._knows_form = True
        return answer.content

    def _usage(self, tokens: int) -> Usage:
        usage = Usage(tokens, 0)
        return replace(usage, dollars=self._price.dollars(usage))


def build(settings: Settings) -> Endpoint | None:
    """The endpoint that the settings name; None when they name no model.

    Raises:
        Problem: when the team's file or the certificates cannot be read.
    """
    model = chosen.embedding(settings)
    if model is None:
        return None
    from bot.models import failures  # noqa: PLC0415 - heavy, and most installations search without vectors

    client = failures.client(key=model.key, url=model.url, seconds=JOB_SECONDS, most_bytes=MOST_BYTES)
    return Endpoint(client, model.model, prices.of(model.model, prices.own(team.read(settings.team_file))))


def _read(said: bytes, wanted: int) -> _Answer:
    """What a server said, which may be anything.

    Raises:
        NoVectors: when it is not even JSON.
    """
    try:
        answer: Any = json.loads(said)
    except (ValueError, RecursionError) as error:
        raise NoVectors("invalid_output") from error
    try:
        tokens: Any = answer["usage"]["prompt_tokens"]
    except (TypeError, LookupError):
        tokens = 0
    return _Answer(max(0, tokens) if isinstance(tokens, int) else 0, _vectors(answer, wanted))


def _vectors(answer: Any, wanted: int) -> list[bytes]:
    try:
        vectors = [_vector(each["embedding"]) for each in sorted(answer["data"], key=lambda each: each["index"])]
    except (TypeError, LookupError, ValueError, AttributeError, OverflowError):
        return []
    return vectors if len(vectors) == wanted and len({len(each) for each in vectors}) == 1 else []


def _vector(numbers: Sequence[float] | str) -> bytes:
    """32-bit floats of length 1, little-endian on the machines that we know."""
    values = array("f", base64.b64decode(numbers) if isinstance(numbers, str) else numbers)
    length = sqrt(sum(value * value for value in values))
    if not 0 < length < inf:  # nothing, zeros, or no numbers
        raise ValueError(length)
    return array("f", (value / length for value in values)).tobytes()
