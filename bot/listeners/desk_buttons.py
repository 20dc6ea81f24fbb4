"""The buttons on a handoff's card: claim, send the draft, resolve, give back to Baton."""

from slack_bolt.async_app import AsyncApp
from sqlmodel.ext.asyncio.session import AsyncSession

from bot import relay, resolving
from bot.listeners.press import Handler, Press, listener
from bot.people import Profile
from bot.runtime import Runtime
from bot.views import desk as desk_view
from bot.views.ids import ActionId, HandoffRef
from bot.views.post import Post
from handoff import desk
from handoff.desk import Claim, Claimed
from storage import conversations, handoffs
from storage.kinds import Confirmation, ConversationState
from storage.tables import Conversation, Handoff

ONLY_AGENTS = "Only the support team's agents can do that."


def register(app: AsyncApp, runtime: Runtime) -> None:
    """Register the agents' buttons."""
    handlers = {
        ActionId.CLAIM: claim,
        ActionId.SEND_DRAFT: send_draft,
        ActionId.RESOLVE: resolve,
        ActionId.GIVE_BACK: give_back,
    }
    for action, handler in handlers.items():
        app.action(action)(listener(runtime, _for_agents(handler)))


def _for_agents(handler: Handler) -> Handler:
    """The handler, which refuses everybody but agents."""

    async def checked(runtime: Runtime, press: Press) -> Post | None:
        if not await runtime.people.is_agent(press.user_id, press.team_id):
            return desk_view.not_allowed(ONLY_AGENTS)
        return await handler(runtime, press)

    return checked


async def claim(runtime: Runtime, press: Press) -> Post | None:
    """An agent takes the handoff; one wins, the others are told who has it."""
    agent = await runtime.people.profile(press.user_id)
    async with runtime.database.transaction() as session:
        return await _claim(session, runtime, HandoffRef.unpack(press.value), agent)


async def _claim(session: AsyncSession, runtime: Runtime, ref: HandoffRef, agent: Profile) -> Post | None:
    claimed = await desk.claim(session, runtime.workspace_id, ref.handoff_id, agent.user_id)
    match claimed:
        case Claimed(Claim.WON, Handoff() as handoff, Conversation() as conversation):
            await relay.tell_claimed(session, runtime, conversation, handoff, agent.name)
            return None
        case Claimed(Claim.LOST, Handoff(claimed_by=str() as winner)):
            return desk_view.lost_claim(winner)
        case Claimed(Claim.MINE_ALREADY):
            return desk_view.too_late("You have this one already. Write in the thread to answer.")
        case _:
            return desk_view.too_late("This handoff is closed already.")


async def send_draft(runtime: Runtime, press: Press) -> Post | None:
    """Send the draft as it is, under the agent's name; who sends it has the conversation."""
    agent = await runtime.people.profile(press.user_id)
    ref = HandoffRef.unpack(press.value)
    async with runtime.database.transaction() as session:
        claimed = await desk.claim(session, runtime.workspace_id, ref.handoff_id, agent.user_id)
        handoff, conversation = claimed.handoff, claimed.conversation
        if handoff is None or conversation is None or claimed.outcome == Claim.TOO_LATE:
            return desk_view.too_late("This handoff is closed already.")
        if claimed.outcome == Claim.LOST:
            return desk_view.lost_claim(handoff.claimed_by or "")
        draft = await handoffs.draft(session, runtime.workspace_id, handoff.draft_id)
        if draft is None or not draft.text:
            return desk_view.draft_empty()
        relay.send_draft(session, conversation, agent, draft.text, desk=(handoff.desk_channel_id, press.message_ts))
        if claimed.outcome == Claim.WON:
            await relay.show_claimed(session, runtime, conversation, handoff)
    return None


async def resolve(runtime: Runtime, press: Press) -> Post | None:
    """An agent ends the conversation."""
    ref = HandoffRef.unpack(press.value)
    async with runtime.database.transaction() as session:
        conversation = await _mine(session, runtime, ref, press.user_id)
        if isinstance(conversation, Post):
            return conversation
        await resolving.resolve(
            session, runtime, conversation, confirmation=Confirmation.CONFIRMED, person_id=press.user_id
        )
    return None


async def give_back(runtime: Runtime, press: Press) -> Post | None:
    """An agent returns the conversation to Baton."""
    ref = HandoffRef.unpack(press.value)
    async with runtime.database.transaction() as session:
        conversation = await _mine(session, runtime, ref, press.user_id)
        if isinstance(conversation, Post):
            return conversation
        if not await resolving.give_back(session, runtime, conversation):
            return desk_view.too_late("No person has this conversation any more.")
    return None


async def _mine(session: AsyncSession, runtime: Runtime, ref: HandoffRef, agent_id: str) -> Conversation | Post:
    """The conversation, when its open handoff is this agent's; else the word that says why not."""
    conversation = await conversations.by_id(session, runtime.workspace_id, ref.conversation_id, lock=True)
    if conversation is None or conversation.state == ConversationState.RESOLVED:
        return desk_view.too_late("This conversation is resolved already.")
    handoff = await handoffs.open_of(session, conversation)
    if handoff is None or handoff.id != ref.handoff_id:
        return desk_view.too_late("This card is an older one; the conversation has moved on.")
    if handoff.claimed_by and handoff.claimed_by != agent_id:
        return desk_view.lost_claim(handoff.claimed_by)
    return conversation
