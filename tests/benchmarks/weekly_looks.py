"""A year of weekly looks: false verdicts where nothing differs, and the week in which a true difference is called.

Every look is the product's own comparison of all ratings so far. Beside it stand the verdicts of who takes the usual
95 % interval: of each week alone, and of all ratings so far.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from handoff.compared import Arm, Topic, Verdict
from handoff.comparison import compare
from handoff.intervals import Tally
from handoff.policy_comparison import so_far
from handoff.report_parts import LotMonth, PolicySide
from handoff.rivalry import REVIEWS, contest
from handoff.strata import adjusted_difference
from tests.benchmarks.rows import Row, median, percentile

NAME = "weekly_looks"
WEEKS_A_YEAR, YEARS, QUICK = 52, 1_000, 60
MOST_FALSE, LATEST = 0.05, 14
TIMES_THE_YEARS = 6
"""A year with a true difference ends when it is called, so many times more of them are lived through."""
NEVER = 10 * WEEKS_A_YEAR
CALLED = (Verdict.AI_HIGHER, Verdict.AI_LOWER)

Counts = np.ndarray[Any, np.dtype[np.int64]]


@dataclass(frozen=True)
class Case:
    """A kind of year: people's share by topic, AI minus human, ratings a week of each, whether the mix drifts."""

    name: str
    shares: tuple[float, ...] = (0.8,)
    difference: float = 0.0
    ai: int = 40
    human: int = 20
    drifts: bool = False


ALIKE = (
    Case("one topic, .80 satisfied"),
    Case("one topic, .93 satisfied", (0.93,)),
    Case("four topics, the mix unequal and drifting", (0.92, 0.85, 0.75, 0.6), drifts=True),
    Case("8 ratings an arm, three topics, drifting", (0.9, 0.8, 0.6), ai=8, human=8, drifts=True),
)
DIFFERENT = (
    Case("AI .80, people .70", (0.7,), 0.1),
    Case("AI .75, people .85", (0.85,), -0.1),
    Case("AI .10 higher in four topics, drifting", (0.85, 0.8, 0.7, 0.6), 0.1, drifts=True),
)


async def run(progress: Callable[[str], None], quick: bool) -> list[Row]:
    """Live through years of each kind."""
    random, years = np.random.default_rng(20_261_129), QUICK if quick else YEARS
    rows: list[Row] = []
    for case in ALIKE:
        progress(case.name)
        lived = [_year(random, case, WEEKS_A_YEAR) for _ in range(years)]
        called, usual, summed = (sum(week[kind] < NEVER for week in lived) / years for kind in range(3))
        rows.append(
            Row(
                NAME,
                f"nothing differs, {case.name}: years with a false verdict",
                round(called, 3),
                "share",
                f"usual interval: {usual:.2f} of the week, {summed:.2f} of all so far",
                f"<= {MOST_FALSE}",
                called <= MOST_FALSE,
            )
        )
    for case in DIFFERENT:
        progress(case.name)
        weeks = [_year(random, case, WEEKS_A_YEAR)[0] for _ in range(TIMES_THE_YEARS * years)]
        bound = case.drifts is False
        late = median(weeks)
        rows.append(
            Row(
                NAME,
                f"{case.name}: called in week",
                late,
                "median",
                f"{case.ai} + {case.human} ratings a week; nine in ten by week {percentile(weeks, 0.9)}",
                f"<= {LATEST}" if bound else "",
                late <= LATEST if bound else None,
            )
        )
    progress("the lot since it began, two versions since both run")
    return [*rows, *_by_lot(random, years), _versions(random, years)]


LOT = (57, 6)
"""Ratings a week of those offered to the AI and of those drawn by lot: a tenth."""
WEEKS_A_MONTH = 4


def _by_lot(random: np.random.Generator, years: int) -> list[Row]:
    """What the lot has shown since it began: where the offer changes nothing, and where it does."""
    alike = [_lot_called(random, 0.0, WEEKS_A_YEAR) for _ in range(years)]
    called = sum(week < NEVER for week in alike) / years
    weeks = [_lot_called(random, -0.15, 3 * WEEKS_A_YEAR) for _ in range(2 * years)]
    sizes = f"{LOT[0]} + {LOT[1]} ratings a week"
    return [
        Row(
            NAME,
            "by lot, the offer changes nothing: years with a false verdict",
            round(called, 3),
            "share",
            sizes,
            f"<= {MOST_FALSE}",
            called <= MOST_FALSE,
        ),
        Row(
            NAME,
            "by lot, the offer costs .15: called in week",
            median(weeks),
            "median",
            f"{sizes}; nine in ten by week {percentile(weeks, 0.9)}",
        ),
    ]


