"""Questions are weighed and grouped as scikit-learn would, without its long start."""

import subprocess
import sys

import numpy as np
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
