"""Numbers as people read them: shares, lengths of time, stretches of days."""

from datetime import date

from handoff import rounding
from handoff.compared import FEWEST_RATINGS
from handoff.intervals import Interval, Tally, wilson

MINUTE = 60
HOUR = 60 * MINUTE
DAY = 24 * HOUR
NONE = "–"


def percent(share: float | None) -> str:
    """A share of 0..1 in percent: 78 %; 0 % and 100 % only for none and all."""
    return NONE if share is None else rounding.percent(share)


def within(interval: Interval) -> str:
    """The bounds of a share's interval in percent: 66–86."""
    return rounding.between(interval)


def share(tally: Tally) -> str:
    """The satisfied share with its interval, for where it stands of how many; the bare counts of too few."""
    interval = wilson(tally)
    if interval is None or tally.ratings < FEWEST_RATINGS:
        return satisfied(tally)
    return f"{percent(interval.estimate)} ({within(interval)})"


def satisfied(tally: Tally) -> str:
    """The satisfied share, of how many, and its interval; the bare counts where there are too few for a share."""
    interval = wilson(tally)
    if interval is None:
        return "no ratings"
    if tally.ratings < FEWEST_RATINGS:
        return f"{tally.satisfied} of {tally.ratings}"
    return f"{percent(interval.estimate)} of {tally.ratings:,} ({within(interval)})"


def duration(seconds: float | None) -> str:
    """A length of time in its two largest units at most: 9 s, 12 min, 3 h 05 min, 2 d 4 h."""
    if seconds is None:
        return NONE
    if 0 < seconds < 1:
        return "< 1 s"
    if round(seconds) < MINUTE:
        return f"{seconds:.0f} s"
    whole = round(seconds / MINUTE)
    if whole < HOUR // MINUTE:
        return f"{whole} min"
    hours, minutes = divmod(whole, 60)
    if hours < DAY // HOUR:
        return f"{hours} h {minutes:02d} min" if minutes else f"{hours} h"
    days, hours = divmod(round(seconds / HOUR), 24)
    return f"{days} d {hours} h" if hours else f"{days} d"


def counted(count: int, noun: str, more: str = "") -> str:
    """So many of something: 1 day, 7 days; `more` is the word for several where it is not the noun with an s."""
    return f"{count:,} {noun if count == 1 else more or f'{noun}s'}"


def day_range(first: date, last: date) -> str:
    """Days from first to last, saying no month or year twice: 16–22 Nov 2026."""
    end = f"{last.day} {last:%b %Y}"
    if first == last:
        return end
    if first.year != last.year:
        return f"{first.day} {first:%b %Y} – {end}"
    if first.month != last.month:
        return f"{first.day} {first:%b} – {end}"
    return f"{first.day}–{end}"
