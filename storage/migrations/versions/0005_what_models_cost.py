"""What each call of a model cost.

Revision: 0005
After: 0004
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

TEXT, TIME = sqlmodel.sql.sqltypes.AutoString, sqlmodel.sql.sqltypes.UTCDateTime
TABLES = ("model_call", "daily_cost", "budget_day")


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "model_call",
        *_texts("workspace_id", "id", "day", "conversation_id", "topic", "purpose", "model"),
        *_counts("tokens_in", "tokens_cached", "tokens_out"),
        *_amounts("dollars", "elapsed_ms"),
        *_texts("outcome"),
        sa.Column("created_at", TIME(), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_model_call")),
    )
    op.create_index("ix_model_call_conversation", "model_call", ["workspace_id", "conversation_id"])
    op.create_index("ix_model_call_day", "model_call", ["workspace_id", "day"])
    op.create_table(
        "daily_cost",
        *_texts("workspace_id", "day", "topic", "purpose", "model"),
        *_counts("calls", "failed", "tokens_in", "tokens_cached", "tokens_out"),
        *_amounts("dollars"),
        sa.PrimaryKeyConstraint("workspace_id", "day", "topic", "purpose", "model", name=op.f("pk_daily_cost")),
    )
    op.create_table(
        "budget_day",
        *_texts("workspace_id", "day"),
        *_amounts("raised"),
        *_texts("raised_by"),
        *_amounts("warned_at", "stopped_at"),
        sa.PrimaryKeyConstraint("workspace_id", "day", name=op.f("pk_budget_day")),
    )


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, TEXT(), nullable=False) for name in names]


def _counts(*names: str) -> list[sa.Column[int]]:
    return [sa.Column(name, sa.Integer(), nullable=False) for name in names]


def _amounts(*names: str) -> list[sa.Column[float]]:
    return [sa.Column(name, sa.Float(), nullable=False) for name in names]


def downgrade() -> None:
    """Go back."""
    for table in TABLES:
        op.drop_table(table)
