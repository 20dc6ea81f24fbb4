"""What went wrong with a call, as the library raises it, in our words; and the client that may not read for ever."""

import ssl
from collections.abc import AsyncIterator, Iterator
from email.utils import parsedate_to_datetime
from time import time
from typing import Any

import aiohttp
import httpx2
import openai
from openai import AsyncOpenAI, DefaultAioHttpClient

from bot.settings import SettingsProblem
from handoff.draft import NoUsableDraft

CONNECT_SECONDS = 5.0
MOST_BYTES = 4 * 2**20
"""Of an answer, the probabilities of its tokens included."""
NO_KEY = "none"
"""What a server that asks for no key is sent."""

_CAUSES: tuple[tuple[type[Exception], str], ...] = (
    (openai.APITimeoutError, "timeout"),
    (openai.APIConnectionError, "unreachable"),
    (openai.RateLimitError, "rate_limited"),
    (openai.AuthenticationError, "wrong_key"),
    (openai.PermissionDeniedError, "wrong_key"),
    (openai.NotFoundError, "unknown_model"),
    (openai.InternalServerError, "unreachable"),
    (openai.APIStatusError, "rejected"),
    (httpx2.TimeoutException, "timeout"),
    (httpx2.TransportError, "unreachable"),
    (aiohttp.ClientError, "unreachable"),
)
"""The first that fits names the cause."""

_CODES = {
    "insufficient_quota": "no_quota",
    "content_filter": "filtered",
    "model_not_found": "unknown_model",
    "context_length_exceeded": "too_long",
}
"""The server's own code says more than the status."""

_PARTS = ("logprobs", "parameter")
"""Some servers answer 403 or 404 to a part of a request; then neither key nor model is wrong."""


class _Endless(httpx2.ReadError):
    """An answer is longer than any answer may be."""


def client(*, key: str, url: str, seconds: float, most_bytes: int = MOST_BYTES) -> AsyncOpenAI:
    """A client that never tries again by itself, and that no answer keeps reading without end.

    Args:
        key: empty for a server that asks for none.
        url: where its API is.
        seconds: the limit of a single wait for the server.
        most_bytes: the longest answer that is read.

    Raises:
        SettingsProblem: when the certificates that SSL_CERT_FILE names cannot be read.
    """

    async def bound(response: httpx2.Response) -> None:
        stream = _Bounded(response.stream, most_bytes)
        response.stream = stream  # pyright: ignore[reportAttributeAccessIssue, reportArgumentType] - asynchronous here

    try:
        # The library's own way to the network, over aiohttp, takes half of the other one's time.
        http_client = DefaultAioHttpClient(event_hooks={"response": [bound]})
    except (OSError, ssl.SSLError) as error:
        raise SettingsProblem(
            f"The certificates for {url} cannot be read ({error}). Correct or unset SSL_CERT_FILE and SSL_CERT_DIR."
        ) from error
    return AsyncOpenAI(
        api_key=key or NO_KEY,
        base_url=url,
        timeout=httpx2.Timeout(seconds, connect=min(seconds, CONNECT_SECONDS)),
        max_retries=0,
        http_client=http_client,
    )


class _Bounded(httpx2.AsyncByteStream):
    def __init__(self, stream: Any, most: int) -> None:
        self._stream, self._most = stream, most

    async def __aiter__(self) -> AsyncIterator[bytes]:
        read = 0
        async for part in self._stream:
            read += len(part)
            if read > self._most:
                raise _Endless(f"the answer is longer than {self._most} bytes")
            yield part

    async def aclose(self) -> None:
        await self._stream.aclose()


Failures = (openai.OpenAIError, httpx2.HTTPError, aiohttp.ClientError)
"""What a call may raise: the library passes on as it is what goes wrong while it reads an answer."""
Failure = openai.OpenAIError | httpx2.HTTPError | aiohttp.ClientError


def failure_of(error: Failure, *, pictures: bool = False) -> NoUsableDraft:
    """The failure that an error stands for; `pictures` is whether any were sent."""
    status = error.status_code if isinstance(error, openai.APIStatusError) else None
    if pictures and status in (400, 404, 415, 422) and "image" in words_of(error):
        return NoUsableDraft("cannot_see")
    return NoUsableDraft(_cause(error, status), retry_after=_retry_after(error))


def words_of(error: Failure) -> str:
    """What the server said, in small letters; it may be shown to operators, and is a message of no customer."""
    return (error.message if isinstance(error, openai.APIError) else str(error)).lower()


def _cause(error: Failure, status: int | None) -> str:
    code = error.code if isinstance(error, openai.APIError) else None
    if code in _CODES:
        return _CODES[code]
    if status in (403, 404) and any(part in words_of(error) for part in _PARTS):
        return "rejected"
    chain = list(_chain(error))
    if any(isinstance(each, _Endless) for each in chain):
        return "endless"
    if any(
        isinstance(each, ssl.SSLCertVerificationError) or "CERTIFICATE_VERIFY_FAILED" in str(each) for each in chain
    ):
        return "untrusted"
    if any(_is_cut(each) for each in chain):
        return "unreachable"
    return next((cause for kind, cause in _CAUSES if isinstance(error, kind)), "invalid_output")


def may_not_know_a_part(error: Failure, *, knew: bool) -> bool:
    """Whether the server may answer the same request without some part of it that it does not know.

    Args:
        error: what came of the request.
        knew: whether the server has answered such a request before. Else it may even fail over the part.
    """
    refused = isinstance(error, openai.BadRequestError | openai.UnprocessableEntityError)
    return refused or (not knew and isinstance(error, openai.InternalServerError) and error.status_code in (500, 501))


def was_dropped(error: Failure) -> bool:
    """Whether the server ended the connection unasked, as it does with one that lay idle: a fresh one may do."""
    dropped = (aiohttp.ServerDisconnectedError, ConnectionResetError, BrokenPipeError)
    return any(isinstance(each, dropped) for each in _chain(error))


def _is_cut(error: BaseException) -> bool:
    """Whether a connection was cut or never made, which the library tells as if it had taken too long."""
    return isinstance(error, aiohttp.ClientConnectionError) and not isinstance(error, aiohttp.ServerTimeoutError)


def _chain(error: BaseException) -> Iterator[BaseException]:
    each: BaseException | None = error
    while each is not None:
        yield each
        each = each.__cause__ or each.__context__


def _retry_after(error: Failure) -> float | None:
    """In how many seconds the server wants to be asked again; None when it does not say."""
    if not isinstance(error, openai.APIStatusError):
        return None
    headers = error.response.headers
    for name, unit in (("retry-after-ms", 1000.0), ("retry-after", 1.0)):
        try:
            return max(0.0, float(headers[name]) / unit)
        except (KeyError, ValueError):
            continue
    try:
        return max(0.0, parsedate_to_datetime(headers["retry-after"]).timestamp() - time())
    except (KeyError, ValueError):
        return None
