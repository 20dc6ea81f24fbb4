"""The agents' desk: open, claim, take over, give back, resolve and reopen.

Each function changes rows inside the caller's transaction and returns what happened; telling people is the
caller's part, in the same transaction.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlmodel.ext.asyncio.session import AsyncSession

from handoff.gate import STEPPED_IN
from storage import handoffs, standing
from storage.ids import new_id
from storage.kinds import ClosedAs, Confirmation, ConversationState, HandoffReason, HandoffState, Offered, ResolvedBy
from storage.row import now
from storage.tables import Conversation, Handoff

SUMMARY_LENGTH = 280
"""Characters of what a handoff is about, in the customer's own words."""
URGENT = {HandoffReason.WISH, HandoffReason.FRUSTRATION}


class Claim(StrEnum):
    """What a press on Claim came to."""

    WON = "won"
    MINE_ALREADY = "mine_already"
    LOST = "lost"
    """Another agent has it."""
    TOO_LATE = "too_late"
    """It is done, or gone."""


@dataclass(frozen=True, slots=True)
class Claimed:
    """The outcome of a claim, with the rows as they stand now."""

    outcome: Claim
    handoff: Handoff | None = None
    conversation: Conversation | None = None


async def open_handoff(
    session: AsyncSession,
    conversation: Conversation,
    *,
    reason: HandoffReason,
    reasons: tuple[str, ...],
    summary: str,
    draft_id: str | None = None,
) -> Handoff:
    """Ask for a person. A conversation that already waits for one keeps its handoff."""
    conversation.state = ConversationState.WAITING
    conversation.resolution_due_at = None
    conversation.offered = conversation.offered or Offered.PEOPLE
    session.add(conversation)
    if existing := await handoffs.open_of(session, conversation):
        return existing
    handoff = Handoff(
        workspace_id=conversation.workspace_id,
        id=new_id(),
        conversation_id=conversation.id,
        reason=reason,
        reasons=list(reasons),
        priority=int(reason in URGENT),
        summary=summary[:SUMMARY_LENGTH],
        draft_id=draft_id,
    )
    session.add(handoff)
    return handoff


async def claim(session: AsyncSession, workspace_id: str, handoff_id: str, agent_id: str) -> Claimed:
    """Give the handoff to this agent unless somebody has it: the rows are locked, so one of many wins."""
    found = await handoffs.with_conversation(session, workspace_id, handoff_id)
    if found is None:
        return Claimed(Claim.TOO_LATE)
    handoff, conversation = found
    if handoff.state == HandoffState.DONE:
        return Claimed(Claim.TOO_LATE, handoff, conversation)
    if handoff.state == HandoffState.CLAIMED:
        outcome = Claim.MINE_ALREADY if handoff.claimed_by == agent_id else Claim.LOST
        return Claimed(outcome, handoff, conversation)
    _give_to(handoff, conversation, agent_id)
    session.add_all([handoff, conversation])
    return Claimed(Claim.WON, handoff, conversation)


async def take_over(session: AsyncSession, conversation: Conversation, agent_id: str) -> tuple[Handoff, bool]:
    """An agent answered in the customer's thread: the conversation is theirs. Tells whether it was not before."""
    handoff = await open_handoff(
        session,
        conversation,
        reason=HandoffReason.POLICY,
        reasons=(STEPPED_IN,),
        summary=STEPPED_IN,
    )
    changed = handoff.claimed_by != agent_id
    if changed:
        _give_to(handoff, conversation, agent_id)
    conversation.state = ConversationState.WITH_HUMAN
    conversation.first_human_reply_at = conversation.first_human_reply_at or now()
    conversation.first_reply_at = conversation.first_reply_at or now()
    session.add_all([handoff, conversation])
    return handoff, changed


def _give_to(handoff: Handoff, conversation: Conversation, agent_id: str) -> None:
    handoff.state, handoff.claimed_by, handoff.claimed_at = HandoffState.CLAIMED, agent_id, now()
    conversation.state = ConversationState.WITH_HUMAN


async def give_back(session: AsyncSession, conversation: Conversation) -> Handoff | None:
    """Return the conversation to the AI; None when no person has it."""
    handoff = await handoffs.open_of(session, conversation)
    if handoff is None or conversation.state == ConversationState.RESOLVED:
        return None
    handoff.state, handoff.done_at = HandoffState.DONE, now()
    conversation.state = ConversationState.WITH_AI
    session.add_all([handoff, conversation])
    return handoff


