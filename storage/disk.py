"""What SQLite committed and what is on the disk: a commit goes to the log and does not wait; who must be sure flushes.

A commit that waits for the disk keeps every other writer waiting as long. Here each lets go at once, and one flush
makes all durable that was committed before it. The log is copied into the database by a thread, in place of whichever
commit finds it long, and while others write.
"""

import asyncio
import os
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import structlog

from storage.one_writer import OneWriter

logger = structlog.get_logger(__name__)

LOG_ALONE = ("PRAGMA synchronous=NORMAL", "PRAGMA wal_autocheckpoint=0")
"""For a connection whose commits leave the disk to this module."""
COMMITS_BETWEEN_COPIES = 128
LONGEST_LOG = 16_384
"""Pages in the log after which writers wait once while its rest is copied: only then can it begin anew."""
FAR_TOO_LONG = 16 * LONGEST_LOG
"""Pages, a gigabyte, after which it is no reader that will end soon that keeps the log from being copied."""
GROWS = (
    "Until it is copied into the database, the log beside it (-wal) grows, and holds what was erased. See that the "
    "disk is sound and has room, and that no other program keeps the file open."
)

T = TypeVar("T")
_THREADS = ThreadPoolExecutor(thread_name_prefix="disk")
"""Of their own, so that no long work of others stands before a flush."""
reach_disk: Callable[[int], None] = getattr(os, "fdatasync", os.fsync)
"""Returns once what was written to an open file is on the disk."""


async def _in_a_thread(work: Callable[[], T]) -> T:
    return await asyncio.get_running_loop().run_in_executor(_THREADS, work)


class Disk:
    """The log of one SQLite file. Each event loop has its own.

    Args:
        path: of the database.
        one_writer: whose turn it is to write.

    Raises:
        sqlite3.Error: when the file cannot be opened.
    """

    def __init__(self, path: str, one_writer: OneWriter) -> None:
        self._one_writer = one_writer
        # As long as this connection is open, nobody takes the log away.
        self._keeper = sqlite3.connect(
            path, isolation_level=None, check_same_thread=False, uri=path.startswith("file:")
        )
        self._log: int | None = None
        if has_log(self._keeper):
            self._keeper.execute("SELECT 1 FROM sqlite_schema").fetchall()
            ((_, _, where),) = self._keeper.execute("PRAGMA database_list").fetchall()  # where links lead to
            self._log = os.open(f"{where}-wal", os.O_RDWR)
        self._flushing = asyncio.Lock()
        self._next: asyncio.Future[None] | None = None
        """The flush that has not begun, which everything committed until now will be part of."""
        self._refused = False
        """Whether the last flush failed: what is in the log may never reach the disk, and is good for nothing there."""
        self._commits = 0
        self._copying: asyncio.Task[None] | None = None
        self._uncopied = False
        """Whether the operator was told that the log cannot be copied."""

    def _flush_now(self) -> None:
        if self._log is None:
            return
        if self._refused:
            self._copy_all()
        self._refused = True
        reach_disk(self._log)
        self._refused = False

    def _copy_all(self) -> None:
        """A disk that refused something says so once, and nothing of what it did not take when it is asked again.

        Raises:
            OSError: when a reader still needs the log.
        """
        busy, pages, copied = self._copy_log()
        if busy or pages != copied:
            raise OSError("The disk refused a part of the database's log, which cannot be copied yet.")

    async def flush(self) -> None:
        """Return once all that was committed until now is on the disk."""
        if self._next is None:
            self._next = asyncio.ensure_future(self._flush_next())
        await asyncio.shield(self._next)  # others wait for it too

    async def _flush_next(self) -> None:
        async with self._flushing:
            self._next = None
            await _in_a_thread(self._flush_now)

    def committed(self) -> None:
        """Have the log copied now and then."""
        self._commits += 1
        if self._commits % COMMITS_BETWEEN_COPIES == 0:
            self.copy_soon()

    def copy_soon(self) -> None:
        """Have the log copied now, also because something could not be written: the disk may be full of the log."""
        if self._copying is None and self._log is not None:
            self._copying = asyncio.create_task(self._copy())
            self._copying.add_done_callback(self._copied)

    async def _copy(self) -> None:
        _, pages, _ = await _in_a_thread(self._copy_log)
        if pages > LONGEST_LOG:
            async with self._one_writer.turn():
                _, pages, copied = await _in_a_thread(self._copy_log)
            if copied < pages > FAR_TOO_LONG:
                raise OSError(f"A reader has kept the log from being copied for {pages:,} pages.")

    def _copy_log(self) -> tuple[int, int, int]:
        """Copy what no reader needs to find in the log; whether others were at it, its pages, and those copied."""
        return self._keeper.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()

    def _copied(self, copying: asyncio.Task[None]) -> None:
        """Tell once of a log that cannot be copied, and once that it can again; commits hold without."""
        self._copying = None
        if copying.cancelled():
            return
        error = copying.exception()
        if error and not self._uncopied:
            logger.error("log_not_copied", error=f"{type(error).__name__}: {error}", advice=GROWS)
        elif self._uncopied and not error:
            logger.info("log_copied_again")
        self._uncopied = error is not None

    async def close(self) -> None:
        """Let go of the files, once what uses them has ended."""
        waiting = [each for each in (self._copying, self._next) if each]
        await asyncio.gather(*waiting, return_exceptions=True)
        async with self._flushing:
            if self._log is not None:
                os.close(self._log)
                self._log = None
            self._keeper.close()


def has_log(connection: sqlite3.Connection) -> bool:
    """Whether commits of this file go to a log; some network drives have none, there each reaches the disk itself."""
    return connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
