"""How sure Baton may be that a draft is right: its signals, weighed by a logistic model, with its reasons. Pure.

Until a team's own reviews fit the weights (`handoff.confidence_fit`), a prior holds. It was set by hand so that the
drafter's own word and the words of the question carry most, and each sign of an unsupported reply can tip the scale
alone. The guarantee of a certificate never rests on these weights.
"""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from handoff import rounding
from handoff import signals as gathering
from handoff.draft import Draft, FoundPassage, Turn

WORTH_SAYING = 0.15
"""Log-odds from which a contribution is a reason."""
MOST_REASONS = 4
MOST_LOG_ODDS = 30.0
MOST_SWAY = {"cross_checks": 1.25}
"""Signals that may move the confidence by so many log-odds at most. Without a bound graders could change any decision,
so that all drafts would have to be checked; with this one most of their calls are saved, at nearly the same error
(docs/benchmarks.md, `cross_checks`)."""
FORMAT = 1


@dataclass(frozen=True, slots=True)
class Confidence:
    """The probability, 0..1, that a draft is right, and what it comes from."""

    value: float
    signals: dict[str, float]
    """What was measured, the signals that the model does not weigh too."""
    contributions: tuple[tuple[str, float], ...]
    """Each weighed signal's signed log-odds, the weightiest first; with the model's bias they add up to those of
    `value`."""
    imputed: tuple[str, ...]
    """The weighed signals that were missing: their usual value stood in for them, and says nothing."""
    reasons: tuple[str, ...]
    """The weightiest contributions in plain words."""
    version: str

    def with_reasons(self, reasons: tuple[str, ...]) -> "Confidence":
        """The same, told by other reasons."""
        return replace(self, reasons=reasons[:MOST_REASONS])


@dataclass(frozen=True, slots=True)
class Weight:
    """What a signal counts: log-odds for each `scale` by which it lies above `usual`."""

    weight: float
    usual: float
    """Its mean; also what stands in where it is missing."""
    scale: float = 1.0


@dataclass(frozen=True)
class ConfidenceModel:
    """A logistic model over standardised signals."""

    version: str
    bias: float
    """Log-odds of a draft whose signals all have their usual values."""
    weights: Mapping[str, Weight]

    def score(self, signals: Mapping[str, float]) -> Confidence:
        """The probability that a draft with these signals is right: 1 / (1 + exp(-(bias + sum of contributions)))."""
        usable = {name: value for name, value in signals.items() if math.isfinite(value)}
        parts = [
            (name, _bounded(name, each.weight * (usable[name] - each.usual) / each.scale))
            for name, each in self.weights.items()
            if name in usable
        ]
        parts.sort(key=lambda part: -abs(part[1]))
        log_odds = self.bias + sum(part for _, part in parts)
        return Confidence(
            value=1 / (1 + math.exp(-min(MOST_LOG_ODDS, max(-MOST_LOG_ODDS, log_odds)))),
            signals=usable,
            contributions=tuple(parts),
            imputed=tuple(name for name in self.weights if name not in usable),
            reasons=_reasons(parts, usable),
            version=self.version,
        )

    def as_json(self) -> dict[str, Any]:
        """For a column."""
        weights = {name: [each.weight, each.usual, each.scale] for name, each in self.weights.items()}
        return {"format": FORMAT, "version": self.version, "bias": self.bias, "weights": weights}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "ConfidenceModel":
        """Read what `as_json` wrote.

        Raises:
            ValueError: when it is something else, or holds a number that is none; the prior serves instead.
        """
        try:
            weights = {str(name): Weight(*map(float, numbers)) for name, numbers in stored["weights"].items()}
            model = cls(str(stored["version"]), float(stored["bias"]), weights)
            usable = stored["format"] == FORMAT and bool(weights)
        except (KeyError, TypeError, AttributeError, ValueError, OverflowError) as error:
            raise ValueError("what is stored is no confidence model") from error
        numbers = [
            model.bias,
            *(number for each in weights.values() for number in (each.weight, each.usual, each.scale)),
        ]
        if not usable or not all(map(math.isfinite, numbers)) or any(each.scale <= 0 for each in weights.values()):
            raise ValueError("the stored confidence model cannot be used")
        return model


def _bounded(name: str, part: float) -> float:
    most = MOST_SWAY.get(name, MOST_LOG_ODDS)
    return max(-most, min(most, part))


