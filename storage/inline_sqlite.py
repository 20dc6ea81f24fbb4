"""SQLite driven in the event loop itself, for short write transactions; only the wait for the disk is a thread's.

aiosqlite hands every step of a statement to a thread and waits for it; four such hops a statement cost more than
the statement. Writes here are a handful of keyed rows, so they run where they are awaited. What may take long,
such as a search, stays with aiosqlite. The classes offer what SQLAlchemy's aiosqlite dialect calls.
"""

import asyncio
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Self

Parameters = Sequence[Any] | Mapping[str, Any]

_DISK = ThreadPoolExecutor(thread_name_prefix="disk")
"""Of its own, so that no long work of others stands before a commit."""


class InlineCursor:
    """A cursor whose coroutines never wait."""

    def __init__(self, cursor: sqlite3.Cursor) -> None:
        self._cursor = cursor

    async def __aenter__(self) -> Self:
        return self

    @property
    def description(self) -> Any:
        """The columns of the result; None when there is none."""
        return self._cursor.description

    @property
    def rowcount(self) -> int:
        """How many rows were changed."""
        return self._cursor.rowcount

    @property
    def lastrowid(self) -> int | None:
        """The rowid of the last inserted row."""
        return self._cursor.lastrowid

    async def execute(self, operation: str, parameters: Parameters = ()) -> None:
        """Run a statement."""
        self._cursor.execute(operation, parameters)

    async def executemany(self, operation: str, parameters: Iterable[Parameters]) -> None:
        """Run a statement once for each set of parameters."""
        self._cursor.executemany(operation, parameters)

    async def fetchall(self) -> list[Any]:
        """All rows that are left."""
        return self._cursor.fetchall()

    async def close(self) -> None:
        """Let go of the result."""
        self._cursor.close()


async def _while_others_go_on(wait: Callable[[], None]) -> None:
    """Wait in a thread, to the end even when we are cancelled: nobody may use the connection meanwhile."""
    waiting = asyncio.get_running_loop().run_in_executor(_DISK, wait)
    cancelled: asyncio.CancelledError | None = None
    while not waiting.done():
        try:
            await asyncio.wait([waiting])
        except asyncio.CancelledError as error:
            cancelled = error
    waiting.result()
    if cancelled:
        raise cancelled


def _nothing() -> None:
    """Nobody waits for a commit."""


class InlineConnection:
    """A connection whose coroutines never wait, in autocommit mode: SQLAlchemy says when to begin."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self.waits_for_disk = True
        """Whether a commit returns only when it is on the disk: milliseconds in which others shall go on."""
        self.committed: Callable[[], None] = _nothing
        """Called once a commit holds, in whichever thread that is."""

    def cursor(self) -> InlineCursor:
        """A new cursor."""
        return InlineCursor(self._connection.cursor())

    async def execute_fetchall(self, sql: str, parameters: Parameters = ()) -> list[Any]:
        """Run a statement and return its rows."""
        return self._connection.execute(sql, parameters).fetchall()

    async def create_function(self, *arguments: Any, **options: Any) -> None:
        """Make a function of ours known to SQL."""
        self._connection.create_function(*arguments, **options)

    async def commit(self) -> None:
        """Commit."""
        if self.waits_for_disk:
            await _while_others_go_on(self._commit)
        else:
            self._commit()

    def _commit(self) -> None:
        self._connection.commit()
        self.committed()

    async def rollback(self) -> None:
        """Roll back."""
        self._connection.rollback()

    async def close(self) -> None:
        """Close."""
        self._connection.close()

    def stop(self) -> None:
        """Close without waiting, as aiosqlite does it."""
        self._connection.close()


def opener(pragmas: Iterable[str]) -> Callable[..., Any]:
    """A function that opens connections for SQLAlchemy's aiosqlite dialect, each with these pragmas."""

    async def connect(database: str, **_: Any) -> InlineConnection:
        connection = sqlite3.connect(database, isolation_level=None, check_same_thread=False)
        for pragma in pragmas:
            connection.execute(pragma)
        return InlineConnection(connection)

    return connect
