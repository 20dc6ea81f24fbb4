"""What stays resolved: each resolution by itself, the days counted up, and to whom a conversation was offered.

Revision: 0008
After: 0007
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

TEXT, TIME = sqlmodel.sql.sqltypes.AutoString, sqlmodel.sql.sqltypes.UTCDateTime
COUNTS = (
    *("resolved", "confirmed", "reopened", "simulated", "taken_back", "asked", "answered"),
    *(f"rated_{score}" for score in range(1, 6)),
)
WEIGHED = "'low_confidence','nothing_found','needs_action','model_failed'"


def upgrade() -> None:
    """Go forward."""
    op.add_column("conversation", sa.Column("offered", TEXT(), nullable=False, server_default=sa.text("''")))
    _resolutions()
    _days()
    # One that was reopened and is open again left no trace of its earlier resolutions.
    op.execute(
        "INSERT INTO resolution (workspace_id, id, conversation_id, topic, resolved_by, confirmation, "
        "resolved_by_person, resolved_at, opened_at, first_reply_at, reopened, offered, simulated, "
        "taken_back_how, returned_in) "
        "SELECT workspace_id, id, id, topic, resolved_by, COALESCE(confirmation, 'assumed'), "
        "resolved_by_person, resolved_at, opened_at, first_reply_at, reopened, '', simulated, '', '' "
        "FROM conversation WHERE resolved_at IS NOT NULL "
        "AND resolved_by IN ('ai','ai_then_human','human') AND closed_as = ''"
    )
    weighed = (
        "SELECT 1 FROM decision WHERE decision.workspace_id = conversation.workspace_id "  # noqa: S608 - constants
        "AND decision.conversation_id = conversation.id AND decision.role = 'serving' "
        f"AND (decision.action = 'propose' OR decision.reason IN ({WEIGHED}))"
    )
    handed_off = (
        "SELECT 1 FROM handoff WHERE handoff.workspace_id = conversation.workspace_id "
        "AND handoff.conversation_id = conversation.id"
    )
    op.execute(
        f"UPDATE conversation SET offered = CASE WHEN ai_replied OR EXISTS ({weighed}) THEN 'ai' "  # noqa: S608 - constants
        f"WHEN EXISTS ({handed_off}) THEN 'people' ELSE '' END"
    )
    op.execute(
        "UPDATE resolution SET offered = (SELECT conversation.offered FROM conversation "
        "WHERE conversation.workspace_id = resolution.workspace_id AND conversation.id = resolution.conversation_id)"
    )


def _resolutions() -> None:
    op.create_table(
        "resolution",
        sa.Column("workspace_id", TEXT(), nullable=False),
        sa.Column("id", TEXT(), nullable=False),
        sa.Column("conversation_id", TEXT(), nullable=False),
        sa.Column("topic", TEXT(), nullable=False),
        sa.Column("resolved_by", TEXT(), nullable=False),
        sa.Column("confirmation", TEXT(), nullable=False),
        sa.Column("resolved_by_person", TEXT(), nullable=True),
        sa.Column("resolved_at", TIME(), nullable=False),
        sa.Column("opened_at", TIME(), nullable=False),
        sa.Column("first_reply_at", TIME(), nullable=True),
        sa.Column("reopened", sa.Integer(), nullable=False),
        sa.Column("offered", TEXT(), nullable=False),
        sa.Column("simulated", sa.Boolean(), nullable=False),
        sa.Column("reopened_at", TIME(), nullable=True),
        sa.Column("taken_back_at", TIME(), nullable=True),
        sa.Column("taken_back_how", TEXT(), nullable=False),
        sa.Column("returned_in", TEXT(), nullable=False),
        sa.CheckConstraint("resolved_by IN ('ai','ai_then_human','human')", name=op.f("ck_resolution_resolved_by")),
        sa.CheckConstraint("confirmation IN ('confirmed','assumed')", name=op.f("ck_resolution_confirmation")),
        sa.CheckConstraint("taken_back_how IN ('','reopened','returned')", name=op.f("ck_resolution_taken_back_how")),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_resolution_workspace_id")),
        sa.ForeignKeyConstraint(
            ["workspace_id", "conversation_id"],
            ["conversation.workspace_id", "conversation.id"],
            name=op.f("fk_resolution_workspace_id_conversation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_resolution")),
    )
    op.create_index("ix_resolution_resolved", "resolution", ["workspace_id", "resolved_at"])
    op.create_index("ix_resolution_topic", "resolution", ["workspace_id", "topic", "resolved_at"])
    op.create_index("ix_resolution_conversation", "resolution", ["workspace_id", "conversation_id", "resolved_at"])
    standing = sa.text("reopened_at IS NULL")
    op.create_index(
        "uq_resolution_standing",
        "resolution",
        ["workspace_id", "conversation_id"],
        unique=True,
        sqlite_where=standing,
        postgresql_where=standing,
    )


def _days() -> None:
    op.create_table(
        "settled_day",
        sa.Column("workspace_id", TEXT(), nullable=False),
        sa.Column("since", TIME(), nullable=False),
        sa.Column("until", TIME(), nullable=False),
        sa.Column("day", TEXT(), nullable=False),
        sa.Column("settled_at", TIME(), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_settled_day_workspace_id")),
        sa.PrimaryKeyConstraint("workspace_id", "since", name=op.f("pk_settled_day")),
    )
    op.create_index("ix_settled_day_until", "settled_day", ["workspace_id", "until"])
    op.create_table(
        "day_tally",
        sa.Column("workspace_id", TEXT(), nullable=False),
        sa.Column("since", TIME(), nullable=False),
        sa.Column("topic", TEXT(), nullable=False),
        sa.Column("arm", TEXT(), nullable=False),
        sa.Column("offered", TEXT(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in COUNTS),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_day_tally_workspace_id")),
        sa.PrimaryKeyConstraint("workspace_id", "since", "topic", "arm", "offered", name=op.f("pk_day_tally")),
    )
    op.create_index("ix_day_tally_topic", "day_tally", ["workspace_id", "topic", "since"])


def downgrade() -> None:
    """Go back."""
    for table in ("day_tally", "settled_day", "resolution"):
        op.drop_table(table)
    op.drop_column("conversation", "offered")
