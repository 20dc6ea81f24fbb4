"""What came of a rehearsal, as it is printed, kept and exported. The same inputs give the same results."""

from enum import StrEnum
from itertools import chain

from pydantic import BaseModel, ConfigDict

from storage.kinds import Action


class _Result(BaseModel):
    model_config = ConfigDict(frozen=True)


class Cited(_Result):
    """An article that a reply rests on."""

    key: str
    """Its path or id within its source."""
    title: str
    url: str


class Step(_Result):
    """A message of the customer, and what Baton did about it."""

    said: str
    action: str
    reason: str = ""
    reasons: tuple[str, ...] = ()
    reply: str = ""
    """What the customer reads."""
    proposal: str = ""
    """What an agent is asked to approve."""
    cited: tuple[Cited, ...] = ()
    topic: str = ""
    confidence: float | None = None
    threshold: float = 0.0
    stage: str = ""
    weighed_by: str = ""
    """The version of what measured the confidence."""
    frustration: float = 0.0
    dollars: float = 0.0

    @property
    def to_person(self) -> bool:
        """Whether a person goes on, be it with a part of what was asked."""
        return self.action in (Action.HAND_OFF, Action.PROPOSE) or bool(self.reason)


class Outcome(StrEnum):
    """What came of a check."""

    HELD = "held"
    FAILED = "failed"
    KNOWN_WEAKNESS = "known_weakness"
    """It failed, as the scenario says it would."""
    HOLDS_NOW = "holds_now"
    """It held, although the scenario says that it fails: the weakness is gone."""
    NOT_JUDGED = "not_judged"
    """It asks for a model, and none is configured or it did not answer."""


class Checked(_Result):
    """One check: what was wanted, and what came of it."""

    name: str
    wanted: str
    outcome: Outcome
    why: str = ""
    """What was found instead."""
    weakness: str = ""
    """Why it is known to fail."""


class Ending(StrEnum):
    """How a played conversation ended."""

    SOLVED = "solved"
    WITH_PERSON = "with_person"
    SILENT = "silent"
    TOO_LONG = "too_long"
    NOT_PLAYED = "not_played"


class Played(_Result):
    """A scenario that was played."""

    name: str
    path: str
    line: int
    about: str = ""
    played_by: str = "script"
    steps: tuple[Step, ...] = ()
    last_words: str = ""
    """What the customer said at the end, to which Baton says nothing."""
    ending: Ending = Ending.SILENT
    checks: tuple[Checked, ...] = ()
    problem: str = ""
    """Why it could not be played."""
    dollars: float = 0.0

    def having(self, *outcomes: Outcome) -> list[Checked]:
        """The checks with one of these outcomes."""
        return [check for check in self.checks if check.outcome in outcomes]

    @property
    def broke(self) -> bool:
        """Whether it could not be played or a check failed that is not known to."""
        return bool(self.problem) or bool(self.having(Outcome.FAILED))


class Side(_Result):
    """What was decided, then or now."""

    action: str
    reason: str = ""
    first_reason: str = ""
    confidence: float | None = None
    threshold: float = 0.0
    stage: str = ""
    topic: str = ""
    weighed_by: str = ""
    """The version of what measured the confidence."""


class Replayed(_Result):
    """A past decision, taken again."""

    decision_id: str
    conversation_id: str
    day: str
    then: Side
    now: Side
    because: tuple[str, ...] = ()
    """What is different now, in words; only where it would go the other way."""
    same_reply: bool = False
    """Whether the draft says the same from the same articles: only then a review of it counts."""
    able_at: float | None = None
    """The confidence, 0..1, with which it would be answered alone; None when no threshold would let it."""
    answers_now: bool = False
    verdict: str = ""
    """What people said of the draft then: the worse of two readings; empty when nobody reviewed it."""
    audited_at: float = 0.0
    """The chance, 0..1, with which the uniform coin drew it; 0 when it was not that coin."""
    input_changed: bool = False
    """Whether the conversation was edited since, so that it is not read as it was."""
    dollars: float = 0.0

    @property
    def other_way(self) -> bool:
        """Whether something else would be done now."""
        return self.then.action != self.now.action


class Rung(_Result):
    """What a threshold would answer, and how much of it would be wrong."""

    threshold: float
    share_answered: float
    reviewed: int
    wrong: int
    share_wrong: float | None
    """Weighted by the inverse chance of review; None without reviews."""


class TopicRisk(_Result):
    """Risk against coverage of one topic, from the reviews of replies that would be the same today."""

    topic: str
    tolerance: float
    decisions: int
    answered_then: int
    answered_now: int
    unreviewed: int
    """Replies among those answered now that nobody has reviewed as they are now."""
    at_threshold: Rung
    at_most: float
    """The share of wrong replies that is not exceeded, 90 % sure."""
    rungs: tuple[Rung, ...]

    @property
    def broke(self) -> bool:
        """Whether what is known to be wrong is more than the topic accepts."""
        share = self.at_threshold.share_wrong
        return share is not None and share > self.tolerance


class Rehearsal(_Result):
    """Everything that came of one rehearsal."""

    drafter: str
    drafter_version: str
    articles: int
    seed: int
    since: str = ""
    """The day from which past conversations were replayed; empty when none were asked for."""
    scenarios: tuple[Played, ...] = ()
    replayed: tuple[Replayed, ...] = ()
    not_replayed: tuple[str, ...] = ()
    """Conversations that the ceiling left out, by id."""
    topics: tuple[TopicRisk, ...] = ()
    ceiling: float | None = None

    @property
    def weighed_by(self) -> list[str]:
        """The versions of what measured confidence."""
        steps = chain.from_iterable(each.steps for each in self.scenarios)
        versions = chain((step.weighed_by for step in steps), (each.now.weighed_by for each in self.replayed))
        return sorted({version for version in versions if version})

    @property
    def dollars(self) -> float:
        """What it cost, now or in the run that it goes on with."""
        return sum(each.dollars for each in chain(self.scenarios, self.replayed))

    @property
    def broke(self) -> bool:
        """Whether a check or a tolerance broke, or something was left out."""
        parts = (*self.scenarios, *self.topics)
        return any(each.broke for each in parts) or bool(self.not_replayed)
