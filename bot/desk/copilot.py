"""What agents do with a draft: send it, edit and send it, discard it. Each deed is also their verdict on the draft."""

from dataclasses import dataclass

from sqlmodel.ext.asyncio.session import AsyncSession

from bot import trust
from bot.desk import cards, relay, working
from bot.disclosure import disclosing, holding
from bot.disclosure.disclosing import Circle
from bot.runtime import Runtime
from bot.slack import posts
from bot.slack.people import Profile
from bot.views import desk as desk_view
from bot.views import draft as draft_view
from bot.views import refusal
from bot.views.ids import EditRef, HandoffRef
from bot.views.post import Post, View
from handoff import desk
from handoff.desk import Claim
from storage import handoffs, reviews
from storage.kinds import EffortKind, HandoffState, ReviewVerdict
from storage.tables import Conversation, DraftRow, Handoff

CLOSED = "This handoff is closed already."
KEPT = "Nothing was sent; your text is still here to copy."


@dataclass(frozen=True, slots=True)
class Drafted:
    """An open handoff with its draft, locked."""

    handoff: Handoff
    conversation: Conversation
    draft: DraftRow


async def send(runtime: Runtime, agent: Profile, ref: HandoffRef) -> Post | None:
    """Send the draft as it is, under the agent's name; who sends it has the conversation.

    Returns:
        Why nothing was sent; None when it was.
    """
    async with runtime.database.transaction() as session:
        found = await _drafted(session, runtime, ref, agent.user_id)
        if isinstance(found, Post):
            return found
        circle = await disclosing.circle(session, found.conversation, found.draft.id)
        if circle == Circle.NOBODY:
            return draft_view.no_longer_for_customer()
        if why := await holding.withdrawn_since(session, found.draft):
            return draft_view.rests_on_nothing(why)
        await _worked(session, runtime, found, agent.user_id, EffortKind.APPROVAL)
        await _send(session, runtime, agent, found, found.draft.text, alone=circle == Circle.CUSTOMER)
        await _label(session, runtime, found.draft, ReviewVerdict.RIGHT, agent.user_id)
    return None


async def edit_form(runtime: Runtime, agent_id: str, ref: HandoffRef) -> View | Post:
    """The form with the draft's text; why there is none when somebody else has it, or it is used."""
    async with runtime.database.transaction() as session:
        found = await _drafted(session, runtime, ref, agent_id)
        if isinstance(found, Post):
            return found
        await _worked(session, runtime, found, agent_id, EffortKind.CORRECTION)
        place = EditRef(handoff_id=found.handoff.id, conversation_id=found.conversation.id, draft_id=found.draft.id)
        return draft_view.edit_form(place, found.draft.text)


async def send_edited(runtime: Runtime, agent: Profile, ref: EditRef, text: str) -> str:
    """Send what the agent made of the draft.

    It counts as right when nothing but white space was changed, else as incomplete: something had to be done to it.

    Returns:
        Why nothing was sent, for the form, which keeps the text; nothing when it was.
    """
    if not text.strip():
        return "Write what the customer should read."
    async with runtime.database.transaction() as session:
        place = HandoffRef(handoff_id=ref.handoff_id, conversation_id=ref.conversation_id)
        found = await _drafted(session, runtime, place, agent.user_id, draft_id=ref.draft_id)
        if not isinstance(found, Post):
            return await _send_edited(session, runtime, agent, found, text)
        who = await handoffs.by_id(session, runtime.workspace_id, ref.handoff_id)
    return f"{await _why(runtime, who, agent.user_id)} {KEPT}"


async def _send_edited(session: AsyncSession, runtime: Runtime, agent: Profile, found: Drafted, text: str) -> str:
    circle = await disclosing.circle(session, found.conversation, found.draft.id)
    if circle == Circle.NOBODY:
        return f"{draft_view.NO_LONGER_FOR_CUSTOMER} {KEPT}"
    same = text.split() == found.draft.text.split()
    if same and (why := await holding.withdrawn_since(session, found.draft)):
        return f"{draft_view.REWRITE} {why} {KEPT}"
    kind = EffortKind.APPROVAL if same else EffortKind.CORRECTION
    await _worked(session, runtime, found, agent.user_id, kind, wrote=True)
    await _send(session, runtime, agent, found, text, alone=circle == Circle.CUSTOMER)
    verdict = ReviewVerdict.RIGHT if same else ReviewVerdict.INCOMPLETE
    await _label(session, runtime, found.draft, verdict, agent.user_id)
    return ""


