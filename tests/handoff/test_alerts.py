"""What is told between reports: rises are noticed, chance is not, and an alarm ends."""

import random
from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handoff import alerts
from handoff.alerts import Back, Event, Rise, SeriesState
from handoff.usual import Day, usual_of
from handoff.watches import FALSE_ALARMS_A_YEAR, WATCHES, Kind

FIRST = date(2026, 1, 5).toordinal()
"""A Monday."""
RATINGS = WATCHES[Kind.RATINGS]


def play(
    shares: Sequence[float],
    *,
    a_day: int = 10,
    kind: Kind = Kind.RATINGS,
    seed: int = 1,
    state: SeriesState | None = None,
    first: int = FIRST,
    teaches: bool = False,
) -> tuple[SeriesState, list[tuple[int, Event]]]:
    """One day after the other, each with its share of bad outcomes; events with the number of the day."""
    chance, watch = random.Random(seed), WATCHES[kind]
    state, told = state or SeriesState(), []
    for number, share in enumerate(shares):
        outcomes = [chance.random() < share for _ in range(a_day)]
        state, events = alerts.advance(state, watch, first + number, outcomes, rate=watch.false_alarms, teaches=teaches)
        told += [(number, event) for event in events]
    return state, told


def test_a_fall_of_ratings_is_told_once_with_its_beginning_and_its_figures() -> None:
    _, told = play([0.15] * 100 + [0.45] * 20)
    ((noticed, event),) = told
    assert isinstance(event, Rise)
    assert 100 <= noticed <= 108
    assert abs(event.since - (FIRST + 100)) <= 2
    assert event.usual == pytest.approx(0.15, abs=0.03)
    assert event.bad / event.seen > 0.3
    assert event.learnt_from > 700
    assert event.years == 4


def test_what_an_alarm_tells_holds_though_it_comes_when_things_look_worst() -> None:
    shares = [0.15] * 100 + [0.25] * 60
    alarms = [(day, event) for seed in range(60) for day, event in play(shares, seed=seed)[1]]
    rises = [event for day, event in alarms if isinstance(event, Rise) and day >= 100]
    assert len(rises) > 50

    def holds(*, at_alarm: bool) -> float:
        told = [alerts.share_told(each.bad, each.seen, at_alarm=at_alarm) for each in rises]
        return sum(each.low <= 0.25 <= each.high for each in told) / len(told)

    assert holds(at_alarm=True) >= 0.93
    assert holds(at_alarm=False) < 0.85


def test_nothing_is_told_before_the_usual_is_known() -> None:
    assert play([0.1] * 14 + [0.9] * 14)[1] == []


def test_a_model_that_fails_is_told_at_once_and_so_is_its_recovery() -> None:
    state, told = play([0.0] * 3 + [1.0], kind=Kind.MODEL, a_day=8)
    assert [type(event) for _, event in told] == [Rise]
    assert told[0][0] == 3
    _, told = play([0.0], kind=Kind.MODEL, a_day=20, state=state, first=FIRST + 4)
    assert [type(event) for _, event in told] == [Back]


def test_an_alarm_ends_also_in_a_topic_that_is_no_longer_busy_and_none_is_raised_there() -> None:
    state, told = play([0.15] * 100 + [0.45] * 20)
    assert [type(event) for _, event in told] == [Rise]
    state, told = play([0.15] * 40 + [0.6] * 40, state=state, first=FIRST + 120, teaches=True)
    assert [type(event) for _, event in told] == [Back]
    assert not state.standing


def test_one_failure_of_the_model_is_no_alarm() -> None:
    _, told = play([0.0, 0.1, 0.0, 0.1, 0.0], kind=Kind.MODEL, a_day=10, seed=4)
    assert told == []


def test_recovery_is_told_once_and_then_the_detector_watches_again() -> None:
    _, told = play([0.15] * 100 + [0.5] * 15 + [0.15] * 60 + [0.5] * 15)
    assert [type(event) for _, event in told] == [Rise, Back, Rise]
    back = told[1][1]
    assert isinstance(back, Back)
    assert not back.became_usual


def test_what_stays_for_eight_weeks_becomes_the_usual() -> None:
    state, told = play([0.15] * 100 + [0.5] * 120)
    assert [type(event) for _, event in told] == [Rise, Back]
    back = told[1][1]
    assert isinstance(back, Back)
    assert back.became_usual
    assert state.usual is not None
    assert state.usual.share == pytest.approx(0.5, abs=0.07)


