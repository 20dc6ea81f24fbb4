"""Runs migrations on the connection that `storage.schema` hands over."""

from alembic import context
from sqlalchemy import Connection

from storage.every_table import METADATA

connection: Connection | None = context.config.attributes.get("connection")
if connection is None:
    raise RuntimeError("Migrations run through `baton db upgrade`.")

context.configure(
    connection=connection,
    target_metadata=METADATA,
    render_as_batch=connection.dialect.name == "sqlite",
    transactional_ddl=False,
    compare_type=True,
)
context.run_migrations()
