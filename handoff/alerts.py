"""Notices between reports that something got worse: a share of bad outcomes rose above what is usual. Pure.

Each series is read one outcome after the other by a *Shiryaev-Roberts* detector, as promises are (`handoff.monitor`):
for several possible rises it adds up, over all moments at which the rise may have begun, how much likelier it makes the
outcomes since than the usual share does. While the true share is at most the usual one, the mean number of outcomes
until an alarm is at least the limit (Pollak 1985). The limit follows from the false alarms a year that a series is
allowed, and from how many outcomes it has in a year.

What is usual is learnt (`handoff.usual`), and the detector respects that: it reads against the usual share raised by
its estimation error, and the log likelihood ratio is divided by the dispersion of days or of weeks, whichever is
larger.

After an alarm the same test runs the other way, until the share is back, or until it has stayed so long that it is the
usual from then on.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import lru_cache
from typing import Any

from handoff.intervals import Interval, Z, score_interval
from handoff.usual import SURE, Day, Usual, usual_of
from handoff.watches import Watch

FORMAT = 1
LEARNT_DAYS = 182
LEAST_LIMIT = 100.0
LOOKED_BACK_DAYS = 60
"""How far back the beginning of a rise is looked for."""
BACK_LIMIT = 200.0
BACK_PART = 2 / 3
"""Recovery is tested against a share so far of the way from the usual one to that of the alarm."""
AT_AN_ALARM = 3.0
"""Standard errors to each side of what an alarm tells. It comes, and counts from the day, when things look worst:
bounds of 1.96 hold the truth in 72 to 93 of 100 simulated alarms, these in 94 and more."""
USUAL_AFTER_DAYS = 56
"""An alarm that stands so long has become the usual."""
BUSY_DAYS = 56
MOST_TOPICS = 5
_WEEK = 7


@dataclass(frozen=True, slots=True)
class Standing:
    """An alarm that stands."""

    since: int
    """The day on which the rise began, as far as can be told."""
    raised: int
    usual: float
    level: float
    """The share since it began, when it was raised, less its error: few outcomes that alarm exaggerate."""
    log_back: float = -math.inf
    """Of the test for recovery."""


@dataclass(frozen=True, slots=True)
class SeriesState:
    """All that is remembered of a series."""

    days: tuple[Day, ...] = ()
    log_rs: tuple[float, ...] = ()
    """Of the detector, for each rise; empty at its start."""
    usual: Usual | None = None
    usual_on: int = 0
    """The day for which `usual` was worked out."""
    standing: Standing | None = None

    def as_json(self) -> dict[str, Any]:
        """For a column; no infinity, which JSON does not know."""
        standing = asdict(self.standing) | {"log_back": _finite(self.standing.log_back)} if self.standing else None
        return {
            "format": FORMAT,
            "days": [[each.day, each.seen, each.bad, int(each.odd)] for each in self.days],
            "log_rs": [_finite(each) for each in self.log_rs],
            "usual": asdict(self.usual) if self.usual else None,
            "usual_on": self.usual_on,
            "standing": standing,
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "SeriesState":
        """Read what `as_json` wrote; anything else begins anew."""
        try:
            if stored["format"] != FORMAT:
                return cls()
            standing = stored["standing"]
            return cls(
                days=tuple(Day(int(day), int(seen), int(bad), bool(odd)) for day, seen, bad, odd in stored["days"]),
                log_rs=tuple(_from_finite(each) for each in stored["log_rs"]),
                usual=Usual(**stored["usual"]) if stored["usual"] else None,
                usual_on=int(stored["usual_on"]),
                standing=Standing(**standing | {"log_back": _from_finite(standing["log_back"])}) if standing else None,
            )
        except (KeyError, TypeError, ValueError):
            return cls()


@dataclass(frozen=True, slots=True)
class Rise:
    """A share of bad outcomes rose."""

    since: int
    """The day on which it began, as far as can be told."""
    seen: int
    """Outcomes since then."""
    bad: int
    usual: float
    """The usual share of bad ones."""
    learnt_from: int
    """The outcomes that the usual share was learnt from; 0 where it was given."""
    years: float
    """Such an alarm comes by chance at most once in so many years, in this series."""


@dataclass(frozen=True, slots=True)
class Back:
    """The share is back at the usual, or has become it."""

    since: int
    """The day on which the alarm was raised."""
    seen: int
    """Outcomes of the last days, at most a week."""
    bad: int
    usual: float
    """The share that was usual before."""
    became_usual: bool = False


Event = Rise | Back


@dataclass
class _Run:
    """A series while outcomes are read."""

    watch: Watch
    rate: float
    state: SeriesState
    """Its last day is counted here until the end."""
    day: int
    seen: int
    bad: int
    odd: bool
    events: list[Event] = field(default_factory=list[Event])

    @classmethod
    def begin(cls, state: SeriesState, watch: Watch, rate: float, day: int) -> "_Run":
        """Take up a series on a day."""
        if state.usual_on != day:  # old days are forgotten, and what is usual is worked out anew
            days = tuple(each for each in state.days if each.day >= day - LEARNT_DAYS)
            state = replace(state, days=days, usual=usual_of(days, watch, day), usual_on=day)
        last = state.days[-1] if state.days and state.days[-1].day == day else Day(day, odd=state.standing is not None)
        before = replace(state, days=state.days[:-1] if last.seen else state.days)
        return cls(watch, rate, before, day, last.seen, last.bad, last.odd)

    @property
    def days(self) -> tuple[Day, ...]:
        """All days with this one."""
        return (*self.state.days, Day(self.day, self.seen, self.bad, self.odd))


def advance(
    state: SeriesState, watch: Watch, day: int, outcomes: Sequence[bool], *, rate: float, teaches: bool = False
) -> tuple[SeriesState, list[Event]]:
    """Read outcomes of one day, in the order of time.

    Args:
        state: after all outcomes before.
        watch: how the series is watched.
        day: as `date.toordinal`, not before the last one; an earlier one is taken as the last one.
        outcomes: whether each is bad.
        rate: the false alarms a year, above 0, that the series is allowed.
        teaches: whether these only teach what is usual, and raise no alarm; one that stands may end all the same.

    Returns:
        The state after them, and what is to be told.
    """
    if not outcomes:
        return state, []
    day = max(day, state.days[-1].day) if state.days else day
    run = _Run.begin(state, watch, rate, day)
    for bad in outcomes:
        run.seen, run.bad = run.seen + 1, run.bad + bad
        if run.state.standing:
            _look_for_the_end(run, run.state.standing, bad)
        elif teaches:
            run.state = replace(run.state, log_rs=()) if run.state.log_rs else run.state
        elif run.state.usual:
            _look_for_a_rise(run, run.state.usual, bad)
    return replace(run.state, days=run.days), run.events


def share_told(of: int, seen: int, *, at_alarm: bool) -> Interval:
    """The share of so many of the outcomes seen, with bounds that hold though an alarm chose when it is told."""
    return score_interval(of / seen, seen, AT_AN_ALARM if at_alarm else Z)


def busy(states: Mapping[str, SeriesState], watch: Watch, day: int) -> list[str]:
    """The topics that are watched on a day: those with the most outcomes of the last eight weeks, if enough."""
    first, least = day - BUSY_DAYS, watch.busy_a_week * BUSY_DAYS / _WEEK
    seen = {name: sum(each.seen for each in state.days if each.day >= first) for name, state in states.items() if name}
    ordered = sorted((name for name, count in seen.items() if count >= least), key=lambda name: (-seen[name], name))
    return ordered[:MOST_TOPICS] if watch.in_topics else []


def _look_for_a_rise(run: _Run, usual: Usual, bad: bool) -> None:
    steps = _steps(usual.most, usual.dispersion, run.watch.rises)[bad]
    before = run.state.log_rs or (-math.inf,) * len(steps)
    log_rs = tuple([_log_one_plus(each) + step for each, step in zip(before, steps, strict=True)])
    run.state = replace(run.state, log_rs=log_rs)
    limit = max(usual.a_year / run.rate, LEAST_LIMIT)
    if max(log_rs) < math.log(limit) or _log_mean(log_rs) < math.log(limit):
        return
    rise = run.watch.rises[max(range(len(log_rs)), key=log_rs.__getitem__)]
    since = _began(run.days, run.day, usual, rise)
    within = [each for each in run.days if each.day >= since]
    seen, wrong = sum(each.seen for each in within), sum(each.bad for each in within)
    run.events.append(Rise(since, seen, wrong, usual.share, usual.outcomes, 1 / run.rate))
    level = max(score_interval(wrong / seen, seen, SURE).low, _raised(usual.most, min(run.watch.rises)))
    before_today = tuple(replace(each, odd=each.odd or each.day >= since) for each in run.state.days)
    run.odd = True
    standing = Standing(since, run.day, usual.share, level)
    run.state = replace(run.state, days=before_today, log_rs=(), standing=standing)


@lru_cache(maxsize=256)
def _steps(most: float, dispersion: float, rises: tuple[float, ...]) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """What a good outcome adds to the detector for each rise, and what a bad one does."""
    good, bad = (
        tuple(_log_ratio(each, _raised(most, rise), most) / dispersion for rise in rises) for each in (False, True)
    )
    return good, bad


def _began(days: Sequence[Day], day: int, usual: Usual, rise: float) -> int:
    """The day since which the outcomes speak most for the rise."""
    total, best, since = 0.0, -math.inf, day
    raised = _raised(usual.most, rise)
    for each in reversed([each for each in days if each.day > day - LOOKED_BACK_DAYS and not each.odd]):
        good = each.seen - each.bad
        total += each.bad * _log_ratio(True, raised, usual.most) + good * _log_ratio(False, raised, usual.most)
        if total > best:
            best, since = total, each.day
    return since


def _look_for_the_end(run: _Run, standing: Standing, bad: bool) -> None:
    usual = max(standing.usual, run.watch.floor / 2)
    against = usual + BACK_PART * (standing.level - usual)
    dispersion = run.state.usual.dispersion if run.state.usual else 1.0
    log_back = _log_one_plus(standing.log_back) + _log_ratio(bad, usual, against) / dispersion
    run.state = replace(run.state, standing=replace(standing, log_back=log_back))
    recovered = log_back >= math.log(BACK_LIMIT)
    if not recovered and run.day - standing.raised < USUAL_AFTER_DAYS:
        return
    week = [each for each in run.days if each.day > run.day - _WEEK]
    seen, wrong = sum(each.seen for each in week), sum(each.bad for each in week)
    run.events.append(Back(standing.raised, seen, wrong, standing.usual, became_usual=not recovered))
    days = run.state.days
    if not recovered:  # what was usual before is no longer, and what came since teaches
        days, run.odd = tuple(replace(each, odd=False) for each in days if each.day >= standing.since), False
    run.state = replace(run.state, days=days, standing=None, usual=usual_of(days, run.watch, run.day))


def _raised(share: float, rise: float) -> float:
    return min(share + rise, (1 + share) / 2)


def _log_ratio(bad: bool, one: float, other: float) -> float:
    return math.log(one / other) if bad else math.log1p(-one) - math.log1p(-other)


def _log_one_plus(log_value: float) -> float:
    """log(1 + exp(log_value)), also where exp would overflow."""
    return max(log_value, 0.0) + math.log1p(math.exp(-abs(log_value))) if log_value > -math.inf else 0.0


def _log_mean(logs: Sequence[float]) -> float:
    top = max(logs)
    return top + math.log(sum(math.exp(each - top) for each in logs) / len(logs))


def _finite(value: float) -> float | None:
    return None if math.isinf(value) else value


def _from_finite(value: float | None) -> float:
    return -math.inf if value is None else float(value)
