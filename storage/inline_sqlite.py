"""SQLite driven in the event loop itself, for short write transactions; the wait for the disk is `storage.disk`'s.

aiosqlite hands every step of a statement to a thread and waits for it; four such hops a statement cost more than
the statement. Writes here are a handful of keyed rows, so they run where they are awaited. What may take long,
such as a search, stays with aiosqlite. The classes offer what SQLAlchemy's aiosqlite dialect calls.
"""

import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Self

from storage.disk import LOG_ALONE, has_log

Parameters = Sequence[Any] | Mapping[str, Any]


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


class InlineConnection:
    """A connection whose coroutines never wait, in autocommit mode: SQLAlchemy says when to begin."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def cursor(self) -> InlineCursor:
        """A new cursor."""
        return InlineCursor(self._connection.cursor())

    async def execute_fetchall(self, sql: str, parameters: Parameters = ()) -> list[Any]:
        """Run a statement and return its rows."""
        return self._connection.execute(sql, parameters).fetchall()

    async def create_function(self, *arguments: Any, **options: Any) -> None:
        """Make a function of ours known to SQL."""
        self._connection.create_function(*arguments, **options)

    async def begin(self) -> None:
        """Begin to write.

        Raises:
            sqlite3.OperationalError: while somebody else does.
        """
        self._connection.execute("BEGIN IMMEDIATE")

    async def commit(self) -> None:
        """Commit, to SQLite's log where it has one."""
        self._connection.commit()

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
        if has_log(connection):
            for pragma in LOG_ALONE:
                connection.execute(pragma)
        return InlineConnection(connection)

    return connect
