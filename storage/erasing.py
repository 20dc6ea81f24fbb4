"""Erases what is stored of a customer. What is counted of their conversations stays, without them.

Whatever belongs to a conversation goes with it. What outlives it (reviews, people's time, costs) holds no word and no
name; here that is made sure of.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import JSON, Column, String, Table, Text, Update, and_, cast, or_
from sqlmodel import col, delete, func, select, update
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.sqltypes import AutoString

from storage import erased_counts
from storage.answer_pairs import AnswerPair
from storage.database import Database
from storage.endings import Contact, Rating, Resolution
from storage.every_table import METADATA
from storage.evidence import Review
from storage.queues import Inbox, Outbox
from storage.row import now
from storage.tables import Conversation, Message, MessagePart

AT_ONCE = 100
"""Conversations that are looked for in one statement."""
WORDS = (String, AutoString, JSON)
"""The types of columns that may hold words."""
HANDLED = ("done", "dead")
"""The states of events that nobody will read again."""
POSTED = ("sent", "refused")
"""And of posts that nobody will send any more."""
ERASED = "erased"
"""What stands in place of the id of somebody who was erased."""


@dataclass(frozen=True, slots=True)
class Theirs:
    """A conversation of the customer, and where it stands in Slack."""

    id: str
    channel_id: str
    thread_ts: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class Found:
    """What is stored of a customer."""

    conversations: Sequence[Theirs]
    messages: int
    """Also what they wrote in the conversations of others."""
    ratings: int
    taught: Sequence[str]
    """The ids of answers that were taught from their conversations."""
    was_asked: bool
    """Whether it is known when they were last asked how it went."""

    @property
    def anything(self) -> bool:
        """Whether there is anything to erase."""
        return bool(self.conversations or self.messages or self.was_asked)


async def find(session: AsyncSession, workspace_id: str, customer_id: str) -> Found:
    """What is stored of a customer."""
    mine = (Conversation.workspace_id == workspace_id, Conversation.customer_id == customer_id)
    rows = (await session.exec(select(Conversation).where(*mine).order_by(col(Conversation.id)))).all()
    theirs = [Theirs(each.id, each.channel_id, each.thread_ts, each.resolved_at is None) for each in rows]
    said = select(func.count()).where(col(Message.workspace_id) == workspace_id, col(Message.author_id) == customer_id)
    rated = select(func.count()).where(col(Rating.workspace_id) == workspace_id, col(Rating.customer_id) == customer_id)
    taught = [
        article_id
        for ids in _slices([each.id for each in theirs])
        for article_id in (
            await session.exec(
                select(AnswerPair.article_id).where(
                    AnswerPair.workspace_id == workspace_id, col(AnswerPair.conversation_id).in_(ids)
                )
            )
        ).all()
    ]
    return Found(
        conversations=theirs,
        messages=(await session.exec(said)).one(),
        ratings=(await session.exec(rated)).one(),
        taught=taught,
        was_asked=await session.get(Contact, (workspace_id, customer_id)) is not None,
    )


async def lock(session: AsyncSession, workspace_id: str, customer_id: str) -> None:
    """Keep a customer's conversations and their resolutions from others until the transaction ends."""
    mine = (col(Conversation.workspace_id) == workspace_id, col(Conversation.customer_id) == customer_id)
    wanted = select(Conversation.id).where(*mine).order_by(col(Conversation.id)).with_for_update()
    for ids in _slices((await session.exec(wanted)).all()):
        of_them = (col(Resolution.workspace_id) == workspace_id, col(Resolution.conversation_id).in_(ids))
        await session.exec(select(Resolution.id).where(*of_them).order_by(col(Resolution.id)).with_for_update())


async def erase(session: AsyncSession, workspace_id: str, customer_id: str) -> Found:
    """Erase a customer's conversations with all that belongs to them, in the caller's transaction.

    Returns:
        What was found and is gone.
    """
    mine = (col(Conversation.workspace_id) == workspace_id, col(Conversation.customer_id) == customer_id)
    rows = (await session.exec(select(Conversation).where(*mine).with_for_update())).all()
    found = await find(session, workspace_id, customer_id)
    await erased_counts.remember(session, rows)
    await session.flush()
    for ids in _slices([each.id for each in rows]):
        of_them = (col(Review.workspace_id) == workspace_id, col(Review.conversation_id).in_(ids))
        await session.exec(update(Review).where(*of_them).values(note=""))
        posts = (col(Outbox.workspace_id) == workspace_id, col(Outbox.conversation_id).in_(ids))
        await session.exec(delete(Outbox).where(*posts))
    await session.exec(delete(Conversation).where(*mine))
    person = (col(Contact.workspace_id) == workspace_id, col(Contact.customer_id) == customer_id)
    await session.exec(delete(Contact).where(*person))
    await _erase_among_others(session, workspace_id, customer_id)
    await _erase_in_queues(session, workspace_id, customer_id, found.conversations)
    return found


