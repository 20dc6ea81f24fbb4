"""The main job on real input: bank customers' questions, through Slack's side, to answers and cards."""

import asyncio
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from sqlmodel import col, func, select

from bot.demo.workspace import WorkspaceServer
from bot.knowledge.sync import Manner, sync
from storage.database import Database
from storage.kinds import Action
from storage.queues import Outbox
from storage.tables import Decision, DraftRow, Workspace
from tests.benchmarks import data, world
from tests.benchmarks.rows import Row, data_missing, ms, percentile

NAME = "main_job"
QUESTIONS, QUICK = 1000, 150
IN_FLIGHT = 10
PATIENCE = 30.0
MOST_MEMORY = 250.0


@dataclass
class Run:
    """What was seen in one run."""

    replied: list[float] = field(default_factory=list[float])
    acked: list[float] = field(default_factory=list[float])
    lost: int = 0
    seconds: float = 0.0
    peak_mb: float = 0.0


async def run(progress: Callable[[str], None], quick: bool) -> list[Row]:
    """Ask every question as a customer, once with each database under the bot."""
    knowledge, questions = data.bank_knowledge(), data.bank_questions(QUICK if quick else QUESTIONS)
    if knowledge is None or not questions:
        return [data_missing(NAME, "bank knowledge base and questions")]
    rows: list[Row] = []
    with world.folder() as folder, world.databases(folder) as urls:
        for kind, url in urls.items():
            progress(f"{kind}: reading the knowledge base")
            database = await Database.open(url)
            await database.upgrade()
            async with database.transaction() as session:
                session.add(Workspace(id=world.seed().team_id))
            await sync(database, world.seed().team_id, knowledge, manner=Manner(data.bank_reading()))
            async with world.workspace() as server:
                found = await _ask_all(server, url, questions, lambda words, kind=kind: progress(f"{kind}: {words}"))
                rows += await _rows(kind, found, database, server, len(questions))
            await database.close()
    return rows


async def _ask_all(server: WorkspaceServer, url: str, questions: list[str], progress: Callable[[str], None]) -> Run:
    found = Run()
    world.time_acks(server, found.acked)
    left = list(enumerate(questions))
    watch = Watch(server)
    async with world.process(["-m", "bot", "serve"], world.environment(server, url)) as bot:
        async with watch:
            started = time.perf_counter()

            async def customer() -> None:
                while left:
                    number, text = left.pop()
                    await _ask(server, watch, found, world.CUSTOMERS[number % len(world.CUSTOMERS)], text)
                    progress(f"{len(questions) - len(left)} of {len(questions)} questions")

            await asyncio.gather(*(customer() for _ in range(IN_FLIGHT)))
            found.seconds = time.perf_counter() - started
        found.peak_mb = world.memory_mb(bot.pid, "VmHWM")
    return found


async def _ask(server: WorkspaceServer, watch: "Watch", found: Run, customer: str, text: str) -> None:
    asked = time.perf_counter()
    question = await server.workspace.people.post(customer, world.SUPPORT, text)
    try:
        async with asyncio.timeout(PATIENCE):
            await watch.reply_to(question["ts"])
        found.replied.append(time.perf_counter() - asked)
    except TimeoutError:
        found.lost += 1


class Watch:
    """Sees replies come in."""

    def __init__(self, server: WorkspaceServer) -> None:
        self._people = server.workspace.people
        self._replied: dict[str, asyncio.Event] = defaultdict(asyncio.Event)
        self._reader: asyncio.Task[None] | None = None

    async def __aenter__(self) -> None:
        self._reader = asyncio.create_task(self._read())
        await asyncio.sleep(0)

    async def __aexit__(self, *_: object) -> None:
        if self._reader:
            self._reader.cancel()
            await asyncio.gather(self._reader, return_exceptions=True)

    async def reply_to(self, ts: str) -> None:
        await self._replied[ts].wait()

    async def _read(self) -> None:
        async with self._people.watching(world.WATCHER) as queue:
            while True:
                change = await queue.get()
                if change.get("type") == "message" and change.get("thread_ts"):
                    self._replied[change["thread_ts"]].set()


async def _rows(kind: str, found: Run, database: Database, server: WorkspaceServer, asked: int) -> list[Row]:
    actions = await _actions(database)
    twice, disordered = _posted_twice(server), await _out_of_order(database)
    sourced = await _sourced(database)

    def row(name: str, value: Any, unit: str, target: str = "", holds: bool | None = None) -> Row:
        return Row(NAME, f"{kind}: {name}", value, unit, f"{asked} questions", target, holds)

    return [
        row("answered with sources", sourced, "conversations"),
        row("handed off", actions[Action.HAND_OFF], "conversations"),
        row("clarified", actions[Action.CLARIFY], "conversations"),
        row("lost", found.lost, "conversations", "0", found.lost == 0),
        row("posted twice", twice, "posts", "0", twice == 0),
        row("out of order", disordered, "posts", "0", disordered == 0),
        row("event to ack, p50", ms(percentile(found.acked, 0.5)), "ms"),
        row("event to ack, p99", ms(percentile(found.acked, 0.99)), "ms"),
        row("event to reply, p50", ms(percentile(found.replied, 0.5)), "ms"),
        row("event to reply, p99", ms(percentile(found.replied, 0.99)), "ms"),
        row("conversations a second", round(len(found.replied) / found.seconds, 1), "1/s"),
        row("peak memory", found.peak_mb, "MB", f"< {MOST_MEMORY:.0f}", found.peak_mb < MOST_MEMORY),
    ]


async def _actions(database: Database) -> Counter[str]:
    async with database.reading() as session:
        counts = await session.exec(select(Decision.action, func.count()).group_by(Decision.action))
        return Counter(dict(counts.all()))


async def _sourced(database: Database) -> int:
    """Answers whose draft cites at least one passage."""
    wanted = select(DraftRow.citations).join(
        Decision, (col(Decision.workspace_id) == DraftRow.workspace_id) & (col(Decision.draft_id) == DraftRow.id)
    )
    async with database.reading() as session:
        found = (await session.exec(wanted.where(Decision.action == Action.ANSWER))).all()
    return sum(1 for citations in found if citations)


def _posted_twice(server: WorkspaceServer) -> int:
    """Posts beyond the first with one key, in all channels."""
    keys = Counter(
        message["metadata"]["event_payload"]["key"]
        for channel in server.workspace.state.channels.values()
        for message in channel.messages.values()
        if message.get("metadata")
    )
    return sum(count - 1 for count in keys.values())


async def _out_of_order(database: Database) -> int:
    """Posts that stand in Slack before one that was decided earlier in the same lane."""
    async with database.reading() as session:
        wanted = select(Outbox.lane, Outbox.ts).where(Outbox.method == "chat.postMessage").order_by(col(Outbox.id))
        posts = (await session.exec(wanted)).all()
    last: dict[str, str] = {}
    wrong = 0
    for lane, ts in posts:
        if ts is None or ts < last.get(lane, ""):
            wrong += 1
        last[lane] = max(ts or "", last.get(lane, ""))
    return wrong
