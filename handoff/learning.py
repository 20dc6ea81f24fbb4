"""Learns from reviewed drafts: which questions were asked before, and what each signal is worth. Needs scikit-learn.

A recogniser of known questions is trained on the reviewed drafts that were right, and a confidence model on all of
them. What a recogniser says of a question that it was trained on is worth nothing, so the confidence model learns from
recognisers that had not seen the conversation.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from sklearn.model_selection import GroupKFold

from handoff import confidence_fit, recognition_fit
from handoff.confidence import PRIOR, ConfidenceModel
from handoff.confidence_fit import Example, Fit
from handoff.recognition import SIGNALS, Recogniser, known_signals
from handoff.recognition_fit import KnownQuestion, NothingToLearn

LEAST_QUESTIONS = 4
"""An article with fewer reviewed questions is not learnt."""
FOLDS = 5


@dataclass(frozen=True, slots=True)
class ReviewedDraft:
    """A draft that people judged: what was asked, which articles it cites, and what was measured."""

    question: str
    articles: tuple[str, ...]
    example: Example


@dataclass(frozen=True)
class Learnt:
    """A confidence model with its figures, and the recogniser whose signals it weighs."""

    fit: Fit
    recogniser: Recogniser | None


def learn(drafts: Sequence[ReviewedDraft], serving: ConfidenceModel = PRIOR, *, questions: bool = True) -> Learnt:
    """Fit a confidence model, with a recogniser where `questions` are to be learnt and it makes the model better.

    Raises:
        FitRefused: when the reviews cannot teach a model.
    """
    drafts = [_without_signals_of_old(each) for each in drafts]
    plain = confidence_fit.fit([each.example for each in drafts], serving)
    if not questions:
        return Learnt(plain, None)
    try:
        unseen = _seen_by_strangers(drafts)
        recogniser = recognition_fit.train(_known(drafts))
    except NothingToLearn:
        return Learnt(plain, None)
    recognising = confidence_fit.fit([each.example for each in unseen], serving)
    if recognising.candidate.log_loss >= plain.candidate.log_loss:
        return Learnt(plain, None)
    return Learnt(recognising, recogniser)


def _without_signals_of_old(draft: ReviewedDraft) -> ReviewedDraft:
    """The draft without what an earlier recogniser said of it."""
    kept = {name: value for name, value in draft.example.signals.items() if name not in SIGNALS}
    return replace(draft, example=replace(draft.example, signals=kept))


def _known(drafts: Sequence[ReviewedDraft]) -> list[KnownQuestion]:
    """The questions that were answered rightly, with the article that comes first in the answer."""
    right = [each for each in drafts if each.example.right and each.articles and each.question.strip()]
    often = Counter(each.articles[0] for each in right)
    return [
        KnownQuestion(each.question, each.articles[0]) for each in right if often[each.articles[0]] >= LEAST_QUESTIONS
    ]


def _seen_by_strangers(drafts: Sequence[ReviewedDraft]) -> list[ReviewedDraft]:
    """The drafts with what recognisers say of them that were trained on other conversations."""
    groups = np.array([each.example.group for each in drafts])
    seen = list(drafts)
    for learnt, shown in GroupKFold(min(FOLDS, len(set(groups)))).split(groups, groups=groups):
        recogniser = recognition_fit.train(_known([drafts[at] for at in learnt]))
        for at in shown:
            draft = drafts[at]
            signals = {**draft.example.signals, **known_signals(recogniser, draft.question, draft.articles)}
            seen[at] = replace(draft, example=replace(draft.example, signals=signals))
    return seen
