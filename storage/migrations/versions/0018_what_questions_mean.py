"""What the questions that were asked in vain mean to an embedding model, so that each is asked about once.

Revision: 0018
After: 0017
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

TEXT, TIME = sqlmodel.sql.sqltypes.AutoString, sqlmodel.sql.sqltypes.UTCDateTime


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "question_vector",
        *(sa.Column(name, TEXT(), nullable=False) for name in ("workspace_id", "message_id", "model", "told")),
        sa.Column("vector", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", TIME(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "message_id"],
            ["message.workspace_id", "message.id"],
            name=op.f("fk_question_vector_workspace_id_message_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_question_vector_workspace_id")),
        sa.PrimaryKeyConstraint("workspace_id", "message_id", name=op.f("pk_question_vector")),
    )
    op.create_index("ix_question_vector_made", "question_vector", ["workspace_id", "made_at"], unique=False)


def downgrade() -> None:
    """Go back."""
    op.drop_table("question_vector")
