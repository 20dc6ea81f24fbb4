"""The door: what comes in has an event loop of its own, which works while the main one is held up."""

import asyncio
import sys
import threading
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select
from structlog.testing import capture_logs

from bot import event_loop
from bot.slack.connection import LostConnection
from bot.slack.door import BEAT_SECONDS, MISSED_BEATS, Door, DoorShut, opened
from bot.slack.intake import Intake
from storage import inbox
from storage.database import Database
from storage.inbox import Arrival
from storage.queues import Inbox
from storage.tables import Workspace
from tests.stage import on_stage


def _arrival(number: int) -> Arrival:
    return Arrival("T1", f"said:C1:{number}", f"C1:{number}", str(number), {"event": {"type": "message"}})


async def _other_thread() -> threading.Thread:
    return threading.current_thread()


async def test_what_is_done_behind_the_door_is_done_in_another_thread() -> None:
    async with opened() as door:
        assert await door.do(_other_thread()) is not threading.current_thread()


async def _refuse() -> None:
    raise ValueError("no")


async def test_what_goes_wrong_behind_the_door_is_told_before_it() -> None:
    async with opened() as door:
        with pytest.raises(ValueError, match="no"):
            await door.do(_refuse())


async def _beside(door: Door, database: Database, url: str) -> Database:
    return await door.do(Database.open(url, connections=1, beside=database))


async def test_an_event_is_stored_while_the_main_loop_is_held_up(database: Database, database_url: str) -> None:
    async with opened() as door:
        beside = await _beside(door, database, database_url)
        heard: list[int] = []
        intake = Intake(beside, lambda: heard.append(1), loop=door.loop)
        storing = asyncio.run_coroutine_threadsafe(intake.store(_arrival(1)), door.loop)
        storing.result(timeout=60)  # nothing in this loop moves meanwhile
        assert not heard, "the worker is woken in the loop that it lives in"
        await asyncio.sleep(0)
        assert heard == [1]
        await door.do(beside.close())
    async with database.reading() as session:
        assert len((await session.exec(select(Inbox))).all()) == 1


async def test_both_loops_write_and_none_is_refused(database: Database, database_url: str) -> None:
    async with database.transaction() as session:
        session.add(Workspace(id="T1", name="0"))

    async def rename() -> None:
        async with database.transaction() as session:
            workspace = (await session.exec(select(Workspace).with_for_update())).one()
            workspace.name = str(int(workspace.name) + 1)
            session.add(workspace)

    async with opened() as door:
        beside = await _beside(door, database, database_url)
        stored = (door.do(inbox.put(beside, [_arrival(number)])) for number in range(30))
        await asyncio.gather(*stored, *(rename() for _ in range(30)))
        await door.do(beside.close())
    async with database.reading() as session:
        assert (await session.exec(select(Workspace))).one().name == "30"
        assert len((await session.exec(select(Inbox))).all()) == 30


async def test_a_message_may_be_stored_from_either_loop(database: Database, database_url: str) -> None:
    async with opened() as door:
        beside = await _beside(door, database, database_url)
        intake = Intake(beside, lambda: None, loop=door.loop)
        await asyncio.gather(intake.store(_arrival(1)), door.do(intake.store(_arrival(2))))
        await door.do(beside.close())
    async with database.reading() as session:
        assert len((await session.exec(select(Inbox))).all()) == 2


def _end_thread() -> None:
    raise SystemExit


async def test_a_door_whose_thread_ends_says_so_and_what_is_behind_it_counts_as_closed() -> None:
    async with opened() as door:
        door.loop.call_soon_threadsafe(_end_thread)
        await asyncio.wait_for(door.shut.wait(), 60)
        with pytest.raises(DoorShut, match="started anew"):
            await door.do(_other_thread())
        await door.close(_other_thread())


class Looks:
    """The pauses between two looks whether the door answers, one after the other as the test allows them."""

    def __init__(self) -> None:
        self.allowed: asyncio.Queue[None] = asyncio.Queue()
        self.begun: asyncio.Queue[None] = asyncio.Queue()

    async def __call__(self, seconds: float) -> None:
        assert seconds == BEAT_SECONDS
        self.begun.put_nowait(None)
        await self.allowed.get()

    async def end_one(self) -> None:
        """End the present pause, and wait for the next."""
        self.allowed.put_nowait(None)
        await asyncio.wait_for(self.begun.get(), 30)


