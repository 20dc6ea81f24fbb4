"""Messages that one person sends in a row, without a thread, are one question: who writes in bursts asks once.

The window is a due-time in the inbox, so that nothing is lost when a process ends inside it: each message waits in the
lane of its author, and the first one, when it is due, takes along what came behind it. What calls for a person is due
at once, and what its author writes soon after goes to the same person.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.conversation import flood, opening, pleasantries, turn
from bot.desk import relay
from bot.runtime import Runtime
from bot.slack import heard, inbound
from bot.slack.inbound import Deleted, Edited, Part, Said
from handoff import gate, mood
from handoff.draft import Author, Turn
from storage import conversations, inbox
from storage.inbox import Behind, Claimed
from storage.kinds import WITH_PEOPLE
from storage.row import now
from storage.tables import Conversation

LONGEST_WAIT = 4
"""Windows after which a person who never stops writing is answered all the same."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """What belongs together: the messages as they read now, and the events that are handled with the first one."""

    messages: tuple[Said, ...]
    along: tuple[str, ...]

    @property
    def said(self) -> Said:
        """All of it as one message, in the place of the first."""
        first = self.messages[0]
        if len(self.messages) == 1:
            return first
        return replace(
            first,
            text="\n".join(each.text for each in self.messages),
            raw_text="\n".join(each.raw_text for each in self.messages),
            files=tuple(file for each in self.messages for file in each.files),
            mentions_bot=any(each.mentions_bot for each in self.messages),
            parts=tuple(Part(each.ts, each.text) for each in self.messages),
        )


def gather(first: Said, behind: Sequence[Behind], window: float, bot_user_id: str) -> Gathered:
    """Put together what one person said in a row, with their corrections and deletions so far.

    Args:
        first: the oldest message.
        behind: what waits behind it in its author's lane, oldest first.
        window: the most seconds between one message and the next.
        bot_user_id: for reading the events.

    Returns:
        No message when all of them were taken back.
    """
    messages, along, last = {first.ts: first}, list[str](), float(first.ts)
    for row in behind:
        match inbound.happening(row.payload, bot_user_id):
            case Said() as said if float(said.ts) - last <= window:
                messages[said.ts], last = said, float(said.ts)
            case Edited(ts=ts, said=said) if ts in messages:
                messages[ts] = said
            case Deleted(ts=ts) if ts in messages:
                del messages[ts]
            case Said():
                break
            case _:
                continue
        along.append(row.id)
    return Gathered(tuple(messages.values()), tuple(along))


async def take(runtime: Runtime, event: Claimed, first: Said, *, is_agent: bool) -> None:
    """Handle the first of the messages that a person sends in a row, with those behind it."""
    window = runtime.manners(first.channel_id).gather_seconds
    async with runtime.database.reading() as session:
        behind = await inbox.behind(session, event)
    gathered = gather(first, behind, window, runtime.bot_user_id)
    waits = _waits_for(gathered, window)
    if waits and not await _calls_for_a_person(runtime, gathered):
        async with runtime.database.transaction() as session:
            await inbox.postpone(session, event, seconds=waits)
        await hasten(runtime, event.lane)  # by what came while it was in work
        return
    event = replace(event, along=gathered.along)
    if is_agent or not gathered.messages:
        async with runtime.database.transaction() as session:
            await inbox.done(session, event)
    elif pleasantries.only_pleasant(gathered.said):
        await pleasantries.greet(runtime, event, gathered.said)
    else:
        await _ask(runtime, event, gathered)


def _waits_for(gathered: Gathered, window: float) -> float:
    """Seconds until the window of the last message closes; 0 when it has."""
    if not gathered.messages:
        return 0.0
    first, last = float(gathered.messages[0].ts), float(gathered.messages[-1].ts)
    return max(0.0, min(last + window, first + LONGEST_WAIT * window) - now().timestamp())


async def hasten(runtime: Runtime, lane: str) -> None:
    """Make what waits in a lane due now, if it calls for a person."""
    async with runtime.database.reading() as session:
        rows = await inbox.waiting(session, runtime.workspace_id, lane)
    said = [(place, inbound.happening(row.payload, runtime.bot_user_id)) for place, row in enumerate(rows)]
    place, first = next(((place, each) for place, each in said if isinstance(each, Said)), (0, None))
    if first is None:
        return
    window = runtime.manners(first.channel_id).gather_seconds
    gathered = gather(first, rows[place + 1 :], window, runtime.bot_user_id)
    if gathered.messages and await _calls_for_a_person(runtime, gathered):
        async with runtime.database.transaction() as session:
            await inbox.hasten(session, runtime.workspace_id, lane)
        runtime.hastened()


async def _calls_for_a_person(runtime: Runtime, gathered: Gathered) -> bool:
    """Whether the words alone hand it off: a wish for a person, anger, a listed subject; in one message or in all."""
    ground = await runtime.ground()
    policy = ground.policy("")
    for text in dict.fromkeys((*(each.text for each in gathered.messages), gathered.said.text)):
        felt = mood.read([Turn(Author.CUSTOMER, text)], model=ground.weighing.mood)
        if gate.person_needed(felt, policy) or ground.subjects.heard(text):
            return True
    return False


async def _ask(runtime: Runtime, event: Claimed, gathered: Gathered) -> None:
    """Answer in the thread of the first message; where it was begun already, go on in it."""
    first = gathered.messages[0]
    async with runtime.database.reading() as session:
        conversation = await conversations.by_thread(session, runtime.workspace_id, first.channel_id, first.ts)
        known = [
            each.ts
            for each in gathered.messages
            if await conversations.message_at(session, runtime.workspace_id, each.channel_id, each.ts)
        ]
    fresh = tuple(each for each in gathered.messages if each.ts not in known)
    if not fresh:
        async with runtime.database.transaction() as session:
            await inbox.done(session, event)
        return
    gathered = replace(gathered, messages=fresh)
    conversation = conversation or await flood.waiting(runtime, gathered.said)
    conversation = conversation or await _given_to_a_person(runtime, gathered.said)
    if conversation is None and await _answered_by_agent(runtime, event, gathered):
        return
    await turn.take(runtime, event, gathered.said, conversation)


async def _given_to_a_person(runtime: Runtime, said: Said) -> Conversation | None:
    """The conversation of the messages just before, if it went to a person before its author had finished."""
    async with runtime.database.reading() as session:
        place = (runtime.workspace_id, said.channel_id, said.user_id)
        latest = await conversations.latest_in_channel(session, *place)
        if latest is None or latest.state not in WITH_PEOPLE:
            return None
        before = await conversations.customer_wrote_at(session, latest)
    window = runtime.manners(said.channel_id).gather_seconds
    return latest if before and float(said.ts) - before.timestamp() <= window else None


async def _answered_by_agent(runtime: Runtime, event: Claimed, gathered: Gathered) -> bool:
    """Whether an agent was quicker, in the thread of the first message; then the conversation is theirs."""
    said = gathered.said
    replies = await opening.replies(runtime, said)
    by_agent = [each for each in replies if each.author == Author.AGENT]
    if not by_agent:
        return False
    async with runtime.database.transaction() as session:
        conversation = conversations.begin(
            session,
            runtime.workspace_id,
            channel_id=said.channel_id,
            thread_ts=said.root,
            customer_id=said.user_id,
            asked_at=said.at,
        )
        await session.flush()
        heard.store(session, conversation, said)
        for each in replies:
            each.conversation_id = conversation.id
            session.add(each)
        await relay.take_over(session, runtime, conversation, by_agent[0].author_id)
        await inbox.done(session, event)
    runtime.posted()
    return True
