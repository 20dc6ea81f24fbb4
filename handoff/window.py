"""Stretches of local time that a report is about."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from pydantic import AwareDatetime, BaseModel, ConfigDict


class Window(BaseModel):
    """From `since`, included, to `until`, not included."""

    model_config = ConfigDict(frozen=True)

    since: AwareDatetime
    until: AwareDatetime


def days(first: date, last: date, time_zone: str) -> Window:
    """The days from `first` to `last`, both included, as clocks in `time_zone` (such as "Europe/Berlin") count them.

    A day on which the clocks change has 23 or 25 hours, so the window is measured in days, never in hours.

    Raises:
        ValueError: when `last` lies before `first`.
    """
    if last < first:
        raise ValueError(f"The last day, {last}, lies before the first, {first}.")
    return Window(since=_midnight(first, time_zone), until=_midnight(last + timedelta(days=1), time_zone))


def last_full_week(now: datetime, time_zone: str) -> Window:
    """The newest Monday to Sunday that had ended by `now` in `time_zone`."""
    today = now.astimezone(ZoneInfo(time_zone)).date()
    monday = today - timedelta(days=today.weekday())
    return days(monday - timedelta(days=7), monday - timedelta(days=1), time_zone)


def _midnight(day: date, time_zone: str) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(time_zone))
