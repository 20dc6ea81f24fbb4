"""Days counted up: a day that can no longer change is counted once and kept, so that nothing grows with history.

A stretch of time is then the sum of the settled days inside it and of what lies around them, which is counted from
the resolutions themselves.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import fields
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, text
from sqlmodel import col, delete, func, select, update
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.sqltypes import UTCDateTime

from storage import erased_counts, resolutions, workspaces
from storage.database import Database
from storage.endings import DayTally, Resolution, SettledDay
from storage.resolutions import Counts, Ended
from storage.row import now

COUNTS = tuple(field.name for field in fields(Counts))

_SETTLE = text(
    "INSERT INTO settled_day (workspace_id, since, until, day, settled_at) "
    "VALUES (:workspace_id, :since, :until, :day, :settled_at) ON CONFLICT DO NOTHING RETURNING day"
).bindparams(*(bindparam(name, type_=UTCDateTime()) for name in ("since", "until", "settled_at")))


async def ended(
    session: AsyncSession, workspace_id: str, since: datetime, until: datetime, topic: str | None = None
) -> list[Ended]:
    """Count what was resolved, of one topic or all: settled days as they were counted, the rest as it is now."""
    first, last = await _settled_within(session, workspace_id, since, until)
    if first is None or last is None or first >= last:
        found = await resolutions.ended(session, workspace_id, since, until, topic)
    else:
        found = await _kept(session, workspace_id, first, last, topic)
        for begin, end in ((since, first), (last, until)):
            if begin < end:
                found += await resolutions.ended(session, workspace_id, begin, end, topic)
    sums: defaultdict[tuple[str, str, str], Counts] = defaultdict(Counts)
    for each in found:
        sums[each.topic, each.arm, each.offered] += each.counts
    return [Ended(arm, name, offered, counts) for (name, arm, offered), counts in sorted(sums.items())]


async def _settled_within(
    session: AsyncSession, workspace_id: str, since: datetime, until: datetime
) -> tuple[datetime | None, datetime | None]:
    """From when to when days are settled inside a stretch: they follow each other without a gap."""
    first = select(func.min(SettledDay.since)).where(
        SettledDay.workspace_id == workspace_id, col(SettledDay.since) >= since
    )
    last = select(func.max(SettledDay.until)).where(
        SettledDay.workspace_id == workspace_id, col(SettledDay.until) <= until
    )
    return (await session.exec(first)).one(), (await session.exec(last)).one()


async def _kept(
    session: AsyncSession, workspace_id: str, since: datetime, until: datetime, topic: str | None
) -> list[Ended]:
    sums = (func.sum(getattr(DayTally, name)) for name in COUNTS)
    wanted = (
        select(DayTally.topic, DayTally.arm, DayTally.offered, *sums)  # pyright: ignore[reportCallIssue]
        .where(DayTally.workspace_id == workspace_id, col(DayTally.since) >= since, col(DayTally.since) < until)
        .group_by(DayTally.topic, DayTally.arm, DayTally.offered)
    )
    if topic is not None:
        wanted = wanted.where(DayTally.topic == topic)
    rows = (await session.exec(wanted)).all()
    return [Ended(row[1], row[0], row[2], Counts(*(int(count) for count in row[3:]))) for row in rows]


async def kept_of(
    session: AsyncSession, workspace_id: str, until: datetime, offered: Sequence[str]
) -> tuple[list[tuple[datetime, str, Counts]], datetime | None]:
    """What was resolved of conversations that were offered so, day by day, and when the last settled day ends.

    Args:
        session: to read with.
        workspace_id: the Slack team.
        until: days that end later are left out.
        offered: some of `storage.kinds.Offered`.
    """
    latest = select(func.max(SettledDay.until)).where(
        SettledDay.workspace_id == workspace_id, col(SettledDay.until) <= until
    )
    last = (await session.exec(latest)).one_or_none()
    if last is None:
        return [], None
    sums = (func.sum(getattr(DayTally, name)) for name in COUNTS)
    wanted = (
        select(DayTally.since, DayTally.offered, *sums)  # pyright: ignore[reportCallIssue]
        .where(DayTally.workspace_id == workspace_id, col(DayTally.since) < last, col(DayTally.offered).in_(offered))
        .group_by(DayTally.since, DayTally.offered)
        .order_by(DayTally.since, DayTally.offered)
    )
    rows = (await session.exec(wanted)).all()
    return [(row[0], row[1], Counts(*(int(count) for count in row[2:]))) for row in rows], last


async def topics(session: AsyncSession, workspace_id: str, since: datetime, until: datetime) -> set[str]:
    """The topics of the settled days that begin within a stretch."""
    wanted = (
        select(DayTally.topic)
        .where(DayTally.workspace_id == workspace_id, col(DayTally.since) >= since, col(DayTally.since) < until)
        .distinct()
    )
    return set((await session.exec(wanted)).all())


async def begun(session: AsyncSession, workspace_id: str) -> datetime | None:
    """When the first conversation of all was resolved, or its day began; None when none was."""
    day = select(func.min(SettledDay.since)).where(SettledDay.workspace_id == workspace_id)
    found = ((await session.exec(day)).one(), await _first_resolved(session, workspace_id))
    return min((each for each in found if each), default=None)


async def settle(database: Database, workspace_id: str, time_zone: str, *, before: datetime) -> int:
    """Count the days that ended before a moment and are not counted yet; safe in any number of processes.

    Args:
        database: where the days are kept.
        workspace_id: the Slack team.
        time_zone: whose midnights part the days, such as "Europe/Berlin". Days settled in another one stay as they
            are; the first day of the new one begins where the last of the old one ended.
        before: days that end later may still change.

    Returns:
        How many days were counted.
    """
    zone, total = ZoneInfo(time_zone), 0
    while True:
        async with database.reading() as session:  # counting takes long; writing must keep nobody waiting
            start = await _next(session, workspace_id, zone)
            if start is None or (end := _midnight_after(start, zone)) > before:
                return total
            outlined = await _outline(session, workspace_id, start, end)
            counted = await resolutions.ended(session, workspace_id, start, end)
        async with database.transaction(durable=False) as session:  # what is lost is counted again
            await workspaces.hold(session, workspace_id)
            if await _outline(session, workspace_id, start, end) != outlined:
                continue  # a topic was renamed meanwhile, or something taken back
            if await _claimed(session, workspace_id, start, end, zone):
                _keep(session, workspace_id, start, counted)
                total += 1


async def _outline(
    session: AsyncSession, workspace_id: str, since: datetime, until: datetime
) -> Sequence[tuple[str, int, int]]:
    """By topic, how many resolutions there are and how many were taken back: a short look, to see a change by."""
    wanted = (
        select(Resolution.topic, func.count(), func.count(col(Resolution.taken_back_at)))
        .where(
            Resolution.workspace_id == workspace_id,
            col(Resolution.resolved_at) >= since,
            col(Resolution.resolved_at) < until,
        )
        .group_by(Resolution.topic)
        .order_by(Resolution.topic)
    )
    return (await session.exec(wanted)).all()


async def _next(session: AsyncSession, workspace_id: str, zone: ZoneInfo) -> datetime | None:
    """When the first day begins that is not settled; None when nothing was ever resolved."""
    last = select(func.max(SettledDay.until)).where(SettledDay.workspace_id == workspace_id)
    if settled := (await session.exec(last)).one():
        return settled
    begun = await _first_resolved(session, workspace_id)
    return begun and datetime.combine(begun.astimezone(zone).date(), time(), zone).astimezone(UTC)


async def _first_resolved(session: AsyncSession, workspace_id: str) -> datetime | None:
    first = select(func.min(Resolution.resolved_at)).where(Resolution.workspace_id == workspace_id)
    found = ((await session.exec(first)).one(), await erased_counts.first(session, workspace_id))
    return min((each for each in found if each), default=None)


def _midnight_after(moment: datetime, zone: ZoneInfo) -> datetime:
    tomorrow = moment.astimezone(zone).date() + timedelta(days=1)
    return datetime.combine(tomorrow, time(), zone).astimezone(UTC)


async def _claimed(session: AsyncSession, workspace_id: str, since: datetime, until: datetime, zone: ZoneInfo) -> bool:
    """Whether this process is the one that keeps the day; a rival waits for its commit or rollback."""
    connection = await session.connection()
    day = since.astimezone(zone).date().isoformat()
    values = {"workspace_id": workspace_id, "since": since, "until": until, "day": day, "settled_at": now()}
    return (await connection.execute(_SETTLE, values)).first() is not None


def _keep(session: AsyncSession, workspace_id: str, since: datetime, counted: Sequence[Ended]) -> None:
    for each in counted:
        counts = {name: getattr(each.counts, name) for name in COUNTS}
        key = {"workspace_id": workspace_id, "since": since, "topic": each.topic, "arm": each.arm}
        session.add(DayTally(**key, offered=each.offered, **counts))


async def recount(session: AsyncSession, workspace_id: str, moment: datetime) -> None:
    """Count the day of a moment anew, if it is settled: something in it has changed after all."""
    await session.flush()
    found = (
        await session.exec(
            select(SettledDay)
            .where(SettledDay.workspace_id == workspace_id, SettledDay.since <= moment)
            .order_by(col(SettledDay.since).desc())
            .limit(1)
        )
    ).first()
    if found is None or found.until <= moment:
        return
    await workspaces.hold(session, workspace_id)
    await session.exec(
        delete(DayTally).where(col(DayTally.workspace_id) == workspace_id, col(DayTally.since) == found.since)
    )
    counted = await resolutions.ended(session, workspace_id, found.since, found.until)
    _keep(session, workspace_id, found.since, counted)


async def forget(session: AsyncSession, workspace_id: str, since: datetime) -> None:
    """Let the days from a moment on be counted anew: history was written into them."""
    wanted = select(func.min(SettledDay.since)).where(
        SettledDay.workspace_id == workspace_id, col(SettledDay.until) > since
    )
    first = (await session.exec(wanted)).one_or_none()
    if first is None:
        return
    for table in (DayTally, SettledDay):
        await session.exec(delete(table).where(col(table.workspace_id) == workspace_id, col(table.since) >= first))


async def rename_topic(session: AsyncSession, workspace_id: str, old: str, new: str) -> None:
    """Count what one topic has under the name of another, which may have counts of its own."""
    await session.exec(
        update(Resolution)
        .where(col(Resolution.workspace_id) == workspace_id, col(Resolution.topic) == old)
        .values(topic=new)
    )
    await erased_counts.rename_topic(session, workspace_id, old, new)
    await workspaces.hold(session, workspace_id)  # after the resolutions, as whoever takes one back
    of_old = (col(DayTally.workspace_id) == workspace_id, col(DayTally.topic) == old)
    added = ", ".join(f"{name} = day_tally.{name} + excluded.{name}" for name in COUNTS)
    names = ", ".join(COUNTS)
    connection = await session.connection()
    await connection.execute(
        text(
            f"INSERT INTO day_tally (workspace_id, since, topic, arm, offered, {names}) "  # noqa: S608 - constants
            f"SELECT workspace_id, since, :new, arm, offered, {names} FROM day_tally "
            "WHERE workspace_id = :workspace_id AND topic = :old "
            f"ON CONFLICT (workspace_id, since, topic, arm, offered) DO UPDATE SET {added}"
        ),
        {"workspace_id": workspace_id, "old": old, "new": new},
    )
    await session.exec(delete(DayTally).where(*of_old))
