"""Whom we ask, when, and what is out of the ordinary.

Revision: 0009
After: 0008
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

TEXT, TIME = sqlmodel.sql.sqltypes.AutoString, sqlmodel.sql.sqltypes.UTCDateTime
TIMES = ("resolved_at", "due_at", "reminded_at", "expires_at", "late_at")
INDEXED = ("due_at", "asked_at", "answered_at")


def upgrade() -> None:
    """Go forward. Whoever was asked before counts for the contact rule."""
    with op.batch_alter_table("survey") as survey:
        for name in TIMES:
            survey.add_column(sa.Column(name, TIME(), nullable=True))
        survey.add_column(sa.Column("not_asked", TEXT(), nullable=False, server_default=sa.text("''")))
        survey.add_column(sa.Column("late_score", sa.Integer(), nullable=True))
        survey.add_column(sa.Column("earlier", sa.JSON(), nullable=False, server_default=sa.text("'[]'")))
        survey.alter_column("asked_at", existing_type=TIME(), nullable=True)
    for name in INDEXED:
        op.create_index(f"ix_survey_{name.removesuffix('_at')}", "survey", ["workspace_id", name], unique=False)
    op.create_table(
        "contact",
        sa.Column("workspace_id", TEXT(), nullable=False),
        sa.Column("customer_id", TEXT(), nullable=False),
        sa.Column("asked_at", TIME(), nullable=False),
        sa.Column("conversation_id", TEXT(), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_contact_workspace_id")),
        sa.PrimaryKeyConstraint("workspace_id", "customer_id", name=op.f("pk_contact")),
    )
    op.execute(
        "INSERT INTO contact (workspace_id, customer_id, asked_at, conversation_id) "
        "SELECT workspace_id, customer_id, MAX(asked_at), '' FROM survey GROUP BY workspace_id, customer_id"
    )
    op.create_table(
        "watched",
        sa.Column("workspace_id", TEXT(), nullable=False),
        sa.Column("kind", TEXT(), nullable=False),
        sa.Column("topic", TEXT(), nullable=False),
        sa.Column("state", sa.JSON(), nullable=False),
        sa.Column("since", TIME(), nullable=False),
        sa.Column("read_until", TIME(), nullable=False),
        sa.Column("read_id", TEXT(), nullable=False),
        sa.Column("muted_until", TIME(), nullable=True),
        sa.Column("muted_by", TEXT(), nullable=False),
        sa.Column("updated_at", TIME(), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_watched_workspace_id")),
        sa.PrimaryKeyConstraint("workspace_id", "kind", "topic", name=op.f("pk_watched")),
    )
    op.create_table(
        "alert",
        sa.Column("workspace_id", TEXT(), nullable=False),
        sa.Column("id", TEXT(), nullable=False),
        sa.Column("kind", TEXT(), nullable=False),
        sa.Column("topic", TEXT(), nullable=False),
        sa.Column("raised_at", TIME(), nullable=False),
        sa.Column("since", TIME(), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.Column("told", sa.Boolean(), nullable=False),
        sa.Column("seen_at", TIME(), nullable=True),
        sa.Column("seen_by", TEXT(), nullable=False),
        sa.Column("ended_at", TIME(), nullable=True),
        sa.Column("ended_as", TEXT(), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_alert_workspace_id")),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_alert")),
    )
    op.create_index("ix_alert_raised", "alert", ["workspace_id", "raised_at"], unique=False)


def downgrade() -> None:
    """Go back. Surveys that nobody was asked for an answer in are gone then."""
    for name in ("alert", "watched", "contact"):
        op.drop_table(name)
    for name in INDEXED:
        op.drop_index(f"ix_survey_{name.removesuffix('_at')}", "survey")
    op.execute("DELETE FROM survey WHERE asked_at IS NULL")
    with op.batch_alter_table("survey") as survey:
        survey.alter_column("asked_at", existing_type=TIME(), nullable=False)
        for name in (*TIMES, "not_asked", "late_score", "earlier"):
            survey.drop_column(name)
