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
AT_ONCE = 0.5
"""The share of people's conversations whose customers asked for a person at once, so that nothing was drafted."""
FOUND, WRONG = 0.8, 0.2
"""Of them, those whose words tell the topic afterwards; and how many topics are wrong, as of the sample shop."""


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
        *_asked_at_once(progress, random, weeks),
    ]


def _asked_at_once(progress: Callable[[str], None], random: np.random.Generator, weeks: int) -> list[Row]:
    """Who asks for a person at once: without a topic, and with the one that is found afterwards."""
    progress("customers who ask for a person at once")
    before = [_told(random, found=0.0) for _ in range(weeks)]
    after = [_told(random, wrong=0.0) for _ in range(weeks)]
    unsure_before = [_told(random, found=0.0, everywhere=True) for _ in range(weeks)]
    unsure = [_told(random, everywhere=True) for _ in range(weeks)]
    unlike = [_told(random) for _ in range(weeks)]
    refused, compared = (
        float(np.mean([each.verdict is Verdict.NOT_COMPARABLE for each in some])) for some in (before, after)
    )
    intervals = [each.adjusted for each in after if each.adjusted]
    held = float(np.mean([each.low <= DIFFERENCE <= each.high for each in intervals]))
    added = _bias(unsure) - _bias(unsure_before)
    at_once = f"{AT_ONCE:.0%} of people's asked at once"
    return [
        Row(
            NAME,
            f"{at_once}: weeks not comparable",
            round(compared, 3),
            "share",
            f"without a topic {refused:.2f}",
            "<= 0.05",
            compared <= 0.05,
        ),
        Row(
            NAME,
            f"{at_once}, their topics found afterwards: bias",
            round(100 * _bias(after), 2),
            "points",
            f"intervals that hold {held:.3f}",
            f"within {100 * CLOSE:.0f}",
            abs(_bias(after)) <= CLOSE and LEAST <= held <= MOST,
        ),
        Row(
            NAME,
            f"{at_once}, every fifth topic of both sides wrong: bias that they add",
            round(100 * added, 2),
            "points",
            f"all others have {100 * _bias(unsure_before):+.2f}",
            f"within {100 * CLOSE:.0f}",
            abs(added) <= CLOSE,
        ),
        Row(
            NAME,
            f"{at_once}, every fifth of their topics wrong and no other: bias",
            round(100 * _bias(unlike), 2),
            "points",
        ),
    ]


def _bias(weeks: list[Comparison]) -> float:
    return float(np.mean([each.adjusted.estimate for each in weeks if each.adjusted])) - DIFFERENCE


def _counted(of_arm: list[int]) -> Arm:
    resolved, ratings, satisfied = of_arm
    return Arm(Tally(satisfied, ratings), resolved=resolved, asked=resolved, answered=ratings)


def _told(
    random: np.random.Generator, *, found: float = FOUND, wrong: float = WRONG, everywhere: bool = False
) -> Comparison:
    """A week as the report sees it: what asked at once has the topic that was found, a wrong one, or none."""
    sizes = np.array([mix.ai + mix.human for mix in MIXES], dtype=float)
    ai, human = ([[0, 0, 0] for _ in range(len(MIXES) + 1)] for _ in range(2))  # resolved, ratings, satisfied

    def put(arm: list[list[int]], true: int, count: int, satisfied: float, *, wrong: float) -> None:
        elsewhere = np.where(np.arange(len(MIXES)) == true, 0.0, sizes)
        odds = wrong * elsewhere / elsewhere.sum()
        odds[true] = 1 - wrong
        for place, resolved in enumerate(random.multinomial(count, odds)):
            ratings = int(random.binomial(resolved, RESPONSE))
            for column, value in enumerate((int(resolved), ratings, int(random.binomial(ratings, satisfied)))):
                arm[place][column] += value

    for place, mix in enumerate(MIXES):
        put(ai, place, int(random.poisson(mix.ai)), mix.satisfied + DIFFERENCE, wrong=WRONG if everywhere else 0.0)
        count = int(random.poisson(mix.human))
        at_once = int(random.binomial(count, AT_ONCE))
        known = int(random.binomial(at_once, found))
        put(human, place, count - at_once, mix.satisfied, wrong=WRONG if everywhere else 0.0)
        put(human, place, known, mix.satisfied, wrong=wrong)
        ratings = int(random.binomial(at_once - known, RESPONSE))
        pleased = int(random.binomial(ratings, mix.satisfied))
        human[-1] = [one + two for one, two in zip(human[-1], (at_once - known, ratings, pleased), strict=True)]
    titles = [*(mix.title for mix in MIXES), "no topic"]
    topics = [Topic(title, _counted(one), _counted(two)) for title, one, two in zip(titles, ai, human, strict=True)]
    return compare(topics, resolved=sum(topic.conversations for topic in topics))


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
