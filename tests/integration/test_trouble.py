"""What a real network and a busy Slack do: nothing is lost, nothing is posted twice, the order stays."""

import asyncio
import base64
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from slack_bolt.response import BoltResponse
from slack_sdk.socket_mode.request import SocketModeRequest
from sqlmodel import select, update

from bot import app
from bot.conversation import answering
from bot.demo.workspace import Faults, Workspace
from bot.queues import worker
from bot.slack import inbound
from bot.slack.connection import PATH, Line
from storage import inbox, outbox
from storage.database import Database
from storage.inbox import Arrival
from storage.queues import Inbox
from storage.tables import Message
from tests.integration.dialogue import asks, bot_posts, by_bot, card_for, claims, eventually, words
from tests.stage import ADA, ANSWERED, BEN, CARL, DESK, MANAGERS, MIA, SUPPORT, UNKNOWN, Stage, on_stage, settings_for


def _keys(workspace: Workspace) -> Counter[str]:
    return Counter(
        message["metadata"]["event_payload"]["key"]
        for channel in workspace.state.channels.values()
        for message in channel.messages.values()
        if message.get("metadata")
    )


def nothing_posted_twice(stage: Stage) -> None:
    assert [key for key, count in _keys(stage.workspace).items() if count > 1] == []


async def test_an_event_that_comes_twice_is_answered_once(stage: Stage) -> None:
    stage.workspace.faults = Faults(duplicate=1.0)
    ada = await stage.person(ADA)
    question, _ = await asks(ada, ANSWERED)
    await ada.says(SUPPORT, "What does standard delivery cost?", thread=question["ts"])
    await ada.reads(SUPPORT, thread=question["ts"], until=by_bot("4.90"))
    assert len(await bot_posts(ada, question["ts"])) == 2


async def test_an_event_whose_ack_got_lost_is_answered_once(stage: Stage) -> None:
    stage.workspace.faults = Faults(lose_acks=2)
    ada = await stage.person(ADA)
    question, _ = await asks(ada, ANSWERED)
    second, _ = await asks(ada, ANSWERED)
    assert len(await bot_posts(ada, question["ts"])) == len(await bot_posts(ada, second["ts"])) == 1


@pytest.mark.parametrize("trouble", ["drop_after", "fail", "ratelimit"])
async def test_a_post_in_trouble_arrives_exactly_once(stage: Stage, trouble: str) -> None:
    fault: dict[str, Any] = {trouble: {"chat.postMessage": 1}}
    stage.workspace.faults = Faults(**fault)
    ada = await stage.person(ADA)
    question, reply = await asks(ada, ANSWERED)
    assert "30 days" in words(reply)
    await ada.says(SUPPORT, "What does standard delivery cost?", thread=question["ts"])
    await ada.reads(SUPPORT, thread=question["ts"], until=by_bot("4.90"))
    assert len(await bot_posts(ada, question["ts"])) == 2
    nothing_posted_twice(stage)


