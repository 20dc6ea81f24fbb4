"""Who answered, and what the silent would have to think."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handoff.compared import Arm
from handoff.intervals import Interval, Tally, newcombe
from handoff.response import difference_in_response, tipping_points

SHOWN = Interval(0.10, 0.02, 0.18)


def arm(satisfied: int, ratings: int, asked: int) -> Arm:
    return Arm(Tally(satisfied, ratings), resolved=asked, asked=asked, answered=ratings)


@st.composite
def arms(draw: st.DrawFn) -> Arm:
    asked = draw(st.integers(2, 500))
    ratings = draw(st.integers(1, asked - 1))
    return arm(draw(st.integers(0, ratings)), ratings, asked)


def test_response_rates_differ_by_newcombes_interval() -> None:
    found = difference_in_response(arm(20, 30, 100), arm(30, 45, 100))
    assert found == newcombe(Tally(30, 100), Tally(45, 100))


def test_an_arm_that_asked_nobody_has_no_response_rate() -> None:
    assert difference_in_response(Arm(), arm(3, 4, 9)) is None
    assert tipping_points(Arm(), arm(3, 4, 9), SHOWN)[0].arm == "human"


def test_nobody_was_silent_so_nothing_can_turn() -> None:
    assert tipping_points(arm(30, 40, 40), arm(20, 30, 30), SHOWN) == ()


@settings(deadline=None)
@given(arms(), arms())
def test_with_the_needed_share_among_the_silent_all_who_were_asked_do_not_differ(ai: Arm, human: Arm) -> None:
    assert ai.tally.share is not None and human.tally.share is not None
    gap = ai.tally.share - human.tally.share
    found = Interval(gap, gap - 1e-9, gap + 1e-9)
    for point in tipping_points(ai, human, found):
        if point.needed is None or not found.excludes_zero:
            continue
        of, other = (ai, human) if point.arm == "ai" else (human, ai)
        all_asked = (of.tally.satisfied + point.needed * point.silent) / of.asked
        assert all_asked == pytest.approx(other.tally.share, abs=1e-6)


def test_a_difference_that_is_not_shown_turns_when_its_nearer_bound_reaches_zero() -> None:
    ai, human = arm(30, 40, 100), arm(28, 40, 100)
    points = tipping_points(ai, human, Interval(0.05, -0.02, 0.12))
    # All who were asked of AI must be .02 more satisfied, and 60 of 100 are silent; those of people as much less so.
    assert [point.needed for point in points] == pytest.approx([0.75 + 0.02 / 0.6, 0.70 - 0.02 / 0.6])


def test_a_gap_that_no_answer_of_the_silent_could_close_has_no_tipping_point() -> None:
    few_silent = arm(90, 98, 100)
    assert tipping_points(few_silent, few_silent, Interval(0.30, 0.2, 0.4))[0].needed is None
