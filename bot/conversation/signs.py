"""The sign that Baton is on a question, before there is anything to say.

In direct messages and the assistant pane it is Slack's own status, which a post clears and which ends by itself after
two minutes. In channels it is a reaction to the question, which stays until it is removed: so it is written down before
it is shown, and removed once the reply is posted, by whichever process comes to it.

A sign is a courtesy. It is shown beside the turn, never in its way; when Slack refuses one, nothing else changes. A
question that is answered at once gets none.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient

from bot.conversation import belonging
from bot.runtime import Runtime
from bot.slack import inbound, posts
from bot.slack.inbound import Said
from bot.views import reply_words
from handoff import language
from storage import conversations, signs
from storage.inbox import Arrival
from storage.kinds import ConversationState
from storage.signs import OPEN, Signed
from storage.tables import Conversation

log = structlog.get_logger(__name__)

GRACE_SECONDS = 0.1
"""A reply that comes sooner is its own sign, and saves Slack two calls."""
REFRESH_SECONDS = 90.0
"""Slack removes a status after two minutes without a post."""
LOOK_SECONDS = 0.2
"""How often it is looked whether a question with a sign is answered, while there are such questions."""
REACTIONS_A_MINUTE = 20
"""As many as Slack lets an app remove in a minute (reactions.remove is of tier 2)."""
STATUSES_A_MINUTE = 300
"""As many as Slack lets an app post: where more is asked, some questions wait without a sign, and none for its post."""
CALL_SECONDS = 5.0
CLOSING_SECONDS = 2.0
NOBODY = "none"
WITH_AI = (None, ConversationState.WITH_AI, ConversationState.RESOLVED)
BROKEN = (TimeoutError, aiohttp.ClientError, SlackClientError, OSError)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a sign is shown: beside a message, or in the thread where the reply will come."""

    said: Said
    thread_ts: str

    @property
    def direct(self) -> bool:
        """Whether it is a status."""
        return self.said.direct


class Allowance:
    """How many calls of a method may still be made: so many a minute, and as many at once."""

    def __init__(self, a_minute: int) -> None:
        self._most, self._left, self._since = float(a_minute), float(a_minute), time.monotonic()

    def take(self) -> bool:
        """Take one, if one is left."""
        now = time.monotonic()
        self._left = min(self._most, self._left + (now - self._since) * self._most / 60)
        self._since = now
        if self._left < 1:
            return False
        self._left -= 1
        return True


