"""The main path: one customer message from the inbox to the outbox.

    take -> look -> consider -> commit

`look` reads what is known, `consider` decides with no transaction open (a model may be awaited there), and
`commit` writes message, draft, decision, state and posts, and marks the event done, all or nothing.
"""

import time
from dataclasses import dataclass, replace

import structlog
from sqlmodel.ext.asyncio.session import AsyncSession

from bot import answering, opening, relay
from bot.answering import Considered
from bot.drafting.port import DraftRequest
from bot.inbound import Said
from bot.knowledge import search
from bot.runtime import Runtime
from handoff import confidence, desk, gate, language, mood, smalltalk
from handoff.draft import Author, Draft, FoundPassage, Mood, NoUsableDraft, Turn
from handoff.gate import Assessment, Policy, Verdict
from storage import conversations, handoffs, inbox
from storage.inbox import Claimed
from storage.kinds import Action, ConversationState, HandoffReason
from storage.tables import Conversation, Message

log = structlog.get_logger(__name__)

WITH_PEOPLE = (ConversationState.WAITING, ConversationState.WITH_HUMAN)


@dataclass(frozen=True)
class Seen:
    """What is known when a message arrives."""

    said: Said
    conversation: Conversation | None
    messages: list[Message]
    asked_back_before: bool = False

    @property
    def turns(self) -> list[Turn]:
        """The conversation so far, with this message as its last turn."""
        earlier = [Turn(Author(each.author), each.text) for each in self.messages if each.ts != self.said.ts]
        return [*earlier, Turn(Author.CUSTOMER, self.said.text)]

    @property
    def stored(self) -> Message | None:
        """The message itself where it is stored already: its customer has corrected it."""
        return next((each for each in self.messages if each.ts == self.said.ts), None)

    @property
    def first(self) -> bool:
        """Whether the bot has not yet spoken here."""
        return not any(each.author == Author.BOT for each in self.messages)


async def take(runtime: Runtime, event: Claimed, said: Said, conversation: Conversation | None) -> None:
    """Handle one message of a customer; `conversation` is the one it belongs to, None when it opens one."""
    seen = await look(runtime, said, conversation)
    if conversation is not None and conversation.state in WITH_PEOPLE:
        await relay.customer_said(runtime, event, conversation.id, said)
        return
    considered = await consider(runtime, seen)
    await commit(runtime, event, seen, considered)
    runtime.posted()


async def look(runtime: Runtime, said: Said, conversation: Conversation | None) -> Seen:
    """Read what was said before; of a thread that began before Baton came, ask Slack."""
    if conversation is None:
        return Seen(said, None, await opening.earlier_messages(runtime, said))
    async with runtime.database.reading() as session:
        messages = await conversations.messages(session, runtime.workspace_id, conversation.id)
        decided = await handoffs.decisions(session, runtime.workspace_id, conversation.id)
    asked_back = any(each.action == Action.CLARIFY and each.draft_id for each in decided)
    return Seen(said, conversation, messages, asked_back)


async def consider(runtime: Runtime, seen: Seen) -> Considered:
    """Decide what to do, from what needs least to what needs most: the words, the knowledge, the draft."""
    started = time.perf_counter()
    policy = await runtime.policy(seen.conversation.topic if seen.conversation else "")
    read, spoken = mood.read(seen.turns), language.detect(seen.said.text)
    considered = _from_words(seen, policy, read, spoken) or await _from_knowledge(runtime, seen, policy, read, spoken)
    return replace(considered, elapsed_ms=(time.perf_counter() - started) * 1000)


def _from_words(seen: Seen, policy: Policy, read: Mood, spoken: str) -> Considered | None:
    """What the words alone decide: nothing readable, a hello, a file, a wish for a person, frustration."""
    text = seen.said.text
    if smalltalk.nothing_said(text) and seen.said.files:
        words = "The customer sent a file without a word; only a person can look at it."
        return Considered(Verdict(Action.HAND_OFF, HandoffReason.POLICY, (words,)), policy, read, spoken)
    if smalltalk.nothing_said(text) or smalltalk.is_greeting(text):
        return Considered(Verdict(Action.CLARIFY, None, (opening.NOTHING_ASKED,)), policy, read, spoken)
    if verdict := gate.person_needed(read, policy):
        return Considered(verdict, policy, read, spoken)
    return None


async def _from_knowledge(runtime: Runtime, seen: Seen, policy: Policy, read: Mood, spoken: str) -> Considered:
    turns = seen.turns
    async with runtime.database.reading() as session:
        found = await search.search(session, runtime.workspace_id, turns)
    passages = tuple(passage for passage in found if passage.coverage >= gate.LEAST_COVERAGE)
    if not passages:
        return Considered(gate.decide(Assessment(read, found_anything=False), policy), policy, read, spoken)
    request = DraftRequest(turns, passages, await runtime.topic_names(), runtime.company)
    try:
        draft = await runtime.drafter.draft(request)
    except NoUsableDraft as failure:
        log.warning("no_usable_draft", cause=failure.cause)
        failed = Assessment(read, found_anything=True, model_failure=failure.cause)
        return Considered(gate.decide(failed, policy), policy, read, spoken, passages=passages)
    return _held_against_policy(seen, draft, passages, read, await runtime.policy(draft.topic))


def _held_against_policy(
    seen: Seen, draft: Draft, passages: tuple[FoundPassage, ...], read: Mood, policy: Policy
) -> Considered:
    sure = confidence.assess(draft, passages, seen.turns)
    felt = _worse(read, draft.mood)
    assessment = Assessment(
        mood=felt,
        found_anything=True,
        answerable=draft.answerable,
        asks_back=bool(draft.clarifying_question) and not draft.answerable,
        asked_back_before=seen.asked_back_before,
        confidence=sure.value,
        confidence_reasons=sure.reasons,
    )
    return Considered(gate.decide(assessment, policy), policy, felt, draft.language, draft, passages, sure)


def _worse(one: Mood, other: Mood) -> Mood:
    """The darker of two readings: a mood missed costs a customer, one imagined costs an agent a minute."""
    return Mood(
        sentiment=min(one.sentiment, other.sentiment),
        frustration=max(one.frustration, other.frustration),
        wants_person=one.wants_person or other.wants_person,
        signs=tuple(dict.fromkeys((*one.signs, *other.signs))),
    )


async def commit(runtime: Runtime, event: Claimed, seen: Seen, considered: Considered) -> None:
    """Write all of it, and mark the event done; when a person took over meanwhile, only relay."""
    async with runtime.database.transaction() as session:
        conversation = await _conversation(session, runtime, seen)
        message = seen.stored or opening.store_question(session, conversation, seen.said)
        if conversation.state in WITH_PEOPLE:
            await relay.pass_on(session, runtime, conversation, message)
        else:
            was_with_person = conversation.state == ConversationState.RESOLVED and desk.reopen(session, conversation)
            await answering.carry_out(
                session, runtime, conversation, message, considered, first=seen.first, came_back=was_with_person
            )
        await inbox.done(session, event)


async def _conversation(session: AsyncSession, runtime: Runtime, seen: Seen) -> Conversation:
    if seen.conversation is not None:
        found = await conversations.by_id(session, runtime.workspace_id, seen.conversation.id, lock=True)
        if found is not None:
            return found
    conversation = conversations.begin(
        session,
        runtime.workspace_id,
        channel_id=seen.said.channel_id,
        thread_ts=seen.said.root,
        customer_id=seen.said.user_id,
    )
    await session.flush()  # the rows below belong to it
    for earlier in seen.messages:
        earlier.conversation_id = conversation.id
        session.add(earlier)
    return conversation
