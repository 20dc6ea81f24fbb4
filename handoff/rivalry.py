"""One version against another, compared like AI and people are: differences with intervals, verdicts in words. Pure.

Shares run from 0 to 1, intervals are at 95 %, and differences are the version on trial minus the present one.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from handoff.compared import FEWEST_RATINGS
from handoff.intervals import Interval, Tally, newcombe, points, smallest_visible_difference, wilson
from handoff.strata import adjusted_difference

WITHIN_TOPICS = "within topics that both had"


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
    """Newcombe's interval; None below the least number."""
    adjusted: Interval | None
    """Within topics, by Mantel and Haenszel with Sato's error."""
    smallest_visible: float | None
    words: str


def contest(topics: Mapping[str, tuple[Tally, Tally]], measure: Measure) -> Contest:
    """Compare two versions over their topics, and say no more than the numbers allow.

    A better or worse is said only when the interval of the difference within topics excludes zero, for the two
    versions may have met different topics, or reviewers may have looked at some topics more closely.

    Args:
        topics: by topic, the tallies of the version on trial and of the present one.
        measure: what they count.
    """
    trial = sum((one for one, _ in topics.values()), Tally())
    present = sum((two for _, two in topics.values()), Tally())
    if min(trial.ratings, present.ratings) < FEWEST_RATINGS:
        words = (
            f"Too few {measure.noun} for a verdict: {trial.ratings:,} of the version on trial and "
            f"{present.ratings:,} of the present one; each needs {FEWEST_RATINGS}."
        )
        return Contest(measure, trial, present, None, None, None, words)
    adjusted = adjusted_difference(topics)
    visible = smallest_visible_difference(trial, present)
    words = _verdict(measure, adjusted, visible, trial.ratings + present.ratings)
    return Contest(measure, trial, present, newcombe(trial, present), adjusted, visible, words)


def _verdict(measure: Measure, adjusted: Interval | None, visible: float | None, count: int) -> str:
    if adjusted is None:
        return f"The two met different topics, so their {measure.noun} cannot be compared."
    interval = f"95 % interval {points(adjusted.low)} to {points(adjusted.high)}"
    if not adjusted.excludes_zero:
        unseen = f"; a true difference under {(visible or 1) * 100:.0f} points would probably have stayed unseen"
        return f"No difference that {count:,} {measure.noun} could show ({interval}{unseen})."
    won = (adjusted.estimate > 0) == measure.more_is_better
    verdict = measure.better if won else measure.worse
    return f"{verdict[0].upper()}{verdict[1:]}: {points(adjusted.estimate)} points {WITHIN_TOPICS} ({interval})."


def share_in_words(tally: Tally) -> str:
    """A share with its count and interval, such as "6 of 120 (5 %, 2 to 10 %)"; a dash where nothing was counted."""
    interval = wilson(tally)
    if interval is None:
        return "–"
    low, high = interval.low * 100, interval.high * 100
    return f"{tally.satisfied:,} of {tally.ratings:,} ({interval.estimate * 100:.0f} %, {low:.0f} to {high:.0f} %)"
