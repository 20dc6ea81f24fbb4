"""What is watched between reports: whose share of bad outcomes may rise, and how many false alarms that may cost."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What is watched, and when an outcome is bad."""

    RATINGS = "ratings"
    """The score is below 4."""
    HANDOFFS = "handoffs"
    """A conversation that the AI could have answered alone goes to a person within an hour."""
    ANSWERS = "answers"
    """A survey is not answered within three days."""
    MODEL = "model"
    """The model gives no usable reply."""
    DELIVERY = "delivery"
    """A survey is not posted within an hour."""


@dataclass(frozen=True, slots=True)
class Watch:
    """How a kind is watched."""

    false_alarms: float
    """Allowed a year, in the series of all topics."""
    in_topics: float
    """Allowed a year, in the series of all busy topics together; 0 where topics are not watched."""
    rises: tuple[float, ...]
    """The rises that are looked for, as differences of shares."""
    floor: float
    """A share up to this is always usual."""
    learns: bool = True
    """Whether nothing is told before the usual share is known."""
    busy_a_week: float = 0.0
    """The outcomes from which a topic is busy."""


WATCHES: Mapping[Kind, Watch] = {
    Kind.RATINGS: Watch(0.25, 0.15, (0.1, 0.2, 0.4), 0.03, busy_a_week=8),
    Kind.HANDOFFS: Watch(0.25, 0.15, (0.1, 0.2, 0.4), 0.03, busy_a_week=20),
    Kind.ANSWERS: Watch(0.1, 0.0, (0.15, 0.3), 0.05),
    Kind.MODEL: Watch(0.05, 0.0, (0.15, 0.5), 0.02, learns=False),
    Kind.DELIVERY: Watch(0.05, 0.0, (0.15, 0.5), 0.02, learns=False),
}
FALSE_ALARMS_A_YEAR = sum(each.false_alarms + each.in_topics for each in WATCHES.values())
"""At most so many in total, in the mean of many years."""
