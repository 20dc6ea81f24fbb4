"""Certificates on the bank's questions: how often one is false, how much it answers, and what looking often costs.

Each pool is the whole test set for one choice of intents held back. From it n questions are drawn as reviewed, a
threshold is derived from them, and its error is counted over the whole pool.
"""

import math
from bisect import insort
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import count
from typing import Any

import numpy as np

from handoff import looks
from handoff.binomial import least_draws
from handoff.certificate import DEFAULT_RISK, START_TIMES, STRICTEST, Certified, Evidence, Missing, certify, statement
from tests.benchmarks import bank_pool
from tests.benchmarks.rows import Row, data_missing, median

NAME = "certificate"
SIZES, TOLERANCES = (100, 300, 1000), (0.02, 0.05, 0.1)
LEAST_COVERAGE = {(1000, 0.1): 0.88, (300, 0.1): 0.65, (1000, 0.05): 0.60}
SPLITS, QUICK_SPLITS = 200, 50
STREAMS, QUICK_STREAMS = 600, 100
BANK_STREAMS, QUICK_BANK_STREAMS = 60, 12
LONGEST, BANK_LONGEST = 2000, 1000
ORDINARY_RUNGS = {"one rung a review": 1.0, "rungs a tenth apart": 1.1}
Array = Any


@dataclass(frozen=True)
class Pool:
    """Questions from the surest to the least sure."""

    confidences: Array
    wrong: Array
    errors: Array
    """The share of wrong ones among the first n, for n from 1 on."""

    @classmethod
    def of(cls, answered: Sequence[tuple[float, bool]]) -> "Pool":
        confidences = np.array([confidence for confidence, _ in answered])
        wrong = np.array([not right for _, right in answered])
        order = np.argsort(-confidences, kind="stable")
        wrong = wrong[order]
        return cls(confidences[order], wrong, np.cumsum(wrong) / np.arange(1, len(wrong) + 1))

    def answered(self, threshold: float) -> int:
        """How many of the pool the threshold answers."""
        return int(np.searchsorted(-self.confidences, -threshold, side="right"))

    def best(self, tolerance: float) -> int:
        """How many the loosest threshold answers that keeps the tolerance over the whole pool."""
        ends = np.append(self.confidences[:-1] != self.confidences[1:], True)
        return int(np.flatnonzero(ends & (self.errors <= tolerance)).max(initial=-1)) + 1

    def breaks(self, answered: int, tolerance: float) -> bool:
        """Whether answering so many breaks the tolerance over the whole pool."""
        return answered > 0 and bool(self.errors[answered - 1] > tolerance)

    def evidence(self, places: Array) -> list[Evidence]:
        """These questions as reviewed."""
        pairs = zip(self.confidences[places].tolist(), self.wrong[places].tolist(), strict=True)
        return [Evidence(confidence, wrong) for confidence, wrong in pairs]


@dataclass
class Cell:
    """What the splits of one size and tolerance gave, a list for each pool."""

    breaking: list[float]
    naive_breaking: list[float]
    coverage: list[float]
    other_coverage: dict[str, list[float]]
    missing: list[int]
    splits: int


async def run(progress: Callable[[str], None], quick: bool) -> list[Row]:
    """Nine cells of splits on three pools, quickly on one; then growing evidence under both rules."""
    pools = _pools(bank_pool.CHOICES[:1] if quick else bank_pool.CHOICES)
    if not pools:
        return [data_missing(NAME, "the bank's questions")]
    splits = QUICK_SPLITS if quick else SPLITS
    cells: dict[tuple[int, float], Cell] = {}
    for size in SIZES:
        for tolerance in TOLERANCES:
            progress(f"{size:,} reviews, {tolerance:.0%}")
            cells[size, tolerance] = _cell(pools, size, tolerance, splits)
    rows = [_promise(*key, cell) for key, cell in cells.items()]
    rows.append(_naive(cells, splits))
    rows += [_coverage(*key, cell) for key, cell in cells.items()]
    rows += _other_rungs(cells)
    progress("growing evidence")
    return rows + _growing(quick) + _growing_bank(pools, quick)


def _pools(choices: Sequence[int]) -> list[Pool]:
    banks = [bank_pool.bank(choice) for choice in choices]
    return [Pool.of([(each.confidence, each.right) for each in bank.answered]) for bank in banks if bank]


def _cell(pools: list[Pool], size: int, tolerance: float, splits: int) -> Cell:
    cell = Cell([], [], [], {name: [] for name in ORDINARY_RUNGS}, [], splits)
    for number, pool in enumerate(pools):
        rng = np.random.default_rng((number, size, round(tolerance * 1000)))
        best = pool.best(tolerance)
        breaking = naive_breaking = answered = 0
        others = dict.fromkeys(ORDINARY_RUNGS, 0)
        for _ in range(splits):
            places = np.sort(rng.choice(len(pool.wrong), size, replace=False))
            outcome = certify(pool.evidence(places), tolerance)
            if isinstance(outcome, Certified):
                mine = pool.answered(outcome.threshold)
                answered += mine
                breaking += pool.breaks(mine, tolerance)
            else:
                cell.missing.append(outcome.clean_reviews_needed or 0)
            naive_breaking += pool.breaks(_loosest(pool, places, tolerance), tolerance)
            for name, apart in ORDINARY_RUNGS.items():
                ended = _walk(pool.wrong[places], *_ordinary(size, tolerance, apart))
                others[name] += int(places[ended - 1]) + 1 if ended else 0
        cell.breaking.append(breaking / splits)
        cell.naive_breaking.append(naive_breaking / splits)
        cell.coverage.append(answered / splits / best)
        for name, total in others.items():
            cell.other_coverage[name].append(total / splits / best)
    return cell


