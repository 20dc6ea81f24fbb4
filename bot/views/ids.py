"""Ids that views and listeners share, and the models of what buttons and forms carry."""

import re
from datetime import date
from enum import StrEnum
from typing import Self

from pydantic import BaseModel, Field, ValidationError


class ActionId(StrEnum):
    """Buttons and fields."""

    WANT_PERSON = "want_person"
    SOLVED = "solved"
    NOT_HELPFUL = "not_helpful"
    HELPFUL = "helpful"
    FEEDBACK = "feedback"
    SHOW_AGAIN = "show_again"
    SHOW_EVERYONE = "show_everyone"
    CLAIM = "claim"
    RESOLVE = "resolve"
    SEND_DRAFT = "send_draft"
    GIVE_BACK = "give_back"
    COMMENT = "comment"
    COMMENT_TEXT = "comment_text"
    MANAGE_TOPIC = "manage_topic"
    ASK_TO_PROMOTE = "ask_to_promote"
    ASK_TO_START_UNPROVED = "ask_to_start_unproved"
    TO_COPILOT = "topic_to_copilot"
    TO_SHADOW = "topic_to_shadow"
    TOPIC_HISTORY = "topic_history"
    TOPIC_PLOT = "topic_plot"
    TOLERANCE = "tolerance"
    THRESHOLD = "threshold"
    WHY = "why"
    ADOPT_FIT = "adopt_fit"
    REVIEW = "review_drafts"
    UNDO_VERDICT = "undo_verdict"
    FAULT = "fault"
    ADD_NOTE = "add_note"
    NOTE = "note"
    FRUSTRATED = "customer_frustrated"
    EDIT_DRAFT = "edit_draft"
    DISCARD_DRAFT = "discard_draft"
    TEACH_ANSWER = "teach_answer"
    FORGET_ANSWER = "forget_answer"
    TEACH_DRAFT = "teach_draft"
    ANSWER_AUDIENCE = "answer_audience"
    RAISE_BUDGET = "raise_budget"
    REPORT_DETAILS = "report_details"
    REPORT_CSV = "report_csv"
    OTHER_REPORTS = "other_reports"
    CHOOSE_REPORT = "choose_report"
    OFFER_ACCEPTED = "offer_accepted"
    OFFER_REPHRASED = "offer_rephrased"
    OTHER_WAYS = "other_ways"
    MERGE_WITH = "merge_with"
    UNDO_SPLIT = "undo_split"
    UNDO_MERGE = "undo_merge"
    ALERT_SEEN = "alert_seen"
    ALERT_UNSEEN = "alert_unseen"
    ALERT_MUTE = "alert_mute"
    ALERT_UNMUTE = "alert_unmute"
    DRAFT_ARTICLE = "draft_article"
    ARTICLE_AUDIENCE = "article_audience"
    PUBLISH_ARTICLE = "publish_article"
    FORGET_ARTICLE = "forget_article"


RATE_PATTERN = re.compile(r"^rate_[1-5]$")


def rate_action(score: int) -> str:
    """The action id of a score's button."""
    return f"rate_{score}"


VERDICT_PATTERN = re.compile(r"^verdict_(?:right|incomplete|wrong|harmful|unsure)$")


def verdict_action(verdict: str) -> str:
    """The action id of a verdict's button."""
    return f"verdict_{verdict}"


EDIT_FIELDS = 12
"""A draft is edited in as many fields as it needs, for one takes 3,000 characters."""


def edit_field(number: int) -> str:
    """The block of a part of a draft that is edited, counted from 0."""
    return f"edited_{number}"


class CallbackId(StrEnum):
    """Forms."""

    COMMENT_FORM = "comment_form"
    TOPIC_FORM = "topic_form"
    PROMOTE_FORM = "promote_form"
    UNPROVED_FORM = "unproved_form"
    ADOPT_FORM = "adopt_form"
    REVIEW_QUEUE = "review_queue"
    REPORT = "report"
    NOTE_FORM = "note_form"
    EDIT_FORM = "edit_form"
    TEACH_FORM = "teach_form"
    SPLIT_FORM = "split_form"
    MERGE_FORM = "merge_form"
    ARTICLE_FORM = "article_form"


