"""What is told of all where labels are missing that no lot left out: unread reviews, and customers who do not rate."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import numpy as np

from handoff import prediction_powered, reviewed_replies
from handoff.prediction_powered import Labelled
from handoff.reviewed_replies import Reply
from tests.benchmarks.rows import Row

WEEKS, QUICK = 2_000, 300
TIMES_THE_WEEKS = 5
"""Customers are drawn so many times more often than reviews, for it takes less time."""
LEAST = 0.93
CONVERSATIONS, CHANCE = 1_500, 0.15
READ, FALLS = 0.7, (0.97, 0.72)
"""The share of the drawn reviews that was read, and the share of right replies at the week's beginning and end."""
HOURS = 168.0
MONDAY = datetime(2026, 11, 16, tzinfo=UTC)
CUSTOMERS = 800


@dataclass(frozen=True)
class Rating:
    """Who rates: how much likelier it is by the score, and by being satisfied."""

    name: str
    by_score: float = 0.0
    by_mood: float = 0.0
    least: float | None = LEAST
    """What the interval is to hold; None where its assumption does not."""


RATINGS = (
    Rating("as chance has it"),
    Rating("by the score", by_score=0.5, least=0.92),
    Rating("the satisfied more", by_mood=0.1, least=None),
)


def rows(benchmark: str, progress: Callable[[str], None], random: np.random.Generator, *, quick: bool) -> list[Row]:
    """The rows of both."""
    weeks = QUICK if quick else WEEKS
    found: list[Row] = []
    for by_age in (True, False):
        progress(f"reviews read {_how(by_age)}")
        found.append(_not_all_read(benchmark, random, weeks, by_age=by_age))
    for case in RATINGS:
        progress(f"customers rate {case.name}")
        found += _who_rates(benchmark, random, TIMES_THE_WEEKS * weeks, case)
    return found


def _how(by_age: bool) -> str:
    return "the oldest first" if by_age else "here and there"


def _not_all_read(benchmark: str, random: np.random.Generator, weeks: int, *, by_age: bool) -> Row:
    """Weeks that turn worse, and reviews not all read: what the report says, and who takes the unread to be alike."""
    held = naive_held = width = told_of = 0.0
    for _ in range(weeks):
        past = np.sort(random.random(CONVERSATIONS))
        score = random.uniform(0.8, 1.0, CONVERSATIONS)  # of what changed in the week it knows nothing
        right = random.random(CONVERSATIONS) < FALLS[0] + (FALLS[1] - FALLS[0]) * past + 0.3 * (score - 0.9)
        drawn = np.flatnonzero(random.random(CONVERSATIONS) < CHANCE)
        seen = np.arange(len(drawn)) < READ * len(drawn) if by_age else random.random(len(drawn)) < READ
        made = [
            Reply(
                MONDAY + timedelta(hours=HOURS * past[each]),
                float(score[each]),
                CHANCE,
                bool(right[each]) if known else None,
            )
            for each, known in zip(drawn, seen, strict=True)
        ]
        told = reviewed_replies.read(made)
        here = past < (1.0 if told.until is None else (told.until - MONDAY) / timedelta(hours=HOURS))
        found = reviewed_replies.right_share(told, mean_score=float(score[here].mean()), conversations=int(here.sum()))
        labels = [Labelled(bool(each.right), each.score, CHANCE * READ) for each in made if each.right is not None]
        naive = prediction_powered.estimate(labels, mean_score=float(score.mean()), conversations=CONVERSATIONS)
        assert found is not None and naive is not None
        held += found.estimate.low <= right[here].mean() <= found.estimate.high
        naive_held += naive.estimate.low <= right.mean() <= naive.estimate.high
        width += found.estimate.high - found.estimate.low
        told_of += float(here.mean())
    held, naive_held, width, told_of = (each / weeks for each in (held, naive_held, width, told_of))
    name = f"{READ:.0%} of the reviews read {_how(by_age)}, right replies falling by 25 points"
    beside = f"taken to be alike {naive_held:.3f}; mean width {width:.2f}, told of {told_of:.0%} of the week"
    return Row(benchmark, f"{name}: intervals that hold", round(held, 3), "share", beside, f">= {LEAST}", held >= LEAST)


def _who_rates(benchmark: str, random: np.random.Generator, weeks: int, case: Rating) -> list[Row]:
    """Satisfaction of all from those who rated, and the ranges that are told beside it."""
    held = apart = always = 0.0
    for _ in range(weeks):
        score = random.beta(2, 1, CUSTOMERS)
        satisfied = random.random(CUSTOMERS) < 0.3 + 0.65 * score
        likely = 0.3 + case.by_score * (score - 0.6) + case.by_mood * (satisfied - 0.75)
        rated = random.random(CUSTOMERS) < likely
        pairs = [(bool(satisfied[each]), float(score[each])) for each in np.flatnonzero(rated)]
        found = prediction_powered.estimate_satisfied(pairs, mean_score=float(score.mean()), conversations=CUSTOMERS)
        assert found is not None and found.silent is not None
        truth, silent = float(satisfied.mean()), found.silent
        held += found.estimate.low <= truth <= found.estimate.high
        apart += silent.low <= truth <= silent.high
        always += silent.least <= truth <= silent.most
    held, apart, always = held / weeks, apart / weeks, always / weeks
    name, least = f"customers rate {case.name}", case.least
    return [
        Row(
            benchmark,
            f"{name}: intervals of satisfaction that hold",
            round(held, 3),
            "share",
            "its assumption does not hold here" if least is None else "",
            "" if least is None else f">= {least}",
            None if least is None else held >= least,
        ),
        Row(
            benchmark,
            f"{name}: the range if the silent are up to 10 points apart",
            round(apart, 3),
            "share",
            f"whatever they think {always:.3f}",
            f">= {LEAST}",
            apart >= LEAST and always == 1.0,
        ),
    ]
