"""What is still counted of erased conversations, where the cards of alerts stand, and when themes were looked for.

Revision: 0014
After: 0013
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

TEXT, TIME = sqlmodel.sql.sqltypes.AutoString, sqlmodel.sql.sqltypes.UTCDateTime


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "erased_count",
        *(sa.Column(name, TEXT(), nullable=False) for name in ("workspace_id", "id", "what")),
        sa.Column("at", TIME(), nullable=False),
        *(sa.Column(name, TEXT(), nullable=False) for name in ("topic", "arm", "reason", "offered")),
        *(
            sa.Column(name, sa.Boolean(), nullable=False)
            for name in ("confirmed", "reopened", "simulated", "taken_back", "asked")
        ),
        sa.Column("score", sa.Integer(), nullable=True),
        sa.CheckConstraint("what IN ('opened','resolved','handed_off')", name=op.f("ck_erased_count_what")),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_erased_count_workspace_id")),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_erased_count")),
    )
    op.create_index("ix_erased_count_at", "erased_count", ["workspace_id", "what", "at"], unique=False)
    op.create_table(
        "theme_search",
        sa.Column("workspace_id", TEXT(), nullable=False),
        *(sa.Column(name, TIME(), nullable=False) for name in ("since", "until", "found_at")),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("conversations", "looked_at")),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_theme_search_workspace_id")),
        sa.PrimaryKeyConstraint("workspace_id", "since", "until", name=op.f("pk_theme_search")),
    )
    op.add_column("alert", sa.Column("channel_id", TEXT(), nullable=False, server_default=""))
    op.add_column("alert", sa.Column("ts", TEXT(), nullable=True))
    op.add_column("alert", sa.Column("stale", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("alert") as alert:
        for column in ("channel_id", "stale"):
            alert.alter_column(column, server_default=None)


def downgrade() -> None:
    """Go back."""
    with op.batch_alter_table("alert") as alert:
        for column in ("stale", "ts", "channel_id"):
            alert.drop_column(column)
    op.drop_table("theme_search")
    op.drop_table("erased_count")
