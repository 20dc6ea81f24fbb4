"""What a model answers in tests, and a drafter that asks the local server for it."""

import json
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

from bot.drafting.openai import OpenAIDrafter
from bot.models import failures
from bot.models.endpoint import Endpoint
from bot.team import Voice
from tests.model_server import MODEL, Abilities, Answers, ModelServer, Reply, model_server, says

ANSWER: dict[str, Any] = {
    "reply": " Print the label. ",
    "claims": [{"text": "You print the label.", "citations": ["S1"]}],
    "citations": ["S1"],
    "answerable": True,
    "clarifying_question": "",
    "needs_action": False,
    "topic": "returns",
    "language": "en",
    "pictures": "",
    "wants_person": False,
    "sentiment": 0.2,
    "frustration": 0.1,
    "mood_signs": ["polite"],
    "own_confidence": 0.9,
    "would_sign": True,
}


URL = "https://models.example/v1/chat/completions"
"""Of a server that is not there, where a test stands in for the network."""


def completion(content: str | None, finish: str = "stop", refusal: str | None = None) -> dict[str, Any]:
    """What such a server answers."""
    message = {"role": "assistant", "content": content, "refusal": refusal}
    return {
        "id": "c1",
        "object": "chat.completion",
        "created": 1,
        "model": "gpt-4.1-mini-2025-04-14",
        "choices": [{"index": 0, "finish_reason": finish, "message": message, "logprobs": None}],
        "usage": {"prompt_tokens": 1000, "completion_tokens": 100, "total_tokens": 1100},
    }


def fits(**changes: Any) -> Reply:
    """An answer of the form that is asked for, with these changes."""
    return says({**ANSWER, **changes})


def answer_text(**changes: Any) -> str:
    """The same as the text of a message."""
    return json.dumps({**ANSWER, **changes})


def asking(server: ModelServer, *, model: str = MODEL, effort: str = "", **told: Any) -> OpenAIDrafter:
    """A drafter that asks this server."""
    client = failures.client(key=server.key, url=server.url, seconds=60)
    return OpenAIDrafter(Endpoint(client, model, effort=effort), **told)


@asynccontextmanager
async def served(
    answers: Answers, abilities: Abilities | None = None, *, sees_images: bool = False, voice: Voice | None = None
) -> AsyncGenerator[tuple[ModelServer, OpenAIDrafter]]:
    """A server and a drafter that asks it."""
    async with model_server(answers, abilities) as server:
        drafter = asking(server, sees_images=sees_images, voice=voice)
        try:
            yield server, drafter
        finally:
            await drafter.close()
