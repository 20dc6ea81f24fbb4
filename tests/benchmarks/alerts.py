"""Alerts between reports: false alarms a year in every series, and days until a change of .15 is noticed.

The product's own code reads simulated days of a usual desk. Beside it stands the rule of thumb, on the same days: an
alert when the share of this week, or of this day, is outside the 95 % interval around the usual one on its bad side.
"""

import math
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from datetime import date
from random import Random

from handoff import alerts
from handoff.alerts import Rise, SeriesState
from handoff.usual import LAG_DAYS, Day
from handoff.watches import FALSE_ALARMS_A_YEAR, WATCHES, Kind
from tests.benchmarks.rows import Row, median, percentile

NAME = "alerts"
PATH_YEARS = 5
PATHS, QUICK_PATHS = 20, 4
CHANGES, QUICK_CHANGES = 100, 30
WARM_DAYS, YEAR = 60, 365
CHANGE_AFTER, PATIENCE_DAYS = 200, 180
RISE = 0.15
MOST_DAYS = 14
FIRST = date(2026, 1, 5).toordinal()
VOLUME = (1.25, 1.2, 1.15, 1.15, 1.1, 0.6, 0.55)
"""How many outcomes a weekday has beside the mean day, from Monday on."""
TOPICS = (0.5, 0.3, 0.2)
Z = 1.96
NAIVE_DAYS = 182


@dataclass(frozen=True, slots=True)
class World:
    """How the days of a desk differ."""

    name: str
    weekend: float = 0.05
    """How much larger shares of bad outcomes are at weekends."""
    correlation: float = 0.0
    """Of two outcomes of one day."""
    wander: float = 0.0
    """The standard deviation by which a share strays over months."""


EVEN = World("even days", weekend=0.0)
USUAL = World("mildly uneven days", correlation=0.02)
WANDERING = World("shares that stray by .03", correlation=0.02, wander=0.03)


@dataclass(frozen=True, slots=True)
class Series:
    """One series of a usual desk."""

    kind: Kind
    a_week: float
    bad: float
    topic: int | None = None
    """Its place in `TOPICS`."""

    @property
    def title(self) -> str:
        """As rows name it."""
        return self.kind.value if self.topic is None else f"{self.kind.value}, topic {self.topic + 1}"

    @property
    def rate(self) -> float:
        """The false alarms a year that it is allowed."""
        watch = WATCHES[self.kind]
        return watch.false_alarms if self.topic is None else watch.in_topics / len(TOPICS)


WHOLE = (
    Series(Kind.RATINGS, 60, 0.15),
    Series(Kind.HANDOFFS, 150, 0.35),
    Series(Kind.ANSWERS, 130, 0.54),
    Series(Kind.MODEL, 250, 0.004),
    Series(Kind.DELIVERY, 130, 0.002),
)
ALL = WHOLE + tuple(
    replace(each, a_week=each.a_week * share, topic=number)
    for each in WHOLE
    if WATCHES[each.kind].in_topics
    for number, share in enumerate(TOPICS)
)


def played(series: Series, world: World, days: int, chance: Random, *, change_at: int = 10**9) -> Iterator[list[bool]]:
    """The outcomes of each day."""
    stray, outage = 0.0, series.kind in (Kind.MODEL, Kind.DELIVERY)
    for number in range(days):
        weekday = (FIRST + number - 1) % 7
        stray += -stray / 60 + chance.gauss(0, world.wander * math.sqrt(2 / 60))
        share = series.bad + (RISE if number >= change_at else 0)
        if not outage:
            share = min(max(share + (world.weekend if weekday in (5, 6) else 0) + stray, 0.01), 0.97)
        if world.correlation and not outage:
            weight = 1 / world.correlation - 1
            share = chance.betavariate(share * weight, (1 - share) * weight)
        count = _poisson(series.a_week / 7 * VOLUME[weekday], chance)
        yield [chance.random() < share for _ in range(count)]


def _poisson(mean: float, chance: Random) -> int:
    """Source: D. E. Knuth, "The Art of Computer Programming" 2, 3.4.1; good for small means."""
    least, product, count = math.exp(-mean), chance.random(), 0
    while product > least:
        product, count = product * chance.random(), count + 1
    return count


@dataclass(frozen=True, slots=True)
class Noticed:
    """The days of a path on which each rule raised an alert."""

    product: list[int]
    weekly: list[int]
    daily: list[int]


def watched(series: Series, world: World, days: int, seed: int, change_at: int = 10**9) -> Noticed:
    """Let the product and the rules of thumb read one path."""
    noticed, state, tallies = Noticed([], [], []), SeriesState(), list[Day]()
    path = played(series, world, days, Random(seed), change_at=change_at)
    for number, outcomes in enumerate(path):
        day = FIRST + number
        state, events = alerts.advance(state, WATCHES[series.kind], day, outcomes, rate=series.rate)
        if any(isinstance(event, Rise) for event in events):
            noticed.product.append(number)
        tallies.append(Day(day, len(outcomes), sum(outcomes)))
        if number % 7 == 6 and _outside(tallies, 7):
            noticed.weekly.append(number)
        if _outside(tallies, 1):
            noticed.daily.append(number)
        if change_at <= number and all(
            (found and found[-1] >= change_at) for found in (noticed.product, noticed.weekly)
        ):
            break
    return noticed


