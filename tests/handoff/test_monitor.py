"""The promise after the promotion: alarms that come, and those that stay away."""

import json
import math
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handoff import monitor
from handoff.monitor import Cause, MonitorState


def verdicts(seed: int, number: int, error: float) -> list[bool]:
    chance = Random(seed)
    return [chance.random() < error for _ in range(number)]


def until_alarm(told: list[bool], tolerance: float = 0.05) -> int | None:
    state = monitor.begin(tolerance)
    for number, wrong in enumerate(told, 1):
        state = monitor.step(state, wrong)
        if monitor.alarm(state):
            return number
    return None


def test_a_promise_that_holds_raises_no_alarm() -> None:
    assert [until_alarm(verdicts(seed, 2_000, 0.025)) for seed in range(20)] == [None] * 20


def test_a_doubled_error_is_noticed() -> None:
    found = [until_alarm(verdicts(seed, 2_000, 0.10)) for seed in range(21)]
    assert sorted(each or 9_999 for each in found)[10] <= 160


def test_a_change_after_many_good_replies_is_noticed_as_one() -> None:
    state = monitor.replay(0.05, [*verdicts(1, 3_000, 0.02), *verdicts(2, 300, 0.15)])
    found = monitor.alarm(state)
    assert found is not None
    assert found.cause == Cause.GOT_WORSE
    assert "got worse" in found.words


def test_a_broken_promise_is_told_with_its_figures() -> None:
    found = monitor.alarm(monitor.replay(0.05, [True] * 4 + [False] * 8))
    assert found is not None
    assert found.cause == Cause.NEVER_HELD
    assert found.words == (
        "4 of 12 reviewed autonomous replies were wrong since the topic went to autopilot; its tolerance is 5 %."
    )


def test_the_detector_is_the_recursion_of_shiryaev_and_roberts() -> None:
    told = verdicts(3, 60, 0.1)
    worse, r = 0.05 * monitor.TIMES_WORSE_AFTER_CHANGE, 0.0
    for wrong in told:
        r = (1 + r) * (worse / 0.05 if wrong else (1 - worse) / 0.95)
    assert monitor.replay(0.05, told).log_r == pytest.approx(math.log(r), abs=1e-9)


def test_the_e_process_is_the_mean_of_its_bets() -> None:
    told = verdicts(4, 80, 0.08)
    bets = [math.prod(times if wrong else (1 - times * 0.05) / 0.95 for wrong in told) for times in monitor.TIMES_WORSE]
    assert monitor.replay(0.05, told).log_e == pytest.approx(math.log(sum(bets) / len(bets)), abs=1e-9)


@given(st.floats(0.001, 0.999))
def test_no_bet_gains_while_the_promise_holds(tolerance: float) -> None:
    right, wrong = (monitor.step(monitor.begin(tolerance), verdict) for verdict in (False, True))
    for gain, loss in zip(wrong.log_ratios, right.log_ratios, strict=True):
        assert tolerance * math.exp(gain) + (1 - tolerance) * math.exp(loss) == pytest.approx(1)
        assert gain > 0 > loss


def test_years_of_good_replies_neither_underflow_nor_blind() -> None:
    state = monitor.replay(0.05, [False] * 50_000)
    assert math.isfinite(state.log_e)
    assert math.isfinite(state.log_r)
    for _ in range(12):
        state = monitor.step(state, True)
    assert monitor.alarm(state) is not None


@given(st.lists(st.booleans(), max_size=60))
def test_the_state_survives_its_column(told: list[bool]) -> None:
    state = monitor.replay(0.02, told)
    assert MonitorState.from_json(json.loads(json.dumps(state.as_json()))) == state


@pytest.mark.parametrize(
    "stored",
    [
        {},
        {"format": 99},
        {**monitor.begin(0.1).as_json(), "format": 2},
        {**monitor.begin(0.1).as_json(), "log_ratios": [0.0]},
        {**monitor.begin(0.1).as_json(), "log_r": float("nan")},
        {**monitor.begin(0.1).as_json(), "log_r": float("inf")},
        {**monitor.begin(0.1).as_json(), "log_ratios": [float("inf")] * len(monitor.TIMES_WORSE)},
        {**monitor.begin(0.1).as_json(), "tolerance": 0},
        {**monitor.begin(0.1).as_json(), "seen": float("inf")},
        {**monitor.begin(0.1).as_json(), "wrong": 3},
    ],
)
def test_a_state_that_cannot_be_read_is_to_be_replayed(stored: dict[str, Any]) -> None:
    assert MonitorState.from_json(stored) is None


@pytest.mark.parametrize("tolerance", [0.0, 1.0, -0.1, math.nan])
def test_what_is_no_promise_cannot_be_watched(tolerance: float) -> None:
    with pytest.raises(ValueError, match="a promise lies between"):
        monitor.begin(tolerance)
