"""Watches a promise after it was given: does it hold, and did something get worse? Pure; a few floats a topic.

Two tests read the verdicts on autonomous replies of the uniform sample, one after the other.

The *e-process* asks whether the promise was wrong from the start. It multiplies, for each verdict, how much likelier a
larger share of wrong replies makes it than the tolerance does, mixed evenly over four such shares. While the error is
at most the tolerance it is a nonnegative supermartingale that starts at 1, so it ever reaches 1/alpha with a chance of
at most alpha, however often one looks (Ville 1939; Ramdas, Grünwald, Vovk and Shafer 2023).

The *Shiryaev-Roberts* detector asks whether the error rose at some moment since. Its mean number of reviews until an
alarm is at least its limit while the error is at the tolerance (Pollak 1985), and far more below it.

Both live in log space, so that years of good verdicts neither underflow nor blind them.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from handoff.certificate import percent

FORMAT = 1
TIMES_WORSE = (1.5, 2.0, 3.0, 5.0)
"""The shares of wrong replies, in tolerances, that the e-process sets against the promise."""
ALPHA = 0.05
"""The chance of an alarm, ever, while the promise holds."""
TIMES_WORSE_AFTER_CHANGE = 2.5
MEAN_REVIEWS_UNTIL_FALSE_ALARM = 5_000
"""Of the detector, at an error of exactly the tolerance."""

_LOG_E_LIMIT = -math.log(ALPHA)
_LOG_R_LIMIT = math.log(MEAN_REVIEWS_UNTIL_FALSE_ALARM)


class Cause(StrEnum):
    """Which of the two tests raised the alarm."""

    NEVER_HELD = "never_held"
    GOT_WORSE = "got_worse"


@dataclass(frozen=True, slots=True)
class MonitorState:
    """What is remembered of all verdicts so far."""

    tolerance: float
    seen: int = 0
    wrong: int = 0
    log_ratios: tuple[float, ...] = (0.0,) * len(TIMES_WORSE)
    """The e-process's log likelihood ratio for each share in `TIMES_WORSE`."""
    log_r: float = -math.inf
    """Of the detector."""

    @property
    def log_e(self) -> float:
        """The e-process: the even mixture of its parts."""
        top = max(self.log_ratios)
        return top + math.log(sum(math.exp(part - top) for part in self.log_ratios) / len(self.log_ratios))

    def as_json(self) -> dict[str, Any]:
        """For a column; no infinity, which JSON does not know."""
        log_r = None if math.isinf(self.log_r) else self.log_r
        return {
            "format": FORMAT,
            "tolerance": self.tolerance,
            "seen": self.seen,
            "wrong": self.wrong,
            "log_ratios": list(self.log_ratios),
            "log_r": log_r,
        }

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> "MonitorState | None":
        """Read what `as_json` wrote; None for anything else: the caller replays the verdicts instead."""
        try:
            state = cls(
                tolerance=float(stored["tolerance"]),
                seen=int(stored["seen"]),
                wrong=int(stored["wrong"]),
                log_ratios=tuple(float(part) for part in stored["log_ratios"]),
                log_r=-math.inf if stored["log_r"] is None else float(stored["log_r"]),
            )
            usable = stored["format"] == FORMAT and len(state.log_ratios) == len(TIMES_WORSE)
        except (KeyError, TypeError, ValueError, OverflowError):
            return None
        usable = usable and 0 < state.tolerance < 1 and 0 <= state.wrong <= state.seen
        return state if usable and all(map(math.isfinite, state.log_ratios)) and state.log_r < math.inf else None


@dataclass(frozen=True, slots=True)
class Alarm:
    """The promise does not hold, as far as can be told."""

    cause: Cause
    words: str
    """A sentence with the figures."""


def begin(tolerance: float) -> MonitorState:
    """Start to watch a promise.

    Args:
        tolerance: the promised largest share of wrong autonomous replies, 0 < tolerance < 1.

    Raises:
        ValueError: for a share that promises nothing, or that no reply could keep.
    """
    if not 0 < tolerance < 1:
        raise ValueError(f"a promise lies between 0 and 1, both excluded, not {tolerance}")
    return MonitorState(tolerance)


def step(state: MonitorState, wrong: bool) -> MonitorState:
    """Read one more verdict; `wrong` is everything but right."""
    promised = state.tolerance
    ratios = tuple(
        part + _log_ratio(wrong, _worse(promised, times), promised)
        for part, times in zip(state.log_ratios, TIMES_WORSE, strict=True)
    )
    change = _log_ratio(wrong, _worse(promised, TIMES_WORSE_AFTER_CHANGE), promised)
    return replace(
        state,
        seen=state.seen + 1,
        wrong=state.wrong + wrong,
        log_ratios=ratios,
        log_r=_log_one_plus(state.log_r) + change,
    )


def replay(tolerance: float, verdicts: Iterable[bool]) -> MonitorState:
    """The state after these verdicts, the oldest first: for a verdict that was taken back, or a state that is lost."""
    state = begin(tolerance)
    for wrong in verdicts:
        state = step(state, wrong)
    return state


def alarm(state: MonitorState) -> Alarm | None:
    """The alarm that the state gives, if it does."""
    figures = f"{_count(state.wrong)} of {state.seen:,} reviewed autonomous replies"
    tolerated = f"its tolerance is {percent(state.tolerance)}"
    if state.log_e >= _LOG_E_LIMIT:
        words = f"{figures} were wrong since the topic went to autopilot; {tolerated}."
        return Alarm(Cause.NEVER_HELD, words[0].upper() + words[1:])
    if state.log_r >= _LOG_R_LIMIT:
        words = f"Replies got worse: {figures} were wrong since the topic went to autopilot, most of them lately"
        return Alarm(Cause.GOT_WORSE, f"{words}; {tolerated}.")
    return None


def _worse(promised: float, times: float) -> float:
    """A larger share; for loose promises at most half way to all."""
    return min(times * promised, (1 + promised) / 2)


def _log_ratio(wrong: bool, worse: float, promised: float) -> float:
    return math.log(worse / promised) if wrong else math.log1p(-worse) - math.log1p(-promised)


def _log_one_plus(log_value: float) -> float:
    """log(1 + exp(log_value)), also where exp would overflow."""
    if log_value == -math.inf:
        return 0.0
    return max(log_value, 0.0) + math.log1p(math.exp(-abs(log_value)))


def _count(number: int) -> str:
    return f"{number:,}" if number else "none"
