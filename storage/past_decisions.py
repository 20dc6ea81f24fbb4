"""Past decisions with all that they were taken on, for rehearsals; and the articles that stand behind them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from sqlalchemy import or_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.evidence import Review, TopicChange
from storage.kinds import DraftRole
from storage.library import Article
from storage.tables import Conversation, Decision, DraftRow, Message, Topic

Kind = TypeVar("Kind", Message, DraftRow, Decision, Review)

LOOKED_THROUGH = 1_000
"""Of the newest decisions, among how many drafts with a topic are looked for: some teams have none, however long."""


@dataclass(frozen=True, slots=True)
class Past:
    """A conversation with what was said, drafted, decided and reviewed in it, each oldest first."""

    conversation: Conversation
    messages: Sequence[Message]
    """Deleted ones included."""
    decisions: Sequence[Decision]
    """Those that counted; what a silent version decided beside them is left out."""
    drafts: dict[str, DraftRow]
    reviews: Sequence[Review]


async def since(session: AsyncSession, workspace_id: str, moment: datetime) -> Sequence[str]:
    """The ids of the conversations that were opened since a moment and hold a decision, oldest first."""
    decided = select(Decision.conversation_id).where(Decision.workspace_id == workspace_id)
    wanted = (
        select(Conversation.id)
        .where(
            Conversation.workspace_id == workspace_id,
            Conversation.opened_at >= moment,
            col(Conversation.id).in_(decided),
        )
        .order_by(col(Conversation.id))
    )
    return (await session.exec(wanted)).all()


async def read(session: AsyncSession, workspace_id: str, conversation_id: str) -> Past | None:
    """Everything that the decisions of a conversation rested on; nothing when it is gone."""
    conversation = await session.get(Conversation, (workspace_id, conversation_id))
    if conversation is None:
        return None
    drafts = {each.id: each for each in await _of(session, DraftRow, conversation)}
    decisions = await _of(session, Decision, conversation)
    return Past(
        conversation=conversation,
        messages=await _of(session, Message, conversation),
        decisions=[each for each in decisions if each.role != DraftRole.SHADOW],
        drafts=drafts,
        reviews=await _of(session, Review, conversation),
    )


async def _of(session: AsyncSession, kind: type[Kind], conversation: Conversation) -> Sequence[Kind]:
    wanted = (
        select(kind)
        .where(
            col(kind.workspace_id) == conversation.workspace_id,
            col(kind.conversation_id) == conversation.id,
        )
        .order_by(col(kind.id))
    )
    return (await session.exec(wanted)).all()


async def articles(session: AsyncSession, workspace_id: str) -> Sequence[Article]:
    """The articles that are known now, by their key in their source."""
    wanted = (
        select(Article)
        .where(Article.workspace_id == workspace_id, col(Article.removed_at).is_(None))
        .order_by(col(Article.source_key), col(Article.source))
    )
    return (await session.exec(wanted)).all()


async def topics_named(
    session: AsyncSession, workspace_id: str, *, limit: int
) -> list[tuple[str, list[tuple[str, float]]]]:
    """Of the newest drafts with a topic: that topic, and the topics and scores of the articles found, the best first.

    Articles that are gone since are left out, and so are drafts whose topic was renamed or is no more: those of
    articles have today's names.
    """
    newest = (
        select(Decision.id, Decision.role, Decision.topic, Decision.draft_id, Decision.created_at)  # pyright: ignore[reportCallIssue] - the overloads end at four columns
        .where(Decision.workspace_id == workspace_id)
        .order_by(col(Decision.created_at).desc(), col(Decision.id).desc())
        .limit(LOOKED_THROUGH)
        .subquery()
    ).c
    there = select(Topic.name).where(Topic.workspace_id == workspace_id)
    ever = select(TopicChange.topic).where(TopicChange.workspace_id == workspace_id)
    known = or_(newest.topic.in_(there), newest.topic.not_in(ever))  # a model may name one that nobody knows
    late = (
        select(newest.id)
        .where(newest.role == DraftRole.SERVING, newest.topic != "", known, newest.draft_id.is_not(None))
        .order_by(newest.created_at.desc(), newest.id.desc())
        .limit(limit)
    )
    wanted = (
        select(Decision.topic, Decision.passages)
        .where(Decision.workspace_id == workspace_id, col(Decision.id).in_((await session.exec(late)).all()))
        .order_by(col(Decision.created_at).desc(), col(Decision.id).desc())
    )
    decided = (await session.exec(wanted)).all()
    ids = {str(each["article_id"]) for _, passages in decided for each in passages}
    stand = select(Article.id, Article.topic).where(Article.workspace_id == workspace_id, col(Article.id).in_(ids))
    topic_of = dict((await session.exec(stand)).all())
    return [
        (
            topic,
            [
                (topic_of[str(each["article_id"])], float(each["score"]))
                for each in found
                if each["article_id"] in topic_of
            ],
        )
        for topic, found in decided
    ]
