"""The survey: a score by a button, and a comment by a form. One rating a conversation, the last wins."""

from typing import Any

from slack_bolt.async_app import AsyncApp

from bot.desk import reviewing
from bot.disclosure import readers
from bot.listeners import form
from bot.listeners.press import Press, listener, own_conversation
from bot.runtime import Runtime
from bot.slack import posts
from bot.views import refusal
from bot.views import survey as survey_view
from bot.views.ids import RATE_PATTERN, ActionId, BadReference, BlockId, CallbackId, RatingRef
from bot.views.post import Post
from storage import conversations, surveys


def register(app: AsyncApp, runtime: Runtime) -> None:
    """Register the survey's buttons and its form."""
    app.action(RATE_PATTERN)(listener(runtime, rate))
    app.action(ActionId.COMMENT)(listener(runtime, open_comment_form))
    app.view(CallbackId.COMMENT_FORM)(form.submission(runtime, comment, main=BlockId.COMMENT, senders="anybody"))


async def rate(runtime: Runtime, press: Press) -> Post | None:
    """The customer gives a score."""
    ref = RatingRef.unpack(press.value)
    async with runtime.database.transaction() as session:
        conversation = await own_conversation(
            session, runtime, press, ref.conversation_id, only="Only the person who asked can rate the answer."
        )
        if isinstance(conversation, Post):
            return conversation
        if ref.score is None:
            raise BadReference(RatingRef.__name__)
        rating = await surveys.rate(session, conversation, ref.score, lasts=runtime.survey_rules.expires)
        if rating is None:
            too_late = survey_view.too_late(conversation.language)
            posts.change(session, conversation, too_late, channel_id=press.channel_id, ts=press.message_ts)
            return None
        if rating.score <= reviewing.LOW_RATING:
            await reviewing.certain(session, conversation)
        placed = RatingRef(
            conversation_id=conversation.id,
            score=rating.score,
            channel_id=press.channel_id,
            message_ts=press.message_ts,
        )
        quiet = readers.answers_privately(runtime, conversation.channel_id)
        thanks = survey_view.thanks(rating.score, placed, conversation.language, quiet=quiet)
        posts.change(session, conversation, thanks, channel_id=press.channel_id, ts=press.message_ts)
    return None


async def open_comment_form(runtime: Runtime, press: Press) -> Post | None:
    """The customer wants to say more than a score."""
    ref = RatingRef.unpack(press.value)
    async with runtime.database.reading() as session:
        conversation = await conversations.by_id(session, runtime.workspace_id, ref.conversation_id)
    if conversation is None:
        return refusal.of("This conversation is no longer there.")
    if press.user_id != conversation.customer_id:
        return refusal.of("Only the person who asked can comment on the answer.")
    placed = ref.model_copy(update={"channel_id": press.channel_id, "message_ts": press.message_ts})
    await runtime.client.views_open(
        trigger_id=press.trigger_id, view=survey_view.comment_form(placed, conversation.language)
    )
    return None


async def comment(runtime: Runtime, body: dict[str, Any]) -> dict[str, str]:
    """Store the comment of a submitted form; errors are shown under the field and keep what was typed."""
    view = body["view"]
    ref, text = RatingRef.unpack(view["private_metadata"]), form.typed(view, BlockId.COMMENT, ActionId.COMMENT_TEXT)
    async with runtime.database.transaction() as session:
        conversation = await conversations.by_id(session, runtime.workspace_id, ref.conversation_id, lock=True)
        if conversation is None or conversation.customer_id != body["user"]["id"]:
            return {BlockId.COMMENT: "This conversation can no longer be rated."}
        # The form may be older than the score, so it changes the comment alone.
        rating = await surveys.comment(session, conversation, text)
        quiet = readers.answers_privately(runtime, conversation.channel_id)
        done = survey_view.commented(rating.score, conversation.language, quiet=quiet)
        posts.change(session, conversation, done, channel_id=ref.channel_id, ts=ref.message_ts)
    return {}
