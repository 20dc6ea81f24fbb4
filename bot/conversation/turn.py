"""The main path: one customer message from the inbox to the outbox.

    take -> look -> think -> commit

`look` reads what is known, `think` decides with no transaction open (a model may be awaited there), and
`commit` writes message, draft, decision, state and posts, and marks the event done, all or nothing.
"""

from dataclasses import dataclass, replace

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.conversation import answering, flood, opening, renewing, resolving, trial
from bot.conversation.before import Before
from bot.costs import account
from bot.costs.account import Account
from bot.desk import relay, reviewing
from bot.disclosure import readers
from bot.runtime import Runtime
from bot.slack import heard, pictures
from bot.slack.inbound import Said
from bot.thinking.challenger import Place
from bot.thinking.considering import Asked, Considered
from handoff.audience import Reader
from handoff.draft import Author, Image, Turn
from storage import conversations, handoffs, inbox
from storage.inbox import Claimed
from storage.kinds import WITH_PEOPLE, Action, ConversationState
from storage.row import now
from storage.tables import Conversation, Message


@dataclass(frozen=True)
class Seen:
    """What is known when a message arrives."""

    said: Said
    conversation: Conversation | None
    messages: list[Message]
    reader: Reader
    """Who will read the reply; what others were told alone is no part of its conversation."""
    asked_back_before: bool = False
    images: tuple[Image, ...] = ()
    """What the customer sent with it, for a drafter that sees."""

    @property
    def turns(self) -> list[Turn]:
        """The conversation so far, with this message as its last turn."""
        earlier = [
            Turn(Author(each.author), each.text, each.created_at) for each in readers.read_by(self.reader, self.before)
        ]
        return [*earlier, Turn(Author.CUSTOMER, self.said.text, now())]

    @property
    def before(self) -> list[Message]:
        """What was said before the message; what was said to a message that is corrected now does not count."""
        if (stored := self.stored) is None:
            return self.messages
        return [each for each in self.messages if each.id < stored.id]

    @property
    def stored(self) -> Message | None:
        """The message itself where it is stored already: its customer has corrected it."""
        return next((each for each in self.messages if each.ts == self.said.ts), None)

    @property
    def asked(self) -> Asked:
        """The message as it is considered."""
        return Asked(
            self.turns,
            topic=self.conversation.topic if self.conversation else "",
            conversation_id=self.conversation.id if self.conversation else "",
            has_files=bool(self.said.files),
            asked_back_before=self.asked_back_before,
            thumbs_down=self.conversation.thumbs_down if self.conversation else 0,
            reader=self.reader,
            images=self.images,
        )

    @property
    def place(self) -> Place:
        """The thread of the conversation."""
        if self.conversation:
            return Place(self.conversation.channel_id, self.conversation.thread_ts)
        return Place(self.said.channel_id, self.said.root)

    @property
    def first(self) -> bool:
        """Whether the bot has not yet spoken here."""
        return not any(each.author == Author.BOT for each in self.before)


async def take(runtime: Runtime, event: Claimed, said: Said, conversation: Conversation | None) -> None:
    """Handle one message of a customer; `conversation` is the one it belongs to, None when it opens one."""
    if conversation is not None and conversation.state in WITH_PEOPLE:
        await relay.customer_said(runtime, event, conversation.id, said)
        return
    seen = await look(runtime, said, conversation)
    async with account.kept(runtime.books) as spent:
        seen = replace(seen, images=await pictures.sent(runtime.client, said.files, seen=runtime.drafter.sees_images))
        considered = await think(runtime, seen)
        message = await commit(runtime, event, seen, considered, spent)
        spent.written()
    runtime.posted()
    if message:
        trial.draft_beside(runtime, seen.asked, considered, message)


async def look(runtime: Runtime, said: Said, conversation: Conversation | None) -> Seen:
    """Read what was said before; of a thread that began before Baton came, ask Slack."""
    reader = await readers.of_asker(runtime, said)
    if conversation is None:
        return Seen(said, None, await opening.earlier_messages(runtime, said), reader)
    async with runtime.database.reading() as session:
        messages = await conversations.messages(session, runtime.workspace_id, conversation.id)
        decided = await handoffs.decisions(session, runtime.workspace_id, conversation.id)
    asked_back = any(each.action == Action.CLARIFY and each.draft_id for each in decided)
    return Seen(said, conversation, messages, reader, asked_back)


async def think(runtime: Runtime, seen: Seen) -> Considered:
    """Decide what to do, with no transaction open."""
    if flooded := await flood.too_fast(runtime, seen.said, seen.asked.topic):
        return flooded
    return await trial.consider(runtime, seen.asked, seen.place)


async def commit(
    runtime: Runtime, event: Claimed, seen: Seen, considered: Considered, spent: Account
) -> Message | None:
    """Write all of it, and mark the event done; when a person took over meanwhile, only relay.

    Returns:
        The message that was answered; None when it was only relayed.
    """
    answered: Message | None = None
    async with runtime.database.late_transaction(durable=False) as session:  # on disk before anything is posted
        conversation = await _conversation(session, runtime, seen)
        message = seen.stored or heard.store(session, conversation, seen.said)
        if conversation.state in WITH_PEOPLE:
            await relay.pass_on(session, runtime, conversation, message)
        elif not await _outdated(session, runtime, event, seen.said, conversation):
            came_back = conversation.state == ConversationState.RESOLVED
            sent_at = None if seen.stored else min(seen.said.at, message.created_at)
            was_with_person = came_back and await resolving.reopen(session, runtime, conversation, at=sent_at)
            if came_back:
                await reviewing.certain(session, conversation)
            said = await renewing.what_was_said_to(session, conversation, message) if seen.stored else None
            before = Before(seen.first, came_back=was_with_person, in_place_of=said)
            await answering.carry_out(session, runtime, conversation, message, considered, before=before)
            answered = message
        await inbox.done(session, event)
        await spent.write(session, conversation.id, considered.policy.topic)
        await runtime.budget.tell(session, runtime.channels.managers)
    return answered


async def _outdated(
    session: AsyncSession, runtime: Runtime, event: Claimed, said: Said, conversation: Conversation
) -> bool:
    """Whether the answer can wait for the customer's correction, which is on its way and opens the question anew."""
    return conversation.state == ConversationState.WITH_AI and await renewing.outdated(session, runtime, event, said)


async def _conversation(session: AsyncSession, runtime: Runtime, seen: Seen) -> Conversation:
    if seen.conversation is not None:
        found = await conversations.going_on(session, runtime.workspace_id, seen.conversation.id, lock=True)
        if found is not None:
            return found
    conversation = conversations.begin(
        session,
        runtime.workspace_id,
        channel_id=seen.said.channel_id,
        thread_ts=seen.said.root,
        customer_id=seen.said.user_id,
        asked_at=seen.said.at,
    )
    for earlier in seen.messages:
        earlier.conversation_id = conversation.id
        session.add(earlier)
    return conversation
