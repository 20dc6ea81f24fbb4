"""A question that its customer takes back before anybody answered it: nobody works on it, and it counts nowhere."""

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.desk import cards
from bot.runtime import Runtime
from bot.slack import posts
from bot.views import flow as flow_view
from handoff import desk
from handoff.draft import Author
from storage import conversations, handoffs, offers, standing
from storage.kinds import ClosedAs, ConversationState, HandoffState, OfferState
from storage.tables import Conversation


async def withdrawn(session: AsyncSession, runtime: Runtime, conversation: Conversation) -> bool:
    """Close the conversation when nothing of the customer's is left in it and nobody has answered; tells whether."""
    said = await conversations.messages(session, conversation.workspace_id, conversation.id)
    if any(each.author == Author.CUSTOMER for each in said) or not await _unanswered(session, conversation):
        return False
    if offer := await offers.open_of(session, conversation):
        offers.close(session, offer, OfferState.GONE)
    handoff = await desk.close(session, conversation, ClosedAs.WITHDRAWN)
    await standing.stands_again(session, conversation)
    if any(each.author == Author.BOT for each in said):
        posts.to_customer(session, conversation, flow_view.withdrawn(conversation.language), purpose="word")
    if handoff and handoff.card_id:
        await session.flush()
        posts.change_card(session, conversation, handoff, await cards.render(session, runtime, conversation, handoff))
    return True


async def _unanswered(session: AsyncSession, conversation: Conversation) -> bool:
    if conversation.ai_replied or conversation.first_human_reply_at:
        return False
    if await standing.began_anew(session, conversation):
        return False  # what was resolved before stays, and its conversation with it
    if conversation.state == ConversationState.WITH_AI:
        return True
    handoff = await handoffs.open_of(session, conversation)
    return handoff is not None and handoff.state == HandoffState.QUEUED
