"""The gate: an assessment held against a policy gives a verdict with its reasons. Pure, well under a millisecond."""

from dataclasses import dataclass

from handoff import no_draft
from handoff.draft import Mood
from handoff.subjects import Heard
from storage.kinds import Action, HandoffReason, Stage
from storage.tables import Topic

UNSOURCED = "The draft claims what its sources do not hold. Check before you send it:"
CAME_BACK = "The customer came back after a person had worked on it."
"""Why people go on with it, whatever a draft would say; a replay does not weigh such a decision anew."""
ACTS_ALONE = (Action.ANSWER, Action.CLARIFY)
"""What the customer reads without an agent."""
STEPPED_IN = "An agent answered in the customer's thread."
PART_OPEN = "A part of what was asked goes to a person."
SURE_ENOUGH, DRAFT_SURE_ENOUGH = "Sure enough", "The draft itself is sure enough"
LEAST_COVERAGE = 0.25
"""The share of the question's informative words that a passage must hold to count as found."""


@dataclass(frozen=True, slots=True)
class Policy:
    """What the gate holds an assessment against, for one topic."""

    topic: str
    stage: str
    threshold: float
    """The least confidence, 0..1, with which the AI answers alone."""
    frustration_limit: float
    """The frustration, 0..1, from which a person takes over."""
    tolerance: float = 0.0
    """The largest accepted share, 0..1, of wrong replies among the autonomous ones."""
    certificate_id: str = ""
    """What proves that the threshold keeps the tolerance; empty when nothing does."""
    certified_drafter: str = ""
    certified_confidence: str = ""
    """The versions that the certificate is bound to."""
    held_back: str = ""
    """Why the AI may not act alone just now although the stage lets it, in words; empty when it may."""

    @property
    def unproved(self) -> bool:
        """Whether the topic acts alone on a starting policy, without a certificate."""
        return self.stage == Stage.AUTOPILOT and not self.certificate_id

    def covers(self, drafter_version: str, confidence_version: str) -> bool:
        """Whether the policy may be applied to drafts of these versions: a certificate holds for its own alone."""
        bound_to = (self.certified_drafter, self.certified_confidence)
        return not self.certificate_id or bound_to == (drafter_version, confidence_version)


@dataclass(frozen=True, slots=True)
class StartingPolicy:
    """What holds for a topic nobody has set anything for, and for a question without a topic."""

    stage: str
    threshold: float
    frustration_limit: float
    tolerance: float = 0.05


def policy_of(name: str, topic: Topic | None, start: StartingPolicy) -> Policy:
    """The policy of a topic as its row says; the starting policy for one without a row."""
    if topic is None:
        return Policy(name, start.stage, start.threshold, start.frustration_limit, start.tolerance)
    return Policy(
        topic=name,
        stage=topic.stage,
        threshold=topic.threshold,
        frustration_limit=topic.frustration_limit,
        tolerance=topic.tolerance,
        certificate_id=topic.certificate_id,
        certified_drafter=topic.certified_drafter,
        certified_confidence=topic.certified_confidence,
    )


@dataclass(frozen=True, slots=True)
class Assessment:
    """Everything known about a reply before deciding. Without a draft, `confidence` is None."""

    mood: Mood
    found_anything: bool
    answerable: bool = False
    asks_back: bool = False
    """Whether the draft is a clarifying question."""
    asked_back_before: bool = False
    needs_action: bool = False
    """Whether the draft says that something must be done which only a person can do."""
    left_open: HandoffReason | None = None
    """Why a part of what was asked goes to a person, when the reply answers only the rest."""
    confidence: float | None = None
    confidence_reasons: tuple[str, ...] = ()
    caught: tuple[str, ...] = ()
    """What the draft claims without a source, in plain words (`handoff.guard`)."""
    drafter_version: str = ""
    confidence_version: str = ""
    """What drafted the reply and what weighed it: a certificate holds for its own versions alone."""
    model_failure: str = ""
    """The cause, when the drafter gave no usable draft."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What to do, the counted reason of a handoff, and the reasons in plain words, the weightiest first.

    An answer with a reason for a handoff answers one part of what was asked; a person answers the rest.
    """

    action: Action
    reason: HandoffReason | None
    reasons: tuple[str, ...]


