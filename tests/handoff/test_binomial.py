"""Exact binomial tails, held against scipy."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handoff import binomial
from tests.swiftness import stretched, takes


def close(mine: float, other: float) -> bool:
    """To nine digits; what is rarer than 1e-200 nobody asks, and scipy itself is out by more there."""
    return math.isclose(mine, other, rel_tol=1e-9, abs_tol=1e-200)


@settings(max_examples=300, deadline=None)
@given(st.integers(1, 1_000_000), st.floats(0.0005, 0.9995), st.floats(-8, 8))
def test_the_tail_agrees_with_scipy_to_nine_digits_around_the_mean(draws: int, chance: float, away: float) -> None:
    from scipy.stats import binom

    wrong = round(draws * chance + away * math.sqrt(draws * chance * (1 - chance)))
    wrong = min(max(wrong, 0), draws)
    assert close(binomial.lower_tail(wrong, draws, chance), float(binom.cdf(wrong, draws, chance)))


@settings(max_examples=200, deadline=None)
@given(st.integers(1, 3000), st.data(), st.floats(1e-6, 1 - 1e-6))
def test_the_tail_agrees_with_scipy_anywhere(draws: int, data: st.DataObject, chance: float) -> None:
    from scipy.stats import binom

    wrong = data.draw(st.integers(0, draws))
    assert close(binomial.lower_tail(wrong, draws, chance), float(binom.cdf(wrong, draws, chance)))


@pytest.mark.parametrize(("wrong", "draws", "chance"), [(3, 40, 0.3), (0, 12, 0.5), (7, 60, 0.05), (30, 60, 0.9)])
def test_the_tail_is_the_sum_of_exact_fractions(wrong: int, draws: int, chance: float) -> None:
    from fractions import Fraction

    exactly = Fraction(chance)
    points = (math.comb(draws, i) * exactly**i * (1 - exactly) ** (draws - i) for i in range(wrong + 1))
    assert math.isclose(binomial.lower_tail(wrong, draws, chance), float(sum(points)), rel_tol=1e-13)


def test_a_probability_too_small_for_a_float_has_a_logarithm() -> None:
    assert binomial.lower_tail(10, 100_000, 0.5) == 0
    points = [math.comb(100_000, i) for i in range(11)]
    exactly = math.log(sum(points)) - 100_000 * math.log(2)
    assert math.isclose(binomial.log_lower_tail(10, 100_000, 0.5), exactly, rel_tol=1e-12)


@pytest.mark.parametrize(
    ("wrong", "draws", "chance", "tail"),
    [(-1, 10, 0.5, 0), (10, 10, 0.5, 1), (11, 10, 0.5, 1), (3, 10, 0.0, 1), (3, 10, 1.0, 0), (0, 0, 0.5, 1)],
)
def test_the_edges_are_certain(wrong: int, draws: int, chance: float, tail: float) -> None:
    assert binomial.lower_tail(wrong, draws, chance) == tail


@settings(max_examples=150, deadline=None)
@given(st.integers(1, 20_000), st.data(), st.sampled_from([0.001, 0.02, 0.1, 0.5]))
def test_the_bound_is_the_quantile_of_the_beta_distribution(draws: int, data: st.DataObject, risk: float) -> None:
    from scipy.stats import beta

    wrong = data.draw(st.integers(0, draws - 1))
    assert close(binomial.upper_bound(wrong, draws, risk), float(beta.ppf(1 - risk, wrong + 1, draws - wrong)))


@pytest.mark.parametrize(("wrong", "draws"), [(0, 0), (7, 7)])
def test_nothing_drawn_or_all_wrong_bounds_nothing(wrong: int, draws: int) -> None:
    assert binomial.upper_bound(wrong, draws, 0.1) == 1


@pytest.mark.parametrize(("tolerance", "reviews"), [(0.1, 22), (0.05, 45), (0.02, 114), (0.01, 230)])
def test_a_clean_record_needs_the_known_number_of_reviews(tolerance: float, reviews: int) -> None:
    assert binomial.least_draws(0, tolerance, 0.1) == reviews


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 60), st.floats(0.005, 0.6), st.floats(0.001, 0.5))
def test_the_fewest_reviews_prove_it_and_one_fewer_does_not(wrong: int, tolerance: float, risk: float) -> None:
    draws = binomial.least_draws(wrong, tolerance, risk)
    assert binomial.lower_tail(wrong, draws, tolerance) <= risk
    assert binomial.lower_tail(wrong, draws - 1, tolerance) > risk
    assert binomial.upper_bound(wrong, draws, risk) <= tolerance + 1e-12


@pytest.mark.parametrize(
    "call",
    [
        lambda: binomial.lower_tail(1, -1, 0.5),
        lambda: binomial.lower_tail(1, 1_000_001, 0.5),
        lambda: binomial.lower_tail(1, 10, 1.5),
        lambda: binomial.lower_tail(1, 10, math.nan),
        lambda: binomial.upper_bound(11, 10, 0.1),
        lambda: binomial.upper_bound(1, 10, 0.0),
        lambda: binomial.upper_bound(1, 10, math.nan),
        lambda: binomial.least_draws(0, 0.0, 0.1),
        lambda: binomial.least_draws(0, 0.05, 1.0),
        lambda: binomial.least_draws(0, 1e-7, 0.1),
    ],
)
def test_what_cannot_be_is_refused(call: object) -> None:
    assert callable(call)
    with pytest.raises(ValueError, match=r".+"):
        call()


def test_a_million_draws_take_a_moment() -> None:
    assert takes(lambda: binomial.lower_tail(499_000, 1_000_000, 0.5)) < stretched(0.05)