async def resolve(
    session: AsyncSession, conversation: Conversation, *, confirmation: Confirmation, person_id: str | None
) -> Handoff | None:
    """End the conversation and its open handoff, which is returned.

    The arm is decided by who worked on it: `human` when the AI never answered, `ai` when no agent wrote or ended it. An
    agent who ends it without a word, after a call say, has resolved it all the same.
    """
    handoff = await handoffs.open_of(session, conversation)
    if handoff:
        handoff.state, handoff.done_at = HandoffState.DONE, now()
        session.add(handoff)
    conversation.state = ConversationState.RESOLVED
    conversation.resolved_at = now()
    conversation.resolved_by = _arm(conversation, by_agent=person_id not in (None, conversation.customer_id))
    conversation.confirmation = confirmation
    conversation.resolved_by_person = person_id
    conversation.resolution_due_at = None
    session.add(conversation)
    await standing.note(session, conversation)
    return handoff


def _arm(conversation: Conversation, *, by_agent: bool) -> ResolvedBy:
    if conversation.ai_replied and conversation.first_human_reply_at is None and not by_agent:
        return ResolvedBy.AI
    return ResolvedBy.AI_THEN_HUMAN if conversation.ai_replied else ResolvedBy.HUMAN


async def close(session: AsyncSession, conversation: Conversation, closed_as: ClosedAs) -> Handoff | None:
    """End the conversation without a resolution, so that it counts in no report; returns its handoff, done now."""
    handoff = await handoffs.open_of(session, conversation)
    if handoff:
        handoff.state, handoff.done_at = HandoffState.DONE, now()
        session.add(handoff)
    conversation.state, conversation.closed_as = ConversationState.RESOLVED, closed_as
    conversation.resolution_due_at = None
    session.add(conversation)
    return handoff


async def merge(session: AsyncSession, conversation: Conversation, into: Conversation) -> Handoff | None:
    """Go on with the conversation in another one of the same customer; returns its handoff, done now."""
    conversation.merged_into = into.id
    return await close(session, conversation, ClosedAs.MERGED)


async def take_back_merge(session: AsyncSession, conversation: Conversation, handoff: Handoff | None) -> None:
    """The conversation goes on by itself again, with whom it was; `handoff` is the one that the merge closed."""
    conversation.closed_as = conversation.merged_into = ""
    conversation.state = ConversationState.WITH_AI
    if handoff:
        handoff.state, handoff.done_at = (HandoffState.CLAIMED if handoff.claimed_by else HandoffState.QUEUED), None
        conversation.state = ConversationState.WITH_HUMAN if handoff.claimed_by else ConversationState.WAITING
        session.add(handoff)
    session.add(conversation)


async def reopen(
    session: AsyncSession, conversation: Conversation, *, resolution_days: int, at: datetime | None = None
) -> bool:
    """The customer came back. Within so many days the resolution is taken back, later the next one is a new one.

    Args:
        session: of the transaction that reopens it.
        conversation: a resolved one.
        resolution_days: so many.
        at: when they did, now when not told; they wait from then on.

    Returns:
        Whether a person had it before.
    """
    moment = at or now()
    final_before = moment - timedelta(days=resolution_days)
    ended = await standing.reopened(session, conversation, at=moment, final_before=final_before)
    if ended and ended.taken_back_at is None:
        _begin_anew(conversation)
    had_person = conversation.resolved_by not in (ResolvedBy.AI, None)
    conversation.closed_as = conversation.merged_into = ""
    conversation.state = ConversationState.WITH_AI
    conversation.resolved_at = conversation.resolved_by = conversation.confirmation = None
    conversation.resolved_by_person = None
    conversation.reopened += 1
    session.add(conversation)
    return had_person


def _begin_anew(conversation: Conversation) -> None:
    """What comes now is a matter of its own: who answers it, and how soon, has nothing to do with the one before."""
    conversation.topic, conversation.ai_replied = "", False
    conversation.first_reply_at = conversation.first_human_reply_at = None


def answered(conversation: Conversation, *, silence: timedelta) -> None:
    """The AI has replied: silence of this length from now counts as solved."""
    conversation.first_reply_at = conversation.first_reply_at or now()
    conversation.ai_replied = True
    conversation.resolution_due_at = now() + silence
