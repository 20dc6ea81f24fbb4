"""An endpoint that turns texts into vectors: any server that speaks OpenAI's embeddings."""

import asyncio
import base64
from array import array
from collections.abc import Sequence
from math import sqrt
from typing import TYPE_CHECKING

from bot.settings import Settings

if TYPE_CHECKING:
    from openai import AsyncOpenAI

BATCH = 64
"""Passages in one call."""
MOST_CHARACTERS = 6_000
"""Of a text; models read about 8,000 tokens, and the rest would tell little more."""
RETRIES = 3
JOB_SECONDS, QUESTION_SECONDS = 60.0, 1.5
"""How long a batch may take, and how long a customer waits for meaning before words alone must do."""


class NoVectors(Exception):
    """The endpoint gave no vectors that can be used; the message says why."""


class Endpoint:
    """Asks the server; vectors come as 32-bit floats of length 1, so that a product is a cosine."""

    def __init__(self, client: "AsyncOpenAI", model: str) -> None:
        self._client, self.model = client, model

    async def of_passages(self, texts: Sequence[str]) -> list[bytes]:
        """Vectors of at most BATCH texts, with patience and retries.

        Raises:
            NoVectors: when there are none.
        """
        return await self._ask(texts, JOB_SECONDS, RETRIES)

    async def of_question(self, text: str) -> bytes:
        """The vector of one question, at once or not at all.

        Raises:
            NoVectors: when there is none in time.
        """
        (vector,) = await self._ask([text], QUESTION_SECONDS, 0)
        return vector

    async def close(self) -> None:
        """Close the connections to the server."""
        await self._client.close()

    async def _ask(self, texts: Sequence[str], seconds: float, retries: int) -> list[bytes]:
        import openai  # noqa: PLC0415 - heavy, and most installations search without vectors

        cut = [text[:MOST_CHARACTERS] or " " for text in texts]
        try:
            async with asyncio.timeout(seconds * (retries + 1)):
                client = self._client.with_options(timeout=seconds, max_retries=retries)
                answer = await client.embeddings.create(model=self.model, input=cut, encoding_format="float")
        except (openai.OpenAIError, TimeoutError, ValueError) as error:
            raise NoVectors(f"{type(error).__name__}: {error}") from error
        data = sorted(getattr(answer, "data", None) or [], key=lambda each: each.index)
        vectors = [_vector(each.embedding) for each in data]
        if len(vectors) != len(cut) or len({len(each) for each in vectors}) != 1:
            raise NoVectors(f"{len(vectors)} vectors came for {len(cut)} texts, or of different lengths")
        return vectors


def build(settings: Settings) -> Endpoint | None:
    """The endpoint that the settings name; None when they name no model."""
    if not settings.embedding_model:
        return None
    from openai import AsyncOpenAI  # noqa: PLC0415 - heavy, and most installations search without vectors

    same_server = settings.embedding_base_url in ("", settings.openai_base_url)
    key = settings.embedding_api_key or (settings.openai_api_key if same_server else None)
    client = AsyncOpenAI(
        api_key=key.get_secret_value() if key else "none",
        base_url=settings.embedding_base_url or settings.openai_base_url,
    )
    return Endpoint(client, settings.embedding_model)


def _vector(numbers: Sequence[float] | str) -> bytes:
    """32-bit floats of length 1, little-endian on the machines that we know."""
    values = array("f", base64.b64decode(numbers) if isinstance(numbers, str) else numbers)
    length = sqrt(sum(value * value for value in values))
    if not length > 0:  # nothing, zeros, or not a number
        raise NoVectors("a vector without length came")
    return array("f", (value / length for value in values)).tobytes()
