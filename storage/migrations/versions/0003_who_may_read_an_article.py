"""Who may read an article, how long it holds, and what stands in its place.

Revision: 0003
After: 0002
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

TEXT, TIME = sqlmodel.sql.sqltypes.AutoString, sqlmodel.sql.sqltypes.UTCDateTime


def _new_columns() -> dict[str, list[sa.Column]]:
    return {
        "article": [
            sa.Column("kind", TEXT(), nullable=False, server_default=sa.text("'article'")),
            sa.Column("audience", TEXT(), nullable=False, server_default=sa.text("'customer'")),
            sa.Column("valid_from", TIME(), nullable=True),
            sa.Column("valid_until", TIME(), nullable=True),
            sa.Column("replaced_by", TEXT(), nullable=False, server_default=sa.text("''")),
        ],
    }


def upgrade() -> None:
    """Go forward."""
    for table, columns in _new_columns().items():
        for column in columns:
            op.add_column(table, column)


def downgrade() -> None:
    """Go back."""
    for table, columns in _new_columns().items():
        for column in columns:
            op.drop_column(table, column.name)
