"""When a conversation was last written in, which nothing asked for: its messages know.

Revision: 0017
After: 0016
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

TIME = sqlmodel.sql.sqltypes.UTCDateTime


def upgrade() -> None:
    """Go forward."""
    op.drop_column("conversation", "last_message_at")


def downgrade() -> None:
    """Go back."""
    op.add_column("conversation", sa.Column("last_message_at", TIME(), nullable=True))
