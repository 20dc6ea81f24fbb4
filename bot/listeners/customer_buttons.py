"""The buttons that end a conversation with the AI: talk to a person, that solved it."""

from slack_bolt.async_app import AsyncApp

from bot.conversation import answering, resolving
from bot.conversation.answering import Call
from bot.desk import reviewing
from bot.listeners.press import Press, listener, own_conversation
from bot.runtime import Runtime
from bot.views import refusal
from bot.views.ids import ActionId, ConversationRef
from bot.views.post import Post
from handoff.gate import Verdict
from storage import conversations
from storage.kinds import WITH_PEOPLE, Action, Confirmation, ConversationState, HandoffReason


def register(app: AsyncApp, runtime: Runtime) -> None:
    """Register the customer's buttons."""
    app.action(ActionId.WANT_PERSON)(listener(runtime, want_person))
    app.action(ActionId.SOLVED)(listener(runtime, solved))


async def want_person(runtime: Runtime, press: Press) -> Post | None:
    """The customer asks for a person by the button."""
    ref = ConversationRef.unpack(press.value)
    async with runtime.database.transaction() as session:
        conversation = await own_conversation(
            session, runtime, press, ref.conversation_id, only="Only the person who asked can call somebody in here."
        )
        if isinstance(conversation, Post):
            return conversation
        if conversation.state in WITH_PEOPLE:
            return refusal.of(_state_words(conversation.state))
        if conversation.state == ConversationState.RESOLVED:
            await resolving.reopen(session, runtime, conversation)
            await reviewing.certain(session, conversation)
        said = await conversations.messages(session, runtime.workspace_id, conversation.id)
        asked = [each.text for each in said if each.author == "customer"]
        verdict = Verdict(Action.HAND_OFF, HandoffReason.WISH, ("The customer pressed “Talk to a person”.",))
        question = asked[-1] if asked else ""
        await answering.hand_off(session, runtime, conversation, Call(verdict, question))
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
            return refusal.of(_state_words(conversation.state))
        await resolving.resolve(
            session, runtime, conversation, confirmation=Confirmation.CONFIRMED, person_id=press.user_id
        )
    return None


def _state_words(state: str) -> str:
    match state:
        case ConversationState.WAITING:
            return "A person is on the way already; they will answer in this thread."
        case ConversationState.WITH_HUMAN:
            return "A person has this conversation already; just write here."
        case _:
            return "This conversation is already marked as solved. Write here if something is left."
