"""When a customer was last erased.

Revision: 0019
After: 0018
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.add_column("workspace", sa.Column("erased_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True))


def downgrade() -> None:
    """Go back."""
    with op.batch_alter_table("workspace") as workspace:
        workspace.drop_column("erased_at")
