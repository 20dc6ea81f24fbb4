"""Fetches one address: within a time and a size, redirects counted and checked, and only what is newer."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import aiohttp
from yarl import URL

from bot.knowledge.documents.document import Unreadable
from bot.knowledge.documents.files import LARGEST_FILE
from bot.knowledge.web.addresses import PrivateAddress, PublicResolver, checked

USER_AGENT = "Baton"
SECONDS = 30.0
"""For an address with its redirects."""
MOST_REDIRECTS = 5
AT_ONCE = 4
"""Requests in flight."""
CHUNK = 65_536
LONGEST_WAIT = 10.0
"""Seconds that a busy server may ask us to come again after."""

NOT_MODIFIED, GONE = 304, 410
REDIRECTS = (301, 302, 303, 307, 308)
BUSY = (429, 503)
REFUSED_FROM = 400


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address held."""

    url: str
    """Where it was in the end, after redirects."""
    raw: bytes
    content_type: str
    charset: str
    etag: str
    last_modified: str


class NotModified(Exception):
    """The server says that it is as it was."""


class Gone(Exception):
    """The server says that it is gone for good."""


class Fetcher:
    """Fetches addresses, a few at a time.

    Args:
        session: to fetch with.
        private_addresses: whether addresses of private networks may be fetched.
        seconds: for each address.
    """

    def __init__(self, session: aiohttp.ClientSession, *, private_addresses: bool, seconds: float = SECONDS) -> None:
        self._session, self._private, self._seconds = session, private_addresses, seconds
        self._few = asyncio.Semaphore(AT_ONCE)

    async def get(self, address: str, *, etag: str = "", last_modified: str = "") -> Fetched:
        """Fetch an address.

        Args:
            address: http or https.
            etag: of the version that is known; empty asks for any.
            last_modified: likewise.

        Raises:
            NotModified: when the known version is still the present one.
            Gone: when the server says so.
            Unreadable: when it cannot be fetched, with why.
        """
        headers = {"If-None-Match": etag} if etag else {"If-Modified-Since": last_modified} if last_modified else {}
        async with self._few:
            try:
                async with asyncio.timeout(self._seconds):
                    return await self._followed(address, headers)
            except TimeoutError as error:
                raise Unreadable(f"no whole answer within {self._seconds:.0f} s") from error
            except aiohttp.ClientConnectorError as error:
                if isinstance(error.os_error, PrivateAddress):
                    raise Unreadable(str(error.os_error)) from error
                raise Unreadable(f"cannot be reached ({type(error).__name__})") from error
            except (aiohttp.ClientError, ValueError, OSError) as error:
                raise Unreadable(f"cannot be fetched ({type(error).__name__})") from error

    async def _followed(self, address: str, headers: dict[str, str]) -> Fetched:
        url = checked(address, private_addresses=self._private)
        for _ in range(MOST_REDIRECTS + 1):
            found = await self._asked(url, headers)
            if isinstance(found, Fetched):
                return found
            url = checked(str(url.join(found)), private_addresses=self._private)
        raise Unreadable(f"redirected more than {MOST_REDIRECTS} times")

    async def _asked(self, url: URL, headers: dict[str, str], *, again: bool = False) -> Fetched | URL:
        """What the address holds, or where it redirects to."""
        async with self._session.get(url, headers=headers, allow_redirects=False) as answer:
            wait = answer.headers.get("Retry-After", "")
            if answer.status in BUSY and not again and wait.isdigit() and int(wait) <= LONGEST_WAIT:
                await asyncio.sleep(int(wait))
            elif answer.status in REDIRECTS and "Location" in answer.headers:
                return URL(answer.headers["Location"])
            elif answer.status == NOT_MODIFIED:
                raise NotModified
            elif answer.status == GONE:
                raise Gone
            elif answer.status >= REFUSED_FROM:
                raise Unreadable(f"the server answers {answer.status} {answer.reason or ''}".strip())
            else:
                return await _read(answer)
        return await self._asked(url, headers, again=True)


async def _read(answer: aiohttp.ClientResponse) -> Fetched:
    too_large = f"larger than {LARGEST_FILE // 1_000_000} MB"
    if (answer.content_length or 0) > LARGEST_FILE:
        raise Unreadable(too_large)
    raw = bytearray()
    async for chunk in answer.content.iter_chunked(CHUNK):  # unpacked: what counts is what it comes to
        raw += chunk
        if len(raw) > LARGEST_FILE:
            raise Unreadable(too_large)
    return Fetched(
        url=str(answer.url),
        raw=bytes(raw),
        content_type=answer.content_type,
        charset=answer.charset or "",
        etag=answer.headers.get("ETag", ""),
        last_modified=answer.headers.get("Last-Modified", ""),
    )


@asynccontextmanager
async def fetcher(*, private_addresses: bool) -> AsyncGenerator[Fetcher]:
    """A fetcher that keeps no cookies, and asks no proxy."""
    resolver = None if private_addresses else PublicResolver()
    connector = aiohttp.TCPConnector(resolver=resolver, limit=AT_ONCE, use_dns_cache=False)
    async with aiohttp.ClientSession(
        connector=connector,
        cookie_jar=aiohttp.DummyCookieJar(),
        headers={"User-Agent": USER_AGENT, "Accept": "text/html, application/xhtml+xml, */*;q=0.5"},
        timeout=aiohttp.ClientTimeout(total=None),  # the fetcher's own holds for redirects as well
    ) as session:
        yield Fetcher(session, private_addresses=private_addresses)
