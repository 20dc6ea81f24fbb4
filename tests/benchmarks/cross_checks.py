"""What cross-checks cost and save: with none, always, and in the band, on simulated graders with stated error rates.

The drafts are bank customers' questions as the product answered them, with how sure it was and whether it was right
(see `bank_pool`). A model of confidence is fitted on half of them by the product's own code, with and without the
graders' agreement; the other half is decided through the gate. Only the graders are simulated: each calls a wrong
reply unsupported with the probability `hears`, a right one with `errs`, and in a part of the drafts (`alike`) all of
them say the same, for graders of one model share its blind spots.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Any

import numpy as np

from handoff import confidence_fit, cross_checks, gate
from handoff.confidence import ConfidenceModel
from handoff.confidence_fit import Example
from handoff.cross_checks import AGREEMENT, Judgement
from handoff.draft import Mood
from handoff.gate import Assessment, Policy
from storage.kinds import Stage
from tests.benchmarks import bank_pool
from tests.benchmarks.bank_pool import Answered
from tests.benchmarks.rows import Row, data_missing

NAME = "cross_checks"
GRADERS = 3
TOLERANCE = 0.05
"""The tolerated share of wrong replies among those sent; the threshold is found on the half that taught."""
AUDIT = 0.1
LEAST_SAVED, MOST_LOST, MOST_MORE_WRONG = 0.5, 0.03, 0.01
Score = Callable[["Graded"], float]
BASE = Assessment(Mood(), found_anything=True, answerable=True, confidence=0.5)


@dataclass(frozen=True)
class Kind:
    """Graders of one quality."""

    name: str
    hears: float
    errs: float
    alike: float = 0.3


KINDS = (Kind("good", 0.85, 0.05), Kind("weak", 0.60, 0.15), Kind("useless", 0.50, 0.50))


@dataclass(frozen=True)
class Graded:
    """A draft with what its graders would say, were they asked."""

    signals: dict[str, float]
    right: bool
    agreed: float


@dataclass(frozen=True)
class Way:
    """How drafts were decided: which were sent, and how many graders were asked for each."""

    sent: np.ndarray
    calls: float


async def run(progress: Callable[[str], None], quick: bool) -> list[Row]:
    """Decide each choice's test half in the three ways, for graders of each quality."""
    found: dict[str, list[dict[str, float]]] = {kind.name: [] for kind in KINDS}
    for choice in bank_pool.CHOICES[: 1 if quick else None]:
        bank = bank_pool.bank(choice)
        if bank is None:
            return [data_missing(NAME, "banking77")]
        usable = [each for each in bank.answered if each.signals]
        for kind in KINDS:
            progress(f"choice {choice}, {kind.name} graders")
            found[kind.name].append(_compared(usable, kind, Random(choice), bank.model))
    return [row for kind in KINDS for row in _rows(kind, found[kind.name])]


def _compared(answered: Sequence[Answered], kind: Kind, chance: Random, serving: ConfidenceModel) -> dict[str, float]:
    drafts = [_graded(each, kind, chance) for each in answered]
    chance.shuffle(drafts)
    half = len(drafts) // 2
    taught, test = drafts[:half], drafts[half:]
    without, model = _fitted(taught, serving, checked=False), _fitted(taught, serving, checked=True)
    right = np.array([each.right for each in test])
    found: dict[str, float] = {}
    scores = {"none": _bare(without), "bounded": _checked(model), "always": _unbounded(model)}
    scored = {name: np.array([score(each) for each in test]) for name, score in scores.items()}
    bars = {name: _threshold(taught, score) for name, score in scores.items()}
    as_many = int(np.sum(scored["none"] >= bars["none"]))
    for name, values in scored.items():
        sent = values >= bars[name]
        found |= {f"sent {name}": float(np.mean(sent)), f"error {name}": _error(right, sent)}
        found[f"as many {name}"] = float(np.mean(~right[np.argsort(-values, kind="stable")[:as_many]]))
    band = _in_the_band(test, model, bars["bounded"])
    return found | {
        "sent band": float(np.mean(band.sent)),
        "error band": _error(right, band.sent),
        "differ": float(np.mean(band.sent != (scored["bounded"] >= bars["bounded"]))),
        "calls": band.calls,
        "calls audited": band.calls + AUDIT * (GRADERS - band.calls),
    }


def _error(right: np.ndarray, sent: np.ndarray) -> float:
    """The share of wrong replies among those sent."""
    return float(np.mean(~right[sent])) if sent.any() else 0.0


