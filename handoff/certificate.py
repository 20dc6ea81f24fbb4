"""Certificates: from which confidence on the reviews prove that a topic keeps its tolerance. Pure.

The method is fixed-sequence Learn-then-Test (Angelopoulos, Bates, Candès, Jordan and Lei, "Learn then Test", 2021):
thresholds in an order fixed without the verdicts, from strict to loose, each tested against "the share of wrong
replies above it exceeds the tolerance" with the exact binomial tail, until the first that is not rejected. The
chance that a false threshold is accepted is at most the risk, at any number of reviews and however badly the
confidence is calibrated.

The thresholds, called rungs, are the confidences at chosen ranks of the reviewed drafts, so they know nothing of the
verdicts. The ranks are those at which the exact test begins to allow one more wrong reply: 45, 77, 105, 132 … at 5 %
and a risk of 10 %. Between two of them a test has more reviews and allows no more errors, so it can only end the walk
too early. Drafts of equal confidence stay together, for the gate cannot tell them apart. On the bank's questions
(benchmark `certificate`) these rungs answer .91, .73 and .64 of what the best threshold in hindsight would, at 1,000
reviews and 10 %, 300 and 10 %, 1,000 and 5 %; one rung a review answers .90, .64 and .62, and rungs a tenth apart
.87, .62 and .60.

The walk starts at the first rung with twice the least number of reviews that could pass with no error, so that one
unlucky error does not end it; while there are too few reviews for such a rung, at the last rung there is. The strictest
rung takes in a sixth of the reviews: every further one below it is a chance to end by bad luck, for a threshold that
would hardly answer anybody. The sixth was chosen on the three choices of intents that the benchmark scores, where one
has errors among its surest (at 1,000 reviews and 10 %: .88 without, .91 with); on three other choices it changed
nothing, and with a confidence that tells nothing and 2.5 % wrong, at 5 %, it answers .87 for .68. Starting before twice
the least number was measured too: it answers more where few drafts deserve it, and less where the replies are good and
the confidence tells little.
"""

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from itertools import count as count_from

from handoff import rounding
from handoff.binomial import MOST_DRAWS, least_draws, log_lower_tail, upper_bound

DEFAULT_RISK = 0.1
"""The accepted chance that a certificate promises too much."""
LEAST_PROVABLE = 0.0005
"""A stricter tolerance would take more than 4,600 clean reviews."""
START_TIMES = 2
"""The first rung has this many times the least number of reviews that could pass,"""
STRICTEST = 1 / 6
"""and at least this share of all reviews."""
_MANY_TIMES = 20
"""A certificate is not held out that takes more than so many times the least number beyond as many as there are."""
_FINE_STEPS = 100
"""Up to so many errors each rung allows one more; beyond, one hundredth more."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One reviewed draft of the uniform sample.

    Where verdicts contradict each other, the caller gives the worse; "cannot tell" is wrong.
    """

    confidence: float
    """0..1. Not a number, or out of range: never counts for a threshold when right, against every one when wrong."""
    wrong: bool


@dataclass(frozen=True, slots=True)
class Certified:
    """The proof that drafts from `threshold` on keep the tolerance."""

    threshold: float
    """The least confidence, 0..1, with which the AI may answer alone."""
    reviews: int
    """Reviewed drafts at or above the threshold."""
    wrong: int
    """Those of them that were wrong."""
    upper_bound: float
    """The share, 0..1, of wrong replies that the reviews at this threshold exclude; never above the tolerance."""
    share_answered: float
    """The share, 0..1, of all reviewed drafts at or above the threshold."""
    tolerance: float
    risk: float
    looked_at: int
    """All reviews of the evidence, below the threshold too."""


@dataclass(frozen=True, slots=True)
class Missing:
    """There is no proof, and what would bring it."""

    clean_reviews_needed: int | None
    """So many more reviews, all right and surer than the present ones, would prove it; None when no number would,
    or none that anybody waits for."""
    why: str
    """A sentence."""
    tolerance: float


Outcome = Certified | Missing


