"""How conversations ended, and what customers thought of it, as tables."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field

from storage.row import Row, belongs_to, now


class Survey(Row, table=True):
    """The question after a resolution: who was asked, when, and whether they answered."""

    workspace_id: str = Field(primary_key=True, foreign_key="workspace.id")
    conversation_id: str = Field(primary_key=True)
    customer_id: str
    asked_at: datetime = Field(default_factory=now)
    answered_at: datetime | None = None

    __table_args__ = (belongs_to("conversation", "conversation_id"),)


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
