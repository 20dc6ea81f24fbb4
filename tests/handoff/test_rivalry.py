"""One version against another: no verdict without numbers, and none that the topics explain."""

from random import Random

import pytest

from handoff import confidence_sequence
from handoff.intervals import Tally, newcombe
from handoff.rivalry import RATINGS, REVIEWS, contest, share_in_words
from handoff.strata import Stratum, adjusted_difference


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
    assert "bounds that hold however often you look" in found.words


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


def test_a_difference_that_one_look_alone_would_call_is_not_called() -> None:
    """A 95 % interval excludes zero here; whoever looks daily meets such a one by chance."""
    tallies = (Tally(68, 80), Tally(57, 80))
    assert (once := adjusted_difference({"returns": tallies})) and once.low > 0
    found = contest({"returns": tallies}, RATINGS)
    assert found.adjusted is not None
    assert found.adjusted == confidence_sequence.over_all_looks([Stratum.of(*tallies)])
    assert found.adjusted.low < 0 < found.adjusted.high
    assert found.words.startswith("No difference that 160 ratings could show")


def test_years_of_looks_at_two_equal_versions_hardly_ever_end_in_a_verdict() -> None:
    chance, years, looks, a_look = Random(3), 60, 40, 20
    false = 0
    for _ in range(years):
        one, two = Tally(), Tally()
        for _ in range(looks):
            one += Tally(sum(chance.random() < 0.1 for _ in range(a_look)), a_look)
            two += Tally(sum(chance.random() < 0.1 for _ in range(a_look)), a_look)
            if not contest({"returns": (one, two)}, REVIEWS).words.startswith("No difference"):
                false += 1
                break
    assert false <= 4  # the promise is 3 of 60; a usual interval calls about 20


def test_topics_that_both_had_need_enough_as_well() -> None:
    found = contest({"one": (Tally(1, 2), Tally(9, 60)), "two": (Tally(1, 20), Tally())}, REVIEWS)
    assert found.adjusted is None
    assert found.words.startswith("In topics that both had: Too few reviewed drafts for a verdict: 2 of")


def test_versions_that_met_different_topics_are_not_compared() -> None:
    found = contest({"one": (Tally(1, 20), Tally()), "two": (Tally(), Tally(9, 20))}, REVIEWS)
    assert "different topics" in found.words


def test_the_raw_difference_is_newcombes() -> None:
    one, two = Tally(3, 60), Tally(9, 70)
    assert contest({"returns": (one, two)}, REVIEWS).raw == newcombe(one, two)


def test_a_share_is_told_with_count_and_interval() -> None:
    assert share_in_words(Tally(6, 120)) == "6 of 120 (5 %, 2 to 10 %)"
    assert share_in_words(Tally()) == "\u2013"
