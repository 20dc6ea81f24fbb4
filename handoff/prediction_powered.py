"""A share among all conversations, from those that people looked at, sharpened by a score of every one. Pure.

A score alone cannot be trusted: it may be off, and nobody would know. Labels alone are few. So the score says where all
conversations lie beside those that were looked at, and the labels say how much of that to believe: an estimate that is
right whatever the score is worth, and narrower the more it is worth.

Source: A. N. Angelopoulos, S. Bates, C. Fannjiang, M. I. Jordan and T. Zrnic, "Prediction-powered inference", Science
382 (2023); A. N. Angelopoulos, J. C. Duchi and T. Zrnic, "PPI++: efficient prediction-powered inference" (2023), for
how much of the score is used. For a finite set of conversations of which all have a score, it is the regression
estimator of survey sampling (C.-E. Sarndal, B. Swensson and J. Wretman, "Model assisted survey sampling", 1992).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import isfinite

from handoff.intervals import Interval, score_interval
from handoff.report_parts import Estimated, Silent
from handoff.sampling import ENOUGH_WRONG

UNSEEN = 0.5
"""Labels on which the score was wholly wrong that are added to the spread, with the score and without: where few labels
are of the rarer kind, the score looks better than it is. Half a one was found by simulation, with shares of .7 to .95
and 30 to 150 labels."""
FEWEST_LEFT_TO_CHANCE = 3
"""Labels that were not certain to be drawn, below which a score's slope is not told from them: two lie on any line."""
ROUNDING = 1e-12
"""Scores that differ by less, or by less of the largest, are alike: what is left of them is how computers round."""
ASSUMED_OF_RATINGS = "if those who did not rate felt as those did whose conversations look alike"
"""What must be said beside an estimate of satisfaction: who rates is not drawn by lot."""
SWING = 0.10
"""By how much those who did not rate may be less or more satisfied than raters alike, in what is told beside it."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A conversation, or a reply, that was looked at."""

    yes: bool
    """What was found: the reply is right, or the customer is satisfied."""
    score: float
    """The machine's score of it, on any scale."""
    probability: float
    """The chance, above 0 and at most 1, with which it was drawn."""


def estimate(labelled: Sequence[Labelled], *, mean_score: float, conversations: int) -> Estimated | None:
    """The share of yes among all conversations, 0..1, with its 95 % interval; None with fewer than 3 labels.

    Args:
        labelled: what was drawn and looked at, all of it or as good as all.
        mean_score: of all conversations, those looked at among them.
        conversations: how many there are in all, at least those looked at.

    Returns:
        The estimate with the score's help and without. Without: Hájek's weighted share (1971). With: moved by the
        score's mean among all less that among the labelled, times the slope that leaves least variance. Both intervals
        are Wilson's on the effective number of labels, so that shares near 1 are served as well as those in the middle,
        within what is certain: what was found counts, whatever the others are. Where one score, or their mean, is not
        a number, none is believed.
    """
    if len(labelled) < 3:  # noqa: PLR2004 - a share, a slope and a spread
        return None
    whole = max(conversations, len(labelled))
    known, mean_score = _told(labelled, mean_score, whole)
    found = _Weighted.of(known)
    slope = found.slope
    estimated = found.share + slope * (mean_score - found.score)
    certain = _certain(labelled, whole)
    plain = _around(found.share, found.effective, certain)
    sharpened = _around(estimated, found.effective and found.effective * found.gain(slope, mean_score), certain)
    return Estimated(estimate=sharpened, without_score=plain, looked_at=len(labelled), conversations=whole)


def _told(labelled: Sequence[Labelled], mean_score: float, whole: int) -> tuple[Sequence[Labelled], float]:
    """The labels and the mean score as they can be reckoned with."""
    if all(each.probability >= 1 for each in labelled) and len(labelled) < whole:
        # All should have been looked at, and some were not all the same.
        labelled = [replace(each, probability=len(labelled) / whole) for each in labelled]
    if not isfinite(mean_score) or not all(isfinite(each.score) for each in labelled):
        return [replace(each, score=0.0) for each in labelled], 0.0
    return labelled, mean_score


def _certain(labelled: Sequence[Labelled], whole: int) -> Interval:
    """The share if none of the others is a yes, and if all are (C. F. Manski, 1990)."""
    yes = sum(each.yes for each in labelled)
    return Interval(yes / len(labelled), yes / whole, (whole - len(labelled) + yes) / whole)


