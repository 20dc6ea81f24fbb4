"""The buttons on a handoff's card: claim, send or edit or discard the draft, resolve, give back to Baton."""

from typing import Any

from slack_bolt.async_app import AsyncApp
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.conversation import resolving
from bot.desk import copilot, relay, threads, working
from bot.listeners import form
from bot.listeners.press import Press, for_agents, listener, show
from bot.runtime import Runtime
from bot.slack.people import Profile
from bot.views import draft as draft_view
from bot.views import refusal
from bot.views.ids import EDIT_FIELDS, ActionId, BadReference, BlockId, CallbackId, EditRef, HandoffRef, edit_field
from bot.views.post import Post
from handoff import desk
from handoff.desk import Claim, Claimed
from storage.kinds import Confirmation, ReviewVerdict
from storage.tables import Conversation, Handoff


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
    app.view(CallbackId.EDIT_FORM)(form.submission(runtime, send_edited, main=BlockId.EDITED))


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
            return refusal.held_by(winner)
        case Claimed(Claim.MINE_ALREADY):
            return refusal.of("You have this one already. Write in the thread to answer.")
        case _:
            return refusal.of("This handoff is closed already.")


async def send_draft(runtime: Runtime, press: Press) -> Post | None:
    """Send the draft as it is, under the agent's name; who sends it has the conversation."""
    agent = await runtime.people.profile(press.user_id)
    return await copilot.send(runtime, agent, HandoffRef.unpack(press.value))


async def edit_draft(runtime: Runtime, press: Press) -> Post | None:
    """Show the draft in a form, to be changed and sent."""
    shown = await copilot.edit_form(runtime, press.user_id, HandoffRef.unpack(press.value))
    if isinstance(shown, Post):
        return shown
    await show(runtime, press, shown)
    return None


async def discard_draft(runtime: Runtime, press: Press) -> Post | None:
    """Put the draft away, with why as the agent's verdict on it."""
    if press.value not in (draft_view.NOT_NEEDED, *ReviewVerdict):
        raise BadReference(press.action_id)
    verdict = None if press.value == draft_view.NOT_NEEDED else ReviewVerdict(press.value)
    agent = await runtime.people.profile(press.user_id)
    return await copilot.discard(runtime, agent, HandoffRef.unpack(press.block_id), verdict)


async def send_edited(runtime: Runtime, body: dict[str, Any]) -> dict[str, str]:
    """Send the text of a submitted form; returns why not, to be shown under it."""
    user_id, view = body["user"]["id"], body["view"]
    typed: dict[str, dict[str, dict[str, str | None]]] = view["state"]["values"]
    fields = [typed.get(edit_field(number), {}).get(edit_field(number), {}) for number in range(EDIT_FIELDS)]
    text = "\n".join(value for field in fields if (value := field.get("value")))
    agent = await runtime.people.profile(user_id)
    why = await copilot.send_edited(runtime, agent, EditRef.unpack(view["private_metadata"]), text)
    return {BlockId.EDITED: why} if why else {}


async def resolve(runtime: Runtime, press: Press) -> Post | None:
    """An agent ends the conversation."""
    ref = HandoffRef.unpack(press.value)
    async with runtime.database.transaction() as session:
        conversation = (await threads.in_hand(session, runtime, ref, press.user_id)).conversation
        await working.did(session, runtime, conversation, press.user_id)
        await resolving.resolve(
            session, runtime, conversation, confirmation=Confirmation.CONFIRMED, person_id=press.user_id
        )
    return None


async def give_back(runtime: Runtime, press: Press) -> Post | None:
    """An agent returns the conversation to Baton."""
    ref = HandoffRef.unpack(press.value)
    async with runtime.database.transaction() as session:
        conversation = (await threads.in_hand(session, runtime, ref, press.user_id)).conversation
        if not await resolving.give_back(session, runtime, conversation):
            return refusal.of("No person has this conversation any more.")
        await working.did(session, runtime, conversation, press.user_id)
    return None
