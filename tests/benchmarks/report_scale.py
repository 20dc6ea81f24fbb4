"""How long a report on a busy week takes among a million conversations, beside a database that holds nothing else."""

import asyncio
import time
from collections.abc import AsyncGenerator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from bot import reports
from bot.demo.workspace import Person
from bot.reports import settled
from bot.team import TeamFile
from handoff.report import Report
from storage.database import Database
from tests import postgres
from tests.benchmarks import many_conversations, world
from tests.benchmarks.rows import Row, median

NAME = "report_scale"
WEEK = reports.last_full_week(datetime.now(UTC), "UTC")
AT = WEEK.until + timedelta(hours=9)
"""When the report is made: on the Monday after the week."""
MOST_TIMES, MOST_MB, ORIENTATION_SECONDS = 1.5, 30.0, 5.0
REPORT_SECONDS = 240.0
SETTLES_SECONDS = 5.0
"""How long a bot is left alone before its memory is read."""


@dataclass(frozen=True, slots=True)
class Size:
    """How many ratings the week has, how many conversations there are in all, and how often each report is timed."""

    ratings: int
    conversations: int
    rounds: int

    @property
    def of_week(self) -> int:
        """Conversations of the week: every other one is rated."""
        return 2 * self.ratings


FULL, QUICK = Size(50_000, 1_000_000, 5), Size(5_000, 100_000, 3)


async def run(progress: Callable[[str], None], quick: bool) -> list[Row]:
    """Fill both kinds with the week alone and with a year before it, and time the same report in turn."""
    size = QUICK if quick else FULL
    rows: list[Row] = []
    with world.folder() as folder, postgres.running(durable=False) as server:
        urls = {
            "SQLite": (f"sqlite:///{folder / 'full.db'}", f"sqlite:///{folder / 'alone.db'}"),
            "PostgreSQL": (postgres.create(server), postgres.create(server)),
        }
        for kind, (with_history, without) in urls.items():
            async with AsyncExitStack() as stack:
                full = await stack.enter_async_context(_filled(with_history, size, alone=False, told=progress))
                alone = await stack.enter_async_context(_filled(without, size, alone=True, told=progress))
                rows += await _times(kind, full, alone, size, progress)
            progress(f"memory on {kind}")
            rows.append(await _memory(kind, with_history, size))
    return rows


@asynccontextmanager
async def _filled(url: str, size: Size, *, alone: bool, told: Callable[[str], None]) -> AsyncGenerator[Database]:
    """A database with the week, and unless `alone` a year before it, whose settled days are counted."""
    before = 0 if alone else size.conversations - size.of_week
    told(f"{before + size.of_week:,} conversations on {url.partition(':')[0]}")
    database = await Database.open(url)
    try:
        await database.upgrade()
        await many_conversations.fill(database, _team(), WEEK, of_week=size.of_week, before=before)
        await settled.settle(database, _team(), "UTC", TeamFile(), AT)
        yield database
    finally:
        await database.close()


def _team() -> str:
    return world.seed().team_id


async def _times(kind: str, full: Database, alone: Database, size: Size, progress: Callable[[str], None]) -> list[Row]:
    taken: dict[str, list[float]] = {"full": [], "alone": []}
    made: dict[str, Report] = {}
    for number in range(size.rounds + 1):
        for name, database in (("full", full), ("alone", alone)):
            progress(f"report {number} on {kind}, {name}")
            started = time.perf_counter()
            made[name] = await reports.build(database, _team(), WEEK, "UTC", at=AT)
            if number:  # the first fills the caches
                taken[name].append(time.perf_counter() - started)
    _same(made["full"], made["alone"], size)
    progress(f"charts on {kind}")
    started = time.perf_counter()
    await reports.drawn(made["full"])
    charts = time.perf_counter() - started
    numbers, beside = median(taken["full"]), median(taken["alone"])
    times = numbers / beside
    # In the quick form, what is the same for any week weighs most: starting the processes that group and draw.
    holds = times <= MOST_TIMES if size is FULL else None
    counted = "; settled days counted beforehand, as every night"
    among = f"{size.ratings:,} ratings among {size.conversations:,} conversations"
    return [
        Row(
            NAME,
            f"{kind}: the same week alone in a database, times",
            round(times, 2),
            "ratio",
            f"{beside:.2f} s alone, {numbers:.2f} s in full{counted}",
            f"<= {MOST_TIMES}" if size is FULL else f"<= {MOST_TIMES} at full size",
            holds,
        ),
        Row(
            NAME,
            f"{kind}: numbers and charts",
            round(numbers + charts, 2),
            "s",
            f"{among}; charts {charts:.2f} s",
            f"orientation {ORIENTATION_SECONDS:.0f} s",
        ),
    ]


def _same(full: Report, alone: Report, size: Size) -> None:
    """Both reports must say the same of the week, or their times say nothing.

    Raises:
        RuntimeError: when they do not.
    """
    for report in (full, alone):
        if sum(arm.ratings for arm in report.arms) != size.ratings:
            raise RuntimeError(f"The report counts {[arm.ratings for arm in report.arms]}, not {size.ratings} ratings.")
    if full.arms != alone.arms or full.topics != alone.topics:
        raise RuntimeError("The two databases do not hold the same week.")


async def _memory(kind: str, url: str, size: Size) -> Row:
    """Have a running bot post the report, and look at its memory before, at the peak and after."""
    async with world.workspace() as server:
        environment = world.environment(server, url, BATON_REPORT_DAY="off", BATON_MANAGERS=world.AGENT)
        async with (
            world.process(["-m", "bot", "serve"], environment) as bot,
            Person(server.url, world.AGENT) as manager,
        ):
            before = await _resting(bot)
            await manager.commands(world.MANAGERS, "/baton report")
            await manager.until(lambda: _posted(manager), timeout=REPORT_SECONDS)
            after, peak = await _resting(bot), world.memory_mb(bot.pid, "VmHWM")
    grown = round(after - before, 1)
    return Row(
        NAME,
        f"{kind}: memory of the server after a report, above its level before",
        grown,
        "MB",
        f"{before:.0f} MB before, {peak:.0f} MB at the peak, {after:.0f} MB after; {size.ratings:,} ratings",
        f"<= {MOST_MB:.0f}",
        grown <= MOST_MB,
    )


async def _resting(bot: asyncio.subprocess.Process) -> float:
    await asyncio.sleep(SETTLES_SECONDS)
    return world.memory_mb(bot.pid, "VmRSS")


async def _posted(manager: Person) -> list[Any] | None:
    """The managers' channel once the report and its chart are there."""
    messages: list[Any] = await manager.history(world.MANAGERS)
    return messages if any(message.get("files") for message in messages) else None
