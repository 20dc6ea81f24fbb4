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
