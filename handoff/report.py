"""The report on a stretch of time: its numbers, and what they allow to be said."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, computed_field

from handoff.compared import Arm, Comparison, Topic
from handoff.comparison import compare
from handoff.intervals import Interval, Tally, wilson
from handoff.policy_comparison import PolicyComparison, SoFar, compare_policy, so_far
from handoff.report_parts import (
    Beyond,
    Estimated,
    Excerpt,
    InVain,
    LotMonth,
    NotAskedCount,
    Policy,
    Saving,
    Theme,
    Times,
    TopicMove,
    TrendWeek,
)
from handoff.window import Window
from storage.kinds import HandoffReason, ResolvedBy

ARM_TITLES = {
    ResolvedBy.AI: "AI alone",
    ResolvedBy.AI_THEN_HUMAN: "AI, then a person",
    ResolvedBy.HUMAN: "People alone",
}
REASON_TITLES = {
    HandoffReason.WISH: "asked for a person",
    HandoffReason.FRUSTRATION: "frustrated",
    HandoffReason.LOW_CONFIDENCE: "AI was unsure",
    HandoffReason.NOTHING_FOUND: "nothing found in the knowledge",
    HandoffReason.LISTED_SUBJECT: "a subject kept for people",
    HandoffReason.NEEDS_ACTION: "something had to be done",
    HandoffReason.MODEL_FAILED: "the model failed",
    HandoffReason.POLICY: "the policy, or an agent stepped in",
}


class _Numbers(BaseModel):
    model_config = ConfigDict(frozen=True, defer_build=True)  # made out for the first report; a start needs none


class Satisfaction(_Numbers):
    """Ratings of some conversations, and the surveys they answered."""

    asked: int = 0
    answered: int = Field(default=0, description="of those asked, how many rated")
    ratings: int = 0
    satisfied: int = Field(default=0, description="ratings of 4 or 5")
    scores: tuple[int, int, int, int, int] = Field(default=(0, 0, 0, 0, 0), description="ratings of 1, 2, 3, 4 and 5")

    @property
    def tally(self) -> Tally:
        """The ratings as the comparison takes them."""
        return Tally(self.satisfied, self.ratings)

    @computed_field
    @property
    def interval(self) -> Interval | None:
        """The satisfied share with its 95 % interval; None without ratings."""
        return wilson(self.tally)

    @computed_field
    @property
    def response_rate(self) -> float | None:
        """The share, 0..1, of those asked who rated; None when nobody was asked."""
        return self.answered / self.asked if self.asked else None


class ArmNumbers(Satisfaction):
    """What one arm did."""

    arm: ResolvedBy
    opened: int = Field(default=0, description="conversations opened in the window that this arm has or had")
    resolved: int = Field(default=0, description="conversations resolved in the window")
    confirmed: int = Field(
        default=0, description="of the resolved, how many the customer confirmed, or the agent who had it closed"
    )
    assumed: int = Field(default=0, description="of the resolved, how many are assumed after silence")
    reopened: int = Field(default=0, description="of the resolved, how many had been reopened before")
    taken_back: int = Field(
        default=0, description="resolved in the window, but the customer came back within the days set"
    )
    not_final: int = Field(default=0, description="of the resolved, how many may still be taken back")
    dollars: float = Field(default=0.0, description="what models cost in the resolved conversations, US dollars")
    first_reply_seconds: float | None = Field(default=None, description="median, from opening to the first reply")
    resolution_seconds: float | None = Field(default=None, description="median, from opening to the resolution")


class TopicArm(Satisfaction):
    """What one arm resolved in one topic."""

    arm: ResolvedBy
    resolved: int = 0

    @property
    def compared(self) -> Arm:
        """The numbers as the comparison takes them."""
        return Arm(self.tally, self.scores, self.resolved, self.asked, self.answered)


class TopicNumbers(_Numbers):
    """One topic, arm by arm."""

    topic: str
    title: str
    arms: tuple[TopicArm, ...]
    since: date | None = Field(default=None, description="the first local day that is counted, where topics differ")
    simulated: int = Field(default=0, description="of the resolved, how many are simulated")

    def of(self, arm: ResolvedBy) -> TopicArm:
        """The numbers of this arm, zeros when it resolved nothing in the topic."""
        return next((each for each in self.arms if each.arm == arm), TopicArm(arm=arm))

    @property
    def compared(self) -> Topic:
        """AI alone and people alone as the comparison takes them."""
        ai, human = self.of(ResolvedBy.AI).compared, self.of(ResolvedBy.HUMAN).compared
        return Topic(self.title, ai, human, self.since, named=bool(self.topic))

    @property
    def ratings(self) -> int:
        """Ratings of all arms together."""
        return sum(each.ratings for each in self.arms)


class Feedback(_Numbers):
    """What customers said of the AI's answers by their buttons, as it stands now."""

    answers: int = Field(default=0, description="answers that the AI sent alone in the window")
    helpful: int = Field(default=0, description="of them, how many a customer found helpful")
    unhelpful: int = Field(default=0, description="of them, how many a customer found not helpful")


