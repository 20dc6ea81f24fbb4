"""Open seconds against a plain count of minutes, and what is said of hours that cannot be."""

from datetime import UTC, date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest

from handoff.business_hours import WEEKDAYS, BusinessHours, Span, week_of
from tests.swiftness import stretched, takes

BERLIN = "Europe/Berlin"
OFFICE = week_of({day: ["09:00-17:30"] for day in WEEKDAYS[:5]})


def seconds(text: str, zone: str = BERLIN) -> float:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).timestamp()


def open_between(hours: BusinessHours, since: float, until: float) -> float:
    return hours.between(since - 5, until + 5).seconds(since, until)


def by_the_minute(hours: BusinessHours, since: float, until: float) -> float:
    """Look at the clock on the wall once a minute; moments are whole minutes."""
    zone, total = ZoneInfo(hours.time_zone), 0
    for moment in range(int(since), int(until), 60):
        local = datetime.fromtimestamp(moment, UTC).astimezone(zone)
        minute = local.hour * 60 + local.minute
        spans = () if local.date() in hours.holidays else hours.week[local.weekday()]
        total += 60 * any(span.opens <= minute < span.closes for span in spans)
    return total


def test_nights_weekends_and_holidays_do_not_count() -> None:
    hours = BusinessHours(OFFICE, BERLIN, frozenset({date(2026, 11, 24)}))
    friday_to_monday = open_between(hours, seconds("2026-11-20T17:00"), seconds("2026-11-23T09:20"))
    assert friday_to_monday == (30 + 20) * 60
    assert open_between(hours, seconds("2026-11-23T17:30"), seconds("2026-11-25T09:00")) == 0
    assert open_between(hours, seconds("2026-11-25T09:00"), seconds("2026-11-26T09:00")) == 8.5 * 3600


def test_a_span_of_a_year_is_the_sum_of_its_days() -> None:
    hours = BusinessHours(OFFICE, BERLIN)
    assert open_between(hours, seconds("2026-01-01T00:00"), seconds("2027-01-01T00:00")) == 261 * 8.5 * 3600


def test_hours_around_a_change_of_the_clocks_are_as_long_as_they_are() -> None:
    night = BusinessHours(week_of({"sun": ["00:00-06:00"]}), BERLIN)
    spring, autumn = ("2026-03-29T00:00", "2026-03-29T12:00"), ("2026-10-25T00:00", "2026-10-25T12:00")
    assert open_between(night, *map(seconds, spring)) == 5 * 3600
    assert open_between(night, *map(seconds, autumn)) == 7 * 3600


def test_an_hour_that_the_clocks_leave_out_opens_at_the_next_and_one_that_comes_twice_counts_twice() -> None:
    early = BusinessHours(week_of({"sun": ["02:30-03:30"]}), BERLIN)
    assert open_between(early, seconds("2026-03-29T00:00"), seconds("2026-03-29T12:00")) == 30 * 60
    assert open_between(early, seconds("2026-10-25T00:00"), seconds("2026-10-25T12:00")) == 90 * 60


@pytest.mark.parametrize("zone", [BERLIN, "America/New_York", "Asia/Beirut", "Australia/Lord_Howe", "Asia/Kathmandu"])
def test_open_seconds_equal_a_count_of_minutes(zone: str) -> None:
    chance = Random(zone)
    for _ in range(40):
        days = {name: _spans(chance) for name in WEEKDAYS}
        # Weeks in which clocks change, in one of these zones or another, and weeks in which none does.
        first = chance.choice(["2026-03-05", "2026-03-26", "2026-04-02", "2026-10-01", "2026-10-22", "2026-06-11"])
        base = int(seconds(f"{first}T00:00", "UTC"))
        holiday = datetime.fromtimestamp(base, UTC).date() + timedelta(days=chance.randrange(6))
        hours = BusinessHours(week_of(days), zone, frozenset({holiday}))
        since = base + 60 * chance.randrange(3 * 1440)
        until = since + 60 * chance.randrange(4 * 1440)
        openings = hours.between(since, until)
        assert openings.seconds(since, until) == by_the_minute(hours, since, until), (days, since, until)
        moment = since + 60 * chance.randrange(1 + (until - since) // 60)
        if moment < until:
            assert openings.is_open(moment) == (by_the_minute(hours, moment, moment + 60) > 0)


def _spans(chance: Random) -> list[str]:
    ends = sorted(chance.sample(range(24 * 4 + 1), 2 * chance.choice([0, 1, 1, 2])))
    clocks = [f"{quarter // 4:02d}:{quarter % 4 * 15:02d}" for quarter in ends]
    return [f"{opens}-{closes}" for opens, closes in zip(clocks[::2], clocks[1::2], strict=True)]


def test_the_edges_open_with_the_first_second_and_close_with_the_last() -> None:
    openings = BusinessHours(OFFICE, BERLIN).between(seconds("2026-11-23T00:00"), seconds("2026-11-24T00:00"))
    moments = ("08:59:59", "09:00:00", "17:29:59", "17:30:00")
    assert [openings.is_open(seconds(f"2026-11-23T{each}")) for each in moments] == [False, True, True, False]


def test_moments_in_the_wrong_order_and_hours_that_are_never_open_give_nothing() -> None:
    hours = BusinessHours(OFFICE, BERLIN)
    assert open_between(hours, seconds("2026-11-25T12:00"), seconds("2026-11-24T12:00")) == 0
    closed = BusinessHours(week_of({}), BERLIN)
    assert open_between(closed, seconds("2026-11-02T00:00"), seconds("2026-12-02T00:00")) == 0
    assert not closed.between(0, 1e9).is_open(5e8)


def test_fifty_thousand_spans_over_three_years_take_no_time() -> None:
    hours = BusinessHours(OFFICE, BERLIN)
    since = seconds("2024-01-01T00:00")

    def counted() -> float:
        openings = hours.between(since, since + 3 * 365 * 86_400)
        return sum(openings.seconds(since + 1700 * number, since + 1700 * number + 90_000) for number in range(50_000))

    assert takes(counted, times=1) < stretched(2)


def test_a_day_may_have_breaks_and_reach_midnight() -> None:
    week = week_of({"mon": ["13:00-24:00", " 8:30 – 12:00 "]})
    assert week[0] == (Span(510, 720), Span(780, 1440))
    assert (
        str(BusinessHours(week_of({"mon": ["08:30-12:00", "13:00-24:00"]}), BERLIN)) == "mon 08:30-12:00, 13:00-24:00"
    )
    mixed = {"mon": ["09:00-17:00"], "tue": ["09:00-17:00"], "thu": ["09:00-17:00"], "sat": ["10:00-12:00"]}
    assert str(BusinessHours(week_of(mixed), BERLIN)) == "mon-tue 09:00-17:00; thu 09:00-17:00; sat 10:00-12:00"


@pytest.mark.parametrize(
    ("written", "told"),
    [
        (["9-17"], 'Write one such as "09:00-17:30"'),
        (["09:00-25:00"], "no clock shows"),
        (["09:75-10:00"], "no clock shows"),
        (["22:00-06:00"], 'write "22:00-24:00" for this one and "00:00-06:00" for the next'),
        (["09:00-09:00"], "ends before it begins"),
        (["09:00-12:00", "11:00-13:00"], "overlap"),
    ],
)
def test_hours_that_cannot_be_are_refused_with_what_to_write(written: list[str], told: str) -> None:
    with pytest.raises(ValueError, match=r"^mon has") as refused:
        week_of({"mon": written})
    assert told in str(refused.value)
