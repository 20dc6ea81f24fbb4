"""Themes of questions that were asked in vain, and how often each was asked, as tables.

Of what customers wrote they hold only words that several questions share: whose conversation is erased is in no example
and in no draft any more.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Column, Index, LargeBinary
from sqlmodel import Field

from storage.kinds import ThemeState
from storage.row import Row, belongs_to, now


class Theme(Row, table=True):
    """Questions that resemble each other, and that Baton could not answer or answered badly."""

    workspace_id: str = Field(primary_key=True, foreign_key="workspace.id")
    key: str = Field(primary_key=True)
    """Stays the same from week to week."""
    name: str
    language: str = ""
    terms: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    """The stems that tell it from other themes, each with its weight, by which it is known again."""
    named_by_model: bool = False
    name_refused: bool = False
    """Whether a model was asked for a name and gave none that may be shown."""
    first_asked_at: datetime
    last_asked_at: datetime
    seen_until: datetime
    """The end of the newest window in which it was looked for; an older window changes nothing."""
    state: str = ThemeState.OPEN
    article_id: str = ""
    """The article that was drafted for it."""
    settled_at: datetime | None = None
    """The end of the window that says that the questions stopped."""

    __table_args__ = (
        Index("ix_theme_seen", "workspace_id", "last_asked_at"),
        CheckConstraint("state IN ('open','drafted','settled')", name="state"),
    )


class ThemeSearch(Row, table=True):
    """When themes were looked for in one window, and among how many conversations."""

    __tablename__ = "theme_search"  # pyright: ignore[reportAssignmentType]

    workspace_id: str = Field(primary_key=True, foreign_key="workspace.id")
    since: datetime = Field(primary_key=True)
    until: datetime = Field(primary_key=True)
    found_at: datetime
    conversations: int
    """In which something was asked in vain."""
    looked_at: int
    """Of them, how many were read."""


class ThemeWindow(Row, table=True):
    """How often a theme was asked in one window, and where."""

    __tablename__ = "theme_window"  # pyright: ignore[reportAssignmentType]

    workspace_id: str = Field(primary_key=True, foreign_key="workspace.id")
    since: datetime = Field(primary_key=True)
    until: datetime = Field(primary_key=True)
    theme_key: str = Field(primary_key=True)
    questions: int
    before: int = 0
    """In the window of the same length before it."""
    asked: list[list[str]] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    """Each [conversation_id, message_id], the most typical first."""

    __table_args__ = (Index("ix_theme_window_theme", "workspace_id", "theme_key", "until"),)


class QuestionVector(Row, table=True):
    """What a question that was asked in vain means to an embedding model: 32-bit floats of length 1.

    It is made once, is read each night that looks at the question, and goes with its message.
    """

    __tablename__ = "question_vector"  # pyright: ignore[reportAssignmentType]

    workspace_id: str = Field(primary_key=True, foreign_key="workspace.id")
    message_id: str = Field(primary_key=True)
    model: str
    told: str
    """A digest of the words that the model read, masked: with other words, the vector is made anew."""
    vector: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    made_at: datetime = Field(default_factory=now)

    __table_args__ = (
        belongs_to("message", "message_id"),
        Index("ix_question_vector_made", "workspace_id", "made_at"),
    )
