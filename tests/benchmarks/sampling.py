"""How well 200 reviews of 2,000 replies tell the share of wrong ones, by the product's coins and its estimate.

The risks are taken as calibrated: a reply is wrong with just the chance that its confidence leaves, 4 % on average.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from handoff import sampling
from handoff.sampling import Weighted
from tests.benchmarks.rows import Row

NAME = "sampling"
REPLIES, REVIEWS, WRONG = 2_000, 200, 0.04
ROUNDS, QUICK = 1_000, 150
MOST_BIAS, MOST_ERROR = 0.002, 0.012
TELLING, MILD = (0.4, 9.6), (2.0, 48.0)
"""Beta distributions of the estimated risk, both with a mean of 4 %: sure of most, and about as sure of all."""


@dataclass(frozen=True)
class Case:
    """What is simulated."""

    name: str
    risks: tuple[float, float] = TELLING
    telling: bool = True
    """Whether the risk says anything of the reply."""
    audit: float = 0.5
    """The uniform coin's part of the reviews."""
    usual_mean: bool = False
    """Whether the product's usual mean of the roots of the risks stands in for that of these drafts."""
    bound: bool = False


CASES = (
    Case("calibrated risks", bound=True),
    Case("calibrated risks, their mean not known", usual_mean=True),
    Case("risks that tell little", risks=MILD),
    Case("risks that tell nothing", telling=False),
    Case("the uniform coin alone", audit=1.0),
)

Numbers = np.ndarray[Any, np.dtype[np.float64]]


async def run(progress: Callable[[str], None], quick: bool) -> list[Row]:
    """Draw and estimate again and again, with scores that tell much, little and nothing, and without targeting."""
    rounds, random = QUICK if quick else ROUNDS, np.random.default_rng(20_261_123)
    rows: list[Row] = []
    for case in CASES:
        progress(case.name)
        errors, inside, reviewed = _errors(random, rounds, case)
        rows += _rows(case, errors, inside, reviewed)
    return rows


def _rows(case: Case, errors: Numbers, inside: float, reviewed: float) -> list[Row]:
    bias, error = float(np.mean(errors)), float(np.sqrt(np.mean(errors**2)))
    beside = f"{reviewed:.0f} of {REPLIES:,} reviewed, {WRONG:.0%} wrong"
    bias_target, error_target = ("<= 0.2", f"<= {MOST_ERROR}") if case.bound else ("", "")
    return [
        Row(
            NAME,
            f"{case.name}: bias",
            round(100 * bias, 3),
            "points",
            beside,
            bias_target,
            abs(bias) <= MOST_BIAS if case.bound else None,
        ),
        Row(
            NAME,
            f"{case.name}: root-mean-square error",
            round(error, 4),
            "share",
            beside,
            error_target,
            error <= MOST_ERROR if case.bound else None,
        ),
        Row(NAME, f"{case.name}: 95 % intervals that hold the truth", round(inside, 3), "share", beside),
    ]


def _errors(random: np.random.Generator, rounds: int, case: Case) -> tuple[Numbers, float, float]:
    """The errors of the estimate, the share of intervals around the truth, and the mean number of reviews."""
    errors, inside, number_reviewed = np.empty(rounds), 0, 0
    for number in range(rounds):
        told = random.beta(*case.risks, REPLIES)
        wrong = random.random(REPLIES) < (told if case.telling else WRONG)
        chances = _chances(told, case)
        reviewed = [
            Weighted(bool(wrong[index]), each.probability)
            for index, each in enumerate(chances)
            if sampling.draw(f"round {number}", str(index), each) is not None
        ]
        found, truth = sampling.estimate(reviewed), float(np.mean(wrong))
        assert found is not None
        errors[number] = found.value - truth
        inside += found.low <= truth <= found.high
        number_reviewed += len(reviewed)
    return errors, inside / rounds, number_reviewed / rounds


def _chances(told: Numbers, case: Case) -> list[sampling.Chances]:
    share = REVIEWS / REPLIES
    return [
        sampling.plan(
            float(risk),
            audit_share=share * case.audit,
            targeted_share=share * (1 - case.audit),
            mean_root_risk=sampling.MEAN_ROOT_RISK if case.usual_mean else float(np.mean(np.sqrt(told))),
        )
        for risk in told
    ]
