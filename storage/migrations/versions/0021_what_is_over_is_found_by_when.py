"""What is over in the queues is found by when it was: else it is looked for in all that is kept, each hour.

Revision: 0021
After: 0020
"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

OVER = {
    "inbox": ("ix_inbox_done", "done_at", "state = 'done'"),
    "outbox": ("ix_outbox_sent", "sent_at", "state = 'sent' AND purpose <> 'card'"),
}


def upgrade() -> None:
    """Go forward."""
    for table, (name, moment, over) in OVER.items():
        only = sa.text(over)
        op.create_index(name, table, ["workspace_id", moment], unique=False, sqlite_where=only, postgresql_where=only)


def downgrade() -> None:
    """Go back."""
    for table, (name, _, _) in OVER.items():
        op.drop_index(name, table_name=table)
