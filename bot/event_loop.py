"""The event loop that Baton runs in: it looks seldom for what has come in, and lets a loop go before that is urgent."""

import asyncio
import selectors
import time

STEPS_BETWEEN_LOOKS = 4
"""Steps of the loop that are made one after the other: as many as a message needs from Slack's line to the inbox."""
PAUSE_SECONDS, MOST_PAUSES = 0.0001, 20
"""How long others pause between two of their steps for an urgent loop at work, and how often, should it never rest."""


class LooksSeldom(selectors.DefaultSelector):
    """Looks for what has come in, but not between each two steps of the loop while there are steps to make.

    Each look is a call of the system, and lets go of the interpreter, which another thread that computes gives back
    only after a while: a dozen looks on the way of one message were the longest part of its acknowledgement, and with
    hundreds of turns in flight looks were an eighth of the time.

    While a loop that is urgent has something to do, the others make no step: it would wait for the interpreter after
    each of its calls of the system, and what it does is over in a millisecond.

    Args:
        urgent: whether others pause for it.
    """

    urgent_at_work = False

    def __init__(self, *, urgent: bool = False) -> None:
        super().__init__()
        self._urgent = urgent
        self._steps = 0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        """What has come in; nothing, without a look, when the loop has steps to make at once."""
        if not self._urgent:
            _pause()
        at_once = timeout is not None and timeout <= 0
        if at_once and self._steps < STEPS_BETWEEN_LOOKS:
            self._steps += 1
            return []
        self._steps = 0
        if self._urgent and not at_once:
            LooksSeldom.urgent_at_work = False
        found = super().select(timeout)
        if self._urgent:
            LooksSeldom.urgent_at_work = True
        return found

    def close(self) -> None:
        """Let go of what is looked at."""
        if self._urgent:
            LooksSeldom.urgent_at_work = False
        super().close()


def _pause() -> None:
    for _ in range(MOST_PAUSES):
        if not LooksSeldom.urgent_at_work:
            return
        time.sleep(PAUSE_SECONDS)


def new(*, urgent: bool = False) -> asyncio.AbstractEventLoop:
    """A new event loop, for `asyncio.Runner`.

    Args:
        urgent: whether the loops of other threads pause while it has something to do.
    """
    return asyncio.SelectorEventLoop(LooksSeldom(urgent=urgent))
