"""The event loop: work goes on without a look at each step, and what comes in is heard all the same."""

import asyncio
import selectors
import socket

import pytest

from bot import event_loop
from bot.event_loop import MOST_PAUSES, PAUSE_SECONDS, STEPS_BETWEEN_LOOKS, LooksSeldom

PATIENCE = 60.0


def test_between_steps_it_is_looked_for_what_came_in_only_now_and_then() -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs, LooksSeldom() as selector:
        selector.register(ours, selectors.EVENT_READ)
        theirs.send(b"x")
        seen = [len(selector.select(0)) for _ in range(2 * (STEPS_BETWEEN_LOOKS + 1))]
        assert seen == 2 * [*STEPS_BETWEEN_LOOKS * [0], 1]
        assert len(selector.select(0.01)) == len(selector.select(None)) == 1, "who has nothing to do looks at once"


def test_a_loop_with_endless_work_still_hears_what_comes_in() -> None:
    async def endless(heard: asyncio.Event) -> None:
        while not heard.is_set():  # noqa: ASYNC110 - it is work without end
            await asyncio.sleep(0)

    async def hear() -> None:
        heard = asyncio.Event()
        working = asyncio.create_task(endless(heard))
        reader, writer = await asyncio.open_connection(sock=ours)
        theirs.send(b"x")
        async with asyncio.timeout(PATIENCE):
            assert await reader.readexactly(1) == b"x"
        heard.set()
        await working
        writer.close()
        await writer.wait_closed()

    ours, theirs = socket.socketpair()
    with theirs, asyncio.Runner(loop_factory=event_loop.new) as runner:
        runner.run(hear())


def _pauses(monkeypatch: pytest.MonkeyPatch, rests_after: int) -> list[float]:
    """The pauses that others make; the urgent loop has nothing to do after some of them."""
    made: list[float] = []

    def sleep(seconds: float) -> None:
        made.append(seconds)
        if len(made) == rests_after:
            LooksSeldom.urgent_at_work = False

    monkeypatch.setattr(LooksSeldom, "urgent_at_work", False)
    monkeypatch.setattr("bot.event_loop.time.sleep", sleep)
    return made


def test_others_make_no_step_while_an_urgent_loop_has_something_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    pauses = _pauses(monkeypatch, rests_after=3)
    with LooksSeldom(urgent=True) as urgent, LooksSeldom() as other:
        other.select(0)
        assert not pauses
        urgent.select(0.001)
        urgent.select(0)
        assert not pauses, "it waits for nobody itself"
        other.select(0)
        assert pauses == 3 * [PAUSE_SECONDS]
        urgent.select(0.001)
        assert LooksSeldom.urgent_at_work, "it has looked, and may have found something to do"


def test_an_urgent_loop_that_never_rests_holds_nobody_up_for_long(monkeypatch: pytest.MonkeyPatch) -> None:
    pauses = _pauses(monkeypatch, rests_after=-1)
    with LooksSeldom(urgent=True) as urgent, LooksSeldom() as other:
        urgent.select(0.001)
        other.select(0)
        assert len(pauses) == MOST_PAUSES
    with LooksSeldom() as other:
        other.select(0)
        assert len(pauses) == MOST_PAUSES, "one that has ended holds up nobody"


def test_while_an_urgent_loop_waits_others_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    _pauses(monkeypatch, rests_after=-1)
    seen: list[bool] = []

    def looks(*_: object) -> list[tuple[selectors.SelectorKey, int]]:
        seen.append(LooksSeldom.urgent_at_work)
        return []

    monkeypatch.setattr(selectors.DefaultSelector, "select", looks)
    with LooksSeldom(urgent=True) as urgent:
        urgent.select(None)
        urgent.select(None)
        for _ in range(STEPS_BETWEEN_LOOKS + 1):
            urgent.select(0)
    assert seen == [False, False, True]
