"""Which drafts are reviewed, and what they say of all."""

from math import isnan, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handoff import sampling
from handoff.sampling import Chances, Weighted
from storage.kinds import Drawn, Stage

SHARES = st.floats(0, 1)
MANY = [f"draft-{number}" for number in range(20_000)]


def test_the_same_key_tosses_the_same_coins() -> None:
    chances = Chances(0.3, 0.3, 0.51)
    tossed = [sampling.draw("key", draft, chances) for draft in MANY[:500]]
    assert tossed == [sampling.draw("key", draft, chances) for draft in MANY[:500]]
    assert tossed != [sampling.draw("another key", draft, chances) for draft in MANY[:500]]


def test_the_coins_fall_as_often_as_they_say() -> None:
    chances = sampling.plan(0.2, audit_share=0.1, targeted_share=0.05)
    tossed = [sampling.draw("key", draft, chances) for draft in MANY]
    assert tossed.count(Drawn.AUDIT) / len(MANY) == pytest.approx(chances.audit, abs=0.008)
    drawn = sum(each is not None for each in tossed) / len(MANY)
    assert drawn == pytest.approx(chances.probability, abs=0.009)
    twice = sum(sampling.second_reading("key", draft) for draft in MANY) / len(MANY)
    assert twice == pytest.approx(sampling.READ_TWICE, abs=0.008)


def test_the_audit_coin_knows_nothing_of_the_risk() -> None:
    def audited(risk: float) -> list[bool]:
        chances = sampling.plan(risk, audit_share=0.1, targeted_share=0.2)
        return [sampling.draw("key", draft, chances) == Drawn.AUDIT for draft in MANY[:2_000]]

    assert audited(0.01) == audited(0.9)


def test_the_second_reading_does_not_depend_on_the_coins() -> None:
    chances = Chances(0.5, 0.0, 0.5)
    drawn = [draft for draft in MANY if sampling.draw("key", draft, chances)]
    again = sum(sampling.second_reading("key", draft) for draft in drawn) / len(drawn)
    assert again == pytest.approx(sampling.READ_TWICE, abs=0.01)


def test_risky_drafts_are_drawn_with_the_root_of_their_risk() -> None:
    small, large = (sampling.plan(risk, audit_share=0.0, targeted_share=0.05) for risk in (0.09, 0.36))
    assert large.targeted == pytest.approx(2 * small.targeted)


def test_the_surest_draft_is_not_beyond_reach() -> None:
    assert sampling.plan(0.0, audit_share=0.0, targeted_share=0.05).targeted == sampling.LEAST_TARGETED


@pytest.mark.parametrize("risk", [nan, -0.1, 1.7])
def test_a_risk_that_is_none_counts_as_the_highest(risk: float) -> None:
    known = sampling.plan(1.0, audit_share=0.1, targeted_share=0.1)
    assert sampling.plan(risk, audit_share=0.1, targeted_share=0.1) == known


def test_without_a_targeted_share_only_the_audit_coin_is_tossed() -> None:
    chances = sampling.plan(0.9, audit_share=0.1, targeted_share=0.0)
    assert (chances.audit, chances.targeted) == (0.1, 0.0)
    assert chances.probability == pytest.approx(0.1)


@given(SHARES, SHARES, SHARES)
def test_every_chance_is_one(risk: float, audit: float, targeted: float) -> None:
    chances = sampling.plan(risk, audit_share=audit, targeted_share=targeted)
    assert max(chances.audit, chances.targeted) <= chances.probability + 1e-12
    assert chances.probability <= 1


def test_more_is_reviewed_while_people_answer() -> None:
    assert sampling.audit_share_of(Stage.AUTOPILOT, 0.1) == 0.1
    assert sampling.audit_share_of(Stage.COPILOT, 0.1) == 0.5
    assert sampling.audit_share_of(Stage.SHADOW, 0.5) == 1.0


def test_a_review_counts_by_the_inverse_of_its_chance() -> None:
    found = sampling.estimate([Weighted(True, 0.5), Weighted(False, 0.1), Weighted(False, 0.1)])
    assert found is not None
    assert found.value == pytest.approx(2 / 22)
    assert found.low < found.value < found.high


def test_the_known_population_takes_the_place_of_the_weights() -> None:
    found = sampling.estimate([Weighted(True, 0.5), Weighted(False, 0.1)], population=40)
    assert found is not None
    assert found.value == pytest.approx(2 / 40)


def test_no_review_says_nothing_and_a_clean_sample_leaves_room_for_errors() -> None:
    assert sampling.estimate([]) is None
    clean = sampling.estimate([Weighted(False, 0.1)] * 30)
    assert clean is not None
    assert clean.value == clean.low == 0
    assert 0.05 < clean.high < 0.2


@given(st.lists(st.tuples(st.booleans(), st.floats(0.001, 1)), min_size=1, max_size=40), st.booleans())
def test_every_estimate_lies_in_its_interval(rows: list[tuple[bool, float]], known: bool) -> None:
    found = sampling.estimate([Weighted(*row) for row in rows], population=4_000 if known else None)
    assert found is not None
    assert not isnan(found.high)
    assert 0 <= found.low <= found.value + 1e-9
    assert found.value - 1e-9 <= found.high <= 1
