"""Answers of people become knowledge when a person says so: gathered, masked, read, stored, and forgotten again."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.desk import cards
from bot.drafting import phrases
from bot.knowledge import by_hand
from bot.runtime import Runtime
from bot.slack import posts
from bot.views import answers as view
from bot.views.ids import LessonRef
from bot.views.post import Post, View
from handoff import words
from handoff.anonymising import mask
from handoff.audience import CUSTOMER, INTERNAL, Reader
from handoff.draft import Author
from storage import answers, cited_articles, conversations, handoffs, standing
from storage.answer_pairs import AnswerPair
from storage.ids import new_id
from storage.kinds import ArticleKind
from storage.knowledge import NewArticle
from storage.library import Article
from storage.passage_index import NewPassage
from storage.row import now
from storage.tables import Conversation, DraftRow, Message

GONE = "This conversation is no longer there, so nothing was stored."


@dataclass(frozen=True, slots=True)
class Lesson:
    """What a conversation could teach."""

    question: str
    answer: str
    customer: str
    given_by: str
    """The agent whose answer it was; empty for a draft, which is the answer of whoever teaches it."""
    audiences: tuple[str, ...]
    """Who may read it; the one that fits the conversation first."""
    rests_on: tuple[dict[str, str], ...]


@dataclass(frozen=True, slots=True)
class Approved:
    """What an agent made of it and wants to be known."""

    question: str
    answer: str
    audience: str


async def form(runtime: Runtime, ref: LessonRef) -> View | Post:
    """The form with what was asked and answered, masked; why there is none when nobody answered."""
    async with runtime.database.reading() as session:
        conversation = await conversations.by_id(session, runtime.workspace_id, ref.conversation_id)
        pair = await _known(session, conversation) if conversation else None
        lesson = await _lesson(session, conversation, ref) if conversation else None
    if lesson is None:
        return view.nothing_to_teach()
    if pair:
        return view.teach_form(ref, pair.question, pair.answer, lesson.audiences)
    people = [each for each in (lesson.customer, lesson.given_by) if each]
    names = [(await runtime.people.profile(each)).name for each in people]
    return view.teach_form(ref, mask(lesson.question, names), mask(lesson.answer, names), lesson.audiences)


async def teach(runtime: Runtime, by: str, ref: LessonRef, approved: Approved) -> dict[str, str]:
    """Store what an agent approved.

    Returns:
        Why it was not stored, by the field that is to be changed; nothing when it was.
    """
    question, answer = approved.question.strip(), approved.answer.strip()
    if not by_hand.asks(question):
        return {"question": by_hand.NOT_FOUND_BY}
    if not answer:
        return {"answer": "Write what Baton should answer."}
    async with runtime.database.transaction() as session:
        conversation = await conversations.by_id(session, runtime.workspace_id, ref.conversation_id, lock=True)
        lesson = await _lesson(session, conversation, ref) if conversation else None
        if conversation is None or lesson is None:
            return {"answer": GONE}
        if approved.audience not in lesson.audiences:
            return {"audience": "Choose who may read it."}
        before = await answers.of_conversation(session, runtime.workspace_id, conversation.id)
        article = article_of(before.article_id if before else new_id(), conversation, approved)
        pair = AnswerPair(
            workspace_id=runtime.workspace_id,
            article_id=article.id,
            conversation_id=conversation.id,
            question=question,
            answer=answer,
            given_by=lesson.given_by or by,
            rests_on=list(lesson.rests_on),
        )
        await answers.teach(session, pair, article, by=by, at=now())
        await session.flush()
        await _show(session, runtime, conversation, ref.handoff_id)
    return {}


async def forget(runtime: Runtime, by: str, article_id: str) -> Post:
    """Take a pair out of the knowledge, and show it on its card."""
    async with runtime.database.transaction() as session:
        pair = await answers.by_id(session, runtime.workspace_id, article_id)
        if pair is None or not await answers.forget(session, pair, by=by, at=now()):
            return view.nothing_to_forget()
        await session.flush()
        conversation = await conversations.by_id(session, runtime.workspace_id, pair.conversation_id)
        if conversation:
            await _show(session, runtime, conversation)
    return view.forgotten()


async def _known(session: AsyncSession, conversation: Conversation) -> AnswerPair | None:
    pair = await answers.of_conversation(session, conversation.workspace_id, conversation.id)
    return pair if pair and pair.forgotten_at is None else None


async def _lesson(session: AsyncSession, conversation: Conversation, ref: LessonRef) -> Lesson | None:
    if ref.draft_id:
        return await _of_draft(session, conversation, ref.draft_id)
    return await _of_people(session, conversation, await _settled_before(session, conversation, ref.handoff_id))


async def _settled_before(session: AsyncSession, conversation: Conversation, handoff_id: str) -> datetime | None:
    """When what was asked before the handoff was resolved: it is another matter than the one that people answered."""
    handoff = await handoffs.by_id(session, conversation.workspace_id, handoff_id) if handoff_id else None
    return await standing.resolved_before(session, conversation, handoff.opened_at) if handoff else None


async def _of_draft(session: AsyncSession, conversation: Conversation, draft_id: str) -> Lesson | None:
    """What a draft answers, and its words without those that only name its source."""
    draft = await session.get(DraftRow, (conversation.workspace_id, draft_id))
    message = await session.get(Message, (conversation.workspace_id, draft.message_id)) if draft else None
    if draft is None or message is None or message.deleted_at or draft.conversation_id != conversation.id:
        return None
    titles = dict.fromkeys(str(each.get("title", "")) for each in draft.citations)
    return Lesson(
        question=message.text,
        answer=phrases.without_openings(draft.text, draft.language, titles),
        customer=conversation.customer_id,
        given_by="",
        audiences=await _audiences(session, conversation),
        rests_on=tuple(cited_articles.as_read(await _articles(session, conversation))),
    )


async def _of_people(session: AsyncSession, conversation: Conversation, since: datetime | None) -> Lesson | None:
    """What was asked from a moment on until an agent answered, and what agents said, word for word."""
    said = await conversations.messages(session, conversation.workspace_id, conversation.id, limit=50)
    there = [each for each in said if each.text.strip() and (since is None or each.created_at > since)]
    first = next((number for number, each in enumerate(there) if each.author == Author.AGENT), None)
    if first is None:
        return None
    asked = [each.text for each in there[:first] if each.author == Author.CUSTOMER]
    asked = [each for each in asked if by_hand.asks(each)][-2:] or asked[-1:]
    given = [each for each in there if each.author == Author.AGENT]
    return Lesson(
        question="\n".join(asked),
        answer="\n\n".join(each.text for each in given),
        customer=conversation.customer_id,
        given_by=given[-1].author_id,
        audiences=await _audiences(session, conversation),
        rests_on=tuple(cited_articles.as_read(await _articles(session, conversation))),
    )


async def _articles(session: AsyncSession, conversation: Conversation) -> list[Article]:
    return await cited_articles.of_conversations(session, conversation.workspace_id, [conversation.id])


async def _audiences(session: AsyncSession, conversation: Conversation) -> tuple[str, ...]:
    """Who may read it: no customer who may not read every article that the conversation rested on."""
    articles = await _articles(session, conversation)
    return offered_to({each.audience for each in articles}, conversation.channel_id)


def offered_to(rested_on: Collection[str], channel_id: str) -> tuple[str, ...]:
    """The audiences that an answer may be given, the likeliest first.

    Args:
        rested_on: the audiences of the articles that it rests on.
        channel_id: where it was given.
    """
    narrow = [each for each in rested_on if each != CUSTOMER]
    channel = (f"channel:{channel_id}",)
    if not narrow:
        return (CUSTOMER, *channel, INTERNAL)
    alone = tuple(narrow) if len(narrow) == 1 else ()
    here = channel if all(Reader(channel_id=channel_id).may_read(each) for each in narrow) else ()
    return tuple(dict.fromkeys((*alone, *here, INTERNAL)))


def article_of(article_id: str, conversation: Conversation, approved: Approved) -> NewArticle:
    """What is stored of an approved answer: one passage, found by the question as by a title."""
    question, answer = approved.question.strip(), approved.answer.strip()
    told = by_hand.content_hash(question, answer)
    passage = NewPassage(
        id=hashlib.blake2b(f"{article_id}\0{told}".encode(), digest_size=10).hexdigest(),
        heading_path="",
        text=answer,
        title_terms=words.informative(question),
        heading_terms=(),
        body_terms=words.informative(answer),
    )
    return by_hand.article(
        article_id,
        question,
        answer,
        [passage],
        audience=approved.audience,
        spoken=conversation.language,
        topic=conversation.topic,
        kind=ArticleKind.ANSWER_PAIR,
    )


async def _show(session: AsyncSession, runtime: Runtime, conversation: Conversation, handoff_id: str = "") -> None:
    """Bring the card up to date: the one that was pressed, else the conversation's last."""
    handoff = (
        await handoffs.by_id(session, runtime.workspace_id, handoff_id)
        if handoff_id
        else await handoffs.last_of(session, conversation)
    )
    if handoff and handoff.card_id:
        card = await cards.render(session, runtime, conversation, handoff)
        posts.change_card(session, conversation, handoff, card)
