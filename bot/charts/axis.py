"""The axis that differences are drawn on: it begins and ends at a mark, and no whisker runs past it."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from handoff.intervals import Interval

STEPS = (0.05, 0.1, 0.2, 0.25, 0.5)
MOST_STEPS = 3
"""To each side, so that the numbers have room."""
LEAST_REACH = 0.1
"""Ten points to each side are shown at the least."""
ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark of the axis: where it stands, as a share from -1 to 1, and what is written at it, in points."""

    at: float
    words: str


def axis_of_points(intervals: Iterable[Interval]) -> list[Mark]:
    """The marks of an axis that holds all intervals, the lowest first; zero is in the middle."""
    furthest = max([LEAST_REACH, *(abs(end) for each in intervals for end in (each.low, each.high))])
    step = next(step for step in STEPS if _steps(furthest, step) <= MOST_STEPS)
    reach = _steps(furthest, step)
    return [Mark(number * step, _points(number * step)) for number in range(-reach, reach + 1)]


def _steps(furthest: float, step: float) -> int:
    return math.ceil(min(furthest, 1.0) / step - ROUNDING)


def _points(share: float) -> str:
    return f"{share * 100:+.0f}".replace("-", "\N{MINUS SIGN}") if share else "0"
