"""How the signs of a mood are weighed: by hand, or by a logistic model that a team's own labels fitted. Pure."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from math import exp, isfinite, log
from typing import Any

SIGNALS = (
    *("sense", "sentiment", "words", "wrong_answer", "asked_before", "enough", "polite", "angry", "assistant"),
    *("waited", "again", "sarcasm", "emoji", "upset", "threat", "demand", "shouting", "marks", "asked_again"),
    *("states", "accuses", "how_long", "nobody", "still", "refuses", "quotes", "staccato", "exclaims"),
    *("same_answer", "waiting", "thumbs_down", "second_negative", "earlier", "glad"),
)
"""What a model may weigh, as `handoff.mood.signals` names it."""
LEAST_SENSE = 0.02
"""Nearer than this to 0 or 1, the reading by hand claims no more certainty."""


@dataclass(frozen=True, slots=True)
class MoodModel:
    """The weights of the signals, and their version. Without weights, the reading by hand (`sense`) stands."""

    version: str
    bias: float = 0.0
    weights: Mapping[str, float] = field(default_factory=dict[str, float])
    """Log-odds for each unit of a signal, of `sense` for each unit of its own log-odds."""

    def score(self, signals: Mapping[str, float]) -> float:
        """The frustration, 0..1, that the signals of a conversation say: a logistic model over `features`."""
        if not self.weights:
            return signals.get("sense", 0.0)
        if not signals:
            return 0.0
        found = features(signals)
        log_odds = self.bias + sum(weight * found[name] for name, weight in self.weights.items())
        return 1 / (1 + exp(-max(-30.0, min(30.0, log_odds))))

    def to_json(self) -> dict[str, Any]:
        """The model as an object that JSON can hold; `from_json` reads it."""
        return {"bias": self.bias, "weights": dict(self.weights)}

    @classmethod
    def from_json(cls, given: Mapping[str, Any]) -> "MoodModel":
        """Read what `to_json` wrote; the version follows from the figures.

        Raises:
            ValueError: when it is not a model that can be used: an unknown signal, or a figure that is no number.
        """
        try:
            bias, weights = float(given["bias"]), {str(name): float(value) for name, value in given["weights"].items()}
        except (KeyError, TypeError, AttributeError, ValueError) as wrong:
            message = "This is not a mood model: it needs a number as bias and numbers as weights."
            raise ValueError(message) from wrong
        if unknown := sorted(set(weights) - set(SIGNALS)):
            message = f"The mood model weighs signals that nobody reads: {', '.join(unknown)}."
            raise ValueError(message)
        if not all(isfinite(value) for value in (bias, *weights.values())):
            message = "The mood model holds a figure that is not a finite number."
            raise ValueError(message)
        return fitted(bias, weights) if weights else PRIOR


def fitted(bias: float, weights: Mapping[str, float]) -> MoodModel:
    """A model with the version that its own figures give it: mood- and 8 hex digits of their SHA-256."""
    figures = json.dumps([round(bias, 9), {name: round(weights[name], 9) for name in sorted(weights)}])
    return MoodModel(f"mood-{hashlib.sha256(figures.encode()).hexdigest()[:8]}", bias, dict(weights))


def features(signals: Mapping[str, float]) -> dict[str, float]:
    """What the model multiplies: every signal, 0 for one that is not there, and the log-odds of `sense`."""
    found = {name: signals.get(name, 0.0) for name in SIGNALS}
    sense = min(1 - LEAST_SENSE, max(LEAST_SENSE, found["sense"]))
    return found | {"sense": log(sense / (1 - sense))}


PRIOR = MoodModel("prior-1")
"""The weights set by hand, until there are labels enough."""
