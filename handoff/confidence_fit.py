"""Fits a confidence model on a team's own reviews, and says whether it is better than the one in use.

Needs scikit-learn: it runs in a process of its own, never in the bot's.
"""

import hashlib
import json
import math
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from handoff.confidence import PRIOR, ConfidenceModel, Weight

LEAST_REVIEWS, LEAST_OF_EACH = 100, 10
"""With fewer reviews, or fewer right or wrong ones, the prior knows more."""
FOLDS = 5
SOFTNESS = (0.01, 0.05, 0.3, 2.0)
"""Values of C that are tried."""
LEAST_PRESENT = 0.2
"""A signal that fewer reviews show is left out."""
BINS = 10
SURELY = 1.0
"""By how many standard errors the candidate's log loss must be the smaller one."""
LEAST_PROBABILITY = 1e-6
MOST_STEPS = 1_000


@dataclass(frozen=True, slots=True)
class Example:
    """A reviewed draft: its signals, whether it was right, and what it must not be parted from."""

    signals: Mapping[str, float]
    right: bool
    group: str
    """Drafts of one conversation are never split between learning and testing."""
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Metrics:
    """How good probabilities are: each smaller is better."""

    log_loss: float
    brier: float
    ece: float
    """Expected calibration error over ten equally filled bins."""


@dataclass(frozen=True)
class Fit:
    """A fitted model beside the one in use, both judged on reviews that the fitted one had not seen."""

    model: ConfidenceModel
    candidate: Metrics
    serving: Metrics
    better: bool
    """Whether its log loss is surely the smaller one."""
    reviews: int

    def as_json(self) -> dict[str, Any]:
        """The figures, for a column."""
        return {
            "candidate": _as_json(self.candidate),
            "serving": _as_json(self.serving),
            "better": self.better,
            "reviews": self.reviews,
        }


class FitRefused(ValueError):
    """The reviews cannot teach a model; the message says why, and the old one stays."""


def fit(examples: Sequence[Example], serving: ConfidenceModel = PRIOR) -> Fit:
    """Fit a logistic model on standardised signals, its softness chosen by cross-validated log loss.

    Args:
        examples: reviewed drafts; an incomplete, wrong or harmful one is not right.
        serving: the model in use, which the candidate must beat on the same reviews.

    Raises:
        FitRefused: for too few reviews, all of one kind, or a fit that does not converge.
    """
    usable = [each for each in examples if 0 < each.weight < math.inf]
    right = np.array([each.right for each in usable])
    _check(right)
    table = _Table.of(usable)
    weights = np.array([each.weight for each in usable])
    groups = np.array([each.group for each in usable])
    if len(set(groups)) == 1:
        raise FitRefused("All reviewed drafts are of one conversation; more are needed.")
    parts = list(GroupKFold(min(FOLDS, len(set(groups)))).split(table.values, right, groups))
    tried = {softness: _unseen(table, right, weights, parts, softness) for softness in SOFTNESS}
    best = min(tried, key=lambda softness: float(np.average(_losses(tried[softness], right), weights=weights)))
    served = np.array([serving.score(each.signals).value for each in usable])
    machine = _machine(table.standard(table.means, table.scales), right, weights, best)
    return Fit(
        model=_as_model(table, machine),
        candidate=metrics(tried[best], right, weights),
        serving=metrics(served, right, weights),
        better=surely_better(_losses(served, right) - _losses(tried[best], right), weights, groups),
        reviews=len(usable),
    )


def metrics(probabilities: np.ndarray, right: np.ndarray, weights: np.ndarray | None = None) -> Metrics:
    """Log loss, Brier score and calibration error of probabilities, 0..1, that something is right."""
    weights = np.ones(len(right)) if weights is None else weights
    errors = (probabilities - right) ** 2
    order = np.argsort(probabilities, kind="stable")
    gaps = [
        weights[part].sum() * abs(float(np.average(probabilities[part] - right[part], weights=weights[part])))
        for part in np.array_split(order, BINS)
        if len(part)
    ]
    return Metrics(
        log_loss=float(np.average(_losses(probabilities, right), weights=weights)),
        brier=float(np.average(errors, weights=weights)),
        ece=float(sum(gaps) / weights.sum()),
    )


