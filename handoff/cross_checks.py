"""When independent graders are worth asking about a draft, and what their judgements say together. Pure.

The confidence of a draft is what the model makes of it *with* the graders' agreement, which may move it by a bounded
amount only. Asking them is dear, so it is left out where it cannot change who answers: when the agreement's worst and
best value lead to the same verdict. A draft is answered exactly when it would be if all drafts were checked, so what
reviews prove of checked drafts holds for both. Drafts that the uniform coin draws for review are always checked, for on
them certificates rest, at every threshold.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from handoff import gate, support
from handoff.confidence import MOST_SWAY, Confidence, ConfidenceModel
from handoff.draft import Draft
from handoff.gate import Assessment, Policy

VERSION = f"band-1-{MOST_SWAY['cross_checks']}"
"""Of the rule by which graders are asked and their judgements read; a part of the drafter's version."""
AGREEMENT, MISSING = "cross_checks", "checks_missing"
"""The signals: how far the graders agree with the reply, 0..1, and whether none of them could be heard."""
WORST, BEST = 0.0, 1.0
MOST_CLAIMS = 12


class Judgement(StrEnum):
    """What a grader says of a claim."""

    SUPPORTED = "supported"
    NOT_SUPPORTED = "not_supported"
    CONTRADICTED = "contradicted"


@dataclass(frozen=True, slots=True)
class Reach:
    """The confidences of a draft at the worst and at the best agreement of its graders."""

    low: float
    high: float


def reach(model: ConfidenceModel, signals: Mapping[str, float]) -> Reach:
    """What the agreement could still make of a draft; a model that does not weigh it has no reach."""
    ends = [model.score({**signals, AGREEMENT: end}).value for end in (WORST, BEST)]
    return Reach(min(ends), max(ends))


def matters(reach: Reach, assessment: Assessment, policy: Policy) -> bool:
    """Whether the agreement could change who answers: the AI alone, or a person.

    Stage, mood, a wish, a missing answer or another version's certificate settle that without a grader.
    """
    verdicts = [gate.decide(replace(assessment, confidence=end), policy) for end in (reach.low, reach.high)]
    return len({verdict.action in gate.ACTS_ALONE for verdict in verdicts}) > 1


def claims_of(draft: Draft) -> list[tuple[str, tuple[str, ...]]]:
    """The claims of a reply with the passages each rests on: those it names, else its sentences on all citations."""
    named = [(claim.text, claim.citations or draft.citations) for claim in draft.claims if claim.text.strip()]
    found = named or [(sentence, draft.citations) for sentence in support.claims(draft.text)]
    return found[:MOST_CLAIMS]


def agreement(grades: Sequence[Sequence[Judgement]]) -> float | None:
    """How far graders agree with a reply, 0..1; None when none of them could be heard.

    Args:
        grades: each grader's judgements, of the whole reply and of each claim in their order.

    Returns:
        The mean over all judged of the share of graders that support it, and the least of those shares, counted
        alike: one invented sentence among good ones shows. Not supported and contradicted count the same: both ways
        the reply says what its sources do not.
    """
    heard = [grade for grade in grades if grade]
    if not heard:
        return None
    judged = list(zip(*heard, strict=True))
    shares = [sum(each == Judgement.SUPPORTED for each in column) / len(column) for column in judged]
    return (sum(shares) / len(shares) + min(shares)) / 2


def unheard(model: ConfidenceModel, signals: Mapping[str, float]) -> Confidence:
    """The confidence when the graders were needed and none was heard: that of the worst agreement.

    Nothing becomes more daring because a grader failed. Whoever would have been stopped by a grader is stopped.
    """
    known = {**signals, MISSING: 1.0}
    ends = [model.score({**known, AGREEMENT: end}) for end in (WORST, BEST)]
    return min(ends, key=lambda each: each.value)


def for_learning(signals: Mapping[str, float]) -> dict[str, float]:
    """The signals of a reviewed draft as a fit may learn from them: an agreement that nobody gave is none."""
    if not signals.get(MISSING):
        return dict(signals)
    return {name: value for name, value in signals.items() if name not in (AGREEMENT, MISSING)}
