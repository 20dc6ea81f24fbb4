"""A small real server that speaks OpenAI's embeddings, for tests and benchmarks."""

import base64
from array import array
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from unittest.mock import patch

from aiohttp import web

from bot.knowledge import embedding

Embed = Callable[[Sequence[str]], Sequence[Sequence[float]]]


@dataclass
class EmbeddingServer:
    """What it was asked, and how it fails when it is told to."""

    url: str = ""
    asked: list[list[str]] = field(default_factory=list[list[str]])
    models: list[str] = field(default_factory=list[str])
    keys: list[str] = field(default_factory=list[str])
    fails_with: int = 0
    """The HTTP status of each answer; 0 answers."""
    drops: int = 0
    """How many of the next requests find their connection ended."""
    embed: Embed | None = None
    """What makes the vectors; when set, in place of what it was begun with."""
    raw: Any = ...
    """What stands in the place of each vector, as it is; nothing while it is an ellipsis."""
    forms: list[str] = field(default_factory=list[str])
    """In which forms vectors were asked for."""
    knows_bytes: bool = True
    """Whether vectors come as bytes when they are asked for so; else as numbers all the same."""
    refuses_bytes_with: int = 0
    """The HTTP status where vectors are asked for as bytes; 0 answers."""

    def told(self, vector: Sequence[float], form: str) -> Any:
        """A vector as it is sent."""
        if self.raw is not ...:
            return self.raw
        if form == "base64" and self.knows_bytes:
            return base64.b64encode(array("f", vector).tobytes()).decode()
        return [float(value) for value in vector]


@asynccontextmanager
async def running(embed: Embed) -> AsyncGenerator[EmbeddingServer]:
    """Serve the vectors that `embed` makes of texts, at a free port of this machine."""
    server = EmbeddingServer()

    async def embeddings(request: web.Request) -> web.Response:
        body = await request.json()
        server.asked.append(list(body["input"]))
        server.models.append(body["model"])
        server.keys.append(request.headers.get("Authorization", ""))
        if server.drops and request.transport:
            server.drops -= 1
            request.transport.close()
        form = body.get("encoding_format", "float")
        server.forms.append(form)
        if status := server.fails_with or (server.refuses_bytes_with if form == "base64" else 0):
            return web.json_response({"error": {"message": "no"}}, status=status)
        vectors = (server.embed or embed)(body["input"])
        data = [
            {"object": "embedding", "index": number, "embedding": server.told(vector, form)}
            for number, vector in enumerate(vectors)
        ]
        usage = {"prompt_tokens": 1, "total_tokens": 1}
        return web.json_response({"object": "list", "model": body["model"], "data": data, "usage": usage})

    app = web.Application(client_max_size=64 * 2**20)
    app.router.add_post("/v1/embeddings", embeddings)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    host, port = runner.addresses[0][:2]
    server.url = f"http://{host}:{port}/v1"
    try:
        # A customer waits for meaning only a moment; here that moment is as long as a busy machine needs.
        with patch.object(embedding, "QUESTION_SECONDS", 60.0):
            yield server
    finally:
        await runner.cleanup()
