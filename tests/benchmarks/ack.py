"""How many events a second are stored and acknowledged, beside a bare Bolt app over the same transport."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.demo.workspace import WorkspaceServer
from tests.benchmarks import world
from tests.benchmarks.rows import Row, median, ms, percentile

NAME = "ack"
EVENTS, QUICK = 3000, 1000
IN_FLIGHT = 20
ROUNDS, QUICK_ROUNDS = 5, 3
SHARE, TIMES = 0.40, 5.0


@dataclass
class Speed:
    """Events a second, and the slowest hundredth in seconds."""

    a_second: float
    p99: float


async def run(progress: Callable[[str], None], quick: bool) -> list[Row]:
    """Send the same events to both apps in turn, so that a drift of the machine meets both."""
    events, rounds = (QUICK, QUICK_ROUNDS) if quick else (EVENTS, ROUNDS)
    rows: list[Row] = []
    with world.folder() as folder, world.databases(folder) as urls:
        for kind, url in urls.items():
            ours: list[Speed] = []
            bare: list[Speed] = []
            for number in range(rounds):
                progress(f"{kind}: round {number + 1} of {rounds}")
                ours.append(await _measure("baton", url, events))
                bare.append(await _measure("bolt", url, events))
            rows += _rows(kind, ours, bare)
    return rows


async def _measure(app: str, url: str, events: int) -> Speed:
    async with (
        world.workspace() as server,
        world.process(["-m", "tests.benchmarks.acking", app], world.environment(server, url)),
    ):
        await _send(server, 200)  # until caches and pools are warm
        taken: list[float] = []
        world.time_acks(server, taken)
        started = time.perf_counter()
        await _send(server, events)
        return Speed(events / (time.perf_counter() - started), percentile(taken, 0.99))


async def _send(server: WorkspaceServer, events: int) -> None:
    left = iter(range(events))

    async def sender() -> None:
        for number in left:
            await world.deliver(server, _event(server, number))

    await asyncio.gather(*(sender() for _ in range(IN_FLIGHT)))


def _event(server: WorkspaceServer, number: int) -> dict[str, Any]:
    ts = server.workspace.state.new_ts()
    return {
        "type": "message",
        "user": world.CUSTOMERS[number % len(world.CUSTOMERS)],
        "text": "Where is my card? I ordered it a week ago and it has not arrived.",
        "channel": world.SUPPORT,
        "channel_type": "channel",
        "ts": ts,
        "event_ts": ts,
        "team": server.workspace.seed.team_id,
    }


def _rows(kind: str, ours: list[Speed], bare: list[Speed]) -> list[Row]:
    share = median([mine.a_second / other.a_second for mine, other in zip(ours, bare, strict=True)])
    times = median([mine.p99 / other.p99 for mine, other in zip(ours, bare, strict=True)])
    beside = f"bare Bolt {median([each.a_second for each in bare]):,.0f}/s"
    slowest = f"bare Bolt {ms(median([each.p99 for each in bare]))} ms"
    return [
        Row(NAME, f"{kind}: acks a second", round(median([each.a_second for each in ours])), "1/s", beside),
        Row(NAME, f"{kind}: share of bare Bolt", round(share, 2), "ratio", beside, f">= {SHARE:.2f}", share >= SHARE),
        Row(NAME, f"{kind}: p99 of an ack", ms(median([each.p99 for each in ours])), "ms", slowest),
        Row(
            NAME, f"{kind}: p99 beside bare Bolt", round(times, 2), "ratio", slowest, f"<= {TIMES:.0f}", times <= TIMES
        ),
    ]
