"""The time of a decision: an assessment held against a policy, in every way it can end."""

import time
from collections.abc import Callable

from handoff import gate
from handoff.draft import Mood
from handoff.gate import Assessment, Policy
from storage.kinds import Stage
from tests.benchmarks.rows import Row, median, percentile

NAME = "gate"
ROUNDS, QUICK = 200_000, 20_000
MOST_MS = 1.0
REASONS = tuple(f"Reason number {number} in plain words." for number in range(4))


async def run(progress: Callable[[str], None], quick: bool) -> list[Row]:
    """Decide many times, one kind after the other, and time each decision alone."""
    progress("decisions")
    cases = [(assessment, policy) for policy in _policies() for assessment in _assessments()]
    times: list[float] = []
    for number in range(QUICK if quick else ROUNDS):
        assessment, policy = cases[number % len(cases)]
        started = time.perf_counter()
        gate.decide(assessment, policy)
        times.append((time.perf_counter() - started) * 1000)
    at_worst = percentile(times, 0.99)
    return [
        Row(NAME, "a decision, median", round(median(times), 5), "ms", f"{len(cases)} kinds"),
        Row(NAME, "a decision, p99", round(at_worst, 5), "ms", "", f"< {MOST_MS:.0f}", at_worst < MOST_MS),
    ]


def _policies() -> list[Policy]:
    certified = Policy("returns", Stage.AUTOPILOT, 0.7, 0.6, 0.05, "C1", "drafter", "confidence")
    return [Policy("returns", stage, 0.6, 0.6, 0.05) for stage in Stage] + [certified]


def _assessments() -> list[Assessment]:
    calm, angry = Mood(), Mood(-0.8, 0.9, signs=REASONS)
    return [
        Assessment(mood, found, answerable, asks_back, confidence=sure, confidence_reasons=REASONS)
        for mood in (calm, angry)
        for found in (True, False)
        for answerable in (True, False)
        for asks_back in (True, False)
        for sure in (0.2, 0.9)
    ]
