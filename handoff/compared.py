"""AI alone held against people alone: what goes into the comparison, and what comes out of it. Pure nouns."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from handoff.intervals import Interval, Tally

FEWEST_RATINGS = 8
"""Ratings an arm needs before a verdict is given."""
MOST_NOT_COMPARABLE = 0.20
"""The share of conversations in topics of one arm only above which the whole is not comparable."""
NO_SCORES = (0, 0, 0, 0, 0)
NO_RATINGS = Tally()

Scores = tuple[int, int, int, int, int]
"""How many ratings of 1, 2, 3, 4 and 5."""


class Basis(StrEnum):
    """What a comparison rests on, in the words that the report shows."""

    OBSERVATIONAL = "adjusted, observational"
    BY_LOT = "causal, by lot"


@dataclass(frozen=True, slots=True)
class Arm:
    """What one arm did in one topic; numbers that are not known stay 0."""

    tally: Tally = NO_RATINGS
    scores: Scores = NO_SCORES
    resolved: int = 0
    asked: int = 0
    answered: int = 0

    def __add__(self, other: "Arm") -> "Arm":
        one, two, three, four, five = (mine + theirs for mine, theirs in zip(self.scores, other.scores, strict=True))
        return Arm(
            self.tally + other.tally,
            (one, two, three, four, five),
            self.resolved + other.resolved,
            self.asked + other.asked,
            self.answered + other.answered,
        )

    @property
    def conversations(self) -> int:
        """Conversations that the arm resolved: at least those that were rated."""
        return max(self.resolved, self.tally.ratings)


NOTHING = Arm()
"""An arm that did nothing."""


@dataclass(frozen=True, slots=True)
class Topic:
    """One topic, AI alone beside people alone, and the first local day counted where topics differ."""

    title: str
    ai: Arm = NOTHING
    human: Arm = NOTHING
    since: date | None = None
    named: bool = True
    """False for what has no topic."""

    @property
    def conversations(self) -> int:
        """Those of both arms."""
        return self.ai.conversations + self.human.conversations

    @property
    def ai_share(self) -> float:
        """Which share, 0..1, of the conversations the AI resolved; there is at least one."""
        return self.ai.conversations / self.conversations

    @property
    def why_apart(self) -> "Apart":
        """Why the topic cannot be compared, where it cannot."""
        if not self.human.conversations:
            return Apart.AI_ONLY
        return Apart.TOO_FEW_RATINGS if self.ai.conversations else Apart.HUMAN_ONLY


class Apart(StrEnum):
    """Why a topic cannot be compared."""

    AI_ONLY = "AI alone"
    HUMAN_ONLY = "people alone"
    TOO_FEW_RATINGS = "too few ratings"


@dataclass(frozen=True, slots=True)
class NotCompared:
    """A topic that cannot be compared."""

    title: str
    why: Apart


class Verdict(StrEnum):
    """What the ratings allow to be said."""

    NOTHING_RESOLVED = "nothing_resolved"
    TOO_FEW_RATINGS = "too_few_ratings"
    NOT_COMPARABLE = "not_comparable"
    NO_DIFFERENCE_SHOWN = "no_difference_shown"
    AI_HIGHER = "ai_higher"
    AI_LOWER = "ai_lower"


@dataclass(frozen=True, slots=True)
class TippingPoint:
    """How satisfied the silent customers of one arm would have to be for the finding to turn.

    The silent customers of the other arm are taken to be like its raters.
    """

    arm: str
    """"ai" or "human"."""
    silent: int
    """Of those asked, how many did not rate."""
    raters: float
    """The satisfied share, 0..1, among those who rated."""
    needed: float | None
    """The satisfied share, 0..1, that the silent ones would need; None when no share could turn the finding."""


@dataclass(frozen=True, slots=True)
class Since:
    """The difference over the declared window, with an interval that holds however often one looks."""

    ai: Tally
    human: Tally
    """Ratings in topics that both arms were rated in."""
    difference: Interval
    """Within topics, AI minus human: the confidence sequence at this look. Verdicts rest on it alone."""
    smallest_visible: float
    """The difference that this many ratings show at one look with probability 0.8."""
    first_day: date | None
    """The earliest day counted; None when the window is that of the report."""
    one_day: bool
    """Whether all topics are counted from that day."""
    of_ratings: int = 0
    """Ratings of both arms in the whole window, in whatever topic."""
    without_topic: int = 0
    """Of `ratings`, those of conversations without a topic, which are compared as if they had one in common."""

    @property
    def ratings(self) -> int:
        """Of them, those that it rests on."""
        return self.ai.ratings + self.human.ratings


@dataclass(frozen=True, slots=True)
class Comparison:
    """AI alone held against people alone. Differences are AI minus human.

    The numbers of the window (`raw`, `adjusted`, `standardised`, `ranks`, `response`) have usual 95 % intervals. They
    are shown and never earn a verdict, for who looks every week will see one of them exclude zero by chance.
    """

    ai: Tally
    human: Tally
    shared_ai: Tally
    """Of `ai`, the ratings in topics that are compared; likewise `shared_human`."""
    shared_human: Tally
    raw: Interval | None
    """All ratings, whatever the topic: Newcombe's interval."""
    adjusted: Interval | None
    """Within topics: Mantel and Haenszel's difference."""
    smallest_visible: float | None
    """The difference within topics that a sample of this size shows with probability 0.8."""
    verdict: Verdict
    standardised: Interval | None = None
    """The difference if both arms had the mix of topics that all conversations of both have."""
    ranks: Interval | None = None
    """The probability, 0..1, that a rating of AI is above one of people in the same topic; half of the ties count."""
    response: Interval | None = None
    """The share of those asked who rated, AI minus human."""
    since: Since | None = None
    merged: tuple[tuple[str, ...], ...] = ()
    """Titles of small topics that are counted as one, group by group."""
    not_compared: tuple[NotCompared, ...] = ()
    """Topics of the declared window that cannot be compared, the largest first."""
    not_comparable: float = 0.0
    """The share, 0..1, of the declared window's conversations that are in those topics."""
    tipping: tuple[TippingPoint, ...] = ()
    basis: Basis = Basis.OBSERVATIONAL
    headline: str = ""
    notes: tuple[str, ...] = ()
    """What a careful reader must know beside the headline, a sentence or two each, the weightiest first."""

    @property
    def compared(self) -> int:
        """How many ratings of the window are in topics that are compared."""
        return self.shared_ai.ratings + self.shared_human.ratings
