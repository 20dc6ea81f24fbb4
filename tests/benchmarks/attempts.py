"""Shows recognisers questions that they do not know, so that a confidence model learns what those look like."""

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from handoff.recognition_fit import KnownQuestion, train

FOLDS, ROUNDS = 4, 2
KEPT_BACK = 5
"""One of so many questions of an answer is kept back to be recognised."""
UNKNOWN_PART = 0.25
"""The part of questions shown in a rehearsal whose answer is unknown."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """A question that a recogniser had not seen, what it said, and whether that was right."""

    question: KnownQuestion
    signals: dict[str, float]
    right: bool


def rehearse(known: Sequence[KnownQuestion], *, seed: int = 0) -> list[Attempt]:
    """Show recognisers questions they have not seen, a part of which has an answer that they do not know either.

    Whole answers are left out in turn, so that a confidence model fitted on the attempts learns what a question looks
    like that nobody has answered yet.
    """
    chance = Random(seed)
    by_answer: dict[str, list[KnownQuestion]] = defaultdict(list)
    for each in known:
        by_answer[each.answer].append(each)
    attempts: list[Attempt] = []
    for _ in range(ROUNDS):
        answers = sorted(by_answer)
        chance.shuffle(answers)
        for fold in range(FOLDS):
            left_out = answers[fold::FOLDS]
            attempts += _one_rehearsal(by_answer, left_out, chance)
    return attempts


def _one_rehearsal(by_answer: dict[str, list[KnownQuestion]], left_out: Sequence[str], chance: Random) -> list[Attempt]:
    learnt: list[KnownQuestion] = []
    shown: list[KnownQuestion] = []
    for answer in sorted(set(by_answer) - set(left_out)):
        questions = chance.sample(by_answer[answer], len(by_answer[answer]))
        back = len(questions) // KEPT_BACK
        shown += questions[:back]
        learnt += questions[back:]
    unknown = [each for answer in left_out for each in by_answer[answer]]
    wanted = math.ceil(len(shown) * UNKNOWN_PART / (1 - UNKNOWN_PART))
    shown += chance.sample(unknown, min(wanted, len(unknown)))
    recogniser = train(learnt)
    return [
        Attempt(question, found.signals, found.answer == question.answer)
        for question in shown
        if (found := recogniser.recognise(question.text)) is not None
    ]
