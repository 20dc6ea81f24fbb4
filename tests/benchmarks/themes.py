"""How far themes agree with the intents of bank customers' questions, beside k-means, which is told their true number.

By words alone, and by words with the recorded vectors of a real small model; k-means has the same. The floors of the
similarity were chosen on the training part of the data; the figures are of the test part. "Pairs" are pairs of
questions: of one intent, and put into one theme. Themes that go on are those of the first half of a sample whose intent
is asked about again in the second: they ought to be known again.
"""

import asyncio
import csv
import random
import time
from array import array
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from math import sqrt

from bot.themes import grouping, vectors
from bot.themes.grouping import Group, Grouped, Said, Task
from handoff import theme_tracking
from handoff.theme_tracking import Kind
from tests.benchmarks import data, recorded_vectors
from tests.benchmarks.recorded_vectors import QUESTIONS as QUESTIONS_FILE
from tests.benchmarks.rows import Row, data_missing, median
from tests.embedding_server import Embed

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


@dataclass(slots=True)
class Way:
    """A way of grouping, and what was found of it, sample by sample."""

    name: str
    embed: Embed | None
    ours: list[Agreement] = field(default_factory=list[Agreement])
    theirs: list[Agreement] = field(default_factory=list[Agreement])
    seconds: list[float] = field(default_factory=list[float])
    shown: list[str] = field(default_factory=list[str])

    def task(self, texts: Sequence[str], places: Sequence[int]) -> Task:
        """What is grouped: the questions at these places."""
        said = [Said(id=str(place), text=texts[place], language="en") for place in places]
        if self.embed is None:
            return Task(questions=said)
        made = [_unit(each) for each in self.embed([vectors.told(texts[place]) for place in places])]
        return Task(questions=said, bytes_each=len(made[0]), vectors=b"".join(made))


async def run(tell: Callable[[str], None], quick: bool) -> list[Row]:
    """Group samples of the test part; print the names of the largest themes of the first one."""
    drawn = samples(QUICK_SAMPLES if quick else SAMPLES)
    if not drawn:
        return [data_missing("themes", "questions of bank customers")]
    double = recorded_vectors.double([vectors.told(each) for texts, _ in drawn for each in texts], QUESTIONS_FILE)
    ways = [Way("words", None), *([Way("words and meaning", double.embed)] if double else [])]
    known_again: dict[tuple[str, str], Counter[bool]] = {}
    for number, (texts, intents) in enumerate(drawn, start=1):
        tell(f"sample {number} of {len(drawn)}")
        halves = {way.name: await _halves(way, texts) for way in ways}
        for way in ways:
            await _measure(way, texts, intents)
            for before in ways:
                kept = _go_on(halves[before.name][0], halves[way.name][1], intents)
                known_again.setdefault((before.name, way.name), Counter()).update(kept)
    for way in ways:
        print(f"The largest themes of the first sample, by {way.name}:", *way.shown, sep="\n  ")
    rows = [row for way in ways for row in _rows(way, ways[0])]
    if not double:
        rows.append(data_missing("themes", "recorded vectors of the questions"))
    return [*rows, *_again_rows(known_again)]


async def _measure(way: Way, texts: Sequence[str], intents: Sequence[str]) -> None:
    task, started = way.task(texts, range(len(texts))), time.perf_counter()
    grouped = await grouping.run(task)
    way.seconds.append(time.perf_counter() - started)
    way.ours.append(await asyncio.to_thread(_agreement, intents, _labels(grouped, len(texts))))
    rival = await asyncio.to_thread(_by_k_means, texts, len(set(intents)), task)
    way.theirs.append(_agreement(intents, rival))
    way.shown = way.shown or [f"{len(each.ids)} × {each.name}" for each in grouped.groups[:SHOWN]]


