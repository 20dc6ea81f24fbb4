"""The closed lists: what the words in the tables may be."""

from enum import StrEnum


class ConversationState(StrEnum):
    """Who has the conversation."""

    WITH_AI = "with_ai"
    WAITING = "waiting"
    WITH_HUMAN = "with_human"
    RESOLVED = "resolved"


WITH_PEOPLE = (ConversationState.WAITING, ConversationState.WITH_HUMAN)
"""The states in which Baton passes on what is said, and answers nothing."""


class ResolvedBy(StrEnum):
    """The arms of the comparison."""

    AI = "ai"
    AI_THEN_HUMAN = "ai_then_human"
    HUMAN = "human"


class Confirmation(StrEnum):
    """Whether the customer said that it is solved, or fell silent."""

    CONFIRMED = "confirmed"
    ASSUMED = "assumed"


class TakenBack(StrEnum):
    """How a customer took a resolution back."""

    REOPENED = "reopened"
    """They went on in the same thread."""
    RETURNED = "returned"
    """They opened a new conversation on the same matter."""


class Offered(StrEnum):
    """To whom a conversation was offered when its first question was weighed, whoever resolved it later."""

    AI = "ai"
    AI_BY_LOT = "ai_by_lot"
    """To the AI; a lot was drawn that could have sent it straight to people."""
    PEOPLE_BY_LOT = "people_by_lot"
    """Straight to people, because the lot said so."""
    PEOPLE = "people"
    """Straight to people, for a reason: a wish, anger, a listed subject, a topic in shadow."""


class Stage(StrEnum):
    """How far a topic may act alone."""

    SHADOW = "shadow"
    COPILOT = "copilot"
    AUTOPILOT = "autopilot"


class Action(StrEnum):
    """What a decision does."""

    ANSWER = "answer"
    CLARIFY = "clarify"
    PROPOSE = "propose"
    HAND_OFF = "hand_off"


class HandoffReason(StrEnum):
    """Why a conversation went to a person: a closed list, stored and counted."""

    WISH = "wish"
    FRUSTRATION = "frustration"
    LOW_CONFIDENCE = "low_confidence"
    NOTHING_FOUND = "nothing_found"
    LISTED_SUBJECT = "listed_subject"
    NEEDS_ACTION = "needs_action"
    MODEL_FAILED = "model_failed"
    POLICY = "policy"


class HandoffState(StrEnum):
    """The life of a handoff."""

    QUEUED = "queued"
    CLAIMED = "claimed"
    DONE = "done"


class ClosedAs(StrEnum):
    """How a conversation ends without being resolved."""

    WITHDRAWN = "withdrawn"
    """The customer took the question back before anybody answered it."""
    MERGED = "merged"
    """An agent goes on with it in another conversation of the same customer."""


class NotAsked(StrEnum):
    """Why a customer was not asked how it went."""

    CONTACT_RULE = "contact_rule"
    """They were asked not long ago, about another conversation."""
    TURNED_OFF = "turned_off"
    CUSTOMER_GONE = "customer_gone"
    """Slack knows them no more, or as deactivated."""
    REOPENED = "reopened"
    """The conversation went on before they were asked."""
    UNDELIVERED = "undelivered"
    """Slack refused the post."""
    TOO_LATE = "too_late"
    """Nobody was there to ask in time."""


class OfferState(StrEnum):
    """What became of an offer to fetch a person."""

    OPEN = "open"
    ACCEPTED = "accepted"
    REPHRASED = "rephrased"
    LAPSED = "lapsed"
    """The customer said nothing, and a person came by themselves."""
    GONE = "gone"
    """Something else came first: a person, or the customer took the question back."""


class ReviewVerdict(StrEnum):
    """What a person says of a draft."""

    RIGHT = "right"
    INCOMPLETE = "incomplete"
    WRONG = "wrong"
    HARMFUL = "harmful"
    UNSURE = "unsure"
    """The reader cannot tell. It counts against a promise, and teaches nothing."""


class Fault(StrEnum):
    """What was wrong with a draft."""

    WRONG_FACT = "wrong_fact"
    WRONG_SOURCE = "wrong_source"
    MISSING_STEP = "missing_step"
    OUTDATED_ARTICLE = "outdated_article"
    WRONG_TONE = "wrong_tone"
    AGAINST_POLICY = "against_policy"
    PRIVATE_DATA = "private_data"
    OTHER = "other"


class Drawn(StrEnum):
    """How a draft came to be reviewed."""

    AUDIT = "audit"
    """By the uniform coin, which every draft of a topic faces alike."""
    TARGETED = "targeted"
    """By the coin that risky drafts lose more often."""
    CERTAIN = "certain"
    """Something happened that a person must look at: a low rating, a return, a thumbs-down."""
    COPILOT = "copilot"
    """By nobody's coin: an agent sent, changed or discarded it."""


class DraftRole(StrEnum):
    """Whether a draft was made to be used, or beside one."""

    SERVING = "serving"
    SHADOW = "shadow"
    """By a version that runs silently beside the present one."""


class TopicEvent(StrEnum):
    """What changed about a topic."""

    PROMOTED = "promoted"
    STARTED_UNPROVED = "started_unproved"
    DEMOTED = "demoted"
    ALARMED = "alarmed"
    TOLERANCE_SET = "tolerance_set"
    VERSION_CHANGED = "version_changed"
    CERTIFICATE_ISSUED = "certificate_issued"
    RENAMED = "renamed"
    MERGED = "merged"
    DELETED = "deleted"


class ArticleKind(StrEnum):
    """Where an article's words come from."""

    ARTICLE = "article"
    ANSWER_PAIR = "answer_pair"
    """A question and the answer that a person gave or approved; the search prefers it."""


class EffortKind(StrEnum):
    """What a person's time went into."""

    REVIEW = "review"
    APPROVAL = "approval"
    """A draft was read, and sent as it was or put away."""
    CORRECTION = "correction"
    """A draft was changed before it was sent."""
    CONVERSATION = "conversation"
    """Everything else that an agent does in a conversation."""


class FitState(StrEnum):
    """What became of a fitted model."""

    CANDIDATE = "candidate"
    SERVING = "serving"
    RETIRED = "retired"
    REJECTED = "rejected"


class CallPurpose(StrEnum):
    """What a model was asked for."""

    DRAFT = "draft"
    CROSS_CHECK = "cross_check"
    EMBEDDING = "embedding"
    THEME_NAMES = "theme_names"


class CostBy(StrEnum):
    """By what the costs of models are told."""

    DAY = "day"
    TOPIC = "topic"
    CONVERSATION = "conversation"
    MODEL = "model"
    PURPOSE = "purpose"


class AnswerEvent(StrEnum):
    """What became of an answer pair."""

    TAUGHT = "taught"
    CHANGED = "changed"
    FORGOTTEN = "forgotten"


class ThemeState(StrEnum):
    """What was done about questions that are asked in vain."""

    OPEN = "open"
    DRAFTED = "drafted"
    """Somebody wrote an article about it."""
    SETTLED = "settled"
    """Customers are answered with that article, and do not ask in vain any more."""