def _loosest(pool: Pool, places: Array, tolerance: float) -> int:
    """How many the naive rule answers: the loosest threshold whose error among the reviews is within the tolerance."""
    errors = np.cumsum(pool.wrong[places]) / np.arange(1, len(places) + 1)
    kept = np.flatnonzero(errors <= tolerance)
    return int(places[kept[-1]]) + 1 if len(kept) else 0


def _walk(wrong: Array, ranks: Array, allowed: Array) -> int:
    """The last rank before the first failure, of reviews from the surest on; 0 for none."""
    if not len(ranks):
        return 0
    kept = np.cumsum(wrong)[ranks - 1] <= allowed
    last = len(ranks) if kept.all() else int(np.argmin(kept))
    return int(ranks[last - 1]) if last else 0


@cache
def _ladder(tolerance: float) -> tuple[int, ...]:
    """From how many reviews on 0, 1, 2 … errors are allowed, as far as any evidence here reaches."""
    ladder: list[int] = []
    for allowed in count():
        if (reviews := least_draws(allowed, tolerance, DEFAULT_RISK)) > LONGEST:
            return tuple(ladder)
        ladder.append(reviews)
    return ()


@cache
def _ordinary(size: int, tolerance: float, apart: float) -> tuple[Array, Array]:
    """Rungs as they are usually laid, from where ours begin, and the errors each allows."""
    ladder = _ladder(tolerance)
    ranks: list[int] = []
    rank = _enough(size, tolerance)
    while rank < size:
        ranks.append(rank)
        rank = max(rank + 1, math.ceil(rank * apart))
    if size >= ladder[0]:
        ranks.append(size)
    return np.array(ranks, dtype=int), np.searchsorted(np.array(ladder), ranks, side="right") - 1


def _enough(size: int, tolerance: float) -> int:
    """What the first rung takes in at the least."""
    return max(START_TIMES * _ladder(tolerance)[0], math.ceil(STRICTEST * size))


@cache
def _ours(size: int, tolerance: float) -> tuple[Array, Array]:
    """Our own rungs for confidences without ties, for streams too long to call the product at each review."""
    ladder = [reviews for reviews in _ladder(tolerance) if reviews <= size]
    enough = _enough(size, tolerance)
    start = next((number for number, reviews in enumerate(ladder) if reviews >= enough), len(ladder) - 1)
    ranks = [*ladder[max(0, start) :], *([size] if ladder else [])]
    return np.array(ranks, dtype=int), np.searchsorted(np.array(_ladder(tolerance)), ranks, side="right") - 1


def _limit(runs: int) -> float:
    return DEFAULT_RISK + 2 * math.sqrt(DEFAULT_RISK * (1 - DEFAULT_RISK) / runs)


def _promise(size: int, tolerance: float, cell: Cell) -> Row:
    worst, limit = max(cell.breaking), _limit(cell.splits)
    return Row(
        NAME,
        f"splits that break {tolerance:.0%}, {size:,} reviews",
        round(worst, 3),
        "share",
        f"worst of {len(cell.breaking)} choices; naive rule {max(cell.naive_breaking):.2f}",
        f"<= {limit:.3f}",
        worst <= limit,
    )


def _naive(cells: dict[tuple[int, float], Cell], splits: int) -> Row:
    caught = sum(max(cell.naive_breaking) > _limit(splits) for cell in cells.values())
    words = f"of {len(cells)} cells"
    return Row(NAME, "cells in which the naive rule fails the same check", caught, words, "", ">= 1", caught >= 1)


def _coverage(size: int, tolerance: float, cell: Cell) -> Row:
    coverage = sum(cell.coverage) / len(cell.coverage)
    without = len(cell.missing) / (cell.splits * len(cell.coverage))
    words = ", ".join(f"{each:.2f}" for each in cell.coverage)
    if cell.missing:
        missing = Missing(round(median(cell.missing)), "", tolerance)
        words = f"{words}; {statement(f'no certificate in {without:.0%} of splits', missing)}"
    least = LEAST_COVERAGE.get((size, tolerance))
    return Row(
        NAME,
        f"answered of the best in hindsight, {tolerance:.0%}, {size:,} reviews",
        round(coverage, 3),
        "share",
        words,
        f">= {least}" if least else "",
        coverage >= least if least else None,
    )


