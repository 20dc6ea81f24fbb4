"""The questions of a stretch of time that Baton could not answer, or answered badly.

Such a question was handed off, or offered to a person, because nothing was found or the confidence was low; or Baton
asked back and never answered; or its answer was found not helpful; or the customer rated a conversation in which the AI
had answered with 1 or 2. A conversation counts once.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import and_, func, or_, true
from sqlalchemy.orm import aliased
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import Select

from storage import matters
from storage.endings import Rating, Resolution
from storage.kinds import Action, DraftRole, HandoffReason
from storage.tables import Conversation, Decision, DraftRow, Message

LOW = 2
"""The highest score that is low."""
MOST_READ = 20_000
"""How many cases of each kind are told apart; of more, the newest."""
AT_A_TIME = 500
"""How many rows are asked for by their ids in one statement."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Question:
    """One question that was asked in vain, in the customer's words."""

    conversation_id: str
    message_id: str
    text: str
    language: str
    """Of the conversation; may be empty."""
    asked_at: datetime
    customer_id: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """The questions that were read, of how many."""

    questions: Sequence[Question]
    conversations: int


async def of_window(session: AsyncSession, workspace_id: str, since: datetime, until: datetime, *, most: int) -> Found:
    """The questions of a stretch, at most `most`: a sample by a hash, so that it is the same each time."""
    cases: dict[str, str] = {}
    for wanted in _cases(workspace_id, since, until):
        for conversation_id, message_id in (await session.exec(wanted.limit(MOST_READ))).all():
            cases.setdefault(conversation_id, message_id)
    drawn = sorted(cases, key=_lot)[:most]
    return Found(await read(session, workspace_id, [(each, cases[each]) for each in drawn]), len(cases))


async def read(session: AsyncSession, workspace_id: str, cases: Iterable[tuple[str, str]]) -> list[Question]:
    """The questions of these conversations, each [conversation_id, message_id], in the order of the ids of messages.

    Where no message is named, what the customer said first. What was erased or taken back is left out.
    """
    named = dict(cases)
    of_message = {message_id for message_id in named.values() if message_id}
    first = await _first_messages(session, workspace_id, [each for each, message_id in named.items() if not message_id])
    found: list[Question] = []
    for ids in _slices(sorted(of_message | first)):
        wanted = (
            select(Message, Conversation.language)
            .join(
                Conversation,
                and_(
                    col(Conversation.workspace_id) == col(Message.workspace_id),
                    col(Conversation.id) == col(Message.conversation_id),
                ),
            )
            .where(
                Message.workspace_id == workspace_id,
                col(Message.id).in_(ids),
                col(Message.deleted_at).is_(None),
                Message.author == "customer",
                Conversation.closed_as == "",
            )
        )
        found += [
            Question(each.conversation_id, each.id, each.text, language, each.created_at, each.author_id)
            for each, language in (await session.exec(wanted)).all()
        ]
    return sorted(found, key=lambda each: each.message_id)


async def are_there(session: AsyncSession, workspace_id: str, message_ids: Sequence[str]) -> bool:
    """Whether none of these messages was erased or taken back."""
    for ids in _slices(sorted(set(message_ids))):
        there = (Message.workspace_id == workspace_id, col(Message.id).in_(ids), col(Message.deleted_at).is_(None))
        counted = (await session.exec(select(func.count()).select_from(Message).where(*there))).one()
        if counted < len(ids):
            return False
    return True


async def replies_of_people(session: AsyncSession, workspace_id: str, conversation_ids: Sequence[str]) -> list[Message]:
    """What agents said to the customers of these conversations, in its order."""
    wanted = select(Message).where(
        Message.workspace_id == workspace_id,
        col(Message.conversation_id).in_(conversation_ids),
        Message.author == "agent",
        Message.text != "",
        col(Message.deleted_at).is_(None),
    )
    return list((await session.exec(wanted.order_by(col(Message.conversation_id), col(Message.id)))).all())


