"""The time that people spend.

Revision: 0010
After: 0009
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

TEXT, TIME = sqlmodel.sql.sqltypes.AutoString, sqlmodel.sql.sqltypes.UTCDateTime
KINDS = "kind IN ('review','approval','correction','conversation')"


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "effort",
        *(
            sa.Column(name, TEXT(), nullable=False)
            for name in ("workspace_id", "id", "conversation_id", "person_id", "kind")
        ),
        sa.Column("seconds", sa.Float(), nullable=False),
        sa.Column("at", TIME(), nullable=False),
        sa.CheckConstraint(KINDS, name=op.f("ck_effort_kind")),
        sa.CheckConstraint("seconds >= 0", name=op.f("ck_effort_seconds")),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_effort")),
    )
    op.create_index("ix_effort_at", "effort", ["workspace_id", "at"])
    op.create_index("ix_effort_conversation", "effort", ["workspace_id", "conversation_id"])
    op.create_index("ix_effort_person", "effort", ["workspace_id", "person_id", "at"])
    op.create_index("ix_review_drafted", "review", ["workspace_id", "drafted_at"])


def downgrade() -> None:
    """Go back."""
    op.drop_index("ix_review_drafted", "review")
    op.drop_table("effort")
