"""How replies are shown: privately, as streams, with a sign that Baton is thinking, and what was found of them.

Revision: 0007
After: 0006
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

TEXT, TIME = sqlmodel.sql.sqltypes.AutoString, sqlmodel.sql.sqltypes.UTCDateTime
SIGNED = "ix_inbox_signed"


def _new_columns() -> dict[str, list[sa.Column]]:
    return {
        "inbox": [sa.Column("signed_at", TIME(), nullable=True)],
        "outbox": [sa.Column("begun_ts", TEXT(), nullable=True)],
        "message": [
            sa.Column("private", sa.Boolean(), nullable=False, server_default=sa.false()),
            sa.Column("draft_id", TEXT(), nullable=False, server_default=sa.text("''")),
        ],
        "draft": [
            sa.Column("helpful_at", TIME(), nullable=True),
            sa.Column("feedback_changed", sa.Boolean(), nullable=False, server_default=sa.false()),
        ],
        "decision": [sa.Column("reader", sa.JSON(), nullable=False, server_default=sa.text("'{}'"))],
    }


def upgrade() -> None:
    """Go forward."""
    for table, columns in _new_columns().items():
        for column in columns:
            op.add_column(table, column)
    only = sa.text("signed_at IS NOT NULL")
    op.create_index(
        SIGNED, "inbox", ["workspace_id", "signed_at"], unique=False, sqlite_where=only, postgresql_where=only
    )


def downgrade() -> None:
    """Go back."""
    op.drop_index(SIGNED, table_name="inbox")
    for table, columns in _new_columns().items():
        for column in columns:
            op.drop_column(table, column.name)
