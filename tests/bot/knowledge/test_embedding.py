"""The endpoint of vectors: in which form they are asked for, and where answers are read."""

import threading
from collections.abc import AsyncIterator, Sequence

import pytest

from bot.knowledge import embedding
from bot.knowledge.embedding import BATCH, Endpoint, NoVectors
from bot.settings import Settings
from tests import embedding_server
from tests.embedding_server import EmbeddingServer

REFUSING = ["base64", "float", "float"]
"""In which forms a server is asked twice that does not take the first one."""


def embed(texts: Sequence[str]) -> list[list[float]]:
    """A model to which a text means how long it is."""
    return [[1.0, len(text) / 10, -0.3] for text in texts]


@pytest.fixture
async def server() -> AsyncIterator[EmbeddingServer]:
    async with embedding_server.running(embed) as running:
        yield running


@pytest.fixture
async def endpoint(server: EmbeddingServer) -> AsyncIterator[Endpoint]:
    built = embedding.build(Settings(embedding_model="small-1", embedding_base_url=server.url))
    assert built
    yield built
    await built.close()


async def test_vectors_as_numbers_are_the_same_as_vectors_as_bytes(server: EmbeddingServer, endpoint: Endpoint) -> None:
    as_bytes = await endpoint.of_question(["at night", "a tent"])
    server.knows_bytes = False
    assert await endpoint.of_question(["at night", "a tent"]) == as_bytes
    assert server.forms == ["base64"] * 2


@pytest.mark.parametrize("status", [400, 422, 500])
async def test_a_server_that_refuses_bytes_is_asked_for_numbers_and_then_for_nothing_else(
    server: EmbeddingServer, endpoint: Endpoint, status: int
) -> None:
    server.refuses_bytes_with = status
    first, second = [await endpoint.of_question(["at night"]) for _ in range(2)]
    assert first == second
    assert server.forms == REFUSING


async def test_a_server_that_gave_bytes_and_then_fails_is_not_asked_twice(
    server: EmbeddingServer, endpoint: Endpoint
) -> None:
    await endpoint.of_question(["at night"])
    server.fails_with = 500
    with pytest.raises(NoVectors):
        await endpoint.of_question(["at night"])
    assert server.forms == ["base64"] * 2


@pytest.mark.parametrize("status", [401, 404, 429, 503])
async def test_a_failure_that_is_none_of_the_forms_is_not_asked_twice(
    server: EmbeddingServer, endpoint: Endpoint, status: int
) -> None:
    server.fails_with = status
    with pytest.raises(NoVectors):
        await endpoint.of_question(["at night"])
    assert server.forms == ["base64"]


async def test_long_answers_are_read_in_a_thread_and_short_ones_in_passing(
    server: EmbeddingServer, endpoint: Endpoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere: list[bool] = []
    read = embedding._read  # pyright: ignore[reportPrivateUsage]

    def read_seen(said: bytes, wanted: int) -> object:
        elsewhere.append(threading.current_thread() is not threading.main_thread())
        return read(said, wanted)

    monkeypatch.setattr(embedding, "_read", read_seen)
    await endpoint.of_passages(["a tent"])
    server.embed = lambda texts: [[1.0] * 3072 for _ in texts]
    await endpoint.of_passages(["a tent"] * BATCH)
    assert elsewhere == [False, True]
