"""How likely the customer of a conversation of AI alone is satisfied: a score from what is known of all of them. Pure.

A logistic score with seven signs, so that anybody can see what moves it. It need not be right: estimates correct it by
the ratings there are, and a poor score only helps less. It is learned on conversations from before the ones it scores.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp

FEWEST_RATED, FEWEST_OF_EACH = 100, 10
"""With fewer earlier ratings, or fewer satisfied or unsatisfied ones, the weights that are given here know more."""
RIDGE = 1.0
"""How strongly learned weights are held to the given ones: as an observation of unit variance each would."""
STEPS, CLOSE = 25, 1e-9
LIMIT = 30.0


@dataclass(frozen=True, slots=True)
class Signs:
    """What is known of a resolved conversation, rated or not."""

    confirmed: bool
    """The customer said that it is solved."""
    helpful: bool
    """They found a reply helpful."""
    unhelpful: bool
    """They found one not helpful."""
    reopened: bool
    """It had been resolved before."""
    returned: bool
    """They came back later with the same matter."""
    confidence: float
    """In the last answer, 0..1."""
    frustration: float
    """At the last answer, 0..1."""

    @property
    def numbers(self) -> tuple[float, ...]:
        """As the score weighs them, a constant first."""
        yes_or_no = (self.confirmed, self.helpful, self.unhelpful, self.reopened, self.returned)
        return 1.0, *map(float, yes_or_no), self.confidence - USUAL_CONFIDENCE, self.frustration


USUAL_CONFIDENCE = 0.8
Weights = tuple[float, ...]
GIVEN: Weights = (0.9, 0.7, 1.0, -1.6, -0.7, -1.2, 1.5, -1.5)
"""Log-odds of a rating of 4 or 5: usually, and by how much each sign moves them."""


@dataclass(frozen=True, slots=True)
class Alike:
    """Conversations with the same signs: how many, and of them how many rated and how many of those 4 or 5."""

    signs: Signs
    conversations: int
    rated: int = 0
    satisfied: int = 0


def score(signs: Signs, weights: Weights = GIVEN) -> float:
    """The score, 0..1."""
    return _share(sum(weight * number for weight, number in zip(weights, signs.numbers, strict=True)))


def learn(earlier: Sequence[Alike]) -> Weights:
    """Weights that fit earlier ratings, held to the given ones by a ridge; the given ones where too few rated.

    The most likely weights under a normal prior, by Newton's steps (ridge logistic regression: S. le Cessie and
    J. C. van Houwelingen, "Ridge estimators in logistic regression", Applied Statistics 41, 1992).
    """
    rated, satisfied = sum(each.rated for each in earlier), sum(each.satisfied for each in earlier)
    if rated < FEWEST_RATED or min(satisfied, rated - satisfied) < FEWEST_OF_EACH:
        return GIVEN
    counted = [(each.signs.numbers, each.rated, each.satisfied) for each in earlier if each.rated]
    weights = list(GIVEN)
    for _ in range(STEPS):
        step = _step(counted, weights)
        weights = [weight + moved for weight, moved in zip(weights, step, strict=True)]
        if max(map(abs, step)) < CLOSE:
            break
    return tuple(weights)


def _step(counted: Sequence[tuple[Weights, int, int]], weights: Sequence[float]) -> list[float]:
    size = len(weights)
    slope = [RIDGE * (given - weight) for given, weight in zip(GIVEN, weights, strict=True)]
    curve = [[RIDGE * (row == column) for column in range(size)] for row in range(size)]
    for numbers, rated, satisfied in counted:
        share = _share(sum(weight * number for weight, number in zip(weights, numbers, strict=True)))
        spread = rated * share * (1 - share)
        for row in range(size):
            slope[row] += numbers[row] * (satisfied - rated * share)
            for column in range(size):
                curve[row][column] += numbers[row] * numbers[column] * spread
    return _solved(curve, slope)


def _solved(matrix: list[list[float]], right: list[float]) -> list[float]:
    """Gauss's elimination; the matrix is symmetric and, by the ridge, positive, so no row needs to be exchanged."""
    size = len(right)
    for pivot in range(size):
        for row in range(pivot + 1, size):
            factor = matrix[row][pivot] / matrix[pivot][pivot]
            for column in range(pivot, size):
                matrix[row][column] -= factor * matrix[pivot][column]
            right[row] -= factor * right[pivot]
    solved = [0.0] * size
    for row in reversed(range(size)):
        known = sum(matrix[row][column] * solved[column] for column in range(row + 1, size))
        solved[row] = (right[row] - known) / matrix[row][row]
    return solved


def _share(log_odds: float) -> float:
    return 1 / (1 + exp(-max(-LIMIT, min(LIMIT, log_odds))))
