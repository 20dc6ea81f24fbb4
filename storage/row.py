"""The base of every table, the same on SQLite and PostgreSQL.

Every key and index begins with the workspace, so that a workspace is the unit by which data can be moved.
Times are timezone-aware UTC. Ids are `storage.ids.new_id()`: text that sorts by the time it was made.
"""

from datetime import UTC, datetime

from sqlalchemy import ForeignKeyConstraint, MetaData
from sqlmodel import SQLModel

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


def now() -> datetime:
    """The present moment in UTC."""
    return datetime.now(UTC)


class Row(SQLModel):
    """The base of every table; its metadata names all constraints, which migrations on SQLite need."""

    metadata = MetaData(naming_convention=NAMING)
    model_config = {"defer_build": True}
    """How a row would be validated, which few are, is made out when the first one is: a start does not wait for it."""


def belongs_to(table: str, column: str) -> ForeignKeyConstraint:
    """A reference to a row of the same workspace, which takes this one along when it is deleted."""
    return ForeignKeyConstraint(["workspace_id", column], [f"{table}.workspace_id", f"{table}.id"], ondelete="CASCADE")
