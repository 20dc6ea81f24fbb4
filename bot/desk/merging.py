"""Two threads of one customer become one conversation: the second ends, and whatever is written there comes here."""

from datetime import timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.desk import cards, threads
from bot.desk.threads import InHand, Refused
from bot.runtime import Runtime
from bot.slack import posts
from bot.slack.inbound import Said
from bot.views import desk as desk_view
from bot.views import flow as flow_view
from bot.views import threads as view
from bot.views.ids import HandoffRef, ThreadsRef, UndoRef
from bot.views.post import View
from bot.views.threads import Choice
from handoff import desk
from handoff.draft import Author
from storage import conversations, handoffs, offers
from storage.kinds import ConversationState, HandoffState, OfferState
from storage.row import now
from storage.tables import Conversation, Handoff

OFFERED = 10
"""How many of the customer's other conversations the form offers."""
LOOKED_AT = 40
"""Among how many of the newest ones these are looked for."""
REASON = "Asked in another thread as well: “{question}”"
SHORT = 150


async def form(runtime: Runtime, agent_id: str, ref: HandoffRef) -> View | None:
    """The form with the customer's other open conversations; None when there is none to choose.

    Raises:
        Refused: when this agent may not merge anything into it.
    """
    async with runtime.database.transaction() as session:
        held = await threads.in_hand(session, runtime, ref, agent_id)
        found = await conversations.others_open(session, held.conversation, limit=LOOKED_AT)
        fitting = [each for each in found if _may_be_read_there(each, held.conversation)][:OFFERED]
        choices = [
            Choice(
                each.id,
                await conversations.first_question(session, each),
                ConversationState(each.state),
                each.channel_id != held.conversation.channel_id,
                each.opened_at,
            )
            for each in fitting
        ]
        place = ThreadsRef(
            **ref.model_dump(include={"handoff_id", "conversation_id"}), seen=threads.stands(held.handoff)
        )
    return view.merge_form(place, choices) if choices else None


def _may_be_read_there(conversation: Conversation, there: Conversation) -> bool:
    """An answer is never read by more people than its question: direct messages do not go on in a channel."""
    return conversation.channel_id == there.channel_id or there.channel_id.startswith("D")


async def both(
    session: AsyncSession, runtime: Runtime, ref: HandoffRef, other_id: str, agent_id: str, *, seen: str | None = None
) -> tuple[InHand, Conversation]:
    """The conversation in hand and another one of the same customer that is open.

    They are locked in the order of their ids, so that two agents who merge crosswise never wait for each other.

    Raises:
        Refused: when one of them is not there for it.
    """
    for each in sorted({ref.conversation_id, other_id}):
        await conversations.by_id(session, runtime.workspace_id, each, lock=True)
    held = await threads.in_hand(session, runtime, ref, agent_id, seen=seen)
    other = await conversations.by_id(session, runtime.workspace_id, other_id)
    if other is None or other.id == held.conversation.id or other.customer_id != held.conversation.customer_id:
        raise Refused("That conversation is no longer there.")
    if other.state == ConversationState.RESOLVED:
        gone = "was merged or taken back meanwhile" if other.closed_as else "was resolved meanwhile"
        raise Refused(f"Nothing was changed: the other conversation {gone}.")
    return held, other


async def merge(runtime: Runtime, agent_id: str, ref: ThreadsRef, other_id: str) -> None:
    """End the other conversation, and go on with it in the one in hand.

    Raises:
        Refused: when one of the two is closed, another agent's, or may not be read there.
    """
    async with runtime.database.transaction() as session:
        held, other = await both(session, runtime, ref, other_id, agent_id, seen=ref.seen)
        if not _may_be_read_there(other, held.conversation):
            raise Refused(
                "A conversation from direct messages is not merged into a channel, where others would read it."
            )
        theirs = await handoffs.open_of(session, other)
        if theirs and theirs.claimed_by and theirs.claimed_by != agent_id:
            raise Refused("", theirs.claimed_by)
        question = await conversations.first_question(session, other)
        closed = await go_on(session, runtime, other, held.conversation)
        if other.channel_id == held.conversation.channel_id:
            word = flow_view.joined(question, held.conversation.language)
            posts.to_customer(session, held.conversation, word, purpose="word")
        held.handoff.reasons = [_reason(question), *held.handoff.reasons]
        held.handoff.priority = max(held.handoff.priority, closed.priority if closed else 0)
        await threads.show(session, runtime, held.conversation, held.handoff)
        said = await conversations.messages(session, runtime.workspace_id, other.id)
        undo = UndoRef(
            **ref.model_dump(include={"handoff_id", "conversation_id"}),
            other_id=other.id,
            other_handoff_id=closed.id if closed else "",
        )
        lines = [each for each in map(cards.line, said) if not each.in_passing]
        link = runtime.thread_link(other.channel_id, other.thread_ts)
        posts.to_desk(session, held.conversation, held.handoff, view.was_merged(agent_id, lines, link, undo))


