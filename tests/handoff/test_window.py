"""Weeks are counted in local days, so a week with a change of the clocks is an hour shorter or longer."""

from datetime import UTC, date, datetime, timedelta

import pytest

from handoff import window
from handoff.window import Window


def hours(stretch: Window) -> float:
    return (stretch.until.astimezone(UTC) - stretch.since.astimezone(UTC)) / timedelta(hours=1)


@pytest.mark.parametrize(
    ("now", "monday", "long"),
    [
        ("2026-11-23T08:00Z", "2026-11-15T23:00+00:00", 168),
        ("2026-10-26T08:00Z", "2026-10-18T22:00+00:00", 169),
        ("2026-03-30T07:00Z", "2026-03-22T23:00+00:00", 167),
    ],
)
def test_the_last_full_week_ends_on_the_newest_local_monday(now: str, monday: str, long: int) -> None:
    week = window.last_full_week(datetime.fromisoformat(now), "Europe/Berlin")
    assert week.since.astimezone(UTC).isoformat(timespec="minutes") == monday
    assert hours(week) == long


def test_late_on_sunday_the_week_is_not_over_but_on_the_local_monday_it_is() -> None:
    sunday_utc = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)
    assert window.last_full_week(sunday_utc, "UTC").until.date() == date(2026, 11, 16)
    assert window.last_full_week(sunday_utc, "Europe/Berlin").until.date() == date(2026, 11, 23)


def test_weeks_follow_each_other_without_gap_or_overlap_over_two_years() -> None:
    moment, before = datetime(2026, 1, 5, 12, tzinfo=UTC), None
    for _ in range(105):
        week = window.last_full_week(moment, "America/New_York")
        assert before is None or week.since == before.until
        before, moment = week, moment + timedelta(days=7)


def test_days_include_the_last_and_must_not_run_backwards() -> None:
    assert hours(window.days(date(2026, 11, 16), date(2026, 11, 16), "UTC")) == 24
    with pytest.raises(ValueError, match="lies before"):
        window.days(date(2026, 11, 17), date(2026, 11, 16), "UTC")