def _outside(tallies: list[Day], last: int) -> bool:
    """Whether the last days have more bad outcomes than the 95 % interval around the usual share has room for."""
    before = tallies[max(0, len(tallies) - NAIVE_DAYS - LAG_DAYS) : -LAG_DAYS]
    seen, bad = sum([each.seen for each in before]), sum([each.bad for each in before])
    now = tallies[-last:]
    count, wrong = sum(each.seen for each in now), sum(each.bad for each in now)
    if len(before) < LAG_DAYS or not seen or not count:
        return False
    usual = bad / seen
    return wrong / count > usual + Z * math.sqrt(usual * (1 - usual) / count)


def _quiet(task: tuple[Series, World, int]) -> tuple[int, int, int]:
    """False alarms of one path of some years: the product's, and those of the two rules of thumb."""
    series, world, seed = task
    found = watched(series, world, WARM_DAYS + PATH_YEARS * YEAR, seed)
    return len(found.product), len(found.weekly), len(found.daily)


def _changed(task: tuple[Series, World, int]) -> tuple[float, float, float]:
    """Days from a change until each rule notices it; as many as anybody waits when it does not."""
    series, world, seed = task
    at = CHANGE_AFTER + seed % 7
    found = watched(series, world, at + PATIENCE_DAYS, seed, at)
    first = (
        next((day - at + 1.0 for day in days if day >= at), float(PATIENCE_DAYS))
        for days in (found.product, found.weekly, found.daily)
    )
    product, weekly, daily = first
    return product, weekly, daily


async def run(progress: Callable[[str], None], quick: bool) -> list[Row]:
    """Simulate years in which nothing changes, and changes of .15."""
    paths, changes = (QUICK_PATHS, QUICK_CHANGES) if quick else (PATHS, CHANGES)
    rows: list[Row] = []
    with ProcessPoolExecutor(2) as pool:
        for world in (USUAL,) if quick else (EVEN, USUAL):
            progress(f"{paths * PATH_YEARS} years of {world.name}")
            found = [
                list(pool.map(_quiet, [(series, world, 1_000 * place + seed) for seed in range(paths)]))
                for place, series in enumerate(ALL)
            ]
            rows += _false_alarms(world, found, paths * PATH_YEARS, each_holds=not quick)
        if not quick:
            progress(f"{paths * PATH_YEARS} years of {WANDERING.name}")
            stray = [
                list(pool.map(_quiet, [(series, WANDERING, 7_000 * place + seed) for seed in range(paths)]))
                for place, series in enumerate(WHOLE[:2])
            ]
            for series, alarms in zip(WHOLE, stray, strict=False):
                rate = round(sum(product for product, _, _ in alarms) / (paths * PATH_YEARS), 3)
                title = f"{series.title}, {WANDERING.name}: false alarms"
                rows.append(Row(NAME, title, rate, "a year", f"stated {series.rate:g} for shares that stay"))
        for series, word in ((WHOLE[0], "fall of ratings"), (WHOLE[1], "rise of handoffs")):
            progress(f"{changes} times a {word}")
            delays = list(pool.map(_changed, [(series, USUAL, 90_000 + seed) for seed in range(changes)]))
            rows += _delays(word, delays)
    return rows


def _false_alarms(world: World, found: list[list[tuple[int, int, int]]], years: int, *, each_holds: bool) -> list[Row]:
    rows: list[Row] = []
    totals = [0, 0, 0]
    for series, alarms in zip(ALL, found, strict=True):
        counts = [sum(each[rule] for each in alarms) for rule in range(3)]
        totals = [total + count for total, count in zip(totals, counts, strict=True)]
        product, weekly, daily = (count / years for count in counts)
        naive = f"weekly interval {weekly:.2f}, daily {daily:.1f}"
        holds = product <= series.rate if each_holds else None
        title = f"{series.title}, {world.name}: false alarms"
        target = f"<= {series.rate:.3g}" if each_holds else ""
        rows.append(Row(NAME, title, round(product, 3), f"a year of {years}", naive, target, holds))
    product, weekly, daily = (total / years for total in totals)
    stated = FALSE_ALARMS_A_YEAR
    title = f"all {len(ALL)} series, {world.name}: false alarms"
    naive = f"weekly interval {weekly:.1f}, daily {daily:.0f}"
    rows.append(Row(NAME, title, round(product, 3), f"a year of {years}", naive, f"<= {stated:g}", product <= stated))
    return rows


def _delays(word: str, delays: list[tuple[float, float, float]]) -> list[Row]:
    product, weekly, daily = (list(each) for each in zip(*delays, strict=True))
    middle = median(product)
    beside = f"weekly interval {median(weekly):.0f}, daily {median(daily):.0f}"
    return [
        Row(NAME, f"{word} of {RISE}: median", middle, "days", beside, f"<= {MOST_DAYS}", middle <= MOST_DAYS),
        Row(NAME, f"{word} of {RISE}: nine in ten within", percentile(product, 0.9), "days"),
    ]
