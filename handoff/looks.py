"""When growing evidence may be tested, and how much of the risk each look may spend. Pure.

A certificate tested after every review would be false far more often than its risk says, for every test is a new
chance of a lucky streak. So evidence is tested at planned looks only, and the risk is shared out over them, so that
by the union bound all looks of a topic's evidence together promise too much with at most the stated risk.

The plan: the first look comes where half of the risk can prove the tolerance with no error; each further one after
twice the reviews, spending half of what is left. It was chosen by measuring: a simulation of 11 plans up to 3,000
reviews, on the bank's questions and on three topics that are right in 93 to 99 of 100. At 5 % and a risk of 10 %,
with a confidence that says nothing, testing after every review certified falsely in 58 % of runs, this plan in 7 %.
The price, as a mean over log-spaced moments of what the best threshold in hindsight would answer: .55 at 5 % and .76
at 10 %, where a single test, made at that moment and never before, answers .71 and .89. Other plans answered .50 to
.54 and .73 to .78; this is the simplest of the best, and certifies a clean record first. Benchmark `certificate`
prints both for the bank.

Looks that were missed, since many reviews came at once, hand their share on to the next one: they tested nothing.
A certificate that stands is not taken back by a look that proves less: watching over it is the monitor's part.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from handoff.binomial import MOST_DRAWS, least_draws
from handoff.certificate import (
    DEFAULT_RISK,
    Certified,
    Evidence,
    Missing,
    Outcome,
    certify,
    more,
    percent,
    refusal,
    would_pass,
)

GROWTH = 2
"""Each look comes after so many times the reviews of the one before."""
LEFT = 0.5
"""Each look leaves this part of the risk that was left to it."""
FURTHEST = 100_000
"""A certificate that takes more reviews than this is not held out to anybody."""


@dataclass(frozen=True, slots=True)
class PlannedLook:
    """One look of the plan."""

    number: int
    """1 for the first."""
    reviews: int
    """It is made as soon as there are so many reviews."""
    risk: float
    """What it may spend."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What a look, or the wait for one, says."""

    look: PlannedLook | None
    """The look that was made and is to be remembered as made, whatever it proved; None when none was due."""
    outcome: Outcome
    until_next: int
    """So many more reviews until the next look."""


def risk_of(number: int, risk: float = DEFAULT_RISK) -> float:
    """The part of the risk that the look with this number (1 for the first) may spend."""
    return _spent(number, risk) - _spent(number - 1, risk)


def planned(number: int, tolerance: float, risk: float = DEFAULT_RISK) -> PlannedLook:
    """The look with this number (1 for the first) for a tolerance and risk that can be proved.

    Raises:
        ValueError: for a number below 1, a tolerance or a risk that cannot be proved.
    """
    if number < 1:
        raise ValueError(f"looks are counted from 1, not {number}")
    if words := refusal(tolerance, risk):
        raise ValueError(words)
    first = least_draws(0, tolerance, risk_of(1, risk))
    return PlannedLook(number, first * GROWTH ** (number - 1), risk_of(number, risk))


def due(reviews: int, last_look: int, tolerance: float, risk: float = DEFAULT_RISK) -> PlannedLook | None:
    """The look to be made now, with what missed looks before it left unspent.

    Args:
        reviews: all reviews of the evidence.
        last_look: the number of the last look that was made at it, 0 for none.
        tolerance: the largest accepted share, 0..1, of wrong autonomous replies.
        risk: the accepted chance, 0..1, of a false certificate over all looks together.

    Returns:
        The look, or None when it is not time, or the tolerance cannot be proved.
    """
    if refusal(tolerance, risk) or reviews > MOST_DRAWS:
        return None
    number = last_look
    while planned(number + 1, tolerance, risk).reviews <= reviews:
        number += 1
    if number == last_look:
        return None
    return PlannedLook(number, planned(number, tolerance, risk).reviews, _spent(number, risk) - _spent(last_look, risk))


def look(evidence: Sequence[Evidence], last_look: int, tolerance: float, risk: float = DEFAULT_RISK) -> Seen:
    """Test the evidence if a look is due, and say what is missing otherwise.

    Args:
        evidence: the uniformly drawn reviews of one topic and version, as `certify` takes them.
        last_look: the number of the last look that was made at them, at any tolerance; 0 for none.
        tolerance: the largest accepted share, 0..1, of wrong autonomous replies.
        risk: the accepted chance, 0..1, of a false certificate over all looks together.

    Returns:
        The look that was made, if any, and the outcome: `Certified` only by a look made just now, and bearing the
        whole risk; otherwise `Missing`, whose clean reviews lead to the first planned look they would pass.
    """
    if words := refusal(tolerance, risk):
        return Seen(None, Missing(None, words, tolerance), 0)
    made = due(len(evidence), last_look, tolerance, risk)
    following = (made.number if made else last_look) + 1
    until_next = max(0, planned(following, tolerance, risk).reviews - len(evidence))
    if made is None:
        missing = _missing(evidence, following, tolerance, risk, "")
        words = next_look(until_next, missing.clean_reviews_needed)
        return Seen(None, replace(missing, why=words), until_next)
    outcome = certify(evidence, tolerance, made.risk)
    if isinstance(outcome, Certified):
        return Seen(made, replace(outcome, risk=risk), until_next)
    return Seen(made, _missing(evidence, following, tolerance, risk, outcome.why), until_next)


def next_look(until_next: int, clean_needed: int | None) -> str:
    """When the evidence is tested again, and whether that can prove the tolerance, as a sentence.

    Args:
        until_next: reviews until the next look.
        clean_needed: reviews until the first look that would pass if all of them are right; None when none would.
    """
    words = f"The evidence is tested again after {more(until_next, 'review')}"
    if clean_needed is None or clean_needed <= until_next:
        return f"{words}."
    return f"{words}, which cannot prove it yet even if all are right."


def plan(tolerance: float, risk: float = DEFAULT_RISK) -> str:
    """What a tolerance asks for, for the manager who sets it; the refusal when it cannot be proved."""
    if words := refusal(tolerance, risk):
        return words
    counts = [f"{planned(number, tolerance, risk).reviews:,}" for number in (1, 2, 3)]
    return (
        f"At most {percent(tolerance)} wrong, {percent(1 - risk)} sure: tested after {counts[0]}, {counts[1]} and "
        f"{counts[2]} reviews and so on; {counts[0]} are enough when all are right."
    )


def _missing(evidence: Sequence[Evidence], following: int, tolerance: float, risk: float, why: str) -> Missing:
    number = following
    while (ahead := planned(number, tolerance, risk)).reviews <= FURTHEST:
        clean = max(1, ahead.reviews - len(evidence))
        if would_pass(evidence, clean, tolerance, ahead.risk):
            return Missing(clean, why, tolerance)
        number += 1
    return Missing(None, why, tolerance)


def _spent(number: int, risk: float) -> float:
    """What the looks up to this number may spend together."""
    return risk * (1 - LEFT**number)
