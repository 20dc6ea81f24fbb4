"""Words between the customer's thread and the desk's, once a person has the conversation."""

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.desk import cards, working
from bot.runtime import Runtime
from bot.slack import heard, posts, slack_text
from bot.slack.inbound import Said
from bot.slack.people import Profile
from bot.views import customer as customer_view
from bot.views import desk as desk_view
from bot.views import mrkdwn
from bot.views.post import MOST_TEXT, Post
from handoff import desk
from handoff.draft import Author
from storage import conversations, handoffs, inbox
from storage.inbox import Claimed
from storage.kinds import ConversationState, HandoffState
from storage.row import now
from storage.tables import Conversation, Handoff, Message

NOTE_MARKS = (":lock:", "\N{LOCK}")
SENT, STAYED, FAILED = "white_check_mark", "lock", "warning"


async def customer_said(runtime: Runtime, event: Claimed, conversation_id: str, said: Said) -> None:
    """The customer writes while people have the conversation: the desk reads it."""
    async with runtime.database.transaction() as session:
        conversation = await conversations.going_on(session, runtime.workspace_id, conversation_id, lock=True)
        if conversation is not None:
            message = heard.store(session, conversation, said)
            await pass_on(session, runtime, conversation, message)
        await inbox.done(session, event)
    runtime.posted()


async def pass_on(session: AsyncSession, runtime: Runtime, conversation: Conversation, message: Message) -> None:
    """Put a stored message of the customer into the desk thread."""
    handoff = await handoffs.open_of(session, conversation)
    if handoff is None:
        return
    names = tuple(file["name"] for file in message.files)
    posts.to_desk(session, conversation, handoff, desk_view.relayed(conversation.customer_id, message.text, names))
    if handoff.state == HandoffState.QUEUED and handoff.card_id:
        card = await cards.render(session, runtime, conversation, handoff)
        posts.change_card(session, conversation, handoff, card)


async def desk_said(runtime: Runtime, event: Claimed, said: Said) -> None:
    """Somebody writes in a desk thread: the claimer's words go to the customer, all others stay notes."""
    if said.thread_ts is None:
        await _only_mark_done(runtime, event)
        return
    speaker = await runtime.people.profile(said.user_id)
    of_the_team = await runtime.people.is_agent(said.user_id, said.team_id)
    async with runtime.database.transaction() as session:
        handoff = await handoffs.by_desk_thread(session, runtime.workspace_id, said.channel_id, said.thread_ts)
        conversation = handoff and await conversations.by_id(
            session, runtime.workspace_id, handoff.conversation_id, lock=True
        )
        if handoff and conversation:
            if _goes_out(handoff, conversation, said):
                heard.store(session, conversation, said, Author.AGENT)
                words = slack_text.without_broadcasts(said.raw_text) or _file_names(said)
                _to_customer_as(session, conversation, speaker, words, desk=(said.channel_id, said.ts))
            else:
                heard.store(session, conversation, said, Author.NOTE)
                posts.react(session, conversation, channel_id=said.channel_id, ts=said.ts, name=STAYED)
            if of_the_team:
                await working.did(session, runtime, conversation, said.user_id, wrote=True)
        await inbox.done(session, event)
    runtime.posted()


async def not_relayed(session: AsyncSession, runtime: Runtime, said: Said) -> None:
    """Words in a desk thread cannot be handled: the claimer must know that the customer reads none of it."""
    handoff = await handoffs.by_desk_thread(session, runtime.workspace_id, said.channel_id, said.root)
    conversation = handoff and await conversations.by_id(session, runtime.workspace_id, handoff.conversation_id)
    if handoff and conversation and _goes_out(handoff, conversation, said):
        posts.react(session, conversation, channel_id=said.channel_id, ts=said.ts, name=FAILED)
        posts.to_desk(session, conversation, handoff, desk_view.not_relayed())


def _goes_out(handoff: Handoff, conversation: Conversation, said: Said) -> bool:
    return (
        handoff.state == HandoffState.CLAIMED
        and handoff.claimed_by == said.user_id
        and conversation.state == ConversationState.WITH_HUMAN
        and not said.raw_text.lstrip().startswith(NOTE_MARKS)
    )


def _file_names(said: Said) -> str:
    return ", ".join(str(file.get("name", "")) for file in said.files)


