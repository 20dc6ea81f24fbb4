"""A real local server that speaks OpenAI's chat completions, in whichever way a test needs.

    async with model_server(says(ANSWER), Abilities(json_schema=False)) as server:
        client = AsyncOpenAI(base_url=server.url, api_key=server.key)
        ...
        assert server.requests[0].body["model"] == "small-model"

What it answers is one `Reply`, a list of them (the last one is repeated), or a function of the request. What the server
can do is `Abilities`: what a request asks beyond them is refused in the words of servers that people run.
"""

import asyncio
import inspect
import json
import math
import re
import ssl
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

from aiohttp import web

CERTIFICATE = Path(__file__).with_name("self_signed.pem")
"""Of nobody that a client trusts, unless SSL_CERT_FILE names it; for 127.0.0.1 and localhost, with its key."""
MODEL = "small-model"
KEY = "key-of-the-tests"
_TOKEN = re.compile(r"\s*\w+|\s*[^\w\s]|\s+")

Json = dict[str, Any]


@dataclass(frozen=True)
class Abilities:
    """What the server can do; as OpenAI's own, unless told otherwise."""

    json_schema: bool = True
    json_object: bool = True
    wrapping: Literal["none", "fence", "prose"] = "none"
    """What a model puts around JSON that no response_format asked for."""
    logprobs: bool = True
    max_completion_tokens: bool = True
    max_tokens: bool = True
    """The old name. Models that reason refuse it."""
    temperature: bool = True
    """Models that reason refuse it."""
    prompt_cache_key: bool = True
    effort: bool = True
    """Whether it knows reasoning_effort."""
    images: bool = True
    usage: bool = True
    """Whether answers tell what they cost."""
    strict: bool = True
    """Whether an argument it does not know is refused; else it is ignored."""


@dataclass(frozen=True)
class Asked:
    """A request that came in."""

    body: Json
    key: str
    path: str = "/v1/chat/completions"

    @property
    def system(self) -> str:
        """The text of the first message."""
        return text_of(self.body["messages"][0])

    @property
    def said(self) -> str:
        """The text of the last message."""
        return text_of(self.body["messages"][-1])

    @property
    def images(self) -> list[str]:
        """The addresses of the pictures in the last message."""
        content = self.body["messages"][-1]["content"]
        return [] if isinstance(content, str) else [each["image_url"]["url"] for each in content if "image_url" in each]


def text_of(message: Mapping[str, Any]) -> str:
    """What a message says, its pictures left out."""
    content = message["content"]
    return content if isinstance(content, str) else "".join(each.get("text", "") for each in content)


@dataclass(frozen=True)
class Reply:
    """What the server does with one request."""

    content: str | None = None
    finish: str = "stop"
    refusal: str | None = None
    tokens: tuple[int, int, int] = (1000, 100, 0)
    """In, out, and of those in the ones from the cache."""
    probability: float | Callable[[str], float] = 0.9
    """Of each token, 0..1; a function is given the token."""
    status: int = 200
    error: Json = field(default_factory=dict[str, Any])
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    body: bytes | None = None
    """Sent as it is, in place of all the above."""
    trouble: Literal["", "hangs", "endless", "drops", "cuts", "drips"] = ""


def says(content: str | Mapping[str, Any], **told: Any) -> Reply:
    """A completion with this text, or this object as JSON."""
    return Reply(content=content if isinstance(content, str) else json.dumps(content, ensure_ascii=False), **told)


def refuses(words: str = "I cannot help with that.") -> Reply:
    """The model declines."""
    return Reply(refusal=words)


def truncated(content: str = '{"reply": "You can ret') -> Reply:
    """The answer is cut at the most tokens allowed."""
    return Reply(content=content, finish="length")


def filtered() -> Reply:
    """A content filter ate the answer."""
    return Reply(content=None, finish="content_filter")


def fails(status: int, code: str | None = None, *, message: str = "no", retry_after: str = "", **told: Any) -> Reply:
    """An error of the API, as OpenAI shapes it."""
    error = {"message": message, "type": told.get("type", "error"), "param": told.get("param"), "code": code}
    return Reply(status=status, error={"error": error}, headers={"Retry-After": retry_after} if retry_after else {})


