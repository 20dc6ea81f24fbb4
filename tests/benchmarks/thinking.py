"""A model in a process of its own that takes two seconds for every answer; prints where it is."""

import asyncio
import json
import re
import sys
from typing import Any

from aiohttp import web

PASSAGE = re.compile(r"<passage id=\"(S1)\"[^>]*>\n(.*?)\n</passage>", re.DOTALL)
SENTENCE = re.compile(r"[A-Z][^.!?\n|#*`]{30,200}[.!?]")
BY_TYPE: dict[str, Any] = {"string": "", "boolean": False, "number": 0.0, "integer": 0, "array": [], "object": {}}


async def main(seconds: float) -> None:
    """Serve until stopped."""

    async def complete(request: web.Request) -> web.Response:
        asked = await request.json()
        await asyncio.sleep(seconds)
        return web.json_response(completion(asked))

    application = web.Application(client_max_size=2**24)
    application.router.add_post("/v1/chat/completions", complete)
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    host, port = runner.addresses[0][:2]
    print(f"ready http://{host}:{port}/v1", flush=True)
    await asyncio.Event().wait()


def completion(asked: dict[str, Any]) -> dict[str, Any]:
    """An answer that quotes a sentence of the first passage, in the form that was asked for."""
    schema = asked["response_format"]["json_schema"]["schema"]
    answer = {name: _empty(about) for name, about in schema["properties"].items()}
    found = PASSAGE.search(asked["messages"][-1]["content"])
    quoted = SENTENCE.search(found[2]) if found else None
    if found and quoted:
        answer |= {"reply": quoted[0], "citations": [found[1]], "answerable": True, "language": "en"}
    answer |= {"own_confidence": 0.97}
    return {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 0,
        "model": asked["model"],
        "choices": [
            {
                "index": 0,
                "finish_reason": "stop",
                "message": {"role": "assistant", "content": json.dumps(answer), "refusal": None},
            }
        ],
        "usage": {"prompt_tokens": 2000, "completion_tokens": 150, "total_tokens": 2150},
    }


def _empty(about: dict[str, Any]) -> Any:
    return BY_TYPE.get(about.get("type", ""))


if __name__ == "__main__":
    asyncio.run(main(float(sys.argv[1])))
