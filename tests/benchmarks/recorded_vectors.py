"""Vectors that a real sentence model gave of the bank's passages and scenarios, and of questions that become themes.

They are kept so that they can be served again. The model is all-MiniLM-L6-v2 (Apache 2.0; it reads 256 tokens); a
number takes 8 bits, of questions 5, for there are many. Each vector is found by its text, so that passages cut
otherwise lack theirs: they are recorded anew, or with another model, by
`BATON_EMBEDDING_MODEL=... BATON_EMBEDDING_BASE_URL=... python -m tests.benchmarks.record_vectors`; with `--questions`,
those of questions alone.
"""

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

from bot.knowledge.embedding import MOST_CHARACTERS
from tests.benchmarks.embedding_doubles import Double

FILE = Path(__file__).with_name("recorded_vectors.npz")
QUESTIONS = Path(__file__).with_name("recorded_questions.npz")
LARGEST, LARGEST_OF_QUESTIONS = 127, 15
"""Of a number as it is kept; the largest of each vector."""


def keep(model: str, vectors: dict[str, Any], file: Path = FILE, largest: int = LARGEST) -> None:
    """Write the vectors of texts, of any length each."""
    import numpy as np

    stacked = np.stack([np.asarray(each, dtype=np.float32) for each in vectors.values()])
    kept = np.round(stacked / np.abs(stacked).max(axis=1, keepdims=True) * largest).astype(np.int8)
    np.savez_compressed(file, model=model, texts=[_key(text) for text in vectors], vectors=kept)


def double(texts: Sequence[str], file: Path = FILE) -> Double | None:
    """The recorded model; None when it has no vector of one of these texts."""
    import numpy as np

    with np.load(file) as held:
        name, vectors = str(held["model"]), dict(zip(held["texts"].tolist(), held["vectors"], strict=True))
    if any(_key(text) not in vectors for text in texts):
        return None

    def embed(asked: Sequence[str]) -> Sequence[Sequence[float]]:
        return [vectors[_key(text)].astype(np.float32).tolist() for text in asked]

    return Double(f"{name}, recorded", embed)


def _key(text: str) -> str:
    return sha256(text[:MOST_CHARACTERS].encode()).hexdigest()[:16]
