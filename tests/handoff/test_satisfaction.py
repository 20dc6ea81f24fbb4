"""The score of satisfaction: what moves it, and that it learns as an oracle does."""

from dataclasses import replace
from itertools import product
from random import Random

import numpy as np
import pytest
from scipy.optimize import minimize

from handoff import satisfaction
from handoff.satisfaction import FEWEST_OF_EACH, FEWEST_RATED, GIVEN, RIDGE, Alike, Signs, learn, score

PLAIN = Signs(
    confirmed=False,
    helpful=False,
    unhelpful=False,
    reopened=False,
    returned=False,
    confidence=0.8,
    frustration=0.0,
)
TRUTH = (0.2, 1.5, 0.4, -2.0, 0.1, -0.6, 3.0, -0.5)


def earlier(count: int, seed: int = 1) -> list[Alike]:
    """Rated conversations whose satisfaction follows other weights than the given ones."""
    chance = Random(seed)
    found: list[Alike] = []
    for yes, no, down, again, back in product([False, True], repeat=5):
        for confidence, frustration in product([0.6, 0.8, 1.0], [0.0, 0.5]):
            signs = Signs(yes, no, down, again, back, confidence, frustration)
            rated = chance.randrange(2 * count)
            satisfied = sum(chance.random() < score(signs, TRUTH) for _ in range(rated))
            found.append(Alike(signs, rated + 3, rated, satisfied))
    return found


def test_each_sign_moves_the_score_to_its_side() -> None:
    better = [replace(PLAIN, confirmed=True), replace(PLAIN, helpful=True), replace(PLAIN, confidence=0.95)]
    worse = [replace(PLAIN, unhelpful=True), replace(PLAIN, reopened=True), replace(PLAIN, returned=True)]
    worse.append(replace(PLAIN, frustration=0.6))
    assert all(score(each) > score(PLAIN) for each in better)
    assert all(score(each) < score(PLAIN) for each in worse)
    assert 0.65 < score(PLAIN) < 0.8


def test_learned_weights_are_those_that_an_optimiser_finds() -> None:
    rows = earlier(40)
    numbers = np.array([each.signs.numbers for each in rows])
    rated, satisfied = (np.array([getattr(each, name) for each in rows]) for name in ("rated", "satisfied"))

    def cost(weights: "np.ndarray[tuple[int], np.dtype[np.float64]]") -> float:
        odds = numbers @ weights
        fits = satisfied * odds - rated * np.logaddexp(0.0, odds)
        return float(-fits.sum() + RIDGE / 2 * ((weights - np.array(GIVEN)) ** 2).sum())

    found = minimize(cost, np.zeros(len(GIVEN)), method="BFGS", options={"gtol": 1e-8}).x
    assert learn(rows) == pytest.approx(found, abs=1e-4)


def test_with_many_ratings_the_truth_is_learned() -> None:
    assert learn(earlier(4_000)) == pytest.approx(TRUTH, abs=0.15)


def test_with_few_ratings_or_all_alike_the_given_weights_stay() -> None:
    few = [Alike(PLAIN, 500, FEWEST_RATED - 1, 50)]
    alike = [Alike(PLAIN, 500, 400, 400 - FEWEST_OF_EACH + 1)]
    enough = [Alike(PLAIN, 500, FEWEST_RATED, FEWEST_RATED - FEWEST_OF_EACH)]
    assert learn([]) == learn(few) == learn(alike) == GIVEN != learn(enough)


def test_a_sign_that_parts_all_ratings_is_not_learned_without_bounds() -> None:
    parted = [Alike(PLAIN, 90, 90, 90), Alike(replace(PLAIN, unhelpful=True), 90, 90, 0)]
    weights = learn(parted)
    assert all(abs(weight) < 20 for weight in weights)
    assert score(replace(PLAIN, unhelpful=True), weights) < 0.1
    assert score(PLAIN, weights) > 0.9
    assert satisfaction.score(replace(PLAIN, frustration=1e9)) >= 0.0