def certify(evidence: Iterable[Evidence], tolerance: float, risk: float = DEFAULT_RISK) -> Outcome:
    """Find the loosest threshold that the reviews prove: one test, to be made once for a set of reviews.

    Testing again and again while evidence grows spends the risk several times; `handoff.looks` shares it out.

    Args:
        evidence: the uniformly drawn reviews of one topic, one version of drafter and confidence; in any order.
        tolerance: the largest accepted share, 0..1, of wrong replies among the autonomous ones.
        risk: the accepted chance, 0..1, that an accepted threshold breaks the tolerance.

    Returns:
        What is proved, or what is missing. A tolerance or risk that cannot be proved gives `Missing`, never an error.
    """
    if words := refusal(tolerance, risk):
        return Missing(None, words, tolerance)
    ranking = _Ranking.of(evidence)
    accepted: tuple[int, int] | None = None
    for reviews, wrong in _walk(ranking, 0, tolerance, risk):
        if not _passes(wrong, reviews, tolerance, risk):
            break
        accepted = reviews, wrong
    if accepted is None:
        return Missing(_clean_needed(ranking, tolerance, risk), _why(ranking, tolerance, risk), tolerance)
    reviews, wrong = accepted
    return Certified(
        threshold=ranking.confidence(reviews),
        reviews=reviews,
        wrong=wrong,
        upper_bound=min(tolerance, upper_bound(wrong, reviews, risk)),
        share_answered=reviews / ranking.reviews,
        tolerance=tolerance,
        risk=risk,
        looked_at=ranking.reviews,
    )


def would_pass(evidence: Iterable[Evidence], clean: int, tolerance: float, risk: float) -> bool:
    """Whether there were a certificate after `clean` (0 or more) further reviews, all right and surer than these."""
    return not refusal(tolerance, risk) and _start_holds(_Ranking.of(evidence), clean, tolerance, risk)


def refusal(tolerance: float, risk: float = DEFAULT_RISK) -> str:
    """Why no reviews can prove this tolerance at this risk, as a sentence; empty when they can."""
    if not 0 < risk < 1:
        return "The risk of a false certificate lies between 0 and 100 %, both excluded."
    if math.isnan(tolerance):
        return "The tolerance is not a number: set a share between 0.5 % and 100 %."
    if tolerance >= 1:
        return "A tolerance of 100 % or more accepts every wrong reply and proves nothing: set less."
    if tolerance <= 0:
        return "A tolerance of 0 % cannot be proved by any number of reviews: set at least 0.5 %."
    if tolerance < LEAST_PROVABLE:
        least = math.ceil(math.log(risk) / math.log1p(-tolerance))
        return f"A tolerance of {percent(tolerance)} would take {least:,} clean reviews: set at least 0.5 %."
    return ""


def statement(title: str, outcome: Outcome) -> str:
    """The promise on autonomous replies, or what is missing, in one sentence; `title` is the topic's."""
    if isinstance(outcome, Certified):
        return (
            f"{title}: at most {percent(outcome.tolerance)} of autonomous replies wrong, "
            f"{percent(1 - outcome.risk)} sure, from {outcome.reviews:,} reviews; "
            f"{rounding.percent(outcome.share_answered)} of drafts are sure enough."
        )
    if outcome.clean_reviews_needed is None:
        return f"{title}: {outcome.why}"
    needed = more(outcome.clean_reviews_needed, "clean review")
    return f"{title}: {needed} would prove the tolerance of {percent(outcome.tolerance)}."


def statement_on_all(title: str, certified: Certified) -> str:
    """The other promise, on all messages and not only the answered ones, in one sentence.

    It follows from the first without a further test: what is answered is known, and at most the tolerance of it wrong.
    """
    # Of the share of messages as it is written: a promise must not be broken by how it is rounded.
    answered = math.ceil(certified.share_answered * 100 - 1e-9) / 100
    share = math.ceil(certified.tolerance * answered * 1000 - 1e-9) / 1000
    bound = "" if answered >= 1 else f", as long as it answers at most {percent(answered)} of them"
    return (
        f"{title}: of all messages at most {percent(share)} get a wrong reply from Baton, "
        f"{percent(1 - certified.risk)} sure{bound}."
    )


def percent(share: float) -> str:
    """A share of 0..1 in percent without needless digits: 5 %, 0.5 %, 2.25 %."""
    return f"{share * 100:.4g} %"


def more(count: int, noun: str) -> str:
    """A number of further things: 1 more clean review, 43 more clean reviews."""
    return f"{count:,} more {noun}{'' if count == 1 else 's'}"


