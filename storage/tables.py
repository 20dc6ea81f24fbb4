"""The nouns of a conversation and of the knowledge base as tables."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Column, Index, Text, text
from sqlmodel import Field

from storage.kinds import ConversationState, DraftRole, HandoffState, OfferState, Stage
from storage.row import Row, belongs_to, now

UNHELPFUL = text("unhelpful_at IS NOT NULL")


class Workspace(Row, table=True):
    """A Slack team that installed Baton."""

    id: str = Field(primary_key=True)
    name: str = ""
    bot_user_id: str = ""
    sampling_key: str = ""
    """Keys the coins that draw drafts for review, so that an auditor can toss them again."""
    managers_channel_id: str = ""
    """Where alerts stand: the managers' channel of the process that started last."""
    erased_at: datetime | None = None
    """When a customer was last erased: whatever process has read texts before that forgets them."""
    created_at: datetime = Field(default_factory=now)


class Topic(Row, table=True):
    """A use case with its own tolerance, stage and starting policy."""

    workspace_id: str = Field(primary_key=True, foreign_key="workspace.id")
    name: str = Field(primary_key=True)
    title: str = ""
    stage: str = Stage.AUTOPILOT
    tolerance: float = 0.05
    threshold: float = 0.6
    frustration_limit: float = 0.6
    certificate_id: str = ""
    """Empty on autopilot: unproved, on a starting policy."""
    certified_drafter: str = ""
    certified_confidence: str = ""
    """The versions of drafter and confidence model that the certificate is bound to."""
    unproved_by: str = ""
    """The manager who knowingly started it without a certificate."""
    alarmed_at: datetime | None = None
    """Since when an alarm keeps it from autopilot; a new certificate ends that."""
    revision: int = 0
    """Counts changes, so that a form filled in before another one's change is noticed."""
    updated_at: datetime = Field(default_factory=now)
    updated_by: str = ""

    __table_args__ = (
        CheckConstraint("tolerance >= 0 AND tolerance <= 1", name="tolerance_share"),
        CheckConstraint("threshold >= 0 AND threshold <= 1", name="threshold_share"),
        CheckConstraint("frustration_limit >= 0 AND frustration_limit <= 1", name="frustration_limit_share"),
    )


class Conversation(Row, table=True):
    """One customer's problem: one Slack thread."""

    workspace_id: str = Field(primary_key=True, foreign_key="workspace.id")
    id: str = Field(primary_key=True)
    channel_id: str
    thread_ts: str
    customer_id: str
    state: str = ConversationState.WITH_AI
    topic: str = ""
    language: str = ""
    opened_at: datetime = Field(default_factory=now)
    first_reply_at: datetime | None = None
    first_human_reply_at: datetime | None = None
    ai_replied: bool = False
    """Whether the AI answered; decides between the arms `human` and `ai_then_human`. Like the two times above, it is of
    the present matter: what was resolved for good before has its `Resolution`."""
    resolved_at: datetime | None = None
    resolved_by: str | None = None
    confirmation: str | None = None
    resolved_by_person: str | None = None
    """The agent or customer who pressed the button."""
    resolution_due_at: datetime | None = None
    """When silence counts as solved."""
    reopened: int = 0
    thumbs_down: int = 0
    """How many replies the customer found of no help."""
    closed_as: str = ""
    """A `ClosedAs` when it ended without being resolved, and so counts in no report."""
    merged_into: str = ""
    """The conversation that an agent merged this one into."""
    split_from: str = ""
    """The conversation whose second question this is."""
    offered: str = ""
    """An `Offered`, decided once; empty as long as nothing was asked."""
    simulated: bool = False

    __table_args__ = (
        Index("uq_conversation_thread", "workspace_id", "channel_id", "thread_ts", unique=True),
        Index("ix_conversation_resolution_due", "workspace_id", "resolution_due_at"),
        Index("ix_conversation_resolved", "workspace_id", "resolved_at"),
        Index("ix_conversation_customer", "workspace_id", "customer_id", "channel_id"),
        Index("ix_conversation_state", "workspace_id", "state", "opened_at"),
        CheckConstraint("state IN ('with_ai','waiting','with_human','resolved')", name="state"),
    )