@dataclass(frozen=True)
class _Table:
    """The signals of all examples, a column each; not a number where one is missing."""

    names: tuple[str, ...]
    values: np.ndarray
    means: np.ndarray
    scales: np.ndarray

    @classmethod
    def of(cls, examples: Sequence[Example]) -> "_Table":
        names = sorted({name for each in examples for name in each.signals})
        values = np.array([[_finite(each.signals.get(name)) for name in names] for each in examples])
        present = np.mean(~np.isnan(values), axis=0)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", RuntimeWarning)  # a signal that is always missing is dropped below
            means, scales = np.nanmean(values, axis=0), np.nanstd(values, axis=0)
        kept = (present >= LEAST_PRESENT) & (scales > 1e-9)  # noqa: PLR2004 - a constant teaches nothing
        if not kept.any():
            raise FitRefused("No signal varies among the reviewed drafts.")
        chosen = tuple(name for name, keep in zip(names, kept, strict=True) if keep)
        return cls(chosen, values[:, kept], means[kept], scales[kept])

    def standard(self, means: np.ndarray, scales: np.ndarray) -> np.ndarray:
        """Standardised by these; what is missing lies at the mean."""
        return np.nan_to_num((self.values - means) / scales, nan=0.0)


def _check(right: np.ndarray) -> None:
    if len(right) < LEAST_REVIEWS:
        raise FitRefused(f"{len(right)} reviewed drafts are too few to fit on; {LEAST_REVIEWS} are needed.")
    fewest = int(min(right.sum(), (~right).sum()))
    if fewest < LEAST_OF_EACH:
        kind = "right" if right.sum() == fewest else "wrong"
        raise FitRefused(f"Only {fewest} of {len(right)} reviewed drafts were {kind}; {LEAST_OF_EACH} are needed.")


def _unseen(
    table: _Table,
    right: np.ndarray,
    weights: np.ndarray,
    parts: Sequence[tuple[np.ndarray, np.ndarray]],
    softness: float,
) -> np.ndarray:
    """The probability of each example by a machine that had not seen its group."""
    found = np.empty(len(right))
    standard = table.standard(table.means, table.scales)
    for learnt, tested in parts:
        if len(set(right[learnt])) == 1:
            raise FitRefused("The reviewed drafts of a few conversations decide alone; more are needed.")
        machine = _machine(standard[learnt], right[learnt], weights[learnt], softness)
        found[tested] = machine.predict_proba(standard[tested])[:, 1]
    return found


def _machine(values: np.ndarray, right: np.ndarray, weights: np.ndarray, softness: float) -> LogisticRegression:
    machine = LogisticRegression(C=softness, max_iter=MOST_STEPS)
    with warnings.catch_warnings():
        warnings.simplefilter("error", ConvergenceWarning)
        try:
            return machine.fit(values, right, sample_weight=weights)
        except ConvergenceWarning as error:
            raise FitRefused("The fit did not converge; the model in use stays.") from error


def _losses(probabilities: np.ndarray, right: np.ndarray) -> np.ndarray:
    clipped = np.clip(probabilities, LEAST_PROBABILITY, 1 - LEAST_PROBABILITY)
    return -np.log(np.where(right, clipped, 1 - clipped))


def surely_better(gains: np.ndarray, weights: np.ndarray, groups: np.ndarray) -> bool:
    """Whether the weighted mean of the gains exceeds its standard error, where one group counts as one draw."""
    mean = float(np.average(gains, weights=weights))
    _, group_of = np.unique(groups, return_inverse=True)
    off = np.bincount(group_of, weights * (gains - mean))
    return mean > SURELY * math.sqrt(float((off**2).sum())) / float(weights.sum())


def _as_model(table: _Table, machine: LogisticRegression) -> ConfidenceModel:
    coefficients, (bias,) = np.asarray(machine.coef_)[0], np.asarray(machine.intercept_)
    weights = {
        name: Weight(round(float(weight), 6), round(float(mean), 6), max(1e-6, round(float(scale), 6)))
        for name, weight, mean, scale in zip(table.names, coefficients, table.means, table.scales, strict=True)
    }
    bias = round(float(bias), 6)
    content = json.dumps([bias, {name: [each.weight, each.usual, each.scale] for name, each in weights.items()}])
    return ConfidenceModel(f"fit-{hashlib.sha256(content.encode()).hexdigest()[:8]}", bias, weights)


def _finite(value: float | None) -> float:
    return value if value is not None and math.isfinite(value) else math.nan


def _as_json(told: Metrics) -> dict[str, float]:
    return {"log_loss": round(told.log_loss, 5), "brier": round(told.brier, 5), "ece": round(told.ece, 5)}
