"""A workspace with many customers, a bot in a process of its own, and a database of either kind."""

import asyncio
import os
import sys
import tempfile
import time
from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from bot.demo.workspace import Seed, SeedChannel, SeedUser, Workspace, WorkspaceServer, serve
from bot.settings import Settings
from tests import postgres

BOT, AGENT, WATCHER = "U0BATON00", "U0AGENT00", "U0WATCH00"
SUPPORT, DESK, MANAGERS = "C0SUPPORT", "C0DESK000", "C0MANAGER"
CUSTOMERS = tuple(f"U0CUST{number:03}" for number in range(50))
ROOT = Path(__file__).parents[2]
READY_SECONDS = 60.0
UNBOUNDED = 1_000_000
"""Messages of one customer a minute: fifty stand for thousands."""


def seed() -> Seed:
    """Fifty customers, an agent, and somebody who watches the support channel."""
    people = tuple(SeedUser(user, user.lower(), user) for user in (*CUSTOMERS, AGENT, WATCHER))
    return Seed(
        users=people,
        channels=(
            SeedChannel(SUPPORT, "support", (*CUSTOMERS, AGENT, WATCHER, BOT)),
            SeedChannel(DESK, "desk", (AGENT, BOT), kind="private"),
            SeedChannel(MANAGERS, "managers", (AGENT, BOT), kind="private"),
        ),
        ack_seconds=30.0,
    )


@asynccontextmanager
async def workspace() -> AsyncGenerator[WorkspaceServer]:
    """A served workspace."""
    server = await serve(Workspace(seed()))
    try:
        yield server
    finally:
        await server.close()


@contextmanager
def databases(folder: Path) -> Generator[dict[str, str]]:
    """The URL of an empty database of each kind, by its name."""
    with postgres.running(durable=True) as server:
        url = postgres.create(server)
        yield {"sqlite": f"sqlite:///{folder / 'bench.db'}", "postgresql": url}


@contextmanager
def folder() -> Generator[Path]:
    """A folder for the time of a benchmark."""
    with tempfile.TemporaryDirectory(prefix="baton-bench-") as name:
        yield Path(name)


def plain_environment() -> dict[str, str]:
    """The environment without any setting of Baton's, in which compiled modules are kept, as where it is installed."""
    left_out = ("BATON_", "PYTHONDONTWRITEBYTECODE")
    return {key: value for key, value in os.environ.items() if not key.startswith(left_out)}


def settings(url: str, database_url: str) -> Settings:
    """The settings of a bot in the workspace at `url`."""
    app = seed().app
    given: dict[str, Any] = {
        "slack_bot_token": SecretStr(app.bot_token),
        "slack_app_token": SecretStr(app.app_token),
        "slack_api_url": f"{url}api/",
        "database_url": database_url,
        "support_channels": (SUPPORT,),
        "desk_channel": DESK,
        "managers_channel": MANAGERS,
        "agents": (AGENT,),
        "most_messages_a_minute": UNBOUNDED,
    }
    return Settings(_env_file=None, **given)  # pyright: ignore[reportCallIssue]


def environment(server: WorkspaceServer, database_url: str, **more: str) -> dict[str, str]:
    """The environment of a bot in this workspace."""
    app = server.workspace.seed.app
    return plain_environment() | {
        "BATON_SLACK_BOT_TOKEN": app.bot_token,
        "BATON_SLACK_APP_TOKEN": app.app_token,
        "BATON_SLACK_API_URL": server.api_url,
        "BATON_DATABASE_URL": database_url,
        "BATON_SUPPORT_CHANNELS": SUPPORT,
        "BATON_DESK_CHANNEL": DESK,
        "BATON_MANAGERS_CHANNEL": MANAGERS,
        "BATON_AGENTS": AGENT,
        "BATON_LOG_LEVEL": "info",
        "BATON_MOST_MESSAGES_A_MINUTE": str(UNBOUNDED),
        **more,
    }


@asynccontextmanager
async def process(
    arguments: list[str], environment: dict[str, str], *, ready: str = "ready"
) -> AsyncGenerator[asyncio.subprocess.Process]:
    """A Python process, from the line that says it is ready until it is stopped.

    Raises:
        RuntimeError: when it ends, or stays silent, before it is ready; with what it said.
    """
    running = await asyncio.create_subprocess_exec(
        sys.executable,
        *arguments,
        env=environment,
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    drain: asyncio.Task[None] | None = None
    try:
        _LAST_WORDS[running.pid] = await _wait_for(running, ready)
        drain = asyncio.create_task(_drain(running))
        yield running
    finally:
        if running.returncode is None:
            running.terminate()
            await running.wait()
        if drain:
            await drain


async def _wait_for(running: asyncio.subprocess.Process, ready: str) -> str:
    said: list[str] = []
    assert running.stdout is not None
    async with asyncio.timeout(READY_SECONDS):
        async for line in running.stdout:
            said.append(line.decode(errors="replace"))
            if ready in said[-1]:
                return said[-1].strip()
    raise RuntimeError(f"the process ended before it was ready:\n{''.join(said)}")


_LAST_WORDS: dict[int, str] = {}


def told(running: asyncio.subprocess.Process) -> str:
    """The last word of the line by which a process said that it is ready."""
    return _LAST_WORDS[running.pid].split()[-1]


async def _drain(running: asyncio.subprocess.Process) -> None:
    assert running.stdout is not None
    async for _ in running.stdout:
        pass


def time_acks(server: WorkspaceServer, taken: list[float]) -> None:
    """Note from now on how long each event takes until it is acknowledged, in seconds."""
    delivery = server.workspace.delivery
    send = delivery._send_event  # pyright: ignore[reportPrivateUsage]

    async def timed(body: dict[str, Any], retry: int, reason: str) -> None:
        started = time.perf_counter()
        await send(body, retry, reason)
        taken.append(time.perf_counter() - started)

    delivery._send_event = timed  # pyright: ignore[reportPrivateUsage]


async def deliver(server: WorkspaceServer, event: dict[str, Any]) -> None:
    """Send one event and wait until it is acknowledged."""
    delivery = server.workspace.delivery
    body = delivery._event_body(event, shared=False)  # pyright: ignore[reportPrivateUsage]
    await delivery._deliver_event(body)  # pyright: ignore[reportPrivateUsage]


def memory_mb(process_id: int, key: str) -> float:
    """Memory of a process in MB by its key in Linux's status file: VmRSS for now, VmHWM for the peak."""
    for line in Path(f"/proc/{process_id}/status").read_text().splitlines():
        if line.startswith(key):
            return round(int(line.split()[1]) / 1024, 1)
    return float("nan")
