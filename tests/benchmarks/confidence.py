"""How far the confidence tells right answers from wrong ones, on bank customers' questions of which a part is new."""

import sqlite3
import time
from collections.abc import Callable, Sequence

import numpy as np

from handoff import confidence_fit, words
from handoff.confidence_fit import Example
from tests.benchmarks import bank_pool
from tests.benchmarks.bank_pool import Answered, Bank
from tests.benchmarks.rows import Row, data_missing, ms, percentile

NAME = "confidence"
LEAST_ACCURACY = 0.86
LEAST_COVERAGE = {("in scope", 0.05): 0.80, ("in scope", 0.10): 0.94, ("mixed", 0.05): 0.42, ("mixed", 0.10): 0.57}
MOST_ECE = {"in scope": 0.03, "mixed": 0.05}
REVIEWS, REFITS = 300, 10
"""Fits of one choice: single ones spread from .02 to .06 in calibration error, so that few of them say little."""
MOST_FIT_SECONDS, MOST_QUERY_MS = 5.0, 10.0
TIMED = 500


async def run(progress: Callable[[str], None], quick: bool) -> list[Row]:
    """Answer every test question of each choice, then refit on reviews of the pool, and time both."""
    banks: list[Bank] = []
    for choice in bank_pool.CHOICES[: 1 if quick else None]:
        progress(f"choice {choice}")
        bank = bank_pool.bank(choice)
        if bank is None:
            return [data_missing(NAME, "banking77")]
        banks.append(bank)
    progress("a plain full-text score")
    plain = [_plain_scores(bank) for bank in banks]
    progress("fits on reviews")
    errors, fitting = _calibration(banks)
    return [*_coverage_rows(banks, plain), *_calibration_rows(errors), *_time_rows(banks, fitting)]


def _coverage_rows(banks: Sequence[Bank], plain: Sequence[Sequence[tuple[float, bool]]]) -> list[Row]:
    accuracy = _mean([float(np.mean([each.right for each in bank.answered if each.in_scope])) for bank in banks])
    reference = f"mean of {len(banks)} choices"
    rows = [
        Row(
            NAME,
            "right answers in scope",
            round(accuracy, 3),
            "share",
            reference,
            f">= {LEAST_ACCURACY}",
            accuracy >= LEAST_ACCURACY,
        )
    ]
    beside = list(zip(plain, banks, strict=True))
    for (scope, error), least in LEAST_COVERAGE.items():
        ours = _mean([_coverage(_scored(bank, scope), error) for bank in banks])
        full_text = _mean([_coverage(_part(scores, bank, scope), error) for scores, bank in beside])
        rows.append(
            Row(
                NAME,
                f"answered {scope} at {error:.0%} wrong, in hindsight",
                round(ours, 3),
                "share",
                f"plain FTS5 score {full_text:.2f}",
                f">= {least}",
                ours >= least,
            )
        )
    return rows


def _part(scores: Sequence[tuple[float, bool]], bank: Bank, scope: str) -> list[tuple[float, bool]]:
    return [pair for pair, each in zip(scores, bank.answered, strict=True) if _is_in(each, scope)]


def _is_in(answered: Answered, scope: str) -> bool:
    return answered.in_scope or scope == "mixed"


def _scored(bank: Bank, scope: str) -> list[tuple[float, bool]]:
    return [(each.confidence, each.right) for each in bank.answered if _is_in(each, scope)]


def _coverage(scored: Sequence[tuple[float, bool]], error: float) -> float:
    """The largest share that can be answered, from the surest on, with at most this share of errors."""
    right = [right for _, right in sorted(scored, key=lambda each: -each[0])]
    wrong = np.cumsum([not each for each in right]) / np.arange(1, len(right) + 1)
    return float(np.flatnonzero(wrong <= error).max(initial=-1) + 1) / len(right)


def _plain_scores(bank: Bank) -> list[tuple[float, bool]]:
    """What FTS5 alone says: the best of the known questions by bm25, and whether its answer is the right one."""
    index = sqlite3.connect(":memory:")
    index.execute("CREATE VIRTUAL TABLE known USING fts5(stems, answer UNINDEXED)")
    rows = [(" ".join(words.stems(each.text)), each.answer) for each in bank.known]
    index.executemany("INSERT INTO known VALUES (?, ?)", rows)
    found: list[tuple[float, bool]] = []
    best = "SELECT bm25(known), answer FROM known WHERE known MATCH ? ORDER BY bm25(known) LIMIT 1"
    for each in bank.answered:
        query = " OR ".join(f'"{stem}"' for stem in dict.fromkeys(words.stems(each.text)))
        row = index.execute(best, (query,)).fetchone() if query else None
        found.append((-row[0], row[1] == each.answer) if row else (0.0, False))
    index.close()
    return found


def _calibration(banks: Sequence[Bank]) -> tuple[dict[str, list[float]], list[float]]:
    """The calibration errors after fits on 300 reviews drawn from the pool, on the rest of it; and the fits' times."""
    errors: dict[str, list[float]] = {scope: [] for scope in MOST_ECE}
    times: list[float] = []
    for number, bank in enumerate(banks):
        random = np.random.default_rng(number)
        for scope in MOST_ECE:
            pool = [each for each in bank.answered if _is_in(each, scope)]
            for _ in range(REFITS):
                order = random.permutation(len(pool))
                reviewed, rest = [pool[at] for at in order[:REVIEWS]], [pool[at] for at in order[REVIEWS:]]
                started = time.perf_counter()
                examples = [Example(each.signals, each.right, str(at)) for at, each in enumerate(reviewed)]
                model = confidence_fit.fit(examples, bank.model).model
                times.append(time.perf_counter() - started)
                sure = np.array([model.score(each.signals).value for each in rest])
                errors[scope].append(confidence_fit.metrics(sure, np.array([each.right for each in rest])).ece)
    return errors, times


def _calibration_rows(errors: dict[str, list[float]]) -> list[Row]:
    return [
        Row(
            NAME,
            f"calibration error {scope}",
            round(_mean(found), 4),
            "ECE",
            f"after a fit on {REVIEWS} reviews, mean of {len(found)}",
            f"<= {MOST_ECE[scope]}",
            _mean(found) <= MOST_ECE[scope],
        )
        for scope, found in errors.items()
    ]


def _time_rows(banks: Sequence[Bank], fitting: Sequence[float]) -> list[Row]:
    times: list[float] = []
    for each in banks[0].answered[:TIMED]:
        started = time.perf_counter()
        found = banks[0].recogniser.recognise(each.text)
        banks[0].model.score(found.signals if found else {})
        times.append(time.perf_counter() - started)
    slowest = max(*fitting, *(bank.fit_seconds for bank in banks))
    at_worst = ms(percentile(times, 0.95))
    return [
        Row(
            NAME,
            "slowest fit",
            round(slowest, 2),
            "s",
            f"{len(fitting) + len(banks)} fits",
            f"< {MOST_FIT_SECONDS:.0f}",
            slowest < MOST_FIT_SECONDS,
        ),
        Row(NAME, "a question, p95", at_worst, "ms", "", f"< {MOST_QUERY_MS:.0f}", at_worst < MOST_QUERY_MS),
    ]


def _mean(values: Sequence[float]) -> float:
    return float(np.mean(values))
