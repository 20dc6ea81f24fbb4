"""Recognises questions that were asked before: which answer they had, and how much the new one is like them. Pure.

A recogniser is trained on questions whose answers are known (`handoff.recognition_fit`), and asked here without
scikit-learn: features of a text are its stemmed words, pairs of them, and the letters inside words; a linear
one-vs-rest machine and the nearest known questions vote for an answer. What they say of each other tells whether the
question is a known one at all, which matters more than the vote: those are the signals a confidence model weighs.
"""

import io
import math
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from handoff import words

if TYPE_CHECKING:
    import numpy as np

    Floats = np.ndarray[Any, np.dtype[np.float32]]
    Ints = np.ndarray[Any, np.dtype[np.int32]]

LETTERS = (2, 3, 4, 5)
"""Lengths of the runs of letters."""
MOST_CHARACTERS = 1_000
NEAREST = 3
"""Known questions of an answer that are compared with a new one."""
NEARNESS_COUNTS = 0.7
"""How much the nearest known questions say beside the machine."""
SHARPNESS = 4.0
RIVAL_FROM = -0.5
"""The machine's value from which another answer is a rival."""
FORMAT = 1
SIGNALS = frozenset(
    (
        *("known_share", "known_lead", "known_strength", "known_closeness", "known_words_lead", "known_letters"),
        *("known_rivals", "known_background", "known_agreement", "known_cited", "new_words", "question_length"),
    )
)
"""What a recogniser tells of a question and a draft; it means the same only as long as the recogniser is the same."""

_ARRAYS = ("idf", "weights", "bias", "starts", "questions", "values", "answer_of", "closeness", "spread")


@dataclass(frozen=True, slots=True)
class Recognised:
    """The most likely answer to a question, and the signals of how likely it is."""

    answer: str
    signals: dict[str, float]


def known_signals(recogniser: "Recogniser", question: str, articles: Sequence[str]) -> dict[str, float]:
    """What a recogniser says of a question, and whether a draft cites the article that it names."""
    found = recogniser.recognise(question)
    return {**found.signals, "known_cited": float(found.answer in articles)} if found else {}


def word_features(text: str) -> Counter[str]:
    """How often each stemmed word, and each pair of neighbours, occurs."""
    stems = words.stems(text[:MOST_CHARACTERS])
    return Counter([*stems, *(f"{one} {other}" for one, other in pairwise(stems))])


def letter_features(text: str) -> Counter[str]:
    """How often each run of letters occurs; a space marks where a word begins or ends."""
    return Counter(
        padded[start : start + length]
        for padded in (f" {word} " for word in words.fold(text[:MOST_CHARACTERS]).split())
        for length in LETTERS
        for start in range(max(1, len(padded) - length + 1))
    )


def keyed(text: str) -> tuple[dict[str, int], dict[str, int]]:
    """The two kinds of features of a text by their keys, which differ."""
    return (
        {f"w{feature}": often for feature, often in word_features(text).items()},
        {f"c{feature}": often for feature, often in letter_features(text).items()},
    )


