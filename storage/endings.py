"""How conversations ended, and what customers thought of it, as tables."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Column, Index, text
from sqlmodel import Field

from storage.row import Row, belongs_to, now


class Survey(Row, table=True):
    """The question after a resolution: who is to be asked and when, who was, whether they answered, and if not, why.

    One a conversation, about its last resolution; what was asked about earlier ones is kept in `earlier`.
    """

    workspace_id: str = Field(primary_key=True, foreign_key="workspace.id")
    conversation_id: str = Field(primary_key=True)
    customer_id: str
    resolved_at: datetime | None = None
    """Of the resolution that it asks about."""
    due_at: datetime | None = None
    """When the customer is to be asked, or reminded once they were; empty when nothing is to be done."""
    asked_at: datetime | None = None
    reminded_at: datetime | None = None
    answered_at: datetime | None = None
    """When the customer first gave a score; the rating knows when they last did."""
    expires_at: datetime | None = None
    """From when on a score comes too late to count."""
    not_asked: str = ""
    """A `NotAsked` when the customer was not asked."""
    late_score: int | None = None
    """What was pressed too late: it is kept, and counts nowhere."""
    late_at: datetime | None = None
    earlier: list[dict[str, Any]] = Field(default_factory=list, sa_column=Column(JSON, nullable=False, default=list))
    """For each earlier resolution, the oldest first: the times above that were set, as ISO 8601, and `not_asked`."""

    __table_args__ = (
        belongs_to("conversation", "conversation_id"),
        Index("ix_survey_due", "workspace_id", "due_at"),
        Index("ix_survey_asked", "workspace_id", "asked_at"),
        Index("ix_survey_answered", "workspace_id", "answered_at"),
    )


class Contact(Row, table=True):
    """When a person was last asked how it went, in whichever conversation: nobody is asked too often."""

    workspace_id: str = Field(primary_key=True, foreign_key="workspace.id")
    customer_id: str = Field(primary_key=True)
    asked_at: datetime
    conversation_id: str
    """What they were asked about; it may be gone."""


class Rating(Row, table=True):
    """A 1-5 answer with an optional comment; one a conversation, the last wins."""

    workspace_id: str = Field(primary_key=True, foreign_key="workspace.id")
    conversation_id: str = Field(primary_key=True)
    customer_id: str
    score: int
    comment: str = ""
    rated_at: datetime = Field(default_factory=now)

    __table_args__ = (
        belongs_to("conversation", "conversation_id"),
        Index(
            "ix_rating_low",
            "workspace_id",
            "rated_at",
            sqlite_where=text("score <= 2"),
            postgresql_where=text("score <= 2"),
        ),
        CheckConstraint("score BETWEEN 1 AND 5", name="score"),
    )


class Resolution(Row, table=True):
    """One time that a conversation was resolved, as it was then; reports count these."""

    workspace_id: str = Field(primary_key=True, foreign_key="workspace.id")
    id: str = Field(primary_key=True)
    conversation_id: str
    topic: str = ""
    resolved_by: str
    confirmation: str
    resolved_by_person: str | None = None
    """The agent or customer who pressed the button; None after silence."""
    resolved_at: datetime
    opened_at: datetime
    first_reply_at: datetime | None = None
    reopened: int = 0
    """How often the matter had been reopened before."""
    offered: str = ""
    """An `Offered`."""
    simulated: bool = False
    reopened_at: datetime | None = None
    """When the customer went on in the thread, however late; ratings from then on are of the next resolution."""
    taken_back_at: datetime | None = None
    """When the customer came back with the same matter within the days set; it does not count as resolved then."""
    taken_back_how: str = ""
    """A `TakenBack`."""
    returned_in: str = ""
    """The new conversation in which they came back."""

    __table_args__ = (
        belongs_to("conversation", "conversation_id"),
        Index("ix_resolution_resolved", "workspace_id", "resolved_at"),
        Index("ix_resolution_topic", "workspace_id", "topic", "resolved_at"),
        Index("ix_resolution_conversation", "workspace_id", "conversation_id", "resolved_at"),
        Index(
            "uq_resolution_standing",
            "workspace_id",
            "conversation_id",
            unique=True,
            sqlite_where=text("reopened_at IS NULL"),
            postgresql_where=text("reopened_at IS NULL"),
        ),
        CheckConstraint("resolved_by IN ('ai','ai_then_human','human')", name="resolved_by"),
        CheckConstraint("confirmation IN ('confirmed','assumed')", name="confirmation"),
        CheckConstraint("taken_back_how IN ('','reopened','returned')", name="taken_back_how"),
    )


class ErasedCount(Row, table=True):
    """What is still counted of a conversation that was erased, one row for each thing that is counted.

    It holds no word, no name, no place and no id of it; its time is told to the quarter of an hour.
    """

    __tablename__ = "erased_count"  # pyright: ignore[reportAssignmentType]

    workspace_id: str = Field(primary_key=True, foreign_key="workspace.id")
    id: str = Field(primary_key=True)
    what: str
    """`opened`, `resolved` or `handed_off`."""
    at: datetime
    topic: str = ""
    arm: str = ""
    reason: str = ""
    """Of a handoff."""
    offered: str = ""
    confirmed: bool = False
    reopened: bool = False
    simulated: bool = False
    taken_back: bool = False
    resolved: bool = False
    """Of what was opened, whether it was resolved and not taken back."""
    asked: bool = False
    score: int | None = None
    dollars: float = 0.0
    """What models cost until it was resolved, where it was not taken back."""

    __table_args__ = (
        Index("ix_erased_count_at", "workspace_id", "what", "at"),
        CheckConstraint("what IN ('opened','resolved','handed_off')", name="what"),
    )


class SettledDay(Row, table=True):
    """A local day whose counts no longer change: its resolutions are final, and its surveys have expired.

    The days of a workspace follow each other without a gap, also where the team changes its time zone.
    """

    __tablename__ = "settled_day"  # pyright: ignore[reportAssignmentType]

    workspace_id: str = Field(primary_key=True, foreign_key="workspace.id")
    since: datetime = Field(primary_key=True)
    until: datetime
    day: str
    """Such as 2026-11-26, in the team's time zone of then."""
    settled_at: datetime = Field(default_factory=now)

    __table_args__ = (Index("ix_settled_day_until", "workspace_id", "until"),)


class DayTally(Row, table=True):
    """What was resolved on a settled day in one topic by one arm, counted once and kept."""

    __tablename__ = "day_tally"  # pyright: ignore[reportAssignmentType]

    workspace_id: str = Field(primary_key=True, foreign_key="workspace.id")
    since: datetime = Field(primary_key=True)
    """When the day begins."""
    topic: str = Field(primary_key=True)
    arm: str = Field(primary_key=True)
    offered: str = Field(primary_key=True)
    resolved: int = 0
    """Those that stayed resolved."""
    confirmed: int = 0
    reopened: int = 0
    simulated: int = 0
    taken_back: int = 0
    asked: int = 0
    answered: int = 0
    rated_1: int = 0
    rated_2: int = 0
    rated_3: int = 0
    rated_4: int = 0
    rated_5: int = 0

    __table_args__ = (Index("ix_day_tally_topic", "workspace_id", "topic", "since"),)
