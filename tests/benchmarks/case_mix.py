"""The AI gets the easy topics, and people are better everywhere: what raw and adjusted differences say of it."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from handoff.compared import MOST_NOT_COMPARABLE, Arm, Comparison, Topic, Verdict
from handoff.comparison import compare
from handoff.intervals import Tally
from tests.benchmarks.rows import Row

NAME = "case_mix"
WEEKS, QUICK = 4_000, 800
LEAST, MOST, CLOSE = 0.93, 0.97, 0.01
DIFFERENCE = -0.05
"""AI minus human, in every topic."""
RESPONSE = 0.4
"""The share of resolved conversations that is rated."""


@dataclass(frozen=True)
class Mix:
    """A topic: how many conversations a week AI and people resolve, and how many in one are satisfied with people."""

    title: str
    ai: int
    human: int
    satisfied: float


MIXES = (
    Mix("Opening hours", 150, 20, 0.95),
    Mix("Delivery", 120, 40, 0.90),
    Mix("Returns", 40, 80, 0.75),
    Mix("Billing", 15, 120, 0.60),
    Mix("Gift cards", 6, 5, 0.85),
    Mix("Sizes", 5, 4, 0.85),
)
PEOPLE_ONLY = Mix("Legal", 0, 200, 0.55)
A_FEW = Mix("Legal", 0, 60, 0.55)


async def run(progress: Callable[[str], None], quick: bool) -> list[Row]:
    """Draw weeks of unlike mixes, compare, and count."""
    random, weeks = np.random.default_rng(20_261_128), QUICK if quick else WEEKS
    progress("weeks")
    found = [_compared(random, MIXES) for _ in range(weeks)]
    raw = float(np.mean([each.raw.estimate for each in found if each.raw]))
    adjusted = [each.adjusted for each in found if each.adjusted]
    standardised = [each.standardised for each in found if each.standardised]
    mean = float(np.mean([each.estimate for each in adjusted]))
    held = float(np.mean([each.low <= DIFFERENCE <= each.high for each in adjusted]))
    held_mix = float(np.mean([each.low <= DIFFERENCE <= each.high for each in standardised]))
    raw_held = float(np.mean([each.raw.low <= DIFFERENCE <= each.raw.high for each in found if each.raw]))
    told = float(np.mean([any("They disagree" in note for note in each.notes) for each in found]))
    truth = f"true {100 * DIFFERENCE:+.0f}"
    return [
        Row(NAME, "raw difference, mean", round(100 * raw, 2), "points", truth, "> 0 (the wrong sign)", raw > 0),
        Row(
            NAME,
            "adjusted difference, mean",
            round(100 * mean, 2),
            "points",
            truth,
            f"within {100 * CLOSE:.0f} of it",
            abs(mean - DIFFERENCE) <= CLOSE,
        ),
        Row(
            NAME,
            "adjusted: intervals that hold the truth",
            round(held, 3),
            "share",
            f"raw {raw_held:.3f}",
            f"{LEAST}–{MOST}",
            LEAST <= held <= MOST,
        ),
        Row(NAME, "standardised: intervals that hold the truth", round(held_mix, 3), "share"),
        Row(NAME, "weeks in which it is said that the two disagree", round(told, 3), "share"),
        *_people_only(progress, random, weeks // 2),
    ]


def _people_only(progress: Callable[[str], None], random: np.random.Generator, weeks: int) -> list[Row]:
    """What is said of a topic that only people handle, where it is a fifth of all and more, and where it is less."""
    progress("a topic that only people handle")
    much = [_compared(random, (*MIXES, PEOPLE_ONLY)) for _ in range(weeks)]
    little = [_compared(random, (*MIXES, A_FEW)) for _ in range(weeks)]
    refused = float(
        np.mean([each.verdict is Verdict.NOT_COMPARABLE for each in much if each.not_comparable > MOST_NOT_COMPARABLE])
    )
    named = float(np.mean([_names(each, PEOPLE_ONLY.title) for each in (*much, *little)]))
    # Now and then nobody rates one of the AI's few conversations on billing, and that topic falls away as well.
    compared = float(np.mean([each.verdict is not Verdict.NOT_COMPARABLE for each in little]))
    return [
        Row(NAME, "people alone in more than 20 %: not comparable", refused, "share", "", "1", refused == 1),
        Row(
            NAME,
            "people alone in 9 %: the other topics are compared",
            compared,
            "share",
            "",
            ">= 0.99",
            compared >= 0.99,
        ),
        Row(NAME, "the topic is named as not comparable", named, "share", much[0].notes[0], "1", named == 1),
    ]


def _names(found: Comparison, title: str) -> bool:
    return found.notes[0].startswith("Not comparable") and f"{title} (only people)" in found.notes[0]


def _compared(random: np.random.Generator, mixes: tuple[Mix, ...]) -> Comparison:
    topics = [
        Topic(mix.title, _arm(random, mix.ai, mix.satisfied + DIFFERENCE), _arm(random, mix.human, mix.satisfied))
        for mix in mixes
    ]
    return compare(topics, resolved=sum(topic.conversations for topic in topics))


def _arm(random: np.random.Generator, conversations: int, satisfied: float) -> Arm:
    resolved = int(random.poisson(conversations))
    ratings = int(random.binomial(resolved, RESPONSE))
    return Arm(
        Tally(int(random.binomial(ratings, satisfied)), ratings), resolved=resolved, asked=resolved, answered=ratings
    )
