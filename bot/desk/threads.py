"""The conversation that an agent acts on from its card, when it is theirs to act on."""

import hashlib
from dataclasses import dataclass

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.desk import cards
from bot.runtime import Runtime
from bot.slack import posts
from bot.views.ids import HandoffRef
from storage import conversations, handoffs
from storage.kinds import ConversationState
from storage.tables import Conversation, Handoff


@dataclass(frozen=True, slots=True)
class InHand:
    """A conversation with its open handoff, which this agent may act on; both are locked."""

    conversation: Conversation
    handoff: Handoff


class Refused(Exception):
    """Nothing was changed.

    Args:
        why: in a whole sentence for the agent.
        holder: the agent who has the conversation, when that is why.
    """

    def __init__(self, why: str, holder: str = "") -> None:
        super().__init__(why)
        self.why, self.holder = why, holder


async def in_hand(
    session: AsyncSession, runtime: Runtime, ref: HandoffRef, agent_id: str, *, seen: str | None = None
) -> InHand:
    """The card's conversation, for this agent to act on.

    Args:
        session: of the transaction that acts.
        runtime: for the workspace.
        ref: what the card carries.
        agent_id: who acts.
        seen: how the handoff stood when the agent began (`stands`), None when that does not matter.

    Raises:
        Refused: when it is closed, another agent's, or no longer as the agent saw it.
    """
    conversation = await conversations.by_id(session, runtime.workspace_id, ref.conversation_id, lock=True)
    if conversation is not None and conversation.merged_into:
        raise Refused("This conversation was merged into another one.")
    if conversation is None or conversation.state == ConversationState.RESOLVED:
        raise Refused("This conversation is resolved already.")
    handoff = await handoffs.open_of(session, conversation)
    if handoff is None or handoff.id != ref.handoff_id:
        raise Refused("This card is an older one; the conversation has moved on.")
    if handoff.claimed_by and handoff.claimed_by != agent_id:
        raise Refused("", handoff.claimed_by)
    if seen is not None and seen != stands(handoff):
        raise Refused("Somebody split or merged this one meanwhile. Go back and look at its card.")
    return InHand(conversation, handoff)


def stands(handoff: Handoff) -> str:
    """What a handoff is about, as a short key that changes with it."""
    about = "\n".join([handoff.summary, *handoff.reasons])
    return hashlib.blake2s(about.encode(), digest_size=8).hexdigest()


async def show(session: AsyncSession, runtime: Runtime, conversation: Conversation, handoff: Handoff | None) -> None:
    """Bring a card up to date; there is none when no person was asked for."""
    if handoff is None or handoff.card_id is None:
        return
    session.add(handoff)
    await session.flush()
    posts.change_card(session, conversation, handoff, await cards.render(session, runtime, conversation, handoff))
