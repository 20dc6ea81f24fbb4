"""Models that a local server serves vectors of, in place of real ones: two made of texts, one simulated."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from tests.embedding_server import Embed

LATENT, LARGE = 200, 1_024
SIMULATED, SUBJECT_COUNTS, OF_ITS_OWN, NOISE = 256, 1.5, 0.7, 3.4
"""Numbers of a simulated vector; what the subject counts in a document's, what a passage has of its own beside its
document, and what a question's vector has of noise: so that vectors alone find no more than a small
sentence model did (.31 / .43; it found .32 / .46)."""


@dataclass(frozen=True, slots=True)
class Double:
    """A model: how it is called, how it makes vectors, and what it hears before scenario n is asked."""

    name: str
    embed: Embed
    asks: Callable[[int], None] = lambda _: None


def latent(told: Sequence[str]) -> Double:
    """A small model of the articles' own words: what occurs together comes to lie near together (LSA)."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    return Double(f"LSA, {LATENT} numbers", _projected(TfidfVectorizer(stop_words="english"), told, LATENT))


def large(told: Sequence[str]) -> Double:
    """As good as texts alone allow: words, pairs of words and pieces of words, hardly shortened."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.pipeline import FeatureUnion

    pieces = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True, min_df=2, max_df=0.5)
    pairs = TfidfVectorizer(ngram_range=(1, 2), stop_words="english", sublinear_tf=True)
    union = FeatureUnion([("words", pairs), ("pieces", pieces)], transformer_weights={"words": 1.0, "pieces": 0.5})
    return Double(f"words, pairs and pieces, {LARGE:,} numbers", _projected(union, told, LARGE))


def _projected(features: Any, told: Sequence[str], numbers: int) -> Embed:
    """TF-IDF brought to fewer numbers, fitted on passages alone: no question is known to it.

    The singular vectors come from the products of all passages with one another, which is small.
    """
    import numpy as np
    from sklearn.preprocessing import normalize

    held: Any = normalize(features.fit_transform(list(told)))
    strengths, directions = np.linalg.eigh((held @ held.T).toarray())
    kept = np.flatnonzero(strengths > 1e-6)[-numbers:]
    basis = directions[:, kept] / np.sqrt(strengths[kept])

    def embed(texts: Sequence[str]) -> Sequence[Sequence[float]]:
        return ((normalize(features.transform(list(texts))) @ held.T) @ basis + 1e-9).tolist()

    return embed


def simulated(told: dict[str, str], needed: Sequence[frozenset[str]], seed: int = 5) -> Double:
    """Vectors that know what a scenario needs, as far as their noise lets them; they know no word of it.

    A document's vector is random, but leans to that of its subject; a scenario's is the sum of those that it needs
    and noise, the same for each part of its text. So the errors of such a model have nothing to do with words.

    Args:
        told: the document of every passage, by what the model is told of it.
        needed: the documents that each scenario needs.
        seed: of the random numbers.
    """
    import numpy as np

    random = np.random.default_rng(seed)

    def direction() -> Any:
        vector = random.standard_normal(SIMULATED)
        return vector / np.linalg.norm(vector)

    documents = sorted({*told.values(), *(each for documents in needed for each in documents)})
    subjects = {subject: direction() for subject in sorted({_subject(each) for each in documents})}
    of_document = {each: _unit(SUBJECT_COUNTS * subjects[_subject(each)] + direction()) for each in documents}
    of_passage = {text: _unit(of_document[each] + OF_ITS_OWN * direction()) for text, each in sorted(told.items())}
    asked = [_unit(sum(of_document[each] for each in sorted(some))) + NOISE * direction() for some in needed]
    at = [0]

    def embed(texts: Sequence[str]) -> Sequence[Sequence[float]]:
        return [of_passage.get(text, asked[at[0]]).tolist() for text in texts]

    def asks(number: int) -> None:
        at[0] = number

    return Double("simulated: knows what is needed, with noise", embed, asks)


def _subject(document: str) -> str:
    return document.rsplit("_", 1)[0]


def _unit(vector: Any) -> Any:
    return vector / (vector @ vector) ** 0.5