class Signs:
    """Shows and takes away the signs of one workspace.

    Args:
        runtime: the running bot.
        client: without retry handlers: what cannot be shown at once need not be shown.
        reaction: the name of the emoji in channels; `none` for no sign there.
    """

    def __init__(self, runtime: Runtime, client: AsyncWebClient, *, reaction: str) -> None:
        self._runtime, self._client, self._reaction = runtime, client, reaction.strip(":")
        self._tasks: set[asyncio.Task[None]] = set()
        self._in_flight: dict[str, asyncio.Task[None]] = {}
        self._refreshed: dict[str, float] = {}
        self._loop: asyncio.Task[None] | None = None
        self._some = asyncio.Event()
        self._quiet_until = 0.0
        self._removable = Allowance(REACTIONS_A_MINUTE)
        self._statuses = Allowance(STATUSES_A_MINUTE)

    def start(self) -> None:
        """Begin to take signs away, first of all those that were left when the last process ended."""
        self._some.set()
        self._loop = asyncio.create_task(self._take_away_in_time(), name="signs")

    async def close(self) -> None:
        """Stop, after a last look; what is shown then is taken away by the next process."""
        tasks = [*self._tasks, *([self._loop] if self._loop else [])]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        with suppress(TimeoutError):
            async with asyncio.timeout(CLOSING_SECONDS):
                await self._surviving(self.take_away)

    def heard(self, arrivals: Sequence[Arrival]) -> None:
        """Events are in the inbox: those that Baton will answer, and not at once, get a sign."""
        for arrival in arrivals:
            if arrival.key.startswith(inbound.SAID):
                task = asyncio.create_task(self._surviving(lambda arrival=arrival: self._show(arrival)))
                self._tasks.add(task)
                self._in_flight[arrival.key] = task
                task.add_done_callback(lambda done, key=arrival.key: self._forget(done, key))

    def _forget(self, task: asyncio.Task[None], key: str) -> None:
        self._tasks.discard(task)
        if self._in_flight.get(key) is task:
            del self._in_flight[key]

    async def look(self) -> None:
        """Look for signs that have had their time, also those of a process that is gone."""
        self._some.set()

    async def _surviving(self, work: Callable[[], Awaitable[object]]) -> None:
        try:
            await work()
        except Exception:
            log.exception("sign_failed")

    # Showing

    async def _show(self, arrival: Arrival) -> None:
        await asyncio.sleep(GRACE_SECONDS)
        said = inbound.happening(arrival.payload, self._runtime.bot_user_id)
        place = await self._place(said) if isinstance(said, Said) else None
        if place is None or time.monotonic() < self._quiet_until:
            return
        if not place.direct and not self._removable.take():
            if self._statuses.take():
                await self._status_instead(place)
            return
        if not await signs.claim(self._runtime.database, self._runtime.workspace_id, arrival.key):
            return
        try:
            await self._put_up(place)
        except SlackApiError as error:
            if error.response.get("error") != "already_reacted":
                await self._not_shown(arrival.key, error)
                return
        except BROKEN as error:  # it may be there, so that it is taken away
            log.warning("sign_in_doubt", error=type(error).__name__)
        self._refreshed[arrival.key] = time.monotonic()
        self._some.set()

    async def _status_instead(self, place: Place) -> None:
        """In busy minutes a question in a channel gets a status in its thread, which needs no removal."""
        try:
            async with asyncio.timeout(CALL_SECONDS):
                words = reply_words.of(language.detect(place.said.text)).thinking
                await self._status(place.said.channel_id, place.thread_ts, words)
        except (SlackApiError, *BROKEN) as error:
            log.info("sign_refused", error=type(error).__name__)

    async def _put_up(self, place: Place) -> None:
        said = place.said
        async with asyncio.timeout(CALL_SECONDS):
            if place.direct:
                words = reply_words.of(language.detect(said.text)).thinking
                await self._status(said.channel_id, place.thread_ts, words)
            else:
                await self._client.reactions_add(channel=said.channel_id, timestamp=said.ts, name=self._reaction)

    async def _status(self, channel_id: str, thread_ts: str, words: str) -> None:
        # Without texts of our own Slack would rotate its own.
        own = [words] if words else None
        await self._client.assistant_threads_setStatus(
            channel_id=channel_id, thread_ts=thread_ts, status=words, loading_messages=own
        )

    async def _not_shown(self, key: str, error: SlackApiError) -> None:
        code = error.response.get("error")
        if error.response.status_code == 429 or code == "ratelimited":  # noqa: PLR2004 - Too Many Requests
            self._quiet_until = time.monotonic() + float(error.response.headers.get("Retry-After", 30))
        log.warning("sign_refused", error=code)
        await signs.taken_away(self._runtime.database, self._runtime.workspace_id, [key])

    async def _place(self, said: Said) -> Place | None:
        """Where the sign of a message goes; None when Baton does not answer it."""
        if not said.direct and (said.channel_id not in self._runtime.channels.support or self._reaction == NOBODY):
            return None
        conversation = await belonging.conversation_of(self._runtime, said)
        if conversation is None:
            is_agent = not said.direct and await self._runtime.people.is_agent(said.user_id, said.team_id)
            return None if is_agent else Place(said, said.root)
        if said.user_id != conversation.customer_id or conversation.state not in WITH_AI:
            return None
        return Place(said, conversation.thread_ts)

    # Taking away

    async def _take_away_in_time(self) -> None:
        while True:
            await self._some.wait()
            try:
                left = await self.take_away()
            except Exception:
                log.exception("signs_not_taken_away")
                left = 1
            if not left:
                self._some.clear()
            await asyncio.sleep(LOOK_SECONDS)

    async def take_away(self) -> int:
        """Take away the signs of questions that are answered, and keep the others alive; returns how many stay."""
        runtime, stay = self._runtime, 0
        async with runtime.database.reading() as session:
            shown = await signs.shown(session, runtime.workspace_id)
        for each in shown:
            gone = False
            if each.state not in OPEN and await self._answered(each):
                gone = await self._take_down(each)
            elif each.state in OPEN:
                await self._keep_alive(each)
            if gone:
                await signs.taken_away(runtime.database, runtime.workspace_id, [each.key])
                self._refreshed.pop(each.key, None)
            stay += not gone
        return stay

    async def _answered(self, sign: Signed) -> bool:
        conversation = await self._conversation(sign)
        if conversation is None:
            return True
        async with self._runtime.database.reading() as session:
            lane = posts.customer_lane(conversation)
            return not await signs.has_unsent(session, conversation.workspace_id, lane)

    async def _take_down(self, sign: Signed) -> bool:
        """Remove a sign; false when it must be tried again."""
        if (showing := self._in_flight.get(sign.key)) and not showing.done():
            return False  # it would come after its removal
        said = _said(sign, self._runtime)
        conversation = await self._conversation(sign) if said.direct else None
        if conversation and await self._cleared_by_a_post(sign, conversation):
            return True
        try:
            async with asyncio.timeout(CALL_SECONDS):
                if said.direct:
                    await self._status(said.channel_id, conversation.thread_ts if conversation else said.root, "")
                else:
                    await self._client.reactions_remove(channel=said.channel_id, timestamp=said.ts, name=self._reaction)
        except SlackApiError as error:
            return await self._refused_to_go(error)
        except BROKEN:
            return False
        return True

    async def _cleared_by_a_post(self, sign: Signed, conversation: Conversation) -> bool:
        async with self._runtime.database.reading() as session:
            lane = posts.customer_lane(conversation)
            return await signs.has_sent(session, conversation.workspace_id, lane, since=sign.since)

    async def _refused_to_go(self, error: SlackApiError) -> bool:
        if error.response.status_code == 429 or error.response.status_code >= 500:  # noqa: PLR2004
            await asyncio.sleep(min(float(error.response.headers.get("Retry-After", 1)), 60.0))
            return False
        log.info("sign_was_gone", error=error.response.get("error"))
        return True

    async def _keep_alive(self, sign: Signed) -> None:
        said, since = _said(sign, self._runtime), self._refreshed.get(sign.key, 0.0)
        if not said.direct or time.monotonic() - since < REFRESH_SECONDS:
            return
        self._refreshed[sign.key] = time.monotonic()
        conversation = await self._conversation(sign)
        place = Place(said, conversation.thread_ts if conversation else said.root)
        try:
            await self._put_up(place)
        except (SlackApiError, *BROKEN) as error:
            log.warning("sign_not_refreshed", error=type(error).__name__)

    async def _conversation(self, sign: Signed) -> Conversation | None:
        said = _said(sign, self._runtime)
        async with self._runtime.database.reading() as session:
            workspace_id = self._runtime.workspace_id
            if said.direct and said.thread_ts is None:
                return await conversations.latest_in_channel(session, workspace_id, said.channel_id, said.user_id)
            return await conversations.by_thread(session, workspace_id, said.channel_id, said.root)


def _said(sign: Signed, runtime: Runtime) -> Said:
    if not sign.payload:  # whoever wrote it was erased meanwhile
        return inbound.place_of(sign.key)
    said = inbound.happening(sign.payload, runtime.bot_user_id)
    if not isinstance(said, Said):
        raise TypeError(f"The inbox's row {sign.key} is no message.")
    return said
