"""Two readers of the same drafts."""

from random import Random

import pytest
from sklearn.metrics import cohen_kappa_score

from handoff.agreement import agreement, worse

VERDICTS = ("right", "incomplete", "wrong", "harmful")


def pairs(seed: int, number: int, alike: float) -> list[tuple[str, str]]:
    chance = Random(seed)
    firsts = chance.choices(VERDICTS, (60, 20, 15, 5), k=number)
    return [(first, first if chance.random() < alike else chance.choice(VERDICTS)) for first in firsts]


@pytest.mark.parametrize("seed", range(8))
def test_kappa_is_that_of_the_oracle(seed: int) -> None:
    told = pairs(seed, 80, 0.6)
    firsts, seconds = zip(*told, strict=True)
    found = agreement(told)
    assert found.kappa == pytest.approx(cohen_kappa_score(firsts, seconds), abs=1e-12)
    assert f"{found.kappa:.2f} on 80 drafts" in found.words


def test_a_few_pairs_say_nothing() -> None:
    found = agreement(pairs(1, 9, 1.0))
    assert found.kappa is None
    assert "9 drafts read twice so far" in found.words
    assert "no draft read twice" in agreement([]).words


def test_pairs_that_all_say_the_same_leave_nothing_to_compare() -> None:
    found = agreement([("right", "right")] * 20)
    assert found.kappa is None
    assert "nothing to compare" in found.words


def test_who_cannot_tell_does_not_disagree() -> None:
    told = pairs(2, 40, 0.7)
    assert agreement([*told, ("unsure", "right"), ("wrong", "unsure")]) == agreement(told)


@pytest.mark.parametrize(
    ("one", "other", "counts"),
    [("right", "wrong", "wrong"), ("harmful", "wrong", "harmful"), ("unsure", "right", "unsure")],
)
def test_the_more_cautious_verdict_counts(one: str, other: str, counts: str) -> None:
    assert worse(one, other) == worse(other, one) == counts
