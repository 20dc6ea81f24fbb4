"""Who asks for a person, is angry, or touches a listed subject does not wait until they have stopped writing.

Messages that one person sends in a row wait for each other (`bot.conversation.gathering`), behind a due-time in the
inbox. What only people should answer needs no rest of the question: the row is due at once.
"""

import asyncio
from collections.abc import Sequence

import structlog

from bot.conversation import gathering
from bot.runtime import Runtime
from bot.slack import inbound
from storage.inbox import Arrival

log = structlog.get_logger(__name__)


class Hurry:
    """Looks at what comes into rows.

    Args:
        runtime: for what the team keeps for people.
    """

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime
        self._tasks: set[asyncio.Task[None]] = set()

    def heard(self, arrivals: Sequence[Arrival]) -> None:
        """Events are in the inbox: a row that one of them makes urgent is due now."""
        for lane in dict.fromkeys(each.lane for each in arrivals if inbound.AUTHORS_LANE in each.lane):
            task = asyncio.create_task(self._look(lane))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _look(self, lane: str) -> None:
        try:
            await gathering.hasten(self._runtime, lane)
        except Exception:
            log.exception("row_not_hastened")  # it is due at the end of its window all the same

    async def close(self) -> None:
        """Stop looking."""
        for task in (tasks := list(self._tasks)):
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
