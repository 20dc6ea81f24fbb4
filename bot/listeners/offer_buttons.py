"""The buttons under an offer of a person: yes, or another try in other words."""

from collections.abc import Awaitable, Callable

from slack_bolt.async_app import AsyncApp
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.conversation import offered
from bot.listeners.press import Handler, Press, listener, own_conversation
from bot.runtime import Runtime
from bot.views import refusal
from bot.views.ids import ActionId, ConversationRef
from bot.views.post import Post
from storage.tables import Conversation

GONE_ON = "The conversation has gone on from there already; just write here."


def register(app: AsyncApp, runtime: Runtime) -> None:
    """Register the two answers to an offer."""
    app.action(ActionId.OFFER_ACCEPTED)(listener(runtime, _answered_by(offered.accept)))
    app.action(ActionId.OFFER_REPHRASED)(listener(runtime, _answered_by(offered.rephrase)))


def _answered_by(answer: Callable[[AsyncSession, Runtime, Conversation], Awaitable[bool]]) -> Handler:
    async def answered(runtime: Runtime, press: Press) -> Post | None:
        ref = ConversationRef.unpack(press.value)
        async with runtime.database.transaction() as session:
            conversation = await own_conversation(
                session, runtime, press, ref.conversation_id, only="Only the person who asked can answer that."
            )
            if isinstance(conversation, Post):
                return conversation
            done = await answer(session, runtime, conversation)
        return None if done else refusal.of(GONE_ON)

    return answered
