"""Groups questions that resemble each other. Needs scipy, and not scikit-learn, whose start costs more than the work.

Each question is its informative words and their pairs, and beside them its runs of three to five letters, which hold
misspelt words and the endings of languages without a stemmer of their own; both weighed by TF-IDF. Groups are made from
the bottom up by the mean similarity between their questions, as long as that is above a floor: a question that
resembles no other stays alone, and nobody has to say how many groups there are.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.sparse import csr_matrix, hstack
from scipy.spatial.distance import squareform

from handoff import words

FARTHEST = 0.8
"""The mean distance (1 minus the cosine) up to which two groups are one."""
LETTERS = (3, 5)
MOST_TOGETHER = 4_000
"""Questions of one language that are grouped at once: time and memory grow with their square."""


def group(texts: Sequence[str]) -> list[int]:
    """Group questions of one language.

    Args:
        texts: at most `MOST_TOGETHER`, personal data masked.

    Returns:
        For each the number of its group, from 0; -1 where it stays alone.

    Raises:
        ValueError: for more texts.
    """
    if len(texts) > MOST_TOGETHER:
        raise ValueError(f"At most {MOST_TOGETHER} questions are grouped at once, not {len(texts)}.")
    telling = [number for number, text in enumerate(texts) if words.informative(text)]
    if len(telling) < 2:  # noqa: PLR2004 - nothing to group
        return [-1] * len(texts)
    distances = _distances([texts[number] for number in telling])
    tree = linkage(squareform(distances, checks=False), method="average")
    labels = [int(label) for label in fcluster(tree, np.nextafter(FARTHEST, 0.0), criterion="distance")]
    sizes = Counter(labels)
    numbers = {label: number for number, label in enumerate(dict.fromkeys(each for each in labels if sizes[each] > 1))}
    grouped = [-1] * len(texts)
    for number, label in zip(telling, labels, strict=True):
        grouped[number] = numbers.get(label, -1)
    return grouped


def most_typical(texts: Sequence[str]) -> list[int]:
    """The places of the texts of one group, those nearest to all others first."""
    if len(texts) < 3:  # noqa: PLR2004 - two are as near to each other
        return list(range(len(texts)))
    nearness = -_distances(texts).sum(axis=1)
    return [int(place) for place in np.argsort(-nearness, kind="stable")]


def _distances(texts: Sequence[str]) -> "np.ndarray":
    features = _features(texts)
    distances = (features @ features.T).toarray()
    np.subtract(1.0, distances, out=distances)
    np.clip(distances, 0.0, None, out=distances)
    np.fill_diagonal(distances, 0.0)
    return distances


def _features(texts: Sequence[str]) -> csr_matrix:
    """The TF-IDF matrix; both halves weigh the same."""
    halves = [_weighed([Counter(_words(text)) for text in texts], least=1)]
    letters = _weighed([Counter(_runs(words.fold(text))) for text in texts], least=2 if len(texts) > 2 else 1)  # noqa: PLR2004
    if not letters.nnz:  # no run of letters occurs twice
        return csr_matrix(halves[0], dtype=np.float32)
    halves.append(letters)
    return csr_matrix(hstack(halves) * np.float32(0.5**0.5), dtype=np.float32)


def _words(text: str) -> Iterator[str]:
    """The informative words, and the pairs of neighbours."""
    telling = words.informative(text)
    yield from telling
    yield from map(" ".join, pairwise(telling))


def _runs(text: str) -> Iterator[str]:
    """The runs of letters, a space at either end of a word; a word shorter than a run is one run."""
    for word in text.split():
        padded = f" {word} "
        for length in range(LETTERS[0], LETTERS[1] + 1):
            yield from (padded[start : start + length] for start in range(max(1, len(padded) - length + 1)))
            if len(padded) <= length:
                break


def _weighed(counted: Sequence[Counter[str]], *, least: int) -> csr_matrix:
    """The TF-IDF of what texts hold, a row each of length 1; `least` is in how many texts a feature must be.

    As scikit-learn's `TfidfVectorizer` weighs it with `sublinear_tf`: (1 + ln tf) * (1 + ln((1 + n) / (1 + df))).
    """
    holding = Counter(feature for each in counted for feature in each)
    kept = sorted(feature for feature, texts in holding.items() if texts >= least)
    place = {feature: number for number, feature in enumerate(kept)}
    rows = [sorted((place[feature], often) for feature, often in each.items() if feature in place) for each in counted]
    columns = np.array([column for row in rows for column, _ in row], dtype=np.int32)
    values = np.log(np.array([often for row in rows for _, often in row], dtype=np.float64)) + 1.0
    idf = np.log((1 + len(counted)) / (1 + np.array([holding[feature] for feature in kept], dtype=np.float64))) + 1.0
    values *= idf[columns]
    row_of = np.repeat(np.arange(len(rows)), [len(row) for row in rows])
    values /= np.sqrt(np.bincount(row_of, weights=values**2))[row_of]
    return csr_matrix((values, (row_of, columns)), shape=(len(counted), len(kept)))
