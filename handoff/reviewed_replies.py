"""How far the drawn replies were read, and the share of right ones with bounds that the unread cannot break. Pure.

Readers take the oldest draft first, so the unread are no lot: they are the youngest, and quality may have changed. So
the share is told of the time up to which as good as all were read; the few that were not are counted as wrong for the
lower bound and as right for the upper one (C. F. Manski, "Nonparametric bounds on treatment effects", American
Economic Review 80, 1990). Where they lie all over the time, that is done with all of them, and the bounds are wide.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import accumulate

from handoff.compared import FEWEST_RATINGS
from handoff.intervals import Interval
from handoff.prediction_powered import Labelled, estimate
from handoff.report_parts import Estimated

MOST_UNREAD = 0.05
"""The share of the drawn replies that may be unread in a time that is told of."""
LEAST_PART = 0.5
"""Of all that were read, the share that a time must hold: one with less leaves out most of what is known."""


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply that the uniform coin drew."""

    drafted_at: datetime
    score: float
    chance: float
    """The coin's, above 0 and at most 1."""
    right: bool | None
    """None as long as nobody has read it."""


@dataclass(frozen=True, slots=True)
class Read:
    """The drawn replies that are told of."""

    replies: tuple[Reply, ...]
    until: datetime | None = None
    """They were drafted before this moment; None when all that were drawn are told of."""

    @property
    def labels(self) -> list[Reply]:
        """Those that somebody has read."""
        return [each for each in self.replies if each.right is not None]


def read(drawn: Sequence[Reply]) -> Read:
    """The longest time from the beginning on in which as good as all were read; all, where that holds too little.

    Which it is depends on what was read and never on what was found, so nothing is chosen by its verdict.
    """
    ordered = sorted(drawn, key=lambda each: each.drafted_at)
    unread_of = [0, *accumulate(each.right is None for each in ordered)]
    fewest = max(FEWEST_RATINGS, LEAST_PART * (len(ordered) - unread_of[-1]))
    for count in range(len(ordered), 0, -1):
        if count < len(ordered) and ordered[count - 1].drafted_at == ordered[count].drafted_at:
            continue
        unread = unread_of[count]
        if count - unread < fewest:
            break
        if unread <= MOST_UNREAD * count and (count == len(ordered) or ordered[count - 1].right is not None):
            return Read(tuple(ordered[:count]), ordered[count].drafted_at if count < len(ordered) else None)
    return Read(tuple(ordered))


def right_share(found: Read, *, mean_score: float, conversations: int) -> Estimated | None:
    """The share of right replies, 0..1, whatever the unread ones are; None with fewer than 3 that were read.

    Args:
        found: the drawn replies that are told of.
        mean_score: of all replies of that time, drawn or not.
        conversations: how many there are.
    """
    labels = found.labels
    part = len(labels) / len(found.replies) if found.replies else 1.0
    told = estimate(
        [_labelled(each, right=bool(each.right), part=part) for each in labels],
        mean_score=mean_score,
        conversations=conversations,
    )
    if told is None or len(labels) == len(found.replies):
        return told
    ends: list[Estimated] = []
    for taken in (False, True):
        taken_so = [_labelled(each, right=taken if each.right is None else each.right) for each in found.replies]
        if end := estimate(taken_so, mean_score=mean_score, conversations=conversations):
            ends.append(end)
    return _with_bounds(told, ends)


def _with_bounds(told: Estimated, ends: Sequence[Estimated]) -> Estimated:
    """The same estimate with the outermost of all bounds."""

    def outermost(of: Interval, others: Sequence[Interval]) -> Interval:
        return replace(of, low=min(each.low for each in (of, *others)), high=max(each.high for each in (of, *others)))

    return told.model_copy(
        update={
            "estimate": outermost(told.estimate, [each.estimate for each in ends]),
            "without_score": outermost(told.without_score, [each.without_score for each in ends]),
        }
    )


def _labelled(reply: Reply, *, right: bool, part: float = 1.0) -> Labelled:
    return Labelled(right, reply.score, reply.chance * part)
