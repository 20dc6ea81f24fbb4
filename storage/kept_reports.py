"""Reports that were made, kept as they were posted: whom they went to, and whether they arrived."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, Index, Text, Update, text
from sqlmodel import Field, col, delete, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.ids import new_id
from storage.row import Row, now


class KeptReport(Row, table=True):
    """A report on a stretch of time, with its numbers as they stood when it was made."""

    __tablename__ = "kept_report"  # pyright: ignore[reportAssignmentType]

    workspace_id: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    schedule: str = ""
    """The name of the schedule that it was due by; empty when somebody asked for it."""
    every: str = ""
    """What the schedule reports on: a day, a week or a month."""
    since: datetime
    until: datetime
    first_day: str
    """Such as 2026-11-16, in its time zone."""
    last_day: str
    time_zone: str
    headline: str = ""
    """The verdict in a sentence."""
    report: str = Field(sa_column=Column(Text, nullable=False))
    """As JSON."""
    made_at: datetime = Field(default_factory=now)
    channel_id: str = ""
    """Where it was to be posted; empty when no such channel was known."""
    channel: str = ""
    """How the settings call that channel."""
    ts: str | None = None
    """Of the message, once Slack has it."""
    trouble: str = ""
    """Why Slack does not take it, in Slack's word; empty when it does, or has not said."""
    told_at: datetime | None = None
    """When managers were told of the trouble."""
    told_in: str = ""
    """Where: a channel, or `direct` for direct messages."""

    __table_args__ = (
        Index("ix_kept_report_schedule", "workspace_id", "schedule", "id"),
        Index(
            "ix_kept_report_untold",
            "workspace_id",
            "id",
            sqlite_where=text("trouble <> '' AND told_at IS NULL"),
            postgresql_where=text("trouble <> '' AND told_at IS NULL"),
        ),
    )


@dataclass(frozen=True, slots=True)
class Listed:
    """A kept report in a list: everything but its numbers."""

    id: str
    schedule: str
    every: str
    first_day: str
    last_day: str
    time_zone: str
    made_at: datetime
    headline: str
    channel_id: str
    channel: str
    ts: str | None
    trouble: str
    told_in: str


_LISTED = tuple(getattr(KeptReport, name) for name in Listed.__dataclass_fields__)


def keep(session: AsyncSession, workspace_id: str, **given: object) -> KeptReport:
    """Keep a report, in the caller's transaction; `given` are the columns of `KeptReport`."""
    row = KeptReport.model_validate({"workspace_id": workspace_id, "id": new_id(), **given})
    session.add(row)
    return row


async def get(session: AsyncSession, workspace_id: str, report_id: str) -> KeptReport | None:
    """The report with this id."""
    return await session.get(KeptReport, (workspace_id, report_id))


async def latest(session: AsyncSession, workspace_id: str, schedule: str | None = None) -> KeptReport | None:
    """The report that was made last, of any schedule or of this one; "" for those that somebody asked for."""
    wanted = select(KeptReport).where(KeptReport.workspace_id == workspace_id)
    if schedule is not None:
        wanted = wanted.where(KeptReport.schedule == schedule)
    return (await session.exec(wanted.order_by(col(KeptReport.id).desc()).limit(1))).first()


async def listed(
    session: AsyncSession, workspace_id: str, *, limit: int, schedule: str | None = None, before: str = ""
) -> list[Listed]:
    """The newest reports, the last one made first, without their numbers.

    At most `limit`; of one `schedule` alone where it is named, and made before the one with the id `before`, for a
    next page.
    """
    wanted = select(*_LISTED).where(KeptReport.workspace_id == workspace_id)
    if schedule is not None:
        wanted = wanted.where(KeptReport.schedule == schedule)
    if before:
        wanted = wanted.where(KeptReport.id < before)
    rows = await session.exec(wanted.order_by(col(KeptReport.id).desc()).limit(limit))
    return [Listed(*row) for row in rows.all()]


async def about(
    session: AsyncSession, workspace_id: str, schedule: str, first_day: str, last_day: str
) -> Listed | None:
    """The newest report of a schedule on these days."""
    wanted = select(*_LISTED).where(
        KeptReport.workspace_id == workspace_id,
        KeptReport.schedule == schedule,
        KeptReport.first_day == first_day,
        KeptReport.last_day == last_day,
    )
    row = (await session.exec(wanted.order_by(col(KeptReport.id).desc()).limit(1))).first()
    return Listed(*row) if row else None


async def channel_called(session: AsyncSession, workspace_id: str, name: str) -> str:
    """The id of the channel that was called so when a report went there; empty when none did."""
    wanted = (
        select(KeptReport.channel_id)
        .where(KeptReport.workspace_id == workspace_id, KeptReport.channel == name, KeptReport.channel_id != "")
        .order_by(col(KeptReport.id).desc())
        .limit(1)
    )
    return (await session.exec(wanted)).first() or ""


async def arrived(session: AsyncSession, workspace_id: str, report_id: str, ts: str | None, channel_id: str) -> None:
    """Note that Slack has the report's message; what was in its way is over."""
    await session.exec(_row(workspace_id, report_id).values(ts=ts, channel_id=channel_id, trouble=""))


async def troubled(session: AsyncSession, workspace_id: str, report_id: str, error: str) -> None:
    """Note why Slack does not take the report."""
    await session.exec(_row(workspace_id, report_id).values(trouble=error))


async def untold(session: AsyncSession, workspace_id: str) -> list[Listed]:
    """The reports that Slack does not take and of which nobody was told yet, oldest first."""
    in_trouble = (col(KeptReport.trouble) != "", col(KeptReport.told_at).is_(None))
    wanted = select(*_LISTED).where(KeptReport.workspace_id == workspace_id, *in_trouble)
    return [Listed(*row) for row in (await session.exec(wanted.order_by(col(KeptReport.id)))).all()]


async def claim_telling(session: AsyncSession, workspace_id: str, report_id: str, told_in: str) -> bool:
    """Claim to tell of a report's trouble in the transaction that `session` is in; false when somebody has."""
    untold = _row(workspace_id, report_id).where(col(KeptReport.told_at).is_(None), col(KeptReport.trouble) != "")
    return (await session.exec(untold.values(told_at=now(), told_in=told_in))).rowcount == 1


async def not_told(session: AsyncSession, workspace_id: str, report_id: str) -> None:
    """Note that the word of a report's trouble did not arrive where it was told, so that it is told elsewhere."""
    await session.exec(_row(workspace_id, report_id).values(told_at=None))


async def forget(session: AsyncSession, *, before: datetime) -> int:
    """Delete the reports that were made before `before`; returns how many."""
    return (await session.exec(delete(KeptReport).where(col(KeptReport.made_at) < before))).rowcount


def _row(workspace_id: str, report_id: str) -> Update:
    return update(KeptReport).where(col(KeptReport.workspace_id) == workspace_id, col(KeptReport.id) == report_id)