def _rows(way: Way, first: Way) -> list[Row]:
    rows: list[Row] = []
    for name, of in {**MEASURES, "recall of pairs": "recall"}.items():
        own, other, plain = (
            round(median([getattr(each, of) for each in all_]), 3) for all_ in (way.ours, way.theirs, first.ours)
        )
        beside, target, holds = f"k-means with the true k {other}", "above k-means", own > other
        if way is not first:
            beside, target, holds = f"{beside}, words {plain}", "above words", own > plain
        goal = (target, holds) if of in MEASURES.values() else ("", None)
        rows.append(Row("themes", f"{name}, by {way.name}", own, "", beside, *goal))
    took = round(median(way.seconds), 2)
    return [*rows, Row("themes", f"{QUESTIONS} questions in a process of their own, by {way.name}", took, "s")]


async def _halves(way: Way, texts: Sequence[str]) -> tuple[list[Group], list[Group]]:
    """The themes of the first half, and those of the whole, which the week after looks at."""
    half = len(texts) // 2
    first = await grouping.run(way.task(texts, range(half)))
    return first.groups, (await grouping.run(way.task(texts, range(len(texts))))).groups


def _go_on(known: Sequence[Group], found: Sequence[Group], intents: Sequence[str]) -> Counter[bool]:
    """Of the themes whose intent a theme of the next week is about: how many are known again as one that is."""
    half = len(intents) // 2
    fresh = [each for each in found if any(int(id_) >= half for id_ in each.ids)]
    kinds = {str(number): Kind(each.language, each.terms, each.ids) for number, each in enumerate(known)}
    keys = theme_tracking.matched([Kind(each.language, each.terms, each.ids) for each in fresh], kinds)
    about = [_about([id_ for id_ in each.ids if int(id_) >= half], intents) for each in fresh]
    again = {key: intent for key, intent in zip(keys, about, strict=True) if key}
    of_known = {key: _about(known[int(key)].ids, intents) for key in kinds}
    return Counter(again.get(key) == intent for key, intent in of_known.items() if intent in about)


def _about(ids: Sequence[str], intents: Sequence[str]) -> str:
    return Counter(intents[int(id_)] for id_ in ids).most_common(1)[0][0]


def _again_rows(known_again: dict[tuple[str, str], Counter[bool]]) -> list[Row]:
    shares = {ways: round(counted[True] / max(1, counted.total()), 3) for ways, counted in known_again.items()}
    today = next(iter(shares.values()), 0.0)
    rows: list[Row] = []
    for (before, now), share in shares.items():
        how = f"by {now}" if before == now else f"{before}, then {now}"
        of = f"of {known_again[before, now].total()}"
        target = ("at least that of words", share >= today) if before == now != "words" else ("", None)
        rows.append(Row("themes", f"themes that go on and are known again, {how}", share, "", of, *target))
    return rows


def samples(number: int) -> list[tuple[list[str], list[str]]]:
    """Samples of questions with their intents; none where the data are missing."""
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


def _by_k_means(texts: Sequence[str], groups: int, task: Task) -> list[int]:
    import numpy as np
    from sklearn.cluster import KMeans
    from sklearn.feature_extraction.text import TfidfVectorizer

    features = (
        np.frombuffer(task.vectors, "<f4").reshape(len(texts), -1)
        if task.bytes_each
        else TfidfVectorizer(stop_words="english", ngram_range=(1, 2), sublinear_tf=True).fit_transform(texts)
    )
    machine = KMeans(groups, n_init=5, random_state=0)  # pyright: ignore[reportArgumentType] - the stubs know one word alone
    return [int(label) for label in machine.fit_predict(features)]


def _unit(numbers: Sequence[float]) -> bytes:
    length = sqrt(sum(each * each for each in numbers))
    return array("f", (each / length for each in numbers)).tobytes()


def _agreement(intents: Sequence[str], labels: Sequence[int]) -> Agreement:
    from sklearn.metrics import adjusted_mutual_info_score
    from sklearn.metrics.cluster import pair_confusion_matrix

    (_, apart), (missed, together) = pair_confusion_matrix(intents, labels)
    precision, recall = together / max(1, together + apart), together / max(1, together + missed)
    f1 = 2 * together / max(1, 2 * together + apart + missed)
    return Agreement(float(adjusted_mutual_info_score(intents, labels)), float(f1), float(precision), float(recall))