class ReasonCount(_Numbers):
    """How many handoffs had this reason."""

    reason: str
    handoffs: int

    @property
    def title(self) -> str:
        """The reason in plain words."""
        known = {reason.value: title for reason, title in REASON_TITLES.items()}
        return known.get(self.reason, self.reason)


class Report(_Numbers):
    """The numbers of a window. Shares, intervals and the verdict are computed from them, so they cannot disagree."""

    workspace_id: str
    window: Window
    time_zone: str
    opened: int
    unresolved: int = Field(description="of the opened, how many are not resolved yet")
    arms: tuple[ArmNumbers, ...] = Field(description="always ai, ai_then_human and human")
    topics: tuple[TopicNumbers, ...] = Field(description="the topics with most ratings first")
    handoff_reasons: tuple[ReasonCount, ...] = Field(
        description="of handoffs opened in the window, most frequent first"
    )
    not_asked: tuple[NotAskedCount, ...] = Field(
        default=(), description="why customers were not asked how it went, most frequent first"
    )
    feedback: Feedback = Field(default=Feedback(), description="helpful and not helpful, of the AI's answers")
    simulated: int = Field(description="of the resolved, how many are simulated")
    simulated_opened: int = Field(description="of the opened, how many are simulated")
    resolution_days: int = Field(default=7, description="days in which a returning customer takes a resolution back")
    since_certificates: tuple[TopicNumbers, ...] = Field(
        default=(),
        description="the topics since their present certificates, each from its own day; verdicts rest on it",
    )
    policy: Policy | None = None
    by_lot: tuple[LotMonth, ...] = Field(
        default=(),
        description="month by month, what became of those drawn by lot and of those not, since the first lot",
    )
    times: tuple[Times, ...] = ()
    right: Estimated | None = Field(default=None, description="right replies among all that the AI sent alone")
    satisfied: Estimated | None = Field(default=None, description="satisfied customers among all AI alone resolved")
    saving: Saving | None = None
    beyond: Beyond | None = None
    left_out: tuple[str, ...] = Field(default=(), description="what could not be told and why, a sentence each")
    best: tuple[Excerpt, ...] = ()
    worst: tuple[Excerpt, ...] = ()
    moves: tuple[TopicMove, ...] = ()
    themes: tuple[Theme, ...] = Field(default=(), description="the largest first, those settled last")
    in_vain: InVain | None = Field(default=None, description="what the themes are made of")
    trend: tuple[TrendWeek, ...] = Field(default=(), description="twelve weeks, the oldest first")

    def of(self, arm: ResolvedBy) -> ArmNumbers:
        """The numbers of this arm."""
        return next(each for each in self.arms if each.arm == arm)

    @computed_field
    @property
    def resolved(self) -> int:
        """Conversations that any arm resolved."""
        return sum(each.resolved for each in self.arms)

    @computed_field
    @property
    def reopened(self) -> int:
        """Of the resolved, how many had been reopened before."""
        return sum(each.reopened for each in self.arms)

    @property
    def simulated_most(self) -> int:
        """How many simulated conversations the report includes at the least; those resolved may also be opened here."""
        return max(self.simulated, self.simulated_opened)

    @property
    def simulated_behind(self) -> int:
        """How many simulated ones are at the least in what it looks back on: the declared window, and the trend."""
        declared = sum(each.simulated for each in self.since_certificates)
        return max(declared, sum(each.simulated for each in self.trend))

    @computed_field
    @property
    def handoffs(self) -> int:
        """Handoffs opened in the window."""
        return sum(each.handoffs for each in self.handoff_reasons)

    @computed_field
    @property
    def comparison(self) -> Comparison:
        """AI alone against people alone."""
        window = [each.compared for each in self.since_certificates]
        return compare([each.compared for each in self.topics], resolved=self.resolved, since_certificates=window)

    @computed_field
    @property
    def policy_comparison(self) -> PolicyComparison | None:
        """Conversations offered to the AI against those sent straight to people; None without such numbers."""
        return compare_policy(self.policy) if self.policy else None

    @computed_field
    @property
    def lot_so_far(self) -> SoFar | None:
        """The same by lot alone, over all that came of it since the first lot; None where none was drawn."""
        return so_far(self.by_lot)

    @computed_field
    @property
    def first_day(self) -> date:
        """The first local day."""
        return self._local(self.window.since)

    @computed_field
    @property
    def last_day(self) -> date:
        """The last local day."""
        return self._local(self.window.until - timedelta(microseconds=1))

    def _local(self, moment: datetime) -> date:
        return moment.astimezone(ZoneInfo(self.time_zone)).date()
