"""One version against another, compared like AI and people are: differences with intervals, verdicts in words. Pure.

Shares run from 0 to 1, intervals are at 95 %, and differences are the version on trial minus the present one. Who tries
a version looks again and again until it is better, so a verdict rests on a confidence sequence alone, as the report's.

What it does not show: only what a version was ready to answer is reviewed, and only what it resolved alone is rated. A
version that leaves more to people keeps the easier ones, so read how often either was sure enough beside it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from handoff import confidence_sequence
from handoff.compared import FEWEST_RATINGS
from handoff.intervals import Interval, Tally, newcombe, visible, wilson
from handoff.rounding import between, percent, points, size
from handoff.strata import Stratum, shared, total_weight

WITHIN_TOPICS = "within topics that both had"
AT_EVERY_LOOK = "bounds that hold however often you look"


@dataclass(frozen=True, slots=True)
class Measure:
    """What is counted of either version."""

    noun: str
    """What was given, in the plural: ratings, reviewed drafts."""
    better: str
    worse: str
    """What is said of the version on trial."""
    more_is_better: bool


REVIEWS = Measure("reviewed drafts", "fewer of its drafts were wrong", "more of its drafts were wrong", False)
RATINGS = Measure("ratings", "customers were more satisfied with it", "customers were less satisfied with it", True)


@dataclass(frozen=True, slots=True)
class Contest:
    """Two versions held against each other in one measure. A tally counts those of whom it is true."""

    measure: Measure
    trial: Tally
    present: Tally
    raw: Interval | None
    """Newcombe's interval of this one look; None below the least number."""
    adjusted: Interval | None
    """Within topics that both had, with bounds that hold at every look since both run: verdicts rest on it alone."""
    smallest_visible: float | None
    """The difference within topics that so many show at one look with probability 0.8."""
    words: str


def contest(topics: Mapping[str, tuple[Tally, Tally]], measure: Measure) -> Contest:
    """Compare two versions over their topics, and say no more than the numbers allow.

    A better or worse is said only when the confidence sequence of the difference within topics excludes zero: the two
    versions may have met different topics, or reviewers may have looked at some topics more closely, and whoever waits
    for a usual 95 % interval to exclude zero sees it do so by chance.

    Args:
        topics: by topic, the tallies of the version on trial and of the present one, all since both run.
        measure: what they count.
    """
    trial = sum((one for one, _ in topics.values()), Tally())
    present = sum((two for _, two in topics.values()), Tally())
    if min(trial.ratings, present.ratings) < FEWEST_RATINGS:
        words = _too_few(measure, trial, present)
        return Contest(measure, trial, present, None, None, None, words)
    raw = newcombe(trial, present)
    both = [(one, two) for one, two in topics.values() if one.ratings and two.ratings]
    if not both:
        words = f"The two met different topics, so their {measure.noun} cannot be compared."
        return Contest(measure, trial, present, raw, None, None, words)
    one, two = (sum(each, Tally()) for each in zip(*both, strict=True))
    if min(one.ratings, two.ratings) < FEWEST_RATINGS:
        words = f"In topics that both had: {_too_few(measure, one, two)}"
        return Contest(measure, trial, present, raw, None, None, words)
    strata = shared(both)
    adjusted, seen = confidence_sequence.over_all_looks(strata), _visible(one + two, strata)
    return Contest(
        measure, trial, present, raw, adjusted, seen, _verdict(measure, adjusted, seen, one.ratings + two.ratings)
    )


def _too_few(measure: Measure, trial: Tally, present: Tally) -> str:
    return (
        f"Too few {measure.noun} for a verdict: {trial.ratings:,} of the version on trial and "
        f"{present.ratings:,} of the present one; each needs {FEWEST_RATINGS}."
    )


def _visible(both: Tally, strata: Sequence[Stratum]) -> float:
    return visible(both, total_weight(strata), confidence_sequence.width(strata))


def _verdict(measure: Measure, adjusted: Interval, seen: float, count: int) -> str:
    bounds = f"{points(adjusted.low)} to {points(adjusted.high)}, {AT_EVERY_LOOK}"
    if not adjusted.excludes_zero:
        unseen = f"; a true difference under {size(seen)} points would probably have stayed unseen"
        return f"No difference that {count:,} {measure.noun} could show ({bounds}{unseen})."
    won = (adjusted.estimate > 0) == measure.more_is_better
    verdict = measure.better if won else measure.worse
    return f"{verdict[0].upper()}{verdict[1:]}: {points(adjusted.estimate)} points {WITHIN_TOPICS} ({bounds})."


def share_in_words(tally: Tally) -> str:
    """A share with its count and interval, such as "6 of 120 (5 %, 2 to 10 %)"; a dash where nothing was counted."""
    interval = wilson(tally)
    if interval is None:
        return "–"
    shown = f"{percent(interval.estimate)}, {between(interval, to=' to ')} %"
    return f"{tally.satisfied:,} of {tally.ratings:,} ({shown})"
