"""Which channel is the managers', for all processes, and whether Slack did not take an alert's card.

Revision: 0015
After: 0014
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

TEXT = sqlmodel.sql.sqltypes.AutoString

REFUSED = """
    UPDATE alert SET refused = :yes
    WHERE told = :yes AND ts IS NULL AND channel_id <> '' AND NOT EXISTS (
        SELECT 1 FROM outbox
        WHERE outbox.workspace_id = alert.workspace_id AND outbox.lane = 'alert:' || alert.channel_id
        AND outbox.state IN ('pending', 'sending')
    )
"""
"""Cards that are not there and not on their way."""


def upgrade() -> None:
    """Go forward."""
    op.add_column("workspace", sa.Column("managers_channel_id", TEXT(), nullable=False, server_default=""))
    op.add_column("alert", sa.Column("refused", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.get_bind().execute(sa.text(REFUSED), {"yes": True})


def downgrade() -> None:
    """Go back."""
    op.drop_column("alert", "refused")
    op.drop_column("workspace", "managers_channel_id")
