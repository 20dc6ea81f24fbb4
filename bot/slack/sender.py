"""Outbox to Slack. A post has three outcomes: sent, refused, unknown; after an unknown one Slack is asked first.

A timeout or a dropped connection does not mean that a post failed, and the SDK's own retries would post twice:
this client has none, and every post carries its outbox id in its metadata, by which it is found again.
"""

import asyncio
import base64
import uuid
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any, Protocol

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient
from sqlmodel.ext.asyncio.session import AsyncSession

from bot import memory
from bot.slack import posts, streaming
from bot.slack.streaming import METADATA_EVENT, Streams
from storage import outbox
from storage.database import Database
from storage.lanes import LeaseLost
from storage.outbox import Claimed, Posted

log = structlog.get_logger(__name__)

NAMESPACE = uuid.UUID("5f0c8d9e-6a53-4f0e-9c1f-0d0e8f6f2b11")
LEASE_SECONDS = 60.0
TRY_SECONDS = 45.0
"""After which a try is given up, of however many calls: it must end before its lease does, or another sender would look
for the post and make it while this one still may."""
LONGEST_WAIT_SECONDS = 300.0
GIVE_UP_AFTER = 12
"""Tries after which a post of a broken set-up is refused; with the waits between them about 40 minutes."""

MENDABLE = {
    "account_inactive",
    "invalid_auth",
    "missing_scope",
    "not_authed",
    "not_in_channel",
    "token_expired",
    "token_revoked",
}
"""What an operator can mend: the post waits for it."""
MUST_ARRIVE = {"card", "report", "thread"}
"""Posts without which somebody would wait in vain: they are not given up while the set-up is mended."""
PASSING = {"internal_error", "fatal_error", "service_unavailable", "request_timeout", "team_added_to_org"}
"""Slack's own trouble; the post may have been made."""
DONE_ALREADY = {"already_reacted", "message_not_found"}


FOUND_AGAIN = {"chat.postMessage", streaming.METHOD, "files.upload"}
PERSONS = ("U", "W")
"""How ids of people begin."""


class Outcomes(Protocol):
    """What the outcome of a post means for the rest of the house; each is called in the transaction that stores it."""

    def concerned(self, row: Claimed) -> bool:
        """Whether anything else depends on the post having been made than where its message stands."""
        ...

    async def after_sent(self, session: AsyncSession, row: Claimed, ts: str | None) -> bool:
        """The post was made; tells whether another one follows."""
        ...

    async def after_refused(self, session: AsyncSession, row: Claimed, error: str) -> bool:
        """The post will never be made; tells whether another one follows."""
        ...

    async def while_waiting(self, session: AsyncSession, row: Claimed, error: str) -> None:
        """The post waits for somebody to mend the set-up."""
        ...


