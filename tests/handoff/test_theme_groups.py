"""Questions are weighed and grouped as scikit-learn would, without its long start."""

import subprocess
import sys

import numpy as np
import pytest
from scipy.sparse import hstack
from sklearn.cluster import AgglomerativeClustering
from sklearn.feature_extraction.text import TfidfVectorizer

from handoff import theme_groups, words

THINGS = [
    "parcel",
    "invoice",
    "Gutschein",
    "address",
    "refund",
    "sledge",
    "Lieferung",
    "password",
    "a.b",
    "日本語",
    "x",
]
ASKED = ["Where is my {0}?", "Can I change the {0} of my {1}?", "{0} {0} and {1}!", "Wo bleibt die {0} zur {1}?"]
TEXTS = [
    text for form in ASKED for one in THINGS for other in THINGS if words.informative(text := form.format(one, other))
]


def features_of_scikit_learn(texts: list[str]) -> "np.ndarray":
    by_words = TfidfVectorizer(
        tokenizer=words.informative,
        token_pattern=None,  # pyright: ignore[reportArgumentType] - else it warns that it is not used
        lowercase=False,
        ngram_range=(1, 2),
        sublinear_tf=True,
    )
    by_letters = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), lowercase=False, sublinear_tf=True, min_df=2)
    halves = [by_words.fit_transform(texts), by_letters.fit_transform([words.fold(text) for text in texts])]
    return (hstack(halves) * np.float32(0.5**0.5)).toarray().astype(np.float32)


def test_questions_are_grouped_as_scikit_learn_groups_them() -> None:
    features = features_of_scikit_learn(TEXTS)
    distances = np.clip(1.0 - features @ features.T, 0.0, None)
    np.fill_diagonal(distances, 0.0)
    machine = AgglomerativeClustering(
        n_clusters=None,  # pyright: ignore[reportArgumentType] - the stubs know no threshold in its place
        metric="precomputed",
        linkage="average",
        distance_threshold=theme_groups.FARTHEST,
    )
    theirs = [int(label) for label in machine.fit_predict(distances)]
    ours = theme_groups.group(TEXTS)
    assert len(set(ours)) > 2
    alone = {place for place, number in enumerate(ours) if number < 0}
    assert alone == {place for place, label in enumerate(theirs) if theirs.count(label) == 1}
    pairs = {(ours[place], theirs[place]) for place in range(len(TEXTS)) if place not in alone}
    assert len(pairs) == len({one for one, _ in pairs}) == len({other for _, other in pairs})


def test_they_are_weighed_as_scikit_learn_weighs_them() -> None:
    ours = theme_groups._features(TEXTS).toarray()  # pyright: ignore[reportPrivateUsage]
    np.testing.assert_allclose(ours, features_of_scikit_learn(TEXTS), atol=1e-7)


def test_grouping_loads_no_scikit_learn() -> None:
    code = "import sys, handoff.theme_groups; print({'sklearn', 'scipy.stats', 'pandas'} & set(sys.modules))"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert told.stdout.strip() == "set()"


ASKED_ALIKE = ["Refund?", "Cash home", "Money owed"]
"""They share no word."""


def of_matters(count: int, *, lean: float = 0.0, alike: int = len(ASKED_ALIKE)) -> "np.ndarray":
    """Vectors of `alike` questions on one matter and of others on one each, all leaning one way."""
    made = np.zeros((count, count + 1), dtype=np.float32)
    made[:, 0] = lean
    for place in range(count):
        made[place, 1 if place < alike else place + 1] = 1.0
    return made / np.linalg.norm(made, axis=1, keepdims=True)


@pytest.mark.parametrize("lean", [0.0, 3.0])
def test_what_means_the_same_is_a_group_however_much_a_model_thinks_all_alike(lean: float) -> None:
    texts = [*ASKED_ALIKE, *(f"{thing}{number}" for number in range(9) for thing in ("tent", "boot", "rope"))]
    meant = theme_groups.meaning(of_matters(len(texts), lean=lean), np.zeros((0, len(texts) + 1), np.float32))
    assert theme_groups.group(texts)[:3] == [-1, -1, -1]
    assert theme_groups.group(texts, meant)[:3] == [0, 0, 0]


def test_what_a_handful_has_in_common_is_told_by_articles_or_not_at_all() -> None:
    few, none = of_matters(3, lean=3.0), np.zeros((0, 4), np.float32)
    assert theme_groups.meaning(few, none) is None
    articles = np.tile(np.array([1, 0, 0, 0], np.float32), (40, 1))
    meant = theme_groups.meaning(few, articles)
    assert meant is not None
    np.testing.assert_allclose(meant @ meant.T, np.ones((3, 3)), atol=1e-5)


def test_a_question_without_a_vector_is_told_by_its_words() -> None:
    given = of_matters(40)
    given[5] = 0.0
    meant = theme_groups.meaning(given, np.zeros((0, 41), np.float32))
    assert meant is not None
    assert not meant[5].any()
    assert np.isfinite(meant).all()
