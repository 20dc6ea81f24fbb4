"""What autonomy is earned by: reviews, certificates, fitted models, monitors, and changes of topics.

Revision: 0002
After: 0001
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

TEXT, TIME = sqlmodel.sql.sqltypes.AutoString, sqlmodel.sql.sqltypes.UTCDateTime
TABLES = ("review", "certificate", "confidence_fit", "known_questions", "look", "monitor", "mood_fit", "topic_change")
EMPTY, NOTHING, NO_NUMBER = sa.text("''"), sa.text("'[]'"), sa.text("0")


def _new_columns() -> dict[str, list[sa.Column]]:
    return {
        "decision": [
            sa.Column("contributions", sa.JSON(), nullable=False, server_default=NOTHING),
            sa.Column("imputed", sa.JSON(), nullable=False, server_default=NOTHING),
            sa.Column("drafter_version", TEXT(), nullable=False, server_default=EMPTY),
            sa.Column("role", TEXT(), nullable=False, server_default=sa.text("'serving'")),
            sa.Column("input_hash", TEXT(), nullable=False, server_default=EMPTY),
            sa.Column("passages", sa.JSON(), nullable=False, server_default=NOTHING),
            sa.Column("tolerance", sa.Float(), nullable=False, server_default=NO_NUMBER),
            sa.Column("certificate_id", TEXT(), nullable=False, server_default=EMPTY),
            sa.Column("unproved", sa.Boolean(), nullable=False, server_default=sa.false()),
        ],
        "draft": [
            sa.Column("drafter_version", TEXT(), nullable=False, server_default=EMPTY),
            sa.Column("role", TEXT(), nullable=False, server_default=sa.text("'serving'")),
            sa.Column("audit_share", sa.Float(), nullable=False, server_default=NO_NUMBER),
            sa.Column("unhelpful_at", TIME(), nullable=True),
            sa.Column("review_probability", sa.Float(), nullable=False, server_default=NO_NUMBER),
        ],
        "conversation": [sa.Column("thumbs_down", sa.Integer(), nullable=False, server_default=NO_NUMBER)],
        "workspace": [sa.Column("sampling_key", TEXT(), nullable=False, server_default=EMPTY)],
        "topic": [
            sa.Column("certificate_id", TEXT(), nullable=False, server_default=EMPTY),
            sa.Column("certified_drafter", TEXT(), nullable=False, server_default=EMPTY),
            sa.Column("certified_confidence", TEXT(), nullable=False, server_default=EMPTY),
            sa.Column("unproved_by", TEXT(), nullable=False, server_default=EMPTY),
            sa.Column("alarmed_at", TIME(), nullable=True),
            sa.Column("revision", sa.Integer(), nullable=False, server_default=NO_NUMBER),
        ],
    }


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "review",
        sa.Column("workspace_id", TEXT(), nullable=False),
        sa.Column("id", TEXT(), nullable=False),
        sa.Column("draft_id", TEXT(), nullable=False),
        sa.Column("reading", sa.Integer(), nullable=False),
        sa.Column("conversation_id", TEXT(), nullable=False),
        sa.Column("decision_id", TEXT(), nullable=False),
        sa.Column("topic", TEXT(), nullable=False),
        sa.Column("drafter_version", TEXT(), nullable=False),
        sa.Column("confidence_version", TEXT(), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("signals", sa.JSON(), nullable=False),
        sa.Column("answered", sa.Boolean(), nullable=False),
        sa.Column("audit", sa.Boolean(), nullable=False),
        sa.Column("audit_share", sa.Float(), nullable=False),
        sa.Column("probability", sa.Float(), nullable=False),
        sa.Column("drawn", TEXT(), nullable=False),
        sa.Column("drafted_at", TIME(), nullable=False),
        sa.Column("held_by", TEXT(), nullable=True),
        sa.Column("held_until", TIME(), nullable=True),
        sa.Column("verdict", TEXT(), nullable=True),
        sa.Column("fault", TEXT(), nullable=False),
        sa.Column("note", TEXT(), nullable=False),
        sa.Column("customer_frustrated", sa.Boolean(), nullable=True),
        sa.Column("reviewer_id", TEXT(), nullable=True),
        sa.Column("reviewed_at", TIME(), nullable=True),
        sa.Column("seconds", sa.Float(), nullable=True),
        sa.CheckConstraint("drawn IN ('audit','targeted','certain','copilot')", name=op.f("ck_review_drawn")),
        sa.CheckConstraint(
            "verdict IN ('right','incomplete','wrong','harmful','unsure')", name=op.f("ck_review_verdict")
        ),
        sa.CheckConstraint("probability >= 0 AND probability <= 1", name=op.f("ck_review_probability_share")),
        sa.CheckConstraint("reading IN (1, 2)", name=op.f("ck_review_reading")),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_review")),
    )
    op.create_index("ix_review_conversation", "review", ["workspace_id", "conversation_id"], unique=False)
    op.create_index(
        "ix_review_evidence",
        "review",
        ["workspace_id", "topic", "drafter_version", "audit", "drafted_at"],
        unique=False,
    )
    op.create_index("ix_review_reviewed", "review", ["workspace_id", "reviewed_at"], unique=False)
    op.create_index(
        "ix_review_waiting",
        "review",
        ["workspace_id", "drafted_at"],
        unique=False,
        sqlite_where=sa.text("verdict IS NULL"),
        postgresql_where=sa.text("verdict IS NULL"),
    )
    op.create_index("uq_review_reading", "review", ["workspace_id", "draft_id", "reading"], unique=True)

    op.create_table(
        "certificate",
        sa.Column("workspace_id", TEXT(), nullable=False),
        sa.Column("id", TEXT(), nullable=False),
        sa.Column("topic", TEXT(), nullable=False),
        sa.Column("drafter_version", TEXT(), nullable=False),
        sa.Column("confidence_version", TEXT(), nullable=False),
        sa.Column("tolerance", sa.Float(), nullable=False),
        sa.Column("risk", sa.Float(), nullable=False),
        sa.Column("threshold", sa.Float(), nullable=False),
        sa.Column("reviews", sa.Integer(), nullable=False),
        sa.Column("wrong", sa.Integer(), nullable=False),
        sa.Column("looked_at", sa.Integer(), nullable=False),
        sa.Column("share_answered", sa.Float(), nullable=False),
        sa.Column("issued_at", TIME(), nullable=False),
        sa.Column("withdrawn_at", TIME(), nullable=True),
        sa.Column("withdrawn_because", TEXT(), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_certificate_workspace_id")),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_certificate")),
    )
    op.create_index(
        "ix_certificate_topic",
        "certificate",
        ["workspace_id", "topic", "drafter_version", "confidence_version", "issued_at"],
        unique=False,
    )

    op.create_table(
        "confidence_fit",
        sa.Column("workspace_id", TEXT(), nullable=False),
        sa.Column("version", TEXT(), nullable=False),
        sa.Column("weights", sa.JSON(), nullable=False),
        sa.Column("reviews", sa.Integer(), nullable=False),
        sa.Column("trained_until", TIME(), nullable=False),
        sa.Column("metrics", sa.JSON(), nullable=False),
        sa.Column("state", TEXT(), nullable=False),
        sa.Column("created_at", TIME(), nullable=False),
        sa.CheckConstraint(
            "state IN ('candidate','serving','retired','rejected')", name=op.f("ck_confidence_fit_state")
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_confidence_fit_workspace_id")),
        sa.PrimaryKeyConstraint("workspace_id", "version", name=op.f("pk_confidence_fit")),
    )
    op.create_index("ix_confidence_fit_state", "confidence_fit", ["workspace_id", "state", "created_at"], unique=False)

    op.create_table(
        "known_questions",
        sa.Column("workspace_id", TEXT(), nullable=False),
        sa.Column("version", TEXT(), nullable=False),
        sa.Column("recogniser", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_known_questions_workspace_id")),
        sa.PrimaryKeyConstraint("workspace_id", "version", name=op.f("pk_known_questions")),
    )
    op.create_table(
        "look",
        sa.Column("workspace_id", TEXT(), nullable=False),
        sa.Column("topic", TEXT(), nullable=False),
        sa.Column("drafter_version", TEXT(), nullable=False),
        sa.Column("confidence_version", TEXT(), nullable=False),
        sa.Column("tolerance", sa.Float(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("reviews", sa.Integer(), nullable=False),
        sa.Column("passed", sa.Boolean(), nullable=False),
        sa.Column("looked_at", TIME(), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_look_workspace_id")),
        sa.PrimaryKeyConstraint(
            "workspace_id",
            "topic",
            "drafter_version",
            "confidence_version",
            "tolerance",
            "number",
            name=op.f("pk_look"),
        ),
    )
    op.create_table(
        "monitor",
        sa.Column("workspace_id", TEXT(), nullable=False),
        sa.Column("topic", TEXT(), nullable=False),
        sa.Column("since", TIME(), nullable=False),
        sa.Column("tolerance", sa.Float(), nullable=False),
        sa.Column("state", sa.JSON(), nullable=False),
        sa.Column("seen", sa.Integer(), nullable=False),
        sa.Column("wrong", sa.Integer(), nullable=False),
        sa.Column("alarmed_at", TIME(), nullable=True),
        sa.Column("alarm", TEXT(), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_monitor_workspace_id")),
        sa.PrimaryKeyConstraint("workspace_id", "topic", name=op.f("pk_monitor")),
    )
    op.create_table(
        "mood_fit",
        sa.Column("workspace_id", TEXT(), nullable=False),
        sa.Column("version", TEXT(), nullable=False),
        sa.Column("weights", sa.JSON(), nullable=False),
        sa.Column("labels", sa.Integer(), nullable=False),
        sa.Column("metrics", sa.JSON(), nullable=False),
        sa.Column("state", TEXT(), nullable=False),
        sa.Column("created_at", TIME(), nullable=False),
        sa.CheckConstraint("state IN ('candidate','serving','retired','rejected')", name=op.f("ck_mood_fit_state")),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_mood_fit_workspace_id")),
        sa.PrimaryKeyConstraint("workspace_id", "version", name=op.f("pk_mood_fit")),
    )
    op.create_index("ix_mood_fit_state", "mood_fit", ["workspace_id", "state", "created_at"], unique=False)

    op.create_table(
        "topic_change",
        sa.Column("workspace_id", TEXT(), nullable=False),
        sa.Column("id", TEXT(), nullable=False),
        sa.Column("topic", TEXT(), nullable=False),
        sa.Column("event", TEXT(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.Column("by", TEXT(), nullable=False),
        sa.Column("why", TEXT(), nullable=False),
        sa.Column("at", TIME(), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_topic_change_workspace_id")),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_topic_change")),
    )
    op.create_index("ix_topic_change_topic", "topic_change", ["workspace_id", "topic", "id"], unique=False)

    for table, columns in _new_columns().items():
        for column in columns:
            op.add_column(table, column)
    _seal_decisions()


def _seal_decisions() -> None:
    """A decision is written once: the database itself refuses to change one."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE TRIGGER decision_is_final BEFORE UPDATE ON decision "
            "BEGIN SELECT RAISE(ABORT, 'a decision is never changed'); END"
        )
        return
    op.execute(
        "CREATE FUNCTION decision_is_final() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'a decision is never changed'; END $$"
    )
    op.execute(
        "CREATE TRIGGER decision_is_final BEFORE UPDATE ON decision FOR EACH ROW EXECUTE FUNCTION decision_is_final()"
    )


def downgrade() -> None:
    """Go back."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER decision_is_final")
    else:
        op.execute("DROP TRIGGER decision_is_final ON decision")
        op.execute("DROP FUNCTION decision_is_final()")
    for table, columns in _new_columns().items():
        for column in columns:
            op.drop_column(table, column.name)
    for table in TABLES:
        op.drop_table(table)
