"""How far two readers of the same draft agree, and which verdict counts when they do not. Pure."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from storage.kinds import ReviewVerdict

LEAST_PAIRS = 10
"""With fewer drafts read twice, kappa says nothing."""
CAUTION = (
    ReviewVerdict.RIGHT,
    ReviewVerdict.INCOMPLETE,
    ReviewVerdict.UNSURE,
    ReviewVerdict.WRONG,
    ReviewVerdict.HARMFUL,
)
"""From the kindest to the most cautious."""
LEVELS = ((0.8, "almost perfect"), (0.6, "substantial"), (0.4, "moderate"), (0.2, "fair"), (0.0, "slight"))
"""The names of Landis and Koch (1977) from these values of kappa on."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """Cohen's kappa over drafts read twice; None when there are too few, or all verdicts are the same."""

    pairs: int
    kappa: float | None
    words: str


def worse(one: str, other: str) -> ReviewVerdict:
    """The more cautious of two verdicts on the same draft."""
    return max(ReviewVerdict(one), ReviewVerdict(other), key=CAUTION.index)


def agreement(pairs: Iterable[tuple[str, str]]) -> Agreement:
    """Cohen's kappa (Cohen 1960): (observed - expected by chance) / (1 - expected by chance).

    Args:
        pairs: the verdicts of the first and the second reader on each draft. Where one could not tell, the pair
            is left out: that is no disagreement about the draft.
    """
    told = [pair for pair in pairs if ReviewVerdict.UNSURE not in pair]
    number = len(told)
    drafts = "1 draft" if number == 1 else f"{number} drafts"
    if number < LEAST_PAIRS:
        return Agreement(number, None, f"{drafts if number else 'no draft'} read twice so far, too few to tell")
    observed = sum(one == other for one, other in told) / number
    firsts, seconds = (Counter(pair[reader] for pair in told) for reader in (0, 1))
    by_chance = sum(firsts[verdict] * seconds[verdict] for verdict in firsts) / number**2
    if by_chance == 1:
        words = f"both readers said {told[0][0]} of all {drafts}, which leaves nothing to compare"
        return Agreement(number, None, words)
    kappa = (observed - by_chance) / (1 - by_chance)
    level = next((name for least, name in LEVELS if kappa >= least), "no")
    return Agreement(number, kappa, f"{level} agreement (kappa {kappa:.2f} on {drafts} read twice)")
