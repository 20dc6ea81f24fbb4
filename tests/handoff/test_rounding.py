"""Rounded numbers say nothing that is not so."""

import pytest

from handoff import rounding
from handoff.intervals import Interval


@pytest.mark.parametrize(
    ("difference", "words"),
    [(0.124, "+12"), (-0.03, "−3"), (0.0, "0"), (0.004, "+0.4"), (-0.00001, "0"), (1.0, "+100")],
)
def test_points_read_as_people_write_them(difference: float, words: str) -> None:
    assert rounding.points(difference) == words


@pytest.mark.parametrize(("difference", "words"), [(0.0004, "+0.04"), (-0.0002, "−0.02")])
def test_a_bound_short_of_zero_does_not_read_as_zero(difference: float, words: str) -> None:
    assert rounding.points(difference) == words


@pytest.mark.parametrize(("difference", "words"), [(0.209, "21"), (0.0034, "0.3"), (0.0002, "0.02")])
def test_what_could_not_be_seen_is_never_nothing(difference: float, words: str) -> None:
    assert rounding.size(difference) == words


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (0.784, "78 %"),
        (0.0, "0 %"),
        (1.0, "100 %"),
        (1 - 1e-16, "100 %"),
        (-1e-18, "0 %"),
        (0.996, "99.6 %"),
        (0.0004, "0.04 %"),
        (0.99999, "over 99.99 %"),
        (0.00001, "under 0.01 %"),
    ],
)
def test_all_and_none_are_said_of_all_and_none_alone(share: float, words: str) -> None:
    assert rounding.percent(share) == words


def test_bounds_are_written_likewise() -> None:
    assert rounding.between(Interval(0.998, 0.9911, 0.9997)) == "99–99.97"
    assert rounding.between(Interval(1.0, 0.84, 1.0), to=" to ") == "84 to 100"


@pytest.mark.parametrize(
    ("one", "other", "words"),
    [
        (0.42, 0.35, ("42 %", "35 %")),
        (0.402, 0.396, ("40.2 %", "39.6 %")),
        (0.9998, 0.9988, ("99.98 %", "99.9 %")),
        (0.5, 0.5, ("50 %", "50 %")),
    ],
)
def test_two_shares_that_differ_are_not_written_alike(one: float, other: float, words: tuple[str, str]) -> None:
    assert rounding.apart(one, other) == words
