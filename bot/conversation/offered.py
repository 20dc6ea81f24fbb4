"""What becomes of an offer to fetch a person: the customer takes it, says it otherwise, or says nothing."""

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.conversation import answering
from bot.conversation.answering import Call
from bot.runtime import Runtime
from bot.slack import heard, posts
from bot.slack.inbound import Said
from bot.views import flow as flow_view
from handoff import smalltalk
from handoff.draft import Author
from handoff.gate import Verdict
from storage import conversations, inbox, offers
from storage.inbox import Claimed
from storage.kinds import Action, ConversationState, HandoffReason, OfferState
from storage.row import now
from storage.tables import Conversation, Message, Offer

AT_ONCE = 50
TOOK_IT = "The customer took the offer of a person."
SAID_NOTHING = "The customer did not answer the offer of a person."


async def accept(session: AsyncSession, runtime: Runtime, conversation: Conversation) -> bool:
    """Fetch the person that was offered; false when no offer is open any more."""
    made = await offers.open_of(session, conversation)
    if made is None or conversation.state != ConversationState.WITH_AI:
        return False
    offers.close(session, made, OfferState.ACCEPTED)
    await _hand_off(session, runtime, conversation, made, TOOK_IT)
    return True


async def rephrase(session: AsyncSession, runtime: Runtime, conversation: Conversation) -> bool:
    """The customer will say it in other words; false when no offer is open any more."""
    made = await offers.open_of(session, conversation)
    if made is None or conversation.state != ConversationState.WITH_AI:
        return False
    offers.close(session, made, OfferState.REPHRASED)
    await _without_buttons(session, conversation, made)
    word = flow_view.rephrase(conversation.language)
    said = conversations.say(
        session,
        conversation,
        author=Author.BOT,
        author_id=runtime.bot_user_id,
        text=word.text,
        channel_id=conversation.channel_id,
    )
    posts.to_customer(session, conversation, word, message_id=said.id)
    return True


async def answered_in_words(runtime: Runtime, event: Claimed, said: Said, conversation: Conversation) -> bool:
    """Whether the message is a yes or a no to an open offer; then it is dealt with."""
    yes = smalltalk.is_agreement(said.text)
    if not yes and not smalltalk.is_refusal(said.text):
        return False
    async with runtime.database.transaction() as session:
        locked = await conversations.by_id(session, runtime.workspace_id, conversation.id, lock=True)
        if locked is None or not await (accept if yes else rephrase)(session, runtime, locked):
            return False
        heard.store(session, locked, said)
        await inbox.done(session, event)
    runtime.posted()
    return True


async def sweep(runtime: Runtime) -> int:
    """Fetch a person wherever an offer got no answer in its time, and count them: nobody is left in silence."""
    async with runtime.database.reading() as session:
        due = await offers.due(session, runtime.workspace_id, now(), limit=AT_ONCE)
    handed_off = 0
    for conversation_id in due:
        async with runtime.database.transaction() as session:
            handed_off += await _lapse(session, runtime, conversation_id)
    if handed_off:
        runtime.posted()
    return handed_off


async def _lapse(session: AsyncSession, runtime: Runtime, conversation_id: str) -> bool:
    conversation = await conversations.by_id(session, runtime.workspace_id, conversation_id, lock=True)
    made = conversation and await offers.open_of(session, conversation)
    if conversation is None or made is None or made.due_at is None or made.due_at > now():
        return False
    if conversation.state != ConversationState.WITH_AI:
        offers.close(session, made, OfferState.GONE)
        return False
    offers.close(session, made, OfferState.LAPSED)
    await _hand_off(session, runtime, conversation, made, SAID_NOTHING)
    return True


async def _hand_off(session: AsyncSession, runtime: Runtime, conversation: Conversation, made: Offer, why: str) -> None:
    await _without_buttons(session, conversation, made)
    verdict = Verdict(Action.HAND_OFF, HandoffReason(made.reason), (*made.reasons, why))
    await answering.hand_off(session, runtime, conversation, Call(verdict, made.question, made.draft_id))


async def _without_buttons(session: AsyncSession, conversation: Conversation, made: Offer) -> None:
    """An old button that does nothing is a promise broken."""
    wanted = select(Message).where(Message.workspace_id == made.workspace_id, Message.id == made.message_id)
    said = (await session.exec(wanted)).first()
    if said:
        await posts.change_said(session, conversation, said, flow_view.offer_closed(conversation.language))
