"""What autonomy is earned by, as tables: reviews, certificates, fitted models, monitors, and who changed what."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Column, Index, LargeBinary, text
from sqlmodel import Field

from storage.kinds import FitState
from storage.row import Row, now


class Review(Row, table=True):
    """A draft drawn for review, and a person's verdict on it.

    It names no foreign key: it outlives an erased conversation, of which it holds no word.
    """

    workspace_id: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    draft_id: str
    reading: int = 1
    """1, or 2 for the second, independent reading."""
    conversation_id: str
    decision_id: str
    topic: str
    drafter_version: str
    confidence_version: str = ""
    confidence: float = 0.0
    signals: dict[str, float] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    answered: bool = False
    """Whether the draft went to the customer with nobody's approval."""
    audit: bool = False
    """Whether the uniform coin drew it: certificates and monitors rest on these alone."""
    audit_share: float = 0.0
    probability: float = 0.0
    """The chance, 0..1, with which it was drawn by any coin."""
    drawn: str
    drafted_at: datetime = Field(default_factory=now)
    held_by: str | None = None
    """Who is reading it."""
    held_until: datetime | None = None
    verdict: str | None = None
    """None as long as it waits."""
    fault: str = ""
    """What was wrong, from a closed list."""
    note: str = ""
    customer_frustrated: bool | None = None
    """What the reader says of the customer's mood."""
    reviewer_id: str | None = None
    reviewed_at: datetime | None = None
    seconds: float | None = None
    """How long the reader took."""

    __table_args__ = (
        Index("uq_review_reading", "workspace_id", "draft_id", "reading", unique=True),
        Index("ix_review_evidence", "workspace_id", "topic", "drafter_version", "audit", "drafted_at"),
        Index("ix_review_conversation", "workspace_id", "conversation_id"),
        Index("ix_review_reviewed", "workspace_id", "reviewed_at"),
        Index("ix_review_drafted", "workspace_id", "drafted_at"),
        Index(
            "ix_review_waiting",
            "workspace_id",
            "drafted_at",
            sqlite_where=text("verdict IS NULL"),
            postgresql_where=text("verdict IS NULL"),
        ),
        CheckConstraint("verdict IN ('right','incomplete','wrong','harmful','unsure')", name="verdict"),
        CheckConstraint("drawn IN ('audit','targeted','certain','copilot')", name="drawn"),
        CheckConstraint("probability >= 0 AND probability <= 1", name="probability_share"),
        CheckConstraint("reading IN (1, 2)", name="reading"),
    )


class Certificate(Row, table=True):
    """The threshold for which reviews prove that the error of a topic stays within its tolerance."""

    workspace_id: str = Field(primary_key=True, foreign_key="workspace.id")
    id: str = Field(primary_key=True)
    topic: str
    drafter_version: str
    confidence_version: str
    tolerance: float
    risk: float
    """The chance, 0..1, that the promise does not hold although the reviews let it pass."""
    threshold: float
    reviews: int
    """Reviewed drafts at or above the threshold."""
    wrong: int
    """Those of them that were not right."""
    looked_at: int
    """All reviews of the evidence at that look."""
    share_answered: float
    """The share, 0..1, of drafts at or above the threshold."""
    issued_at: datetime = Field(default_factory=now)
    withdrawn_at: datetime | None = None
    withdrawn_because: str = ""

    __table_args__ = (
        Index("ix_certificate_topic", "workspace_id", "topic", "drafter_version", "confidence_version", "issued_at"),
    )


class Look(Row, table=True):
    """A look at the evidence of a topic: each spends a part of the risk, so it is made once."""

    workspace_id: str = Field(primary_key=True, foreign_key="workspace.id")
    topic: str = Field(primary_key=True)
    drafter_version: str = Field(primary_key=True)
    confidence_version: str = Field(primary_key=True)
    tolerance: float = Field(primary_key=True)
    number: int = Field(primary_key=True)
    """1 for the first."""
    reviews: int
    """All reviews of the evidence then."""
    passed: bool = False
    looked_at: datetime = Field(default_factory=now)


class ConfidenceFit(Row, table=True):
    """A confidence model fitted on the team's reviews."""

    __tablename__ = "confidence_fit"  # pyright: ignore[reportAssignmentType]

    workspace_id: str = Field(primary_key=True, foreign_key="workspace.id")
    version: str = Field(primary_key=True)
    weights: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    reviews: int
    trained_until: datetime
    """Drafts made later than this are evidence about the model; earlier ones taught it."""
    metrics: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    state: str = FitState.CANDIDATE
    created_at: datetime = Field(default_factory=now)

    __table_args__ = (
        Index("ix_confidence_fit_state", "workspace_id", "state", "created_at"),
        CheckConstraint("state IN ('candidate','serving','retired','rejected')", name="state"),
    )


class KnownQuestions(Row, table=True):
    """The recogniser of known questions that was trained with a confidence model, and is used with it alone."""

    __tablename__ = "known_questions"  # pyright: ignore[reportAssignmentType]

    workspace_id: str = Field(primary_key=True, foreign_key="workspace.id")
    version: str = Field(primary_key=True)
    """Of the confidence model."""
    recogniser: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    cleaned: int = 0
    """How often somebody's words were taken out: who has it in memory reads it anew when this has changed."""


class MoodFit(Row, table=True):
    """A reading of moods fitted on the team's labels."""

    __tablename__ = "mood_fit"  # pyright: ignore[reportAssignmentType]

    workspace_id: str = Field(primary_key=True, foreign_key="workspace.id")
    version: str = Field(primary_key=True)
    weights: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    labels: int
    metrics: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    state: str = FitState.CANDIDATE
    created_at: datetime = Field(default_factory=now)

    __table_args__ = (
        Index("ix_mood_fit_state", "workspace_id", "state", "created_at"),
        CheckConstraint("state IN ('candidate','serving','retired','rejected')", name="state"),
    )


class Monitor(Row, table=True):
    """How the promise of a topic has held since it was given: a few numbers, moved on by each review."""

    workspace_id: str = Field(primary_key=True, foreign_key="workspace.id")
    topic: str = Field(primary_key=True)
    since: datetime = Field(default_factory=now)
    """The promotion; replies from then on count."""
    tolerance: float
    state: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    seen: int = 0
    wrong: int = 0
    alarmed_at: datetime | None = None
    alarm: str = ""
    """Why, in words."""


class TopicChange(Row, table=True):
    """Who changed what about a topic, when and why; written once."""

    __tablename__ = "topic_change"  # pyright: ignore[reportAssignmentType]

    workspace_id: str = Field(primary_key=True, foreign_key="workspace.id")
    id: str = Field(primary_key=True)
    topic: str
    event: str
    before: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    after: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    by: str
    """A user id; `baton` for what it did by itself; the name at the terminal."""
    why: str = ""
    at: datetime = Field(default_factory=now)

    __table_args__ = (Index("ix_topic_change_topic", "workspace_id", "topic", "id"),)
