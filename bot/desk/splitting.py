"""Two questions in one breath become two conversations: the second has a thread, a card and counts of its own."""

import structlog
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.desk import cards, merging, threads
from bot.desk.threads import Refused
from bot.runtime import Runtime
from bot.slack import posts
from bot.views import flow as flow_view
from bot.views import threads as view
from bot.views.ids import HandoffRef, ThreadsRef, UndoRef
from bot.views.post import View
from handoff import desk, questions
from handoff.draft import Author
from handoff.lexicon.wishes import asks_for_person
from storage import conversations, handoffs
from storage.ids import new_id
from storage.kinds import HandoffReason, HandoffState
from storage.outbox import Claimed
from storage.tables import Conversation, Message

log = structlog.get_logger(__name__)

SHOWN = 5
"""How many of the customer's last messages the form shows."""
REASON = "The other question has a conversation of its own: “{question}”"
SHORT = 150


async def form(runtime: Runtime, agent_id: str, ref: HandoffRef) -> View:
    """The form, filled with how the message can be taken apart.

    Raises:
        Refused: when this agent may not split it.
    """
    async with runtime.database.transaction() as session:
        held = await threads.in_hand(session, runtime, ref, agent_id)
        said = await _said(session, held.conversation)
        place = ThreadsRef(
            **ref.model_dump(include={"handoff_id", "conversation_id"}), seen=threads.stands(held.handoff)
        )
        stays, second = in_two([each.text for each in said])
        return view.split_form(place, [each.text for each in said], stays or held.handoff.summary, second)


def in_two(said: list[str]) -> tuple[str, str]:
    """What stays and what goes, of a customer's messages, oldest first; nothing goes when they hold one question.

    A wish for a person is no question of its own: it stays.
    """
    for at in range(len(said) - 1, -1, -1):
        parts = questions.split(said[at])
        about = [each for each in parts.asked if not asks_for_person(each)]
        if len(about) > 1:
            stays = [each for each in parts.asked if each != about[-1]]
            return "\n".join(filter(None, [*stays, parts.told])), about[-1]
    told = [each for each in said if not asks_for_person(each)]
    if len(told) > 1:
        return "\n".join(each for each in said if each != told[-1]), told[-1]
    return "\n".join(said), ""


async def _said(session: AsyncSession, conversation: Conversation) -> list[Message]:
    found = await conversations.messages(session, conversation.workspace_id, conversation.id)
    return [each for each in found if each.author == Author.CUSTOMER][-SHOWN:]


async def split(runtime: Runtime, agent_id: str, ref: ThreadsRef, *, stays: str, second: str) -> None:
    """Give the second question a conversation of its own, which waits for any agent.

    Raises:
        Refused: when this agent may not split it, or there is nothing in the second question.
    """
    second, stays = second.strip(), stays.strip()
    if not second:
        raise Refused("Write the question that gets a thread of its own.")
    async with runtime.database.transaction() as session:
        held = await threads.in_hand(session, runtime, ref, agent_id, seen=ref.seen)
        first, handoff = held.conversation, held.handoff
        other = await _begin(session, runtime, first, second)
        opened = await desk.open_handoff(
            session,
            other,
            reason=HandoffReason(handoff.reason),
            reasons=("An agent split it off another question of this customer.",),
            summary=second,
        )
        await session.flush()
        posts.card(session, other, opened, runtime.channels.desk, await cards.render(session, runtime, other, opened))
        posts.to_desk(session, other, opened, view.split_off(agent_id))
        handoff.summary = (stays or handoff.summary)[: desk.SUMMARY_LENGTH]
        handoff.reasons = [_reason(second), *handoff.reasons]
        await threads.show(session, runtime, first, handoff)
        undo = UndoRef(handoff_id=handoff.id, conversation_id=first.id, other_id=other.id)
        posts.to_desk(session, first, handoff, view.was_split(agent_id, second, undo))


