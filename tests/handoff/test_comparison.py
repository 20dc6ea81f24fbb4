"""What may be said of AI against people: no more than the ratings allow."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handoff import comparison
from handoff.compared import Arm, Comparison, Topic, Verdict
from handoff.intervals import Tally
from tests.handoff.test_intervals import tallies
from tests.swiftness import stretched, takes


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


def test_where_shared_topics_have_too_few_ratings_the_headline_blames_no_topic_that_few_ask_about() -> None:
    shared = {"hours": (Tally(7, 7), Tally(5, 7)), "sizes": (Tally(1, 1), Tally()), "colours": (Tally(), Tally(1, 1))}
    topics = [Topic(name, Arm(ai, resolved=30), Arm(human, resolved=30)) for name, (ai, human) in shared.items()]
    found = comparison.compare([*topics, Topic("wax", Arm(), Arm(resolved=4))], resolved=184)
    assert (found.verdict, found.not_comparable) == (Verdict.NOT_COMPARABLE, pytest.approx(4 / 184))
    assert found.headline == "Too few ratings of AI and people in the same topics to compare them: each needs 8."


def test_a_verdict_is_not_written_with_a_bound_that_reads_as_zero() -> None:
    found = compare({"hours": (Tally(247, 277), Tally(221, 277))}, resolved=554)
    assert found.since and 0 < found.since.difference.low < 0.0005
    assert found.headline.endswith("more satisfied with AI than with people: +9 points (+0.03 to +19).")


def test_shares_that_are_told_apart_are_not_rounded_alike() -> None:
    ai = Arm(Tally(41_000, 50_200), resolved=125_000, asked=125_000, answered=50_200)
    human = Arm(Tally(41_000, 49_600), resolved=125_000, asked=125_000, answered=49_600)
    words = " ".join(comparison.compare([Topic("Hours", ai, human)], resolved=250_000).notes)
    assert "40.2 % after AI, 39.7 % after people" in words


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


def arm(satisfied: int, ratings: int, *, resolved: int = 0, asked: int = 0, fives: bool = False) -> Arm:
    """An arm of a topic; those asked and not counted as ratings stayed silent."""
    content, other = (satisfied, 0) if fives else (satisfied // 2, satisfied - satisfied // 2)
    scores = (ratings - satisfied, 0, 0, other, content)
    return Arm(Tally(satisfied, ratings), scores, resolved or asked or ratings, asked or ratings, ratings)


@st.composite
def topics(draw: st.DrawFn) -> Topic:
    pairs = [draw(st.tuples(st.integers(0, 30), st.integers(0, 30), st.integers(0, 40))) for _ in range(2)]
    ai, human = (arm(min(one, two), max(one, two), asked=max(one, two) + more) for one, two, more in pairs)
    return Topic(draw(st.text(min_size=1, max_size=60)), ai, human, draw(st.sampled_from([None, date(2026, 8, 3)])))


@settings(deadline=None)
@given(st.lists(topics(), max_size=8), st.lists(topics(), max_size=8))
def test_whatever_was_counted_a_report_comes_out_and_the_headline_fits(week: list[Topic], window: list[Topic]) -> None:
    found = comparison.compare(week, resolved=5, since_certificates=window)
    assert 0 < len(found.headline) <= 150
    assert all(note.endswith(".") for note in found.notes)
    assert 0 <= found.not_comparable <= 1
    for point in found.tipping:
        assert point.needed is None or 0 <= point.needed <= 1


@settings(deadline=None)
@given(st.lists(topics(), max_size=8))
def test_the_arms_change_places_and_the_verdict_turns(week: list[Topic]) -> None:
    turned = [Topic(each.title, each.human, each.ai) for each in week]
    one, other = comparison.compare(week, resolved=5), comparison.compare(turned, resolved=5)
    opposite = {Verdict.AI_HIGHER: Verdict.AI_LOWER, Verdict.AI_LOWER: Verdict.AI_HIGHER}
    assert other.verdict is opposite.get(one.verdict, one.verdict)
    assert other.not_comparable == pytest.approx(one.not_comparable)


def test_no_data_at_all_is_said_and_nothing_is_claimed() -> None:
    found = comparison.compare([], resolved=0)
    assert (found.raw, found.adjusted, found.since, found.notes) == (None, None, None, ())
    assert comparison.compare([Topic("Hours")], resolved=3).verdict is Verdict.TOO_FEW_RATINGS


def test_one_arm_that_is_empty_gives_counts_and_no_verdict() -> None:
    found = comparison.compare([Topic("Hours", arm(40, 50))], resolved=50)
    assert found.headline == "Too few ratings for a verdict: 50 of AI alone and 0 of people; each needs 8."
    assert (found.raw, found.adjusted, found.notes) == (None, None, ())


def test_ratings_that_are_all_5_show_no_difference_and_prove_little() -> None:
    found = comparison.compare([Topic("Hours", arm(9, 9, fives=True), arm(9, 9, fives=True))], resolved=18)
    assert found.verdict is Verdict.NO_DIFFERENCE_SHOWN
    assert found.ranks is not None and found.ranks.low < 0.4
    assert found.adjusted is not None and found.adjusted.high - found.adjusted.low > 0.3


def test_thousands_of_topics_take_no_minute() -> None:
    found: list[Comparison] = []
    topics = [Topic(str(n), arm(n % 3, 2), arm((n + 1) % 3, 2)) for n in range(4000)]
    assert takes(lambda: found.append(comparison.compare(topics, resolved=9)), times=1) < stretched(5)
    assert found[0].compared == 16_000 and len(found[0].headline) <= 150


def test_a_thousand_million_ratings_are_compared_like_a_few() -> None:
    found = comparison.compare([Topic("Hours", arm(8 * 10**8, 10**9), arm(7 * 10**8, 10**9))], resolved=1)
    assert found.verdict is Verdict.AI_HIGHER
    assert found.since is not None and found.since.difference.high < 0.1001


def test_more_answers_than_questions_are_no_crash() -> None:
    odd = Arm(Tally(8, 10), resolved=10, asked=3, answered=10)
    assert comparison.compare([Topic("Hours", odd, odd)], resolved=20).verdict is Verdict.NO_DIFFERENCE_SHOWN


WEEK = [Topic("Hours", arm(15, 20), arm(15, 20))]
LONG = [Topic("Hours", arm(900, 1000), arm(700, 1000), date(2026, 8, 3))]


def test_the_verdict_rests_on_the_time_since_the_certificates_and_not_on_the_week() -> None:
    found = comparison.compare(WEEK, resolved=40, since_certificates=LONG)
    assert found.verdict is Verdict.AI_HIGHER
    assert found.headline == (
        "Customers who rated since 3 Aug 2026 were more satisfied with AI than with people: +20 points (+15 to +25)."
    )
    assert found.adjusted is not None and found.adjusted.estimate == 0


def test_a_week_that_stands_out_alone_earns_no_verdict_and_that_is_said() -> None:
    week = [Topic("Hours", arm(10, 25), arm(24, 30))]
    calm = [Topic("Hours", arm(160, 200), arm(120, 150), date(2026, 8, 3))]
    found = comparison.compare(week, resolved=55, since_certificates=calm)
    assert found.adjusted is not None and found.adjusted.excludes_zero
    assert found.verdict is Verdict.NO_DIFFERENCE_SHOWN
    assert any(note.startswith("This time alone gives −40") for note in found.notes)


def test_a_week_with_few_ratings_shows_counts_though_the_certificates_time_has_a_verdict() -> None:
    found = comparison.compare([Topic("Hours", arm(3, 4), arm(5, 5))], resolved=9, since_certificates=LONG)
    assert found.verdict is Verdict.AI_HIGHER
    assert (found.raw, found.adjusted, found.smallest_visible) == (None, None, None)


def test_certificates_of_several_days_are_said_to_be_so() -> None:
    window = [*LONG, Topic("Billing", arm(90, 100), arm(70, 100), date(2026, 10, 5))]
    found = comparison.compare(WEEK, resolved=40, since_certificates=window)
    assert "since the certificates (from 3 Aug 2026)" in found.headline
    assert found.since is not None and not found.since.one_day


def test_who_did_not_answer_is_said_and_what_they_would_have_to_think() -> None:
    week = [Topic("Hours", arm(180, 200, asked=1000), arm(140, 200, asked=400))]
    found = comparison.compare(week, resolved=1400)
    assert found.verdict is Verdict.AI_HIGHER
    assert (
        "Not equally many answered the survey: 20 % after AI, 50 % after people. Ratings speak for those who gave them."
        in found.notes
    )
    assert (
        "If of the 800 who did not rate AI 65 % were satisfied, instead of 90 % as of those who did, "
        "this difference would vanish." in found.notes
    )


def test_small_topics_that_are_counted_as_one_are_named() -> None:
    small = [Topic(title, arm(1, 2, resolved=9), arm(1, 1, resolved=1)) for title in ("Cards", "Sizes", "Stores")]
    found = comparison.compare([Topic("Hours", arm(80, 100), arm(80, 100)), *small], resolved=230)
    assert found.merged == (("Cards", "Sizes", "Stores"),)
    assert found.notes[-1] == (
        "Few ratings, and AI had about the same share of each, so counted as one topic: Cards, Sizes, Stores."
    )


def test_two_groups_of_small_topics_are_one_note() -> None:
    seldom = [Topic(title, arm(1, 2, resolved=9), arm(1, 1, resolved=1)) for title in ("Cards", "Sizes")]
    often = [Topic(title, arm(1, 1, resolved=1), arm(1, 2, resolved=9)) for title in ("Stores", "Gifts")]
    found = comparison.compare([Topic("Hours", arm(80, 100), arm(80, 100)), *seldom, *often], resolved=240)
    assert len(found.merged) == 2
    first, second = (", ".join(group) for group in found.merged)
    assert [note for note in found.notes if note.startswith("Few ratings")] == [
        "Few ratings, and AI had about the same share of each, so counted as one topic: "
        f"{first}; and as another: {second}."
    ]


def test_marks_that_point_the_other_way_than_the_share_of_4_and_5_are_told() -> None:
    # As many of AI's customers are content, but they give 4 and 1 where those of people give 5 and 3.
    ai = Arm(Tally(170, 200), (30, 0, 0, 170, 0), 200, 200, 200)
    human = Arm(Tally(160, 200), (0, 0, 40, 0, 160), 200, 200, 200)
    found = comparison.compare([Topic("Hours", ai, human)], resolved=400)
    assert found.ranks is not None and found.ranks.high < 0.5
    assert any(note.startswith("The five marks point the other way") for note in found.notes)


def test_a_difference_that_depends_on_the_topic_is_told() -> None:
    rated_much = Topic("Hours", arm(190, 200), arm(150, 200))
    seldom_rated = Topic("Billing", arm(8, 20, resolved=4000), arm(16, 20, resolved=4000))
    found = comparison.compare([rated_much, seldom_rated], resolved=8400)
    assert found.adjusted is not None and found.adjusted.estimate > 0
    assert found.standardised is not None and found.standardised.estimate < 0
    assert any(note.startswith("AI and people do not differ alike in every topic") for note in found.notes)


def window(*topics: Topic, first: date = date(2026, 8, 3)) -> list[Topic]:
    return [replace(each, since=first) for each in topics]


def test_a_window_that_has_just_begun_is_not_taken_for_the_week() -> None:
    week = [Topic("Hours", arm(34, 44), arm(20, 30))]
    found = comparison.compare(
        week, resolved=80, since_certificates=window(Topic("Hours", arm(2, 3), arm(2, 2)), first=date(2026, 11, 21))
    )
    assert found.headline == (
        "Too few ratings since 21 Nov 2026 for a verdict: 3 of AI alone and 2 of people; each needs 8."
    )


def test_where_the_window_has_just_begun_it_is_still_said_that_raw_and_adjusted_disagree() -> None:
    week = [Topic("Hours", arm(38, 40), arm(10, 10)), Topic("Billing", arm(2, 10), arm(20, 40))]
    found = comparison.compare(week, resolved=99, since_certificates=window(Topic("Hours", arm(2, 3), arm(2, 2))))
    assert found.verdict is Verdict.TOO_FEW_RATINGS
    assert any("They disagree because" in note for note in found.notes)


def test_what_the_shared_topics_show_is_said_with_its_limits_where_the_whole_is_not_comparable() -> None:
    week = [Topic("Hours", arm(100, 200), arm(160, 200)), Topic("Billing", human=arm(100, 200))]
    found = comparison.compare(week, resolved=600, since_certificates=window(*week))
    assert found.verdict is Verdict.NOT_COMPARABLE
    assert found.notes[1] == (
        "In the topics that both were rated in, AI minus people is −30 points (−43 to −16), since 3 Aug 2026. "
        "That says nothing of the others."
    )


def test_a_verdict_that_rests_on_few_of_the_ratings_says_so() -> None:
    one_sided = [Topic(f"T{index}", arm(1, 1, resolved=3), arm(0, 0, resolved=3)) for index in range(30)]
    week = [Topic("Hours", arm(20, 40), arm(30, 40)), *one_sided]
    found = comparison.compare(week, resolved=600)
    assert found.verdict is Verdict.NO_DIFFERENCE_SHOWN
    assert any(note.startswith("It rests on 80 of 110 ratings: the others are in") for note in found.notes)
    assert not any(note.startswith("It rests on") for note in comparison.compare(week[:10], resolved=600).notes)


def test_hundreds_of_small_topics_take_one_sentence() -> None:
    small = [Topic(f"T{index}", arm(1, 2), arm(1, 2)) for index in range(300)]
    told = [note for note in comparison.compare(small, resolved=9999).notes if "counted as one" in note]
    assert told == [
        "300 topics have few ratings: those of which AI had about the same share are counted as one, 150 in all."
    ]


def test_ratings_without_a_topic_are_said_to_be_compared_whatever_they_are_about() -> None:
    hours = Topic("Hours", arm(20, 40), arm(30, 40))
    nowhere = Topic("no topic", arm(20, 20), arm(15, 20), named=False)
    told = comparison.compare([hours, nowhere], resolved=600).notes
    assert (
        "33 % of the ratings compared are of conversations without a topic: those are held against each other "
        "whatever they are about."
    ) in told
    assert "without a topic" not in " ".join(comparison.compare([hours], resolved=600).notes)