@dataclass(frozen=True, slots=True)
class _Ranking:
    """The evidence from the surest draft to the least sure."""

    falling: tuple[float, ...]
    """The confidences, negated, so that they rise."""
    wrong_until: tuple[int, ...]
    """How many of the first n are wrong, for n from 0 on."""
    placed: int
    """How many have a place; the right ones without a usable confidence come last and have none."""
    unusable: int
    """How many wrong ones without a usable confidence come first."""

    @classmethod
    def of(cls, evidence: Iterable[Evidence]) -> "_Ranking":
        ordered = sorted((-_place(each), each.wrong) for each in evidence)
        falling = tuple(key for key, _ in ordered)
        wrong = tuple(accumulate((wrong for _, wrong in ordered), initial=0))
        return cls(falling, wrong, bisect_left(falling, math.inf), bisect_right(falling, -math.inf))

    @property
    def reviews(self) -> int:
        return len(self.falling)

    def confidence(self, count: int) -> float:
        return -self.falling[count - 1]

    def above(self, count: int, clean: int) -> tuple[int, int]:
        """How many are at least as sure as the one at this rank (1 or more), ties included, and the wrong of them.

        Before them come `clean` further ones, surer than all but those that have no usable confidence.
        """
        if self.unusable < count <= self.unusable + clean:
            return count, self.unusable
        before = clean if count > self.unusable else 0
        reviews = bisect_right(self.falling, self.falling[count - before - 1])
        return reviews + before, self.wrong_until[reviews]


def _place(evidence: Evidence) -> float:
    if 0 <= evidence.confidence <= 1:
        return evidence.confidence
    return math.inf if evidence.wrong else -math.inf


def _passes(wrong: int, reviews: int, tolerance: float, risk: float) -> bool:
    return log_lower_tail(wrong, reviews, tolerance) <= math.log(risk)


def _walk(ranking: _Ranking, clean: int, tolerance: float, risk: float) -> Iterator[tuple[int, int]]:
    """The rungs from strict to loose, as reviews taken in and the wrong ones among them; the last takes in all.

    For every number of errors that can be allowed, the fewest reviews a threshold can take in that allow so many.
    """
    placed = ranking.placed + clean
    ladder = _ladder(_rounded_up(placed), tolerance, risk)
    end = bisect_right(ladder, placed)
    enough = max(START_TIMES * ladder[0], STRICTEST * placed)
    start = bisect_left(ladder, enough, hi=end) if end else 0
    # With ties, or too few reviews, an earlier rung may be the first with enough, or the last there is.
    while start and (start == end or ranking.above(ladder[start - 1], clean)[0] >= enough):
        start -= 1
    last = 0
    for count in (*ladder[start:end], *((placed,) if end else ())):
        if count > last:
            last, wrong = ranking.above(count, clean)
            yield last, wrong


def _start_holds(ranking: _Ranking, clean: int, tolerance: float, risk: float) -> bool:
    """Whether the first rung would be accepted: without it there is no certificate, with it there is one."""
    first = next(_walk(ranking, clean, tolerance, risk), None)
    return first is not None and _passes(first[1], first[0], tolerance, risk)


def _clean_needed(ranking: _Ranking, tolerance: float, risk: float) -> int | None:
    least = least_draws(0, tolerance, risk)
    fewest = max(1, least - ranking.placed)
    if not _start_holds(ranking, ranking.placed + fewest + _MANY_TIMES * least, tolerance, risk):
        return None
    return next(clean for clean in count_from(fewest) if _start_holds(ranking, clean, tolerance, risk))


def _why(ranking: _Ranking, tolerance: float, risk: float) -> str:
    unusable = ranking.reviews - ranking.placed + ranking.unusable
    note = f" {unusable:,} without a usable confidence count against it when wrong, and never for it." * bool(unusable)
    first = next(_walk(ranking, 0, tolerance, risk), None)
    if first is None:
        least = least_draws(0, tolerance, risk)
        have = "1 review is" if ranking.placed == 1 else f"{ranking.placed or 'no'} reviews are"
        return f"So far {have} in, and {percent(tolerance)} takes at least {least:,}, even if all are right.{note}"
    reviews, wrong = first
    allowed = 0
    while _passes(allowed + 1, reviews, tolerance, risk):
        allowed += 1
    return (
        f"Of the {reviews:,} surest reviewed drafts {wrong:,} {'was' if wrong == 1 else 'were'} wrong; "
        f"{percent(tolerance)} allows {allowed or 'none'}.{note}"
    )


def _rounded_up(reviews: int) -> int:
    """The next power of two within reach of the tails, so that growing evidence seldom builds a ladder anew."""
    return min(MOST_DRAWS, 1 << max(0, reviews - 1).bit_length())


@lru_cache(maxsize=256)
def _ladder(most: int, tolerance: float, risk: float) -> tuple[int, ...]:
    """The numbers of reviews, up to `most`, from which on more errors are allowed; the least number at any rate."""
    ladder: list[int] = []
    allowed = 0
    while (count := least_draws(allowed, tolerance, risk)) <= most or not ladder:
        ladder.append(count)
        allowed += max(1, allowed // _FINE_STEPS)
    return tuple(ladder)
