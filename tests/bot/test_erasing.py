"""Erasing beside others: whoever takes locks in another order holds nobody up."""

import asyncio
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import text
from sqlmodel import select

from bot import erasing, reports
from storage import conversations, erased_counts, outbox
from storage.database import Database
from storage.ids import new_id
from storage.kinds import ResolvedBy
from storage.queues import Outbox
from storage.tables import Conversation, Handoff, Workspace
from tests import weeks
from tests.locks import waits_for_a_lock
from tests.weeks import WORKSPACE, Cell

ZONE = "Europe/Berlin"
WEEK = reports.days(date(2026, 11, 16), date(2026, 11, 22), ZONE)
OF_THOSE_LEFT = {"first_reply_seconds", "resolution_seconds", "not_final"}
"""What is made of the conversations that are left: who was erased does not come back."""


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_a_sender_that_comes_for_a_conversation_with_its_post_keeps_nobody_from_being_erased(
    database: Database,
) -> None:
    async with database.transaction() as session:
        session.add(Workspace(id="T1"))
        await session.flush()
        theirs = conversations.begin(session, "T1", channel_id="C1", thread_ts="1.1", customer_id="U0ADA0000")
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


async def _counts(database: Database) -> dict[str, Any]:
    report = await reports.build(database, WORKSPACE, WEEK, ZONE, at=WEEK.until + timedelta(days=1))
    counted = {"opened", "topics", "handoff_reasons", "since_certificates", "trend", "by_lot"}
    return report.model_dump(include={*counted, "arms"}, exclude={"arms": {"__all__": OF_THOSE_LEFT}})


async def test_a_report_that_is_made_while_customers_are_erased_counts_each_of_them_once(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    await weeks.add_workspace(database, ["returns"])
    many: dict[str, Any] = {"asked": 20, "rated": 20, "satisfied": 15}
    await weeks.add(
        database, WEEK, [Cell(ResolvedBy.AI, "returns", 20, **many), Cell(ResolvedBy.HUMAN, "", 20, **many)]
    )
    async with database.transaction() as session:
        for each in (await session.exec(select(Conversation))).all():
            each.customer_id = f"U-{each.id}"
            session.add(each)
            of_it: dict[str, Any] = {"conversation_id": each.id, "opened_at": each.opened_at}
            session.add(Handoff(workspace_id=WORKSPACE, id=new_id(), state="done", reason="wish", **of_it))
    left = [f"U-{WEEK.since:%Y%m%d}-{cell}-{number}" for number in range(2) for cell in range(2)]
    before = await _counts(database)
    assert (before["opened"], before["arms"][0]["ratings"]) == (40, 20)
    read, erased = erased_counts.every, 0

    async def every(*asked: Any) -> Any:
        """Between the look at those who are there and the look at those who were."""
        nonlocal erased
        if left:
            erased += len((await erasing.erase(database, WORKSPACE, left.pop())).conversations)
        return await read(*asked)

    monkeypatch.setattr(erased_counts, "every", every)
    assert await _counts(database) == before
    monkeypatch.undo()
    assert erased == 4  # while what was resolved, opened and handed over was looked at
    assert await _counts(database) == before