async def discard(runtime: Runtime, agent: Profile, ref: HandoffRef, verdict: ReviewVerdict | None) -> Post | None:
    """Put the draft away; `verdict` is why, None when it was only not needed, which says nothing of the draft."""
    async with runtime.database.transaction() as session:
        found = await _drafted(session, runtime, ref, agent.user_id)
        if isinstance(found, Post):
            return found
        await _worked(session, runtime, found, agent.user_id, EffortKind.APPROVAL)
        if verdict:
            await _label(session, runtime, found.draft, verdict, agent.user_id)
        posts.to_desk(session, found.conversation, found.handoff, draft_view.discarded(agent.user_id, verdict))
        await _used(session, runtime, found)
    return None


async def _drafted(
    session: AsyncSession, runtime: Runtime, ref: HandoffRef, agent_id: str, *, draft_id: str = ""
) -> Drafted | Post:
    """The handoff with its draft, when this agent may use it; else the word that says why not. Claims nothing."""
    found = await handoffs.with_conversation(session, runtime.workspace_id, ref.handoff_id)
    if found is None or found[0].state == HandoffState.DONE:
        return refusal.of(CLOSED)
    handoff, conversation = found
    if handoff.claimed_by and handoff.claimed_by != agent_id:
        return refusal.held_by(handoff.claimed_by)
    draft = await handoffs.draft(session, runtime.workspace_id, handoff.draft_id)
    if draft is None or not draft.text.strip() or draft_id not in ("", draft.id):
        return desk_view.draft_empty()
    return Drafted(handoff, conversation, draft)


async def _worked(
    session: AsyncSession, runtime: Runtime, found: Drafted, agent_id: str, kind: EffortKind, *, wrote: bool = False
) -> None:
    came = found.handoff.opened_at
    await working.did(session, runtime, found.conversation, agent_id, kind, came=came, wrote=wrote)


async def _why(runtime: Runtime, handoff: Handoff | None, agent_id: str) -> str:
    """Why an edited draft cannot be sent, in plain text: a form shows no mentions, so Slack may be asked for a name."""
    if handoff is None or handoff.state == HandoffState.DONE:
        return CLOSED
    if handoff.claimed_by and handoff.claimed_by != agent_id:
        return f"{(await runtime.people.profile(handoff.claimed_by)).name} has this one by now."
    return "This draft was sent or discarded meanwhile."


async def _send(
    session: AsyncSession, runtime: Runtime, agent: Profile, found: Drafted, text: str, *, alone: bool
) -> None:
    claimed = await desk.claim(session, runtime.workspace_id, found.handoff.id, agent.user_id)
    card = (found.handoff.desk_channel_id, found.handoff.desk_ts or "")
    for part in draft_view.sent(agent.user_id, text, alone=alone):
        posts.to_desk(session, found.conversation, found.handoff, part)
    relay.send_draft(session, found.conversation, agent, text, desk=card, alone=alone)
    await _used(session, runtime, found, first=claimed.outcome == Claim.WON)


async def _used(session: AsyncSession, runtime: Runtime, found: Drafted, *, first: bool = False) -> None:
    """A draft is used once: the card shows it no more, so that it is neither sent twice nor judged twice."""
    found.handoff.draft_id = None
    session.add(found.handoff)
    await session.flush()
    if first:
        await relay.show_claimed(session, runtime, found.conversation, found.handoff)
        return
    card = await cards.render(session, runtime, found.conversation, found.handoff)
    posts.change_card(session, found.conversation, found.handoff, card)


async def _label(session: AsyncSession, runtime: Runtime, draft: DraftRow, verdict: ReviewVerdict, by: str) -> None:
    decision = await reviews.decision_of(session, draft)
    if decision is None:
        return
    review = await reviews.judge_draft(session, draft, decision, verdict, by)
    if review:
        await trust.after_review(session, runtime, review)
