"""What models are fitted on: the verdicts of reviewers, and what they say of customers' moods."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement
from sqlmodel import col, func, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.evidence import Review
from storage.kinds import ReviewVerdict
from storage.tables import Conversation, DraftRow, Message

MOST = 50_000
"""The newest labels that a fit takes."""


@dataclass(frozen=True, slots=True)
class DraftLabel:
    """A reviewed draft: its signals, and whether it was right."""

    signals: Mapping[str, float]
    right: bool
    conversation_id: str
    drafted_at: datetime
    question: str
    """What it answers; empty where the conversation was erased."""
    articles: tuple[str, ...]
    """The ids of the articles it cites."""


@dataclass(frozen=True, slots=True)
class MoodLabel:
    """A conversation at the time of a reviewed draft, and whether its customer was frustrated."""

    conversation_id: str
    drafted_at: datetime
    frustrated: bool


async def drafts(session: AsyncSession, workspace_id: str) -> list[DraftLabel]:
    """The reviewed drafts in the order in which they were made.

    Of several readings the worse counts; where the reader could not tell, nothing is learned.
    """
    wanted = (
        select(Review, DraftRow.citations, Message.text)
        .join(DraftRow, _same(DraftRow, Review.draft_id), isouter=True)
        .join(Message, _same(Message, DraftRow.message_id), isouter=True)
        .where(
            Review.workspace_id == workspace_id,
            col(Review.verdict).is_not(None),
            Review.verdict != ReviewVerdict.UNSURE,
        )
        .order_by(col(Review.drafted_at).desc(), col(Review.draft_id), col(Review.reading))
        .limit(MOST)
    )
    found: dict[str, DraftLabel] = {}
    for each, citations, question in (await session.exec(wanted)).all():
        if not each.signals:
            continue
        known = found.get(each.draft_id)
        right = each.verdict == ReviewVerdict.RIGHT and (known is None or known.right)
        cited = tuple(dict.fromkeys(cited["article_id"] for cited in citations or ()))
        found[each.draft_id] = DraftLabel(
            each.signals, right, each.conversation_id, each.drafted_at, question or "", cited
        )
    return list(reversed(found.values()))


async def known_of(session: AsyncSession, workspace_id: str, customer_id: str) -> Sequence[str]:
    """The questions in a customer's conversations, and of theirs elsewhere, whose drafts were right: once a draft."""
    theirs = select(Conversation.id).where(
        Conversation.workspace_id == workspace_id, Conversation.customer_id == customer_id
    )
    wanted = (
        select(DraftRow.id, Message.text)
        .join(Message, (col(Message.workspace_id) == DraftRow.workspace_id) & (col(Message.id) == DraftRow.message_id))
        .join(Review, (col(Review.workspace_id) == DraftRow.workspace_id) & (col(Review.draft_id) == DraftRow.id))
        .where(
            DraftRow.workspace_id == workspace_id,
            Review.verdict == ReviewVerdict.RIGHT,
            or_(col(Message.conversation_id).in_(theirs), Message.author_id == customer_id),
        )
        .distinct()
    )
    return [text for _, text in (await session.exec(wanted)).all()]


def _same(table: type[DraftRow] | type[Message], wanted: str) -> ColumnElement[bool]:
    return (col(table.workspace_id) == Review.workspace_id) & (col(table.id) == wanted)


async def count_moods(session: AsyncSession, workspace_id: str) -> int:
    """How many moods were labelled."""
    wanted = select(func.count(func.distinct(Review.draft_id))).where(
        Review.workspace_id == workspace_id, col(Review.customer_frustrated).is_not(None)
    )
    return (await session.exec(wanted)).one()


async def moods(session: AsyncSession, workspace_id: str) -> list[MoodLabel]:
    """The labelled moods in the order of the drafts; frustrated when any reader said so."""
    wanted = (
        select(Review.draft_id, Review.conversation_id, Review.drafted_at, Review.customer_frustrated)
        .where(Review.workspace_id == workspace_id, col(Review.customer_frustrated).is_not(None))
        .order_by(col(Review.drafted_at).desc(), col(Review.draft_id))
        .limit(MOST)
    )
    found: dict[str, MoodLabel] = {}
    for draft_id, conversation_id, drafted_at, frustrated in (await session.exec(wanted)).all():
        known = found.get(draft_id)
        found[draft_id] = MoodLabel(conversation_id, drafted_at, bool(frustrated) or bool(known and known.frustrated))
    return list(reversed(found.values()))


async def said_until(session: AsyncSession, workspace_id: str, label: MoodLabel, *, limit: int) -> list[Message]:
    """What was said in the conversation until the labelled draft, oldest first; nothing when it was erased."""
    wanted = (
        select(Message)
        .where(
            Message.workspace_id == workspace_id,
            Message.conversation_id == label.conversation_id,
            Message.created_at <= label.drafted_at,
            col(Message.deleted_at).is_(None),
        )
        .order_by(col(Message.id).desc())
        .limit(limit)
    )
    return list(reversed((await session.exec(wanted)).all()))
