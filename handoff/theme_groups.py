"""Groups questions that resemble each other. Needs scipy, and not scikit-learn, whose start costs more than the work.

Each question is its informative words and their pairs, and beside them its runs of three to five letters, which hold
misspelt words and the endings of languages without a stemmer of their own; both weighed by TF-IDF. Groups are made from
the bottom up by the mean similarity between their questions, as long as that is above a floor: a question that
resembles no other stays alone, and nobody has to say how many groups there are.

Where a model gave each question a vector, what is meant counts twice as much as the words. The vectors of a model all
lean one way, with some models so much that no two texts are unlike; so what questions and articles have in common is
taken off first, and one floor holds for such models too.
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
FARTHEST_MEANT = 0.69
"""The same by words and meaning together."""
WORDS_COUNT = 0.5
"""The similarity by words beside that by meaning."""
ARTICLES_COUNT, LEAST_IN_COMMON = 50, 30
"""How many questions the articles count for in what all have in common, and how many texts it takes to tell that."""
LETTERS = (3, 5)
MOST_TOGETHER = 4_000
"""Questions of one language that are grouped at once: time and memory grow with their square."""


def group(texts: Sequence[str], meant: "np.ndarray | None" = None) -> list[int]:
    """Group questions of one language.

    Args:
        texts: at most `MOST_TOGETHER`, personal data masked.
        meant: what `meaning` made of their vectors; by words alone without it.

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
    distances = _distances([texts[number] for number in telling], None if meant is None else meant[telling])
    tree = linkage(squareform(distances, checks=False), method="average")
    farthest = FARTHEST if meant is None else FARTHEST_MEANT
    labels = [int(label) for label in fcluster(tree, np.nextafter(farthest, 0.0), criterion="distance")]
    sizes = Counter(labels)
    numbers = {label: number for number, label in enumerate(dict.fromkeys(each for each in labels if sizes[each] > 1))}
    grouped = [-1] * len(texts)
    for number, label in zip(telling, labels, strict=True):
        grouped[number] = numbers.get(label, -1)
    return grouped


def most_typical(texts: Sequence[str], meant: "np.ndarray | None" = None) -> list[int]:
    """The places of the texts of one group, those nearest to all others first."""
    if len(texts) < 3:  # noqa: PLR2004 - two are as near to each other
        return list(range(len(texts)))
    nearness = -_distances(texts, meant).sum(axis=1)
    return [int(place) for place in np.argsort(-nearness, kind="stable")]


def meaning(vectors: "np.ndarray", of_articles: "np.ndarray") -> "np.ndarray | None":
    """What each question means beyond what all of them and the articles have in common, as rows of length 1.

    Args:
        vectors: of the questions, a row each; zeros where there is none.
        of_articles: of passages of the knowledge base, by the same model; any number of rows.

    Returns:
        None where there are too few to tell what they have in common: a handful of questions on one matter have that.
    """
    there = np.asarray(vectors.any(axis=1))
    questions, articles = int(there.sum()), min(ARTICLES_COUNT, len(of_articles))
    if questions + articles < LEAST_IN_COMMON:
        return None
    common = vectors[there].sum(axis=0)
    if articles:
        common = common + articles * of_articles.mean(axis=0)
    rest = np.where(there[:, None], vectors - common / (questions + articles), 0.0)
    lengths = np.linalg.norm(rest, axis=1, keepdims=True)
    return np.divide(rest, lengths, out=np.zeros_like(rest), where=lengths > 0).astype(np.float32)


def _distances(texts: Sequence[str], meant: "np.ndarray | None" = None) -> "np.ndarray":
    features = _features(texts)
    distances = (features @ features.T).toarray()
    if meant is not None:
        distances *= WORDS_COUNT / (1 + WORDS_COUNT)
        distances += (meant @ meant.T) / (1 + WORDS_COUNT)
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
