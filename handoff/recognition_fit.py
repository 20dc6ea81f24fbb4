"""Trains recognisers of known questions. Needs scikit-learn."""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.svm import LinearSVC

from handoff.recognition import NEAREST, Recogniser, keyed

SOFTNESS = 3.0
"""C of the support vector machine."""
LEAST_SPREAD = 0.02


@dataclass(frozen=True, slots=True)
class KnownQuestion:
    """A question and the name of its answer."""

    text: str
    answer: str


class NothingToLearn(ValueError):
    """There are too few questions, or too few answers, to tell apart."""


def train(known: Sequence[KnownQuestion]) -> Recogniser:
    """Train on known questions.

    Args:
        known: at least two answers with at least two questions each; answers with fewer are left out.

    Raises:
        NothingToLearn: when there are fewer.
    """
    often = Counter(each.answer for each in known)
    usable = [each for each in known if often[each.answer] > 1]
    answers = sorted({each.answer for each in usable})
    if len(answers) < 2:  # noqa: PLR2004 - nothing to tell apart
        raise NothingToLearn("It takes two answers with two known questions each.")
    number_of = {answer: number for number, answer in enumerate(answers)}
    answer_of = np.array([number_of[each.answer] for each in usable], dtype=np.int32)
    features, idf, matrix = _matrix([each.text for each in usable])
    machine = LinearSVC(C=SOFTNESS, random_state=0).fit(matrix, answer_of)
    weights, bias = np.asarray(machine.coef_), np.asarray(machine.intercept_)
    if len(answers) == 2:  # noqa: PLR2004 - scikit-learn keeps one row for two classes
        weights, bias = np.vstack([-weights, weights]), np.concatenate([-bias, bias])
    closeness, spread = _closeness(matrix, answer_of, len(answers))
    by_feature = matrix.tocsc()
    return Recogniser.of(
        answers,
        features,
        idf=idf,
        weights=np.ascontiguousarray(weights.T, dtype=np.float32),
        bias=bias.astype(np.float32),
        starts=by_feature.indptr.astype(np.int32),
        questions=by_feature.indices.astype(np.int32),
        values=by_feature.data.astype(np.float32),
        answer_of=answer_of,
        closeness=closeness,
        spread=spread,
    )


def _matrix(texts: Sequence[str]) -> "tuple[dict[str, int], np.ndarray, csr_matrix]":
    """The features of all texts, their inverse document frequencies, and the TF-IDF matrix, each half of length 1."""
    counted = [keyed(text) for text in texts]
    holding = Counter(key for both in counted for block in both for key in block)
    features = {key: number for number, key in enumerate(sorted(holding))}
    often = np.array([holding[key] for key in features])
    idf = (np.log((1 + len(texts)) / (1 + often)) + 1).astype(np.float32)
    rows: list[int] = []
    columns: list[int] = []
    values: list[float] = []
    for row, both in enumerate(counted):
        for block in both:
            weighed = {
                features[key]: (1 + math.log(number)) * float(idf[features[key]]) for key, number in block.items()
            }
            length = math.sqrt(sum(value**2 for value in weighed.values())) or 1.0
            rows += [row] * len(weighed)
            columns += weighed
            values += [value / length for value in weighed.values()]
    return features, idf, csr_matrix((values, (rows, columns)), shape=(len(texts), len(features)), dtype=np.float32)


def _closeness(matrix: csr_matrix, answer_of: np.ndarray, answers: int) -> tuple[np.ndarray, np.ndarray]:
    """How near the questions of an answer lie to the nearest others of it: mean and standard deviation."""
    means, spreads = np.zeros(answers, dtype=np.float32), np.zeros(answers, dtype=np.float32)
    for answer in range(answers):
        own = matrix[answer_of == answer]
        likeness = (own @ own.T).toarray() / 2
        np.fill_diagonal(likeness, 0.0)
        nearest = np.sort(likeness, axis=1)[:, -NEAREST:].mean(axis=1)
        means[answer], spreads[answer] = nearest.mean(), nearest.std() + LEAST_SPREAD
    return means, spreads