def _other_rungs(cells: dict[tuple[int, float], Cell]) -> list[Row]:
    rows: list[Row] = []
    for name in ORDINARY_RUNGS:
        mean = {key: sum(cells[key].other_coverage[name]) / len(cells[key].coverage) for key in LEAST_COVERAGE}
        words = ", ".join(f"{tolerance:.0%} at {size:,}: {mean[size, tolerance]:.2f}" for size, tolerance in mean)
        rows.append(Row(NAME, f"the same with {name}", words, "share"))
    return rows


def _growing(quick: bool) -> list[Row]:
    """Evidence that grows to 2,000 reviews, its error at the very limit of 5 % and its confidence saying nothing."""
    streams, tolerance = QUICK_STREAMS if quick else STREAMS, 0.05
    rng = np.random.default_rng(20)
    each_review = planned = 0
    for _ in range(streams):
        confidences, wrong = rng.random(LONGEST), rng.random(LONGEST) < tolerance * 1.001
        each_review += _first_rung_ever_holds(confidences, wrong, tolerance)
        planned += _ever_at_looks(confidences, wrong, tolerance, lambda _: True)
    return _false_rows("confidence that says nothing, 5 %", each_review / streams, planned / streams, streams, LONGEST)


def _first_rung_ever_holds(confidences: Array, wrong: Array, tolerance: float) -> bool:
    """Whether any certificate came when tested after each review: the first rung decides that there is one."""
    sorted_so_far: list[tuple[float, bool]] = []
    for size, each in enumerate(zip((-confidences).tolist(), wrong.tolist(), strict=True), start=1):
        insort(sorted_so_far, each)
        ranks, allowed = _ours(size, tolerance)
        if len(ranks) and sum(bad for _, bad in sorted_so_far[: int(ranks[0])]) <= allowed[0]:
            return True
    return False


def _ever_at_looks(confidences: Array, wrong: Array, tolerance: float, false: Callable[[float], bool]) -> bool:
    return any(false(threshold) for threshold in _at_looks(confidences, wrong, tolerance))


def _at_looks(confidences: Array, wrong: Array, tolerance: float) -> list[float]:
    """The thresholds that the planned looks at a growing stream certify."""
    pairs = zip(confidences.tolist(), wrong.tolist(), strict=True)
    stream = [Evidence(confidence, bad) for confidence, bad in pairs]
    thresholds: list[float] = []
    last = 0
    while (ahead := looks.planned(last + 1, tolerance)).reviews <= len(stream):
        outcome = looks.look(stream[: ahead.reviews], last, tolerance).outcome
        if isinstance(outcome, Certified):
            thresholds.append(outcome.threshold)
        last += 1
    return thresholds


def _growing_bank(pools: list[Pool], quick: bool) -> list[Row]:
    """The same on the bank's questions: how often some certificate breaks 10 %, and what the looks answer at last."""
    streams, tolerance = QUICK_BANK_STREAMS if quick else QUICK_BANK_STREAMS * 5, 0.1
    each_review = planned = 0
    at_looks: list[float] = []
    at_once: list[float] = []
    for number, pool in enumerate(pools):
        rng = np.random.default_rng((30, number))
        best = pool.best(tolerance)
        for _ in range(streams):
            places = rng.integers(0, len(pool.wrong), BANK_LONGEST)
            answers = _answered_after_each(pool, places, tolerance)
            each_review += any(pool.breaks(each, tolerance) for each in answers)
            thresholds = _at_looks(pool.confidences[places], pool.wrong[places], tolerance)
            planned += any(pool.breaks(pool.answered(each), tolerance) for each in thresholds)
            at_looks.append(pool.answered(min(thresholds)) / best if thresholds else 0.0)
            at_once.append(answers[-1] / best)
    runs = streams * len(pools)
    rows = _false_rows("the bank's questions, 10 %", each_review / runs, planned / runs, runs, BANK_LONGEST)
    beside = f"one test at {BANK_LONGEST:,} alone {sum(at_once) / runs:.2f}"
    name = f"answered of the best in hindsight at the looks until {BANK_LONGEST:,}, 10 %"
    return [*rows, Row(NAME, name, round(sum(at_looks) / runs, 3), "share", beside)]


def _answered_after_each(pool: Pool, places: Array, tolerance: float) -> list[int]:
    """How many of the pool a fresh test after each review would answer."""
    so_far: list[int] = []
    answers: list[int] = []
    for size, place in enumerate(places.tolist(), start=1):
        insort(so_far, place)
        ranks, allowed = _ours(size, tolerance)
        ended = _walk(pool.wrong[so_far], ranks, allowed)
        answers.append(so_far[ended - 1] + 1 if ended else 0)
    return answers


def _false_rows(where: str, each_review: float, planned: float, runs: int, longest: int) -> list[Row]:
    limit = _limit(runs)
    beside = f"until {longest:,} reviews, {runs} runs"
    name = "false certificates"
    return [
        Row(
            NAME,
            f"{name} at planned looks, {where}",
            round(planned, 3),
            "share",
            beside,
            f"<= {limit:.3f}",
            planned <= limit,
        ),
        Row(
            NAME,
            f"{name} when tested after each review, {where}",
            round(each_review, 3),
            "share",
            beside,
            f"> {limit:.3f}",
            each_review > limit,
        ),
    ]
