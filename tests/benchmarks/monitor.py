"""The monitor on simulated verdicts: alarms while the promise holds, and how soon it notices that it does not.

The simulation runs the product's steps over many paths at once; `_same_as_product` checks that it does.
"""

from collections.abc import Callable
from typing import Any

import numpy as np

from handoff import monitor
from tests.benchmarks.rows import Row

NAME = "monitor"
PATHS, QUICK_PATHS = 5_000, 1_000
HORIZON, SETTLED = 2_000, 500
LAST = 100
MOST_FALSE, MOST_DELAY = 0.02, 160
TOLERANCES = (0.05, 0.02, 0.10)
CHECKED_PATHS = 20

Verdicts = np.ndarray[Any, np.dtype[np.bool_]]
Alarms = np.ndarray[Any, np.dtype[np.int64]]
"""The review at which each path raises its first alarm; NEVER for none."""
NEVER = 10**9


async def run(progress: Callable[[str], None], quick: bool) -> list[Row]:
    """Simulate at half the tolerance, at it, and at twice it, from the start and after a good stretch."""
    paths = QUICK_PATHS if quick else PATHS
    random = np.random.default_rng(20_261_123)
    rows: list[Row] = []
    for tolerance in TOLERANCES:
        progress(f"tolerance {tolerance:.0%}")
        rows += _rows(tolerance, paths, random)
    same = sum(_same_as_product(_checked(random, tolerance), tolerance) for tolerance in TOLERANCES)
    checked = CHECKED_PATHS * len(TOLERANCES)
    return [*rows, Row(NAME, "simulation beside the product", same, f"of {checked} paths", "", "all", same == checked)]


def _rows(tolerance: float, paths: int, random: np.random.Generator) -> list[Row]:
    def drawn(error: float, number: int) -> Verdicts:
        return random.random((paths, number)) < error

    half, at, double = drawn(tolerance / 2, HORIZON), drawn(tolerance, HORIZON), drawn(2 * tolerance, HORIZON)
    later = np.concatenate([drawn(tolerance / 2, SETTLED), drawn(2 * tolerance, HORIZON)], axis=1)
    rows: list[Row] = []
    for rule, alarms in (("monitor", first_alarms), (f"last {LAST} replies", _last_replies)):
        ours, main = rule == "monitor", tolerance == TOLERANCES[0]
        false = float(np.mean(alarms(half, tolerance) < NEVER))
        at_it = float(np.mean(alarms(at, tolerance) < NEVER))
        delay = float(np.median(alarms(double, tolerance)))
        found = alarms(later, tolerance)
        after = float(np.median(found[found > SETTLED] - SETTLED))
        where = f"{rule}, {tolerance:.0%}"
        rows += [
            Row(
                NAME,
                f"{where}: false alarms at half of it",
                round(false, 4),
                f"in {HORIZON:,} reviews",
                f"{paths:,} paths",
                f"<= {MOST_FALSE}" if ours else "",
                false <= MOST_FALSE if ours else None,
            ),
            Row(NAME, f"{where}: alarms at just the tolerance", round(at_it, 3), f"in {HORIZON:,} reviews"),
            *([_e_process_alone(at, tolerance)] if ours else []),
            Row(
                NAME,
                f"{where}: delay at twice the error",
                delay,
                "reviews, median",
                "from the promotion",
                f"<= {MOST_DELAY}" if ours and main else "",
                delay <= MOST_DELAY if ours and main else None,
            ),
            Row(
                NAME,
                f"{where}: delay when it doubles later",
                after,
                "reviews, median",
                f"after {SETTLED} at half of it",
                f"<= {MOST_DELAY}" if ours and main else "",
                after <= MOST_DELAY if ours and main else None,
            ),
        ]
    return rows


def _e_process_alone(verdicts: Verdicts, tolerance: float) -> Row:
    """Its promise: at just the tolerance it ever raises an alarm with a chance of at most alpha."""
    share = float(np.mean(np.any(_log_e(verdicts, tolerance) >= -np.log(monitor.ALPHA), axis=1)))
    name = f"e-process alone, {tolerance:.0%}: alarms at just the tolerance"
    target = f"<= {monitor.ALPHA}"
    return Row(NAME, name, round(share, 3), f"in {HORIZON:,} reviews", "Ville 1939", target, share <= monitor.ALPHA)


def _checked(random: np.random.Generator, tolerance: float) -> Verdicts:
    """Half of the paths change after a good stretch, so that both tests raise alarms."""
    errors = np.full((CHECKED_PATHS, 1_200), 1.7 * tolerance)
    errors[::2, :400] = 0.3 * tolerance
    errors[::2, 400:] = 2.5 * tolerance
    return random.random(errors.shape) < errors


def first_alarms(verdicts: Verdicts, tolerance: float) -> Alarms:
    """The product's rule, over all paths at once."""
    start = monitor.begin(tolerance)
    change = np.where(verdicts, monitor.step(start, True).log_r, monitor.step(start, False).log_r)
    crossed = _log_e(verdicts, tolerance) >= -np.log(monitor.ALPHA)
    log_r = np.full(len(verdicts), -np.inf)
    for number in range(verdicts.shape[1]):
        log_r = np.logaddexp(0.0, log_r) + change[:, number]
        crossed[:, number] |= log_r >= np.log(monitor.MEAN_REVIEWS_UNTIL_FALSE_ALARM)
    return _first(crossed)


def _log_e(verdicts: Verdicts, tolerance: float) -> np.ndarray[Any, np.dtype[np.float64]]:
    start = monitor.begin(tolerance)
    right, wrong = monitor.step(start, False), monitor.step(start, True)
    steps = [np.where(verdicts, up, down) for up, down in zip(wrong.log_ratios, right.log_ratios, strict=True)]
    return np.logaddexp.reduce([np.cumsum(step, axis=1) for step in steps], axis=0) - np.log(len(steps))


def _last_replies(verdicts: Verdicts, tolerance: float) -> Alarms:
    """The rule of thumb: an alarm when more than the tolerance of the last hundred were wrong."""
    total: Alarms = np.cumsum(verdicts, axis=1, dtype=np.int64)
    window = total[:, LAST - 1 :].copy()
    window[:, 1:] -= total[:, :-LAST]
    crossed = np.zeros(verdicts.shape, dtype=bool)
    crossed[:, LAST - 1 :] = window > tolerance * LAST
    return _first(crossed)


def _first(crossed: Verdicts) -> Alarms:
    return np.where(crossed.any(axis=1), crossed.argmax(axis=1) + 1, NEVER)


def _same_as_product(verdicts: Verdicts, tolerance: float) -> int:
    found = first_alarms(verdicts, tolerance)
    return sum(int(_product(path, tolerance) == alarm) for path, alarm in zip(verdicts, found, strict=True))


def _product(path: Verdicts, tolerance: float) -> int:
    state = monitor.begin(tolerance)
    for number, wrong in enumerate(path, 1):
        state = monitor.step(state, bool(wrong))
        if monitor.alarm(state):
            return number
    return NEVER
