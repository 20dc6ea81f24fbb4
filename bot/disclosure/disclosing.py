"""Who may read a draft: nobody may read more in a reply than in the articles that it rests on.

A draft rests on every passage that its drafter was shown, cited or not, and on what was answered before in the
conversation, which it may repeat. Articles change, so this is asked when a draft is about to be shown, not when it is
made.
"""

from enum import StrEnum

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.disclosure import readers
from handoff.audience import Reader
from storage import audiences, handoffs
from storage.kinds import Action
from storage.tables import Conversation, Decision

SEEN = (Action.ANSWER, Action.CLARIFY)
"""What the customer was told; drafts that only agents saw are not repeated by later ones."""


class Circle(StrEnum):
    """How far a draft may be shown."""

    EVERYONE = "everyone"
    """In the conversation's thread, whoever reads along."""
    CUSTOMER = "customer"
    """To the customer alone."""
    NOBODY = "nobody"
    """To agents alone: an article behind it is no longer for this customer."""


async def circle(session: AsyncSession, conversation: Conversation, draft_id: str | None) -> Circle:
    """How far a draft of a conversation may be shown now."""
    behind = await _behind(session, conversation, draft_id)
    found = {each["article_id"] for decision in behind for each in decision.passages}
    known = await audiences.of_articles(session, conversation.workspace_id, found)
    asker = Reader.from_json(behind[-1].reader) if behind else Reader()
    if not all(asker.may_read(audience) for audience in known.values()):
        return Circle.NOBODY
    public = readers.everyone_beside(conversation)
    if public is None:
        return Circle.EVERYONE
    # An article that is gone was for whoever the draft was made for, and nobody knows any more for whom else.
    unknown = asker.reads_alone and len(known) < len(found)
    wide = not unknown and all(public.may_read(audience) for audience in known.values())
    return Circle.EVERYONE if wide else Circle.CUSTOMER


async def _behind(session: AsyncSession, conversation: Conversation, draft_id: str | None) -> list[Decision]:
    """The decision of the draft, after those whose replies it could build upon."""
    if not draft_id:
        return []
    made = await handoffs.decisions(session, conversation.workspace_id, conversation.id)
    own = next((each for each in made if each.draft_id == draft_id), None)
    if own is None:
        return []
    return [*(each for each in made if each.id < own.id and each.action in SEEN), own]
