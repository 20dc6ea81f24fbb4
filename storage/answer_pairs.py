"""Answers that people taught as tables."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column, Index, Text
from sqlmodel import Field

from storage.row import Row, belongs_to, now


class AnswerPair(Row, table=True):
    """A question and the answer that a person gave and a person approved; its words stand in an article of its own."""

    __tablename__ = "answer_pair"  # pyright: ignore[reportAssignmentType]

    workspace_id: str = Field(primary_key=True, foreign_key="workspace.id")
    article_id: str = Field(primary_key=True)
    conversation_id: str
    """Where it came from; the conversation may be erased by now. Of an article about a theme, `theme:` and its key."""
    question: str = Field(sa_column=Column(Text, nullable=False))
    answer: str = Field(sa_column=Column(Text, nullable=False))
    given_by: str = ""
    """The agent whose answer it was."""
    taught_by: str = ""
    taught_at: datetime = Field(default_factory=now)
    rests_on: list[dict[str, Any]] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    """The articles that the conversation's drafts cited: each {article_id, title, content_hash}, as it was then."""
    used: int = 0
    """How many replies rested on it."""
    used_at: datetime | None = None
    forgotten_by: str = ""
    forgotten_at: datetime | None = None

    __table_args__ = (
        belongs_to("article", "article_id"),
        Index("uq_answer_pair_conversation", "workspace_id", "conversation_id", unique=True),
        Index("ix_answer_pair_taught", "workspace_id", "taught_at"),
    )


class AnswerChange(Row, table=True):
    """What was done to an answer pair, by whom and when; written once, never changed."""

    __tablename__ = "answer_change"  # pyright: ignore[reportAssignmentType]

    workspace_id: str = Field(primary_key=True, foreign_key="workspace.id")
    id: str = Field(primary_key=True)
    article_id: str
    event: str
    """An AnswerEvent."""
    by: str
    at: datetime
    question: str = Field(sa_column=Column(Text, nullable=False))
    answer: str = Field(sa_column=Column(Text, nullable=False))

    __table_args__ = (
        belongs_to("article", "article_id"),
        Index("ix_answer_change_pair", "workspace_id", "article_id", "id"),
    )
