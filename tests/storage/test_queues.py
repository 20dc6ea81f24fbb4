"""The inbox and the outbox: once, in order, by lease."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, event
from sqlmodel import col, select, update

from storage import conversations, erasing, inbox, lanes, outbox
from storage.database import Database
from storage.inbox import Arrival
from storage.lanes import INBOX, OUTBOX, LeaseLost, Queue
from storage.queues import Inbox, Outbox
from storage.row import now
from storage.tables import Workspace

TEAM = "T1"


def arrival(key: str, lane: str = "C1:1", position: str = "1") -> Arrival:
    return Arrival(TEAM, key, lane, position, {"event": {"text": key}})


async def claimed_keys(database: Database, limit: int = 10) -> list[str]:
    return [event.payload["event"]["text"] for event in await inbox.claim(database, seconds=60, limit=limit)]


async def test_a_redelivery_changes_nothing(database: Database) -> None:
    await inbox.put(database, [arrival("a"), arrival("a")])
    await inbox.put(database, [arrival("a")])
    assert await claimed_keys(database) == ["a"]
    assert await claimed_keys(database) == []


async def test_a_lane_goes_in_the_order_of_slack_and_one_at_a_time(database: Database) -> None:
    await inbox.put(database, [arrival("second", position="2"), arrival("first", position="1")])
    (first,) = await inbox.claim(database, seconds=60, limit=10)
    assert first.payload["event"]["text"] == "first"
    assert await inbox.claim(database, seconds=60, limit=10) == []
    async with database.transaction() as session:
        await inbox.done(session, first)
    assert await claimed_keys(database) == ["second"]


async def test_lanes_go_side_by_side(database: Database) -> None:
    await inbox.put(database, [arrival(f"{lane}{n}", lane, str(n)) for lane in "abc" for n in (1, 2)])
    assert sorted(await claimed_keys(database)) == ["a1", "b1", "c1"]


async def test_a_row_that_waits_for_its_time_keeps_its_lane_closed(database: Database) -> None:
    await inbox.put(database, [arrival("first", position="1"), arrival("second", position="2")])
    (first,) = await inbox.claim(database, seconds=60, limit=10)
    async with database.transaction() as session:
        await inbox.retry(session, first, after=3600, error="model down")
    assert await claimed_keys(database) == []


async def test_a_dead_workers_event_is_taken_over_and_its_late_result_is_refused(database: Database) -> None:
    await inbox.put(database, [arrival("a")])
    (lost,) = await inbox.claim(database, seconds=-1, limit=1)
    assert await lanes.expire(database, INBOX) == 1
    (taken,) = await inbox.claim(database, seconds=60, limit=1)
    assert taken.attempts == 2
    with pytest.raises(LeaseLost):
        async with database.transaction() as session:
            await inbox.done(session, lost)
    async with database.transaction() as session:
        await inbox.done(session, taken)


async def test_many_workers_at_once_never_share_an_event(database: Database) -> None:
    await inbox.put(database, [arrival(f"{n}", f"lane{n}", str(n)) for n in range(40)])
    batches = await asyncio.gather(*(claimed_keys(database, 7) for _ in range(8)))
    taken = [key for batch in batches for key in batch]
    taken += await claimed_keys(database, 40)
    assert sorted(taken, key=int) == [str(n) for n in range(40)]


async def test_a_buried_event_lets_its_lane_go_on(database: Database) -> None:
    await inbox.put(database, [arrival("bad", position="1"), arrival("good", position="2")])
    (bad,) = await inbox.claim(database, seconds=60, limit=1)
    async with database.transaction() as session:
        await inbox.bury(session, bad, error="cannot be read")
        assert await inbox.count(session, "dead") == 1
    assert await claimed_keys(database) == ["good"]


async def test_handled_events_are_forgotten_after_a_while(database: Database) -> None:
    await inbox.put(database, [arrival("a"), arrival("b", "C1:2")])
    a, _ = await inbox.claim(database, seconds=60, limit=2)
    async with database.transaction() as session:
        await inbox.done(session, a)
    assert await inbox.forget_done(database, TEAM, before=now() - timedelta(days=1)) == 0
    assert await inbox.forget_done(database, TEAM, before=now() + timedelta(seconds=1)) == 1
    async with database.reading() as session:
        assert await inbox.count(session, "running") == 1


async def test_what_is_over_is_forgotten_some_at_a_time(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lanes, "FORGOTTEN_AT_ONCE", 2)
    await inbox.put(database, [arrival(str(number), f"C1:{number}") for number in range(7)])
    for each in await inbox.claim(database, seconds=60, limit=5):
        async with database.transaction() as session:
            await inbox.done(session, each)
    assert await inbox.forget_done(database, TEAM, before=now() + timedelta(seconds=1)) == 5
    async with database.reading() as session:
        assert await inbox.count(session, "pending") == 2


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(("queue", "index"), [(INBOX, "ix_inbox_done"), (OUTBOX, "ix_outbox_sent")])
async def test_what_is_over_is_found_however_much_is_kept(
    database: Database, monkeypatch: pytest.MonkeyPatch, queue: Queue, index: str
) -> None:
    monkeypatch.setattr(lanes, "_FORGET", f"EXPLAIN QUERY PLAN {lanes._FORGET}")  # pyright: ignore[reportPrivateUsage]
    plan: list[str] = []

    def keep(_connection: object, cursor: Any, *_: object) -> None:
        plan.extend(str(step) for *_, step in cursor.fetchall())

    event.listen(Engine, "after_cursor_execute", keep)
    try:
        await lanes.forget(database, queue, TEAM, before=now())
    finally:
        event.remove(Engine, "after_cursor_execute", keep)
    assert any(f"INDEX {index} (workspace_id=? AND " in step for step in plan), plan


async def test_who_is_erased_while_an_event_is_in_work_leaves_no_word_of_it_once_it_is_handled(
    database: Database,
) -> None:
    said = {"event": {"user": "U1", "text": "my quokka"}}
    told = {"event": {"user": "U2", "text": "<@U1> has a quokka"}}
    await inbox.put(database, [Arrival(TEAM, "said", "a", "1", said), Arrival(TEAM, "told", "b", "1", told)])
    await inbox.put(database, [arrival("other", "c")])
    in_work = await inbox.claim(database, seconds=60, limit=3)
    async with database.transaction() as session:
        await erasing.erase(session, TEAM, "U1")
    async with database.transaction() as session:
        for event in in_work:
            if event.lane == "b":
                await inbox.bury(session, event, error="")
            else:
                await inbox.done(session, event)
    async with database.reading() as session:
        rows = {row.lane: row.payload for row in (await session.exec(select(Inbox))).all()}
    assert rows == {"a": {}, "b": {}, "c": {"event": {"text": "other"}}}


async def test_an_event_that_is_handled_along_with_another_is_forgotten_with_it(database: Database) -> None:
    said = {"event": {"user": "U1", "text": "my quokka"}}
    await inbox.put(database, [Arrival(TEAM, f"said{n}", "a", str(n), said) for n in range(2)])
    (first,) = await inbox.claim(database, seconds=60, limit=2)
    async with database.transaction() as session:
        (second,) = await inbox.behind(session, first)
        await session.exec(update(Inbox).where(col(Inbox.id) == second.id).values(forgotten=True))
    async with database.transaction() as session:
        await inbox.done(session, replace(first, along=(second.id,)))
    async with database.reading() as session:
        rows = {row.id: row.payload for row in (await session.exec(select(Inbox))).all()}
    assert rows == {first.id: said, second.id: {}}


async def test_a_post_that_names_whoever_was_erased_meanwhile_is_made_and_then_forgotten(database: Database) -> None:
    async with database.transaction() as session:
        _put(session, "a", "<@U1> asks")
        _put(session, "b", "another")
    in_work = await outbox.claim(database, seconds=60, limit=2)
    async with database.transaction() as session:
        await erasing.erase(session, TEAM, "U1")
    async with database.transaction() as session:
        for post in in_work:
            await outbox.sent(session, post, "1.0")
    async with database.reading() as session:
        rows = {row.lane: row.payload for row in (await session.exec(select(Outbox))).all()}
    assert rows["a"] == {}
    assert rows["b"]


def _put(session: object, lane: str, text: str) -> str:
    return outbox.put(
        session,  # type: ignore[arg-type]
        TEAM,
        lane=lane,
        method="chat.postMessage",
        channel_id="C1",
        payload={"text": text},
        purpose="reply",
    )


async def test_posts_go_out_in_the_order_they_were_decided(database: Database) -> None:
    async with database.transaction() as session:
        for text in ("one", "two", "three"):
            _put(session, "conversation", text)
    for text in ("one", "two", "three"):
        (post,) = await outbox.claim(database, seconds=60, limit=5)
        assert post.payload["text"] == text
        async with database.transaction() as session:
            await outbox.sent(session, post, f"1.{text}")


async def test_a_post_whose_sender_died_is_in_doubt(database: Database) -> None:
    async with database.transaction() as session:
        _put(session, "conversation", "one")
    (post,) = await outbox.claim(database, seconds=-1, limit=1)
    assert not post.doubtful
    await lanes.expire(database, OUTBOX)
    (again,) = await outbox.claim(database, seconds=60, limit=1)
    assert again.doubtful
    with pytest.raises(LeaseLost):
        async with database.transaction() as session:
            await outbox.sent(session, post, "1.0")


async def test_a_doubt_stays_until_the_post_is_sent(database: Database) -> None:
    async with database.transaction() as session:
        row_id = _put(session, "conversation", "one")
    (post,) = await outbox.claim(database, seconds=60, limit=1)
    async with database.transaction() as session:
        await outbox.retry(session, post, after=0, error="timeout", doubtful=True)
    (post,) = await outbox.claim(database, seconds=60, limit=1)
    async with database.transaction() as session:
        await outbox.retry(session, post, after=0, error="ratelimited", doubtful=False)
    (post,) = await outbox.claim(database, seconds=60, limit=1)
    assert post.doubtful
    async with database.transaction() as session:
        await outbox.sent(session, post, "1.5")
        assert (await outbox.posted(session, TEAM, [row_id]))[row_id].ts == "1.5"


async def test_after_a_restart_every_waiting_post_is_in_doubt(database: Database) -> None:
    async with database.transaction() as session:
        _put(session, "conversation", "one")
    await outbox.doubt_all(database)
    (post,) = await outbox.claim(database, seconds=60, limit=1)
    assert post.doubtful


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_only_what_a_restart_finds_out_again_does_not_wait_for_the_disk(
    database: Database, flushes: list[int]
) -> None:
    await inbox.put(database, [arrival("a")])
    assert len(flushes) == 1
    (event,) = await inbox.claim(database, seconds=60, limit=1)
    assert len(flushes) == 1
    async with database.transaction() as session:
        await inbox.done(session, event)
    assert len(flushes) == 2
    async with database.transaction(durable=False) as session:
        _put(session, "conversation", "one")
    assert len(flushes) == 2


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_what_decided_a_post_is_on_the_disk_before_it_is_made(database: Database, flushes: list[int]) -> None:
    async with database.transaction(durable=False) as session:
        _put(session, "conversation", "one")
    assert flushes == []
    (post,) = await outbox.claim(database, seconds=60, limit=5)
    assert len(flushes) == 1
    async with database.transaction(durable=False) as session:
        await outbox.sent(session, post, "1.5")
    assert await outbox.claim(database, seconds=60, limit=5) == []
    assert len(flushes) == 1  # nothing to post, nothing to wait for


async def test_a_reply_is_stored_as_sent_with_the_place_of_its_message(database: Database) -> None:
    async with database.transaction() as session:
        session.add(Workspace(id=TEAM))
        conversation = conversations.begin(session, TEAM, channel_id="C1", thread_ts="1.0", customer_id="U1")
        message = conversations.say(session, conversation, author="bot", author_id="B", text="Hello")
        other = conversations.say(session, conversation, author="bot", author_id="B", text="Bye")
        row_id = outbox.put(
            session,
            TEAM,
            lane="C1:1",
            method="chat.postMessage",
            channel_id="C2",
            payload={"text": "Hello"},
            purpose="reply",
            message_id=message.id,
        )
    (post,) = await outbox.claim(database, seconds=60, limit=1)
    with pytest.raises(LeaseLost):
        await outbox.sent_alone(database, replace(post, lease="another"), "1.5")
    await outbox.sent_alone(database, post, "1.5")
    with pytest.raises(LeaseLost):
        await outbox.sent_alone(database, post, "1.6")
    async with database.reading() as session:
        stored = await session.get(Outbox, (TEAM, row_id))
        assert stored is not None
        assert (stored.state, stored.ts, stored.lease, stored.payload) == ("sent", "1.5", None, {"text": "Hello"})
        assert stored.sent_at is not None
        places = {
            each.id: (each.channel_id, each.ts) for each in await conversations.messages(session, TEAM, conversation.id)
        }
    assert places == {message.id: ("C2", "1.5"), other.id: ("", None)}


async def test_a_post_that_slack_gave_no_place_leaves_its_message_where_it_was(database: Database) -> None:
    async with database.transaction() as session:
        session.add(Workspace(id=TEAM))
        conversation = conversations.begin(session, TEAM, channel_id="C1", thread_ts="1.0", customer_id="U1")
        message = conversations.say(session, conversation, author="bot", author_id="B", text="Hello", ts="1.1")
        outbox.put(
            session,
            TEAM,
            lane="C1:1",
            method="chat.update",
            channel_id="C2",
            payload={},
            purpose="reply",
            message_id=message.id,
        )
    (post,) = await outbox.claim(database, seconds=60, limit=1)
    await outbox.sent_alone(database, post, None)
    async with database.reading() as session:
        (kept,) = await conversations.messages(session, TEAM, conversation.id)
    assert (kept.channel_id, kept.ts) == ("", "1.1")


async def test_a_post_about_somebody_who_was_erased_leaves_no_words(database: Database) -> None:
    async with database.transaction() as session:
        row_id = _put(session, "conversation", "one")
    (post,) = await outbox.claim(database, seconds=60, limit=1)
    async with database.transaction() as session:
        await session.exec(update(Outbox).values(forgotten=True))
    await outbox.sent_alone(database, post, "1.5")
    async with database.reading() as session:
        stored = await session.get(Outbox, (TEAM, row_id))
    assert stored is not None
    assert stored.payload == {}
