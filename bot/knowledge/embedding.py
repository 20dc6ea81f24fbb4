"""An endpoint that turns texts into vectors: any server that speaks OpenAI's embeddings."""

import asyncio
import base64
from array import array
from collections.abc import Sequence
from dataclasses import replace
from math import inf, sqrt
from typing import TYPE_CHECKING, Any

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
RETRIES = 3
JOB_SECONDS, QUESTION_SECONDS = 60.0, 1.5
"""How long a batch may take, and how long a customer waits for meaning before words alone must do."""


class NoVectors(Exception):
    """The endpoint gave no vectors that can be used."""

    def __init__(self, cause: str) -> None:
        super().__init__(cause)
        self.cause = cause
        """A machine word, as those of `handoff.draft.NoUsableDraft`."""


class Endpoint:
    """Asks the server; vectors come as 32-bit floats of length 1, so that a product is a cosine."""

    def __init__(self, client: "AsyncOpenAI", model: str, price: Price = FREE) -> None:
        self._client, self.model, self._price = client, model, price
        self.size = 0
        """Of the vectors that it gives now, in bytes; 0 until it gave some."""
        self.sizes_seen = set[int]()
        """Those for which vectors of other sizes were looked for."""

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
            answer = await self._answer(cut, seconds, retries)
            made.paid(self._usage(answer))
            vectors = _vectors(answer, len(cut))
        self.size = len(vectors[0]) if vectors else self.size
        return vectors

    async def _answer(self, texts: Sequence[str], seconds: float, retries: int) -> object:
        from bot.models import failures  # noqa: PLC0415 - heavy, and most search without vectors

        client = self._client.with_options(timeout=seconds, max_retries=retries)

        async def ask() -> object:
            return await client.embeddings.create(model=self.model, input=list(texts), encoding_format="float")

        try:
            async with asyncio.timeout(seconds * (retries + 1)):
                try:
                    return await ask()
                except failures.Failures as error:
                    if not failures.was_dropped(error):
                        raise
                    return await ask()
        except failures.Failures as error:
            raise NoVectors(failures.failure_of(error).cause) from error
        except TimeoutError as error:
            raise NoVectors("timeout") from error
        except (ValueError, RecursionError) as error:  # no JSON, which the library lets through as it is
            raise NoVectors("invalid_output") from error

    def _usage(self, answer: object) -> Usage:
        tokens = getattr(getattr(answer, "usage", None), "prompt_tokens", None)
        usage = Usage(max(0, tokens) if isinstance(tokens, int) else 0, 0)
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


def _vectors(answer: Any, wanted: int) -> list[bytes]:
    # The library checks no types: what a server sends that is no list of vectors arrives here all the same.
    try:
        data = sorted(getattr(answer, "data", None) or [], key=lambda each: each.index)
        vectors = [_vector(each.embedding) for each in data]
    except (TypeError, ValueError, AttributeError, OverflowError) as error:
        raise NoVectors("invalid_output") from error
    if len(vectors) != wanted or len({len(each) for each in vectors}) != 1:
        raise NoVectors("invalid_output")
    return vectors


def _vector(numbers: Sequence[float] | str) -> bytes:
    """32-bit floats of length 1, little-endian on the machines that we know."""
    values = array("f", base64.b64decode(numbers) if isinstance(numbers, str) else numbers)
    length = sqrt(sum(value * value for value in values))
    if not 0 < length < inf:  # nothing, zeros, or no numbers
        raise NoVectors("invalid_output")
    return array("f", (value / length for value in values)).tobytes()
