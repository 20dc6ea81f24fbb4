"""Weeks with known shares: conversations, surveys and ratings in bulk, as many of each as a test asks for."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import UpdateBase, insert, update

from handoff.window import Window
from storage.database import Database
from storage.endings import Rating, Resolution, Survey
from storage.kinds import Confirmation, ConversationState, Offered, ResolvedBy, TakenBack
from storage.tables import Conversation, Topic, Workspace

AT_ONCE = 5000
WORKSPACE = "T1"


@dataclass(frozen=True)
class Cell:
    """The conversations of one arm in one topic. The first ones are asked, the first of those rate."""

    arm: ResolvedBy
    topic: str
    resolved: int
    asked: int = 0
    rated: int = 0
    satisfied: int = 0
    confirmed: int = 0
    reopened: int = 0
    simulated: int = 0
    taken_back: int = 0
    """Of the resolved, those whose customers came back; the last ones."""
    reply_seconds: float = 10
    resolution_seconds: float = 600


async def add_workspace(database: Database, topics: Sequence[str] = (), workspace_id: str = WORKSPACE) -> None:
    """A workspace with topics whose titles are their names, capitalised."""
    async with database.transaction() as session:
        session.add(Workspace(id=workspace_id, created_at=datetime.fromisoformat("2026-01-01T00:00Z")))
        await session.flush()
        session.add_all(Topic(workspace_id=workspace_id, name=name, title=name.capitalize()) for name in topics)


async def add(database: Database, window: Window, cells: Sequence[Cell], workspace_id: str = WORKSPACE) -> None:
    """Fill a window: the conversations end spread evenly over it."""
    rows = [_Rows(workspace_id, window, cell, index) for index, cell in enumerate(cells)]
    for table, kinds in (
        (Conversation, [each.conversations() for each in rows]),
        (Resolution, [each.resolutions() for each in rows]),
        (Survey, [each.surveys() for each in rows]),
        (Rating, [each.ratings() for each in rows]),
    ):
        values = [row for kind in kinds for row in kind]
        async with database.writing_connection() as connection:
            for start in range(0, len(values), AT_ONCE):
                await connection.execute(insert(table), values[start : start + AT_ONCE])


@dataclass(frozen=True)
class _Rows:
    workspace_id: str
    window: Window
    cell: Cell
    index: int

    def _key(self, number: int) -> str:
        return f"{self.window.since:%Y%m%d}-{self.index}-{number}"

    def _ended(self, number: int) -> datetime:
        whole = self.window.until - self.window.since
        return self.window.since + whole * ((number + 0.5) / self.cell.resolved)

    def conversations(self) -> Iterator[dict[str, Any]]:
        cell = self.cell
        for number in range(cell.resolved):
            ended = self._ended(number)
            opened = ended - timedelta(seconds=cell.resolution_seconds)
            person = None if cell.arm is ResolvedBy.AI else opened + timedelta(seconds=cell.reply_seconds)
            yield {
                "workspace_id": self.workspace_id,
                "id": self._key(number),
                "channel_id": "C1",
                "thread_ts": self._key(number),
                "customer_id": "U1",
                "state": ConversationState.RESOLVED,
                "topic": cell.topic,
                "language": "en",
                "opened_at": opened,
                "first_reply_at": opened + timedelta(seconds=cell.reply_seconds),
                "first_human_reply_at": person,
                "ai_replied": cell.arm is not ResolvedBy.HUMAN,
                "resolved_at": ended,
                "resolved_by": cell.arm,
                "confirmation": Confirmation.CONFIRMED if number < cell.confirmed else Confirmation.ASSUMED,
                "reopened": int(number < cell.reopened),
                "offered": Offered.PEOPLE if cell.arm is ResolvedBy.HUMAN else Offered.AI,
                "simulated": number < cell.simulated,
            }

    def resolutions(self) -> Iterator[dict[str, Any]]:
        copied = ("opened_at", "first_reply_at", "resolved_at", "resolved_by", "confirmation", "reopened", "simulated")
        for number, row in enumerate(self.conversations()):
            returned = number >= self.cell.resolved - self.cell.taken_back
            yield {
                **{name: row[name] for name in ("workspace_id", "id", "topic", *copied)},
                "conversation_id": row["id"],
                "offered": Offered.PEOPLE if self.cell.arm is ResolvedBy.HUMAN else Offered.AI,
                "taken_back_at": row["resolved_at"] + timedelta(days=1) if returned else None,
                "taken_back_how": TakenBack.RETURNED if returned else "",
                "returned_in": "",
            }

    def surveys(self) -> Iterator[dict[str, Any]]:
        for number in range(self.cell.asked):
            ended = self._ended(number)
            yield {
                "workspace_id": self.workspace_id,
                "conversation_id": self._key(number),
                "customer_id": "U1",
                "asked_at": ended,
                "answered_at": ended + timedelta(minutes=5) if number < self.cell.rated else None,
            }

    def ratings(self) -> Iterator[dict[str, Any]]:
        for number in range(self.cell.rated):
            satisfied = number < self.cell.satisfied
            yield {
                "workspace_id": self.workspace_id,
                "conversation_id": self._key(number),
                "customer_id": "U1",
                "score": (4 + number % 2) if satisfied else (1 + number % 3),
                "comment": "",
                "rated_at": self._ended(number) + timedelta(minutes=5),
            }


def every_rating(*, score: int) -> UpdateBase:
    """The statement that gives every rating this score."""
    return update(Rating).values(score=score)
