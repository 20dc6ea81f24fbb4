"""Groups questions that resemble each other. Needs scikit-learn.

Each question is its informative words and their pairs, and beside them its runs of three to five letters, which hold
misspelt words and the endings of languages without a stemmer of their own; both weighed by TF-IDF. Groups are made from
the bottom up by the mean similarity between their questions, as long as that is above a floor: a question that
resembles no other stays alone, and nobody has to say how many groups there are.
"""

from collections import Counter
from collections.abc import Sequence

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.cluster import AgglomerativeClustering
from sklearn.feature_extraction.text import TfidfVectorizer

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
    machine = AgglomerativeClustering(
        n_clusters=None,  # pyright: ignore[reportArgumentType] - the stubs know no threshold in its place
        metric="precomputed",
        linkage="average",
        distance_threshold=FARTHEST,
    )
    labels = [int(label) for label in machine.fit_predict(distances)]
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
    by_words = TfidfVectorizer(
        tokenizer=words.informative,
        token_pattern=None,  # pyright: ignore[reportArgumentType] - else it warns that it is not used
        lowercase=False,
        ngram_range=(1, 2),
        sublinear_tf=True,
    )
    by_letters = TfidfVectorizer(
        analyzer="char_wb",
        ngram_range=LETTERS,
        lowercase=False,
        sublinear_tf=True,
        min_df=2 if len(texts) > 2 else 1,  # noqa: PLR2004
    )
    halves = [by_words.fit_transform(texts)]
    folded = [words.fold(text) for text in texts]
    try:
        halves.append(by_letters.fit_transform(folded))
    except ValueError:  # no run of letters occurs twice
        return csr_matrix(halves[0], dtype=np.float32)
    return csr_matrix(hstack(halves) * np.float32(0.5**0.5), dtype=np.float32)
