"""Vectors that PostgreSQL searches by pgvector, where it has that and this user may create it.

Where it has not, nothing changes: vectors are read into memory, and `baton doctor` says why. `storage.vector_index`
makes the same as soon as it becomes possible.

Revision: 0013
After: 0012
"""

import structlog
from alembic import op

from storage import vector_index

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    why = vector_index.create(op.get_bind())
    if why and why != vector_index.NOT_POSTGRESQL:
        structlog.get_logger(__name__).info("pgvector_not_used", why=why)


def downgrade() -> None:
    """Go back."""
    if op.get_bind().dialect.name == "postgresql":
        for statement in vector_index.DROP:
            op.execute(statement)
