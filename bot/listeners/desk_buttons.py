"""The buttons on a handoff's card: claim, send or edit or discard the draft, resolve, give back to Baton."""

from collections.abc import Awaitable, Callable
from typing import Any

import structlog
from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.conversation import resolving
from bot.desk import copilot, relay, working
from bot.listeners.press import FAILED, ONLY_AGENTS, Press, for_agents, listener
from bot.runtime import Runtime
from bot.slack.people import Profile
from bot.views import desk as desk_view
from bot.views import draft as draft_view
from bot.views.ids import EDIT_FIELDS, ActionId, BadReference, BlockId, CallbackId, EditRef, HandoffRef, edit_field
from bot.views.post import Post
from handoff import desk
from handoff.desk import Claim, Claimed
from storage import conversations, handoffs
from storage.kinds import Confirmation, ConversationState, ReviewVerdict
from storage.tables import Conversation, Handoff

log = structlog.get_logger(__name__)


def register(app: AsyncApp, runtime: Runtime) -> None:
    """Register the agents' buttons."""
    handlers = {
        ActionId.CLAIM: claim,
        ActionId.SEND_DRAFT: send_draft,
        ActionId.EDIT_DRAFT: edit_draft,
        ActionId.DISCARD_DRAFT: discard_draft,
        ActionId.RESOLVE: resolve,
        ActionId.GIVE_BACK: give_back,
    }
    for action, handler in handlers.items():
        app.action(action)(listener(runtime, for_agents(handler)))
    app.view(CallbackId.EDIT_FORM)(_edited_listener(runtime))


async def claim(runtime: Runtime, press: Press) -> Post | None:
    """An agent takes the handoff; one wins, the others are told who has it."""
    agent = await runtime.people.profile(press.user_id)
    async with runtime.database.transaction() as session:
        return await _claim(session, runtime, HandoffRef.unpack(press.value), agent)


async def _claim(session: AsyncSession, runtime: Runtime, ref: HandoffRef, agent: Profile) -> Post | None:
    claimed = await desk.claim(session, runtime.workspace_id, ref.handoff_id, agent.user_id)
    match claimed:
        case Claimed(Claim.WON, Handoff() as handoff, Conversation() as conversation):
            await working.began(session, conversation, agent.user_id)
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
    return await copilot.send(runtime, agent, HandoffRef.unpack(press.value))


async def edit_draft(runtime: Runtime, press: Press) -> Post | None:
    """Show the draft in a form, to be changed and sent."""
    form = await copilot.edit_form(runtime, press.user_id, HandoffRef.unpack(press.value))
    if isinstance(form, Post):
        return form
    await runtime.client.views_open(trigger_id=press.trigger_id, view=form)
    return None


async def discard_draft(runtime: Runtime, press: Press) -> Post | None:
    """Put the draft away, with why as the agent's verdict on it."""
    if press.value not in (draft_view.NOT_NEEDED, *ReviewVerdict):
        raise BadReference(press.action_id)
    verdict = None if press.value == draft_view.NOT_NEEDED else ReviewVerdict(press.value)
    agent = await runtime.people.profile(press.user_id)
    return await copilot.discard(runtime, agent, HandoffRef.unpack(press.block_id), verdict)


def _edited_listener(runtime: Runtime) -> Callable[[AsyncAck, dict[str, Any]], Awaitable[None]]:
    """A listener that keeps the form open, with what was typed, until its text is on its way."""

    async def listen(ack: AsyncAck, body: dict[str, Any]) -> None:
        try:
            error = await send_edited(runtime, body)
        except Exception:
            log.exception("edited_draft_failed", user=body["user"]["id"])
            error = FAILED
        if error:
            await ack(response_action="errors", errors={str(BlockId.EDITED): error})
            return
        await ack()
        runtime.posted()

    return listen


async def send_edited(runtime: Runtime, body: dict[str, Any]) -> str:
    """Send the text of a submitted form; returns why not, to be shown under it."""
    user, view = body["user"], body["view"]
    if not await runtime.people.is_agent(user["id"], user.get("team_id") or ""):
        return ONLY_AGENTS
    typed: dict[str, dict[str, dict[str, str | None]]] = view["state"]["values"]
    fields = [typed.get(edit_field(number), {}).get(edit_field(number), {}) for number in range(EDIT_FIELDS)]
    text = "\n".join(value for field in fields if (value := field.get("value")))
    agent = await runtime.people.profile(user["id"])
    return await copilot.send_edited(runtime, agent, EditRef.unpack(view["private_metadata"]), text)


async def resolve(runtime: Runtime, press: Press) -> Post | None:
    """An agent ends the conversation."""
    ref = HandoffRef.unpack(press.value)
    async with runtime.database.transaction() as session:
        conversation = await _mine(session, runtime, ref, press.user_id)
        if isinstance(conversation, Post):
            return conversation
        await working.did(session, runtime, conversation, press.user_id)
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
        await working.did(session, runtime, conversation, press.user_id)
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