def _graded(answered: Answered, kind: Kind, chance: Random) -> Graded:
    doubts = kind.errs if answered.right else kind.hears
    first = chance.random() < doubts
    alike = chance.random() < kind.alike
    said = [first, *(first if alike else chance.random() < doubts for _ in range(GRADERS - 1))]
    judged = [(Judgement.NOT_SUPPORTED if doubt else Judgement.SUPPORTED,) for doubt in said]
    agreed = cross_checks.agreement(judged)
    assert agreed is not None
    return Graded(answered.signals, answered.right, agreed)


def _fitted(drafts: Sequence[Graded], serving: ConfidenceModel, *, checked: bool) -> ConfidenceModel:
    examples = [Example(_signals(each, checked=checked), each.right, str(at)) for at, each in enumerate(drafts)]
    return confidence_fit.fit(examples, serving).model


def _signals(draft: Graded, *, checked: bool) -> dict[str, float]:
    return {**draft.signals, AGREEMENT: draft.agreed} if checked else draft.signals


def _bare(model: ConfidenceModel) -> Score:
    return lambda draft: model.score(draft.signals).value


def _checked(model: ConfidenceModel) -> Score:
    return lambda draft: model.score(_signals(draft, checked=True)).value


def _unbounded(model: ConfidenceModel) -> Score:
    """The same if the graders' word had no bound: the reference that asks them about every draft."""
    weight = model.weights.get(AGREEMENT)

    def score(draft: Graded) -> float:
        usual = model.score(draft.signals).value
        if weight is None:
            return usual
        moved = math.log(usual / (1 - usual)) + weight.weight * (draft.agreed - weight.usual) / weight.scale
        return 1 / (1 + math.exp(-moved))

    return score


def _threshold(drafts: Sequence[Graded], score: Score) -> float:
    """The loosest threshold that kept the tolerance among the drafts that taught; above all when none did."""
    scored = sorted(((score(each), each.right) for each in drafts), reverse=True)
    wrong = np.cumsum([not right for _, right in scored]) / np.arange(1, len(scored) + 1)
    last = int(np.flatnonzero(wrong <= TOLERANCE).max(initial=-1))
    return scored[last][0] if last >= 0 else 1.0


def _in_the_band(drafts: Sequence[Graded], model: ConfidenceModel, threshold: float) -> Way:
    """Decide by the product's own rule and gate, asking graders only where it says so."""
    policy = Policy("bank", Stage.AUTOPILOT, threshold=threshold, frustration_limit=1.0)
    sent, asked = np.zeros(len(drafts), dtype=bool), 0
    for at, draft in enumerate(drafts):
        check = cross_checks.matters(cross_checks.reach(model, draft.signals), BASE, policy)
        asked += GRADERS * check
        value = model.score(_signals(draft, checked=check)).value
        sent[at] = gate.decide(replace(BASE, confidence=value), policy).action in gate.ACTS_ALONE
    return Way(sent, asked / len(drafts))


def _rows(kind: Kind, found: Sequence[dict[str, float]]) -> list[Row]:
    mean = {name: float(np.mean([each[name] for each in found])) for name in found[0]}
    saved, good = 1 - mean["calls"] / GRADERS, kind.name == "good"
    who = f"{kind.name} graders (hear {kind.hears:.0%}, err {kind.errs:.0%}), in the band"

    def row(name: str, value: float, unit: str, *beside: Any) -> Row:
        return Row(NAME, f"{who}: {name}", round(value, 4), unit, *beside)

    def beside(what: str) -> str:
        return f"none {mean[f'{what} none']:.3f}, always {mean[f'{what} always']:.3f}"

    least_sent = mean["sent always"] - MOST_LOST if kind.hears > kind.errs else mean["sent none"] - MOST_LOST
    most_wrong = mean["as many always"] + MOST_MORE_WRONG
    calls = f"always {GRADERS}; with a tenth for audit {mean['calls audited']:.2f}; saves {saved:.0%}"
    return [
        row(
            f"replies sent at {TOLERANCE:.0%} tolerated",
            mean["sent band"],
            "share",
            beside("sent"),
            f">= {least_sent:.3f}",
            mean["sent band"] >= least_sent,
        ),
        row("wrong among those sent", mean["error band"], "share", beside("error")),
        row(
            "wrong among as many as none sends",
            mean["as many bounded"],
            "share",
            beside("as many"),
            f"<= {most_wrong:.3f}",
            mean["as many bounded"] <= most_wrong,
        ),
        row("decided unlike when all are checked", mean["differ"], "share", "", "0", mean["differ"] == 0),
        row(
            "calls a reply",
            mean["calls"],
            "calls",
            calls,
            f"saves >= {LEAST_SAVED:.0%}" if good else "",
            saved >= LEAST_SAVED if good else None,
        ),
    ]
