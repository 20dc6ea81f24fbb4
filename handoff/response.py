"""Who answered the survey and who did not, and what the silent would have to think for a finding to turn. Pure."""

from handoff.compared import Arm, TippingPoint
from handoff.intervals import Interval, Tally, newcombe


def difference_in_response(ai: Arm, human: Arm) -> Interval | None:
    """The share of those asked who rated, AI minus human, with Newcombe's interval; None when an arm asked nobody."""
    return newcombe(answered(ai), answered(human))


def answered(arm: Arm) -> Tally:
    """How many were asked, and how many of them rated: never more than were asked."""
    return Tally(min(arm.answered, arm.asked), arm.asked)


def tipping_points(ai: Arm, human: Arm, found: Interval) -> tuple[TippingPoint, ...]:
    """How satisfied the silent of either arm would have to be for the finding to turn; empty where nobody was silent.

    A difference that is shown turns when it vanishes. One that is not shown turns when its interval, moved by what the
    silent add and kept as wide as it is, excludes zero on its nearer side.

    Args:
        ai: AI alone over the window of the finding.
        human: people alone over it.
        found: the difference within topics, AI minus human, with the bounds that the verdict rests on.
    """
    nearer = min(found.low, found.high, key=abs)
    moved = -found.estimate if found.excludes_zero else -nearer
    points = (_of_arm("ai", ai, moved), _of_arm("human", human, -moved))
    return tuple(point for point in points if point is not None)


def _of_arm(name: str, arm: Arm, moved: float) -> TippingPoint | None:
    """The arm whose share of all who were asked must move so far for the finding to turn."""
    raters, silent = arm.tally.share, arm.asked - answered(arm).satisfied
    if raters is None or silent <= 0:
        return None
    needed = raters + moved * arm.asked / silent
    return TippingPoint(name, silent, raters, needed if 0 <= needed <= 1 else None)
