"""How far themes agree with the intents of bank customers' questions, beside k-means, which is told their true number.

The floor of the similarity was chosen on the training part of the data; the figures are of the test part. "Pairs" are
pairs of questions: of one intent, and put into one theme.
"""

import asyncio
import csv
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.themes import grouping
from bot.themes.grouping import Grouped, Said, Task
from tests.benchmarks import data
from tests.benchmarks.rows import Row, data_missing, median

QUESTIONS, SAMPLES, QUICK_SAMPLES = 600, 5, 2
SHOWN = 20
MEASURES = {"adjusted mutual information": "mutual", "F1 over pairs": "f1", "precision of pairs": "precision"}


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far a grouping agrees with the intents."""

    mutual: float
    """Adjusted mutual information: 0 for chance, 1 for the same."""
    f1: float
    precision: float
    recall: float


async def run(tell: Callable[[str], None], quick: bool) -> list[Row]:
    """Group samples of the test part; print the names of the largest themes of the first one."""
    samples = _samples(QUICK_SAMPLES if quick else SAMPLES)
    if not samples:
        return [data_missing("themes", "questions of bank customers")]
    ours: list[Agreement] = []
    theirs: list[Agreement] = []
    seconds: list[float] = []
    first: list[str] = []
    for number, (texts, intents) in enumerate(samples, start=1):
        tell(f"sample {number} of {len(samples)}")
        said = [Said(id=str(place), text=text, language="en") for place, text in enumerate(texts)]
        started = time.perf_counter()
        grouped = await grouping.run(Task(questions=said))
        seconds.append(time.perf_counter() - started)
        ours.append(await asyncio.to_thread(_agreement, intents, _labels(grouped, len(texts))))
        theirs.append(await asyncio.to_thread(lambda t=texts, i=intents: _agreement(i, _by_k_means(t, len(set(i))))))
        first = first or [f"{len(each.ids)} × {each.name}" for each in grouped.groups[:SHOWN]]
    print("The largest themes of the first sample:", *first, sep="\n  ")
    return _rows(ours, theirs, median(seconds))


def _rows(ours: Sequence[Agreement], theirs: Sequence[Agreement], seconds: float) -> list[Row]:
    rows: list[Row] = []
    for name, of in MEASURES.items():
        own, other = (round(median([getattr(each, of) for each in all_]), 3) for all_ in (ours, theirs))
        rows.append(Row("themes", name, own, "", f"k-means with the true k {other}", "above k-means", own > other))
    recall = round(median([each.recall for each in ours]), 3)
    other = round(median([each.recall for each in theirs]), 3)
    rows.append(Row("themes", "recall of pairs", recall, "", f"k-means with the true k {other}"))
    return [*rows, Row("themes", f"{QUESTIONS} questions in a process of their own", round(seconds, 2), "s")]


def _samples(number: int) -> list[tuple[list[str], list[str]]]:
    path = data.folder() / "banking77" / "test.csv"
    if not path.exists():
        return []
    with path.open(newline="", encoding="utf-8") as file:
        every = [(row["text"].strip(), row["category"]) for row in csv.DictReader(file)]
    drawn = [random.Random(seed).sample(every, QUESTIONS) for seed in range(number)]
    return [([text for text, _ in sample], [intent for _, intent in sample]) for sample in drawn]


def _labels(grouped: Grouped, questions: int) -> list[int]:
    """The theme of each question; one that is in none is alone."""
    labels = list(range(len(grouped.groups), len(grouped.groups) + questions))
    for number, group in enumerate(grouped.groups):
        for id_ in group.ids:
            labels[int(id_)] = number
    return labels


def _by_k_means(texts: Sequence[str], groups: int) -> list[int]:
    from sklearn.cluster import KMeans
    from sklearn.feature_extraction.text import TfidfVectorizer

    features = TfidfVectorizer(stop_words="english", ngram_range=(1, 2), sublinear_tf=True).fit_transform(texts)
    machine = KMeans(groups, n_init=5, random_state=0)  # pyright: ignore[reportArgumentType] - the stubs know one word alone
    return [int(label) for label in machine.fit_predict(features)]


def _agreement(intents: Sequence[str], labels: Sequence[int]) -> Agreement:
    from sklearn.metrics import adjusted_mutual_info_score
    from sklearn.metrics.cluster import pair_confusion_matrix

    (_, apart), (missed, together) = pair_confusion_matrix(intents, labels)
    precision, recall = together / max(1, together + apart), together / max(1, together + missed)
    f1 = 2 * together / max(1, 2 * together + apart + missed)
    return Agreement(float(adjusted_mutual_info_score(intents, labels)), float(f1), float(precision), float(recall))
