"""An upgrade of a database that people have worked with keeps every row, and so does the way back."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic import command
from sqlalchemy import Connection, make_url

from storage import schema
from storage.database import NEWEST_REVISION
from storage.engines import async_url
from tests import postgres

OLD = "0002"
ROWS = 3
NO_LONGER_KEPT = {"conversation": ("last_message_at",)}
"""What no version ever read."""
NOT_OURS = ("alembic_version", "passage_index")
CHOSEN: dict[str, Any] = {
    "action": "answer",
    "stage": "copilot",
    "drawn": "audit",
    "verdict": "right",
    "reading": 1,
    "score": 4,
    "resolved_by": "ai",
    "confirmation": "confirmed",
    "role": "answer",
}
STATES = {
    "inbox": "done",
    "outbox": "sent",
    "conversation": "resolved",
    "handoff": "done",
    "confidence_fit": "serving",
    "mood_fit": "serving",
}
PASSAGES = [{"article_id": "article-0", "content_hash": "h0"}, {"article_id": "gone", "content_hash": ""}]


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database without tables, of either kind."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'old.db'}"
        return
    server = request.getfixturevalue("postgres_url")
    url = postgres.create(server)
    yield url
    postgres.drop(server, make_url(url).database or "")


def _value(table: sa.Table, column: sa.Column[Any], number: int) -> Any:
    name = column.name
    for key in column.foreign_keys:
        if key.column.table.name != table.name and name != "workspace_id":
            return f"{key.column.table.name}-{number}"
    special = {
        "workspace_id": "T1",
        "id": "T1" if table.name == "workspace" else f"{table.name}-{number}",
        "state": STATES.get(table.name, "done"),
        "passages": PASSAGES,
    } | CHOSEN
    if name in special and not (name == "passages" and isinstance(column.type, sa.Integer)):
        return special[name]
    if isinstance(column.type, sa.DateTime):
        return datetime(2026, 1, 1 + number, tzinfo=UTC)
    if isinstance(column.type, sa.JSON):
        return {"from": number}
    if isinstance(column.type, sa.LargeBinary):
        return b"\x00model"
    if isinstance(column.type, sa.Boolean):
        return True
    if isinstance(column.type, sa.Integer | sa.BigInteger):
        return number + 1
    if isinstance(column.type, sa.Float | sa.Numeric):
        return 0.5
    return f"{name}-{number}"


def _fill(connection: Connection) -> dict[str, int]:
    """Rows in every table, as of its old columns; returns how many."""
    tables = sa.MetaData()
    tables.reflect(connection)
    filled: dict[str, int] = {}
    for table in tables.sorted_tables:
        if table.name.startswith(NOT_OURS):
            continue
        rows = 1 if table.name == "workspace" else ROWS
        for number in range(rows):
            values = {
                column.name: _value(table, column, number)
                for column in table.columns
                if str(column.type) not in ("TSVECTOR", "NULL")
            }
            if "terms" in table.columns:
                values["terms"] = sa.func.array_to_tsvector(sa.cast(["T1.tent"], sa.ARRAY(sa.Text)))
            connection.execute(table.insert().values(**values))
        filled[table.name] = rows
    return filled


def _rows(connection: Connection, names: dict[str, list[str]]) -> dict[str, list[str]]:
    """All rows of these tables, in these columns."""
    return {
        table: sorted(map(str, connection.exec_driver_sql(f"SELECT {', '.join(columns)} FROM {table}").all()))
        for table, columns in names.items()
    }


def _columns(connection: Connection, tables: dict[str, int]) -> dict[str, list[str]]:
    found = sa.inspect(connection)
    # Numbers of terms are given anew, for they hold the shelf on SQLite.
    gone = {name: ("number", *NO_LONGER_KEPT.get(name, ())) for name in tables}
    return {
        name: [f'"{each["name"]}"' for each in found.get_columns(name) if each["name"] not in gone[name]]
        for name in tables
    }


def test_rows_of_an_older_version_survive_the_upgrade_and_the_way_back(empty_url: str) -> None:
    url = async_url(empty_url)
    engine = sa.create_engine(url.set(drivername=schema.SYNCHRONOUS[url.get_backend_name()]))
    with engine.begin() as connection:
        command.upgrade(schema.config(connection), OLD)
        filled = _fill(connection)
        old_columns = _columns(connection, filled)
        before = _rows(connection, old_columns)
    assert sum(map(len, before.values())) == sum(filled.values())

    schema.upgrade(url)
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar() == NEWEST_REVISION
        assert _rows(connection, old_columns) == before
        read = "SELECT DISTINCT article_id, content_hash FROM decision_article ORDER BY 1"
        assert connection.exec_driver_sql(read).all() == [("article-0", "h0"), ("gone", "")]
        article = "SELECT DISTINCT kind, audience, replaced_by FROM article"
        assert connection.exec_driver_sql(article).all() == [("article", "customer", "")]
        if engine.dialect.name == "sqlite":
            assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []

    with engine.begin() as connection:
        command.downgrade(schema.config(connection), OLD)
        assert _rows(connection, old_columns) == before
    schema.upgrade(url)
    engine.dispose()