async def test_an_agents_words_that_cannot_be_delivered_are_marked_and_kept(stage: Stage) -> None:
    ada, ben = await stage.person(ADA), await stage.person(BEN)
    await asks(ada, UNKNOWN)
    card = await card_for(ben, UNKNOWN)
    await claims(ben, card)
    await ben.reads(DESK, thread=card["ts"], until=by_bot("it's yours"))
    stage.workspace.faults = Faults(refuse={"chat.postMessage": "restricted_action"})
    said = await ben.says(DESK, "Hello Ada", thread=card["ts"])
    await ben.reads(
        DESK, thread=card["ts"], until=lambda m: m["ts"] == said["ts"] and "warning" in str(m.get("reactions"))
    )
    await ben.reads(DESK, thread=card["ts"], until=by_bot("did not reach the customer"))


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_dropped_connections_heal_and_no_question_is_lost(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.stage.IN_TIME", ())  # else it would be looked for dropped connections once a minute
    async with on_stage(database_url, tmp_path) as stage:
        ada = await stage.person(ADA)
        await asks(ada, ANSWERED)
        await ada.act("faults", drop_sockets=True)
        question = await ada.says(SUPPORT, ANSWERED)
        await ada.reads(SUPPORT, thread=question["ts"], until=by_bot("30 days"))


async def test_slack_asks_to_reconnect_and_no_question_is_lost(stage: Stage) -> None:
    ada = await stage.person(ADA)
    await ada.act("faults", disconnect="refresh_requested")
    questions = [await ada.says(SUPPORT, ANSWERED) for _ in range(5)]
    for question in questions:
        await ada.reads(SUPPORT, thread=question["ts"], until=by_bot("30 days"))
        assert len(await bot_posts(ada, question["ts"])) == 1


async def test_what_was_stored_before_a_crash_is_answered_after_it(database_url: str, tmp_path: Path) -> None:
    async with on_stage(database_url, tmp_path) as stage:
        ada = await stage.person(ADA)
        await asks(ada, ANSWERED)
        await stage.bot.worker.close()  # from here on events are stored, and nobody works
        question = await ada.says(SUPPORT, ANSWERED)

        await stage.workspace.delivery.settled()  # it is acknowledged, and so it is stored
        async with stage.database.reading() as session:
            assert await inbox.count(session, "pending") == 1
        async with app.running(settings_for(stage.server, database_url)):
            reply = await ada.reads(SUPPORT, thread=question["ts"], until=by_bot("30 days"))
            assert reply["thread_ts"] == question["ts"]
            assert len(await bot_posts(ada, question["ts"])) == 1


async def test_a_post_whose_outcome_is_unknown_when_the_process_ends_is_not_made_twice(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.queues.pump.CLOSING_SECONDS", 0.1)
    async with on_stage(database_url, tmp_path, thinking_reaction="none") as stage:
        ada = await stage.person(ADA)
        stage.workspace.faults = Faults(stall_after={"chat.postMessage": 1})
        question, _ = await asks(ada, ANSWERED)  # it is there, but Baton is not told
        await stage.bot.sender.close()
        async with app.running(settings_for(stage.server, database_url)):
            await ada.says(SUPPORT, "What does standard delivery cost?", thread=question["ts"])
            await ada.reads(SUPPORT, thread=question["ts"], until=by_bot("4.90"))
        assert len(await bot_posts(ada, question["ts"])) == 2
        nothing_posted_twice(stage)


async def _put(stage: Stage, channel_id: str, **post: Any) -> None:
    """Put a post into the outbox, and wait for what became of it."""
    async with stage.database.transaction() as session:
        about = {"lane": "here", "purpose": "report", "channel_id": channel_id}
        row_id = outbox.put(session, stage.bot.runtime.workspace_id, **about, **post)
    stage.bot.runtime.posted()

    async def done() -> str | None:
        async with stage.database.reading() as session:
            found = await outbox.posted(session, stage.bot.runtime.workspace_id, [row_id])
        return found[row_id].state if found[row_id].state in ("sent", "refused") else None

    assert await eventually(done) == "sent"


async def test_a_file_that_may_have_been_uploaded_is_looked_for_before_it_is_again(stage: Stage) -> None:
    stage.workspace.faults = Faults(drop_after={"files.completeUploadExternal": 1})
    mia = await stage.person(MIA)
    for name in ("week.csv", "next.csv"):
        content = base64.b64encode(b"arm,resolved").decode()
        payload = {"filename": name, "title": name, "content_base64": content}
        await _put(stage, MANAGERS, method="files.upload", payload=payload)
        await mia.reads(MANAGERS, until=lambda each, name=name: name in str(each.get("files")))
    shared = [file["name"] for each in await mia.history(MANAGERS) for file in each.get("files") or ()]
    assert sorted(shared) == ["next.csv", "week.csv"]


async def test_a_direct_message_that_may_have_been_made_is_looked_for_where_its_reader_has_it(stage: Stage) -> None:
    stage.workspace.faults = Faults(drop_after={"chat.postMessage": 1})
    mia = await stage.person(MIA)
    await _put(stage, MIA, method="chat.postMessage", payload={"text": "Your report did not arrive."})
    told = await mia.history(await mia.direct())
    assert [each["text"] for each in told] == ["Your report did not arrive."]


@pytest.mark.parametrize("change", ["edited", "deleted"])
async def test_a_change_that_comes_before_its_message_is_not_lost(stage: Stage, change: str) -> None:
    intake, held = stage.bot.intake, list[Arrival]()
    real = intake.store

    async def hold_what_is_said(arrival: Arrival) -> None:
        if arrival.key.startswith(inbound.SAID):
            held.append(arrival)
        else:
            await real(arrival)

    intake.store = hold_what_is_said
    ada = await stage.person(ADA)
    question = await ada.says(SUPPORT, "What does standard delivery cost?")
    await (ada.edits(SUPPORT, question["ts"], ANSWERED) if change == "edited" else ada.deletes(SUPPORT, question["ts"]))
    await _until_tried(stage)
    for each in held:
        await real(each)
    intake.store = real
    if change == "edited":
        await ada.reads(SUPPORT, thread=question["ts"], until=by_bot("30 days"))
    await _until_tried(stage, left=0)
    async with stage.database.reading() as session:
        (kept,) = (await session.exec(select(Message).where(Message.author == "customer"))).all()
    assert kept.deleted_at if change == "deleted" else kept.text == ANSWERED


async def _until_tried(stage: Stage, left: int = 1) -> None:
    """Wait until at most so many events are left, all of which a worker has put back."""
    async with asyncio.timeout(60):
        while True:
            async with stage.database.reading() as session:
                rows = (await session.exec(select(Inbox))).all()
            open_ones = [row for row in rows if row.state in ("pending", "running")]
            put_back = all(row.state == "pending" and row.available_at > row.received_at for row in open_ones)
            if rows and put_back and len(open_ones) <= left:
                return
            await asyncio.sleep(0.05)


async def test_two_questions_in_one_breath_are_answered_in_their_order(stage: Stage) -> None:
    ada = await stage.person(ADA)
    question, _ = await asks(ada, ANSWERED)
    await ada.says(SUPPORT, "What does standard delivery cost?", thread=question["ts"])
    await ada.says(SUPPORT, "What does express delivery cost?", thread=question["ts"])
    await ada.reads(SUPPORT, thread=question["ts"], until=by_bot("12 euros"))
    texts = [words(message) for message in await bot_posts(ada, question["ts"])]
    assert len(texts) == 3
    assert "4.90" in texts[1]


async def test_many_customers_at_once_each_get_one_answer(stage: Stage) -> None:
    ada, carl = await stage.person(ADA), await stage.person(CARL)
    stage.workspace.faults = Faults(duplicate=0.3, delay=0.2, reorder=True)
    asked = [await (ada, carl)[n % 2].says(SUPPORT, ANSWERED) for n in range(30)]
    for question in asked:
        await ada.reads(SUPPORT, thread=question["ts"], until=by_bot("30 days"))
    for question in asked:
        assert len(await bot_posts(ada, question["ts"])) == 1
    nothing_posted_twice(stage)


async def test_a_turn_that_fails_again_and_again_ends_with_a_person(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: object, **__: object) -> None:
        raise RuntimeError("the disk is on fire")

    monkeypatch.setattr("bot.conversation.turn.think", broken)
    monkeypatch.setattr("bot.queues.worker.TRIES", 1)
    ada, ben = await stage.person(ADA), await stage.person(BEN)
    _, reply = await asks(ada, ANSWERED)
    assert "colleague" in words(reply)
    assert "disk" not in words(reply)
    assert "could not draft" in words(await card_for(ben, ANSWERED))
    async with stage.database.reading() as session:
        assert await inbox.count(session, "dead") == 1


async def test_an_event_is_not_acknowledged_when_it_cannot_be_stored(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage.workspace.state.seed = replace(stage.workspace.state.seed, ack_seconds=1.0)
    real, failures = inbox.put, 1

    async def once_broken(database: object, arrivals: list[Arrival]) -> None:
        nonlocal failures
        if failures:
            failures -= 1
            raise OSError("disk full")
        await real(stage.bot.runtime.database, arrivals)

    monkeypatch.setattr("storage.inbox.put", once_broken)
    ada = await stage.person(ADA)
    _, reply = await asks(ada, ANSWERED)
    assert "30 days" in words(reply)
    assert failures == 0


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_over_http_it_is_the_same_conversation(database_url: str, tmp_path: Path) -> None:
    free_port: dict[str, Any] = {"mode": "http", "http_host": "127.0.0.1", "http_port": 0}
    async with on_stage(database_url, tmp_path, **free_port) as stage:
        address = f"http://127.0.0.1:{stage.bot.connection.http_port}{PATH}"
        state = stage.workspace.state
        state.app = replace(state.app, events_url=address, interactivity_url=address, commands_url=address)
        ada, ben = await stage.person(ADA), await stage.person(BEN)
        question, reply = await asks(ada, ANSWERED)
        await ada.presses(reply, "want_person", channel=SUPPORT)
        await claims(ben, await card_for(ben, ANSWERED))
        await ada.reads(SUPPORT, thread=question["ts"], until=by_bot("Ben Okafor is here"))
        assert "Only managers" in words((await ben.commands(SUPPORT, "/baton report"))["response"])


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("mode", ["socket", "http"])
async def test_an_event_that_listeners_hear_as_well_is_stored_once(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mode: str
) -> None:
    puts: list[str] = []
    heard: list[Future[BoltResponse]] = []
    put, hear = inbox.put, Line._heard  # pyright: ignore[reportPrivateUsage]

    async def put_seen(database: Database, arrivals: Sequence[Arrival]) -> None:
        puts.extend(arrival.lane for arrival in arrivals)
        await put(database, arrivals)

    def hear_seen(line: Line, req: SocketModeRequest) -> Future[BoltResponse]:
        heard.append(hear(line, req))
        return heard[-1]

    monkeypatch.setattr("storage.inbox.put", put_seen)
    monkeypatch.setattr(Line, "_heard", hear_seen)
    changed: dict[str, Any] = {"mode": mode, "http_host": "127.0.0.1", "http_port": 0}
    async with on_stage(database_url, tmp_path, **changed) as stage:
        if mode == "http":
            address = f"http://127.0.0.1:{stage.bot.connection.http_port}{PATH}"
            stage.workspace.state.app = replace(stage.workspace.state.app, events_url=address)
        ada = await stage.person(ADA)
        await ada.direct()
        await ada.act("home", tab="messages")
        await stage.workspace.delivery.settled()

        async def was_heard() -> list[Future[BoltResponse]] | None:  # the line hears it once it has answered
            return heard or None

        for each in await eventually(was_heard) if mode == "socket" else heard:
            await asyncio.wrap_future(each)
        assert len(heard) == (mode == "socket")
        assert [lane for lane in puts if lane.endswith(":opened")] == puts
        assert len(puts) == 1


async def test_a_person_is_called_even_when_that_fails_at_first(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    real, failures = answering.hand_off, 2

    async def broken(*_: object, **__: object) -> None:
        raise RuntimeError("the disk is on fire")

    async def broken_at_first(*given: Any, **more: Any) -> None:
        nonlocal failures
        if failures:
            failures -= 1
            raise RuntimeError("the disk is still on fire")
        await real(*given, **more)

    monkeypatch.setattr("bot.conversation.turn.think", broken)
    monkeypatch.setattr("bot.conversation.answering.hand_off", broken_at_first)
    monkeypatch.setattr("bot.queues.worker.TRIES", 1)
    monkeypatch.setattr("bot.queues.worker.LONGEST_WAIT_SECONDS", 0.0)
    ada, ben = await stage.person(ADA), await stage.person(BEN)
    question, reply = await asks(ada, ANSWERED)
    assert "colleague" in words(reply)
    await card_for(ben, ANSWERED)
    assert len(await bot_posts(ada, question["ts"])) == 1


async def test_a_message_under_which_processes_die_goes_to_a_person_and_not_to_the_next_process(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def deadly(*_: object) -> None:
        await asyncio.Event().wait()  # nothing is heard of it any more

    async with on_stage(database_url, tmp_path) as stage:
        await stage.bot.worker.close()
        ada, ben = await stage.person(ADA), await stage.person(BEN)
        question = await ada.says(SUPPORT, ANSWERED)
        await stage.workspace.delivery.settled()
        async with stage.database.transaction() as session:  # each of them claimed it, and none came to an end
            await session.exec(update(Inbox).values(attempts=worker.TRIES))
        monkeypatch.setattr("bot.queues.dispatch.handle", deadly)
        async with app.running(settings_for(stage.server, database_url)):
            await card_for(ben, ANSWERED)
            reply = await ada.reads(SUPPORT, thread=question["ts"], until=by_bot("colleague"))
            assert reply["thread_ts"] == question["ts"]
        async with stage.database.reading() as session:
            (event,) = (await session.exec(select(Inbox))).all()
    assert (event.state, event.attempts) == ("dead", worker.TRIES + 1)


async def test_a_message_under_which_processes_die_is_not_tried_again_because_nobody_could_be_called_at_once(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    await stage.bot.worker.close()
    tried: list[str] = []
    real, failures = answering.hand_off, 1

    async def fails_at_first(*arguments: Any, **more: Any) -> None:
        nonlocal failures
        if failures:
            failures -= 1
            raise RuntimeError("nobody can be called now")
        await real(*arguments, **more)

    async def deadly(event: inbox.Claimed) -> None:
        tried.append(event.id)

    monkeypatch.setattr(answering, "hand_off", fails_at_first)
    monkeypatch.setattr(worker, "LONGEST_WAIT_SECONDS", 0.0)
    await (await stage.person(ADA)).says(SUPPORT, ANSWERED)
    await stage.workspace.delivery.settled()
    async with stage.database.transaction() as session:
        await session.exec(update(Inbox).values(attempts=worker.TRIES))
    works = worker.Worker(stage.bot.runtime, deadly, lease_seconds=60)
    for _ in range(2):
        (event,) = await works.claim(10)
        await works.handle(event)
    await card_for(await stage.person(BEN), ANSWERED)
    assert (tried, failures) == ([], 0)


async def test_processes_that_are_stopped_in_order_take_no_try_from_the_message_they_had(stage: Stage) -> None:
    await stage.bot.worker.close()
    begun = asyncio.Event()

    async def endless(_: inbox.Claimed) -> None:
        begun.set()
        await asyncio.Event().wait()

    await (await stage.person(ADA)).says(SUPPORT, ANSWERED)
    await stage.workspace.delivery.settled()
    works = worker.Worker(stage.bot.runtime, endless, lease_seconds=60)
    for _ in range(worker.TRIES + 2):
        (event,) = await works.claim(10)
        assert event.attempts == 1
        turn = asyncio.create_task(works.handle(event))
        await begun.wait()
        begun.clear()
        turn.cancel()
        await asyncio.wait([turn])


async def test_words_that_baton_fails_on_are_passed_on_to_the_people_who_have_the_conversation(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: object, **__: object) -> None:
        raise RuntimeError("the disk is on fire")

    ada, ben = await stage.person(ADA), await stage.person(BEN)
    question, _ = await asks(ada, UNKNOWN)
    card = await card_for(ben, UNKNOWN)
    await claims(ben, card)
    monkeypatch.setattr("bot.queues.worker.TRIES", 1)
    monkeypatch.setattr("bot.desk.relay.customer_said", broken)
    await ada.says(SUPPORT, "My order number is 4711.", thread=question["ts"])
    await ben.reads(DESK, thread=card["ts"], until=by_bot("4711"))
    monkeypatch.setattr("bot.desk.relay.desk_said", broken)
    said = await ben.says(DESK, "Thank you, Ada", thread=card["ts"])
    await ben.reads(
        DESK, thread=card["ts"], until=lambda m: m["ts"] == said["ts"] and "warning" in str(m.get("reactions"))
    )
    await ben.reads(DESK, thread=card["ts"], until=by_bot("was not sent to the customer"))