async def agent_in_customer_thread(runtime: Runtime, event: Claimed, said: Said, conversation_id: str) -> None:
    """An agent answers where the customer reads: the conversation is theirs from here on."""
    async with runtime.database.transaction() as session:
        conversation = await conversations.going_on(session, runtime.workspace_id, conversation_id, lock=True)
        if conversation is not None:
            heard.store(session, conversation, said, Author.AGENT)
            await working.did(session, runtime, conversation, said.user_id, wrote=True)
            if conversation.state != ConversationState.RESOLVED:
                await take_over(session, runtime, conversation, said.user_id)
        await inbox.done(session, event)
    runtime.posted()


async def take_over(session: AsyncSession, runtime: Runtime, conversation: Conversation, agent_id: str) -> None:
    """An agent has answered the customer: the conversation is theirs, and the desk sees it."""
    handoff, changed = await desk.take_over(session, conversation, agent_id)
    if not changed:
        return
    await session.flush()
    card = await cards.render(session, runtime, conversation, handoff)
    if handoff.card_id is None:
        posts.card(session, conversation, handoff, runtime.channels.desk, card)
    else:
        posts.change_card(session, conversation, handoff, card)
    posts.to_desk(session, conversation, handoff, desk_view.took_over(agent_id))


async def bystander_said(runtime: Runtime, event: Claimed, said: Said, conversation_id: str) -> None:
    """Somebody else writes in the customer's thread: kept for the agent to read, and not answered."""
    async with runtime.database.transaction() as session:
        conversation = await conversations.going_on(session, runtime.workspace_id, conversation_id)
        if conversation is not None:
            heard.store(session, conversation, said, Author.BYSTANDER)
        await inbox.done(session, event)


async def tell_claimed(
    session: AsyncSession, runtime: Runtime, conversation: Conversation, handoff: Handoff, name: str
) -> None:
    """After a claim: the customer reads who is there, the card shows it, and the agent reads how to go on."""
    posts.to_customer(session, conversation, customer_view.claimed(name, conversation.language), purpose="word")
    await show_claimed(session, runtime, conversation, handoff)


async def show_claimed(session: AsyncSession, runtime: Runtime, conversation: Conversation, handoff: Handoff) -> None:
    """Bring the card up to date, and tell the agent how to write to the customer."""
    await session.flush()
    posts.change_card(session, conversation, handoff, await cards.render(session, runtime, conversation, handoff))
    posts.to_desk(session, conversation, handoff, desk_view.note_help(handoff.claimed_by or ""))


def send_draft(
    session: AsyncSession,
    conversation: Conversation,
    agent: Profile,
    text: str,
    *,
    desk: tuple[str, str],
    alone: bool = False,
) -> None:
    """Send a draft to the customer under the agent's name; `desk` is the place of the card it is ticked off on.

    With `alone`, only the customer sees it, for others in the channel may not read what it rests on.
    """
    message = conversations.say(
        session,
        conversation,
        author=Author.AGENT,
        author_id=agent.user_id,
        text=text,
        channel_id=conversation.channel_id,
    )
    message.private = alone
    words = mrkdwn.from_markdown(text)
    _to_customer_as(session, conversation, agent, words, desk=desk, message_id=message.id, alone=alone)


def _to_customer_as(
    session: AsyncSession,
    conversation: Conversation,
    agent: Profile,
    text: str,
    *,
    desk: tuple[str, str],
    message_id: str | None = None,
    alone: bool = False,
) -> None:
    conversation.first_human_reply_at = conversation.first_human_reply_at or now()
    conversation.first_reply_at = conversation.first_reply_at or now()
    session.add(conversation)
    post = posts.to_customer_alone if alone else posts.to_customer
    for place, part in enumerate(mrkdwn.in_sections(text, limit=MOST_TEXT, most=mrkdwn.ALL)):
        post(
            session,
            conversation,
            Post(text=part),
            purpose="relay",
            message_id=None if place else message_id,
            username=agent.name,
            **({"icon_url": agent.image} if agent.image else {}),
            about={"desk_channel": desk[0], "desk_ts": desk[1]},
        )


async def _only_mark_done(runtime: Runtime, event: Claimed) -> None:
    async with runtime.database.transaction() as session:
        await inbox.done(session, event)
