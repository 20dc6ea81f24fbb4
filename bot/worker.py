"""Inbox to turn: handles one event, tries again after a failure, and at last sees that a person looks at it."""

from collections.abc import Awaitable, Callable

import structlog

from bot import answering, inbound, opening
from bot.inbound import Said
from bot.runtime import Runtime
from bot.turnstile import Turnstile
from handoff.gate import Verdict
from storage import conversations, inbox
from storage.inbox import Claimed
from storage.kinds import Action, ConversationState, HandoffReason
from storage.lanes import LeaseLost

log = structlog.get_logger(__name__)

TRIES = 4
AT_WORK = 8
"""Events that compute or use the database at once; however many more may wait for a model."""


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
        """Handle an event; a failure gives it back to its lane, the last one to a person."""
        try:
            async with self._turnstile.place():
                await self._handle(event)
        except LeaseLost:
            log.warning("event_taken_over", event_id=event.id)
        except Exception as error:
            log.exception("turn_failed", event_id=event.id, attempts=event.attempts)
            await self._after_failure(event, f"{type(error).__name__}: {error}"[:500])

    async def _after_failure(self, event: Claimed, error: str) -> None:
        async with self._runtime.database.transaction() as session:
            if event.attempts < TRIES:
                await inbox.retry(session, event, after=float(event.attempts**2), error=error)
                return
            await inbox.bury(session, event, error=error)
        await self._call_a_person(event)

    async def _call_a_person(self, event: Claimed) -> None:
        """The customer must not meet silence because of us: their words go to the desk as they are."""
        said = inbound.happening(event.payload, self._runtime.bot_user_id)
        runtime = self._runtime
        in_support = isinstance(said, Said) and (said.direct or said.channel_id in runtime.channels.support)
        if not isinstance(said, Said) or not in_support or await runtime.people.is_agent(said.user_id, said.team_id):
            return
        async with runtime.database.transaction() as session:
            conversation = await conversations.by_thread(session, runtime.workspace_id, said.channel_id, said.root)
            if conversation is None:
                place = {"channel_id": said.channel_id, "thread_ts": said.root, "customer_id": said.user_id}
                conversation = conversations.begin(session, runtime.workspace_id, **place)
                await session.flush()
            if conversation.state in (ConversationState.WAITING, ConversationState.WITH_HUMAN):
                return
            opening.store_question(session, conversation, said)
            words = "Baton failed on this message; the log has the cause."
            verdict = Verdict(Action.HAND_OFF, HandoffReason.MODEL_FAILED, (words,))
            await answering.hand_off(session, runtime, conversation, verdict, first=True, question=said.text)
        runtime.posted()
