"""Reports that are kept, and to whom they go.

A run of the weekly report was claimed for the moment at which its week ended; now it is claimed for the day after its
last one, whatever the time zone, so that another time zone does not post a week again.

Revision: 0011
After: 0010
"""

from datetime import UTC, datetime, time, timedelta

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

TEXT, TIME = sqlmodel.sql.sqltypes.AutoString, sqlmodel.sql.sqltypes.UTCDateTime
OLD_JOB, JOB = "weekly_report", "report week weekly"
RUNS = sa.table("job_run", sa.column("workspace_id", TEXT()), sa.column("job", TEXT()), sa.column("due_at", TIME()))


def upgrade() -> None:
    """Go forward."""
    untold = sa.text("trouble <> '' AND told_at IS NULL")
    op.create_table(
        "kept_report",
        *(sa.Column(name, TEXT(), nullable=False) for name in ("workspace_id", "id", "schedule", "every")),
        *(sa.Column(name, TIME(), nullable=False) for name in ("since", "until")),
        *(sa.Column(name, TEXT(), nullable=False) for name in ("first_day", "last_day", "time_zone", "headline")),
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("made_at", TIME(), nullable=False),
        *(sa.Column(name, TEXT(), nullable=False) for name in ("channel_id", "channel")),
        sa.Column("ts", TEXT(), nullable=True),
        sa.Column("trouble", TEXT(), nullable=False),
        sa.Column("told_at", TIME(), nullable=True),
        sa.Column("told_in", TEXT(), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_kept_report")),
    )
    op.create_index("ix_kept_report_schedule", "kept_report", ["workspace_id", "schedule", "id"], unique=False)
    op.create_index(
        "ix_kept_report_untold",
        "kept_report",
        ["workspace_id", "id"],
        unique=False,
        sqlite_where=untold,
        postgresql_where=untold,
    )
    _rename(OLD_JOB, JOB)


def downgrade() -> None:
    """Go back."""
    _rename(JOB, OLD_JOB)
    op.drop_index("ix_kept_report_untold", table_name="kept_report")
    op.drop_index("ix_kept_report_schedule", table_name="kept_report")
    op.drop_table("kept_report")


def _rename(old: str, new: str) -> None:
    """A week of any time zone ends within a day of Monday, 00:00 UTC: the claim moves there, and stays there."""
    connection = op.get_bind()
    runs = connection.execute(sa.select(RUNS).where(RUNS.c.job == old)).all()
    for workspace_id, job, due_at in runs:
        this = (RUNS.c.workspace_id == workspace_id, RUNS.c.job == job, RUNS.c.due_at == due_at)
        monday = _nearest_monday(due_at)
        there = (RUNS.c.workspace_id == workspace_id, RUNS.c.job == new, RUNS.c.due_at == monday)
        if connection.execute(sa.select(RUNS).where(*there)).first():
            connection.execute(sa.delete(RUNS).where(*this))
        else:
            connection.execute(sa.update(RUNS).where(*this).values(job=new, due_at=monday))


def _nearest_monday(moment: datetime) -> datetime:
    day = (moment + timedelta(days=3, hours=12)).astimezone(UTC).date()
    return datetime.combine(day - timedelta(days=day.weekday()), time(), UTC)
