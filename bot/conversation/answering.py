"""Carries out a verdict: the rows that explain it and the posts that people read, in one transaction."""

from dataclasses import dataclass, replace

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.conversation import beginning, offering, recording, renewing, replying
from bot.conversation.before import GOING_ON, Before
from bot.desk import cards
from bot.disclosure import holding
from bot.runtime import Runtime
from bot.slack import posts
from bot.thinking import attached
from bot.thinking.considering import Considered
from bot.views import customer as customer_view
from bot.views.controls import Shown
from bot.views.ids import ConversationRef
from bot.views.post import Post
from handoff import desk, sent_files
from handoff.gate import ACTS_ALONE, CAME_BACK, PART_OPEN, Policy, Verdict, policy_of
from storage import answers, offers
from storage.kinds import Action, DraftRole, HandoffReason, OfferState
from storage.row import now
from storage.tables import Conversation, Message, Topic


async def carry_out(
    session: AsyncSession,
    runtime: Runtime,
    conversation: Conversation,
    message: Message,
    considered: Considered,
    *,
    before: Before,
) -> None:
    """Store the draft and the decision, and do what was decided."""
    considered = await _as_things_stand(session, runtime, considered, message, before)
    _remember_what_it_is_about(conversation, considered)
    if not before.came_back:
        considered = await beginning.weighed(session, runtime, conversation, message, considered)
    await offers.settle(session, conversation, OfferState.REPHRASED)
    decision = recording.record(session, runtime, conversation, message, considered)
    if considered.instead_of:
        recording.record(session, runtime, conversation, message, considered.instead_of, role=DraftRole.SHADOW)
    if considered.verdict.action in ACTS_ALONE:
        await _reply(session, runtime, conversation, message, considered, before=before, draft_id=decision.draft_id)
        await _pass_on_the_rest(session, runtime, conversation, considered)
        return
    verdict, draft_id = considered.verdict, None if beginning.drawn(considered) else decision.draft_id
    if not await offering.offer(session, runtime, conversation, message, verdict, before=before, draft_id=draft_id):
        word = _word_on_a_file(runtime, conversation, verdict, first=before.first)
        await hand_off(session, runtime, conversation, Call(verdict, message.text, draft_id, word), before=before)


async def _as_things_stand(
    session: AsyncSession, runtime: Runtime, considered: Considered, message: Message, before: Before
) -> Considered:
    """What was considered, held against what this transaction knows: policies, articles, files, who came back."""
    considered = await _under_todays_policies(session, runtime, considered)
    considered = await holding.considered_again(session, runtime.workspace_id, considered)
    if before.came_back:
        considered = replace(considered, verdict=Verdict(Action.HAND_OFF, HandoffReason.POLICY, (CAME_BACK,)))
    return attached.told(considered, message.files)


def _word_on_a_file(runtime: Runtime, conversation: Conversation, verdict: Verdict, *, first: bool) -> Post | None:
    """What the customer reads when a person has to look at what they sent; None for any other reason."""
    if verdict.reasons[:1] in ((sent_files.ALONE,), (sent_files.MATTERS,)):
        return customer_view.file_handed_off(language=conversation.language, first=first, company=runtime.company)
    return None


async def _pass_on_the_rest(
    session: AsyncSession, runtime: Runtime, conversation: Conversation, considered: Considered
) -> None:
    """What the answer leaves open goes to a person, who reads which part that is."""
    left = considered.draft.open_questions if considered.draft else ()
    if not considered.verdict.reason or not left:
        return
    still = "this question is" if len(left) == 1 else "these questions are"
    more = (each for each in considered.verdict.reasons if each != PART_OPEN)
    reasons = (f"Answered in part: {still} still open.", *more)
    verdict = Verdict(Action.HAND_OFF, considered.verdict.reason, reasons)
    word = customer_view.rest_handed_off(left, conversation.language)
    await hand_off(session, runtime, conversation, Call(verdict, "\n".join(left), word=word))


async def _under_todays_policies(session: AsyncSession, runtime: Runtime, considered: Considered) -> Considered:
    """What would go out alone, held against the policies of all the topics that it answers, as they are now."""
    if considered.verdict.action not in ACTS_ALONE:
        return considered
    considered = considered.under(await _policy_now(session, runtime, considered))
    for part in considered.also:
        held = part.under(await _policy_now(session, runtime, part))
        if held.verdict.action not in ACTS_ALONE:
            considered = replace(considered, verdict=held.verdict, policy=held.policy)
    return considered


