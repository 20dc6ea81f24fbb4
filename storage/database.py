"""The database as everybody uses it, the same for SQLite and PostgreSQL.

On SQLite the writers of this process take turns and share one connection; readers never wait for them.

Sessions and connections that hold up others are closed by `aclosing`, where we are: SQLAlchemy by itself has a task
close them, and everything else goes on meanwhile.
"""

import asyncio
import sqlite3
from collections.abc import AsyncGenerator, Generator, Mapping
from contextlib import (
    AbstractAsyncContextManager,
    AsyncExitStack,
    aclosing,
    asynccontextmanager,
    contextmanager,
    nullcontext,
)
from pathlib import Path
from typing import TYPE_CHECKING, Any, LiteralString, cast

from sqlalchemy import inspect
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import engines
from storage.disk import Disk
from storage.engines import DatabaseProblem
from storage.one_writer import OneWriter
from storage.session import RowsSession, reads_first

if TYPE_CHECKING:
    import psycopg
    from sqlalchemy import QueuePool

    from storage.inline_sqlite import InlineConnection

SNAPSHOT = {"sqlite": "BEGIN", "postgresql": "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"}
"""Ours, for the driver begins none: its connections are for single statements."""
NEWEST_REVISION = max(file.name[:4] for file in (Path(__file__).parent / "migrations" / "versions").glob("0*.py"))
OF_A_NEWER_BATON = "Run the newer Baton that made them, or restore the backup from before it (docs/running.md)."
"""What to do about tables that this version does not know."""


