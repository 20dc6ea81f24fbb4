"""Runs migrations on the connection that `storage.schema` hands over."""

# ruff: noqa: F401
# pyright: reportUnusedImport=false
# The metadata is to know every table.

from alembic import context
from sqlalchemy import Connection

from storage import (
    answer_pairs,
    endings,
    evidence,
    kept_reports,
    library,
    queues,
    spending,
    tables,
    theme_tables,
    watched,
)
from storage.row import Row

connection: Connection | None = context.config.attributes.get("connection")
if connection is None:
    raise RuntimeError("Migrations run through `baton db upgrade`.")

context.configure(
    connection=connection,
    target_metadata=Row.metadata,
    render_as_batch=connection.dialect.name == "sqlite",
    transactional_ddl=False,
    compare_type=True,
)
context.run_migrations()
