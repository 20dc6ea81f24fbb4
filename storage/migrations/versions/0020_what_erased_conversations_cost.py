"""What is counted of erased conversations: what they cost, and whether those that were opened were resolved.

Revision: 0020
After: 0019
"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.add_column("erased_count", sa.Column("resolved", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("erased_count", sa.Column("dollars", sa.Float(), nullable=False, server_default="0"))


def downgrade() -> None:
    """Go back."""
    with op.batch_alter_table("erased_count") as counts:
        counts.drop_column("dollars")
        counts.drop_column("resolved")
