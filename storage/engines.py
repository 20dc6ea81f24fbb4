"""How the database is reached: connections that read and connections that write, to SQLite and to PostgreSQL.

On SQLite, readers work in a thread and see what each statement finds committed; whoever writes or looks for a few rows
works in the event loop itself. A write transaction begins IMMEDIATE: a plain BEGIN that reads first cannot become a
writer once somebody else has written, and fails at once instead of waiting.
"""

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar, cast

from sqlalchemy import Connection, event, make_url
from sqlalchemy.engine import URL
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.util import await_only

from storage import inline_sqlite
from storage.inline_sqlite import InlineConnection
from storage.problem import Problem

T = TypeVar("T")

SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",  # what is committed survives a power cut; for writers with a log, see `storage.disk`
    "PRAGMA foreign_keys=ON",
    "PRAGMA busy_timeout=10000",
    "PRAGMA temp_store=MEMORY",
    "PRAGMA secure_delete=ON",  # what is deleted is overwritten, also where SQLite was built otherwise
)
BUSY_SECONDS, BUSY_LOOK_SECONDS = 10.0, 0.01
"""How long a writer waits for one of another process, and how often it looks."""
MORE = 5
"""How many connections more than usual there may be when many ask at once."""
_AT_ONCE = {"isolation_level": "AUTOCOMMIT", "skip_autocommit_rollback": True, "pool_reset_on_return": None}
"""Each statement is a transaction: it comes back in one trip to the server, or hop to a thread, in place of three."""


class DatabaseProblem(Problem):
    """The database cannot be used as it is; the message says what to do."""


def async_url(url: str) -> URL:
    """Turn a URL as people write it into one that names our driver.

    Args:
        url: `sqlite:///file.db`, `postgresql://user@host/name`, or either with a driver named.

    Raises:
        DatabaseProblem: for any other kind of database, and for one in memory alone.
    """
    try:
        parsed = make_url(url)
    except Exception as error:
        raise DatabaseProblem(
            "The database URL cannot be read; write sqlite:///baton.db or postgresql://user:password@host/name."
        ) from error
    backend = parsed.get_backend_name()
    if backend == "sqlite":
        if parsed.database in (None, "", ":memory:"):
            raise DatabaseProblem("Baton remembers in a file, not in memory alone: write sqlite:///baton.db.")
        return parsed.set(drivername="sqlite+aiosqlite")
    if backend in ("postgresql", "postgres"):
        return parsed.set(drivername="postgresql+psycopg")
    raise DatabaseProblem(f"Baton stores on SQLite or PostgreSQL, not on {backend}.")


def sqlite_readers(url: URL, connections: int) -> AsyncEngine:
    """Up to `connections` of them, and some more when many come at once; each in a thread, for it may take long."""
    engine = create_async_engine(url, pool_size=connections, max_overflow=MORE, hide_parameters=True, **_AT_ONCE)

    @event.listens_for(engine.sync_engine, "connect")
    def on_connect(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:  # pyright: ignore[reportUnusedFunction]
        cursor = connection.cursor()
        for pragma in SQLITE_PRAGMAS:
            cursor.execute(pragma)
        cursor.close()

    return engine


def sqlite_inline(url: URL, connections: int) -> AsyncEngine:
    """Up to `connections` of them in the event loop itself: for a few rows by their keys."""
    pragmas = (*SQLITE_PRAGMAS, "PRAGMA busy_timeout=0")  # we wait ourselves, without stopping the event loop
    connect_arguments = {"async_creator_fn": inline_sqlite.opener(pragmas)}
    return create_async_engine(url, pool_size=connections, connect_args=connect_arguments, hide_parameters=True)


def sqlite_writer(url: URL) -> AsyncEngine:
    """The one connection of this event loop that writes, in the loop itself."""
    engine = sqlite_inline(url, 1)

    @event.listens_for(engine.sync_engine, "begin")
    def on_begin(connection: Connection) -> None:  # pyright: ignore[reportUnusedFunction]
        writer = cast("InlineConnection", connection.connection.driver_connection)
        await_only(patiently(writer.begin))

    return engine


async def patiently(write: Callable[[], Awaitable[T]]) -> T:
    """Begin to write on SQLite, and wait for a writer of another process without stopping the event loop.

    Raises:
        sqlite3.OperationalError: when that one has not ended after `BUSY_SECONDS`, and for whatever else goes wrong.
    """
    patience = asyncio.get_running_loop().time() + BUSY_SECONDS
    while True:
        try:
            return await write()
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or asyncio.get_running_loop().time() > patience:
                raise
            await asyncio.sleep(BUSY_LOOK_SECONDS)


def postgresql(url: URL, connections: int) -> AsyncEngine:
    """Up to `connections` of them that write, and some more when many come at once."""
    return _postgresql(url, connections)


def postgresql_at_once(url: URL, connections: int) -> AsyncEngine:
    """Up to `connections` of them for single statements, and some more when many come at once."""
    return _postgresql(url, connections, **_AT_ONCE)


def _postgresql(url: URL, connections: int, **more: Any) -> AsyncEngine:
    return create_async_engine(url, pool_size=connections, max_overflow=MORE, hide_parameters=True, **more)
