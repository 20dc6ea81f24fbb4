"""Moments as numbers, in the words of either database: thousands of them are read without a thousand objects each."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import Mapped
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import Float

EPOCH_AS_JULIAN_DAY = 2440587.5


class Seconds(FunctionElement[float]):
    """A moment as seconds since 1970, exact to a millisecond; NULL stays NULL."""

    inherit_cache = True
    type = Float()

    def __init__(self, moment: Mapped[datetime] | Mapped[datetime | None] | ColumnElement[Any]) -> None:
        super().__init__(moment)


@compiles(Seconds, "postgresql")
def _on_postgresql(element: Seconds, compiler: SQLCompiler, **options: object) -> str:
    (moment,) = (compiler.process(clause, **options) for clause in element.clauses)
    return f"EXTRACT(EPOCH FROM {moment})::float8"


@compiles(Seconds, "sqlite")
def _on_sqlite(element: Seconds, compiler: SQLCompiler, **options: object) -> str:
    (moment,) = (compiler.process(clause, **options) for clause in element.clauses)
    # SQLite counts in milliseconds, but a day's fraction leaves a few microseconds beside them.
    return f"round((julianday({moment}) - {EPOCH_AS_JULIAN_DAY}) * 86400.0, 3)"
