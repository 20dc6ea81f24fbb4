"""Pictures that customers send with a message, fetched from Slack for a drafter that looks at them."""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

import aiohttp
import structlog
from slack_sdk.web.async_client import AsyncWebClient

from bot import turnstile
from handoff.draft import Image

log = structlog.get_logger(__name__)

MOST_PICTURES = 4
MOST_BYTES = 8 * 2**20
"""Of one picture."""
SECONDS = 6.0
"""For all of them together: a customer waits."""
_CHUNK = 2**16

_KINDS = ((b"\x89PNG\r\n\x1a\n", "image/png"), (b"\xff\xd8\xff", "image/jpeg"), (b"GIF8", "image/gif"))


async def sent(client: AsyncWebClient, files: Sequence[Mapping[str, Any]], *, seen: bool) -> tuple[Image, ...]:
    """The pictures among the files of a message; none has bytes where the drafter does not look at them."""
    pictures = [file for file in files if str(file.get("mimetype", "")).startswith("image/")][:MOST_PICTURES]
    if not pictures or not seen:
        return tuple(_named(file, b"") for file in pictures)
    async with turnstile.aside():
        fetched = await _all_fetched(client, pictures)
    return tuple(_named(file, data) for file, data in zip(pictures, fetched, strict=True))


def kind_of(data: bytes) -> str:
    """What a picture is by its first bytes; empty for what no model takes, such as a page that asks to sign in."""
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    return next((kind for start, kind in _KINDS if data.startswith(start)), "")


def _named(file: Mapping[str, Any], data: bytes) -> Image:
    kind = kind_of(data)
    return Image(str(file.get("name", "")), kind or str(file.get("mimetype", "")), data if kind else b"")


async def _all_fetched(client: AsyncWebClient, pictures: Sequence[Mapping[str, Any]]) -> list[bytes]:
    tasks = [asyncio.create_task(_fetched(client, file)) for file in pictures]
    done, late = await asyncio.wait(tasks, timeout=SECONDS)
    for task in late:
        task.cancel()
    if late:
        await asyncio.wait(late)
    return [task.result() if task in done else b"" for task in tasks]


async def _fetched(client: AsyncWebClient, file: Mapping[str, Any]) -> bytes:
    """The bytes of a picture; none where it is too large, elsewhere than at Slack, or not to be had."""
    url = str(file.get("url_private_download") or file.get("url_private") or "")
    if not at_slack(url, client.base_url) or int(file.get("size") or 0) > MOST_BYTES:
        log.info("picture_left_out", file=file.get("id"), size=file.get("size"))
        return b""
    try:
        return await _read(client, url)
    except (aiohttp.ClientError, TimeoutError, OSError) as error:
        log.warning("picture_not_fetched", file=file.get("id"), why=type(error).__name__)
        return b""


async def _read(client: AsyncWebClient, url: str) -> bytes:
    session, headers = client.session, {"Authorization": f"Bearer {client.token}"}
    if session is None:
        return b""
    data = bytearray()
    async with session.get(url, headers=headers, allow_redirects=False) as answer:
        if answer.status != 200:  # noqa: PLR2004 - Slack sends who may not read it to sign in
            log.warning("picture_not_fetched", status=answer.status, mend="The app needs the scope files:read.")
            return b""
        async for part in answer.content.iter_chunked(_CHUNK):
            data += part
            if len(data) > MOST_BYTES:
                return b""
    return bytes(data)


def at_slack(url: str, api_url: str) -> bool:
    """Whether an address is Slack's own, so that the bot's token may be sent there."""
    asked, api = urlsplit(url), urlsplit(api_url)
    if asked.netloc and (asked.scheme, asked.netloc) == (api.scheme, api.netloc):
        return True
    host = asked.hostname or ""
    return (
        asked.scheme == "https" and asked.port in (None, 443) and (host == "slack.com" or host.endswith(".slack.com"))
    )
