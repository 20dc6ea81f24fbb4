"""Carries out a verdict: the rows that explain it and the posts that people read, in one transaction."""

from dataclasses import dataclass, replace

from sqlmodel.ext.asyncio.session import AsyncSession

from bot import cards, posts
from bot.opening import NOTHING_ASKED
from bot.runtime import Runtime
from bot.views import customer as customer_view
from bot.views.customer import SourceLink
from bot.views.ids import ConversationRef
from bot.views.post import Post
from handoff import desk
from handoff.confidence import Confidence
from handoff.draft import Author, Draft, FoundPassage, Mood
from handoff.gate import Policy, Verdict
from storage import conversations
from storage.ids import new_id
from storage.kinds import Action, HandoffReason
from storage.tables import Conversation, Decision, DraftRow, Message

SUMMARY_LENGTH = 280


@dataclass(frozen=True)
class Considered:
    """What was found out and decided about one message."""

    verdict: Verdict
    policy: Policy
    mood: Mood
    language: str = ""
    draft: Draft | None = None
    passages: tuple[FoundPassage, ...] = ()
    confidence: Confidence | None = None
    elapsed_ms: float = 0.0

    @property
    def cited(self) -> list[FoundPassage]:
        """The passages that the draft cites, in its order."""
        by_id = {passage.passage_id: passage for passage in self.passages}
        return [by_id[each] for each in (self.draft.citations if self.draft else ()) if each in by_id]


async def carry_out(
    session: AsyncSession,
    runtime: Runtime,
    conversation: Conversation,
    message: Message,
    considered: Considered,
    *,
    first: bool,
    came_back: bool,
) -> None:
    """Store the draft and the decision, and do what was decided.

    `first` is whether the bot has not yet spoken in the conversation. `came_back` is whether the customer returns
    after a person had solved it; then people go on with it.
    """
    if came_back:
        words = "The customer came back after a person had worked on it."
        considered = replace(considered, verdict=Verdict(Action.HAND_OFF, HandoffReason.POLICY, (words,)))
    _remember_what_it_is_about(conversation, considered)
    draft_id = _store_draft(session, conversation, message, considered)
    session.add(_decision(conversation, message, considered, draft_id))
    if considered.verdict.action in (Action.ANSWER, Action.CLARIFY):
        _reply(session, runtime, conversation, considered, first=first)
    else:
        await hand_off(
            session, runtime, conversation, considered.verdict, first=first, question=message.text, draft_id=draft_id
        )


def _remember_what_it_is_about(conversation: Conversation, considered: Considered) -> None:
    conversation.language = considered.language or conversation.language
    if considered.draft and considered.draft.topic:
        conversation.topic = considered.draft.topic


def _reply(
    session: AsyncSession, runtime: Runtime, conversation: Conversation, considered: Considered, *, first: bool
) -> None:
    post, text = _reply_post(runtime, conversation, considered, first=first)
    message = conversations.say(
        session,
        conversation,
        author=Author.BOT,
        author_id=runtime.bot_user_id,
        text=text,
        channel_id=conversation.channel_id,
    )
    posts.to_customer(session, conversation, post, message_id=message.id)
    if considered.verdict.action == Action.ANSWER:
        desk.answered(conversation, silence=runtime.silence)
    session.add(conversation)


def _reply_post(
    runtime: Runtime, conversation: Conversation, considered: Considered, *, first: bool
) -> tuple[Post, str]:
    ref = ConversationRef(conversation_id=conversation.id)
    language, company, draft = conversation.language, runtime.company, considered.draft
    if draft is None or NOTHING_ASKED in considered.verdict.reasons:
        post = customer_view.empty_message(ref=ref, first=first, language=language, company=company)
        return post, post.text
    if considered.verdict.action == Action.CLARIFY:
        question = draft.clarifying_question
        return customer_view.clarify(question, ref=ref, first=first, language=language, company=company), question
    links = {passage.article_id: SourceLink(passage.title, passage.url) for passage in considered.cited}
    post = customer_view.answer(
        draft.text, list(links.values()), ref=ref, first=first, language=language, company=company
    )
    return post, draft.text


async def hand_off(
    session: AsyncSession,
    runtime: Runtime,
    conversation: Conversation,
    verdict: Verdict,
    *,
    first: bool,
    question: str,
    draft_id: str | None = None,
) -> None:
    """Tell the customer that a person is coming, and put the card before the agents."""
    reason = verdict.reason or HandoffReason.POLICY
    handoff = await desk.open_handoff(
        session,
        conversation,
        reason=reason,
        reasons=verdict.reasons,
        summary=question[:SUMMARY_LENGTH],
        draft_id=draft_id,
    )
    word = customer_view.handed_off(reason, language=conversation.language, first=first, company=runtime.company)
    message = conversations.say(
        session,
        conversation,
        author=Author.BOT,
        author_id=runtime.bot_user_id,
        text=word.text,
        channel_id=conversation.channel_id,
    )
    posts.to_customer(session, conversation, word, message_id=message.id)
    await session.flush()  # the card reads the messages and the draft
    card = await cards.render(session, runtime, conversation, handoff)
    if handoff.card_id is None:
        posts.card(session, conversation, handoff, runtime.channels.desk, card)
    else:
        posts.change_card(session, conversation, handoff, card)


def _store_draft(
    session: AsyncSession, conversation: Conversation, message: Message, considered: Considered
) -> str | None:
    draft = considered.draft
    if draft is None:
        return None
    row = DraftRow(
        workspace_id=conversation.workspace_id,
        id=new_id(),
        conversation_id=conversation.id,
        message_id=message.id,
        text=draft.text,
        citations=[
            {
                "passage_id": passage.passage_id,
                "article_id": passage.article_id,
                "title": passage.title,
                "url": passage.url,
                "heading_path": passage.heading_path,
            }
            for passage in considered.cited
        ],
        topic=draft.topic,
        answerable=draft.answerable,
        clarifying_question=draft.clarifying_question,
        own_confidence=draft.own_confidence,
        sentiment=draft.mood.sentiment,
        frustration=draft.mood.frustration,
        wants_person=draft.mood.wants_person,
        language=draft.language,
        drafter=draft.drafter,
        model=draft.model,
        prompt_version=draft.prompt_version,
        tokens_in=draft.usage.tokens_in,
        tokens_out=draft.usage.tokens_out,
        dollars=draft.usage.dollars,
    )
    session.add(row)
    return row.id


def _decision(conversation: Conversation, message: Message, considered: Considered, draft_id: str | None) -> Decision:
    sure, verdict, policy = considered.confidence, considered.verdict, considered.policy
    return Decision(
        workspace_id=conversation.workspace_id,
        id=new_id(),
        conversation_id=conversation.id,
        message_id=message.id,
        draft_id=draft_id,
        action=verdict.action,
        reason=verdict.reason or "",
        reasons=list(verdict.reasons),
        signals=dict(sure.signals) if sure else {},
        confidence=sure.value if sure else None,
        confidence_version=sure.version if sure else "",
        sentiment=considered.mood.sentiment,
        frustration=considered.mood.frustration,
        topic=policy.topic,
        stage=policy.stage,
        threshold=policy.threshold,
        frustration_limit=policy.frustration_limit,
        elapsed_ms=considered.elapsed_ms,
    )
