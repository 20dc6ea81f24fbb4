"""Asks customers how it went: in the same words, after the same delay and in the same place, whoever resolved it.

When is in the tables, swept by any number of processes: a survey is marked and put into the outbox in one transaction,
so that a crash loses none and asks nobody twice.
"""

from datetime import datetime

import structlog
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.runtime import Runtime
from bot.slack import posts
from bot.views import survey as survey_view
from bot.views.ids import ConversationRef
from storage import surveys
from storage.endings import Survey
from storage.kinds import ConversationState, NotAsked
from storage.row import now
from storage.tables import Conversation

log = structlog.get_logger(__name__)

SURVEY, REMINDER = "survey", "survey_reminder"
"""What the posts are for."""
AT_ONCE = 50


async def plan(session: AsyncSession, runtime: Runtime, conversation: Conversation) -> None:
    """Plan to ask about a resolution, in the transaction that stores it."""
    if runtime.surveys:
        await surveys.plan(session, conversation, due_at=runtime.survey_rules.due(conversation.resolved_at or now()))
    else:
        await surveys.plan(session, conversation, due_at=None, not_asked=NotAsked.TURNED_OFF)


async def sweep(runtime: Runtime, moment: datetime | None = None) -> int:
    """Ask, and remind, all whose time has come by `moment`, the present one without any; returns how many posts."""
    moment, done = moment or now(), 0
    async with runtime.database.reading() as session:
        due = await surveys.due(session, runtime.workspace_id, moment, limit=AT_ONCE)
    for conversation_id, customer_id, _ in due:
        # Asked before the transaction, for Slack may have to be.
        gone = (await runtime.people.profile(customer_id)).deleted
        async with runtime.database.transaction() as session:
            found = await surveys.take(session, runtime.workspace_id, conversation_id, moment)
            if found:
                done += await _attend(session, runtime, *found, moment=moment, gone=gone)
    if done:
        runtime.posted()
    return done


async def _attend(
    session: AsyncSession, runtime: Runtime, survey: Survey, conversation: Conversation, *, moment: datetime, gone: bool
) -> bool:
    """Ask or remind; whether that was done."""
    due_at, survey.due_at = survey.due_at or moment, None
    session.add(survey)
    goes_on = conversation.state != ConversationState.RESOLVED or bool(conversation.closed_as)
    if survey.asked_at is None:
        why = NotAsked.REOPENED if goes_on else await _why_not(session, runtime, survey, due_at, moment, gone=gone)
        survey.not_asked = why or ""
        if why is None:
            _ask(session, runtime, survey, conversation, moment)
            return True
    elif runtime.surveys and not (goes_on or gone or survey.answered_at or survey.reminded_at):
        return _remind(session, survey, conversation, moment)
    return False


async def _why_not(
    session: AsyncSession, runtime: Runtime, survey: Survey, due_at: datetime, moment: datetime, *, gone: bool
) -> NotAsked | None:
    """Why the customer is not to be asked now; None when they are, and then it is noted that they were."""
    rules = runtime.survey_rules
    if not runtime.surveys:
        return NotAsked.TURNED_OFF
    if gone:
        return NotAsked.CUSTOMER_GONE
    if rules.too_late(due_at, moment):
        return NotAsked.TOO_LATE
    if not await surveys.claim_contact(session, survey, moment, before=moment - rules.contact):
        return NotAsked.CONTACT_RULE
    return None


def _ask(session: AsyncSession, runtime: Runtime, survey: Survey, conversation: Conversation, moment: datetime) -> None:
    rules = runtime.survey_rules
    survey.asked_at, survey.expires_at = moment, rules.expires_at(moment)
    survey.due_at = rules.reminds_at(moment)
    question = survey_view.ask(ConversationRef(conversation_id=conversation.id), conversation.language)
    posts.to_customer(session, conversation, question, purpose=SURVEY)


def _remind(session: AsyncSession, survey: Survey, conversation: Conversation, moment: datetime) -> bool:
    if survey.expires_at and moment >= survey.expires_at:
        return False
    survey.reminded_at = moment
    reminder = survey_view.remind(ConversationRef(conversation_id=conversation.id), conversation.language)
    posts.to_customer(session, conversation, reminder, purpose=REMINDER)
    return True
