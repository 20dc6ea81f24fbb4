"""A flood is told from a hurry, and ends when it is over."""

from handoff import pace
from handoff.pace import Pace


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_one_message_too_many_within_a_minute_is_a_flood_until_the_minute_is_over() -> None:
    clock = Clock()
    counted = Pace(3, clock)
    assert [counted.flooded_by("ada") for _ in range(5)] == [False, False, False, True, True]
    assert counted.in_flood("ada")
    clock.now += 61
    assert not counted.in_flood("ada")
    assert not counted.flooded_by("ada")


def test_somebody_who_writes_steadily_is_no_flood_and_others_have_their_own_count() -> None:
    clock = Clock()
    counted = Pace(3, clock)
    for _ in range(20):
        clock.now += 21
        assert not counted.flooded_by("ada")
    assert not counted.flooded_by("carl")
    assert not counted.in_flood("nobody")


def test_only_so_many_customers_are_watched() -> None:
    counted = Pace(1, Clock())
    for number in range(pace.MOST_WATCHED + 5):
        counted.flooded_by(str(number))
    counted.flooded_by("0")
    assert not counted.in_flood("0")  # who was quiet longest was forgotten
