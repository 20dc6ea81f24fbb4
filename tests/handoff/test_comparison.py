"""What may be said of AI against people: no more than the ratings allow."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handoff import comparison
from handoff.compared import Arm, Comparison, Topic, Verdict
from handoff.intervals import Tally
from tests.handoff.test_intervals import tallies


def compare(topics: dict[str, tuple[Tally, Tally]], *, resolved: int) -> Comparison:
    return comparison.compare(
        [Topic(name.capitalize(), Arm(ai), Arm(human)) for name, (ai, human) in topics.items()], resolved=resolved
    )


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from("abcdef"), st.tuples(tallies(most=40), tallies(most=40))))
def test_whatever_the_ratings_the_interval_holds_the_estimate_and_the_headline_fits(
    topics: dict[str, tuple[Tally, Tally]],
) -> None:
    found = compare(topics, resolved=1)
    for interval in (found.raw, found.adjusted):
        if interval:
            assert -1 <= interval.low <= interval.estimate <= interval.high <= 1
    assert 0 < len(found.headline) <= 150


def test_nothing_resolved_is_said_as_such() -> None:
    assert compare({}, resolved=0).verdict is Verdict.NOTHING_RESOLVED


def test_below_eight_ratings_in_an_arm_there_are_counts_and_no_difference() -> None:
    found = compare({"returns": (Tally(7, 7), Tally(0, 400))}, resolved=500)
    assert found.verdict is Verdict.TOO_FEW_RATINGS
    assert found.headline == "Too few ratings for a verdict: 7 of AI alone and 400 of people; each needs 8."
    assert (found.raw, found.adjusted, found.smallest_visible, found.notes) == (None, None, None, ())


def test_with_eight_ratings_in_each_arm_a_verdict_is_given() -> None:
    found = compare({"returns": (Tally(6, 8), Tally(5, 8))}, resolved=20)
    assert found.verdict is Verdict.NO_DIFFERENCE_SHOWN
    assert found.headline == "No difference between AI and people that 16 ratings could show."


def test_no_difference_comes_with_what_the_sample_could_not_have_shown() -> None:
    found = compare({"returns": (Tally(20, 25), Tally(15, 18))}, resolved=60)
    assert found.headline == "No difference between AI and people that 43 ratings could show."
    assert found.smallest_visible == pytest.approx(0.354, abs=0.001)
    assert any("under 60 points would probably have stayed unseen" in note for note in found.notes)


def test_a_clear_difference_is_said_with_its_interval() -> None:
    worse = compare({"returns": (Tally(100, 200), Tally(160, 200))}, resolved=900)
    better = compare({"returns": (Tally(160, 200), Tally(100, 200))}, resolved=900)
    assert worse.verdict is Verdict.AI_LOWER
    assert worse.headline == (
        "Customers who rated were less satisfied with AI than with people: −30 points (−43 to −16)."
    )
    assert better.verdict is Verdict.AI_HIGHER
    assert "more satisfied with AI than with people: +30 points" in better.headline


def test_the_easy_topics_do_not_make_the_ai_look_better() -> None:
    topics = {"hours": (Tally(340, 400), Tally(38, 40)), "billing": (Tally(4, 40), Tally(160, 400))}
    found = compare(topics, resolved=600)
    assert found.raw is not None and found.raw.estimate > 0
    assert found.verdict is Verdict.AI_LOWER
    assert any("disagree" in note for note in found.notes)


def test_different_topics_are_not_compared() -> None:
    found = compare({"hours": (Tally(30, 30), Tally()), "billing": (Tally(), Tally(10, 40))}, resolved=100)
    assert found.verdict is Verdict.NOT_COMPARABLE
    assert found.raw is None


def test_too_few_ratings_in_shared_topics_are_not_compared() -> None:
    found = compare({"hours": (Tally(30, 30), Tally(0, 2)), "billing": (Tally(), Tally(10, 40))}, resolved=100)
    assert found.verdict is Verdict.NOT_COMPARABLE


def test_ratings_in_topics_of_one_arm_only_are_named() -> None:
    found = compare({"hours": (Tally(75, 100), Tally(70, 100)), "billing": (Tally(), Tally(10, 40))}, resolved=300)
    assert found.verdict is Verdict.NO_DIFFERENCE_SHOWN
    assert found.notes[0] == "Not comparable, 17 % of conversations: Billing (only people)."


def test_above_a_fifth_of_conversations_in_topics_of_one_arm_nothing_is_compared() -> None:
    found = compare({"hours": (Tally(75, 100), Tally(70, 100)), "billing": (Tally(), Tally(10, 60))}, resolved=300)
    assert found.verdict is Verdict.NOT_COMPARABLE
    assert found.headline == (
        "AI and people are not comparable: 23 % of conversations are in topics without ratings of both."
    )
    assert found.notes[0] == "Not comparable, 23 % of conversations: Billing (only people)."


def test_all_customers_content_in_both_arms_proves_little() -> None:
    found = compare({"hours": (Tally(9, 9), Tally(9, 9))}, resolved=20)
    assert found.verdict is Verdict.NO_DIFFERENCE_SHOWN
    assert found.adjusted is not None and found.adjusted.high - found.adjusted.low > 0.3
