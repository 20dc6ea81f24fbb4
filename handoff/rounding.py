"""Shares and differences as people read them, in whole percent and points where these do not mislead. Pure.

Rounding must not say what is not so: that all or none were satisfied where one was not, that an interval reaches zero
where it ends short of it. There as many digits are written as it takes.
"""

from handoff.intervals import Interval

MINUS = "\N{MINUS SIGN}"
MOST_DIGITS = 2
ALIKE = 1e-9
"""A share so near to 0 or 1 is it, but for how computers round."""


def points(difference: float) -> str:
    """A difference of shares in percentage points with its sign, as people read it: +12, -3, 0; below one, +0.4."""
    written = size(difference)
    return written if written == "0" else f"{MINUS if difference < 0 else '+'}{written}"


def size(difference: float) -> str:
    """How large a difference of shares is, in points: 12; below one, 0.4; 0 only for none that anybody could see."""
    whole = abs(difference) * 100
    least = 0 if whole >= 1 else 1
    written = (f"{whole:.{digits}f}" for digits in range(least, MOST_DIGITS + 1))
    return next((each for each in written if float(each)), "0")


def percent(share: float) -> str:
    """A share of 0..1: 78 %; 0 % and 100 % only for none and all."""
    return f"{number(share)} %"


def number(share: float, *, digits: int = 0) -> str:
    """A share of 0..1 in percent, without the sign: 78, 99.6, 0.04; with so many digits at the least."""
    whole = share * 100
    if min(share, 1 - share) <= ALIKE:
        return f"{round(share) * 100:.{digits}f}"
    written = (f"{whole:.{count}f}" for count in range(digits, MOST_DIGITS + 1))
    # In words: Slack takes what stands between a < and a > for a link, and a line that begins with > for a quotation.
    at_the_end = "under 0.01" if whole < 50 else "over 99.99"  # noqa: PLR2004 - the middle
    return next((each for each in written if float(each) not in (0, 100)), at_the_end)


def between(interval: Interval, *, to: str = "–") -> str:
    """The bounds of a share's interval in percent: 66–86."""
    return f"{number(interval.low)}{to}{number(interval.high)}"


def apart(one: float, other: float) -> tuple[str, str]:
    """Two shares that are held against each other, with as many digits as it takes to tell them apart."""
    written = ((number(one, digits=count), number(other, digits=count)) for count in range(MOST_DIGITS + 1))
    first, second = next((each for each in written if each[0] != each[1]), (number(one), number(other)))
    return f"{first} %", f"{second} %"
