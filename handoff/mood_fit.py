"""Fits how the signs of a mood are weighed to what a team's reviewers said of its customers. Pure; takes seconds.

Run it in a process of its own: it imports scikit-learn, and only when a fit is asked for.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from handoff.mood_model import PRIOR, SIGNALS, MoodModel, features, fitted

if TYPE_CHECKING:
    from numpy.typing import NDArray

LEAST_LABELS = 200
LEAST_OF_A_KIND = 20
"""Labels of frustrated, and as many of calm customers."""
FOLDS = 5
STRENGTHS = (0.03, 0.1, 0.3, 1.0)
"""Inverse strengths of the L2 penalty that are tried."""
LEAST_GAIN = 0.01
"""By how much a fit must lower the log loss: less is what chance does."""
AUC_SLACK = 0.005
"""By how much a fit may order the customers worse and still pass for a better calibration."""
MOST_STEPS = 2_000
_SEED = 4_711
_CERTAIN = 1e-3
"""No model is held to be surer than this, so that one certain mistake is not infinitely bad."""


@dataclass(frozen=True, slots=True)
class LabelledMood:
    """The signals of a conversation (`handoff.mood.signals`), and whether a reviewer found its customer frustrated."""

    signals: dict[str, float]
    frustrated: bool
    group: str = ""
    """The conversation: what is labelled in one is never split between learning and testing."""


@dataclass(frozen=True, slots=True)
class MoodFigures:
    """How a model did on labels it had not seen, beside the present one on the same."""

    labels: int
    frustrated: int
    log_loss: float
    log_loss_present: float
    auc: float
    auc_present: float


@dataclass(frozen=True, slots=True)
class MoodFitted:
    """A model that is better than the present one, and its figures; `words` says both."""

    model: MoodModel
    figures: MoodFigures
    words: str


@dataclass(frozen=True, slots=True)
class MoodRefused:
    """Why there is no new model; `figures` only when one was fitted and found no better."""

    words: str
    figures: MoodFigures | None = None


def fit(labelled: Sequence[LabelledMood], present: MoodModel = PRIOR) -> MoodFitted | MoodRefused:
    """Fit a logistic model over the signals, and keep it only when it beats the present one out of sample.

    Args:
        labelled: the labels of a team, in an order that does not change with time (it decides the folds).
        present: the model in service.

    Returns:
        The model with its cross-validated log loss (mean negative log likelihood) and area under the curve (the
        chance that a frustrated customer scores above a calm one), or why there is none.
    """
    if refused := _too_few(labelled):
        return refused
    strength, scores = _best_strength(labelled)
    if scores is None:
        return MoodRefused("The fit did not converge on these labels; the present weights stay.")
    figures = _figures(labelled, scores, present)
    gained = figures.log_loss_present - figures.log_loss
    if gained < LEAST_GAIN or figures.auc < figures.auc_present - AUC_SLACK:
        return MoodRefused(f"No better than the present weights: {_beside(figures)}. They stay.", figures)
    model = _fit_all(labelled, strength)
    if model is None:
        return MoodRefused("The fit did not converge on these labels; the present weights stay.")
    return MoodFitted(model, figures, f"Fitted on {figures.labels} labels: {_beside(figures)}.")


def _too_few(labelled: Sequence[LabelledMood]) -> MoodRefused | None:
    if (missing := LEAST_LABELS - len(labelled)) > 0:
        return MoodRefused(f"{len(labelled)} labels of moods; {missing} more until weights can be fitted.")
    frustrated = sum(each.frustrated for each in labelled)
    for count, kind in ((frustrated, "frustrated"), (len(labelled) - frustrated, "calm")):
        if count < LEAST_OF_A_KIND:
            return MoodRefused(
                f"Only {count} of {len(labelled)} labelled customers were {kind}; "
                f"{LEAST_OF_A_KIND - count} more until weights can be fitted."
            )
    return None


def _beside(figures: MoodFigures) -> str:
    return (
        f"log loss {figures.log_loss:.3f} (present {figures.log_loss_present:.3f}), "
        f"area under the curve {figures.auc:.3f} (present {figures.auc_present:.3f}), cross-validated"
    )


def _table(labelled: Sequence[LabelledMood]) -> "tuple[NDArray[Any], NDArray[Any]]":
    import numpy as np  # noqa: PLC0415 - only when a fit is asked for

    rows = [features(each.signals) for each in labelled]
    found = np.array([[row[name] for name in SIGNALS] for row in rows], dtype=float)
    return np.nan_to_num(found), np.array([each.frustrated for each in labelled], dtype=int)


def _pipeline(strength: float) -> Any:
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415 - only when a fit is asked for
    from sklearn.pipeline import make_pipeline  # noqa: PLC0415
    from sklearn.preprocessing import StandardScaler  # noqa: PLC0415

    return make_pipeline(StandardScaler(), LogisticRegression(C=strength, max_iter=MOST_STEPS))


def _converged(pipeline: Any) -> bool:
    return int(pipeline[-1].n_iter_.max()) < MOST_STEPS


def _best_strength(labelled: Sequence[LabelledMood]) -> "tuple[float, list[float] | None]":
    """The penalty with the least cross-validated log loss, and the scores out of fold under it."""
    best: tuple[float, float, list[float] | None] = (float("inf"), STRENGTHS[0], None)
    for strength in STRENGTHS:
        scores = _out_of_fold(labelled, strength)
        if scores is not None and (loss := _log_loss(labelled, scores)) < best[0]:
            best = (loss, strength, scores)
    return best[1], best[2]


def _out_of_fold(labelled: Sequence[LabelledMood], strength: float) -> list[float] | None:
    from sklearn.model_selection import StratifiedGroupKFold  # noqa: PLC0415 - only when a fit is asked for

    found, frustrated = _table(labelled)
    groups = [each.group or f"alone {place}" for place, each in enumerate(labelled)]
    scores = [0.0] * len(labelled)
    folds = StratifiedGroupKFold(FOLDS, shuffle=True, random_state=_SEED)
    for train, test in folds.split(found, frustrated, groups):
        pipeline = _pipeline(strength).fit(found[train], frustrated[train])
        if not _converged(pipeline):
            return None
        for place, score in zip(test, pipeline.predict_proba(found[test])[:, 1], strict=True):
            scores[int(place)] = float(score)
    return scores


def _log_loss(labelled: Sequence[LabelledMood], scores: Sequence[float]) -> float:
    from sklearn.metrics import log_loss  # noqa: PLC0415 - only when a fit is asked for

    held = [min(1 - _CERTAIN, max(_CERTAIN, score)) for score in scores]
    return float(log_loss([each.frustrated for each in labelled], held))


def _figures(labelled: Sequence[LabelledMood], scores: Sequence[float], present: MoodModel) -> MoodFigures:
    from sklearn.metrics import roc_auc_score  # noqa: PLC0415 - only when a fit is asked for

    truth = [each.frustrated for each in labelled]
    now = [present.score(each.signals) for each in labelled]
    return MoodFigures(
        labels=len(labelled),
        frustrated=sum(truth),
        log_loss=_log_loss(labelled, scores),
        log_loss_present=_log_loss(labelled, now),
        auc=float(roc_auc_score(truth, list(scores))),
        auc_present=float(roc_auc_score(truth, now)),
    )


def _fit_all(labelled: Sequence[LabelledMood], strength: float) -> MoodModel | None:
    """Fit on all labels, and fold the scaling into the weights."""
    found, frustrated = _table(labelled)
    pipeline = _pipeline(strength).fit(found, frustrated)
    if not _converged(pipeline):
        return None
    scaler, logistic = pipeline[0], pipeline[-1]
    weights = logistic.coef_[0] / scaler.scale_
    bias = float(logistic.intercept_[0] - (weights * scaler.mean_).sum())
    return fitted(bias, {name: float(weight) for name, weight in zip(SIGNALS, weights, strict=True)})
