"""Gathers what a handoff's card shows."""

from slack_sdk.models.blocks import Block
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.desk import taught
from bot.disclosure import disclosing
from bot.disclosure.disclosing import Circle
from bot.runtime import Runtime
from bot.views import answers as answers_view
from bot.views import desk as desk_view
from bot.views.customer import SourceLink, sources_of
from bot.views.desk import HandoffCard, Line
from bot.views.ids import HandoffRef
from bot.views.post import Post
from handoff.draft import Author
from storage import conversations, handoffs
from storage.kinds import HandoffReason, HandoffState
from storage.tables import Conversation, Handoff, Message

LINES_ON_CARD = 6


async def render(session: AsyncSession, runtime: Runtime, conversation: Conversation, handoff: Handoff) -> Post:
    """The card as it stands now."""
    said = await conversations.messages(session, conversation.workspace_id, conversation.id, limit=LINES_ON_CARD)
    draft = await handoffs.draft(session, conversation.workspace_id, handoff.draft_id)
    circle = await disclosing.circle(session, conversation, handoff.draft_id) if draft else Circle.EVERYONE
    return desk_view.card(
        HandoffCard(
            handoff_id=handoff.id,
            conversation_id=conversation.id,
            state=HandoffState(handoff.state),
            reason=HandoffReason(handoff.reason),
            reasons=tuple(handoff.reasons),
            priority=handoff.priority,
            customer_id=conversation.customer_id,
            channel_id=conversation.channel_id,
            topic_title=await runtime.topic_title(conversation.topic),
            summary=handoff.summary,
            lines=tuple(line(each) for each in said),
            draft=draft.text if draft else "",
            sources=sources_of(draft.citations) if draft else (),
            thread_link=runtime.thread_link(conversation.channel_id, conversation.thread_ts),
            opened_at=handoff.opened_at,
            claimed_by=handoff.claimed_by,
            language=conversation.language,
            files=tuple(SourceLink(file["name"] or file["id"], file["url"]) for each in said for file in each.files),
            merged_link=await _merged_link(session, runtime, conversation),
            lesson=tuple(await _lesson(session, conversation, handoff)),
            draft_for_customer_only=circle == Circle.CUSTOMER,
        )
    )


def line(said: Message) -> Line:
    """One of a conversation's messages as agents read it."""
    in_passing = said.author == Author.BOT and not said.draft_id
    return Line(Author(said.author), said.author_id, said.text, said.private, in_passing)


async def _merged_link(session: AsyncSession, runtime: Runtime, conversation: Conversation) -> str:
    if not conversation.merged_into:
        return ""
    there = await conversations.after_merges(session, conversation)
    return runtime.thread_link(there.channel_id, there.thread_ts) if there else ""


async def _lesson(session: AsyncSession, conversation: Conversation, handoff: Handoff) -> list[Block]:
    """What a closed card offers besides: to teach its answer, or to forget it."""
    if handoff.state != HandoffState.DONE or conversation.merged_into:
        return []
    known = await taught.of_conversation(session, conversation)
    ref = HandoffRef(handoff_id=handoff.id, conversation_id=conversation.id)
    return answers_view.on_card(ref, known, teachable=await taught.teachable(session, conversation))
