"""A pool of bank customers' questions, some of which nobody has answered yet, with how sure the product is of each.

Of 77 intents 19 are held back, so that a quarter of the test questions have no known answer, and lie close to what is
known. The other 58 are known by 30 example questions each. The recogniser learns those; the confidence model learns
from rehearsals on the same examples, with whole intents left out. Nothing of the test set, and nothing of the intents
held back, is seen by either.
"""

import csv
import hashlib
import pickle
import tempfile
import time
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from random import Random

from handoff import confidence, confidence_fit, recognition, recognition_fit, words
from handoff.confidence import ConfidenceModel
from handoff.confidence_fit import Example
from handoff.recognition import Recogniser
from handoff.recognition_fit import KnownQuestion
from tests.benchmarks import attempts, data

CHOICES = (1, 2, 3)
"""Seeds of the three random choices of intents held back."""
HELD_BACK, EXAMPLES = 19, 30
CODE = (attempts, confidence, confidence_fit, recognition, recognition_fit, words)


@dataclass(frozen=True, slots=True)
class Answered:
    """A test question as the product answered it."""

    text: str
    answer: str
    """The one it should have had."""
    signals: dict[str, float]
    confidence: float
    right: bool
    in_scope: bool
    """Whether its intent is one of the known ones."""


@dataclass(frozen=True)
class Bank:
    """One choice of intents held back: what was learnt, and what came of the test questions."""

    known: list[KnownQuestion]
    recogniser: Recogniser
    model: ConfidenceModel
    answered: list[Answered]
    fit_seconds: float
    """How long the confidence model took."""


def pools() -> list[list[tuple[float, bool]]]:
    """For each choice the confidence of every test question and whether its answer was right; none without data."""
    found = [bank(choice) for choice in CHOICES]
    return [[(each.confidence, each.right) for each in one.answered] for one in found if one]


def bank(choice: int) -> Bank | None:
    """One choice, computed once for each state of the code; None when the data are missing."""
    folder = data.folder() / "banking77"
    if not (folder / "train.csv").exists():
        return None
    kept = _kept(choice)
    if kept.exists():
        return pickle.loads(kept.read_bytes())  # our own file
    made = _made(folder, choice)
    draft = kept.with_suffix(f".{time.monotonic_ns()}")
    draft.write_bytes(pickle.dumps(made))
    draft.replace(kept)
    return made


def _kept(choice: int) -> Path:
    code = b"".join(Path(module.__file__ or "").read_bytes() for module in CODE) + Path(__file__).read_bytes()
    return Path(tempfile.gettempdir()) / f"baton-bank-{hashlib.sha256(code).hexdigest()[:12]}-{choice}.pickle"


def _made(folder: Path, choice: int) -> Bank:
    chance = Random(choice)
    train, test = _read(folder / "train.csv"), _read(folder / "test.csv")
    intents = sorted({each.answer for each in train})
    held_back = set(chance.sample(intents, HELD_BACK))
    by_intent: dict[str, list[KnownQuestion]] = defaultdict(list)
    for each in train:
        by_intent[each.answer].append(each)
    known = [
        each for intent in intents if intent not in held_back for each in chance.sample(by_intent[intent], EXAMPLES)
    ]
    recogniser = recognition_fit.train(known)
    shown = attempts.rehearse(known, seed=choice)
    started = time.perf_counter()
    examples = [Example(each.signals, each.right, each.question.answer) for each in shown]
    model = confidence_fit.fit(examples).model
    seconds = time.perf_counter() - started
    answered = [_answered(recogniser, model, each, each.answer not in held_back) for each in test]
    return Bank(known, recogniser, model, answered, seconds)


def _answered(recogniser: Recogniser, model: ConfidenceModel, question: KnownQuestion, in_scope: bool) -> Answered:
    found = recogniser.recognise(question.text)
    signals = found.signals if found else {}
    sure = model.score(signals).value if found else 0.0
    right = found is not None and found.answer == question.answer
    return Answered(question.text, question.answer, signals, sure, right, in_scope)


def _read(path: Path) -> list[KnownQuestion]:
    with path.open(newline="", encoding="utf-8") as file:
        return [KnownQuestion(row["text"].strip(), row["category"]) for row in csv.DictReader(file)]
