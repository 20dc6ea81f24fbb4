"""Offers of a person, messages that belong together, and conversations that were split, merged or withdrawn.

Revision: 0006
After: 0005
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

TEXT, TIME = sqlmodel.sql.sqltypes.AutoString, sqlmodel.sql.sqltypes.UTCDateTime
OF_CONVERSATIONS = ("closed_as", "merged_into", "split_from")


def upgrade() -> None:
    """Go forward."""
    for name in OF_CONVERSATIONS:
        op.add_column("conversation", sa.Column(name, TEXT(), nullable=False, server_default=sa.text("''")))
    op.create_table(
        "offer",
        sa.Column("workspace_id", TEXT(), nullable=False),
        sa.Column("conversation_id", TEXT(), nullable=False),
        sa.Column("state", TEXT(), nullable=False),
        sa.Column("reason", TEXT(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("draft_id", TEXT(), nullable=True),
        sa.Column("message_id", TEXT(), nullable=False),
        sa.Column("made_at", TIME(), nullable=False),
        sa.Column("due_at", TIME(), nullable=True),
        sa.Column("closed_at", TIME(), nullable=True),
        sa.CheckConstraint("state IN ('open','accepted','rephrased','lapsed','gone')", name=op.f("ck_offer_state")),
        sa.ForeignKeyConstraint(
            ["workspace_id", "conversation_id"],
            ["conversation.workspace_id", "conversation.id"],
            name=op.f("fk_offer_workspace_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "conversation_id", name=op.f("pk_offer")),
    )
    op.create_table(
        "message_part",
        sa.Column("workspace_id", TEXT(), nullable=False),
        sa.Column("channel_id", TEXT(), nullable=False),
        sa.Column("ts", TEXT(), nullable=False),
        sa.Column("message_id", TEXT(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "message_id"],
            ["message.workspace_id", "message.id"],
            name=op.f("fk_message_part_workspace_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "channel_id", "ts", name=op.f("pk_message_part")),
    )
    op.create_index("ix_message_part_message", "message_part", ["workspace_id", "message_id"], unique=False)
    op.create_index("ix_offer_due", "offer", ["workspace_id", "due_at"], unique=False)


def downgrade() -> None:
    """Go back."""
    op.drop_table("message_part")
    op.drop_table("offer")
    for name in OF_CONVERSATIONS:
        op.drop_column("conversation", name)
