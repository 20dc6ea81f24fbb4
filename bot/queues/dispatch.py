"""Where an event of the inbox goes: by what happened, where, and who it was."""

import structlog

from bot.conversation import afterthoughts, belonging, elsewhere, flood, gathering, offered, pane, pleasantries, turn
from bot.desk import merging, relay
from bot.runtime import Runtime
from bot.slack import inbound
from bot.slack.inbound import Deleted, Edited, Left, Opened, Said
from handoff import smalltalk
from storage import inbox
from storage.inbox import Claimed
from storage.kinds import ConversationState
from storage.tables import Conversation

log = structlog.get_logger(__name__)


async def handle(runtime: Runtime, event: Claimed) -> None:
    """Handle one event and mark it done in the transaction that stores its effects."""
    match inbound.happening(event.payload, runtime.bot_user_id):
        case Said() as said:
            await _said(runtime, event, said)
        case Edited() as edited:
            await afterthoughts.edited(runtime, event, edited)
        case Deleted() as deleted:
            await afterthoughts.deleted(runtime, event, deleted)
        case Left() as left:
            await afterthoughts.left(runtime, event, left)
        case Opened() as opening:
            await pane.opened(runtime, event, opening)
        case None:
            await ignore(runtime, event)


async def _said(runtime: Runtime, event: Claimed, said: Said) -> None:
    if said.channel_id == runtime.channels.desk:
        await relay.desk_said(runtime, event, said)
    elif said.direct or said.channel_id in runtime.channels.support:
        await _said_to_support(runtime, event, said)
    elif said.mentions_bot:
        await elsewhere.point_to_support(runtime, event, said)
    else:
        await ignore(runtime, event)


async def _said_to_support(runtime: Runtime, event: Claimed, said: Said) -> None:
    if not said.direct and said.thread_ts in (None, said.ts) and runtime.gathers_for(said.channel_id):
        is_agent = await runtime.people.is_agent(said.user_id, said.team_id)
        await gathering.take(runtime, event, said, is_agent=is_agent)
        return
    conversation = await belonging.conversation_of(runtime, said)
    is_agent = not said.direct and await runtime.people.is_agent(said.user_id, said.team_id)
    conversation = conversation or await flood.waiting(runtime, said)
    if conversation is None:
        await _opens(runtime, event, said, is_agent=is_agent)
        await pane.name_thread(runtime, said)
    elif said.user_id == conversation.customer_id:
        await _customer_goes_on(runtime, event, said, conversation)
        await merging.say_where(runtime, said, conversation)
    elif is_agent:
        await relay.agent_in_customer_thread(runtime, event, said, conversation.id)
    else:
        await relay.bystander_said(runtime, event, said, conversation.id)
        if said.mentions_bot:
            await pleasantries.point_to_own_thread(runtime, said)


async def _opens(runtime: Runtime, event: Claimed, said: Said, *, is_agent: bool) -> None:
    """What agents say among themselves in the support channel opens nothing, and neither do courtesies."""
    if is_agent:
        await ignore(runtime, event)
    elif pleasantries.only_pleasant(said):
        await pleasantries.greet(runtime, event, said)
    else:
        await turn.take(runtime, event, said, None)


async def _customer_goes_on(runtime: Runtime, event: Claimed, said: Said, conversation: Conversation) -> None:
    if smalltalk.is_thanks(said.text) and conversation.state in (
        ConversationState.WITH_AI,
        ConversationState.RESOLVED,
    ):
        await afterthoughts.thanked(runtime, event, said, conversation.id)
    elif not await offered.answered_in_words(runtime, event, said, conversation):
        await turn.take(runtime, event, said, conversation)


async def ignore(runtime: Runtime, event: Claimed) -> None:
    """Mark an event done that asks nothing of Baton."""
    async with runtime.database.transaction() as session:
        await inbox.done(session, event)
