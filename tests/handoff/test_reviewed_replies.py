"""Which drawn replies are told of when not all were read, and whether the bounds hold in weeks that turn worse."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from handoff.intervals import Interval
from handoff.prediction_powered import Labelled, estimate
from handoff.reviewed_replies import Read, Reply, read, right_share
from tests.swiftness import stretched, takes

MONDAY = datetime(2026, 11, 16, 9, tzinfo=UTC)


def at(hours: float) -> datetime:
    return MONDAY + timedelta(hours=hours)


def replies(verdicts: Sequence[bool | None], *, chance: float = 0.1) -> list[Reply]:
    """One an hour."""
    return [Reply(at(number), 0.8, chance, right) for number, right in enumerate(verdicts)]


def test_when_all_were_read_the_whole_time_is_told_of() -> None:
    drawn = replies([True] * 20)
    assert read(drawn[::-1]) == Read(tuple(drawn))


def test_when_the_youngest_wait_what_came_before_them_is_told_of() -> None:
    drawn = replies([True] * 30 + [None] * 10)
    assert read(drawn) == Read(tuple(drawn[:30]), at(30))


def test_a_reader_who_left_one_out_does_not_end_the_time() -> None:
    verdicts: list[bool | None] = [True] * 40 + [None] * 10
    verdicts[7] = None
    found = read(replies(verdicts))
    assert (len(found.replies), len(found.labels), found.until) == (40, 39, at(40))


def test_what_was_read_here_and_there_is_told_as_a_whole() -> None:
    drawn = replies([None if number % 3 == 0 else True for number in range(60)])
    assert read(drawn) == Read(tuple(drawn))


def test_a_month_of_replies_that_were_read_here_and_there_takes_no_time() -> None:
    drawn = replies([None if number % 3 == 0 else True for number in range(20_000)])
    assert takes(lambda: read(drawn)) < stretched(0.5)


def test_a_short_time_that_was_read_in_full_is_told_of_when_nothing_else_was_read() -> None:
    drawn = replies([True] * 20 + [None] * 60)
    assert read(drawn) == Read(tuple(drawn[:20]), at(20))


def test_a_beginning_that_was_read_by_luck_is_not_told_instead_of_all_that_is_known() -> None:
    drawn = replies([*[True] * 9, *[None if number % 3 == 0 else True for number in range(60)]])
    assert read(drawn) == Read(tuple(drawn))


def test_replies_of_one_moment_are_never_parted() -> None:
    drawn = [Reply(MONDAY, 0.8, 0.1, right) for right in [True] * 30 + [None] * 10]
    assert read(drawn).until is None


def test_unread_replies_stretch_the_bounds_to_what_they_might_be() -> None:
    found = right_share(
        Read(tuple(replies([True] * 27 + [False] * 3 + [None] * 10))), mean_score=0.8, conversations=400
    )
    assert found is not None
    worst = estimate([Labelled(n < 27, 0.8, 0.1) for n in range(40)], mean_score=0.8, conversations=400)
    best = estimate([Labelled(not 27 <= n < 30, 0.8, 0.1) for n in range(40)], mean_score=0.8, conversations=400)
    assert worst is not None and best is not None
    assert found.estimate.estimate == pytest.approx(0.9)
    assert found.estimate.low == worst.estimate.low
    assert found.estimate.high >= best.estimate.high
    assert found.looked_at == 30


def test_two_that_were_read_are_no_estimate() -> None:
    assert right_share(Read(tuple(replies([True, True, None]))), mean_score=0.8, conversations=9) is None


def _week(random: np.random.Generator, *, by_age: bool) -> tuple[Interval, Interval, float]:
    """The bounds, those of who takes the unread to be like the read, and the truth of the time that is told of.

    Right replies fall from .97 on Monday to .65 on Sunday; 70 of 100 drawn replies were read.
    """
    count = 1_500
    past = np.sort(random.random(count))
    right = random.random(count) < 0.97 - 0.32 * past
    drawn = np.flatnonzero(random.random(count) < 0.2)
    known = np.arange(len(drawn)) < 0.7 * len(drawn) if by_age else random.random(len(drawn)) < 0.7
    made = [
        Reply(at(168 * past[each]), 0.8, 0.2, bool(right[each]) if seen else None)
        for each, seen in zip(drawn, known, strict=True)
    ]
    told = read(made)
    inside = np.array([told.until is None or at(168 * each) < told.until for each in past])
    found = right_share(told, mean_score=0.8, conversations=int(inside.sum()))
    naive = estimate(
        [Labelled(bool(each.right), 0.8, 0.14) for each in made if each.right is not None],
        mean_score=0.8,
        conversations=count,
    )
    assert found is not None and naive is not None
    return found.estimate, naive.estimate, float(right[inside].mean())


@pytest.mark.parametrize("by_age", [True, False])
def test_in_weeks_that_turn_worse_the_bounds_hold_what_they_are_told_of(by_age: bool) -> None:
    random, weeks = np.random.default_rng(5), 300
    found = [_week(random, by_age=by_age) for _ in range(weeks)]
    held = sum(bounds.low <= truth <= bounds.high for bounds, _, truth in found) / weeks
    assert held >= 0.93


def test_taking_the_unread_to_be_like_the_read_would_not_hold() -> None:
    random, weeks = np.random.default_rng(5), 300
    whole = 0.97 - 0.16
    held = sum(naive.low <= whole <= naive.high for _, naive, _ in (_week(random, by_age=True) for _ in range(weeks)))
    assert held / weeks < 0.85
