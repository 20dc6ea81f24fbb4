"""Whether another living process serves from the same SQLite file: then what is in work there is not to be taken up.

The mark is a lock beside the database, which the system takes away with the process, however that ends.
"""

import asyncio
import fcntl
import os
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from storage.engines import DatabaseProblem

BESIDE = ".serving"
"""What the name of the lock's file has after that of the database."""
LOOK_SECONDS = 0.05
"""How often one that comes while another takes up what was left looks whether that is done."""


@asynccontextmanager
async def serving(file: Path, take_up: Callable[[], Awaitable[None]]) -> AsyncGenerator[bool]:
    """Mark a file as served by this process until the block ends; tells whether no other one serves from it.

    All that serve share the lock: a third process must see the second one also when the first has ended. Whoever is
    alone has it alone while it takes up what was left, and who comes meanwhile begins after that. Where there are no
    locks, as on some network drives, each counts as alone.

    Args:
        file: the database.
        take_up: done first by one that is alone.

    Raises:
        DatabaseProblem: when the lock's file cannot be made or opened.
    """
    held = _opened(file)
    try:
        by_itself = _locked(held, fcntl.LOCK_EX)
        if by_itself:
            await take_up()
        while not _locked(held, fcntl.LOCK_SH):  # noqa: ASYNC110 - it is another process that goes on
            await asyncio.sleep(LOOK_SECONDS)
        yield by_itself
    finally:
        os.close(held)


def _opened(file: Path) -> int:
    lock = file.with_name(f"{file.name}{BESIDE}")
    try:
        # As SQLite does with its log: whoever may use the database may use the lock.
        return os.open(lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, file.stat().st_mode & 0o666)
    except OSError as error:
        raise DatabaseProblem(
            f"Cannot open {lock}, which marks a served database: {error.strerror}. Give it and its folder to the user "
            "that Baton runs as, as the database is."
        ) from error


def _locked(held: int, way: int) -> bool:
    try:
        fcntl.lockf(held, way | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    except OSError:
        return True
    return True