def _cases(workspace_id: str, since: datetime, until: datetime) -> Sequence[Select[str, str]]:
    """What finds the cases, what says most about a question first; each row a conversation and its message."""
    decided = (
        Decision.workspace_id == workspace_id,
        Decision.role == DraftRole.SERVING,
        col(Decision.created_at) >= since,
        col(Decision.created_at) < until,
    )
    newest = (col(Decision.created_at).desc(), col(Decision.id).desc())
    rows = select(col(Decision.conversation_id), col(Decision.message_id))
    gave_up = rows.where(
        *decided, col(Decision.reason).in_([HandoffReason.NOTHING_FOUND, HandoffReason.LOW_CONFIDENCE])
    )
    other = aliased(Decision)
    answered_later = (
        select(func.max(col(other.id)))
        .where(
            col(other.workspace_id) == col(Decision.workspace_id),
            col(other.conversation_id) == col(Decision.conversation_id),
            col(other.action) == Action.ANSWER,
            col(other.role) == DraftRole.SERVING,
        )
        .correlate(Decision)
        .scalar_subquery()
    )
    asked_back = rows.where(
        *decided,
        Decision.action == Action.CLARIFY,
        or_(answered_later.is_(None), answered_later < col(Decision.id)),
    )
    unhelpful = select(col(DraftRow.conversation_id), col(DraftRow.message_id)).where(
        DraftRow.workspace_id == workspace_id,
        DraftRow.role == DraftRole.SERVING,
        col(DraftRow.unhelpful_at) >= since,
        col(DraftRow.unhelpful_at) < until,
    )
    low = select(col(Rating.conversation_id), func.coalesce(_first_of_later_matter(), "")).where(
        Rating.workspace_id == workspace_id,
        Rating.score <= LOW,
        col(Rating.rated_at) >= since,
        col(Rating.rated_at) < until,
        matters.answered_by_ai(Rating.workspace_id, Rating.conversation_id, Rating.rated_at) == true(),
    )
    return (
        gave_up.order_by(*newest),
        asked_back.order_by(*newest),
        unhelpful.order_by(col(DraftRow.unhelpful_at).desc()),
        low.order_by(col(Rating.rated_at).desc()),
    )


def _first_of_later_matter() -> Any:
    """What the customer said first of the matter of a `Rating`, where the conversation was about another before."""
    began_anew = (
        select(Resolution.opened_at)
        .join(
            Conversation,
            and_(
                col(Conversation.workspace_id) == col(Resolution.workspace_id),
                col(Conversation.id) == col(Resolution.conversation_id),
            ),
        )
        .where(
            col(Resolution.workspace_id) == col(Rating.workspace_id),
            col(Resolution.conversation_id) == col(Rating.conversation_id),
            col(Resolution.opened_at) > col(Conversation.opened_at),
            col(Resolution.resolved_at) <= col(Rating.rated_at),
            or_(col(Resolution.reopened_at).is_(None), col(Resolution.reopened_at) > col(Rating.rated_at)),
        )
        .limit(1)
        .correlate(Rating)
        .scalar_subquery()
    )
    return (
        select(func.min(Message.id))
        .where(
            col(Message.workspace_id) == col(Rating.workspace_id),
            col(Message.conversation_id) == col(Rating.conversation_id),
            col(Message.author) == "customer",
            col(Message.deleted_at).is_(None),
            col(Message.created_at) >= began_anew,
        )
        .correlate(Rating)
        .scalar_subquery()
    )


async def _first_messages(session: AsyncSession, workspace_id: str, conversation_ids: Sequence[str]) -> set[str]:
    found: set[str] = set()
    for ids in _slices(conversation_ids):
        wanted = (
            select(func.min(Message.id))
            .where(
                Message.workspace_id == workspace_id,
                col(Message.conversation_id).in_(ids),
                Message.author == "customer",
                col(Message.deleted_at).is_(None),
            )
            .group_by(col(Message.conversation_id))
        )
        found |= {each for each in (await session.exec(wanted)).all() if each}
    return found


def _slices(items: Sequence[T]) -> Iterable[Sequence[T]]:
    return (items[start : start + AT_A_TIME] for start in range(0, len(items), AT_A_TIME))


def _lot(conversation_id: str) -> bytes:
    return hashlib.blake2b(conversation_id.encode(), digest_size=8).digest()