PRIOR = ConfidenceModel(
    version="prior-3",
    bias=-1.0,
    weights={
        "own_confidence": Weight(6.0, 0.6),
        "token_confidence": Weight(1.5, 0.85),
        "answerable": Weight(3.5, 1.0),
        "coverage": Weight(1.5, 0.75),
        "unknown_words": Weight(-1.5, 0.15),
        "strength": Weight(1.0, 0.5),
        "margin": Weight(0.6, 0.15),
        "support": Weight(2.5, 0.8),
        "unsupported_facts": Weight(-1.6, 0.0),
        "unsupported_names": Weight(-0.4, 0.0),
        "uncited": Weight(-2.5, 0.0),
        "cross_checks": Weight(3.0, 0.9),
        "language_known": Weight(1.0, 1.0),
        "later_turns": Weight(-0.1, 0.0),
    },
)
"""Set by hand: the usual value of a signal is what an ordinary, usable draft shows."""
VERSION = PRIOR.version


def assess(
    draft: Draft,
    passages: Sequence[FoundPassage],
    turns: Sequence[Turn],
    model: ConfidenceModel = PRIOR,
    more: Mapping[str, float] | None = None,
) -> Confidence:
    """Weigh everything known about a draft into one probability.

    Args:
        draft: what the drafter proposes.
        passages: all passages the drafter was given, best first.
        turns: the conversation, the message to answer last.
        model: what weighs the signals.
        more: signals that others measured: of a recogniser of known questions, of cross-checks.
    """
    return model.score({**gathering.signals(draft, passages, turns), **(more or {})})


@dataclass(frozen=True, slots=True)
class _Words:
    """How a signal reads as a reason; empty where it goes without saying."""

    speaks_for: str
    speaks_against: str


WORDS: dict[str, _Words] = {
    "own_confidence": _Words(
        "The drafter is sure of its reply ({percent}).", "The drafter is not sure of its reply ({percent})."
    ),
    "token_confidence": _Words(
        "The model hardly wavered on whether an expert would sign ({percent}).",
        "The model wavered on whether an expert would sign ({percent}).",
    ),
    "answerable": _Words("", "The drafter found no answer in the articles."),
    "coverage": _Words(
        "The sources hold what the question names ({percent} of its telling words).",
        "The sources hold little of what the question names ({percent} of its telling words).",
    ),
    "unknown_words": _Words(
        "All words of the question are known to the articles found.",
        "{percent} of the question's words occur in no article found.",
    ),
    "strength": _Words("The search found a strong match.", "The search found only a weak match."),
    "margin": _Words("One article stands out.", "Several articles fit about equally well."),
    "support": _Words(
        "The sources support every sentence of the reply.",
        "Sentences of the reply are not supported by its sources ({percent} supported).",
    ),
    "unsupported_facts": _Words(
        "", "The reply has numbers, dates, links or addresses that its sources do not contain ({number})."
    ),
    "unsupported_names": _Words("", "The reply has names that its sources do not contain ({number})."),
    "uncited": _Words("", "The reply names no source."),
    "cross_checks": _Words(
        "Independent checks agree with the reply ({percent}).", "Independent checks doubt the reply ({percent} agree)."
    ),
    "checks_missing": _Words(
        "", "The independent checks gave no result, so that it counts as if they had doubted the reply."
    ),
    "language_known": _Words("", "The language of the question is not that of the articles, or unknown."),
    "later_turns": _Words("", "The conversation has gone on for {number} more message(s)."),
    "known_share": _Words("It is a question that was asked before.", "It is no question that was asked before."),
    "known_lead": _Words("One known answer clearly fits best.", "Several known answers fit about equally well."),
    "known_strength": _Words("A known answer fits well.", "No known answer fits well."),
    "known_closeness": _Words(
        "It is close to questions answered before.", "It is far from any question answered before."
    ),
    "known_cited": _Words(
        "The reply rests on the article that answered such questions before.",
        "Such questions were answered from another article before.",
    ),
    "new_words": _Words("", "{percent} of its words were in no question before."),
    "question_length": _Words("", "The question is very short."),
}
"""Signals without words here are weighed in silence."""
_FOR = tuple(
    re.compile(re.escape(each.speaks_for).replace(r"\{percent\}", r"(?:under |over )?\d+(?:\.\d+)?\s?%"))
    for each in WORDS.values()
    if each.speaks_for
)


def speaks_for(reason: str) -> bool:
    """Whether a reason, in the words in which it was told, speaks for a draft and not against it."""
    return any(words.fullmatch(reason) for words in _FOR)


def _reasons(parts: Sequence[tuple[str, float]], found: Mapping[str, float]) -> tuple[str, ...]:
    said: list[str] = []
    for name, part in parts:
        told_as = "checks_missing" if name == "cross_checks" and found.get("checks_missing") else name
        words_of = WORDS.get(told_as, _Words("", ""))
        reason = words_of.speaks_for if part > 0 else words_of.speaks_against
        if abs(part) >= WORTH_SAYING and reason:
            said.append(reason.format(percent=f"{rounding.number(found[name])}\u00a0%", number=round(found[name])))
    return tuple(said[:MOST_REASONS])
