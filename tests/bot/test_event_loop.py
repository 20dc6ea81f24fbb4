"""The event loop: work goes on without a look at each step, and what comes in is heard all the same."""

import asyncio
import selectors
import socket

from bot import event_loop
from bot.event_loop import STEPS_BETWEEN_LOOKS, LooksSeldom

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
