"""The durable queues as tables, and the runs of scheduled jobs."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Column, Index, text
from sqlmodel import Field

from storage.row import Row, now


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
    forgotten: bool = False
    """Whether somebody in it was erased before it was handled: then nothing that was said stays once it is."""
    signed_at: datetime | None = None
    """Since when a sign beside the message says that Baton is on it; empty once it is taken away."""

    __table_args__ = (
        Index(
            "ix_inbox_signed",
            "workspace_id",
            "signed_at",
            sqlite_where=text("signed_at IS NOT NULL"),
            postgresql_where=text("signed_at IS NOT NULL"),
        ),
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
        Index(
            "ix_inbox_done",
            "workspace_id",
            "done_at",
            sqlite_where=text("state = 'done'"),
            postgresql_where=text("state = 'done'"),
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
    begun_ts: str | None = None
    """The ts of a streamed post that has begun; after a crash it is completed instead of posted again."""
    error: str = ""
    forgotten: bool = False
    """Whether it tells of somebody who was erased before it was posted: then nothing of it stays once it is."""

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
        Index(
            "ix_outbox_sent",
            "workspace_id",
            "sent_at",
            sqlite_where=text("state = 'sent' AND purpose <> 'card'"),
            postgresql_where=text("state = 'sent' AND purpose <> 'card'"),
        ),
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
