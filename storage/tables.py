"""The nouns of Baton as tables, the same on SQLite and PostgreSQL.

Every key and index begins with the workspace, so that a workspace is the unit by which data can be moved.
Times are timezone-aware UTC. Ids are `storage.ids.new_id()`: text that sorts by the time it was made.
"""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Column, ForeignKeyConstraint, Index, MetaData, Text, text
from sqlmodel import Field, SQLModel

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


def now() -> datetime:
    """The present moment in UTC."""
    return datetime.now(UTC)


class Row(SQLModel):
    """The base of every table; its metadata names all constraints, which migrations on SQLite need."""

    metadata = MetaData(naming_convention=NAMING)


class ConversationState(StrEnum):
    """Who has the conversation."""

    WITH_AI = "with_ai"
    WAITING = "waiting"
    WITH_HUMAN = "with_human"
    RESOLVED = "resolved"


class ResolvedBy(StrEnum):
    """The arms of the comparison."""

    AI = "ai"
    AI_THEN_HUMAN = "ai_then_human"
    HUMAN = "human"


class Confirmation(StrEnum):
    """Whether the customer said that it is solved, or fell silent."""

    CONFIRMED = "confirmed"
    ASSUMED = "assumed"


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


def _belongs_to(table: str, column: str) -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["workspace_id", column], [f"{table}.workspace_id", f"{table}.id"], ondelete="CASCADE")