def _lot_called(random: np.random.Generator, difference: float, weeks: int) -> int:
    months: list[LotMonth] = []
    sides = [Tally(), Tally()]
    for week in range(weeks):
        if week % WEEKS_A_MONTH == 0:
            sides = [Tally(), Tally()]
            months.append(_lot_month(sides))
        for side, (mean, share) in enumerate(zip(LOT, (0.8 + difference, 0.8), strict=True)):
            ratings = int(random.poisson(mean))
            sides[side] += Tally(int(random.binomial(ratings, share)), ratings)
        months[-1] = _lot_month(sides)
        found = so_far(months)
        if found and found.difference and found.difference.excludes_zero:
            return week + 1 if not difference or (found.difference.estimate > 0) == (difference > 0) else NEVER
    return NEVER


def _lot_month(sides: list[Tally]) -> LotMonth:
    offered, straight = (PolicySide(conversations=each.ratings, tally=each) for each in sides)
    return LotMonth(first_day=date(2026, 1, 1), offered=offered, straight=straight)


def _versions(random: np.random.Generator, years: int) -> Row:
    """Two versions that are wrong alike often, over two topics, looked at each week."""
    shares, reviews, false, usual = (0.05, 0.15), 6, 0, 0
    for _ in range(years):
        topics = {str(number): (Tally(), Tally()) for number in range(len(shares))}
        called = by_once = False
        for _ in range(WEEKS_A_YEAR):
            for number, share in enumerate(shares):
                one, two = (Tally(int(random.binomial(reviews, share)), reviews) for _ in range(2))
                before = topics[str(number)]
                topics[str(number)] = (before[0] + one, before[1] + two)
            found = contest(topics, REVIEWS).adjusted
            once = adjusted_difference(topics)
            called |= bool(found and found.excludes_zero)
            by_once |= bool(once and once.excludes_zero)
        false, usual = false + called, usual + by_once
    return Row(
        NAME,
        "two versions alike: years with a false verdict",
        round(false / years, 3),
        "share",
        f"usual interval of all so far {usual / years:.2f}",
        f"<= {MOST_FALSE}",
        false / years <= MOST_FALSE,
    )


def _year(random: np.random.Generator, case: Case, weeks: int) -> tuple[int, int, int]:
    """The first week with a verdict: by the product, by the week's usual interval, by that of all ratings so far.

    A true difference ends the year with the first verdict, if it is the right one.
    """
    ratings, satisfied = _drawn(random, case, weeks)
    all_ratings, all_satisfied = ratings.cumsum(axis=0), satisfied.cumsum(axis=0)
    called, usual, summed = NEVER, NEVER, NEVER
    for week in range(weeks):
        if called == NEVER and _verdict(all_ratings[week], all_satisfied[week], case.difference):
            called = week + 1
            if case.difference:
                break
        if not case.difference and usual == NEVER and _excludes_zero(ratings[week], satisfied[week]):
            usual = week + 1
        if not case.difference and summed == NEVER and _excludes_zero(all_ratings[week], all_satisfied[week]):
            summed = week + 1
    return called, usual, summed


def _verdict(ratings: Counts, satisfied: Counts, difference: float) -> bool:
    """Whether the product says better or worse; where something differs, whether it says the right one."""
    topics = [
        Topic(title, Arm(ai, resolved=ai.ratings), Arm(human, resolved=human.ratings))
        for title, (ai, human) in _tallies(ratings, satisfied).items()
    ]
    verdict = compare(topics, resolved=1).verdict
    if difference:
        return verdict is (Verdict.AI_HIGHER if difference > 0 else Verdict.AI_LOWER)
    return verdict in CALLED


def _excludes_zero(ratings: Counts, satisfied: Counts) -> bool:
    found = adjusted_difference(_tallies(ratings, satisfied))
    return found is not None and found.excludes_zero


def _tallies(ratings: Counts, satisfied: Counts) -> dict[str, tuple[Tally, Tally]]:
    """By topic, the ratings of AI and of people; the arrays have a row for each arm."""
    return {
        str(topic): (
            Tally(int(satisfied[0, topic]), int(ratings[0, topic])),
            Tally(int(satisfied[1, topic]), int(ratings[1, topic])),
        )
        for topic in range(ratings.shape[1])
    }


def _drawn(random: np.random.Generator, case: Case, weeks: int) -> tuple[Counts, Counts]:
    """Ratings, and how many are 4 or 5, by week, arm and topic; AI has more of the first topics, or soon less."""
    number = len(case.shares)
    easy = np.linspace(1.0, 0.3, number)
    past = np.linspace(0.0, 1.0, weeks)[:, None] if case.drifts else np.zeros((weeks, 1))
    mixes = np.stack([(1 - past) * easy + past * easy[::-1], (1 - past) * easy[::-1] + past * np.ones(number)], axis=1)
    mixes /= mixes.sum(axis=2, keepdims=True)
    ratings = random.poisson(mixes * np.array([case.ai, case.human])[None, :, None])
    people = np.array(case.shares)
    satisfied = random.binomial(ratings, np.stack([people + case.difference, people])[None, :, :])
    return ratings, satisfied