def _reason(second: str) -> str:
    return REASON.format(question=" ".join(second.split())[:SHORT])


async def _begin(session: AsyncSession, runtime: Runtime, first: Conversation, second: str) -> Conversation:
    other = conversations.begin(
        session,
        runtime.workspace_id,
        channel_id=first.channel_id,
        thread_ts=new_id(),  # until the post that opens its thread is put into the outbox, below
        customer_id=first.customer_id,
    )
    other.split_from, other.language, other.simulated = first.id, first.language, first.simulated
    await session.flush()
    conversations.say(session, other, author=Author.CUSTOMER, author_id=first.customer_id, text=second)
    post = flow_view.second_question(first.customer_id, second, first.language)
    opener = conversations.say(
        session, other, author=Author.BOT, author_id=runtime.bot_user_id, text=post.text, channel_id=other.channel_id
    )
    link = runtime.thread_link(other.channel_id, "0").removesuffix("0")
    posts.open_thread(session, other, post, message_id=opener.id, link=link)
    return other


async def thread_opened(session: AsyncSession, row: Claimed, ts: str) -> bool:
    """The post that opens the thread is there: what waits for its place is told; tells whether posts follow."""
    other = await conversations.by_id(session, row.workspace_id, row.conversation_id or "", lock=True)
    if other is None or not other.thread_ts.startswith(posts.UNOPENED):
        return False
    if await conversations.by_thread(session, row.workspace_id, row.channel_id, ts):
        log.warning("thread_has_a_conversation", conversation=other.id)
        return False
    other.thread_ts = ts
    session.add(other)
    link = f"{row.payload['about']['link']}{ts.replace('.', '')}"
    first = await conversations.by_id(session, row.workspace_id, other.split_from)
    if first and not other.merged_into:
        question = await conversations.first_question(session, other)
        word = flow_view.goes_on_there(question, link, first.language)
        posts.to_customer(session, first, word, purpose="word")
    if handoff := await handoffs.open_of(session, other):
        posts.to_desk(session, other, handoff, view.thread_is(link))
    return True


async def thread_refused(session: AsyncSession, row: Claimed, error: str) -> bool:
    """The thread cannot be opened: agents must know, for the customer reads nothing that is written there."""
    other = await conversations.by_id(session, row.workspace_id, row.conversation_id or "")
    handoff = other and await handoffs.open_of(session, other)
    if other is None or handoff is None:
        return False
    posts.to_desk(session, other, handoff, view.no_thread(error))
    return True


async def undo(runtime: Runtime, agent_id: str, ref: UndoRef, *, pressed: tuple[str, str]) -> None:
    """Take a split back, as long as nobody works on the second question; `pressed` is the button's message.

    Raises:
        Refused: when it is too late.
    """
    async with runtime.database.transaction() as session:
        first, other = await merging.both(session, runtime, ref, ref.other_id, agent_id)
        handoff = await handoffs.open_of(session, other)
        if handoff and handoff.state == HandoffState.CLAIMED:
            raise Refused("It is too late to undo this: an agent has the second question. You can merge the two.")
        if other.first_reply_at or other.first_human_reply_at or other.reopened:
            raise Refused("It is too late to undo this: the second question was answered. You can merge the two.")
        question = await conversations.first_question(session, other)
        await merging.go_on(session, runtime, other, first.conversation)
        first.handoff.summary = f"{first.handoff.summary}\n{question}"[: desk.SUMMARY_LENGTH]
        first.handoff.reasons = [each for each in first.handoff.reasons if each != _reason(question)]
        await merging.pass_on_what_came_since(session, other, first)
        word = flow_view.joined(question, first.conversation.language)
        posts.to_customer(session, first.conversation, word, purpose="word")
        await threads.show(session, runtime, first.conversation, first.handoff)
        word = view.undone(agent_id, "Both questions are answered here.")
        posts.change_in_desk(session, first.conversation, word, channel_id=pressed[0], ts=pressed[1])
