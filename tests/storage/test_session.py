"""The session: new rows go out together, in the order that their tables need."""

from storage import conversations
from storage.database import Database
from storage.ids import new_id
from storage.kinds import HandoffState
from storage.tables import Conversation, Handoff, Message, Workspace


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
