"""When reports are due, across changes of the clocks, and which days they are about."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from handoff.due import Due, Every, Rhythm

BERLIN, NEW_YORK, LORD_HOWE, NUUK = "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "America/Nuuk"


def rhythm(every: str, at: str = "09:00", zone: str = BERLIN, day: str = "") -> Rhythm:
    usual = {"day": "", "week": "mon", "month": "1"}[every]
    return Rhythm(Every(every), time.fromisoformat(at), zone, day or usual)


def moment(written: str) -> datetime:
    return datetime.fromisoformat(written).astimezone(UTC)


@pytest.mark.parametrize(
    ("zone", "at", "day", "expected"),
    [
        # Berlin: 02:00 becomes 03:00 on 29 March, 03:00 becomes 02:00 on 25 October 2026.
        (BERLIN, "09:00", "2026-03-28", "2026-03-28T08:00Z"),
        (BERLIN, "09:00", "2026-03-29", "2026-03-29T07:00Z"),
        (BERLIN, "01:59", "2026-03-29", "2026-03-29T00:59Z"),
        (BERLIN, "02:30", "2026-03-29", "2026-03-29T01:30Z"),  # skipped: clocks show 03:30
        (BERLIN, "03:00", "2026-03-29", "2026-03-29T01:00Z"),
        (BERLIN, "02:30", "2026-10-25", "2026-10-25T00:30Z"),  # shown twice: the first
        (BERLIN, "03:00", "2026-10-25", "2026-10-25T02:00Z"),
        # New York: 8 March and 1 November 2026.
        (NEW_YORK, "02:30", "2026-03-08", "2026-03-08T07:30Z"),  # skipped: clocks show 03:30
        (NEW_YORK, "01:30", "2026-11-01", "2026-11-01T05:30Z"),  # shown twice: the first
        (NEW_YORK, "09:00", "2026-11-01", "2026-11-01T14:00Z"),
        # Lord Howe changes by half an hour: 5 April (02:00 becomes 01:30) and 4 October 2026 (02:00 becomes 02:30).
        (LORD_HOWE, "01:45", "2026-04-05", "2026-04-04T14:45Z"),  # shown twice: the first
        (LORD_HOWE, "02:00", "2026-04-05", "2026-04-04T15:30Z"),
        (LORD_HOWE, "02:15", "2026-10-04", "2026-10-03T15:45Z"),  # skipped: clocks show 02:45
        (LORD_HOWE, "02:30", "2026-10-04", "2026-10-03T15:30Z"),
        ("UTC", "02:30", "2026-03-29", "2026-03-29T02:30Z"),
        # Nuuk skips the last hour of 28 March: that day's report comes after midnight, and is still that day's.
        (NUUK, "23:30", "2026-03-28", "2026-03-29T01:30Z"),
    ],
)
def test_a_local_day_has_one_moment_whatever_its_clocks_do(zone: str, at: str, day: str, expected: str) -> None:
    due = Due(date.fromisoformat(day), moment(expected))
    daily = rhythm("day", at, zone)
    assert daily.last(due.moment) == due
    assert daily.next(due.moment - timedelta(microseconds=1)) == due
    assert daily.last(due.moment - timedelta(microseconds=1)).day == due.day - timedelta(days=1)
    assert daily.next(due.moment).day == due.day + timedelta(days=1)


@pytest.mark.parametrize("zone", [BERLIN, NEW_YORK, LORD_HOWE, NUUK, "UTC", "Pacific/Auckland", "Africa/Casablanca"])
@pytest.mark.parametrize("at", ["00:00", "01:45", "02:30", "09:00", "23:30"])
def test_over_two_years_every_day_is_due_once_and_in_order(zone: str, at: str) -> None:
    daily = rhythm("day", at, zone)
    now, seen = datetime(2026, 1, 1, 12, tzinfo=UTC), list[Due]()
    while now < datetime(2028, 1, 1, 12, tzinfo=UTC):
        last, following = daily.last(now), daily.next(now)
        assert last.moment <= now < following.moment
        assert following.day - last.day == timedelta(days=1)
        if not seen or seen[-1] != last:
            seen.append(last)
        now += timedelta(hours=1)
    assert len(seen) == 731
    assert all(after.day - before.day == timedelta(days=1) for before, after in pairwise(seen))


@pytest.mark.parametrize("every", ["week", "month"])
@pytest.mark.parametrize("zone", [BERLIN, LORD_HOWE, NUUK])
def test_weeks_and_months_are_reported_one_after_the_other_without_a_gap(every: str, zone: str) -> None:
    days = {"week": ["mon", "thu", "sun"], "month": ["1", "15", "28", "last"]}[every]
    for day in days:
        regular = rhythm(every, "02:15", zone, day)
        due = regular.next(moment("2026-01-01T00:00Z"))
        while due.day.year < 2029:
            following = regular.next(due.moment)
            assert regular.last(due.moment) == due
            assert regular.last(following.moment - timedelta(seconds=1)) == due
            assert regular.reported(following)[0] == regular.reported(due)[1] + timedelta(days=1)
            due = following


@pytest.mark.parametrize(
    ("every", "day", "falls_on", "first", "last"),
    [
        ("day", "", "2026-03-01", "2026-02-28", "2026-02-28"),
        ("day", "", "2028-03-01", "2028-02-29", "2028-02-29"),
        ("day", "", "2027-01-01", "2026-12-31", "2026-12-31"),
        ("week", "mon", "2026-11-23", "2026-11-16", "2026-11-22"),
        ("week", "sun", "2026-11-29", "2026-11-16", "2026-11-22"),
        ("week", "fri", "2027-01-01", "2026-12-21", "2026-12-27"),
        ("month", "1", "2026-03-01", "2026-02-01", "2026-02-28"),
        ("month", "1", "2028-03-01", "2028-02-01", "2028-02-29"),
        ("month", "15", "2027-01-15", "2026-12-01", "2026-12-31"),
        ("month", "last", "2026-02-28", "2026-01-01", "2026-01-31"),
        ("month", "last", "2028-02-29", "2028-01-01", "2028-01-31"),
        ("month", "last", "2026-12-31", "2026-11-01", "2026-11-30"),
    ],
)
def test_a_report_is_about_the_last_full_day_week_or_month(
    every: str, day: str, falls_on: str, first: str, last: str
) -> None:
    regular = rhythm(every, day=day)
    due = regular.last(datetime.fromisoformat(f"{falls_on}T12:00").replace(tzinfo=ZoneInfo(BERLIN)))
    assert due.day == date.fromisoformat(falls_on)
    assert regular.reported(due) == (date.fromisoformat(first), date.fromisoformat(last))


def test_a_monthly_report_keeps_to_its_day() -> None:
    on_the_last = rhythm("month", day="last")
    due, fallen = on_the_last.next(moment("2027-12-31T12:00Z")), list[str]()
    for _ in range(4):
        fallen.append(due.day.isoformat())
        due = on_the_last.next(due.moment)
    assert fallen == ["2028-01-31", "2028-02-29", "2028-03-31", "2028-04-30"]


@pytest.mark.parametrize("at", ["00:00", "07:30", "23:30"])
def test_a_day_that_a_zone_skips_brings_no_daily_report_and_costs_none(at: str) -> None:
    daily = rhythm("day", at, "Pacific/Apia")  # no 30 December 2011, for Samoa moved across the date line
    due, told = daily.next(moment("2011-12-28T23:45-10:00")), dict[str, str]()
    while due.day < date(2012, 1, 2):
        assert daily.last(due.moment) == due
        told[due.day.isoformat()] = daily.reported(due)[0].isoformat()
        due = daily.next(due.moment)
    assert told == {"2011-12-29": "2011-12-28", "2011-12-31": "2011-12-29", "2012-01-01": "2011-12-31"}


def test_far_from_greenwich_the_local_day_counts() -> None:
    assert rhythm("week", zone="Pacific/Auckland").last(moment("2026-11-22T20:30Z")).day == date(2026, 11, 23)
    assert rhythm("week", zone="America/Los_Angeles").last(moment("2026-11-23T16:30Z")).day == date(2026, 11, 16)


@pytest.mark.parametrize(("every", "hours"), [("day", 24), ("week", 6 * 24), ("month", 10 * 24)])
def test_what_was_missed_for_too_long_is_left_out(every: str, hours: int) -> None:
    regular = rhythm(every)
    due = regular.last(moment("2026-11-26T12:00Z"))
    assert not regular.is_late(due, due.moment + timedelta(hours=hours))
    assert regular.is_late(due, due.moment + timedelta(hours=hours, seconds=1))


@pytest.mark.parametrize(
    ("every", "day"),
    [
        ("day", "mon"),
        *(("week", day) for day in ("", "1", "monday", "Mon")),
        *(("month", day) for day in ("0", "29", "31", "-1", "1.5", "mon", "Last", "²")),
    ],
)
def test_a_day_that_is_none_is_refused(every: str, day: str) -> None:
    with pytest.raises(ValueError, match=r"day of a|has no day"):
        Rhythm(Every(every), time(9), BERLIN, day)
