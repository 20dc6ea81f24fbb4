"""An offer to fetch a person, in place of a handoff that nobody asked for: one a conversation, and never for long."""

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.conversation import renewing
from bot.conversation.before import Before
from bot.runtime import Runtime
from bot.views import flow as flow_view
from bot.views.ids import ConversationRef
from handoff.gate import Verdict
from storage import offers
from storage.kinds import Action, HandoffReason
from storage.row import now
from storage.tables import Conversation, Message, Offer

OFFERED_FOR = (HandoffReason.LOW_CONFIDENCE, HandoffReason.NOTHING_FOUND)
"""Reasons that another wording may mend. A wish, anger, a listed subject, a failure or a policy hand off at once."""
SECONDS_A_MINUTE = 60


async def offer(
    session: AsyncSession,
    runtime: Runtime,
    conversation: Conversation,
    message: Message,
    verdict: Verdict,
    *,
    before: Before,
    draft_id: str | None,
) -> bool:
    """Offer a person instead of fetching one at once; false where that is not wanted, or was done before.

    Args:
        session: of the turn's transaction.
        runtime: for how long an offer waits.
        conversation: where it is made.
        message: what the customer asked.
        verdict: the handoff that happens by itself when the customer says nothing.
        before: what came before it.
        draft_id: what agents will see of it.
    """
    waits = runtime.offer_waits_in(conversation.channel_id)
    fits = verdict.action == Action.HAND_OFF and verdict.reason in OFFERED_FOR
    if not waits or not fits or await offers.of(session, conversation):
        return False
    post = flow_view.offer(
        minutes=max(1, round(waits.total_seconds() / SECONDS_A_MINUTE)),
        ref=ConversationRef(conversation_id=conversation.id),
        first=before.first,
        language=conversation.language,
        company=runtime.company,
    )
    said = await renewing.say(session, runtime, conversation, post, post.text, in_place_of=before.in_place_of)
    made = Offer(
        workspace_id=conversation.workspace_id,
        conversation_id=conversation.id,
        reason=verdict.reason or "",
        reasons=list(verdict.reasons),
        question=message.text,
        draft_id=draft_id,
        message_id=said.id,
        due_at=now() + waits,
    )
    session.add_all([made, conversation])
    return True