async def test_a_door_that_no_longer_answers_is_given_up_and_nobody_waits_for_it() -> None:
    looks, gate, held = Looks(), threading.Event(), threading.Event()

    def hang() -> None:
        held.set()
        gate.wait(60)

    try:
        with capture_logs() as logs:
            async with opened(looks) as door:
                await asyncio.wait_for(looks.begun.get(), 30)
                door.loop.call_soon_threadsafe(hang)
                await asyncio.to_thread(held.wait, 30)
                await looks.end_one()  # asked before it hung
                for _ in range(MISSED_BEATS - 1):
                    await looks.end_one()
                    assert not door.shut.is_set()
                looks.allowed.put_nowait(None)
                await asyncio.wait_for(door.shut.wait(), 30)
                with pytest.raises(DoorShut, match="started anew"):
                    await door.do(_other_thread())
        assert not gate.is_set()
        (told,) = (each for each in logs if each["event"] == "door_hung")
        assert any("hang" in line for line in told["at"])
    finally:
        gate.set()


async def test_nobody_waits_for_what_was_begun_behind_a_door_that_hangs() -> None:
    async with opened() as door:
        begun = asyncio.Event()

        async def endless(home: asyncio.AbstractEventLoop) -> None:
            home.call_soon_threadsafe(begun.set)
            await asyncio.Event().wait()

        waiting = asyncio.create_task(door.do(endless(asyncio.get_running_loop())))
        await asyncio.wait_for(begun.wait(), 60)
        door.give_up()
        with pytest.raises(DoorShut, match="started anew"):
            await asyncio.wait_for(waiting, 60)


async def test_what_is_no_longer_waited_for_is_no_longer_done_behind_the_door() -> None:
    async with opened() as door:
        home, begun, ended = asyncio.get_running_loop(), asyncio.Event(), asyncio.Event()

        async def endless() -> None:
            home.call_soon_threadsafe(begun.set)
            try:
                await asyncio.Event().wait()
            finally:
                home.call_soon_threadsafe(ended.set)

        waiting = asyncio.create_task(door.do(endless()))
        await asyncio.wait_for(begun.wait(), 60)
        waiting.cancel()
        await asyncio.wait_for(ended.wait(), 60)


async def test_a_door_that_cannot_open_says_why_and_nobody_waits_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def without_files() -> asyncio.AbstractEventLoop:
        raise OSError("Too many open files")

    monkeypatch.setattr(event_loop, "new", without_files)
    before = sys.getswitchinterval()
    with pytest.raises(OSError, match="Too many open files"):
        async with asyncio.timeout(60), opened():
            pass
    assert sys.getswitchinterval() == before


async def test_a_door_that_is_slow_for_less_than_its_time_stays_open_however_often() -> None:
    looks = Looks()
    async with opened(looks) as door:
        await asyncio.wait_for(looks.begun.get(), 30)
        for _ in range(3):
            gate, held = threading.Event(), threading.Event()

            def hang(gate: threading.Event = gate, held: threading.Event = held) -> None:
                held.set()
                gate.wait(60)

            door.loop.call_soon_threadsafe(hang)
            await asyncio.to_thread(held.wait, 30)
            for _ in range(MISSED_BEATS):  # the first was asked before
                await looks.end_one()
            gate.set()
            assert await door.do(_other_thread()) is not threading.current_thread()
            await looks.end_one()
        assert not door.shut.is_set()


@pytest.mark.parametrize("mode", [{"mode": "socket"}, {"mode": "http", "http_port": 0}], ids=["socket", "http"])
async def test_a_bot_whose_door_hangs_ends_with_a_word(database_url: str, tmp_path: Path, mode: dict[str, Any]) -> None:
    with pytest.raises(LostConnection, match="started anew"):
        async with on_stage(database_url, tmp_path, **mode) as stage:
            stage.bot.door.give_up()
            await asyncio.wait_for(stage.bot.connection.lost(), 60)


@pytest.mark.parametrize("mode", [{"mode": "socket"}, {"mode": "http", "http_port": 0}], ids=["socket", "http"])
async def test_a_bot_that_can_hear_nothing_any_more_ends_with_a_word(
    database_url: str, tmp_path: Path, mode: dict[str, Any]
) -> None:
    with pytest.raises(LostConnection, match="started anew"):
        async with on_stage(database_url, tmp_path, **mode) as stage:
            stage.bot.door.loop.call_soon_threadsafe(_end_thread)
            await asyncio.wait_for(stage.bot.connection.lost(), 60)
