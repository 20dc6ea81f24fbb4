"""Everything that is remembered of one conversation."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import costs, decisions
from storage.costs import Total
from storage.endings import Rating, Resolution, Survey
from storage.evidence import Certificate, Review
from storage.library import Article
from storage.queues import Outbox
from storage.tables import Conversation, Decision, DraftRow, Handoff, Message

Kind = TypeVar("Kind", Message, DraftRow, Decision, Handoff, Outbox, Resolution, Review)


@dataclass(frozen=True, slots=True)
class Story:
    """A conversation with what was said, drafted, decided and handed off in it, each oldest first."""

    conversation: Conversation
    messages: Sequence[Message]
    drafts: Sequence[DraftRow]
    decisions: Sequence[Decision]
    handoffs: Sequence[Handoff]
    survey: Survey | None
    rating: Rating | None
    unposted: Sequence[Outbox]
    """Posts that are not sent yet, or that Slack refused."""
    reviews: Sequence[Review] = ()
    certificates: Mapping[str, Certificate] = field(default_factory=dict[str, Certificate])
    """Those that decisions rested on, by id."""
    articles: Mapping[str, Article] = field(default_factory=dict[str, Article])
    """Those that were found, as they are now, by id; removed ones too."""
    resolutions: Sequence[Resolution] = ()
    costs: Sequence[Total] = ()
    """What models cost in it, by purpose and model."""


async def read(session: AsyncSession, conversation: Conversation) -> Story:
    """Read the whole story, deleted messages included."""
    key = (conversation.workspace_id, conversation.id)
    made = await _of(session, Decision, conversation)
    return Story(
        conversation=conversation,
        messages=await _of(session, Message, conversation),
        drafts=await _of(session, DraftRow, conversation),
        decisions=made,
        handoffs=await _of(session, Handoff, conversation),
        survey=await session.get(Survey, key),
        rating=await session.get(Rating, key),
        unposted=[post for post in await _of(session, Outbox, conversation) if post.state != "sent"],
        reviews=await _of(session, Review, conversation),
        certificates=await decisions.certificates_of(session, conversation.workspace_id, made),
        articles=await decisions.articles_of(session, conversation.workspace_id, made),
        resolutions=await _of(session, Resolution, conversation),
        costs=await costs.of_conversation(session, *key),
    )


async def _of(session: AsyncSession, kind: type[Kind], conversation: Conversation) -> Sequence[Kind]:
    wanted = (
        select(kind)
        .where(
            col(kind.workspace_id) == conversation.workspace_id,
            col(kind.conversation_id) == conversation.id,
        )
        .order_by(col(kind.id))  # ids sort by the time they were made
    )
    return (await session.exec(wanted)).all()
