"""Brings a database to the newest version of the tables, by Alembic."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import AsyncEngine

MIGRATIONS = Path(__file__).parent / "migrations"
ADVISORY_LOCK = 7_310_331
"""Held on PostgreSQL while the tables change, so that processes starting together do it once."""


def config(connection: Connection | None = None) -> Config:
    """The Alembic configuration of Baton, without an ini file."""
    settings = Config()
    settings.set_main_option("script_location", str(MIGRATIONS))
    settings.attributes["connection"] = connection
    return settings


def _upgrade(connection: Connection) -> None:
    command.upgrade(config(connection), "head")


async def upgrade(engine: AsyncEngine) -> None:
    """Run the migrations that are missing."""
    async with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            # With foreign keys on, a table rebuilt by Alembic would take its child rows along.
            await connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
            await connection.commit()
            writer = await connection.execution_options(write=True)
            async with writer.begin():
                await writer.run_sync(_upgrade)
            await connection.exec_driver_sql("PRAGMA foreign_keys=ON")
        else:
            async with connection.begin():
                await connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({ADVISORY_LOCK})")
                await connection.run_sync(_upgrade)
