"""Pictures that customers send with a message, fetched from Slack for a drafter that looks at them."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

import aiohttp
import structlog

from bot import turnstile
from bot.conversation.considering import Considered
from bot.drafting.joining import ONE_QUESTION_AT_A_TIME
from bot.drafting.port import Image
from bot.runtime import Runtime
from handoff import sent_files

log = structlog.get_logger(__name__)

MOST_PICTURES = 4
MOST_BYTES = 8 * 2**20
"""Of one picture."""
SECONDS = 6.0
"""For all of them together: a customer waits."""
_CHUNK = 2**16

_KINDS = ((b"\x89PNG\r\n\x1a\n", "image/png"), (b"\xff\xd8\xff", "image/jpeg"), (b"GIF8", "image/gif"))


async def sent(runtime: Runtime, files: Sequence[Mapping[str, Any]]) -> tuple[Image, ...]:
    """The pictures among the files of a message; one that the drafter cannot be shown has no bytes."""
    pictures = [file for file in files if str(file.get("mimetype", "")).startswith("image/")][:MOST_PICTURES]
    if not pictures or not runtime.drafter.sees_images:
        return tuple(_named(file, b"") for file in pictures)
    async with turnstile.aside():
        fetched = await _all_fetched(runtime, pictures)
    return tuple(_named(file, data) for file, data in zip(pictures, fetched, strict=True))


def told(considered: Considered, files: Sequence[Mapping[str, Any]]) -> Considered:
    """With what the pictures show, or that a file was not looked into, among the reasons that agents read."""
    shown = considered.draft.pictures if considered.draft else ""
    about = f"What the customer's picture shows: {shown}" if shown else ""
    unread = sent_files.UNREAD if left_unread(considered, files) else ""
    if not about and not unread:
        return considered
    first, *rest = considered.verdict.reasons or ("",)
    reasons = tuple(filter(None, (first, about, unread, *rest)))
    return replace(considered, verdict=replace(considered.verdict, reasons=reasons))


def left_unread(considered: Considered, files: Sequence[Mapping[str, Any]]) -> bool:
    """Whether the draft was made without a look into one of the files, and says nothing of it itself.

    A model is told of pictures that it cannot see; of other files no drafter knows.
    """
    if considered.draft is None or not files:
        return False
    none_seen = considered.draft.drafter in ONE_QUESTION_AT_A_TIME
    return none_seen or any(not str(file.get("mimetype", "")).startswith("image/") for file in files)


def kind_of(data: bytes) -> str:
    """What a picture is by its first bytes; empty for what no model takes, such as a page that asks to sign in."""
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    return next((kind for start, kind in _KINDS if data.startswith(start)), "")


def _named(file: Mapping[str, Any], data: bytes) -> Image:
    kind = kind_of(data)
    return Image(str(file.get("name", "")), kind or str(file.get("mimetype", "")), data if kind else b"")


async def _all_fetched(runtime: Runtime, pictures: Sequence[Mapping[str, Any]]) -> list[bytes]:
    tasks = [asyncio.create_task(_fetched(runtime, file)) for file in pictures]
    done, late = await asyncio.wait(tasks, timeout=SECONDS)
    for task in late:
        task.cancel()
    if late:
        await asyncio.wait(late)
    return [task.result() if task in done else b"" for task in tasks]


async def _fetched(runtime: Runtime, file: Mapping[str, Any]) -> bytes:
    """The bytes of a picture; none where it is too large, elsewhere than at Slack, or not to be had."""
    url = str(file.get("url_private_download") or file.get("url_private") or "")
    if not at_slack(url, runtime.client.base_url) or int(file.get("size") or 0) > MOST_BYTES:
        log.info("picture_left_out", file=file.get("id"), size=file.get("size"))
        return b""
    try:
        return await _read(runtime, url)
    except (aiohttp.ClientError, TimeoutError, OSError) as error:
        log.warning("picture_not_fetched", file=file.get("id"), why=type(error).__name__)
        return b""


async def _read(runtime: Runtime, url: str) -> bytes:
    session, headers = runtime.client.session, {"Authorization": f"Bearer {runtime.client.token}"}
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
