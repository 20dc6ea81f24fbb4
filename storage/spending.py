"""What is spent, as tables: calls of models, the running totals and budget of a day, and people's time."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field

from storage.row import Row, now


class ModelCall(Row, table=True):
    """One call of a model, also one whose answer was thrown away or never came.

    It names no foreign key: it holds no word of a conversation, and what was spent stays spent.
    """

    __tablename__ = "model_call"  # pyright: ignore[reportAssignmentType]

    workspace_id: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    day: str
    """Such as 2026-11-26, in the team's time zone: by it days are told and budgets held."""
    conversation_id: str = ""
    """Empty outside conversations, and where a turn came to nothing."""
    topic: str = ""
    purpose: str
    """From `storage.kinds.CallPurpose`."""
    model: str
    tokens_in: int = 0
    tokens_cached: int = 0
    """Of those that went in, how many the server had read before."""
    tokens_out: int = 0
    dollars: float = 0.0
    elapsed_ms: float = 0.0
    outcome: str = ""
    """`ok`, or a machine word for what went wrong."""
    created_at: datetime = Field(default_factory=now)

    __table_args__ = (
        Index("ix_model_call_conversation", "workspace_id", "conversation_id"),
        Index("ix_model_call_day", "workspace_id", "day"),
    )


class DailyCost(Row, table=True):
    """The running total of a day, for one topic, purpose and model; each call adds to it."""

    __tablename__ = "daily_cost"  # pyright: ignore[reportAssignmentType]

    workspace_id: str = Field(primary_key=True)
    day: str = Field(primary_key=True)
    topic: str = Field(primary_key=True)
    purpose: str = Field(primary_key=True)
    model: str = Field(primary_key=True)
    calls: int = 0
    failed: int = 0
    tokens_in: int = 0
    tokens_cached: int = 0
    tokens_out: int = 0
    dollars: float = 0.0


class BudgetDay(Row, table=True):
    """What became of a day's budget: how far it was raised, and of what the managers were told."""

    __tablename__ = "budget_day"  # pyright: ignore[reportAssignmentType]

    workspace_id: str = Field(primary_key=True)
    day: str = Field(primary_key=True)
    raised: float = 0.0
    """Dollars that managers added for this day."""
    raised_by: str = ""
    warned_at: float = 0.0
    """The budget, in dollars, whose near end the managers were last told of; 0 for none."""
    stopped_at: float = 0.0
    """The budget, in dollars, whose end they were last told of; 0 for none."""


class Effort(Row, table=True):
    """A person's time for one deed: the stretch before it that was spent on it.

    It names no foreign key: it holds no word of a conversation, and time that was spent stays spent.
    """

    workspace_id: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    conversation_id: str
    person_id: str
    kind: str
    """From `storage.kinds.EffortKind`."""
    seconds: float
    """0 where the deed only began something, such as a claim."""
    at: datetime = Field(default_factory=now)
    """The deed, with which the stretch ended."""

    __table_args__ = (
        Index("ix_effort_at", "workspace_id", "at"),
        Index("ix_effort_conversation", "workspace_id", "conversation_id"),
        Index("ix_effort_person", "workspace_id", "person_id", "at"),
        CheckConstraint("kind IN ('review','approval','correction','conversation')", name="kind"),
        CheckConstraint("seconds >= 0", name="seconds"),
    )