def person_needed(mood: Mood, policy: Policy) -> Verdict | None:
    """The verdict that needs no draft: a wish for a person, or frustration at the limit, always hands off."""
    if mood.wants_person:
        return _hand_off(HandoffReason.WISH, "The customer asks for a person.", mood.signs)
    if mood.frustration >= policy.frustration_limit:
        words = f"The customer is frustrated ({mood.frustration:.2f}, the limit is {policy.frustration_limit:.2f})."
        return _hand_off(HandoffReason.FRUSTRATION, words, mood.signs)
    return None


def listed(heard: Heard) -> Verdict:
    """The verdict on a message that touches a subject which the team keeps for people."""
    words = f"The customer writes about a listed subject: {heard.subject} (“{heard.phrase}”)."
    return _hand_off(HandoffReason.LISTED_SUBJECT, words)


def decide(assessment: Assessment, policy: Policy) -> Verdict:
    """Hold an assessment against the policy of its topic.

    The order is the promise: the customer's wish and mood come first, then whether there is anything to say,
    then whether it is sure enough, and last how far the topic may act alone.
    """
    if verdict := person_needed(assessment.mood, policy):
        return verdict
    if not assessment.found_anything:
        return _hand_off(HandoffReason.NOTHING_FOUND, "Nothing in the knowledge base fits the question.")
    if assessment.model_failure:
        return _hand_off(HandoffReason.MODEL_FAILED, no_draft.words(assessment.model_failure))
    if assessment.needs_action:
        words = "The customer needs something done that only a person can do."
        return _hand_off(HandoffReason.NEEDS_ACTION, words, assessment.confidence_reasons)
    if assessment.asks_back:
        return _clarify_or_pass_on(assessment, policy)
    if not assessment.answerable:
        words = "The articles that were found do not answer the question."
        return _hand_off(HandoffReason.NOTHING_FOUND, words, assessment.confidence_reasons)
    return _by_confidence(assessment, policy)


def _clarify_or_pass_on(assessment: Assessment, policy: Policy) -> Verdict:
    if assessment.asked_back_before:
        words = "The question is still unclear after one question back."
        return _hand_off(HandoffReason.LOW_CONFIDENCE, words, assessment.confidence_reasons)
    if assessment.caught:
        return _hand_off(HandoffReason.LOW_CONFIDENCE, UNSOURCED, assessment.caught)
    if words := _needs_approval(assessment, policy):
        return _hand_off(HandoffReason.POLICY, words)
    words = ("The question can be read in more than one way.", *assessment.confidence_reasons)
    return Verdict(Action.CLARIFY, None, words)


def _by_confidence(assessment: Assessment, policy: Policy) -> Verdict:
    confidence = assessment.confidence or 0.0
    measured = f"confidence {confidence:.2f}, the threshold is {policy.threshold:.2f}"
    if confidence < policy.threshold:
        words = f"Not sure enough of the draft ({measured})."
        return _hand_off(HandoffReason.LOW_CONFIDENCE, words, (*assessment.caught, *assessment.confidence_reasons))
    why_not = _needs_approval(assessment, policy)
    if assessment.caught and not why_not:
        return _hand_off(HandoffReason.LOW_CONFIDENCE, UNSOURCED, assessment.caught)
    if not why_not:
        rest = (PART_OPEN,) if assessment.left_open else ()
        reasons = (f"{SURE_ENOUGH} ({measured}).", *rest, *assessment.confidence_reasons)
        return Verdict(Action.ANSWER, assessment.left_open, reasons)
    reasons = (why_not, *(assessment.caught or (f"{DRAFT_SURE_ENOUGH} ({measured}).",)))
    action = Action.HAND_OFF if policy.stage == Stage.SHADOW else Action.PROPOSE
    return Verdict(action, HandoffReason.POLICY, reasons)


def _needs_approval(assessment: Assessment, policy: Policy) -> str:
    """Why the AI may not act alone in this topic, in words; empty when it may."""
    if policy.stage == Stage.SHADOW:
        return "In this topic people answer and drafts are only recorded (shadow)."
    if policy.stage == Stage.COPILOT:
        return "In this topic every draft needs an agent's approval (copilot)."
    if policy.held_back:
        return policy.held_back
    if not policy.covers(assessment.drafter_version, assessment.confidence_version):
        return "The certificate of this topic was earned by another version of Baton, so an agent approves the draft."
    return ""


def _hand_off(reason: HandoffReason, words: str, more: tuple[str, ...] = ()) -> Verdict:
    new = tuple(each for each in more if each.casefold() not in words.casefold())
    return Verdict(Action.HAND_OFF, reason, (words, *new))
