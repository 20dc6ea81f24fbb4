"""How well moods are read: wishes for a person, and frustration, beside VADER alone, on conversations of our own."""

import time
from collections.abc import Callable, Sequence

from handoff import mood
from handoff.draft import Mood
from tests.benchmarks import mood_conversations
from tests.benchmarks.mood_conversations import Labelled
from tests.benchmarks.rows import Row, median, ms, percentile

NAME = "mood"
RECALL, PRECISION, SLOWEST_MEDIAN = 0.98, 0.95, 0.001
LIMIT = 0.6
"""The frustration from which a person takes over, as topics start."""
FIRST = "recall 0.263, AUC 0.648"
"""What the rules reached when they first met the labels, before anything was improved."""
LANGUAGES = ("en", "de", "fr", "es", "pt", "it", "nl", "pl", "tr", "ja")
ROUNDS, QUICK = 5, 2


async def run(progress: Callable[[str], None], quick: bool) -> list[Row]:
    """Read all labelled conversations; then, apart, the ones that the rules were never changed for."""
    mood.prepare()
    labelled = mood_conversations.load()
    trades = mood_conversations.load(mood_conversations.OTHER_TRADES)
    unseen = mood_conversations.load(mood_conversations.UNSEEN)
    progress(f"{len(labelled)} conversations")
    rows = [*_wishes(labelled, "labelled before the code was run", bound=True), *_by_language(labelled)]
    rows += _frustration(labelled, f"first run: {FIRST}", bound=True)
    halves = (
        ("half that rules learned from", [each for each in labelled if each.tuned]),
        ("other half", [each for each in labelled if not each.tuned]),
        ("other trades, learned from", trades),
        ("unseen trades", unseen),
    )
    for name, some in halves:
        progress(name)
        rows += [
            *_wishes(some, name, bound=False),
            *_frustration(some, name, bound=False),
        ]
    progress("time")
    return [*rows, *_times(labelled, QUICK if quick else ROUNDS)]


def _read(each: Labelled) -> Mood:
    return mood.read(each.turns, thumbs_down=each.thumbs_down)


def _wishes(some: Sequence[Labelled], which: str, *, bound: bool) -> list[Row]:
    heard = [_read(each).wants_person for each in some]
    right = sum(each.wants_person and told for each, told in zip(some, heard, strict=True))
    wished = sum(each.wants_person for each in some)
    recall, precision = right / wished, right / max(1, sum(heard))
    beside = f"{wished} of {len(some)}: {which}"
    bounds = (f">= {RECALL}", f">= {PRECISION}") if bound else ("", "")
    holds = (recall >= RECALL, precision >= PRECISION) if bound else (None, None)
    return [
        Row(NAME, "wishes for a person heard", round(recall, 3), "share", beside, bounds[0], holds[0]),
        Row(NAME, "of wishes heard, real ones", round(precision, 3), "share", beside, bounds[1], holds[1]),
    ]


def _by_language(some: Sequence[Labelled]) -> list[Row]:
    rows: list[Row] = []
    for language in LANGUAGES:
        wishes = [each for each in some if each.wants_person and each.language == language]
        heard = sum(_read(each).wants_person for each in wishes)
        rows.append(Row(NAME, f"wishes heard, {language}", round(heard / len(wishes), 3), "share", f"of {len(wishes)}"))
    return rows


def _frustration(some: Sequence[Labelled], which: str, *, bound: bool) -> list[Row]:
    from sklearn.metrics import roc_auc_score
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    vader = SentimentIntensityAnalyzer()
    rows: list[Row] = []
    for name, chosen in (("", list(some)), (", English", [each for each in some if each.language == "en"])):
        truth = [each.frustrated for each in chosen]
        scores = [_read(each).frustration for each in chosen]
        ours = float(roc_auc_score(truth, scores))
        theirs = float(roc_auc_score(truth, [-vader.polarity_scores(each.said)["compound"] for each in chosen]))
        target = (f"> {theirs:.3f}", ours > theirs) if bound else ("", None)
        beside = f"VADER alone {theirs:.3f}; {len(chosen)}: {which}"
        rows.append(Row(NAME, f"frustration, AUC{name}", round(ours, 3), "AUC", beside, *target))
    calm, angry = (
        [_read(each).frustration >= LIMIT for each in some if each.frustrated is kind] for kind in (False, True)
    )
    at = f"at the starting limit {LIMIT}; {which}"
    return [
        *rows,
        Row(NAME, "frustrated who cross the limit", round(sum(angry) / len(angry), 3), "share", at),
        Row(NAME, "calm who cross the limit", round(sum(calm) / len(calm), 3), "share", at),
    ]


def _times(some: Sequence[Labelled], rounds: int) -> list[Row]:
    """Each read as if its conversation had never been seen."""
    seconds: list[float] = []
    for _ in range(rounds):
        for each in some:
            mood.forget()
            started = time.perf_counter()
            _read(each)
            seconds.append(time.perf_counter() - started)
    middle = median(seconds)
    beside = "nothing kept of earlier turns"
    return [
        Row(NAME, "a read, median", ms(middle), "ms", beside, "< 1", middle < SLOWEST_MEDIAN),
        Row(NAME, "a read, p95", ms(percentile(seconds, 0.95)), "ms", beside),
    ]
