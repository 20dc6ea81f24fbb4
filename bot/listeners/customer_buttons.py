"""The buttons under an answer: talk to a person, that solved it, that is no help."""

from slack_bolt.async_app import AsyncApp
from sqlmodel.ext.asyncio.session import AsyncSession

from bot import answering, resolving, reviewing
from bot.listeners.press import Press, listener, own_conversation
from bot.runtime import Runtime
from bot.views import customer as customer_view
from bot.views import desk as desk_view
from bot.views.ids import ActionId, ConversationRef
from bot.views.post import Post
from handoff import gate, mood
from handoff.draft import Author, Turn
from handoff.gate import Verdict
from storage import conversations, handoffs
from storage.kinds import Action, Confirmation, ConversationState, HandoffReason
from storage.row import now
from storage.tables import Conversation


def register(app: AsyncApp, runtime: Runtime) -> None:
    """Register the customer's buttons."""
    app.action(ActionId.WANT_PERSON)(listener(runtime, want_person))
    app.action(ActionId.SOLVED)(listener(runtime, solved))
    app.action(ActionId.NOT_HELPFUL)(listener(runtime, not_helpful))


async def want_person(runtime: Runtime, press: Press) -> Post | None:
    """The customer asks for a person by the button."""
    ref = ConversationRef.unpack(press.value)
    async with runtime.database.transaction() as session:
        conversation = await own_conversation(
            session, runtime, press, ref.conversation_id, only="Only the person who asked can call somebody in here."
        )
        if isinstance(conversation, Post):
            return conversation
        if conversation.state != ConversationState.WITH_AI:
            return desk_view.too_late(_state_words(conversation.state))
        said = await conversations.messages(session, runtime.workspace_id, conversation.id)
        asked = [each.text for each in said if each.author == "customer"]
        verdict = Verdict(Action.HAND_OFF, HandoffReason.WISH, ("The customer pressed “Talk to a person”.",))
        question = asked[-1] if asked else ""
        await answering.hand_off(session, runtime, conversation, verdict, first=False, question=question)
    return None


async def solved(runtime: Runtime, press: Press) -> Post | None:
    """The customer says that it is solved."""
    ref = ConversationRef.unpack(press.value)
    async with runtime.database.transaction() as session:
        conversation = await own_conversation(
            session, runtime, press, ref.conversation_id, only="Only the person who asked can say that it is solved."
        )
        if isinstance(conversation, Post):
            return conversation
        if conversation.state == ConversationState.RESOLVED:
            return desk_view.too_late(_state_words(conversation.state))
        await resolving.resolve(
            session, runtime, conversation, confirmation=Confirmation.CONFIRMED, person_id=press.user_id
        )
    return None


async def not_helpful(runtime: Runtime, press: Press) -> Post | None:
    """The customer says that a reply is no help: a person reviews it, and comes when the customer has had enough."""
    ref = ConversationRef.unpack(press.value)
    async with runtime.database.transaction() as session:
        conversation = await own_conversation(
            session, runtime, press, ref.conversation_id, only="Only the person who asked can say whether it helped."
        )
        if isinstance(conversation, Post):
            return conversation
        if conversation.state != ConversationState.WITH_AI:
            return desk_view.too_late(_state_words(conversation.state))
        if not await _noted(session, conversation, ref.draft_id):
            return customer_view.no_help_noted(conversation.language)
        return await _after_no_help(session, runtime, conversation)


async def _noted(session: AsyncSession, conversation: Conversation, draft_id: str | None) -> bool:
    """Note the press; false when it was noted before."""
    draft = await handoffs.draft(session, conversation.workspace_id, draft_id)
    if draft is None or draft.conversation_id != conversation.id or draft.unhelpful_at:
        return False
    draft.unhelpful_at = now()
    conversation.thumbs_down += 1
    session.add_all([draft, conversation])
    await reviewing.certain(session, conversation, draft)
    return True


async def _after_no_help(session: AsyncSession, runtime: Runtime, conversation: Conversation) -> Post | None:
    """A person, when the customer's patience is at its end; else a word that shows the ways on."""
    said = await conversations.messages(session, runtime.workspace_id, conversation.id)
    turns = [Turn(Author(each.author), each.text, each.created_at) for each in said]
    felt = mood.read(turns, thumbs_down=conversation.thumbs_down)
    verdict = gate.person_needed(felt, (await runtime.ground()).policy(conversation.topic))
    if verdict is None:
        return customer_view.no_help_noted(conversation.language)
    asked = [turn.text for turn in turns if turn.author == Author.CUSTOMER]
    await answering.hand_off(session, runtime, conversation, verdict, first=False, question=asked[-1] if asked else "")
    return None


def _state_words(state: str) -> str:
    match state:
        case ConversationState.WAITING:
            return "A person is on the way already; they will answer in this thread."
        case ConversationState.WITH_HUMAN:
            return "A person has this conversation already; just write here."
        case _:
            return "This conversation is already marked as solved. Write here if something is left."
