"""The local workspace in a process of its own; prints where it is."""

import asyncio

from bot.demo.workspace import Workspace, serve
from tests.benchmarks import world


async def main() -> None:
    """Serve until stopped."""
    server = await serve(Workspace(world.seed()))
    print(f"ready {server.url}", flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main())
