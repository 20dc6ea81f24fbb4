"""What is forgotten once it is handled, and how often a recogniser forgot somebody's words.

Revision: 0016
After: 0015
"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

ADDED = (
    ("inbox", "forgotten", sa.Boolean(), sa.false()),
    ("outbox", "forgotten", sa.Boolean(), sa.false()),
    ("known_questions", "cleaned", sa.Integer(), "0"),
)


def upgrade() -> None:
    """Go forward."""
    for table, name, kind, default in ADDED:
        op.add_column(table, sa.Column(name, kind, nullable=False, server_default=default))
    for table, name, _, _ in ADDED:
        with op.batch_alter_table(table) as altered:
            altered.alter_column(name, server_default=None)


def downgrade() -> None:
    """Go back."""
    for table, name, _, _ in ADDED:
        with op.batch_alter_table(table) as altered:
            altered.drop_column(name)
