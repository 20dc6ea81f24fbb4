"""Questions asked in vain, as rows: for tests of themes."""

from datetime import datetime
from typing import Any

from storage.database import Database
from storage.ids import new_id
from storage.kinds import Action, HandoffReason
from storage.tables import Conversation, Decision, Message
from tests.weeks import WORKSPACE


async def asked(
    database: Database,
    text: str,
    at: datetime,
    *,
    workspace_id: str = WORKSPACE,
    reply: str = "",
    decision: dict[str, Any] | None = None,
    **changed: Any,
) -> tuple[str, str]:
    """Store a question that was handed off because nothing was found, and what a person replied to it.

    Returns:
        The ids of its conversation and of its message.
    """
    conversation_id, message_id = new_id(), new_id()
    row: dict[str, Any] = {"channel_id": "C9", "customer_id": "U9", "opened_at": at, "language": "en", **changed}
    decided: dict[str, Any] = {"action": Action.HAND_OFF, "reason": HandoffReason.NOTHING_FOUND, **(decision or {})}
    async with database.transaction() as session:
        session.add(Conversation(workspace_id=workspace_id, id=conversation_id, thread_ts=conversation_id, **row))
        await session.flush()
        session.add(_message(workspace_id, conversation_id, at, (message_id, "customer", text)))
        if reply:
            session.add(_message(workspace_id, conversation_id, at, (new_id(), "agent", reply)))
        await session.flush()
        session.add(
            Decision(
                workspace_id=workspace_id,
                id=new_id(),
                conversation_id=conversation_id,
                message_id=message_id,
                created_at=at,
                **decided,
            )
        )
    return conversation_id, message_id


def _message(workspace_id: str, conversation_id: str, at: datetime, said: tuple[str, str, str]) -> Message:
    id_, author, text = said
    return Message(
        workspace_id=workspace_id,
        id=id_,
        conversation_id=conversation_id,
        author=author,
        author_id="U9",
        text=text,
        channel_id="C9",
        ts=id_,
        created_at=at,
    )
