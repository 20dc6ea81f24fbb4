"""When a report is due, and which days it is then about: by the clocks of a time zone, across their changes.

A report falls on local days; each of them has one moment at which the report is due. A local time that the clocks skip
in spring is taken as if they had not, and of one that they show twice in autumn the first counts. A whole day that a
zone skips has no daily report and is in none. What a report is about follows from the local day alone, never from the
hour.
"""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from itertools import count
from zoneinfo import ZoneInfo

from handoff.business_hours import WEEKDAYS

LAST_DAY = "last"
LATEST_DAY_OF_MONTH = 28
"""The last one that every month has."""
ONE_DAY = timedelta(days=1)


class Every(StrEnum):
    """What a report is about: the local day before, the last full Monday to Sunday, the last full month."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


CAUGHT_UP_WITHIN = {Every.DAY: ONE_DAY, Every.WEEK: timedelta(days=6), Every.MONTH: timedelta(days=10)}
"""A report missed for longer is left out: the next one is near, or nobody waits for it any more."""


@dataclass(frozen=True, slots=True)
class Due:
    """A local day on which a report falls, and the moment at which it is due, in UTC."""

    day: date
    moment: datetime


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How often a report comes, and when.

    Args:
        every: what it is about.
        at: the local time.
        time_zone: such as "Europe/Berlin".
        day: of a weekly report mon, tue, wed, thu, fri, sat or sun (never a number, for crontab and APScheduler count
            them differently); of a monthly one 1 to 28, or "last"; of a daily one empty.

    Raises:
        ValueError: for any other day.
    """

    every: Every
    at: time
    time_zone: str
    day: str = ""

    def __post_init__(self) -> None:
        if told := _wrong_day(self.every, self.day):
            raise ValueError(told)

    def last(self, moment: datetime) -> Due:
        """The newest one that was due by `moment`."""
        today = self._local(moment).date()
        return next(due for due in self._falling(today, -1) if due.moment <= moment)

    def next(self, moment: datetime) -> Due:
        """The first one that is due after `moment`."""
        # From yesterday on: a time skipped before midnight is made up for after it.
        yesterday = self._local(moment).date() - ONE_DAY
        return next(due for due in self._falling(yesterday, 1) if due.moment > moment)

    def reported(self, due: Due) -> tuple[date, date]:
        """The first and the last day that a report is about which falls on this day."""
        match self.every:
            case Every.DAY:
                before = (due.day - ONE_DAY * back for back in count(1))
                return self.around(next(day for day in before if not self._skipped(day)))
            case Every.WEEK:
                return self.around(due.day - 7 * ONE_DAY)
            case Every.MONTH:
                return self.around(due.day.replace(day=1) - ONE_DAY)

    def around(self, day: date) -> tuple[date, date]:
        """The first and the last day of the day, week or month that holds this one."""
        match self.every:
            case Every.DAY:
                return day, day
            case Every.WEEK:
                monday = day - day.weekday() * ONE_DAY
                return monday, monday + 6 * ONE_DAY
            case Every.MONTH:
                return day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1])

    def is_late(self, due: Due, moment: datetime) -> bool:
        """Whether it is too late at `moment` to catch up on what was due then."""
        return moment - due.moment > CAUGHT_UP_WITHIN[self.every]

    def _falling(self, start: date, step: int) -> Iterator[Due]:
        zone = ZoneInfo(self.time_zone)
        for distance in count():
            day = start + timedelta(days=step * distance)
            if self._falls_on(day):
                # In UTC, for two moments of one zone would be compared by their wall clocks.
                yield Due(day, datetime.combine(day, self.at, zone).astimezone(UTC))

    def _falls_on(self, day: date) -> bool:
        match self.every:
            case Every.DAY:
                return not self._skipped(day)
            case Every.WEEK:
                return WEEKDAYS[day.weekday()] == self.day
            case Every.MONTH if self.day == LAST_DAY:
                return (day + ONE_DAY).day == 1
            case Every.MONTH:
                return day.day == int(self.day)

    def _skipped(self, day: date) -> bool:
        """Whether the zone never had this day, as Samoa no 30 December 2011, when it moved across the date line."""
        zone = ZoneInfo(self.time_zone)
        began, ended = (datetime.combine(each, time(), zone).astimezone(UTC) for each in (day, day + ONE_DAY))
        return began == ended

    def _local(self, moment: datetime) -> datetime:
        return moment.astimezone(ZoneInfo(self.time_zone))


def _wrong_day(every: Every, day: str) -> str:
    """Why this is no day of a report, in words; empty when it is one."""
    match every:
        case Every.DAY:
            return f"A daily report has no day, but {day!r} is given." if day else ""
        case Every.WEEK:
            known = ", ".join(WEEKDAYS)
            return "" if day in WEEKDAYS else f"The day of a weekly report is one of {known}, not {day!r}."
        case Every.MONTH:
            numbered = day.isascii() and day.isdigit() and 1 <= int(day) <= LATEST_DAY_OF_MONTH
            known = f'1 to {LATEST_DAY_OF_MONTH} or "{LAST_DAY}"'
            return "" if numbered or day == LAST_DAY else f"The day of a monthly report is {known}, not {day!r}."
