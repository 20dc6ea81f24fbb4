"""The event loop that Baton runs in: it looks for what has come in less often while it has work to go on with."""

import asyncio
import selectors

STEPS_BETWEEN_LOOKS = 4
"""Steps of the loop that are made one after the other: as many as a message needs from Slack's line to the inbox."""


class LooksSeldom(selectors.DefaultSelector):
    """Looks for what has come in, but not between each two steps of the loop while there are steps to make.

    Each look is a call of the system, and lets go of the interpreter, which another thread that computes gives back
    only after a while: a dozen looks on the way of one message were the longest part of its acknowledgement, and with
    hundreds of turns in flight looks were an eighth of the time.
    """

    def __init__(self) -> None:
        super().__init__()
        self._steps = 0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        """What has come in; nothing, without a look, when the loop has steps to make at once."""
        if timeout is not None and timeout <= 0 and self._steps < STEPS_BETWEEN_LOOKS:
            self._steps += 1
            return []
        self._steps = 0
        return super().select(timeout)


def new() -> asyncio.AbstractEventLoop:
    """A new event loop, for `asyncio.Runner`."""
    return asyncio.SelectorEventLoop(LooksSeldom())
