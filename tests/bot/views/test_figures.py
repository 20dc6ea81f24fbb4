import pytest

from bot.views import figures
from handoff.intervals import Tally


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (None, "–"),
        (0, "0 s"),
        (0.4, "< 1 s"),
        (9.4, "9 s"),
        (59.4, "59 s"),
        (59.9, "1 min"),
        (600, "10 min"),
        (3599, "1 h"),
        (3900, "1 h 05 min"),
        (86399, "1 d"),
        (100_000, "1 d 4 h"),
    ],
)
def test_a_length_of_time_is_said_in_its_two_largest_units(seconds: float | None, words: str) -> None:
    assert figures.duration(seconds) == words


@pytest.mark.parametrize(
    ("tally", "words"), [(Tally(), "no ratings"), (Tally(5, 7), "5 of 7"), (Tally(20, 25), "80 % of 25 (61–91)")]
)
def test_a_share_comes_with_its_interval_when_there_are_ratings_enough(tally: Tally, words: str) -> None:
    assert figures.satisfied(tally) == words


def test_one_is_not_told_as_several() -> None:
    assert [figures.counted(count, "day") for count in (0, 1, 7, 1000)] == ["0 days", "1 day", "7 days", "1,000 days"]
    assert figures.counted(1, "waits", "wait") == "1 waits" and figures.counted(2, "waits", "wait") == "2 wait"
