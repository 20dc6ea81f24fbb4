"""Exact tails of the binomial distribution, for promises that must hold at every sample size. Pure.

The point probability is Loader's saddle-point form (C. Loader, "Fast and accurate computation of binomial
probabilities", 2000), which keeps about 14 digits where differences of log-gammas lose half of them. A tail is that
point times a sum of ratios of neighbouring terms, taken on the smaller side, so that nothing cancels.
"""

import math
from functools import lru_cache

MOST_DRAWS = 1_000_000
"""Up to here the tails are tested against an oracle; beyond, they are refused."""
_STIRLING = (1 / 12, 1 / 360, 1 / 1260, 1 / 1680, 1 / 1188, 691 / 360_360)
_SMALL = 32
"""Below this, ln n! itself is exact enough for the correction to Stirling's formula."""
_TERM_ENDS = 1e-18
_HALVINGS = 200


def log_lower_tail(wrong: int, draws: int, chance: float) -> float:
    """The natural logarithm of the probability of at most `wrong` among `draws`.

    Args:
        wrong: the count, any whole number.
        draws: 0 to 1,000,000 independent draws.
        chance: the probability of each, 0..1.

    Returns:
        ln P(Bin(draws, chance) <= wrong), minus infinity when it cannot be.

    Raises:
        ValueError: for draws or a chance out of range.
    """
    _check(draws, chance)
    if wrong < 0:
        return -math.inf
    if wrong >= draws or chance == 0:
        return 0.0
    if chance == 1:
        return -math.inf
    if wrong == 0:
        return draws * math.log1p(-chance)
    if wrong < draws * chance:
        return _log_point(wrong, draws, chance) + math.log(_ratios_down(wrong, draws, chance))
    above = _log_point(wrong + 1, draws, chance) + math.log(_ratios_down(draws - wrong - 1, draws, 1 - chance))
    return math.log1p(-math.exp(above)) if above < 0 else -math.inf


def lower_tail(wrong: int, draws: int, chance: float) -> float:
    """P(Bin(draws, chance) <= wrong), 0..1; the arguments and errors of `log_lower_tail`."""
    return math.exp(log_lower_tail(wrong, draws, chance))


def upper_bound(wrong: int, draws: int, risk: float) -> float:
    """The Clopper-Pearson bound: the share of wrong ones that `draws` draws do not exceed, but for `risk`.

    Args:
        wrong: how many were wrong, 0..draws.
        draws: how many were drawn, 0 to 1,000,000.
        risk: the accepted probability, 0 < risk < 1, that the true share lies above the bound.

    Returns:
        The largest share, 0..1, whose lower tail is still above the risk, rounded up by less than 1e-12;
        1 when nothing was drawn or everything was wrong.

    Raises:
        ValueError: for counts or a risk out of range.
    """
    if not 0 < risk < 1:
        raise ValueError(f"the risk is a probability between 0 and 1, not {risk}")
    if not 0 <= wrong <= draws:
        raise ValueError(f"{wrong} wrong of {draws} cannot be")
    _check(draws, 0.0)
    if wrong == draws:
        return 1.0
    if wrong == 0:
        return -math.expm1(math.log(risk) / draws)
    low, high = wrong / draws, 1.0
    log_risk = math.log(risk)
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if high - low < 1e-15 * high or middle in (low, high):
            break
        if log_lower_tail(wrong, draws, middle) > log_risk:
            low = middle
        else:
            high = middle
    return high


@lru_cache(maxsize=4096)
def least_draws(wrong: int, tolerance: float, risk: float) -> int:
    """The fewest draws of which `wrong` may be wrong and still prove, at the risk, a share within the tolerance.

    Args:
        wrong: how many are wrong, 0 or more.
        tolerance: the share, 0 < tolerance < 1, that is to be proved.
        risk: the accepted probability, 0 < risk < 1, of a false proof.

    Returns:
        The smallest n with P(Bin(n, tolerance) <= wrong) <= risk: 45 for none wrong at 5 % and a risk of 10 %.

    Raises:
        ValueError: for arguments out of range, or when a million draws are too few.
    """
    if wrong < 0 or not 0 < tolerance < 1 or not 0 < risk < 1:
        raise ValueError(f"nothing can be proved with {wrong} wrong, tolerance {tolerance} and risk {risk}")
    log_risk = math.log(risk)
    failing, passing = wrong, max(1, wrong + 1)
    while log_lower_tail(wrong, passing, tolerance) > log_risk:
        if passing == MOST_DRAWS:
            raise ValueError(f"more than {MOST_DRAWS:,} draws would be needed")
        failing, passing = passing, min(2 * passing, MOST_DRAWS)
    while passing - failing > 1:
        middle = (failing + passing) // 2
        if log_lower_tail(wrong, middle, tolerance) > log_risk:
            failing = middle
        else:
            passing = middle
    return passing


def _check(draws: int, chance: float) -> None:
    if not 0 <= draws <= MOST_DRAWS:
        raise ValueError(f"between 0 and {MOST_DRAWS:,} draws, not {draws}")
    if not 0 <= chance <= 1:
        raise ValueError(f"a chance lies between 0 and 1, not at {chance}")


def _ratios_down(count: int, draws: int, chance: float) -> float:
    """The sum of P(X = i) / P(X = count) for i from `count` down to 0; falls geometrically below the mean."""
    odds = (1 - chance) / chance
    term = total = 1.0
    for i in range(count, 0, -1):
        term *= i / (draws - i + 1) * odds
        total += term
        if term < _TERM_ENDS * total:
            break
    return total


def _log_point(count: int, draws: int, chance: float) -> float:
    """The logarithm of P(Bin(draws, chance) = count)."""
    rest = draws - count
    if count == 0:
        return draws * math.log1p(-chance)
    if rest == 0:
        return draws * math.log(chance)
    corrections = _stirling_error(draws) - _stirling_error(count) - _stirling_error(rest)
    deviances = _deviance(count, draws * chance) + _deviance(rest, draws * (1 - chance))
    return corrections - deviances + 0.5 * math.log(draws / (2 * math.pi * count * rest))


def _stirling_error(n: int) -> float:
    """What Stirling's formula leaves of ln n!."""
    if n < _SMALL:
        return math.lgamma(n + 1) - (n + 0.5) * math.log(n) + n - 0.5 * math.log(2 * math.pi)
    a, b, c, d, e, f = _STIRLING
    square = float(n) * n
    return (a - (b - (c - (d - (e - f / square) / square) / square) / square) / square) / n


def _deviance(count: float, mean: float) -> float:
    """The value of count * ln(count / mean) + mean - count, without cancellation near the mean."""
    if abs(count - mean) >= 0.1 * (count + mean):
        return count * math.log(count / mean) + mean - count
    share = (count - mean) / (count + mean)
    total = (count - mean) * share
    term = 2 * count * share
    square = share * share
    for j in range(1, 1000):
        term *= square
        if (new := total + term / (2 * j + 1)) == total:
            break
        total = new
    return total
