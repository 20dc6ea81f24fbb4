"""What is still counted of conversations that were erased: reports say the same of a week as before."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_
from sqlmodel import col, func, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import matters
from storage.endings import ErasedCount, Rating, Resolution, Survey
from storage.ids import new_id
from storage.kinds import WITH_PEOPLE, Confirmation, ResolvedBy
from storage.tables import Conversation, Handoff

OPENED, RESOLVED, HANDED_OFF = "opened", "resolved", "handed_off"
GRAIN = timedelta(minutes=15)
"""To which times are told: days begin at a quarter of an hour in every time zone."""


def within(workspace_id: str, what: str, since: datetime, until: datetime) -> ColumnElement[bool]:
    """Those of a stretch, `until` not included."""
    return and_(
        col(ErasedCount.workspace_id) == workspace_id,
        col(ErasedCount.what) == what,
        col(ErasedCount.at) >= since,
        col(ErasedCount.at) < until,
    )


async def every(
    session: AsyncSession, workspace_id: str, what: str, since: datetime, until: datetime
) -> Sequence[ErasedCount]:
    """The rows of a stretch: as many as customers were erased, and so few."""
    return (await session.exec(select(ErasedCount).where(within(workspace_id, what, since, until)))).all()


async def first(session: AsyncSession, workspace_id: str) -> datetime | None:
    """When the first of them was resolved."""
    wanted = select(func.min(ErasedCount.at)).where(
        ErasedCount.workspace_id == workspace_id, ErasedCount.what == RESOLVED
    )
    return (await session.exec(wanted)).one()


async def rename_topic(session: AsyncSession, workspace_id: str, old: str, new: str) -> None:
    """Count under another name what one topic has."""
    same = (col(ErasedCount.workspace_id) == workspace_id, col(ErasedCount.topic) == old)
    await session.exec(update(ErasedCount).where(*same).values(topic=new))


async def remember(session: AsyncSession, conversations: Sequence[Conversation]) -> None:
    """Keep the counts of conversations that are about to be erased, in the same transaction."""
    for conversation in conversations:
        key = (conversation.workspace_id, conversation.id)
        survey, rating = await session.get(Survey, key), await session.get(Rating, key)
        of_it = (Resolution.workspace_id == key[0], Resolution.conversation_id == key[1])
        wanted = select(Resolution, matters.dollars()).where(*of_it).order_by(col(Resolution.resolved_at))
        found = (await session.exec(wanted)).all()
        session.add_all(_resolved(each, survey, rating, dollars or 0.0) for each, dollars in found)
        if not conversation.closed_as:
            session.add(_opened(conversation, [each for each, _ in found], survey, rating))
            handoffs = select(Handoff).where(Handoff.workspace_id == key[0], Handoff.conversation_id == key[1])
            session.add_all(_handed_off(each, conversation) for each in (await session.exec(handoffs)).all())


def _resolved(resolution: Resolution, survey: Survey | None, rating: Rating | None, dollars: float) -> ErasedCount:
    def while_it_stood(moment: datetime | None) -> bool:
        reopened_at = resolution.reopened_at
        return bool(moment and moment >= resolution.resolved_at and (reopened_at is None or moment < reopened_at))

    rated = rating.score if rating and while_it_stood(rating.rated_at) else None
    return _row(
        resolution.workspace_id,
        RESOLVED,
        resolution.resolved_at,
        topic=resolution.topic,
        arm=resolution.resolved_by,
        offered=resolution.offered,
        confirmed=resolution.confirmation == Confirmation.CONFIRMED,
        reopened=resolution.reopened > 0,
        simulated=resolution.simulated,
        taken_back=resolution.taken_back_at is not None,
        asked=while_it_stood(survey.asked_at if survey else None),
        score=rated,
        dollars=0.0 if resolution.taken_back_at else dollars,
    )


def _opened(
    conversation: Conversation, resolutions: Sequence[Resolution], survey: Survey | None, rating: Rating | None
) -> ErasedCount:
    first = next((each for each in resolutions if each.reopened_at and each.taken_back_at is None), None)
    with_people = conversation.first_human_reply_at is not None or conversation.state in WITH_PEOPLE
    by_people = ResolvedBy.AI_THEN_HUMAN if conversation.ai_replied else ResolvedBy.HUMAN
    return _row(
        conversation.workspace_id,
        OPENED,
        conversation.opened_at,
        topic=first.topic if first else conversation.topic,
        arm=(first or conversation).resolved_by or (by_people if with_people else ResolvedBy.AI),
        offered=conversation.offered,
        resolved=any(each.taken_back_at is None for each in resolutions),
        asked=bool(survey and survey.asked_at),
        score=rating.score if rating else None,
        simulated=conversation.simulated,
    )


def _handed_off(handoff: Handoff, conversation: Conversation) -> ErasedCount:
    return _row(
        handoff.workspace_id,
        HANDED_OFF,
        handoff.opened_at,
        topic=conversation.topic,
        reason=handoff.reason,
        simulated=conversation.simulated,
    )


def _row(workspace_id: str, what: str, at: datetime, **counted: object) -> ErasedCount:
    told = at - (at - at.replace(minute=0, second=0, microsecond=0)) % GRAIN
    return ErasedCount.model_validate(
        {"workspace_id": workspace_id, "id": new_id(), "what": what, "at": told, **counted}
    )
