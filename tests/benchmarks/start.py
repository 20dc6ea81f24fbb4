"""Time and memory until ready, beside a bare interpreter that imports what every such bot needs."""

import asyncio
import json
import sys
import time
from collections.abc import Callable

from tests.benchmarks import world
from tests.benchmarks.rows import Row, median

NAME = "start"
ROUNDS, QUICK = 7, 3
TIMES, MOST_MEMORY = 2.0, 160.0
BARE = "import slack_bolt.async_app, sqlmodel; print('ready', flush=True)"
HEAVY = ("openai", "matplotlib", "sklearn", "scipy")
IDLE_SECONDS = 3.0


async def run(progress: Callable[[str], None], quick: bool) -> list[Row]:
    """Start both in turn, then look at a bot that idles."""
    ours: list[float] = []
    bare: list[float] = []
    with world.folder() as folder:
        url = f"sqlite:///{folder / 'start.db'}"
        async with world.workspace() as server:
            environment = world.environment(server, url)
            await _seconds(["-m", "bot", "serve"], environment)  # makes the tables, warms the file cache
            for number in range(QUICK if quick else ROUNDS):
                progress(f"start {number + 1}")
                ours.append(await _seconds(["-m", "bot", "serve"], environment))
                bare.append(await _seconds(["-c", BARE], environment))
            progress("idle memory")
            async with world.process(["-m", "bot", "serve"], environment) as bot:
                await asyncio.sleep(IDLE_SECONDS)
                idle = world.memory_mb(bot.pid, "VmRSS")
            imported = await _imported(environment)
    times = median([mine / other for mine, other in zip(ours, bare, strict=True)])
    beside = f"bare interpreter {median(bare):.2f} s"
    return [
        Row(NAME, "baton serve until ready", round(median(ours), 2), "s", beside),
        Row(NAME, "times a bare interpreter", round(times, 2), "ratio", beside, f"<= {TIMES:.0f}", times <= TIMES),
        Row(NAME, "idle memory", idle, "MB", "embedded drafter", f"< {MOST_MEMORY:.0f}", idle < MOST_MEMORY),
        Row(NAME, "heavy libraries at start", len(imported), "modules", ", ".join(HEAVY), "0", not imported),
    ]


async def _seconds(arguments: list[str], environment: dict[str, str]) -> float:
    started = time.perf_counter()
    async with world.process(arguments, environment):
        return time.perf_counter() - started


async def _imported(environment: dict[str, str]) -> list[str]:
    """Which heavy libraries a started bot has imported."""
    code = (
        "import asyncio, json, sys\n"
        "from bot import app, settings\n"
        "async def main():\n"
        "    async with app.running(settings.load()):\n"
        f"        print(json.dumps([name for name in {HEAVY!r} if name in sys.modules]))\n"
        "asyncio.run(main())\n"
    )
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", code, env=environment, cwd=world.ROOT, stdout=asyncio.subprocess.PIPE
    )
    said, _ = await process.communicate()
    return json.loads(said.splitlines()[-1])
