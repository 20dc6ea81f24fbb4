"""The pump: what is due is worked on as soon as there is a hand, and the queue is not asked in vain."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager

import pytest

from bot.queues import pump
from bot.queues.pump import Pump

PATIENCE = 60.0
NEVER = 1_000.0


class Queue:
    """Lanes in memory: the head of each that has none at work may be claimed."""

    def __init__(self, **lanes: int) -> None:
        self.lanes = {name: [f"{name}{number}" for number in range(rows)] for name, rows in lanes.items()}
        self.at_work: set[str] = set()
        self.claims = 0
        self.done: list[str] = []
        self.may_finish = asyncio.Event()

    async def claim(self, limit: int) -> list[str]:
        self.claims += 1
        free = [name for name, rows in self.lanes.items() if rows and name not in self.at_work][:limit]
        self.at_work.update(free)
        return [self.lanes[name].pop(0) for name in free]

    async def work(self, row: str) -> None:
        await self.may_finish.wait()
        self.at_work.discard(row[0])
        self.done.append(row)

    @asynccontextmanager
    async def moved(self, hands: int) -> AsyncGenerator[Pump[str]]:
        pump = Pump("queue", claim=self.claim, work=self.work, hands=hands)
        pump.start()
        yield pump
        self.may_finish.set()
        await pump.close()


async def until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not holds():  # noqa: ASYNC110 - the queue tells nobody
            await asyncio.sleep(0.001)


@pytest.fixture
def only_woken(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither time nor a free lane has the queue looked at."""
    monkeypatch.setattr(pump, "IDLE_SECONDS", NEVER)
    monkeypatch.setattr(pump, "LANES_SECONDS", NEVER)


@pytest.mark.usefixtures("only_woken")
async def test_what_waits_for_a_hand_is_taken_as_soon_as_one_is_free() -> None:
    queue = Queue(a=1, b=1, c=1)
    async with queue.moved(hands=2):
        await until(lambda: queue.at_work == {"a", "b"})
        queue.may_finish.set()
        await until(lambda: sorted(queue.done) == ["a0", "b0", "c0"])


@pytest.mark.usefixtures("only_woken")
async def test_what_is_new_is_taken_at_once_and_what_is_finished_asks_for_nothing_more() -> None:
    queue = Queue(a=1, b=0)
    async with queue.moved(hands=5) as moving:
        await until(lambda: queue.at_work == {"a"})
        queue.may_finish.set()
        await until(lambda: queue.done == ["a0"])
        before = queue.claims
        for _ in range(20):
            await asyncio.sleep(0)
        assert queue.claims == before
        queue.lanes["b"].append("b0")
        moving.wake()
        await until(lambda: queue.done == ["a0", "b0"])


async def test_a_lane_goes_on_though_nothing_wakes_the_pump(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pump, "IDLE_SECONDS", NEVER)
    queue = Queue(a=3)
    queue.may_finish.set()
    async with queue.moved(hands=5):
        await until(lambda: queue.done == ["a0", "a1", "a2"])
