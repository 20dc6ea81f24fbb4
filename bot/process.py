"""The process around a running Baton: Ctrl-C and SIGTERM end it in the order that loses nothing."""

import asyncio
import os
import signal
from collections.abc import Coroutine
from typing import Any

from bot import event_loop

STOPPING_SECONDS = 20.0
"""How long what is in work may take to end. What is left then is safe in the queues."""
LEFT_WORK_BEHIND = 1


def run(main: Coroutine[Any, Any, None]) -> None:
    """Run until `main` returns or somebody asks the process to stop; who asks twice does not wait.

    Raises:
        Exception: whatever `main` raises.
    """
    with asyncio.Runner(loop_factory=event_loop.new) as runner:
        runner.run(_until_stopped(main))


def end_soon() -> None:
    """End this process after a while, should something that hangs keep it from ending in order."""
    asyncio.get_running_loop().call_later(STOPPING_SECONDS, os._exit, LEFT_WORK_BEHIND)


async def _until_stopped(main: Coroutine[Any, Any, None]) -> None:
    loop = asyncio.get_running_loop()
    task = asyncio.ensure_future(main)
    asked = False

    def stop() -> None:
        nonlocal asked
        if asked:
            os._exit(LEFT_WORK_BEHIND)
        asked = True
        task.cancel()
        loop.call_later(STOPPING_SECONDS, os._exit, LEFT_WORK_BEHIND)

    for sign in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(sign, stop)
    try:
        await task
    except asyncio.CancelledError:
        if not asked:
            raise
