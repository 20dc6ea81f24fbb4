"""The parts of a report beside the arms and topics: what was measured, as numbers that a reader can check."""

from datetime import date, datetime
from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field

from handoff.intervals import Interval, Tally


class Part(BaseModel):
    """Numbers that are read once and never changed."""

    model_config = ConfigDict(frozen=True, defer_build=True)  # made out for the first report; a start needs none


class Clock(StrEnum):
    """How hours are counted: all of them, or those in which the desk is open."""

    ALL = "all"
    BUSINESS = "business"


class Span(StrEnum):
    """From the opening of a conversation to what."""

    FIRST_REPLY = "first_reply"
    RESOLUTION = "resolution"


class Times(Part):
    """How long something took with AI alone and with people alone, in seconds; the difference is AI minus people."""

    span: Span
    clock: Clock
    ai: int = Field(description="conversations of AI alone that were measured")
    human: int
    ai_median: float | None
    human_median: float | None
    difference: Interval | None = Field(default=None, description="Hodges-Lehmann, with its 95 % interval")
    ai_open: int = Field(default=0, description="conversations that AI has alone and that were still waiting for it")
    human_open: int = 0
    ai_median_with_open: float | None = Field(
        default=None, description="the median with those still waiting counted as long as they wait; None without any"
    )
    human_median_with_open: float | None = None


class PolicySide(Part):
    """Conversations that were treated alike from the start, whoever resolved them."""

    conversations: int = 0
    resolved: int = 0
    asked: int = 0
    answered: int = 0
    tally: Tally = Tally()


class PolicyTopic(Part):
    """One topic of the policy comparison."""

    topic: str
    title: str
    offered: PolicySide
    straight: PolicySide


class Policy(Part):
    """Conversations offered to the AI beside those that went straight to people."""

    holdout_share: float = Field(description="0..1: of eligible conversations, those sent to people by lot")
    randomised: bool = Field(description="whether `straight` holds the conversations drawn by lot, and nothing else")
    topics: tuple[PolicyTopic, ...]


class LotMonth(Part):
    """What a month brought of conversations for which a lot was drawn; those resolved count, by whomever."""

    first_day: date = Field(description="of the month, or the first one with a lot")
    offered: PolicySide
    straight: PolicySide


class Silent(Part):
    """What the satisfied share becomes if those who did not rate felt otherwise than those alike who did."""

    share: float = Field(description="0..1: of all conversations, those that nobody rated")
    swing: float = Field(description="0..1: by how much they may be less or more satisfied")
    low: float = Field(description="the low end of the interval if they are so much less satisfied")
    high: float = Field(description="the high end if they are so much more satisfied")
    least: float = Field(description="the share of all conversations if none of them is satisfied")
    most: float = Field(description="the same if all of them are")


class Estimated(Part):
    """A share among all conversations, estimated from those that were looked at and a score of every one."""

    estimate: Interval
    without_score: Interval = Field(description="from those looked at alone")
    looked_at: int = Field(description="reviews, or ratings")
    conversations: int = Field(description="how many there are in all: replies sent alone, or conversations")
    waiting: int = Field(default=0, description="drawn in the whole time, but not looked at yet")
    unread: int = Field(
        default=0,
        description="of those waiting, how many belong to what is estimated: the bounds hold whatever they are",
    )
    until: datetime | None = Field(
        default=None, description="what came from this moment on is not estimated, for its reviews are still to be made"
    )
    silent: Silent | None = None


class Saving(Part):
    """People's time in minutes: what the AI's work cost them, and what they would have needed without it."""

    reviews: float
    approvals: float
    corrections: float
    touched: float = Field(description="on handed-off conversations that the AI had answered before")
    answered: int = Field(description="conversations that AI alone resolved")
    human_median: float | None = Field(description="minutes that people alone work on a conversation, median")
    measured: int = Field(default=0, description="conversations of people alone whose time was measured")
    saved: float | None = Field(description="answered x human_median; None without a median")
    net: float | None = Field(description="saved minus the four; may be negative")
    net_low: float | None = Field(default=None, description="the net at the low end of the median's 95 % interval")
    net_high: float | None = Field(default=None, description="the net at its high end")


class Beyond(Part):
    """What was not possible before: conversations that AI alone resolved."""

    outside_hours: int | None = Field(description="answered while the desk was closed; None without desk hours")
    other_languages: int | None = Field(description="in languages nobody on the desk speaks; None when none are listed")
    within_a_minute: int


class Excerpt(Part):
    """A conversation worth reading."""

    conversation_id: str
    question: str = Field(description="the first words of the customer, personal data masked")
    score: int
    arm: str
    topic: str
    comment: str = ""
    link: str = ""


class NotAskedCount(Part):
    """How many customers were not asked how it went for this reason, by who resolved."""

    reason: str = Field(description="contact_rule, turned_off, customer_gone, reopened, undelivered, or too_late")
    ai: int = 0
    ai_then_human: int = 0
    human: int = 0

    @property
    def customers(self) -> int:
        """How many in all."""
        return self.ai + self.ai_then_human + self.human


class TopicMove(Part):
    """A topic whose stage changed in the window, or that is close to a certificate."""

    topic: str
    title: str
    change: str = Field(description="promoted, demoted, or close")
    why: str = ""
    reviews_missing: int | None = None


class Theme(Part):
    """Questions that resemble each other and were not answered, or rated low."""

    key: str = Field(description="stays the same from week to week")
    name: str
    questions: int
    last_week: int | None = Field(default=None, description="None for a new theme")
    examples: tuple[str, ...] = Field(default=(), description="in the customers' words, personal data masked")
    state: str = Field(
        default="open",
        description="open; drafted, when somebody wrote an article; settled, said once when the questions have stopped",
    )
    taught: int = Field(default=0, description="answers that customers get and that were taught from its conversations")


class InVain(Part):
    """What themes are made of: conversations in which something was asked in vain."""

    conversations: int
    looked_at: int = Field(description="of them, how many were read; of very many, a sample")


class TrendWeek(Part):
    """One week of the trend."""

    first_day: date
    last_day: date
    ai: Tally
    human: Tally
    adjusted: Interval | None = None
    smallest_visible: float | None = None
    simulated: int = Field(default=0, description="of the resolved, how many are simulated")