def test_days_of_an_alarm_do_not_teach_what_is_usual() -> None:
    state, _ = play([0.15] * 100 + [0.6] * 20 + [0.15] * 60)
    assert state.usual is not None
    assert state.usual.share == pytest.approx(0.15, abs=0.04)


def test_a_weekend_is_judged_as_a_weekend() -> None:
    shares = [0.6 if (FIRST + number) % 7 in (6, 0) else 0.1 for number in range(120)]
    assert date.fromordinal(FIRST + 5).weekday() == 5
    assert (FIRST + 5) % 7 == 6
    state, told = play(shares)
    assert told == []
    saturday = usual_of(state.days, RATINGS, FIRST + 124)
    monday = usual_of(state.days, RATINGS, FIRST + 126)
    assert saturday is not None
    assert monday is not None
    assert saturday.share > monday.share + 0.3


def test_days_that_differ_more_than_chance_has_it_count_for_less() -> None:
    even = [Day(FIRST + number, 20, 4) for number in range(60)]
    wild = [Day(FIRST + number, 20, 8 * (number % 2)) for number in range(60)]
    usual_even, usual_wild = (usual_of(each, RATINGS, FIRST + 80) for each in (even, wild))
    assert usual_even is not None
    assert usual_wild is not None
    assert usual_even.dispersion == 1
    assert usual_wild.dispersion > 2
    assert usual_wild.most > usual_even.most


def test_the_last_two_weeks_are_judged_and_do_not_teach() -> None:
    days = [Day(FIRST + number, 10, 1) for number in range(60)]
    late = [Day(FIRST + 60 + number, 10, 9) for number in range(14)]
    assert usual_of(days, RATINGS, FIRST + 74) == usual_of([*days, *late], RATINGS, FIRST + 74)


def test_busy_topics_are_the_few_with_the_most_outcomes() -> None:
    def of(seen: int) -> SeriesState:
        return SeriesState(days=tuple(Day(FIRST + number, seen) for number in range(56)))

    states = {"": of(50), "quiet": of(1), **{f"t{number}": of(2 + number) for number in range(7)}}
    assert alerts.busy(states, RATINGS, FIRST + 56) == ["t6", "t5", "t4", "t3", "t2"]
    assert alerts.busy(states, WATCHES[Kind.ANSWERS], FIRST + 56) == []


def test_all_series_together_are_allowed_one_false_alarm_a_year() -> None:
    assert pytest.approx(1.0) == FALSE_ALARMS_A_YEAR


@pytest.mark.parametrize("stored", [{}, {"format": 0}, {"format": 1}, {"format": 1, "days": "?"}])
def test_a_state_that_cannot_be_read_begins_anew(stored: dict[str, Any]) -> None:
    assert SeriesState.from_json(stored) == SeriesState()


@settings(max_examples=60, deadline=None)
@given(
    shares=st.lists(st.sampled_from([0.0, 0.1, 0.4, 1.0]), max_size=90),
    a_day=st.integers(0, 9),
    kind=st.sampled_from(list(Kind)),
    seed=st.integers(0, 99),
)
def test_a_stored_state_goes_on_as_if_it_had_never_been_stored(
    shares: list[float], a_day: int, kind: Kind, seed: int
) -> None:
    half = len(shares) // 2
    state, _ = play(shares[:half], a_day=a_day, kind=kind, seed=seed)
    again = SeriesState.from_json(state.as_json())
    assert again == state
    rest: dict[str, Any] = {"a_day": a_day, "kind": kind, "seed": seed + 1, "first": FIRST + half}
    assert play(shares[half:], state=state, **rest) == play(shares[half:], state=again, **rest)


@settings(max_examples=60, deadline=None)
@given(cuts=st.lists(st.integers(1, 9), min_size=1, max_size=9), seed=st.integers(0, 99))
def test_it_does_not_matter_in_which_portions_a_day_is_read(cuts: list[int], seed: int) -> None:
    before, _ = play([0.1] * 60, seed=seed)
    outcomes = [random.Random(seed).random() < 0.5 for _ in range(sum(cuts))]
    whole = alerts.advance(before, RATINGS, FIRST + 60, outcomes, rate=0.25)
    state, told, at = before, list[Event](), 0
    for size in cuts:
        state, events = alerts.advance(state, RATINGS, FIRST + 60, outcomes[at : at + size], rate=0.25)
        told, at = told + events, at + size
    assert (state, told) == whole
