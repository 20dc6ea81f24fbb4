"""How a conversation ends and goes on: resolved, rated, reopened by a new message, given back."""

from datetime import datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.conversation import subject_matter, surveying
from bot.desk import cards
from bot.runtime import Runtime
from bot.slack import posts
from bot.views import customer as customer_view
from bot.views.ids import ConversationRef
from handoff import desk
from storage import conversations
from storage.kinds import Confirmation
from storage.row import now
from storage.tables import Conversation

SWEEP_AT_ONCE = 50


async def resolve(
    session: AsyncSession,
    runtime: Runtime,
    conversation: Conversation,
    *,
    confirmation: Confirmation,
    person_id: str | None,
) -> None:
    """End the conversation, tell the customer, plan to ask how it went, and close the card."""
    if not conversation.topic and not conversation.ai_replied:
        conversation.topic = await subject_matter.topic(session, conversation)
    handoff = await desk.resolve(session, conversation, confirmation=confirmation, person_id=person_id)
    word = customer_view.resolved(by_person=handoff is not None, language=conversation.language)
    posts.to_customer(session, conversation, word, purpose="word")
    await surveying.plan(session, runtime, conversation)
    if handoff and handoff.card_id:
        await session.flush()
        posts.change_card(session, conversation, handoff, await cards.render(session, runtime, conversation, handoff))


async def resolve_silent(runtime: Runtime) -> int:
    """Resolve the conversations whose customers have been silent long enough, and count them."""
    total = 0
    while True:
        async with runtime.database.transaction() as session:
            due = await conversations.due_for_resolution(session, limit=SWEEP_AT_ONCE)
            for conversation in due:
                await resolve(session, runtime, conversation, confirmation=Confirmation.ASSUMED, person_id=None)
        total += len(due)
        runtime.posted()
        if len(due) < SWEEP_AT_ONCE:
            return total


async def reopen(
    session: AsyncSession, runtime: Runtime, conversation: Conversation, *, at: datetime | None = None
) -> bool:
    """The customer came back in the thread, now when not told; tells whether a person had it before."""
    days = runtime.team.comparison.resolution_days
    return await desk.reopen(session, conversation, resolution_days=days, at=at)


async def give_back(session: AsyncSession, runtime: Runtime, conversation: Conversation) -> bool:
    """An agent returns the conversation to Baton; false when no person has it."""
    handoff = await desk.give_back(session, conversation)
    if handoff is None:
        return False
    conversation.resolution_due_at = now() + max(runtime.silence, timedelta(minutes=1))
    word = customer_view.given_back(ConversationRef(conversation_id=conversation.id), conversation.language)
    posts.to_customer(session, conversation, word, purpose="word")
    await session.flush()
    posts.change_card(session, conversation, handoff, await cards.render(session, runtime, conversation, handoff))
    return True
