"""When the desk is open: seconds of open desk between two moments, across nights, holidays and changed clocks. Pure.

Moments are seconds since 1970 (UTC), so that many thousands can be asked about at once. Work is done by day and by
change of the clocks, never by minute.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
EXAMPLE = 'such as "09:00-17:30", or a list of such spans for a day with a break'
DAY = 86_400
FIRST_DAY = date(1970, 1, 1).toordinal()
THURSDAY = 3
"""The weekday of the first day."""

_SPAN = re.compile(r"\s*(\d{1,2}):(\d{2})\s*[-–]\s*(\d{1,2}):(\d{2})\s*")


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a day, in minutes after local midnight; `closes` is not included and at most 1440."""

    opens: int
    closes: int

    def __str__(self) -> str:
        return f"{_clock(self.opens)}-{_clock(self.closes)}"


@dataclass(frozen=True, slots=True)
class BusinessHours:
    """The hours of a desk: the spans of each weekday, Monday first, as clocks in its time zone show them."""

    week: tuple[tuple[Span, ...], ...]
    time_zone: str
    holidays: frozenset[date] = frozenset()
    """Days on which the desk stays closed."""

    def between(self, since: float, until: float) -> "Openings":
        """The stretches in which the desk is open from `since` to `until`, both in seconds since 1970."""
        opens: list[float] = []
        closes: list[float] = []
        for start, end, offset in _steady(ZoneInfo(self.time_zone), since, until):
            for first, last in self._local(start + offset, end + offset):
                opens.append(first - offset)
                closes.append(last - offset)
        return Openings.of(opens, closes)

    def _local(self, start: float, end: float) -> Iterator[tuple[float, float]]:
        """The spans within a stretch of local seconds in which no clock changes."""
        for day in range(int(start // DAY), int(end // DAY) + 1):
            if date.fromordinal(FIRST_DAY + day) in self.holidays:
                continue
            for span in self.week[(day + THURSDAY) % 7]:
                first, last = max(start, day * DAY + span.opens * 60), min(end, day * DAY + span.closes * 60)
                if first < last:
                    yield first, last

    def __str__(self) -> str:
        days = [", ".join(map(str, spans)) or "closed" for spans in self.week]
        told: list[str] = []
        start = 0
        for index in range(1, len(days) + 1):
            if index == len(days) or days[index] != days[start]:
                name = WEEKDAYS[start] if index - start == 1 else f"{WEEKDAYS[start]}-{WEEKDAYS[index - 1]}"
                told += [] if days[start] == "closed" else [f"{name} {days[start]}"]
                start = index
        return "; ".join(told)


@dataclass(frozen=True, slots=True)
class Openings:
    """The stretches in which a desk is open, one after the other, in seconds since 1970."""

    opens: tuple[float, ...]
    closes: tuple[float, ...]
    before: tuple[float, ...]
    """The seconds of open desk before each."""

    @classmethod
    def of(cls, opens: Sequence[float], closes: Sequence[float]) -> "Openings":
        """From when each opens and closes."""
        before = [0.0]
        for start, end in zip(opens, closes, strict=True):
            before.append(before[-1] + end - start)
        return cls(tuple(opens), tuple(closes), tuple(before[:-1]))

    def is_open(self, moment: float) -> bool:
        """Whether the desk is open at this moment."""
        place = bisect_right(self.opens, moment) - 1
        return place >= 0 and moment < self.closes[place]

    def seconds(self, since: float, until: float) -> float:
        """The seconds of open desk between two moments; 0 when the second is not the later one."""
        return max(0.0, self._until(until) - self._until(since))

    def _until(self, moment: float) -> float:
        place = bisect_right(self.opens, moment) - 1
        return self.before[place] + min(moment, self.closes[place]) - self.opens[place] if place >= 0 else 0.0


def week_of(days: Mapping[str, Sequence[str]]) -> tuple[tuple[Span, ...], ...]:
    """The week from what is written of its days, such as {"mon": ["09:00-12:00", "13:00-17:30"]}.

    Raises:
        ValueError: when something written is no span, ends before it begins, or overlaps another; it says what to
            write.
    """
    return tuple(_day(name, days.get(name, ())) for name in WEEKDAYS)


def _day(name: str, written: Sequence[str]) -> tuple[Span, ...]:
    spans = sorted((_span(name, each) for each in written), key=lambda span: span.opens)
    for earlier, later in pairwise(spans):
        if later.opens < earlier.closes:
            raise ValueError(f"{name} has {earlier} and {later}, which overlap. Write each hour once.")
    return tuple(spans)


def _span(name: str, written: str) -> Span:
    found = _SPAN.fullmatch(written)
    if found is None:
        raise ValueError(f'{name} has "{written}", which is no span of time. Write one {EXAMPLE}.')
    from_hour, from_minute, to_hour, to_minute = map(int, found.groups())
    opens, closes = from_hour * 60 + from_minute, to_hour * 60 + to_minute
    if max(from_minute, to_minute) > 59 or opens >= 24 * 60 or closes > 24 * 60:  # noqa: PLR2004 - a clock
        raise ValueError(f'{name} has "{written}", which no clock shows. Write hours from 00:00 to 24:00, {EXAMPLE}.')
    if closes <= opens:
        raise ValueError(
            f'{name} has "{written}", which ends before it begins. Hours that go past midnight belong to two days: '
            f'write "{_clock(opens)}-24:00" for this one and "00:00-{_clock(closes)}" for the next.'
        )
    return Span(opens, closes)


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def _steady(zone: ZoneInfo, since: float, until: float) -> Iterator[tuple[float, float, float]]:
    """Cut a stretch at the changes of the clocks: start, end, and the offset from UTC in between, all in seconds."""
    start, offset = since, _offset(zone, since)
    at = since
    while at < until:
        following = min(at + DAY, until)
        if _offset(zone, following) == offset:
            at = following
            continue
        change = _change(zone, int(at), int(following) + 1, offset)
        if change >= until:
            break
        if change > start:
            yield start, change, offset
        start, offset = change, _offset(zone, change)
        at = max(at, change)
    if start < until:
        yield start, until, offset


def _change(zone: ZoneInfo, before: int, after: int, offset: float) -> float:
    """The second at which the clocks leave this offset, between one moment that has it and one that has not."""
    while after - before > 1:
        middle = (before + after) // 2
        if _offset(zone, middle) == offset:
            before = middle
        else:
            after = middle
    return float(after)


def _offset(zone: ZoneInfo, moment: float) -> float:
    away = datetime.fromtimestamp(moment, UTC).astimezone(zone).utcoffset()
    return away.total_seconds() if away else 0.0
