"""Whether another living process serves from the same SQLite file: then what is in work there is not to be taken up.

The mark is a lock beside the database, which the system takes away with the process, however that ends.
"""

import fcntl
import os
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

BESIDE = ".serving"
"""What the name of the lock's file has after that of the database."""


@contextmanager
def serving(database: str) -> Generator[bool]:
    """Mark a file as served by this process until the block ends; tells whether no other one serves from it.

    Where there are no locks, as on some network drives, it counts as alone.

    Args:
        database: the path of the SQLite file.

    Raises:
        OSError: when the lock's file cannot be made.
    """
    if not Path(database).is_file():  # in memory
        yield True
        return
    held = os.open(Path(f"{database}{BESIDE}"), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        yield _locked(held)
    finally:
        os.close(held)


def _locked(held: int) -> bool:
    try:
        fcntl.lockf(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    except OSError:
        return True
    return True
