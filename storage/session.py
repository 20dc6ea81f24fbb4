"""A session that writes its new rows in one statement a table, and leaves what changed to SQLAlchemy.

SQLAlchemy's unit of work makes each statement anew from what it finds changed, which for a turn's handful of fresh
rows costs several times what the database takes for them. New rows are whole, so that one INSERT a table holds them
all; tables that others refer to come first.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import Insert, Table, insert
from sqlalchemy.orm import make_transient_to_detached
from sqlmodel import Session
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.row import Row


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
        rows: dict[Table, list[dict[str, Any]]] = {}
        for each in fresh:
            table = Row.metadata.tables[str(each.__tablename__)]
            rows.setdefault(table, []).append(dict(each))
        connection = self.connection()
        for table in sorted(rows, key=_place):
            connection.execute(_insert_into(table), rows[table])
        for each in fresh:
            self.expunge(each)
            make_transient_to_detached(each)
            self.add(each)


@cache
def _insert_into(table: Table) -> Insert:
    return insert(table)


@cache
def _place(table: Table) -> int:
    return Row.metadata.sorted_tables.index(table)


class RowsSession(AsyncSession):
    """The session of everything that Baton reads and writes."""

    sync_session_class = _InsertsTogether
