"""Inbox to turn: handles one event, tries again after a failure, and at last sees that a person looks at it."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

import structlog
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.conversation import answering
from bot.conversation.answering import Call
from bot.conversation.before import Before
from bot.desk import relay
from bot.runtime import Runtime
from bot.settings import Settings
from bot.slack import heard, inbound
from bot.slack.inbound import Said
from bot.turnstile import Turnstile
from handoff.gate import Verdict
from storage import conversations, inbox
from storage.inbox import Claimed
from storage.kinds import WITH_PEOPLE, Action, HandoffReason
from storage.lanes import LeaseLost

log = structlog.get_logger(__name__)

TRIES = 4
"""After as many a person is called; what cannot even be told to one is tried on, and at last only logged."""
MOST_TRIES = 12
NEVER_ENDED = "No process lived to say what went wrong."
"""The error of an event under which processes ended."""
LONGEST_WAIT_SECONDS = 60.0
AT_WORK = 8
"""Events that compute or use the database at once; however many more may wait for a model."""
BESIDE_MODELS_SECONDS = 60.0
"""What a turn may wait for besides models: pictures, Slack, the database."""


def lease_seconds(settings: Settings) -> float:
    """How long an event belongs to its worker: longer than any turn, or workers would take it from each other."""
    drafts = [settings.drafter, *([settings.challenger_drafter] if settings.challenger_share else [])]
    models = settings.openai_timeout_seconds * drafts.count("openai")
    graders = settings.grader_timeout_seconds * len(drafts) if settings.grader_model else 0.0
    return max(settings.inbox_lease_seconds, models + graders + BESIDE_MODELS_SECONDS)


class Worker:
    """Handles events of the inbox.

    Args:
        runtime: the running bot.
        handle: does the work of one event, and marks it done.
        lease_seconds: how long an event belongs to this worker; longer than any turn takes.
    """

    def __init__(self, runtime: Runtime, handle: Callable[[Claimed], Awaitable[None]], *, lease_seconds: float) -> None:
        self._runtime, self._handle, self._lease_seconds = runtime, handle, lease_seconds
        self._turnstile = Turnstile(AT_WORK)

    async def claim(self, limit: int) -> list[Claimed]:
        """Claim the oldest event of up to `limit` free lanes."""
        return await inbox.claim(self._runtime.database, seconds=self._lease_seconds, limit=limit)

    async def handle(self, event: Claimed) -> None:
        """Handle an event; a failure gives it back to its lane, the last one to a person.

        So does an event under which one process after the other ended before it could say what went wrong: one
        message must not keep all customers without an answer.
        """
        if event.attempts > (TRIES if event.error in ("", NEVER_ENDED) else MOST_TRIES):
            log.error("turn_never_ended", event_id=event.id, attempts=event.attempts)
            await self._after_failure(event, event.error or NEVER_ENDED)
            return
        try:
            async with self._turnstile.place():
                await self._handle(event)
        except LeaseLost:
            log.warning("event_taken_over", event_id=event.id)
        except asyncio.CancelledError:
            await self._give_back(event)
            raise
        except Exception as error:
            log.exception("turn_failed", event_id=event.id, attempts=event.attempts)
            await self._after_failure(event, f"{type(error).__name__}: {error}"[:500])

    async def _give_back(self, event: Claimed) -> None:
        """The process ends: the next one need not wait for the lease to run out."""
        with suppress(LeaseLost):
            async with self._runtime.database.transaction() as session:
                await inbox.postpone(session, event, seconds=0.0)

    async def _after_failure(self, event: Claimed, error: str) -> None:
        if event.attempts >= TRIES:
            try:
                await self._give_to_a_person(event, error)
            except LeaseLost:
                log.warning("event_taken_over", event_id=event.id)
                return
            except Exception:
                log.exception("nobody_called", event_id=event.id, attempts=event.attempts)
            else:
                return
        async with self._runtime.database.transaction() as session:
            if event.attempts >= MOST_TRIES:
                await inbox.bury(session, event, error=error)
            else:
                after = min(float(event.attempts**2), LONGEST_WAIT_SECONDS)
                await inbox.retry(session, event, after=after, error=error)

    async def _give_to_a_person(self, event: Claimed, error: str) -> None:
        """Put the event aside in the transaction that calls somebody: neither happens without the other."""
        said = inbound.happening(event.payload, self._runtime.bot_user_id)
        asks = isinstance(said, Said) and await self._asks_us(said)
        async with self._runtime.database.transaction() as session:
            if isinstance(said, Said) and asks:
                await self._call_a_person(session, said)
            elif isinstance(said, Said) and said.channel_id == self._runtime.channels.desk:
                await relay.not_relayed(session, self._runtime, said)
            await inbox.bury(session, event, error=error)
        self._runtime.posted()

    async def _asks_us(self, said: Said) -> bool:
        runtime = self._runtime
        in_support = said.direct or said.channel_id in runtime.channels.support
        return in_support and not await runtime.people.is_agent(said.user_id, said.team_id)

    async def _call_a_person(self, session: AsyncSession, said: Said) -> None:
        """The customer must not meet silence because of us: their words go to the desk as they are."""
        runtime = self._runtime
        conversation = await conversations.by_thread(
            session, runtime.workspace_id, said.channel_id, said.root, lock=True
        )
        if conversation is None:
            place = {"channel_id": said.channel_id, "thread_ts": said.root, "customer_id": said.user_id}
            conversation = conversations.begin(session, runtime.workspace_id, **place, asked_at=said.at)
            await session.flush()
        elif said.user_id != conversation.customer_id:
            return
        known = await conversations.message_at(session, runtime.workspace_id, said.channel_id, said.ts)
        message = known or heard.store(session, conversation, said)
        if conversation.state in WITH_PEOPLE:
            await relay.pass_on(session, runtime, conversation, message)
            return
        words = "Baton failed on this message; the log has the cause."
        verdict = Verdict(Action.HAND_OFF, HandoffReason.MODEL_FAILED, (words,))
        await answering.hand_off(session, runtime, conversation, Call(verdict, said.text), before=Before(first=True))
