"""The axis of differences."""

import pytest

from bot.charts.axis import axis_of_points
from handoff.intervals import Interval


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (-0.46, 0.65, "−75 −50 −25 0 +25 +50 +75"),
        (-0.61, 0.09, "−75 −50 −25 0 +25 +50 +75"),
        (-0.01, 0.02, "−10 −5 0 +5 +10"),
        (-0.6, 0.6, "−60 −40 −20 0 +20 +40 +60"),
        (-1.0, 0.3, "−100 −50 0 +50 +100"),
    ],
)
def test_it_ends_at_a_mark_past_every_whisker(low: float, high: float, words: str) -> None:
    marks = axis_of_points([Interval(0.0, low, high), Interval(0.0, 0.0, 0.01)])
    assert " ".join(mark.words for mark in marks) == words
    assert marks[0].at <= low + 1e-9 and marks[-1].at >= high - 1e-9


def test_without_an_interval_it_shows_ten_points_to_each_side() -> None:
    assert [round(mark.at, 3) for mark in axis_of_points([])] == [-0.1, -0.05, 0.0, 0.05, 0.1]


def test_it_has_room_for_its_numbers_at_every_reach() -> None:
    for points in range(1, 101):
        marks = axis_of_points([Interval(0.0, -points / 100, 0.0)])
        assert 3 <= len(marks) <= 7
        assert marks[0].at <= -points / 100 + 1e-9
