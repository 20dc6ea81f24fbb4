"""Which drafts are reviewed, and what they say of all."""

import hashlib
import hmac
from math import isnan, nan
from random import Random

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


@given(st.text(), st.text(), SHARES)
def test_an_auditor_tosses_the_same_coin(key: str, draft: str, share: float) -> None:
    told = hmac.new(key.encode(), f"audit|{draft}".encode(), hashlib.sha256).hexdigest()
    drawn = int(told[:16], 16) / 2**64 < share
    assert (sampling.draw(key, draft, Chances(share, 0.0, share)) == Drawn.AUDIT) == drawn


def test_the_targeted_coin_falls_alike_whatever_the_audit_coin_says() -> None:
    tossed = [sampling.draw("key", draft, Chances(0.5, 0.3, 0.65)) for draft in MANY]
    left = [each for each in tossed if each != Drawn.AUDIT]
    assert left.count(Drawn.TARGETED) / len(left) == pytest.approx(0.3, abs=0.015)


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


def test_the_targeted_coin_keeps_its_share_whatever_the_risks_are() -> None:
    running = sampling.RootRisk()
    risks = [0.0009 if number % 4 else 0.09 for number in range(4_000)]
    chances = [
        sampling.plan(risk, audit_share=0.0, targeted_share=0.05, mean_root_risk=running.before(risk)) for risk in risks
    ]
    late = [each.targeted for each in chances[1_000:]]
    assert sum(late) / len(late) == pytest.approx(0.05, rel=0.1)
    assert running.before(nan) < running.before(0.0)


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


def test_the_effective_number_of_reviews_is_that_of_the_linearised_variance() -> None:
    rows = [(number < 8, 0.5 if number < 20 else 0.25) for number in range(60)]
    total = sum(1 / chance for _, chance in rows)
    share = sum(wrong / chance for wrong, chance in rows) / total
    variance = sum(((wrong - share) / chance) ** 2 * (1 - chance) for wrong, chance in rows) / total**2
    found = sampling.estimate([Weighted(*row) for row in rows])
    assert found is not None
    assert found.effective_reviews == pytest.approx(share * (1 - share) / variance)


def test_wrong_replies_that_were_certain_to_be_found_do_not_vouch_for_the_others() -> None:
    found = sampling.estimate([Weighted(True, 1.0)] * 2 + [Weighted(False, 0.1)] * 50)
    assert found is not None
    assert found.high > 0.05, "fifty of five hundred were read: one in twenty may be wrong unseen"


def test_intervals_hold_the_truth_where_most_wrong_replies_were_certain_to_be_found() -> None:
    chance, inside, rounds = Random(5), 0, 300
    for _ in range(rounds):
        wrong = [chance.random() < 0.04 for _ in range(600)]
        certain = [chance.random() < (0.4 if each else 0.01) for each in wrong]
        chances = [1.0 if sure else 0.1 for sure in certain]
        drawn = [Weighted(each, p) for each, p in zip(wrong, chances, strict=True) if chance.random() < p]
        found = sampling.estimate(drawn)
        assert found is not None
        inside += found.low <= sum(wrong) / len(wrong) <= found.high
    assert inside / rounds >= 0.94


def test_no_review_says_nothing_and_a_clean_sample_leaves_room_for_errors() -> None:
    assert sampling.estimate([]) is None
    clean = sampling.estimate([Weighted(False, 0.1)] * 30)
    assert clean is not None
    assert clean.value == clean.low == 0
    assert 0.05 < clean.high < 0.2


@given(st.lists(st.tuples(st.booleans(), st.floats(0.001, 1)), min_size=1, max_size=40))
def test_every_estimate_lies_in_its_interval(rows: list[tuple[bool, float]]) -> None:
    found = sampling.estimate([Weighted(*row) for row in rows])
    assert found is not None
    assert not isnan(found.high)
    assert 0 <= found.low <= found.value + 1e-9
    assert found.value - 1e-9 <= found.high <= 1
