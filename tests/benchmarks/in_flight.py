"""Two hundred turns at once with a model that takes two seconds, beside a bare loop that stores nothing."""

import asyncio
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.demo.workspace import WorkspaceServer
from bot.knowledge.sync import sync
from storage.database import Database
from storage.tables import Workspace
from tests.benchmarks import data, world
from tests.benchmarks.main_job import Watch
from tests.benchmarks.rows import Row, data_missing, median, ms, percentile

NAME = "in_flight"
IN_FLIGHT = 200
MODEL_SECONDS = 2.0
QUESTIONS, QUICK = 2000, 600
ROUNDS, QUICK_ROUNDS = 3, 1
IDLE_EVENTS = 200
IDLE_GAP_SECONDS = 0.02
PATIENCE = 90.0
SHARE, TIMES, MOST_MEMORY = 0.6, 3.0, 350.0


@dataclass
class Run:
    """What was seen with the bot."""

    seconds: float = 0.0
    lost: int = 0
    idle: list[float] = field(default_factory=list[float])
    busy: list[float] = field(default_factory=list[float])
    peak_mb: float = 0.0


async def run(progress: Callable[[str], None], quick: bool) -> list[Row]:
    """Ask as two hundred customers who each wait for the reply before they ask again; then let the bare loop do it."""
    asked, rounds = (QUICK, QUICK_ROUNDS) if quick else (QUESTIONS, ROUNDS)
    knowledge, questions = data.bank_knowledge(), data.bank_questions(asked)
    if knowledge is None or not questions:
        return [data_missing(NAME, "bank knowledge base and questions")]
    rows: list[Row] = []
    with world.folder() as folder, world.databases(folder) as urls:
        model_arguments = ["-m", "tests.benchmarks.thinking", str(MODEL_SECONDS)]
        async with world.process(model_arguments, world.plain_environment()) as model:
            for kind, url in urls.items():
                database = await Database.open(url)
                await database.upgrade()
                async with database.transaction() as session:
                    session.add(Workspace(id=world.seed().team_id))
                await sync(database, world.seed().team_id, knowledge)
                await database.close()
                ours: list[Run] = []
                bare: list[float] = []
                for number in range(rounds):
                    progress(f"{kind}: round {number + 1} of {rounds}")
                    async with world.workspace() as server:
                        around = _environment(server, url, world.told(model))
                        ours.append(await _with_the_bot(server, around, questions))
                        bare.append(await _bare(around, asked))
                rows += _rows(kind, ours, bare, len(questions))
    return rows


def _environment(server: WorkspaceServer, url: str, model: str) -> dict[str, str]:
    return world.environment(
        server,
        url,
        BATON_DRAFTER="openai",
        BATON_OPENAI_API_KEY="sk-bench",
        BATON_OPENAI_BASE_URL=model,
        BATON_OPENAI_TIMEOUT_SECONDS="60",
        BATON_WORKERS=str(IN_FLIGHT),
        BATON_CONFIDENCE_THRESHOLD="0.3",
        BATON_LOG_LEVEL="warning",
    )


async def _with_the_bot(server: WorkspaceServer, environment: dict[str, str], questions: list[str]) -> Run:
    found = Run()
    acked: list[float] = []
    world.time_acks(server, acked)
    left = list(enumerate(questions))
    watch = Watch(server)
    async with world.process(["-m", "bot", "serve"], {**environment, "BATON_LOG_LEVEL": "info"}) as bot, watch:
        await _idle(server)
        found.idle = acked[20:]
        acked.clear()

        async def customer(place: int) -> None:
            await asyncio.sleep(place / IN_FLIGHT * MODEL_SECONDS)  # customers do not come all at one moment
            while left:
                number, text = left.pop()
                asked = await server.workspace.people.post(world.CUSTOMERS[number % 50], world.SUPPORT, text)
                try:
                    async with asyncio.timeout(PATIENCE):
                        await watch.reply_to(asked["ts"])
                except TimeoutError:
                    found.lost += 1

        started = time.perf_counter()
        await asyncio.gather(*(customer(place) for place in range(IN_FLIGHT)))
        found.seconds = time.perf_counter() - started
        found.busy = acked
        found.peak_mb = world.memory_mb(bot.pid, "VmHWM")
    return found


async def _idle(server: WorkspaceServer) -> None:
    """Events that ask nothing of the bot, one after the other."""
    for _ in range(IDLE_EVENTS):
        ts = server.workspace.state.new_ts()
        await world.deliver(
            server,
            {
                "type": "message",
                "user": world.AGENT,
                "text": "Good morning",
                "channel": world.MANAGERS,
                "channel_type": "group",
                "ts": ts,
                "event_ts": ts,
                "team": server.workspace.seed.team_id,
            },
        )
        await asyncio.sleep(IDLE_GAP_SECONDS)


async def _bare(environment: dict[str, str], questions: int) -> float:
    running = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "tests.benchmarks.bare_turns", str(questions), str(IN_FLIGHT)),
        env=environment,
        cwd=world.ROOT,
        stdout=asyncio.subprocess.PIPE,
    )
    told, _ = await running.communicate()
    return float(told.split()[-1])


def _rows(kind: str, ours: list[Run], bare: list[float], asked: int) -> list[Row]:
    share = median([other / mine.seconds for mine, other in zip(ours, bare, strict=True)])
    idle = median([percentile(each.idle, 0.99) for each in ours])
    busy = median([percentile(each.busy, 0.99) for each in ours])
    lost = sum(each.lost for each in ours)
    peak = max(each.peak_mb for each in ours)
    beside = f"bare loop {asked / median(bare):.0f}/s"

    def row(  # noqa: PLR0917 - the columns in their order
        name: str, value: float, unit: str, reference: str, target: str = "", holds: bool | None = None
    ) -> Row:
        return Row(NAME, f"{kind}: {name}", value, unit, reference, target, holds)

    return [
        row("turns a second", round(asked / median([each.seconds for each in ours]), 1), "1/s", beside),
        row("share of the bare loop", round(share, 2), "ratio", beside, f">= {SHARE}", share >= SHARE),
        row("lost", lost, "turns", f"{asked * len(ours)} turns", "0", lost == 0),
        row("ack p50 under load", ms(median([percentile(each.busy, 0.5) for each in ours])), "ms", ""),
        row("ack p99 under load", ms(busy), "ms", f"idle {ms(idle)} ms"),
        row(
            "ack p99, times its idle value",
            round(busy / idle, 2),
            "ratio",
            f"idle {ms(idle)} ms",
            f"<= {TIMES:.0f}",
            busy <= TIMES * idle,
        ),
        row("peak memory", peak, "MB", f"{IN_FLIGHT} turns in flight", f"< {MOST_MEMORY:.0f}", peak < MOST_MEMORY),
    ]
