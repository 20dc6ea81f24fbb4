"""An upgrade finds the resolutions of conversations that were resolved before each was written down."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic import command
from sqlalchemy import make_url

from storage import schema
from storage.engines import async_url
from tests import postgres

BEFORE, AFTER = "0007", "0008"
CONVERSATIONS: dict[str, dict[str, Any]] = {
    "by-ai": {"resolved_by": "ai", "confirmation": "confirmed", "ai_replied": True},
    "by-silence": {"resolved_by": "ai", "confirmation": None, "ai_replied": True, "reopened": 2},
    "by-people": {"resolved_by": "human", "confirmation": "confirmed", "resolved_by_person": "UBEN"},
    "unsure": {"resolved_by": "human", "confirmation": "confirmed"},
    "open": {"state": "with_ai", "resolved_at": None},
    "merged": {"closed_as": "merged", "resolved_at": None},
}
MOMENT = "2026-11-20 10:00:00.000000+00:00"


@pytest.fixture(params=["sqlite", "postgresql"])
def connection(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[sa.Connection]:
    """A database of the version before, of either kind."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path / 'old.db'}"
    else:
        url = postgres.create(request.getfixturevalue("postgres_url"))
    parsed = async_url(url)
    engine = sa.create_engine(parsed.set(drivername=schema.SYNCHRONOUS[parsed.get_backend_name()]))
    with engine.connect() as opened:
        command.upgrade(schema.config(opened), BEFORE)
        yield opened
    engine.dispose()
    if request.param == "postgresql":
        postgres.drop(request.getfixturevalue("postgres_url"), make_url(url).database or "")


def _insert(connection: sa.Connection, name: str, **values: Any) -> None:
    table = sa.Table(name, sa.MetaData(), autoload_with=connection)
    plain = {column.name: _plain(column) for column in table.columns if not column.nullable}
    connection.execute(table.insert().values(plain | {"workspace_id": "T1"} | values))


PLAIN: tuple[tuple[type[Any], Any], ...] = (
    (sa.DateTime, sa.text(f"'{MOMENT}'")),
    (sa.Boolean, False),
    (sa.Numeric, 0),
    (sa.Integer, 0),
    (sa.Float, 0.0),
    (sa.JSON, []),
)


def _plain(column: sa.Column[Any]) -> Any:
    return next((value for kind, value in PLAIN if isinstance(column.type, kind)), "")


def test_each_resolved_conversation_gets_its_resolution_and_each_its_side(connection: sa.Connection) -> None:
    connection.execute(
        sa.text(
            f"INSERT INTO workspace (id, name, bot_user_id, sampling_key, created_at) "
            f"VALUES ('T1', '', '', '', '{MOMENT}')"
        )
    )
    for name, values in CONVERSATIONS.items():
        moment = sa.text(f"'{MOMENT}'")
        row = {"id": name, "channel_id": "C1", "thread_ts": name, "state": "resolved", "resolved_at": moment}
        _insert(connection, "conversation", **row | {"topic": "returns", "opened_at": moment} | values)
    _insert(
        connection,
        "decision",
        id="d1",
        conversation_id="unsure",
        action="hand_off",
        reason="low_confidence",
        role="serving",
    )
    for number, name in enumerate(("by-people", "unsure")):
        _insert(connection, "handoff", id=f"h{number}", conversation_id=name, state="done", reason="wish")
    command.upgrade(schema.config(connection), AFTER)
    found = connection.execute(
        sa.text(
            "SELECT conversation_id, resolved_by, confirmation, topic, reopened, offered, taken_back_how "
            "FROM resolution ORDER BY conversation_id"
        )
    ).all()
    assert [tuple(row) for row in found] == [
        ("by-ai", "ai", "confirmed", "returns", 0, "ai", ""),
        ("by-people", "human", "confirmed", "returns", 0, "people", ""),
        ("by-silence", "ai", "assumed", "returns", 2, "ai", ""),
        ("unsure", "human", "confirmed", "returns", 0, "ai", ""),
    ]
    offered = {row.id: row.offered for row in connection.execute(sa.text("SELECT id, offered FROM conversation"))}
    assert (offered["open"], offered["merged"], offered["unsure"]) == ("", "", "ai")
    command.downgrade(schema.config(connection), BEFORE)
    assert connection.execute(sa.text("SELECT count(*) FROM conversation")).scalar() == len(CONVERSATIONS)