class Offer(Row, table=True):
    """An offer to fetch a person, made instead of a handoff that nobody asked for; one a conversation at most."""

    workspace_id: str = Field(primary_key=True)
    conversation_id: str = Field(primary_key=True)
    state: str = OfferState.OPEN
    reason: str
    """The HandoffReason that the handoff will have."""
    reasons: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    question: str = Field(sa_column=Column(Text, nullable=False))
    draft_id: str | None = None
    message_id: str
    """The bot's message that makes the offer."""
    made_at: datetime = Field(default_factory=now)
    due_at: datetime | None = None
    """When the handoff happens by itself; empty once the offer is closed."""
    closed_at: datetime | None = None

    __table_args__ = (
        belongs_to("conversation", "conversation_id"),
        Index("ix_offer_due", "workspace_id", "due_at"),
        CheckConstraint("state IN ('open','accepted','rephrased','lapsed','gone')", name="state"),
    )


class Message(Row, table=True):
    """What a customer, the bot or an agent said in a conversation, and internal notes."""

    workspace_id: str = Field(primary_key=True, foreign_key="workspace.id")
    id: str = Field(primary_key=True)
    conversation_id: str
    author: str
    author_id: str
    text: str = Field(sa_column=Column(Text, nullable=False))
    files: list[dict[str, Any]] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    channel_id: str = ""
    ts: str | None = None
    """Slack's ts where it was said; empty until the bot's own post is sent."""
    created_at: datetime = Field(default_factory=now)
    edited_at: datetime | None = None
    deleted_at: datetime | None = None
    private: bool = False
    """Whether only the customer saw it, where others read along."""
    draft_id: str = ""
    """The draft that the bot's reply, or an agent's, is made of."""

    __table_args__ = (
        belongs_to("conversation", "conversation_id"),
        Index("ix_message_conversation", "workspace_id", "conversation_id", "id"),
        Index("uq_message_ts", "workspace_id", "channel_id", "ts", unique=True),
    )


class MessagePart(Row, table=True):
    """One of the messages that a person sent in a row and that are one message here."""

    __tablename__ = "message_part"  # pyright: ignore[reportAssignmentType]

    workspace_id: str = Field(primary_key=True)
    channel_id: str = Field(primary_key=True)
    ts: str = Field(primary_key=True)
    message_id: str
    text: str = Field(sa_column=Column(Text, nullable=False))

    __table_args__ = (
        belongs_to("message", "message_id"),
        Index("ix_message_part_message", "workspace_id", "message_id"),
    )


class DraftRow(Row, table=True):
    """A draft as the drafter returned it, with what it cost."""

    __tablename__ = "draft"  # pyright: ignore[reportAssignmentType]

    workspace_id: str = Field(primary_key=True, foreign_key="workspace.id")
    id: str = Field(primary_key=True)
    conversation_id: str
    message_id: str
    text: str = Field(sa_column=Column(Text, nullable=False))
    citations: list[dict[str, Any]] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    """Each {passage_id, article_id, title, url, heading_path}, as it was when cited."""
    topic: str = ""
    answerable: bool = False
    clarifying_question: str = ""
    own_confidence: float = 0.0
    sentiment: float = 0.0
    frustration: float = 0.0
    wants_person: bool = False
    language: str = ""
    drafter: str = ""
    model: str = ""
    prompt_version: str = ""
    tokens_in: int = 0
    tokens_out: int = 0
    dollars: float = 0.0
    drafter_version: str = ""
    """Drafter, model, prompt and settings of the search, as one key."""
    role: str = DraftRole.SERVING
    audit_share: float = 0.0
    """The chance, 0..1, of being drawn for review by the uniform coin."""
    review_probability: float = 0.0
    """The chance, 0..1, of being drawn by any coin."""
    unhelpful_at: datetime | None = None
    """When the customer said that it did not help."""
    helpful_at: datetime | None = None
    """When the customer said that it helped."""
    feedback_changed: bool = False
    """Whether the customer has taken back what they first said of it."""
    created_at: datetime = Field(default_factory=now)

    __table_args__ = (
        belongs_to("conversation", "conversation_id"),
        Index("ix_draft_conversation", "workspace_id", "conversation_id", "id"),
        Index(
            "ix_draft_unhelpful",
            "workspace_id",
            "unhelpful_at",
            sqlite_where=UNHELPFUL,
            postgresql_where=UNHELPFUL,
        ),
    )


