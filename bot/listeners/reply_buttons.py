"""The buttons of one reply: whether it helped, and who sees one that was given privately."""

from slack_bolt.async_app import AsyncApp
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.conversation import answering, feedback, replying
from bot.conversation.answering import Call
from bot.conversation.feedback import Noted
from bot.listeners.press import Press, instead, listener, own_conversation, tell
from bot.runtime import Runtime
from bot.slack import posts
from bot.views import controls
from bot.views import private as private_view
from bot.views.ids import ActionId, ConversationRef, FeedbackRef
from bot.views.post import Post
from handoff import gate, mood
from handoff.draft import Author, Turn
from storage import conversations
from storage.kinds import ConversationState
from storage.tables import Conversation

ONLY_ASKER = "Only the person who asked can say whether it helped."
ONLY_SHOWN = "Only the person who was answered can see that."


def register(app: AsyncApp, runtime: Runtime) -> None:
    """Register the buttons under replies."""
    app.action(ActionId.HELPFUL)(listener(runtime, helpful))
    app.action(ActionId.NOT_HELPFUL)(listener(runtime, not_helpful))
    app.action(ActionId.FEEDBACK)(listener(runtime, either))
    app.action(ActionId.SHOW_AGAIN)(listener(runtime, show_again))
    app.action(ActionId.SHOW_EVERYONE)(listener(runtime, show_everyone))


async def helpful(runtime: Runtime, press: Press) -> Post | None:
    """The customer says that a reply helped."""
    return await _judged(runtime, press, ConversationRef.unpack(press.value), helped=True)


async def not_helpful(runtime: Runtime, press: Press) -> Post | None:
    """The customer says that a reply is no help: a person reviews it, and comes when the customer has had enough."""
    return await _judged(runtime, press, ConversationRef.unpack(press.value), helped=False)


async def either(runtime: Runtime, press: Press) -> Post | None:
    """One of Slack's own feedback buttons, which share an action."""
    ref = FeedbackRef.unpack(press.value)
    same = ConversationRef(conversation_id=ref.conversation_id, draft_id=ref.draft_id)
    return await _judged(runtime, press, same, helped=ref.helpful)


async def _judged(runtime: Runtime, press: Press, ref: ConversationRef, *, helped: bool) -> Post | None:
    async with runtime.database.transaction() as session:
        conversation = await own_conversation(session, runtime, press, ref.conversation_id, only=ONLY_ASKER)
        if isinstance(conversation, Post):
            return conversation
        noted = await feedback.note(session, conversation, ref.draft_id, helpful=helped)
        if noted == Noted.REFUSED:
            return private_view.changed_already(conversation.language)
        if noted == Noted.SAME:
            return None
        if not helped and conversation.state == ConversationState.WITH_AI:
            await _call_somebody(session, runtime, conversation)
        return _heard(session, conversation, press, ref, helped=helped, may_change=noted == Noted.FIRST)


def _heard(
    session: AsyncSession,
    conversation: Conversation,
    press: Press,
    ref: ConversationRef,
    *,
    helped: bool,
    may_change: bool,
) -> Post | None:
    """Change the reply so that its customer sees that they were heard."""
    shown = controls.heard(press.blocks, helpful=helped, may_change=may_change, ref=ref, language=conversation.language)
    post = Post(press.text, tuple(shown))
    if press.answer_url:
        return instead(post)
    posts.change(session, conversation, post, channel_id=press.channel_id, ts=press.message_ts)
    return None


async def _call_somebody(session: AsyncSession, runtime: Runtime, conversation: Conversation) -> None:
    """A person, when the customer's patience is at its end."""
    said = await conversations.messages(session, runtime.workspace_id, conversation.id)
    turns = [Turn(Author(each.author), each.text, each.created_at) for each in said]
    felt = mood.read(turns, thumbs_down=conversation.thumbs_down)
    verdict = gate.person_needed(felt, (await runtime.ground()).policy(conversation.topic))
    if verdict is None:
        return
    asked = [turn.text for turn in turns if turn.author == Author.CUSTOMER]
    await answering.hand_off(session, runtime, conversation, Call(verdict, asked[-1] if asked else ""))


async def show_again(runtime: Runtime, press: Press) -> Post | None:
    """The customer wants to see again what only they can see; Slack forgets it on a reload."""
    ref = ConversationRef.unpack(press.value)
    async with runtime.database.transaction() as session:
        conversation = await own_conversation(session, runtime, press, ref.conversation_id, only=ONLY_SHOWN)
        if isinstance(conversation, Post):
            return conversation
        found = await replying.once_more(session, runtime, conversation)
        language = conversation.language
    if not found:
        return private_view.nothing(language)
    for post in found[:-1]:
        await tell(runtime, press, post)
    return found[-1]


async def show_everyone(runtime: Runtime, press: Press) -> Post | None:
    """The customer shows everyone a reply that only they saw."""
    ref = ConversationRef.unpack(press.value)
    async with runtime.database.transaction() as session:
        conversation = await own_conversation(session, runtime, press, ref.conversation_id, only=ONLY_SHOWN)
        if isinstance(conversation, Post):
            return conversation
        return instead(await replying.show_everyone(session, conversation, ref.draft_id))
