"""A session that writes its new rows in one statement a table, and leaves what changed to SQLAlchemy.

SQLAlchemy's unit of work makes each statement anew from what it finds changed, which for a turn's handful of fresh
rows costs several times what the database takes for them. New rows are whole, so that one INSERT a table holds them
all; tables that others refer to come first. PostgreSQL gets them all in one statement, for each is a trip to a server.
"""

import json
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Engine, Insert, LargeBinary, Select, Table, TextClause, insert, text
from sqlalchemy.dialects.sqlite import dialect as sqlite_dialect
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlalchemy.orm import make_transient_to_detached
from sqlalchemy.util import await_only
from sqlmodel import Session
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.every_table import METADATA
from storage.row import Row

Rows = dict[Table, list[dict[str, Any]]]
_SQLITE = sqlite_dialect()


class _InsertsTogether(Session):
    def flush(self, objects: Sequence[Any] | None = None) -> None:
        """Write what is new, and then what was changed or deleted."""
        fresh: list[Row] = list(self.new)
        # A row that makes room for a new one of its table must be written before it: SQLAlchemy knows that order.
        changed = {type(each) for each in (*self.dirty, *self.deleted)}
        if fresh and changed.isdisjoint(map(type, fresh)):
            self._insert(fresh)
        super().flush(objects)

    def _insert(self, fresh: Sequence[Row]) -> None:
        rows: Rows = {}
        for each in fresh:
            table = METADATA.tables[str(each.__tablename__)]
            rows.setdefault(table, []).append(dict(each))
        connection, tables = self.connection(), tuple(sorted(rows, key=_place))
        if connection.dialect.name == "postgresql" and not any(map(_holds_bytes, tables)):
            given = {table.name: json.dumps(rows[table], default=datetime.isoformat) for table in tables}
            connection.execute(_insert_into_all(tables), given)
        elif connection.dialect.name == "sqlite":
            for table in tables:
                statement, converted = _plain_insert(table)
                connection.exec_driver_sql(statement, [converted(row) for row in rows[table]])
        else:
            for table in tables:
                connection.execute(_insert_into(table), rows[table])
        for each in fresh:
            self.expunge(each)
            make_transient_to_detached(each)
            self.add(each)


@cache
def _insert_into(table: Table) -> Insert:
    return insert(table)


@cache
def _plain_insert(table: Table) -> tuple[str, Callable[[dict[str, Any]], tuple[Any, ...]]]:
    """The statement for the driver alone, and what makes a row its parameters: it is made out once, not each time."""
    columns, marks = ", ".join(f'"{column.name}"' for column in table.columns), ", ".join("?" * len(table.columns))
    given = [(column.key, column.type.dialect_impl(_SQLITE).bind_processor(_SQLITE)) for column in table.columns]

    def converted(row: dict[str, Any]) -> tuple[Any, ...]:
        return tuple(convert(row[key]) if convert else row[key] for key, convert in given)

    return f'INSERT INTO "{table.name}" ({columns}) VALUES ({marks})', converted  # noqa: S608 - our own names only


@cache
def _insert_into_all(tables: tuple[Table, ...]) -> TextClause:
    """One statement, whose parameters are the rows of each table as JSON; references are checked at its end."""
    *before, last = map(_insert_from_json, tables)
    with_them = ", ".join(f"in_{number} AS ({part})" for number, part in enumerate(before))
    return text(f"WITH {with_them} {last}" if before else last)


def _insert_from_json(table: Table) -> str:
    columns = ", ".join(f'"{column.name}"' for column in table.columns)
    rows = f'json_populate_recordset(CAST(NULL AS "{table}"), CAST(:{table} AS json))'
    return f'INSERT INTO "{table}" ({columns}) SELECT {columns} FROM {rows}'  # noqa: S608 - our own names only


@cache
def _holds_bytes(table: Table) -> bool:
    """JSON has no form for bytes."""
    return any(isinstance(column.type, LargeBinary) for column in table.columns)


@cache
def _place(table: Table) -> int:
    return METADATA.sorted_tables.index(table)


class RowsSession(AsyncSession):
    """The session of everything that Baton reads and writes."""

    sync_session_class = _InsertsTogether


class _ReadsFirst(_InsertsTogether):
    """Reads what others have committed, until it writes itself or reads to change."""

    def __init__(
        self, *, reader: Engine, writer: Engine, begin_to_write: Callable[[], Awaitable[None]], **more: Any
    ) -> None:
        super().__init__(**more)
        self._reader, self._writer, self._begin_to_write = reader, writer, begin_to_write
        self._writes = False

    def get_bind(self, *_: Any, clause: Any = None, **__: Any) -> Engine:
        if not self._writes and isinstance(clause, Select) and not _to_change(clause):
            return self._reader
        if not self._writes:
            await_only(self._begin_to_write())
            self._writes = True
        return self._writer


def _to_change(statement: Select[Any]) -> bool:
    """Whether it keeps others from changing what it reads."""
    return statement._for_update_arg is not None  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]


def reads_first(
    reader: AsyncEngine, writer: AsyncEngine, begin_to_write: Callable[[], Awaitable[None]]
) -> AsyncSession:
    """A session that reads with `reader` until it first writes, or reads to change; from then on it uses `writer`.

    Args:
        reader: sees what is committed when each statement begins.
        writer: for one session at a time.
        begin_to_write: waits until it is the session's turn.
    """
    engines = {"reader": reader.sync_engine, "writer": writer.sync_engine}
    options: dict[str, Any] = {"expire_on_commit": False, "autoflush": False, "begin_to_write": begin_to_write}
    return AsyncSession(sync_session_class=_ReadsFirst, **engines, **options)
