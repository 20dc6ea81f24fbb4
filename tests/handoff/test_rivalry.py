"""One version against another: no verdict without numbers, and none that the topics explain."""

import pytest

from handoff.intervals import Tally, newcombe
from handoff.rivalry import RATINGS, REVIEWS, contest, share_in_words


def test_below_eight_there_are_counts_and_no_verdict() -> None:
    found = contest({"returns": (Tally(0, 7), Tally(40, 100))}, REVIEWS)
    assert found.raw is None
    assert found.words == (
        "Too few reviewed drafts for a verdict: 7 of the version on trial and 100 of the present one; each needs 8."
    )


@pytest.mark.parametrize(
    ("measure", "trial", "words"),
    [
        (REVIEWS, Tally(5, 200), "Fewer of its drafts were wrong: \u221218 points"),
        (REVIEWS, Tally(90, 200), "More of its drafts were wrong: +25 points"),
        (RATINGS, Tally(90, 200), "Customers were more satisfied with it: +25 points"),
        (RATINGS, Tally(5, 200), "Customers were less satisfied with it: \u221218 points"),
    ],
)
def test_a_clear_difference_is_named_by_its_side(measure: object, trial: Tally, words: str) -> None:
    found = contest({"returns": (trial, Tally(40, 200))}, measure)  # pyright: ignore[reportArgumentType]
    assert found.words.startswith(words)
    assert "95 % interval" in found.words


def test_a_difference_that_the_numbers_cannot_show_is_said_so() -> None:
    found = contest({"returns": (Tally(3, 20), Tally(4, 20))}, REVIEWS)
    assert found.words.startswith("No difference that 40 reviewed drafts could show")
    assert "would probably have stayed unseen" in found.words


def test_a_version_that_only_met_harder_topics_is_not_called_worse() -> None:
    easy, hard = (Tally(2, 20), Tally(18, 180)), (Tally(90, 180), Tally(10, 20))
    found = contest({"easy": easy, "hard": hard}, REVIEWS)
    assert found.raw is not None
    assert found.raw.low > 0.2  # raw, it looks far worse
    assert found.words.startswith("No difference")


def test_versions_that_met_different_topics_are_not_compared() -> None:
    found = contest({"one": (Tally(1, 20), Tally()), "two": (Tally(), Tally(9, 20))}, REVIEWS)
    assert "different topics" in found.words


def test_the_raw_difference_is_newcombes() -> None:
    one, two = Tally(3, 60), Tally(9, 70)
    assert contest({"returns": (one, two)}, REVIEWS).raw == newcombe(one, two)


def test_a_share_is_told_with_count_and_interval() -> None:
    assert share_in_words(Tally(6, 120)) == "6 of 120 (5 %, 2 to 10 %)"
    assert share_in_words(Tally()) == "\u2013"
