"""Writes down how much of people's time their deeds took, in the transaction of the deed itself."""

from datetime import datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.runtime import Runtime
from handoff.effort import GLANCE, worked
from storage import efforts
from storage.evidence import Review
from storage.kinds import EffortKind
from storage.row import now
from storage.tables import Conversation


async def began(session: AsyncSession, conversation: Conversation, person_id: str) -> None:
    """A person begins to work on a conversation: what they do next counts from here."""
    await session.flush()
    efforts.put(
        session,
        conversation.workspace_id,
        conversation_id=conversation.id,
        person_id=person_id,
        kind=EffortKind.CONVERSATION,
        seconds=0.0,
        at=now(),
    )


async def did(
    session: AsyncSession,
    runtime: Runtime,
    conversation: Conversation,
    person_id: str,
    kind: EffortKind = EffortKind.CONVERSATION,
    *,
    came: datetime | None = None,
    wrote: bool = False,
) -> None:
    """A person did something in a conversation.

    Args:
        session: of the transaction in which they did it.
        runtime: knows the longest pause that counts.
        conversation: in which.
        person_id: who.
        kind: what it was.
        came: when there was something to do, where that was not the customer's last word: when a card came.
        wrote: whether they wrote words of their own, which takes longer than a press on something already there.
    """
    at, longest = now(), runtime.team.desk.longest_gap
    here = await efforts.last_deed_in(session, runtime.workspace_id, conversation.id, person_id)
    since = (
        await efforts.last_deed(session, runtime.workspace_id, person_id),
        await efforts.word_after(session, runtime.workspace_id, conversation.id, here),
        came,
    )
    if here is None and not wrote:
        longest = min(longest, GLANCE)
    efforts.put(
        session,
        runtime.workspace_id,
        conversation_id=conversation.id,
        person_id=person_id,
        kind=kind,
        seconds=worked(at, since=since, longest=longest),
        at=at,
    )


async def reviewed(session: AsyncSession, runtime: Runtime, review: Review) -> None:
    """A person judged a draft, which its form showed them as many seconds ago as the review says."""
    at = now()
    shown_at = None if review.seconds is None else at - timedelta(seconds=review.seconds)
    await _read(session, runtime, review, review.reviewer_id or "", at=at, shown_at=shown_at)


async def said_more(session: AsyncSession, runtime: Runtime, review: Review, reader_id: str) -> None:
    """A person said what was wrong with a draft that they had judged, or took their verdict back."""
    await _read(session, runtime, review, reader_id, at=now(), shown_at=review.reviewed_at or review.drafted_at)


async def _read(
    session: AsyncSession, runtime: Runtime, review: Review, reader_id: str, *, at: datetime, shown_at: datetime | None
) -> None:
    longest = runtime.team.desk.longest_gap if shown_at else min(runtime.team.desk.longest_gap, GLANCE)
    since = (await efforts.last_deed(session, runtime.workspace_id, reader_id), shown_at)
    efforts.put(
        session,
        runtime.workspace_id,
        conversation_id=review.conversation_id,
        person_id=reader_id,
        kind=EffortKind.REVIEW,
        seconds=worked(at, since=since, longest=longest),
        at=at,
    )