def raw(body: str, status: int = 200) -> Reply:
    """Something that is no answer of this API at all."""
    return Reply(body=body.encode(), status=status)


HANGS = Reply(trouble="hangs")
"""It takes the request and never answers."""
ENDLESS = Reply(trouble="endless")
"""It answers with a body that never ends."""
DROPS = Reply(trouble="drops")
"""It takes the request and drops the connection."""
DRIPS = Reply(trouble="drips")
"""It answers with a body that goes on, a byte at a time, so that no single wait is long."""
CUTS = Reply(trouble="cuts")
"""It drops the connection in the middle of its answer."""

Function = Callable[[Asked], Reply | Awaitable[Reply]]
Answers = Reply | Sequence[Reply] | Function


class ModelServer:
    """A server that is being served; what it answers and can do may be changed at any time."""

    def __init__(self, answers: Answers, abilities: Abilities, models: Sequence[str]) -> None:
        self.answers, self.abilities, self.models = answers, abilities, tuple(models)
        self.key = KEY
        self.url = ""
        self.requests: list[Asked] = []
        """All that came in, the refused ones too."""
        self._answered = 0
        self._closing = asyncio.Event()
        self._runner: web.AppRunner | None = None

    async def open(self, *, tls: bool = False) -> None:
        """Begin to serve."""
        app = web.Application(client_max_size=64 * 2**20)
        app.router.add_post("/v1/chat/completions", self._completions)
        app.router.add_get("/v1/models", self._models)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0, ssl_context=_context() if tls else None)
        await site.start()
        host, port = self._runner.addresses[0][:2]
        self.url = f"http{'s' if tls else ''}://{host}:{port}/v1"

    async def close(self) -> None:
        """Stop serving, and let go of whoever waits."""
        self._closing.set()
        if self._runner:
            await self._runner.cleanup()

    async def _models(self, _request: web.Request) -> web.Response:
        return web.json_response({"object": "list", "data": [{"id": each, "object": "model"} for each in self.models]})

    async def _completions(self, request: web.Request) -> web.StreamResponse:
        key = request.headers.get("Authorization", "").removeprefix("Bearer ")
        asked = Asked(await request.json(), key)
        self.requests.append(asked)
        reply = self._refused(asked) or await self._next(asked)
        if reply.trouble:
            return await self._trouble(request, reply)
        if reply.body is not None:
            return web.Response(body=reply.body, status=reply.status, content_type="application/json")
        if reply.status != 200:
            return web.json_response(reply.error, status=reply.status, headers=dict(reply.headers))
        return web.json_response(self._completion(asked, reply))

    async def _next(self, asked: Asked) -> Reply:
        if isinstance(self.answers, Reply):
            return self.answers
        if isinstance(self.answers, Sequence):
            reply = self.answers[min(self._answered, len(self.answers) - 1)]
            self._answered += 1
            return reply
        found = self.answers(asked)
        return await found if inspect.isawaitable(found) else found

    async def _trouble(self, request: web.Request, reply: Reply) -> web.StreamResponse:
        if reply.trouble == "drops" and request.transport:
            request.transport.close()
        if reply.trouble == "hangs":
            await self._closing.wait()
        if reply.trouble in ("drops", "hangs"):
            return web.Response()
        if reply.trouble == "drips":
            return await self._drip(request)
        endless = web.StreamResponse(headers={"Content-Type": "application/json"})
        await endless.prepare(request)
        await endless.write(b'{"id": "c1", "object": "chat.completion", "choices": [{"message": {"content": "')
        if reply.trouble == "cuts" and request.transport:
            request.transport.close()
        while not (self._closing.is_set() or reply.trouble == "cuts"):
            await endless.write(b"and so on " * 400)
            await asyncio.sleep(0)
        return endless

    async def _drip(self, request: web.Request) -> web.StreamResponse:
        dripping = web.StreamResponse(headers={"Content-Type": "application/json"})
        await dripping.prepare(request)
        while not self._closing.is_set():
            await dripping.write(b" ")
            await asyncio.sleep(0.01)
        return dripping

    def _refused(self, asked: Asked) -> Reply | None:
        """What is wrong with the request, in the words of OpenAI or of servers that speak like it."""
        can, body = self.abilities, asked.body
        if asked.key != self.key:
            return fails(401, "invalid_api_key", message="Incorrect API key provided.", type="invalid_request_error")
        if body.get("model") not in self.models:
            return fails(404, "model_not_found", message=f"The model `{body.get('model')}` does not exist.")
        kind = body.get("response_format", {}).get("type", "text")
        if (kind == "json_schema" and not can.json_schema) or (kind == "json_object" and not can.json_object):
            return fails(400, "invalid_request_error", message="This response_format type is unavailable now")
        if body.get("logprobs") and not can.logprobs and can.strict:
            return _unsupported("logprobs", "This model does not support the 'logprobs' parameter.")
        if "max_tokens" in body and not can.max_tokens:
            return _unsupported("max_tokens", "Use 'max_completion_tokens' instead.")
        if "max_completion_tokens" in body and not can.max_completion_tokens and can.strict:
            return _unknown("max_completion_tokens")
        if body.get("temperature", 1) != 1 and not can.temperature:
            return _unsupported("temperature", "Only the default (1) value is supported.")
        if "prompt_cache_key" in body and not can.prompt_cache_key and can.strict:
            return _unknown("prompt_cache_key")
        if "reasoning_effort" in body and not can.effort and can.strict:
            return _unknown("reasoning_effort")
        if asked.images and not can.images:
            return fails(400, message="image_url is not supported by this model.")
        return None

    def _completion(self, asked: Asked, reply: Reply) -> Json:
        content = reply.content
        if content is not None and "response_format" not in asked.body:
            content = _wrapped(content, self.abilities.wrapping)
        message = {"role": "assistant", "content": content, "refusal": reply.refusal}
        choice: Json = {"index": 0, "finish_reason": reply.finish, "message": message, "logprobs": None}
        if asked.body.get("logprobs") and self.abilities.logprobs and content:
            choice["logprobs"] = {"content": _logprobs(content, reply.probability), "refusal": None}
        told: Json = {
            "id": f"c{len(self.requests)}",
            "object": "chat.completion",
            "created": 1,
            "model": f"{asked.body['model']}-2026-01-01",
            "choices": [choice],
        }
        if self.abilities.usage:
            tokens_in, tokens_out, cached = reply.tokens
            told["usage"] = {
                "prompt_tokens": tokens_in,
                "completion_tokens": tokens_out,
                "total_tokens": tokens_in + tokens_out,
                "prompt_tokens_details": {"cached_tokens": cached, "audio_tokens": 0},
            }
        return told