class Decision(Row, table=True):
    """What was done and why; written once, never changed."""

    workspace_id: str = Field(primary_key=True, foreign_key="workspace.id")
    id: str = Field(primary_key=True)
    conversation_id: str
    message_id: str
    draft_id: str | None = None
    action: str
    reason: str = ""
    """A HandoffReason when the conversation went to a person."""
    reasons: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    """In plain words, the weightiest first."""
    signals: dict[str, float] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    confidence: float | None = None
    confidence_version: str = ""
    contributions: list[list[Any]] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    """Each [signal, signed log-odds], the weightiest first."""
    imputed: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    """Signals that were missing and stood in for by their usual value."""
    drafter_version: str = ""
    role: str = DraftRole.SERVING
    """`shadow`: what a version on trial would have done; nobody acted on it."""
    input_hash: str = ""
    """Of the conversation up to the message, as it was read."""
    passages: list[dict[str, Any]] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    """What was found, best first: {passage_id, article_id, content_hash, score, coverage}."""
    reader: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    """Who was to read the reply: {channel_id, organisation, groups}; it rests on nothing that they may not read."""
    sentiment: float = 0.0
    frustration: float = 0.0
    topic: str = ""
    stage: str = ""
    threshold: float = 0.0
    tolerance: float = 0.0
    certificate_id: str = ""
    unproved: bool = False
    frustration_limit: float = 0.0
    elapsed_ms: float = 0.0
    created_at: datetime = Field(default_factory=now)

    __table_args__ = (
        belongs_to("conversation", "conversation_id"),
        Index("ix_decision_conversation", "workspace_id", "conversation_id", "id"),
        Index("ix_decision_created", "workspace_id", "created_at"),
        CheckConstraint("action IN ('answer','clarify','propose','hand_off')", name="action"),
    )


class Handoff(Row, table=True):
    """A request for a human; at most one of a conversation is open."""

    workspace_id: str = Field(primary_key=True, foreign_key="workspace.id")
    id: str = Field(primary_key=True)
    conversation_id: str
    state: str = HandoffState.QUEUED
    reason: str
    reasons: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    priority: int = 0
    """0 normal, 1 high: frustrated customers and those who asked for a person wait less."""
    summary: str = ""
    draft_id: str | None = None
    opened_at: datetime = Field(default_factory=now)
    claimed_at: datetime | None = None
    claimed_by: str | None = None
    done_at: datetime | None = None
    desk_channel_id: str = ""
    desk_ts: str | None = None
    """ts of the card, which is also the desk thread; empty until the card is sent."""
    card_id: str | None = None
    """The outbox row of the card; later posts in its thread name it before its ts is known."""

    __table_args__ = (
        belongs_to("conversation", "conversation_id"),
        Index(
            "uq_handoff_open",
            "workspace_id",
            "conversation_id",
            unique=True,
            sqlite_where=text("state <> 'done'"),
            postgresql_where=text("state <> 'done'"),
        ),
        Index("ix_handoff_conversation", "workspace_id", "conversation_id", "id"),
        Index("ix_handoff_desk", "workspace_id", "desk_channel_id", "desk_ts"),
        Index("ix_handoff_state", "workspace_id", "state", "opened_at"),
        CheckConstraint("state IN ('queued','claimed','done')", name="state"),
    )