class Database:
    """An open database: `transaction()` to write, `reading()` to read.

    Args:
        engine: for readers, and on PostgreSQL for single statements that write.
        writer: for writers.
        urgent: on PostgreSQL for single statements that nobody may keep waiting.
    """

    def __init__(
        self, engine: AsyncEngine, writer: AsyncEngine, urgent: AsyncEngine, one_writer: OneWriter | None = None
    ) -> None:
        self.engine = engine
        self.dialect = engine.dialect.name
        """`sqlite` or `postgresql`."""
        self._writer, self._urgent = writer, urgent
        self._disk: Disk | None = None
        self._inline: AsyncEngine | None = None
        """For readers on SQLite that look for a few rows by their keys."""
        self.one_writer = one_writer or OneWriter() if self.is_sqlite else None
        """Whose turn it is to write; on SQLite alone."""

    @property
    def is_sqlite(self) -> bool:
        """Whether one process at a time writes."""
        return self.dialect == "sqlite"

    @classmethod
    async def open(cls, url: str, *, connections: int = 10, beside: "Database | None" = None) -> "Database":
        """Connect to the database at `url` with a pool of up to `connections`.

        An event loop of another thread needs connections of its own: it opens the database `beside` the first one,
        with which it takes turns to write.

        Raises:
            DatabaseProblem: when it is unknown or cannot be reached.
        """
        parsed = engines.async_url(url)
        if parsed.get_backend_name() == "sqlite":
            _make_folder(Path(parsed.database or "").parent)
            writer = engines.sqlite_writer(parsed)
            one_writer = beside.one_writer if beside else None
            database = cls(engines.sqlite_readers(parsed, connections), writer, writer, one_writer)
        else:
            readers, urgent = (engines.postgresql_at_once(parsed, number) for number in (connections, 1))
            database = cls(readers, engines.postgresql(parsed, connections), urgent)
        try:
            async with database.engine.connect():
                pass
            if database.one_writer and parsed.database:
                database._inline = engines.sqlite_inline(parsed, connections)
                database._disk = Disk(parsed.database, database.one_writer)
        except Exception as error:
            await database.close()
            shown = parsed.render_as_string(hide_password=True)
            raise DatabaseProblem(
                f"Cannot open the database {shown}: {_why(error)} Check BATON_DATABASE_URL."
            ) from error
        return database

    async def upgrade(self) -> None:
        """Bring the tables to the newest version; safe to call by many processes at once.

        Raises:
            DatabaseProblem: when they are of a newer version than this program.
        """
        revision = await self.revision()
        if revision > NEWEST_REVISION:
            found = f"The tables are of version {revision}, and this Baton knows none after {NEWEST_REVISION}."
            raise DatabaseProblem(f"{found} {OF_A_NEWER_BATON}")
        if revision == NEWEST_REVISION:
            return
        from storage import schema  # noqa: PLC0415 - Alembic is heavy, and most starts do not need it

        await asyncio.to_thread(schema.upgrade, self.engine.url)

    async def revision(self) -> str:
        """The version of the tables; empty when there are none yet."""
        async with self.engine.connect() as connection:
            if not await connection.run_sync(lambda sync: inspect(sync).has_table("alembic_version")):
                return ""
            return (await connection.exec_driver_sql("SELECT version_num FROM alembic_version")).scalar() or ""

    async def file(self) -> Path | None:
        """Where the SQLite file is, whatever links lead there; None on PostgreSQL."""
        if not self.is_sqlite:
            return None
        async with self.engine.connect() as connection:
            main = (await connection.exec_driver_sql("PRAGMA database_list")).mappings().first()
        return Path(main["file"]) if main else None

    @asynccontextmanager
    async def transaction(self, *, durable: bool = True) -> AsyncGenerator[AsyncSession]:
        """Open a session that writes; commits at the end, rolls back on an error; `durable` as below."""
        async with self.writing_connection(durable=durable) as connection, _session(connection) as session:
            yield session
            await session.flush()

    @asynccontextmanager
    async def late_transaction(self, *, durable: bool = True) -> AsyncGenerator[AsyncSession]:
        """As `transaction`, and on SQLite others write until this one does, or reads to change.

        For what reads and computes long before it writes. What it has read may have been changed when it writes, as
        on PostgreSQL: what must not have been is read `with_for_update`.
        """
        if not (self._inline and self.one_writer):
            async with self.transaction(durable=durable) as session:
                yield session
            return
        turn = self.one_writer.turn()
        with self._making_room():
            async with AsyncExitStack() as stack:

                async def begin_to_write() -> None:
                    await stack.enter_async_context(turn)

                async with aclosing(reads_first(self._inline, self._writer, begin_to_write)) as session:
                    yield session
                    await session.commit()
        await self._committed(durable=durable)

    @asynccontextmanager
    async def reading(self) -> AsyncGenerator[AsyncSession]:
        """Open a session that only reads; each statement sees what is committed when it begins."""
        async with _session(self.engine) as session:
            yield session

    @asynccontextmanager
    async def snapshot(self) -> AsyncGenerator[AsyncSession]:
        """Open a session that only reads, and all that it reads is of one moment, whatever is committed meanwhile."""
        async with self.engine.connect() as connection:
            try:
                await connection.exec_driver_sql(SNAPSHOT[self.dialect])
                async with _session(connection) as session:
                    yield session
                await connection.exec_driver_sql("ROLLBACK")
            except BaseException:
                await connection.invalidate()  # the next reader must not be left in this moment
                raise

    @asynccontextmanager
    async def statement(self, *, durable: bool = True) -> AsyncGenerator[AsyncConnection]:
        """Open a bare connection for one statement that writes; `durable` as below."""
        if self.is_sqlite:
            async with self.writing_connection(durable=durable) as connection:
                yield connection
        else:
            async with self.engine.connect() as connection:
                yield connection

    async def at_once(self, statement: str, values: Mapping[str, str]) -> None:
        """Run one statement that writes durably, before the writers that wait and by the driver alone.

        For what nobody may keep waiting.

        Args:
            statement: in the database's own words, with `:name` for a value on SQLite and `%(name)s` on PostgreSQL.
            values: by name, as text.
        """
        if self.one_writer:
            with self._making_room():
                async with self.one_writer.turn(urgent=True), aclosing(await self._writer.connect()) as connection:
                    writer = cast("InlineConnection", (await connection.get_raw_connection()).driver_connection)
                    await engines.patiently(lambda: writer.execute_fetchall(statement, values))
            await self.on_disk()
            return
        async with self._urgent.connect() as connection:
            driver = cast("psycopg.AsyncConnection[Any]", (await connection.get_raw_connection()).driver_connection)
            try:
                await driver.execute(cast("LiteralString", statement), values, prepare=True)
            except BaseException:
                await connection.invalidate()  # whether it still lives, nobody asked; a cancelled one may not
                raise

    @asynccontextmanager
    async def writing_connection(self, *, durable: bool = True) -> AsyncGenerator[AsyncConnection]:
        """Open a bare connection that writes, for statements in bulk.

        Without `durable`, SQLite does not wait for the disk: after a power cut (not after a crash of the process)
        the commit may be gone, unless `on_disk` or a durable one followed. For what a restart finds out again, such
        as a claim.
        """
        turn = self.one_writer.turn() if self.one_writer else nullcontext()
        with self._making_room():
            async with turn, aclosing(await self._writer.connect()) as connection:
                transaction = await connection.begin()
                try:
                    yield connection
                except BaseException:
                    if transaction.is_active:
                        await transaction.rollback()
                    raise
                await transaction.commit()
        await self._committed(durable=durable)

    @contextmanager
    def _making_room(self) -> Generator[None]:
        """Have the log copied when something could not be written: else a disk that is full of it stays so."""
        try:
            yield
        except (sqlite3.OperationalError, OperationalError):
            if self._disk:
                self._disk.copy_soon()
            raise

    async def _committed(self, *, durable: bool) -> None:
        if self._disk:
            self._disk.committed()
        if durable:
            await self.on_disk()

    async def let_go_of_pages(self) -> None:
        """On SQLite, have readers that nobody uses free the pages that they keep, up to two megabytes each."""
        if self.is_sqlite:
            # One by one, as the pool gives them in turn: who held some and waited for more could wait for ever.
            for _ in range(cast("QueuePool", self.engine.pool).checkedin()):
                async with aclosing(await self.engine.connect()) as connection:
                    await connection.exec_driver_sql("PRAGMA shrink_memory")

    async def on_disk(self) -> None:
        """Return once all that was committed until now would survive a power cut; PostgreSQL sees to it by itself."""
        if self._disk:
            await self._disk.flush()

    async def close(self) -> None:
        """Close all connections."""
        if self._disk:
            await self._disk.close()
        if self._inline:
            await self._inline.dispose()
        await self._urgent.dispose()
        await self._writer.dispose()
        await self.engine.dispose()


def _session(bind: AsyncEngine | AsyncConnection) -> AbstractAsyncContextManager[AsyncSession]:
    return aclosing(RowsSession(bind, expire_on_commit=False, autoflush=False))


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DatabaseProblem(
            f"Cannot make the folder {folder} for the database: {error.strerror}. Check BATON_DATABASE_URL."
        ) from error


def _why(error: Exception) -> str:
    """What the driver says, in one line that ends as a sentence, without what SQLAlchemy adds for programmers."""
    said = " ".join(str(getattr(error, "orig", None) or error).split())
    return said if said.endswith((".", "?", "!")) else f"{said}."