@asynccontextmanager
async def model_server(
    answers: Answers = (), abilities: Abilities | None = None, *, models: Sequence[str] = (MODEL,), tls: bool = False
) -> AsyncGenerator[ModelServer]:
    """Serve on a free port of this machine, with a certificate of its own making when `tls`."""
    server = ModelServer(answers or says("yes"), abilities or Abilities(), models)
    await server.open(tls=tls)
    try:
        yield server
    finally:
        await server.close()


def with_tokens(reply: Reply, tokens_in: int, tokens_out: int, cached: int = 0) -> Reply:
    """The same, at another cost."""
    return replace(reply, tokens=(tokens_in, tokens_out, cached))


def _context() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE)
    return context


def _unsupported(parameter: str, words: str) -> Reply:
    message = f"Unsupported parameter: '{parameter}' is not supported with this model. {words}"
    return fails(400, "unsupported_parameter", message=message, param=parameter, type="invalid_request_error")


def _unknown(parameter: str) -> Reply:
    """Older servers name the parameter in their words only."""
    message = f"Unrecognized request argument supplied: {parameter}"
    return fails(400, message=message, type="invalid_request_error")


def _wrapped(content: str, wrapping: str) -> str:
    if wrapping == "fence":
        return f"```json\n{content}\n```"
    if wrapping == "prose":
        return f"Sure! Here is {{my}} answer:\n\n```\n{content}\n```\n\nLet me know if [anything] else is needed."
    return content


def _logprobs(content: str, probability: float | Callable[[str], float]) -> list[Json]:
    told: list[Json] = []
    for token in _TOKEN.findall(content):
        share = probability(token) if callable(probability) else probability
        told.append(
            {"token": token, "logprob": math.log(share), "bytes": list(token.encode()), "top_logprobs": list[Json]()}
        )
    return told