def _reason(question: str) -> str:
    return REASON.format(question=" ".join(question.split())[:SHORT])


async def go_on(session: AsyncSession, runtime: Runtime, other: Conversation, first: Conversation) -> Handoff | None:
    """End a conversation that goes on in another one, tell its customer where, and close its card."""
    await offers.settle(session, other, OfferState.GONE)
    closed = await desk.merge(session, other, first)
    link = runtime.thread_link(first.channel_id, first.thread_ts)
    posts.to_customer(session, other, flow_view.merged(link, other.language), purpose="word")
    await threads.show(session, runtime, other, closed)
    return closed


async def pass_on_what_came_since(session: AsyncSession, other: Conversation, first: InHand) -> None:
    """What the customer wrote after their first question in the thread that ends."""
    said = await conversations.messages(session, other.workspace_id, other.id)
    for each in [each for each in said if each.author == Author.CUSTOMER][1:]:
        names = tuple(file["name"] for file in each.files)
        word = desk_view.relayed(other.customer_id, each.text, names)
        posts.to_desk(session, first.conversation, first.handoff, word)


async def say_where(runtime: Runtime, said: Said, conversation: Conversation) -> None:
    """A customer who writes in a thread that was merged reads, alone, where their words went."""
    if said.thread_ts in (None, conversation.thread_ts):
        return
    link = runtime.thread_link(conversation.channel_id, conversation.thread_ts)
    word = flow_view.passed_on(link, conversation.language)
    async with runtime.database.transaction() as session:
        posts.only_to(
            session, runtime.workspace_id, said.user_id, word, channel_id=said.channel_id, thread_ts=said.thread_ts
        )
    runtime.posted()


async def undo(runtime: Runtime, agent_id: str, ref: UndoRef, *, pressed: tuple[str, str]) -> None:
    """Take a merge back: the other conversation goes on in its own thread; `pressed` is the button's message.

    Raises:
        Refused: when it is too late.
    """
    async with runtime.database.transaction() as session:
        for each in sorted({ref.conversation_id, ref.other_id}):
            await conversations.by_id(session, runtime.workspace_id, each, lock=True)
        held = await threads.in_hand(session, runtime, ref, agent_id)
        other = await conversations.by_id(session, runtime.workspace_id, ref.other_id)
        if other is None or other.merged_into != held.conversation.id:
            raise Refused("This was taken back already.")
        closed = await handoffs.by_id(session, runtime.workspace_id, ref.other_handoff_id)
        await desk.take_back_merge(session, other, closed)
        if closed is None and other.ai_replied:
            other.resolution_due_at = now() + max(runtime.silence, timedelta(minutes=1))
        await threads.show(session, runtime, other, closed)
        question = await conversations.first_question(session, other)
        held.handoff.reasons = [each for each in held.handoff.reasons if each != _reason(question)]
        await threads.show(session, runtime, held.conversation, held.handoff)
        _tell_that_they_are_two(session, runtime, held.conversation, other, question)
        word = view.undone(agent_id, _who_has(closed))
        posts.change_in_desk(session, held.conversation, word, channel_id=pressed[0], ts=pressed[1])


def _tell_that_they_are_two(
    session: AsyncSession, runtime: Runtime, first: Conversation, other: Conversation, question: str
) -> None:
    posts.to_customer(session, other, flow_view.goes_on_here(other.language), purpose="word")
    if other.channel_id == first.channel_id:
        link = runtime.thread_link(other.channel_id, other.thread_ts)
        posts.to_customer(session, first, flow_view.goes_on_there(question, link, first.language), purpose="word")


def _who_has(handoff: Handoff | None) -> str:
    if handoff is None:
        return "The other conversation is with Baton again."
    waits = handoff.state == HandoffState.QUEUED
    return f"The other conversation {'waits for an agent' if waits else 'is with its agent'} again, on its own card."
