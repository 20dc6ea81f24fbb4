"""Whoever acts on a conversation locks it before its handoff, so that two never wait for each other."""

import asyncio

from handoff import desk
from handoff.desk import Claim
from storage import conversations
from storage.database import Database
from storage.kinds import ClosedAs, HandoffReason
from storage.tables import Workspace
from tests.locks import waits_for_a_lock

WORKSPACE = "T1"


async def test_a_claim_waits_for_a_merge_and_comes_too_late(database: Database) -> None:
    async with database.transaction() as session:
        session.add(Workspace(id=WORKSPACE))
        await session.flush()
        held = conversations.begin(session, WORKSPACE, channel_id="C1", thread_ts="1.1", customer_id="U1")
        await session.flush()
        handoff = await desk.open_handoff(session, held, reason=HandoffReason.WISH, reasons=(), summary="")

    async def claim() -> Claim:
        async with database.transaction() as session:
            return (await desk.claim(session, WORKSPACE, handoff.id, "U2")).outcome

    async with database.transaction() as session:
        conversation = await conversations.by_id(session, WORKSPACE, held.id, lock=True)
        assert conversation
        claiming = asyncio.create_task(claim())
        await waits_for_a_lock(database)
        assert await desk.close(session, conversation, ClosedAs.MERGED)
    async with asyncio.timeout(60):
        assert await claiming == Claim.TOO_LATE