async def _erase_among_others(session: AsyncSession, workspace_id: str, customer_id: str) -> None:
    """What they said in the conversations of other customers."""
    said = (col(Message.workspace_id) == workspace_id, col(Message.author_id) == customer_id)
    ids = (await session.exec(select(Message.id).where(*said))).all()
    for some in _slices(ids):
        parts = (col(MessagePart.workspace_id) == workspace_id, col(MessagePart.message_id).in_(some))
        await session.exec(delete(MessagePart).where(*parts))
    gone = {"text": "", "files": [], "author_id": ERASED, "ts": None, "deleted_at": now()}
    await session.exec(update(Message).where(*said).values(**gone))


async def _erase_in_queues(
    session: AsyncSession, workspace_id: str, customer_id: str, conversations: Sequence[Theirs]
) -> None:
    """What Slack sent of them, and what was posted that names them or links to their threads."""
    came = cast(col(Inbox.payload), Text)
    over = col(Inbox.state).in_(HANDLED)
    theirs = or_(and_(over, came.contains(customer_id)), came.contains(f'"user": "{customer_id}"'))
    here = col(Inbox.workspace_id) == workspace_id
    # What is in work is marked before the others go: whoever finishes it between the two has seen the mark or is found.
    await session.exec(update(Inbox).where(here, ~over, came.contains(customer_id)).values(forgotten=True))
    await session.exec(delete(Inbox).where(here, col(Inbox.state) != "running", theirs))
    posted, sent = cast(col(Outbox.payload), Text), col(Outbox.state).in_(POSTED)
    marks = [customer_id, *dict.fromkeys(mark for each in conversations for mark in marks_of(each))]
    for some in _slices(marks):
        names_them = (col(Outbox.workspace_id) == workspace_id, or_(*(posted.contains(mark) for mark in some)))
        await session.exec(update(Outbox).where(~sent, *names_them).values(forgotten=True))
        await session.exec(delete(Outbox).where(sent, *names_them))


def marks_of(conversation: Theirs) -> Iterator[str]:
    """By what a text leads to a conversation's thread: its ts, that as links have it, and a channel of its own."""
    if conversation.thread_ts:
        yield conversation.thread_ts
        yield f"p{conversation.thread_ts.replace('.', '')}"
    if conversation.channel_id.startswith("D"):
        yield conversation.channel_id


async def without_mentions(database: Database, workspace_id: str, customer_id: str) -> int:
    """Put a word in place of a person's id wherever a text has it, a table at a time; returns in how many rows.

    What says that somebody did something, and nothing else, stays: who was erased as a customer may be an agent. So do
    events that are not handled yet: what they write from now on, they write as a new customer.
    """
    changed = 0
    for table in METADATA.sorted_tables:
        for column in table.columns:
            if "workspace_id" not in table.columns or column.primary_key or not isinstance(column.type, WORDS):
                continue
            async with database.writing_connection() as connection:
                wanted = _without(table, column, customer_id, database.dialect)
                if table.name == Inbox.__tablename__:
                    wanted = wanted.where(table.c.state.in_(HANDLED))
                changed += (await connection.execute(wanted.where(table.c.workspace_id == workspace_id))).rowcount
    return changed


def _without(table: Table, column: Column[Any], customer_id: str, dialect: str) -> Update:
    words = cast(column, Text)
    replaced = func.replace(words, customer_id, ERASED)
    if isinstance(column.type, JSON) and dialect == "postgresql":
        replaced = cast(replaced, JSON)
    holds = (words.contains(customer_id), words != customer_id)
    return update(table).where(*holds).values({column.name: replaced})


def _slices(items: Sequence[str]) -> Iterator[Sequence[str]]:
    return (items[start : start + AT_ONCE] for start in range(0, len(items), AT_ONCE))
