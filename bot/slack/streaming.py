"""A reply in direct messages or the assistant pane, streamed: in a few pieces, each whole, from the full text.

Nothing is streamed before the gate has passed and the full text is in the outbox: what a reader has seen cannot be
unsaid. So a stream is only another way to post, with the same promise: a reply arrives once. Its ts is stored as soon
as it has begun; what breaks afterwards is completed in place, and where Slack will not stream, the reply is posted.
"""

import re
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from storage import outbox
from storage.database import Database
from storage.outbox import Claimed

log = structlog.get_logger(__name__)

Blocks = list[dict[str, Any]]
METADATA_EVENT = "baton_post"
METHOD = "chat.stream"
"""How the outbox calls a streamed post; Slack takes it in several calls."""
CONTROLS = ("actions", "context_actions")
MOST_PIECES = 6
LEAST_TEXT = 280
"""Characters; a shorter reply is read at one glance, and is posted whole."""
_NO_LETTERS = re.compile(r"(?:[^\w:]|_|:(?:[\w+-]+:)?)+")
UNKNOWN = 500
"""From this status on Slack may have done what it did not confirm."""


def pieces(blocks: Sequence[dict[str, Any]]) -> list[Blocks]:
    """A reply's text and sources in the pieces in which they appear, paragraphs where a section has several."""
    parts: Blocks = []
    for block in blocks:
        if block["type"] in CONTROLS:
            break
        parts += _paragraphs(block)
    size = -(-len(parts) // MOST_PIECES) or 1
    return [parts[start : start + size] for start in range(0, len(parts), size)]


def controls(blocks: Sequence[dict[str, Any]]) -> Blocks:
    """The buttons under a reply, which come with its end."""
    first = next((at for at, block in enumerate(blocks) if block["type"] in CONTROLS), len(blocks))
    return list(blocks[first:])


def worth_it(blocks: Sequence[dict[str, Any]]) -> bool:
    """Whether a reply is long enough to be read while it appears.

    One whose text has a link is posted whole, for only so can Slack be told to fetch no preview of it.
    """
    said = [str((block.get("text") or {}).get("text", "")) for block in blocks if block["type"] == "section"]
    linked = any("<http" in text for text in said)
    return not linked and sum(map(len, said)) >= LEAST_TEXT and len(pieces(blocks)) > 1


def _paragraphs(block: dict[str, Any]) -> Blocks:
    text = block.get("text") or {}
    words = str(text.get("text", ""))
    if block["type"] != "section" or "```" in words:
        return [block]
    return [{**block, "text": {**text, "text": part}} for part in words.split("\n\n") if part.strip()]


class Streams:
    """Sends streamed posts.

    Args:
        database: where a stream's ts is stored once it has begun.
        client: without retry handlers.
        post: posts the whole at once, as the outbox does without streams.
    """

    def __init__(
        self,
        database: Database,
        client: AsyncWebClient,
        post: Callable[[Claimed, dict[str, Any]], Awaitable[str | None]],
    ) -> None:
        self._database, self._client, self._post = database, client, post

    async def send(self, row: Claimed, arguments: dict[str, Any]) -> str | None:
        """Stream a post that Slack does not have yet; complete one that has begun.

        Raises:
            SlackApiError: when Slack takes it neither streamed nor whole.
            Exception: whatever the connection raises; the next try completes what has begun.
        """
        if row.begun_ts:
            return await self._complete(row, arguments, row.begun_ts)
        if row.doubtful:
            begun = await self._find_begun(row, arguments)
            return await (self._complete(row, arguments, begun) if begun else self._whole(row, arguments))
        parts = pieces(arguments["blocks"])
        try:
            ts = await self._begin(arguments, parts[0])
        except SlackApiError as error:
            if error.response.status_code >= UNKNOWN:
                raise
            log.info("not_streamed", error=error.response.get("error"))
            return await self._whole(row, arguments)
        async with self._database.transaction(durable=False) as session:
            await outbox.begun(session, row, ts)
        try:
            for part in parts[1:]:
                await self._client.chat_appendStream(channel=arguments["channel"], ts=ts, chunks=_chunks(part))
            await self._client.chat_stopStream(
                channel=arguments["channel"],
                ts=ts,
                blocks=controls(arguments["blocks"]),
                metadata=_metadata(row),
            )
        except SlackApiError as error:
            log.info("stream_broken", error=error.response.get("error"))
            return await self._complete(row, arguments, ts)
        return ts

    async def _begin(self, arguments: dict[str, Any], part: Blocks) -> str:
        answer = await self._client.chat_startStream(
            channel=arguments["channel"],
            thread_ts=arguments["thread_ts"],
            recipient_user_id=arguments["recipient_user_id"],
            recipient_team_id=arguments["recipient_team_id"],
            chunks=_chunks(part),
        )
        return str(answer["ts"])

    async def _complete(self, row: Claimed, arguments: dict[str, Any], ts: str) -> str | None:
        """End a stream that has begun, and put the whole reply in its place."""
        channel = arguments["channel"]
        try:
            await self._client.chat_stopStream(channel=channel, ts=ts)
        except SlackApiError as error:  # it has ended by itself, or was ended before
            log.info("stream_had_ended", error=error.response.get("error"))
        try:
            await self._client.chat_update(
                channel=channel, ts=ts, text=arguments["text"], blocks=arguments["blocks"], metadata=_metadata(row)
            )
        except SlackApiError as error:
            if error.response.get("error") != "message_not_found":
                raise
            return await self._whole(row, arguments)
        return ts

    async def _whole(self, row: Claimed, arguments: dict[str, Any]) -> str | None:
        names = ("channel", "thread_ts", "text", "blocks")
        return await self._post(row, {name: arguments[name] for name in names if name in arguments})

    async def _find_begun(self, row: Claimed, arguments: dict[str, Any]) -> str | None:
        """A stream that may have begun without our knowing: the bot's unfinished message in the thread."""
        since = f"{row.created_at.timestamp() - 60:.6f}"
        found = await self._client.conversations_replies(
            channel=arguments["channel"],
            ts=arguments["thread_ts"],
            oldest=since,
            limit=200,
            include_all_metadata=True,
        )
        first = pieces(arguments["blocks"])[0][0]
        for message in found.get("messages") or []:
            begins = (message.get("blocks") or [{}])[0]
            if message.get("bot_id") and not message.get("metadata") and says_the_same(begins, first):
                return str(message["ts"])
        return None


def says_the_same(block: dict[str, Any], other: dict[str, Any]) -> bool:
    """Whether two blocks hold the same letters: Slack adds fields, orders them anew, and writes emoji its own way."""
    return _letters(block) == _letters(other)


def _letters(block: dict[str, Any]) -> str:
    texts = [block["text"]] if block.get("text") else block.get("elements") or []
    return _NO_LETTERS.sub("", "".join(str(each.get("text", "")) for each in texts))


def _chunks(blocks: Blocks) -> list[dict[str, Any]]:
    return [{"type": "blocks", "blocks": blocks}]


def _metadata(row: Claimed) -> dict[str, Any]:
    return {"event_type": METADATA_EVENT, "event_payload": {"key": row.id}}
