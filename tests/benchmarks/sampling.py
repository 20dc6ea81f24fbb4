"""How well 200 reviews of 2,000 replies tell the share of wrong ones, by the product's coins and its estimate."""

from collections.abc import Callable
from typing import Any

import numpy as np

from handoff import sampling
from handoff.sampling import Weighted
from tests.benchmarks.rows import Row

NAME = "sampling"
REPLIES, REVIEWS, WRONG = 2_000, 200, 0.04
ROUNDS, QUICK = 1_000, 200
MOST_BIAS, MOST_ERROR = 0.002, 0.012
TELLING, MILD = (0.4, 9.6), (2.0, 48.0)
"""Beta distributions of the estimated risk, both with a mean of 4 %: sure of most, and about as sure of all."""

Numbers = np.ndarray[Any, np.dtype[np.float64]]


async def run(progress: Callable[[str], None], quick: bool) -> list[Row]:
    """Draw and estimate again and again, with scores that tell much, little and nothing, and without targeting."""
    rounds, random = QUICK if quick else ROUNDS, np.random.default_rng(20_261_123)
    rows: list[Row] = []
    cases = (
        ("calibrated risks", TELLING, 0.5),
        ("risks that tell little", MILD, 0.5),
        ("risks that tell nothing", None, 0.5),
        ("the uniform coin alone", TELLING, 1.0),
    )
    for name, risks, audit in cases:
        progress(name)
        errors, inside = _errors(random, rounds, risks, audit)
        bias, error = float(np.mean(errors)), float(np.sqrt(np.mean(errors**2)))
        held = name == cases[0][0]
        rows += [
            Row(
                NAME,
                f"{name}: bias",
                round(100 * bias, 3),
                "points",
                f"{REVIEWS} of {REPLIES:,} reviewed, {WRONG:.0%} wrong",
                "<= 0.2" if held else "",
                abs(bias) <= MOST_BIAS if held else None,
            ),
            Row(
                NAME,
                f"{name}: root-mean-square error",
                round(error, 4),
                "share",
                "",
                f"<= {MOST_ERROR}" if held else "",
                error <= MOST_ERROR if held else None,
            ),
            Row(NAME, f"{name}: 95 % intervals that hold the truth", round(inside, 3), "share"),
        ]
    return rows


def _errors(
    random: np.random.Generator, rounds: int, risks: tuple[float, float] | None, audit: float
) -> tuple[Numbers, float]:
    """The errors of the estimate, and the share of intervals around the truth; `audit` is that coin's part."""
    errors, inside = np.empty(rounds), 0
    for number in range(rounds):
        told = random.beta(*(risks or TELLING), REPLIES)
        wrong = random.random(REPLIES) < (told if risks else WRONG)
        chances = _chances(told, audit)
        drawn = [
            index
            for index in range(REPLIES)
            if sampling.draw(f"round {number}", str(index), chances[index]) is not None
        ]
        reviewed = [Weighted(bool(wrong[index]), chances[index].probability) for index in drawn]
        found, truth = sampling.estimate(reviewed, REPLIES), float(np.mean(wrong))
        assert found is not None
        errors[number] = found.value - truth
        inside += found.low <= truth <= found.high
    return errors, inside / rounds


def _chances(told: Numbers, audit: float) -> list[sampling.Chances]:
    share = REVIEWS / REPLIES
    mean_root = float(np.mean(np.sqrt(told)))
    return [
        sampling.plan(
            float(risk), audit_share=share * audit, targeted_share=share * (1 - audit), mean_root_risk=mean_root
        )
        for risk in told
    ]
