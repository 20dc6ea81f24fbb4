"""Shelves, by which a search leaves out what a reader may not read; vectors of passages.

Revision: 0004
After: 0003
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

from storage import search_index

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

TEXT, TIME = sqlmodel.sql.sqltypes.AutoString, sqlmodel.sql.sqltypes.UTCDateTime

FIRST_SHELVES = """
INSERT INTO shelf (workspace_id, number, audience) SELECT DISTINCT workspace_id, 1, 'customer' FROM article"""
"""Before this, every article was for everyone and for ever."""


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "shelf",
        sa.Column("workspace_id", TEXT(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("audience", TEXT(), nullable=False),
        sa.Column("valid_from", TIME(), nullable=True),
        sa.Column("valid_until", TIME(), nullable=True),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_shelf_workspace_id")),
        sa.PrimaryKeyConstraint("workspace_id", "number", name=op.f("pk_shelf")),
    )
    op.create_table(
        "passage_vector",
        sa.Column("workspace_id", TEXT(), nullable=False),
        sa.Column("passage_id", TEXT(), nullable=False),
        sa.Column("model", TEXT(), nullable=False),
        sa.Column("vector", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "passage_id"],
            ["passage.workspace_id", "passage.id"],
            name=op.f("fk_passage_vector_workspace_id_passage_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_passage_vector_workspace_id")),
        sa.PrimaryKeyConstraint("workspace_id", "passage_id", name=op.f("pk_passage_vector")),
    )
    op.create_index("ix_passage_vector_model", "passage_vector", ["workspace_id", "model"])
    op.execute(FIRST_SHELVES)
    for statement in search_index.SQLITE_SHELVED if _on_sqlite() else search_index.POSTGRESQL_SHELVED:
        op.execute(statement)


def downgrade() -> None:
    """Go back."""
    for statement in search_index.SQLITE_UNSHELVED if _on_sqlite() else search_index.POSTGRESQL_UNSHELVED:
        op.execute(statement)
    op.drop_table("shelf")
    op.drop_table("passage_vector")


def _on_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"
