"""The intervals beside those of scipy and statsmodels, and how often they hold the truth in simulated weeks.

In each week the true shares are drawn anew from the stated range, for at one single share the coverage of any interval
of counts jumps with the number of ratings.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from handoff.intervals import Interval, Tally, newcombe, wilson
from handoff.strata import adjusted_difference
from tests.benchmarks.rows import Row

NAME = "intervals"
WEEKS, QUICK = 10_000, 2_000
LEAST, MOST, CLOSE = 0.93, 0.97, 1e-6
DIFFERENCE = -0.05
"""AI minus human in every topic of the simulated weeks."""


@dataclass(frozen=True)
class Case:
    """Weeks of one size: the ratings of AI and of people, the range of people's shares, over how many topics."""

    ai: int
    human: int
    low: float
    high: float
    topics: int = 1
    bound: bool = True

    def __str__(self) -> str:
        over = f" over {self.topics} topics" if self.topics > 1 else ""
        return f"{self.ai} and {self.human} ratings{over}, people {self.low:.2f}–{self.high:.2f}"


CASES = (
    Case(15, 15, 0.5, 0.85),
    Case(40, 20, 0.5, 0.9),
    Case(15, 15, 0.5, 0.85, topics=4),
    Case(40, 20, 0.5, 0.9, topics=4),
    Case(40, 20, 0.5, 0.9, topics=12),
    Case(200, 60, 0.5, 0.97, topics=30),
    Case(15, 15, 0.9, 0.97, bound=False),
    Case(40, 20, 0.9, 0.97, topics=4, bound=False),
)


async def run(progress: Callable[[str], None], quick: bool) -> list[Row]:
    """Compare with the oracles, then count how often the intervals hold the truth."""
    progress("oracles")
    random, weeks = np.random.default_rng(20_261_127), QUICK if quick else WEEKS
    rows = _oracles(random, 200 if quick else 2_000)
    for low, high in ((0.5, 0.8), (0.8, 0.95)):
        for count in (15, 40):
            progress(f"Wilson, {count} ratings")
            held = sum(_holds_share(random, count, low, high) for _ in range(weeks)) / weeks
            rows.append(_covered(f"Wilson, {count} ratings, share {low:.2f}–{high:.2f}", held, bound=True))
    for case in CASES:
        progress(str(case))
        within = sum(_holds_difference(random, case) for _ in range(weeks)) / weeks
        name = "Newcombe" if case.topics == 1 else "within topics"
        rows.append(_covered(f"{name}, {case}", within, bound=case.bound))
    return rows


def _covered(name: str, held: float, *, bound: bool) -> Row:
    target = f"{LEAST}–{MOST}" if bound else ""
    return Row(NAME, name, round(held, 3), "share", "", target, LEAST <= held <= MOST if bound else None)


def _oracles(random: np.random.Generator, rounds: int) -> list[Row]:
    from scipy.stats import binomtest
    from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

    wilsons = newcombes = 0.0
    for _ in range(rounds):
        one, two = (_tally(random, int(random.integers(1, 500)), float(random.random())) for _ in range(2))
        ours, scipys = wilson(one), binomtest(one.satisfied, one.ratings).proportion_ci(method="wilson")
        theirs: Any = proportion_confint(one.satisfied, one.ratings, method="wilson")
        wilsons = max(wilsons, _apart(ours, (scipys.low, scipys.high)), _apart(ours, theirs))
        # Only this method: their "score" interval of a difference is wrong.
        oracle = confint_proportions_2indep(one.satisfied, one.ratings, two.satisfied, two.ratings, method="newcomb")
        newcombes = max(newcombes, _apart(newcombe(one, two), oracle))
    return [
        Row(
            NAME,
            "Wilson: furthest from the oracle",
            wilsons,
            "share",
            "scipy, statsmodels",
            "<= 1e-6",
            wilsons <= CLOSE,
        ),
        Row(
            NAME, "Newcombe: furthest from the oracle", newcombes, "share", "statsmodels", "<= 1e-6", newcombes <= CLOSE
        ),
    ]


def _apart(ours: Interval | None, theirs: tuple[float, float]) -> float:
    assert ours is not None
    return max(abs(ours.low - theirs[0]), abs(ours.high - theirs[1]))


def _tally(random: np.random.Generator, ratings: int, share: float) -> Tally:
    return Tally(int(random.binomial(ratings, min(1.0, max(0.0, share)))), ratings)


def _holds_share(random: np.random.Generator, count: int, low: float, high: float) -> bool:
    share = float(random.uniform(low, high))
    found = wilson(_tally(random, count, share))
    assert found is not None
    return found.low <= share <= found.high


def _holds_difference(random: np.random.Generator, case: Case) -> bool:
    """Whether a week's interval holds the truth; AI and people meet different mixes of the topics."""
    shares = random.uniform(case.low, case.high, case.topics)
    mixes = random.dirichlet(np.full(case.topics, 2.0), 2)
    ai, human = random.multinomial(case.ai, mixes[0]), random.multinomial(case.human, mixes[1])
    pairs = {
        str(topic): (_tally(random, int(ai[topic]), share + DIFFERENCE), _tally(random, int(human[topic]), share))
        for topic, share in enumerate(shares.tolist())
    }
    found = newcombe(*pairs["0"]) if case.topics == 1 else adjusted_difference(pairs)
    # Where chance leaves no topic to both arms there is no interval, and nothing false is said.
    return found is None or found.low <= DIFFERENCE <= found.high
