"""What a customer finds of a reply, by its buttons: stored with the draft, and to be taken back once."""

from enum import Enum, auto

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.desk import reviewing
from storage import handoffs
from storage.row import now
from storage.tables import Conversation, DraftRow


class Noted(Enum):
    """What became of a press."""

    FIRST = auto()
    CHANGED = auto()
    SAME = auto()
    """It says what was said before."""
    REFUSED = auto()
    """It was taken back once already."""
    UNKNOWN = auto()
    """There is no such draft here."""


async def note(session: AsyncSession, conversation: Conversation, draft_id: str | None, *, helpful: bool) -> Noted:
    """Store what the customer says of a draft. "Not helpful" has the draft reviewed for certain."""
    draft = await handoffs.draft(session, conversation.workspace_id, draft_id)
    if draft is None or draft.conversation_id != conversation.id:
        return Noted.UNKNOWN
    before = _said(draft)
    if before is helpful:
        return Noted.SAME
    if before is not None and draft.feedback_changed:
        return Noted.REFUSED
    draft.helpful_at, draft.unhelpful_at = (now(), None) if helpful else (None, now())
    draft.feedback_changed = before is not None
    if not helpful:
        conversation.thumbs_down += 1
        await reviewing.certain(session, conversation, draft)
    elif before is False:
        conversation.thumbs_down = max(0, conversation.thumbs_down - 1)
    session.add_all([draft, conversation])
    return Noted.FIRST if before is None else Noted.CHANGED


def _said(draft: DraftRow) -> bool | None:
    """What was said of the draft until now; None for nothing."""
    return True if draft.helpful_at else False if draft.unhelpful_at else None
