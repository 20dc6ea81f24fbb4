"""The session: new rows go out together, in the order that their tables need."""

from datetime import datetime, timedelta, timezone

from storage import conversations, outbox
from storage.database import Database
from storage.ids import new_id
from storage.kinds import HandoffState
from storage.library import Article, Passage, PassageVector
from storage.queues import Outbox
from storage.tables import (
    Conversation,
    Handoff,
    Message,
    Topic,
    Workspace,
)


async def _conversation(database: Database) -> Conversation:
    async with database.transaction() as session:
        session.add(Workspace(id="T1"))
        return conversations.begin(session, "T1", channel_id="C1", thread_ts="1.0", customer_id="U1")


def _handoff(conversation: Conversation, summary: str) -> Handoff:
    return Handoff(workspace_id="T1", id=new_id(), conversation_id=conversation.id, reason="policy", summary=summary)


async def test_what_belongs_to_a_new_row_may_be_added_before_it(database: Database) -> None:
    async with database.transaction() as session:
        message = Message(workspace_id="T1", id="m", conversation_id="c", author="bot", author_id="B", text="Hello")
        session.add(message)
        session.add(Conversation(workspace_id="T1", id="c", channel_id="C1", thread_ts="1.0", customer_id="U1"))
        session.add(Workspace(id="T1"))
    async with database.reading() as session:
        assert await conversations.messages(session, "T1", "c") == [message]


async def test_a_row_that_changes_after_it_was_written_is_written_again(database: Database) -> None:
    async with database.transaction() as session:
        session.add(Workspace(id="T1"))
        conversation = conversations.begin(session, "T1", channel_id="C1", thread_ts="1.0", customer_id="U1")
        await session.flush()
        conversation.topic = "returns"
    async with database.reading() as session:
        found = await conversations.by_id(session, "T1", conversation.id)
    assert found is not None
    assert found.topic == "returns"


async def test_a_row_that_makes_room_is_written_before_the_new_one(database: Database) -> None:
    conversation = await _conversation(database)
    async with database.transaction() as session:
        first = _handoff(conversation, "first")
        session.add(first)
        await session.flush()
        session.add(_handoff(conversation, "second"))
        first.state = HandoffState.DONE  # one open handoff a conversation: the new one needs the change
    async with database.reading() as session:
        assert await session.get(Handoff, ("T1", first.id)) == first


async def test_rows_come_back_as_they_went_in(database: Database) -> None:
    noon = datetime(2026, 3, 1, 12, 0, 0, 123456, tzinfo=timezone(timedelta(hours=5)))
    said = 'It\'s 5 % off: "now" \\ :name\n👋 {"a": 1}'
    async with database.transaction() as session:
        session.add(Workspace(id="T1"))
        conversations.begin(session, "T1", channel_id="C1", thread_ts="1.0", customer_id="U1").opened_at = noon
        session.add(Article(workspace_id="T1", id="a", source="s", source_key="k", title=said))
        session.add(Passage(workspace_id="T1", id="p", article_id="a", ordinal=1, text=said))
        session.add(PassageVector(workspace_id="T1", passage_id="p", model="m", vector=b"\x00\xff"))
        session.add(Topic(workspace_id="T1", name="returns", tolerance=1 / 3))
        posted = outbox.put(
            session, "T1", lane="l", method="chat.postMessage", channel_id="C1", payload={"text": said}, purpose="reply"
        )
    async with database.reading() as session:
        conversation = await conversations.by_thread(session, "T1", "C1", "1.0")
        passage = await session.get(Passage, ("T1", "p"))
        vector = await session.get(PassageVector, ("T1", "p"))
        topic = await session.get(Topic, ("T1", "returns"))
        row = await session.get(Outbox, ("T1", posted))
    assert conversation is not None
    assert (conversation.opened_at, conversation.resolved_at) == (noon, None)
    assert passage is not None
    assert passage.text == said
    assert vector is not None
    assert vector.vector == b"\x00\xff"
    assert topic is not None
    assert topic.tolerance == 1 / 3
    assert row is not None
    assert (row.payload, row.doubtful) == ({"text": said}, False)
