"""What is watched between reports, and the alerts that it led to, as tables."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column, Index
from sqlmodel import Field

from storage.row import Row, now


class Watched(Row, table=True):
    """One series of outcomes that is watched, with all that is remembered of it."""

    workspace_id: str = Field(primary_key=True, foreign_key="workspace.id")
    kind: str = Field(primary_key=True)
    """Which outcomes; see `handoff.watches`."""
    topic: str = Field(primary_key=True)
    """Empty for all topics together."""
    state: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    since: datetime = Field(default_factory=now)
    """Outcomes from before only teach what is usual."""
    read_until: datetime
    """Up to which outcome it was read, with `read_id`; kept in the row of all topics."""
    read_id: str = ""
    muted_until: datetime | None = None
    muted_by: str = ""
    updated_at: datetime = Field(default_factory=now)


class Alert(Row, table=True):
    """Something out of the ordinary that managers were told of."""

    workspace_id: str = Field(primary_key=True, foreign_key="workspace.id")
    id: str = Field(primary_key=True)
    kind: str
    topic: str = ""
    raised_at: datetime = Field(default_factory=now)
    since: datetime
    """When it began, as far as can be told."""
    figures: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    """What was seen; see `handoff.alerts.Rise`."""
    told: bool = True
    """False when it was muted."""
    seen_at: datetime | None = None
    seen_by: str = ""
    ended_at: datetime | None = None
    ended_as: str = ""
    """`recovered`, `usual_now` when it stayed so long that it became the usual, or `topic_gone`."""
    channel_id: str = ""
    """Where its card stands, or is to stand; empty when nobody was told."""
    ts: str | None = None
    """Of the card, once Slack has it."""
    refused: bool = False
    """Whether Slack did not take the card, and never will in that channel."""
    stale: bool = False
    """Whether something was changed that the card does not say yet."""

    __table_args__ = (Index("ix_alert_raised", "workspace_id", "raised_at"),)
