"""What customers ask for in vain: themes, how often each was asked, and what finds the questions.

Revision: 0012
After: 0011
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

TEXT, TIME = sqlmodel.sql.sqltypes.AutoString, sqlmodel.sql.sqltypes.UTCDateTime
FOUND_BY = {
    "ix_rating_low": ("rating", "rated_at", "score <= 2"),
    "ix_draft_unhelpful": ("draft", "unhelpful_at", "unhelpful_at IS NOT NULL"),
}
"""What is low-rated or found of no help is rare among all: an index of its own finds it by time."""


def _workspace(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f(f"fk_{table}_workspace_id"))


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "theme",
        *(sa.Column(name, TEXT(), nullable=False) for name in ("workspace_id", "key", "name", "language")),
        sa.Column("terms", sa.JSON(), nullable=False),
        *(sa.Column(name, sa.Boolean(), nullable=False) for name in ("named_by_model", "name_refused")),
        *(sa.Column(name, TIME(), nullable=False) for name in ("first_asked_at", "last_asked_at", "seen_until")),
        *(sa.Column(name, TEXT(), nullable=False) for name in ("state", "article_id")),
        sa.Column("settled_at", TIME(), nullable=True),
        sa.CheckConstraint("state IN ('open','drafted','settled')", name=op.f("ck_theme_state")),
        _workspace("theme"),
        sa.PrimaryKeyConstraint("workspace_id", "key", name=op.f("pk_theme")),
    )
    op.create_index("ix_theme_seen", "theme", ["workspace_id", "last_asked_at"], unique=False)
    op.create_table(
        "theme_window",
        sa.Column("workspace_id", TEXT(), nullable=False),
        *(sa.Column(name, TIME(), nullable=False) for name in ("since", "until")),
        sa.Column("theme_key", TEXT(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("questions", "before")),
        sa.Column("asked", sa.JSON(), nullable=False),
        _workspace("theme_window"),
        sa.PrimaryKeyConstraint("workspace_id", "since", "until", "theme_key", name=op.f("pk_theme_window")),
    )
    op.create_index("ix_theme_window_theme", "theme_window", ["workspace_id", "theme_key", "until"], unique=False)
    for index, (table, column, only) in FOUND_BY.items():
        where = sa.text(only)
        op.create_index(
            index, table, ["workspace_id", column], unique=False, sqlite_where=where, postgresql_where=where
        )


def downgrade() -> None:
    """Go back."""
    for index, (table, _, _) in FOUND_BY.items():
        op.drop_index(index, table_name=table)
    op.drop_table("theme_window")
    op.drop_table("theme")
