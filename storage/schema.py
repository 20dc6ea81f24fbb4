"""Brings a database to the newest version of the tables, by Alembic."""

import sqlite3
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import URL, Connection, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

MIGRATIONS = Path(__file__).parent / "migrations"
ADVISORY_LOCK = 7_310_331
SYNCHRONOUS = {"sqlite": "sqlite", "postgresql": "postgresql+psycopg"}
FIRST = {
    "sqlite": ("PRAGMA busy_timeout=60000", "BEGIN IMMEDIATE"),
    "postgresql": (f"SELECT pg_advisory_xact_lock({ADVISORY_LOCK})",),
}
"""What keeps other processes waiting while the tables change."""


def config(connection: Connection | None = None) -> Config:
    """The Alembic configuration of Baton, without an ini file."""
    settings = Config()
    settings.set_main_option("script_location", str(MIGRATIONS))
    settings.attributes["connection"] = connection
    return settings


def upgrade(url: URL) -> None:
    """Run the migrations that are missing; of many processes that come at once, one does it.

    Foreign keys are off on SQLite meanwhile, as they are by default: with them on, a table that Alembic rebuilds
    would take its child rows along.
    """
    engine = create_engine(url.set(drivername=SYNCHRONOUS[url.get_backend_name()]))
    event.listen(engine, "connect", _no_implicit_transactions)
    try:
        with engine.connect() as connection:
            for statement in FIRST[engine.dialect.name]:
                connection.exec_driver_sql(statement)
            command.upgrade(config(connection), "head")
            connection.commit()
    finally:
        engine.dispose()


def _no_implicit_transactions(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    if isinstance(connection, sqlite3.Connection):
        connection.isolation_level = None