class BlockId(StrEnum):
    """Blocks that a listener reads."""

    COMMENT = "comment"
    TOLERANCE = "tolerance"
    THRESHOLD = "threshold"
    WHY = "why"
    MOOD = "mood"
    NOTE = "note"
    EDITED = "edited_0"
    ANSWER_QUESTION = "answer_question"
    ANSWER_TEXT = "answer_text"
    ANSWER_AUDIENCE = "answer_readers"
    STAYS = "split_stays"
    SECOND = "split_second"
    MERGE_WITH = "merge_other"
    ARTICLE_TITLE = "article_title"
    ARTICLE_TEXT = "article_text"
    ARTICLE_AUDIENCE = "article_readers"


class BadReference(ValueError):
    """A button or form carries something that this version did not write."""


class Reference(BaseModel):
    """What a button carries: ids only, for its value can be read by any app in the channel."""

    def pack(self) -> str:
        """As compact JSON, far below Slack's 2,000 characters."""
        return self.model_dump_json(exclude_none=True)

    @classmethod
    def unpack(cls, value: str) -> Self:
        """Read what `pack` wrote.

        Raises:
            BadReference: when it is something else.
        """
        try:
            return cls.model_validate_json(value)
        except ValidationError as error:
            raise BadReference(cls.__name__) from error


class ConversationRef(Reference):
    """A conversation, and the draft that a button stands under."""

    conversation_id: str
    draft_id: str | None = None


class FeedbackRef(ConversationRef):
    """What a customer says of a draft."""

    helpful: bool


class HandoffRef(Reference):
    """A handoff and its conversation."""

    handoff_id: str
    conversation_id: str


class LessonRef(HandoffRef):
    """What an answer is taught from: a handoff that people answered, or a draft that a review found right."""

    handoff_id: str = ""
    draft_id: str = ""


class Way(StrEnum):
    """What else an agent can do with a conversation."""

    SPLIT = "split"
    MERGE = "merge"


class WayRef(HandoffRef):
    """A handoff, and what is to be done with its conversation."""

    way: Way


class ThreadsRef(HandoffRef):
    """A handoff in a form that splits or merges, and how it stood when the form was opened."""

    seen: str


class UndoRef(HandoffRef):
    """A split or a merge that can be taken back: the other conversation, and its handoff that the merge closed."""

    other_id: str
    other_handoff_id: str = ""


class AnswerRef(Reference):
    """An answer that somebody taught, by the id of its article."""

    article_id: str


class ThemeRef(Reference):
    """A theme of questions that were asked in vain, by its key."""

    theme: str


class RatingRef(Reference):
    """A rating: its conversation and score, and the survey's message, which is replaced once it is answered."""

    conversation_id: str
    score: int | None = Field(default=None, ge=1, le=5)
    channel_id: str = ""
    message_ts: str = ""


class TopicRef(Reference):
    """A topic, and the revision that the manager had in sight."""

    topic: str
    revision: int | None = None


class FitRef(Reference):
    """A fitted confidence model."""

    version: str


class ReviewRef(Reference):
    """A review, and where its reader stands: how many they read just now, and the verdict before this one."""

    review_id: str = ""
    reviewed: int = 0
    last_id: str = ""
    queue_id: str = ""
    """The form of the queue, under the one for a note."""
    agreement: str = ""
    """How far readers agreed when the form was opened: too much to count anew at each press."""


class BudgetRef(Reference):
    """A day's budget, and by how much it was raised when the button was shown: two presses raise it once."""

    day: str
    raised: float = 0.0


class ReportRef(Reference):
    """A report: the one that is kept under an id, or else its local days, from the first to the last."""

    kept_id: str = ""
    first: date
    last: date


class AlertRef(Reference):
    """An alert between reports."""

    alert_id: str


class EditRef(Reference):
    """A handoff whose draft is being edited, and the draft as it was."""

    handoff_id: str
    conversation_id: str
    draft_id: str