@dataclass(frozen=True)
class Recogniser:
    """Known questions and the machine trained on them."""

    answers: tuple[str, ...]
    features: dict[str, int]
    """The number of each feature by its key."""
    idf: "Floats"
    weights: "Floats"
    """A row a feature, a column an answer."""
    bias: "Floats"
    starts: "Ints"
    """Where the questions that hold a feature begin in `questions` and `values`."""
    questions: "Ints"
    values: "Floats"
    answer_of: "Ints"
    """The answer of each known question."""
    closeness: "Floats"
    """How near the known questions of an answer lie to each other: the mean."""
    spread: "Floats"
    """And the standard deviation."""
    _holds: "list[Floats]"
    """Whether a known question of an answer (column) holds a feature (row): one matrix, made at the start."""

    @classmethod
    def of(cls, answers: Sequence[str], features: dict[str, int], **arrays: Any) -> "Recogniser":
        """Put the parts together."""
        import numpy as np  # noqa: PLC0415 - only who has trained one loads it

        holds = np.zeros((len(features), len(answers)), dtype=np.float32)
        rows = np.repeat(np.arange(len(features)), np.diff(arrays["starts"]))
        holds[rows, arrays["answer_of"][arrays["questions"]]] = 1.0
        return cls(tuple(answers), features, **arrays, _holds=[holds])

    def recognise(self, text: str) -> Recognised | None:
        """Name the likeliest answer to a question; None when it shares nothing with the known ones."""
        import numpy as np  # noqa: PLC0415

        found = weighed(self, text)
        if found is None:
            return None
        ids, values, known_words = found
        decided = values @ self.weights[ids] + self.bias
        near = self._nearness(ids, values)
        total = decided + NEARNESS_COUNTS * near
        top = int(total.argmax())
        squares = values**2
        is_word = np.arange(len(ids)) < known_words
        by_words = squares[is_word] @ self._holds[0][ids[is_word]]
        by_letters = squares[~is_word] @ self._holds[0][ids[~is_word]]
        powers = np.exp(SHARPNESS * (total - total[top]))
        stems = words.stems(text[:MOST_CHARACTERS])
        signals = {
            "known_share": powers[top] / powers.sum(),
            "known_lead": _lead(total, top),
            "known_strength": total[top],
            "known_closeness": (near[top] - self.closeness[top]) / self.spread[top],
            "known_words_lead": _lead(by_words, top),
            "known_letters": by_letters[top],
            "known_rivals": (decided > RIVAL_FROM).sum(),
            "known_background": decided.mean(),
            "known_agreement": int(near.argmax() == top) + int(decided.argmax() == top),
            "new_words": sum(f"w{stem}" not in self.features for stem in stems) / max(1, len(stems)),
            "question_length": math.log1p(len(stems)),
        }
        return Recognised(self.answers[top], {name: round(float(value), 6) for name, value in signals.items()})

    def shares(self, text: str) -> "Floats | None":
        """How likely each answer is that of a question, 1 in sum; None when it shares nothing with the known ones."""
        import numpy as np  # noqa: PLC0415

        found = weighed(self, text)
        if found is None:
            return None
        ids, values, _ = found
        total = values @ self.weights[ids] + self.bias + NEARNESS_COUNTS * self._nearness(ids, values)
        powers = np.exp(SHARPNESS * (total - total.max()))
        return powers / powers.sum()

    def without(self, texts: Iterable[str]) -> "Recogniser":
        """The same without the words and runs of letters that only these of its known questions hold.

        What was learnt from them stays as numbers, which nothing finds any more.
        """
        theirs = Counter(key for text in texts for block in keyed(text) for key in block)
        alone = {key for key, number in self.features.items() if 0 < self._holders(number) <= theirs[key]}
        features = {f"-{number}" if key in alone else key: number for key, number in self.features.items()}
        return replace(self, features=features)

    def _holders(self, feature: int) -> int:
        return int(self.starts[feature + 1] - self.starts[feature])

    def _nearness(self, ids: "Ints", values: "Floats") -> "Floats":
        """How near the nearest known questions of each answer are, 0..1."""
        import numpy as np  # noqa: PLC0415

        spans = [slice(self.starts[each], self.starts[each + 1]) for each in ids]
        touched = np.concatenate([self.questions[span] for span in spans])
        weights = np.concatenate([self.values[span] * value for span, value in zip(spans, values, strict=True)])
        likeness = np.bincount(touched, weights, minlength=len(self.answer_of)) / 2
        order = np.lexsort((-likeness, self.answer_of))
        first = np.searchsorted(self.answer_of[order], np.arange(len(self.answers)))
        sizes = np.bincount(self.answer_of, minlength=len(self.answers))
        ranked = likeness[order]
        taken = [ranked[start : start + min(NEAREST, size)].mean() for start, size in zip(first, sizes, strict=True)]
        return np.array(taken, dtype=np.float32)

    def to_bytes(self) -> bytes:
        """For a column: arrays and texts alone, nothing that runs when it is read."""
        import numpy as np  # noqa: PLC0415

        stored = io.BytesIO()
        texts = {"answers": np.array(self.answers), "features": np.array(list(self.features))}
        arrays = {name: getattr(self, name) for name in _ARRAYS}
        np.savez_compressed(stored, format=np.array(FORMAT), **texts, **arrays)
        return stored.getvalue()

    @classmethod
    def from_bytes(cls, stored: bytes) -> "Recogniser":
        """Read what `to_bytes` wrote.

        Raises:
            ValueError: when it is something else, or of another version.
        """
        import numpy as np  # noqa: PLC0415

        try:
            with np.load(io.BytesIO(stored), allow_pickle=False) as read:
                if int(read["format"]) != FORMAT:
                    raise KeyError(FORMAT)
                features = {str(key): number for number, key in enumerate(read["features"])}
                return cls.of(
                    [str(answer) for answer in read["answers"]], features, **{name: read[name] for name in _ARRAYS}
                )
        except (KeyError, OSError, EOFError, ValueError, zipfile.BadZipFile) as error:
            raise ValueError("what is stored is no recogniser of this version") from error


def without(stored: bytes, texts: Iterable[str]) -> bytes:
    """A stored recogniser without what only these of its known questions hold; empty for one that cannot be read."""
    try:
        return Recogniser.from_bytes(stored).without(texts).to_bytes()
    except ValueError:
        return b""


def weighed(recogniser: Recogniser, text: str) -> "tuple[Ints, Floats, int] | None":
    """The known features of a text and their TF-IDF weights, words first, and how many of them are words."""
    import numpy as np  # noqa: PLC0415

    parts = list(_blocks(recogniser, text))
    ids = np.concatenate([block for block, _ in parts])
    if not len(ids):
        return None
    return ids, np.concatenate([values for _, values in parts]), len(parts[0][0])


def _blocks(recogniser: Recogniser, text: str) -> "Iterator[tuple[Ints, Floats]]":
    import numpy as np  # noqa: PLC0415

    for counted in keyed(text):
        known = [(recogniser.features[key], often) for key, often in counted.items() if key in recogniser.features]
        ids = np.array([number for number, _ in known], dtype=np.int32)
        values = np.array([1 + math.log(often) for _, often in known], dtype=np.float32)
        values *= recogniser.idf[ids]
        length = float(np.sqrt((values**2).sum()))
        yield ids, values / length if length else values


def _lead(values: "np.ndarray[Any, np.dtype[np.floating[Any]]]", top: int) -> float:
    """By how much the answer at `top` leads the best other one."""
    others = [float(value) for number, value in enumerate(values) if number != top]
    return float(values[top]) - max(others, default=0.0)