def estimate_satisfied(
    rated: Sequence[tuple[bool, float]], *, mean_score: float, conversations: int
) -> Estimated | None:
    """The share of satisfied customers among all conversations, from those who rated; None with fewer than 3 ratings.

    Ratings are not a sample that was drawn: who is angry, or delighted, may be likelier to rate. The estimate holds if,
    among conversations of the same score, those who rate are satisfied as often as those who do not, and satisfaction
    rises evenly with the score. Say so beside it (`ASSUMED_OF_RATINGS`), and what it becomes otherwise
    (`Estimated.silent`).

    Args:
        rated: whether the customer was satisfied, and the score of the conversation.
        mean_score: of all conversations, rated or not.
        conversations: how many there are in all.
    """
    chance = min(1.0, len(rated) / conversations) if conversations else 1.0
    labelled = [Labelled(yes, score, chance) for yes, score in rated]
    found = estimate(labelled, mean_score=mean_score, conversations=conversations)
    if found is None:
        return None
    satisfied = sum(yes for yes, _ in rated)
    return found.model_copy(update={"silent": _if_the_silent_differ(found, satisfied)})


def _if_the_silent_differ(found: Estimated, satisfied: int) -> Silent:
    """What is left of the estimate when its assumption fails: a little, and as far as it can (C. F. Manski, 1990)."""
    silent = 1 - found.looked_at / found.conversations
    least = satisfied / found.conversations
    return Silent(
        share=silent,
        swing=SWING,
        low=max(least, found.estimate.low - SWING * silent),
        high=min(least + silent, found.estimate.high + SWING * silent),
        least=least,
        most=least + silent,
    )


def _around(share: float, effective: float | None, certain: Interval) -> Interval:
    """Wilson's interval; without an effective number all conversations were looked at, and the share is known."""
    share = min(certain.high, max(certain.low, share))
    found = score_interval(share, effective) if effective else Interval(share, share, share)
    return found.around(share, least=certain.low, most=certain.high)


@dataclass(frozen=True, slots=True)
class _Weighted:
    """The labels about their weighted means; `chances` are the weights squared times the chance to be left out."""

    share: float
    score: float
    total: float
    labels: tuple[float, ...]
    scores: tuple[float, ...]
    chances: tuple[float, ...]
    by_chance: int
    """Labels of the rarer kind that were not certain to be drawn."""
    left_to_chance: int
    """Labels of either kind that were not: the others leave nothing unsure, and tell no spread."""

    @classmethod
    def of(cls, labelled: Sequence[Labelled]) -> "_Weighted":
        weights = [1 / each.probability for each in labelled]
        total = sum(weights)
        share = sum(weight for weight, each in zip(weights, labelled, strict=True) if each.yes) / total
        score = sum(weight * each.score for weight, each in zip(weights, labelled, strict=True)) / total
        apart = [each.score - score for each in labelled]
        nothing = ROUNDING * max(1.0, *(abs(each.score) for each in labelled))
        drawn = [each.yes for each in labelled if each.probability < 1]
        return cls(
            share=share,
            score=score,
            total=total,
            labels=tuple(each.yes - share for each in labelled),
            scores=tuple(each if abs(each) > nothing else 0.0 for each in apart),
            chances=tuple(weight**2 * (1 - each.probability) for weight, each in zip(weights, labelled, strict=True)),
            by_chance=min(sum(drawn), len(drawn) - sum(drawn)),
            left_to_chance=len(drawn),
        )

    @property
    def effective(self) -> float | None:
        """As many labels of a uniform sample say as much; None when nothing was left to chance.

        That of the linearised variance, and at most Kish's while the rarer kind of label was hardly drawn.
        """
        chance = sum(self.chances)
        if not chance:
            return None
        kish = self.total**2 / chance
        spread = self._spread(self.labels)
        by_variance = self.share * (1 - self.share) * self.total**2 / spread if spread and 0 < self.share < 1 else kish
        return min(by_variance, kish) if self.by_chance < ENOUGH_WRONG else by_variance

    @property
    def slope(self) -> float:
        """How much of a difference in score is believed: what leaves least variance; 0 where nothing can be told."""
        if self.left_to_chance < FEWEST_LEFT_TO_CHANCE:
            return 0.0
        squares = self._spread(self.scores)
        products = sum(
            chance * label * score for chance, label, score in zip(self.chances, self.labels, self.scores, strict=True)
        )
        return products / squares if squares else 0.0

    def gain(self, slope: float, mean_score: float) -> float:
        """How many times more labels it would take without the score; below 1 where the score says nothing."""
        count = self.left_to_chance
        if count < FEWEST_LEFT_TO_CHANCE:
            return 1.0
        left = [label - slope * score for label, score in zip(self.labels, self.scores, strict=True)]
        unseen = UNSEEN * sum(self.chances) / count
        # What the slope itself is unsure of matters as far as the labelled lie from all.
        squares = self._spread(self.scores)
        unsure = sum(
            (chance * rest * score) ** 2 for chance, rest, score in zip(self.chances, left, self.scores, strict=True)
        )
        far = (self.total * (mean_score - self.score)) ** 2 * unsure / squares**2 if squares else 0.0
        freedom = (count - 1) / (count - 2)
        return (self._spread(self.labels) + unseen) / (self._spread(left) * freedom + far + unseen)

    def _spread(self, values: Sequence[float]) -> float:
        return sum(chance * value**2 for chance, value in zip(self.chances, values, strict=True))
