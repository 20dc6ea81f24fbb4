"""The base of every table, the same on SQLite and PostgreSQL.

Every key and index begins with the workspace, so that a workspace is the unit by which data can be moved.
Times are timezone-aware UTC. Ids are `storage.ids.new_id()`: text that sorts by the time it was made.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from typing import Any, cast

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

    def __init__(self, **values: Any) -> None:
        """A row of these values; what is made anew for each row is made here, where not given.

        Pydantic would first look, for each row anew, whether what makes a value takes an argument: for a `list` it
        reads that from its documentation, which took longer than the rest of the row.
        """
        made = {name: make() for name, make in _made_anew(type(self)).items() if name not in values}  # pyright: ignore[reportArgumentType]
        super().__init__(**made, **values)

    def __setattr__(self, name: str, value: Any) -> None:
        """Set a column as SQLAlchemy does; SQLModel first asks, for each value anew, what kind of class this is."""
        if name in type(self).__pydantic_fields__:
            object.__setattr__(self, name, value)
        else:
            super().__setattr__(name, value)


@cache
def _made_anew(table: type[Row]) -> dict[str, Callable[[], Any]]:
    """By column, what makes its value for a row that is given none."""
    factories = {name: field.default_factory for name, field in table.model_fields.items()}
    return {name: cast("Callable[[], Any]", make) for name, make in factories.items() if make}


def belongs_to(table: str, column: str) -> ForeignKeyConstraint:
    """A reference to a row of the same workspace, which takes this one along when it is deleted."""
    return ForeignKeyConstraint(["workspace_id", column], [f"{table}.workspace_id", f"{table}.id"], ondelete="CASCADE")
