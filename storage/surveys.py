"""Surveys and ratings: who is to be asked how it went, who was, who answered, and why others were not asked."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import bindparam, text
from sqlmodel import col, delete, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.sqltypes import UTCDateTime

from storage.endings import Contact, Rating, Survey
from storage.kinds import NotAsked
from storage.row import now
from storage.tables import Conversation

LOWEST, HIGHEST = 1, 5
_TIMES = ("resolved_at", "asked_at", "reminded_at", "answered_at", "late_at")

# The row of a person is locked until the transaction ends, so that of two processes one asks.
_CLAIM_CONTACT = text(
    "INSERT INTO contact (workspace_id, customer_id, asked_at, conversation_id) "
    "VALUES (:workspace_id, :customer_id, :asked_at, :conversation_id) "
    "ON CONFLICT (workspace_id, customer_id) DO UPDATE "
    "SET asked_at = excluded.asked_at, conversation_id = excluded.conversation_id "
    "WHERE contact.asked_at <= :before OR contact.conversation_id = excluded.conversation_id "
    "RETURNING customer_id"
).bindparams(*(bindparam(name, type_=UTCDateTime()) for name in ("asked_at", "before")))


async def of(session: AsyncSession, conversation: Conversation) -> Survey | None:
    """The survey about a conversation's last resolution."""
    return await session.get(Survey, (conversation.workspace_id, conversation.id))


async def plan(
    session: AsyncSession, conversation: Conversation, *, due_at: datetime | None, not_asked: NotAsked | None = None
) -> Survey:
    """Note when the customer is to be asked about the conversation's resolution, or why they are not asked.

    What was asked about an earlier resolution is kept in the row. The conversation is locked by the caller.
    """
    survey = await of(session, conversation)
    earlier = [*survey.earlier, _remembered(survey)] if survey else []
    if survey is None:
        survey = Survey(
            workspace_id=conversation.workspace_id,
            conversation_id=conversation.id,
            customer_id=conversation.customer_id,
        )
    survey.earlier = earlier
    survey.resolved_at, survey.due_at, survey.not_asked = conversation.resolved_at, due_at, not_asked or ""
    survey.asked_at = survey.reminded_at = survey.answered_at = survey.expires_at = survey.late_at = None
    survey.late_score = None
    session.add(survey)
    return survey


def _remembered(survey: Survey) -> dict[str, str]:
    times = {name: moment.isoformat() for name in _TIMES if (moment := getattr(survey, name)) is not None}
    why = survey.not_asked or ("" if survey.asked_at or survey.answered_at else NotAsked.REOPENED)
    return times | ({"not_asked": why} if why else {})


async def due(
    session: AsyncSession, workspace_id: str, moment: datetime, *, limit: int
) -> Sequence[tuple[str, str, datetime]]:
    """Conversation and customer of the surveys to be sent or reminded of by now and when, the longest due first."""
    wanted = (
        select(Survey.conversation_id, Survey.customer_id, Survey.due_at)
        .where(Survey.workspace_id == workspace_id, col(Survey.due_at) <= moment)
        .order_by(col(Survey.due_at))
        .limit(limit)
    )
    return [(each, customer, at) for each, customer, at in (await session.exec(wanted)).all() if at]


async def take(
    session: AsyncSession, workspace_id: str, conversation_id: str, moment: datetime
) -> tuple[Survey, Conversation] | None:
    """A due survey and its conversation, locked; None when it is no longer due or somebody else is at work on it."""
    wanted = (
        select(Survey, Conversation)
        .where(
            Survey.workspace_id == workspace_id,
            Survey.conversation_id == conversation_id,
            col(Survey.due_at) <= moment,
            Conversation.workspace_id == Survey.workspace_id,
            Conversation.id == Survey.conversation_id,
        )
        .with_for_update(skip_locked=True)
    )
    return (await session.exec(wanted)).first()


async def claim_contact(session: AsyncSession, survey: Survey, moment: datetime, *, before: datetime) -> bool:
    """Ask this person at `moment` unless they were asked after `before` about another conversation."""
    values = {
        "workspace_id": survey.workspace_id,
        "customer_id": survey.customer_id,
        "conversation_id": survey.conversation_id,
        "asked_at": moment,
        "before": before,
    }
    connection = await session.connection()
    return (await connection.execute(_CLAIM_CONTACT, values)).first() is not None


async def undelivered(session: AsyncSession, workspace_id: str, conversation_id: str) -> None:
    """Slack refused the question: nobody was asked, and the person may be asked about another conversation."""
    survey = await session.get(Survey, (workspace_id, conversation_id), with_for_update=True)
    if survey is None or survey.asked_at is None:
        return
    await session.exec(
        delete(Contact).where(
            col(Contact.workspace_id) == workspace_id,
            col(Contact.customer_id) == survey.customer_id,
            col(Contact.conversation_id) == conversation_id,
        )
    )
    survey.asked_at = survey.expires_at = survey.due_at = None
    survey.not_asked = NotAsked.UNDELIVERED
    session.add(survey)


async def rating_of(session: AsyncSession, conversation: Conversation) -> Rating | None:
    """The rating of a conversation, locked."""
    key = (conversation.workspace_id, conversation.id)
    return await session.get(Rating, key, with_for_update=True)


async def rate(session: AsyncSession, conversation: Conversation, score: int, *, lasts: timedelta) -> Rating | None:
    """Store a score, one a conversation, the last in time: None when it came too late to count.

    A conversation that was resolved anew still shows the question about its first resolution. Who presses there before
    the next question comes has been asked by that one and gets no other.

    Args:
        session: in the transaction that stores it.
        conversation: locked.
        score: 1..5.
        lasts: for how long a question may be answered.

    Raises:
        ValueError: when it is not 1..5.
    """
    if not LOWEST <= score <= HIGHEST:
        raise ValueError("A rating is a whole number from 1 to 5.")
    survey, moment = await of(session, conversation), now()
    if survey and moment >= (survey.expires_at or (survey.resolved_at or moment) + lasts):
        survey.late_score, survey.late_at = score, moment
        session.add(survey)
        return None
    rating = await rating_of(session, conversation)
    if rating is None:
        rating = Rating(
            workspace_id=conversation.workspace_id,
            conversation_id=conversation.id,
            customer_id=conversation.customer_id,
            score=score,
        )
    rating.score, rating.rated_at = score, moment
    session.add(rating)
    if survey:
        if survey.asked_at is None and survey.due_at:
            survey.asked_at, survey.expires_at = moment, survey.due_at + lasts
        survey.answered_at, survey.due_at = survey.answered_at or moment, None
        session.add(survey)
    return rating


async def comment(session: AsyncSession, conversation: Conversation, words: str) -> Rating:
    """Store the comment of a rating, whose score and time stay.

    Raises:
        ValueError: when there is no score yet.
    """
    rating = await rating_of(session, conversation)
    if rating is None:
        raise ValueError("A comment belongs to a score.")
    rating.comment = words
    session.add(rating)
    return rating
