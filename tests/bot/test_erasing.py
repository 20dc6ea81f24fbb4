"""Erasing beside others: whoever takes locks in another order holds nobody up."""

import asyncio

import pytest
from sqlalchemy import text
from sqlmodel import select

from bot import erasing
from storage import conversations, outbox
from storage.database import Database
from storage.queues import Outbox
from storage.tables import Conversation, Workspace
from tests.locks import waits_for_a_lock


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_a_sender_that_comes_for_a_conversation_with_its_post_keeps_nobody_from_being_erased(
    database: Database,
) -> None:
    async with database.transaction() as session:
        session.add(Workspace(id="T1"))
        await session.flush()
        place = {"channel_id": "C1", "thread_ts": "1.1", "customer_id": "U0ADA0000"}
        theirs = conversations.begin(session, "T1", **place)
        await session.flush()
        lane = {"lane": "C1", "channel_id": "C1", "conversation_id": theirs.id}
        outbox.put(session, "T1", method="chat.postMessage", payload={}, purpose="thread", **lane)
    holds_the_post = asyncio.Event()

    async def sends() -> None:
        async with database.transaction() as session:
            await (await session.connection()).execute(text("SET LOCAL deadlock_timeout = '20s'"))
            await session.exec(select(Outbox).with_for_update())
            holds_the_post.set()
            await waits_for_a_lock(database)
            await conversations.by_id(session, "T1", theirs.id, lock=True)

    sending = asyncio.create_task(sends())
    await asyncio.wait_for(holds_the_post.wait(), 60)
    found = await asyncio.wait_for(erasing.erase(database, "T1", "U0ADA0000"), 60)
    await asyncio.gather(sending, return_exceptions=True)  # on a slow machine it is the one that PostgreSQL stops
    assert len(found.conversations) == 1
    async with database.reading() as session:
        assert (await session.exec(select(Conversation))).all() == []