class Workspace(Row, table=True):
    """A Slack team that installed Baton."""

    id: str = Field(primary_key=True)
    name: str = ""
    bot_user_id: str = ""
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
    last_message_at: datetime | None = None
    ai_replied: bool = False
    """Whether the AI ever answered here; decides between the arms `human` and `ai_then_human`."""
    resolved_at: datetime | None = None
    resolved_by: str | None = None
    confirmation: str | None = None
    resolved_by_person: str | None = None
    """The agent or customer who pressed the button."""
    resolution_due_at: datetime | None = None
    """When silence counts as solved."""
    reopened: int = 0
    simulated: bool = False

    __table_args__ = (
        Index("uq_conversation_thread", "workspace_id", "channel_id", "thread_ts", unique=True),
        Index("ix_conversation_resolution_due", "workspace_id", "resolution_due_at"),
        Index("ix_conversation_resolved", "workspace_id", "resolved_at"),
        Index("ix_conversation_customer", "workspace_id", "customer_id", "channel_id"),
        Index("ix_conversation_state", "workspace_id", "state", "opened_at"),
        CheckConstraint("state IN ('with_ai','waiting','with_human','resolved')", name="state"),
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

    __table_args__ = (
        _belongs_to("conversation", "conversation_id"),
        Index("ix_message_conversation", "workspace_id", "conversation_id", "id"),
        Index("uq_message_ts", "workspace_id", "channel_id", "ts", unique=True),
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
    created_at: datetime = Field(default_factory=now)

    __table_args__ = (
        _belongs_to("conversation", "conversation_id"),
        Index("ix_draft_conversation", "workspace_id", "conversation_id", "id"),
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
    sentiment: float = 0.0
    frustration: float = 0.0
    topic: str = ""
    stage: str = ""
    threshold: float = 0.0
    frustration_limit: float = 0.0
    elapsed_ms: float = 0.0
    created_at: datetime = Field(default_factory=now)

    __table_args__ = (
        _belongs_to("conversation", "conversation_id"),
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
        _belongs_to("conversation", "conversation_id"),
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


class Survey(Row, table=True):
    """The question after a resolution: who was asked, when, and whether they answered."""

    workspace_id: str = Field(primary_key=True, foreign_key="workspace.id")
    conversation_id: str = Field(primary_key=True)
    customer_id: str
    asked_at: datetime = Field(default_factory=now)
    answered_at: datetime | None = None

    __table_args__ = (_belongs_to("conversation", "conversation_id"),)


class Rating(Row, table=True):
    """A 1-5 answer with an optional comment; one a conversation, the last wins."""

    workspace_id: str = Field(primary_key=True, foreign_key="workspace.id")
    conversation_id: str = Field(primary_key=True)
    customer_id: str
    score: int
    comment: str = ""
    rated_at: datetime = Field(default_factory=now)

    __table_args__ = (
        _belongs_to("conversation", "conversation_id"),
        CheckConstraint("score BETWEEN 1 AND 5", name="score"),
    )


class Article(Row, table=True):
    """A document of the knowledge base."""

    workspace_id: str = Field(primary_key=True, foreign_key="workspace.id")
    id: str = Field(primary_key=True)
    source: str
    """Where it was synced from: a folder or a file, as given."""
    source_key: str
    """Its path or id within the source."""
    title: str
    url: str = ""
    topic: str = ""
    language: str = ""
    content_hash: str = ""
    updated_at: datetime = Field(default_factory=now)
    removed_at: datetime | None = None

    __table_args__ = (Index("uq_article_source_key", "workspace_id", "source", "source_key", unique=True),)


class Passage(Row, table=True):
    """A piece of an article. The search index over it is made by the migration (FTS5, tsvector)."""

    workspace_id: str = Field(primary_key=True, foreign_key="workspace.id")
    id: str = Field(primary_key=True)
    article_id: str
    ordinal: int
    heading_path: str = ""
    text: str = Field(sa_column=Column(Text, nullable=False))

    __table_args__ = (
        _belongs_to("article", "article_id"),
        Index("ix_passage_article", "workspace_id", "article_id", "ordinal"),
    )


class Inbox(Row, table=True):
    """What Slack sent and is not yet handled."""

    workspace_id: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    key: str
    """What makes a redelivery the same: channel and ts for messages, Slack's event id for the rest."""
    lane: str
    position: str
    """Orders a lane: Slack's event ts."""
    payload: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    state: str = "pending"
    attempts: int = 0
    lease: str | None = None
    """The fencing token of the worker that has it."""
    lease_until: datetime | None = None
    available_at: datetime = Field(default_factory=now)
    received_at: datetime = Field(default_factory=now)
    done_at: datetime | None = None
    error: str = ""

    __table_args__ = (
        Index("uq_inbox_key", "workspace_id", "key", unique=True),
        Index(
            "ix_inbox_waiting",
            "workspace_id",
            "lane",
            "position",
            sqlite_where=text("state = 'pending'"),
            postgresql_where=text("state = 'pending'"),
        ),
        Index(
            "uq_inbox_running_lane",
            "workspace_id",
            "lane",
            unique=True,
            sqlite_where=text("state = 'running'"),
            postgresql_where=text("state = 'running'"),
        ),
        CheckConstraint("state IN ('pending','running','done','dead')", name="state"),
    )


class Outbox(Row, table=True):
    """What is decided and not yet posted."""

    workspace_id: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    lane: str
    """The conversation: its posts go out in order."""
    method: str
    """The Slack method: chat.postMessage, chat.update, chat.postEphemeral, reactions.add, files.upload."""
    purpose: str = ""
    """What the post is for: reply, card, relay, note ...; decides what its outcome means."""
    conversation_id: str | None = None
    message_id: str | None = None
    """The message row that gets the post's ts."""
    channel_id: str = ""
    payload: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    thread_of: str | None = None
    """The outbox row in whose thread this one goes."""
    target_of: str | None = None
    """The outbox row whose post this one changes or reacts to; refused when that one was."""
    state: str = "pending"
    doubtful: bool = False
    """Whether an earlier try may have been posted: Slack is asked before the next one."""
    attempts: int = 0
    lease: str | None = None
    lease_until: datetime | None = None
    available_at: datetime = Field(default_factory=now)
    created_at: datetime = Field(default_factory=now)
    sent_at: datetime | None = None
    ts: str | None = None
    error: str = ""

    __table_args__ = (
        Index(
            "ix_outbox_waiting",
            "workspace_id",
            "lane",
            "id",
            sqlite_where=text("state = 'pending'"),
            postgresql_where=text("state = 'pending'"),
        ),
        Index(
            "uq_outbox_sending_lane",
            "workspace_id",
            "lane",
            unique=True,
            sqlite_where=text("state = 'sending'"),
            postgresql_where=text("state = 'sending'"),
        ),
        Index("ix_outbox_conversation", "workspace_id", "conversation_id", "id"),
        CheckConstraint("state IN ('pending','sending','sent','refused')", name="state"),
    )


class JobRun(Row, table=True):
    """A run of a scheduled job; inserting the row claims it, so any number of processes may try."""

    __tablename__ = "job_run"  # pyright: ignore[reportAssignmentType]

    workspace_id: str = Field(primary_key=True)
    job: str = Field(primary_key=True)
    due_at: datetime = Field(primary_key=True)
    claimed_at: datetime = Field(default_factory=now)
    finished_at: datetime | None = None
    error: str = ""