class Sender:
    """Posts what was claimed from the outbox.

    Args:
        database: where the outbox is.
        client: without retry handlers.
        outcomes: what follows from a post.
        wake: called when an outcome puts another post into the outbox.
    """

    def __init__(
        self, database: Database, client: AsyncWebClient, outcomes: Outcomes, wake: Callable[[], None]
    ) -> None:
        self._database, self._client, self._outcomes, self._wake = database, client, outcomes, wake
        self._streams = Streams(database, client, self._post_message)

    async def claim(self, limit: int) -> list[Claimed]:
        """Claim posts of up to `limit` free lanes."""
        return await outbox.claim(self._database, seconds=LEASE_SECONDS, limit=limit)

    async def post(self, row: Claimed) -> None:
        """Make one post and store its outcome."""
        try:
            await self._post(row)
        except asyncio.CancelledError:  # the process ends; the next one asks Slack whether it was made
            with suppress(LeaseLost):
                await self._again(row, "given_up", after=0.0, doubtful=True)
            raise
        except LeaseLost:
            log.warning("post_taken_over", post=row.id)

    async def _post(self, row: Claimed) -> None:
        try:
            async with asyncio.timeout(TRY_SECONDS):  # our own waiting counts, for the lease began before
                arguments = await self._arguments(row)
                ts = await self._made(row, arguments) if arguments else None
            if arguments is None:
                await self._refuse(row, "the post it belongs to was refused")
            else:
                await self._sent(row, ts)
        except SlackApiError as error:
            await self._answered_no(row, error)
        except (TimeoutError, aiohttp.ClientError, SlackClientError, OSError) as error:
            log.warning("post_in_doubt", post=row.id, method=row.method, error=type(error).__name__)
            await self._again(row, type(error).__name__, doubtful=True)

    async def _arguments(self, row: Claimed) -> dict[str, Any] | None:
        """The arguments of the call; None when the post it goes with was refused."""
        arguments: dict[str, Any] = {**row.payload, "channel": row.channel_id}
        arguments.pop("about", None)
        above = await self._above(row)
        if above and above.state == "refused":
            return None
        for reference, name in ((row.thread_of, "thread_ts"), (row.target_of, "ts")):
            if reference is None:
                continue
            earlier = await self._posted(row, reference)
            if earlier is None or earlier.ts is None:
                return None
            arguments |= {name: earlier.ts, "channel": earlier.channel_id}
        return arguments

    async def _above(self, row: Claimed) -> Posted | None:
        """The post that this one stands below; None where it is bound to none, or to one that is sent and forgotten."""
        reference = (row.payload.get("about") or {}).get(posts.BELOW)
        return await self._posted(row, reference) if reference else None

    async def _posted(self, row: Claimed, reference: str) -> Posted | None:
        async with self._database.reading() as session:
            found = await outbox.posted(session, row.workspace_id, [reference])
        return found.get(reference)

    async def _made(self, row: Claimed, arguments: dict[str, Any]) -> str | None:
        """The ts of the post, looked for where it may stand already."""
        found = await self._find(row, arguments) if row.doubtful else None
        return found or await self._call(row, arguments)

    async def _call(self, row: Claimed, arguments: dict[str, Any]) -> str | None:
        match row.method:
            case "chat.postMessage":
                return await self._post_message(row, arguments)
            case streaming.METHOD:
                return await self._streams.send(row, arguments)
            case "chat.update":
                answer = await self._client.chat_update(**arguments)
            case "chat.postEphemeral":
                answer = await self._client.chat_postEphemeral(**arguments)
            case "reactions.add":
                answer = await self._client.reactions_add(**arguments)
            case "files.upload":
                return await self._upload(arguments)
            case unknown:
                raise ValueError(f"The outbox has a post with the unknown method {unknown}.")
        return answer.get("ts")

    async def _post_message(self, row: Claimed, arguments: dict[str, Any]) -> str | None:
        answer = await self._client.chat_postMessage(
            **arguments,
            # Slack fetches previews without a press: an address in a reply could carry something out that way.
            unfurl_links=False,
            unfurl_media=False,
            metadata={"event_type": METADATA_EVENT, "event_payload": {"key": row.id}},
            client_msg_id=str(uuid.uuid5(NAMESPACE, row.id)),
        )
        return answer.get("ts")

    async def _upload(self, arguments: dict[str, Any]) -> None:
        await self._client.files_upload_v2(
            channel=arguments["channel"],
            thread_ts=arguments.get("thread_ts"),
            filename=arguments["filename"],
            title=arguments.get("title"),
            alt_txt=arguments.get("alt_text"),
            initial_comment=arguments.get("initial_comment"),
            content=base64.b64decode(arguments["content_base64"]),
        )
        await asyncio.to_thread(memory.give_back)  # on its way a file lies there in several forms

    async def _find(self, row: Claimed, arguments: dict[str, Any]) -> str | None:
        """Look for a post that may have been made.

        A change and a reaction do no harm twice. What one person alone sees cannot be found: it is shown again, for
        twice is better than not at all.
        """
        if row.method not in FOUND_AGAIN:
            return None
        above = await self._above(row)
        # A file is known by its name alone, which another one of the same report may have.
        since = (above and above.ts) or f"{row.created_at.timestamp() - 60:.6f}"
        channel, thread = await self._where(arguments["channel"]), arguments.get("thread_ts")
        cursor: str | None = None
        while True:
            page: dict[str, Any] = {"channel": channel, "oldest": since, "include_all_metadata": True, "limit": 200}
            if cursor:
                page["cursor"] = cursor
            read = self._client.conversations_replies if thread else self._client.conversations_history
            found = await read(**page, **({"ts": thread} if thread else {}))
            for message in found.get("messages") or []:
                if _is(message, row, arguments):
                    return str(message["ts"])
            cursor = (found.get("response_metadata") or {}).get("next_cursor")
            if not cursor:
                return None

    async def _where(self, channel: str) -> str:
        """The channel in which a post stands; what is sent to a person stands in their messages with Baton."""
        if channel[:1] not in PERSONS:
            return channel
        opened = await self._client.conversations_open(users=channel)
        return str((opened.get("channel") or {})["id"])

    async def _answered_no(self, row: Claimed, error: SlackApiError) -> None:
        code, status = str(error.response.get("error")), error.response.status_code
        if status == 429 or code == "ratelimited":  # noqa: PLR2004 - Too Many Requests
            wait = float(error.response.headers.get("Retry-After", 1))
            await self._again(row, code, after=wait, doubtful=False)
        elif status >= 500 or code in PASSING:  # noqa: PLR2004 - server errors
            await self._again(row, code, doubtful=True)
        elif code in DONE_ALREADY and row.purpose != posts.RENEWAL:
            await self._sent(row, None)
        elif row.attempts < GIVE_UP_AFTER and (code in MENDABLE or row.purpose in MUST_ARRIVE):
            log.error("post_waits_for_operator", method=row.method, channel=row.channel_id, error=code)
            await self._again(row, code, doubtful=False)
            async with self._database.transaction() as session:
                await self._outcomes.while_waiting(session, row, code)
        else:
            await self._refuse(row, code)

    async def _again(self, row: Claimed, error: str, *, doubtful: bool, after: float | None = None) -> None:
        wait = after if after is not None else min(2.0 ** (row.attempts - 1), LONGEST_WAIT_SECONDS)
        async with self._database.transaction() as session:
            await outbox.retry(session, row, after=wait, error=error, doubtful=doubtful)

    async def _sent(self, row: Claimed, ts: str | None) -> None:
        if not self._outcomes.concerned(row):
            await outbox.sent_alone(self._database, row, ts)
            return
        async with self._database.transaction(durable=False) as session:
            await outbox.sent(session, row, ts)
            follows = await self._outcomes.after_sent(session, row, ts)
        if follows:
            self._wake()

    async def _refuse(self, row: Claimed, error: str) -> None:
        log.error("post_refused", method=row.method, purpose=row.purpose, channel=row.channel_id, error=error)
        async with self._database.transaction() as session:
            await outbox.refused(session, row, error=error)
            follows = await self._outcomes.after_refused(session, row, error)
        if follows:
            self._wake()


def _is(message: Mapping[str, Any], row: Claimed, arguments: Mapping[str, Any]) -> bool:
    """Whether a message is this post; a file has no key to be known by, but its name."""
    if row.method == "files.upload":
        return any(file.get("name") == arguments["filename"] for file in message.get("files") or ())
    return (message.get("metadata") or {}).get("event_payload", {}).get("key") == row.id
