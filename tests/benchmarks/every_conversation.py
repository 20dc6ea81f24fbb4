"""The share of right replies among all, from reviews and a score of every reply: coverage and width of the interval.

Weeks are drawn at random. The good score is calibrated and tells much; the useless one is drawn without a look at the
reply; the biased one is the good one bent and lowered, so that taken at its word it would be about 25 points too low.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from handoff import prediction_powered
from handoff.prediction_powered import Labelled
from tests.benchmarks import missing_labels
from tests.benchmarks.rows import Row

NAME = "every_conversation"
CONVERSATIONS, WEEKS, QUICK = 1_500, 10_000, 2_000
LEAST, MOST, MOST_WIDTH = 0.93, 0.97, 0.7
TELLING = 0.5
"""The sum of the parameters of the good score's beta distribution; it explains two thirds of the spread of labels."""

Numbers = np.ndarray[Any, np.dtype[np.float64]]


@dataclass(frozen=True)
class Case:
    """What is simulated."""

    score: str
    right: float
    reviews: int
    targeted: bool = False
    """Whether a reply of a low score is likelier to be reviewed, with known chances."""
    bound: bool = True


CASES = (
    *(Case(score, 0.9, 60) for score in ("good", "useless", "biased")),
    *(Case(score, 0.8, 60) for score in ("good", "useless", "biased")),
    *(Case(score, 0.9, 200) for score in ("good", "useless", "biased")),
    Case("good", 0.9, 120, targeted=True),
    Case("useless", 0.97, 60, bound=False),
    Case("good", 0.97, 60, bound=False),
)


async def run(progress: Callable[[str], None], quick: bool) -> list[Row]:
    """Draw weeks and reviews again and again, estimate, and count."""
    random, weeks = np.random.default_rng(20_261_126), QUICK if quick else WEEKS
    rows: list[Row] = []
    for case in CASES:
        name = f"{case.score} score, {case.right:.0%} right, {case.reviews} reviews"
        name += ", drawn by risk" if case.targeted else ""
        progress(name)
        rows += _rows(name, case, _simulated(random, weeks, case))
    return rows + missing_labels.rows(NAME, progress, random, quick=quick)


def _rows(name: str, case: Case, found: tuple[float, float, float, float]) -> list[Row]:
    held, held_without, width, off = found
    widths = case.score == "good" and case.bound and not case.targeted
    beside = f"without the score {held_without:.3f}, the score at its word {off:+.2f}"
    covered = LEAST <= held <= MOST if case.bound else None
    target = f"{LEAST}–{MOST}" if case.bound else ""
    return [
        Row(NAME, f"{name}: intervals that hold the truth", round(held, 3), "share", beside, target, covered),
        Row(
            NAME,
            f"{name}: width",
            round(width, 3),
            "times",
            "the width without the score",
            f"<= {MOST_WIDTH}" if widths else "",
            width <= MOST_WIDTH if widths else None,
        ),
    ]


def _simulated(random: np.random.Generator, weeks: int, case: Case) -> tuple[float, float, float, float]:
    """The share of intervals that hold the truth, with the score and without, the widths' ratio, the score's error."""
    held = held_without = 0
    width = width_without = off = 0.0
    for _ in range(weeks):
        scores, right = _week(random, case)
        chances = _chances(scores, case)
        drawn = np.flatnonzero(random.random(CONVERSATIONS) < chances)
        labelled = [Labelled(bool(right[each]), float(scores[each]), float(chances[each])) for each in drawn]
        found = prediction_powered.estimate(labelled, mean_score=float(scores.mean()), conversations=CONVERSATIONS)
        assert found is not None
        truth, sharp, plain = float(right.mean()), found.estimate, found.without_score
        held += sharp.low <= truth <= sharp.high
        held_without += plain.low <= truth <= plain.high
        off += float(scores.mean()) - truth
        width += sharp.high - sharp.low
        width_without += plain.high - plain.low
    return held / weeks, held_without / weeks, width / width_without, off / weeks


def _week(random: np.random.Generator, case: Case) -> tuple[Numbers, Numbers]:
    """The score of each reply, and whether it is right."""
    chance = random.beta(case.right * TELLING, (1 - case.right) * TELLING, CONVERSATIONS)
    right = (random.random(CONVERSATIONS) < chance).astype(np.float64)
    if case.score == "useless":
        return random.random(CONVERSATIONS), right
    return (np.maximum(0.0, 0.85 * chance**2 - 0.1) if case.score == "biased" else chance), right


def _chances(scores: Numbers, case: Case) -> Numbers:
    share = case.reviews / CONVERSATIONS
    if not case.targeted:
        return np.full(CONVERSATIONS, share)
    risk = np.sqrt(1.02 - scores)
    return np.minimum(1.0, share / 2 + share / 2 * risk / risk.mean())