async def _policy_now(session: AsyncSession, runtime: Runtime, considered: Considered) -> Policy:
    """The policy as it is in this transaction: an alarm may have come while the draft was being made."""
    named = considered.policy.topic
    topic = await session.get(Topic, (runtime.workspace_id, named)) if named else None
    policy = policy_of(considered.policy.topic, topic, runtime.starting_policy)
    policy = replace(policy, held_back=await runtime.budget.held_back(session))
    challenger = runtime.challenger
    if challenger and considered.drafter_version == challenger.version:
        return await challenger.policy(session, runtime.workspace_id, policy)
    return policy


def _remember_what_it_is_about(conversation: Conversation, considered: Considered) -> None:
    """The first answer settles its topic: what is asked after it may come of it, and people's have no later one."""
    conversation.language = considered.language or conversation.language
    settled = conversation.ai_replied and conversation.topic
    if considered.draft and considered.draft.topic and not settled:
        conversation.topic = considered.draft.topic


async def _reply(
    session: AsyncSession,
    runtime: Runtime,
    conversation: Conversation,
    message: Message,
    considered: Considered,
    *,
    before: Before,
    draft_id: str | None,
) -> None:
    how = await replying.shown(session, runtime, conversation, draft_id)
    file_unread = attached.left_unread(considered, message.files)
    post, text = _reply_post(
        runtime, conversation, considered, first=before.first, draft_id=draft_id, how=how, file_unread=file_unread
    )
    await replying.put(
        session,
        runtime,
        conversation,
        post,
        text,
        how=how,
        draft_id=draft_id,
        reader=considered.reader,
        in_place_of=before.in_place_of,
    )
    if considered.verdict.action == Action.ANSWER:
        desk.answered(conversation, silence=runtime.silence)
        taught = [passage.article_id for passage in considered.cited if passage.taught]
        await answers.used(session, runtime.workspace_id, taught, now())
    session.add(conversation)


def _reply_post(
    runtime: Runtime,
    conversation: Conversation,
    considered: Considered,
    *,
    first: bool,
    draft_id: str | None,
    how: Shown,
    file_unread: bool,
) -> tuple[Post, str]:
    ref = ConversationRef(conversation_id=conversation.id, draft_id=draft_id)
    language, company, draft = conversation.language, runtime.company, considered.draft
    if draft is None or considered.nothing_asked:
        post = customer_view.empty_message(ref=ref, first=first, language=language, company=company)
        return post, post.text
    if considered.verdict.action == Action.CLARIFY:
        question = draft.clarifying_question
        return customer_view.clarify(question, ref=ref, first=first, language=language, company=company), question
    links = {
        each.article_id: replying.source(each.title, each.url, language, taught=each.taught)
        for each in considered.cited
    }
    post = customer_view.answer(
        draft.text,
        list(links.values()),
        ref=ref,
        first=first,
        language=language,
        company=company,
        shown=how,
        file_unread=file_unread,
    )
    return post, draft.text


@dataclass(frozen=True, slots=True)
class Call:
    """A call for a person: why, and for what."""

    verdict: Verdict
    question: str
    """In the customer's words."""
    draft_id: str | None = None
    """The draft that an agent may send instead of their own words."""
    word: Post | None = None
    """What the customer reads; the reason's words where there is none."""


async def hand_off(
    session: AsyncSession, runtime: Runtime, conversation: Conversation, call: Call, *, before: Before = GOING_ON
) -> None:
    """Tell the customer that a person is coming, and show agents the card."""
    reason = call.verdict.reason or HandoffReason.POLICY
    await offers.settle(session, conversation, OfferState.GONE)
    handoff = await desk.open_handoff(
        session,
        conversation,
        reason=reason,
        reasons=call.verdict.reasons,
        summary=call.question,
        draft_id=call.draft_id,
    )
    word = call.word
    if word is None:
        language, company = conversation.language, runtime.company
        word = customer_view.handed_off(reason, language=language, first=before.first, company=company)
    await renewing.say(session, runtime, conversation, word, word.text, in_place_of=before.in_place_of)
    await session.flush()  # the card reads the messages and the draft
    card = await cards.render(session, runtime, conversation, handoff)
    if handoff.card_id is None:
        posts.card(session, conversation, handoff, runtime.channels.desk, card)
    else:
        posts.change_card(session, conversation, handoff, card)
