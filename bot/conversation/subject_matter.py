"""What a conversation was about that went to people without a draft: found at its end, by its customer's words.

Who asks for a person at once gets no draft, so that their conversation has no topic, and could be compared with nothing
the AI does. Looking afterwards keeps the comparison honest as long as nothing is looked at that came of the treatment:
the customer's words alone are, from the first on, and only until they tell. And it is done only where the rule names
topics as drafts do.
"""

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.knowledge import search
from handoff import topic_vote
from handoff.audience import Reader
from handoff.draft import Author, Turn
from storage import conversations, handoffs, past_decisions, standing
from storage.tables import Conversation

LATE_DRAFTS = 60
"""So many of the newest are held against the rule."""
MOST_LOOKED_AT = 4
"""Messages of the customer; who has not said by then what it is about is not understood by more of them."""


async def topic(session: AsyncSession, conversation: Conversation) -> str:
    """The topic that the articles found for the customer's words speak for; empty when none speaks of them."""
    late = await past_decisions.topics_named(session, conversation.workspace_id, limit=LATE_DRAFTS)
    if not topic_vote.agrees(late):
        return ""
    since = await standing.began_anew(session, conversation)
    said = [
        each
        for each in await conversations.messages(session, conversation.workspace_id, conversation.id)
        if each.author == Author.CUSTOMER and (since is None or each.created_at >= since)
    ]
    turns = [
        Turn(Author.CUSTOMER, told, each.created_at) for each in said if (told := topic_vote.without_wishes(each.text))
    ]
    reader = await _reader(session, conversation)
    for count in range(1, min(len(turns), MOST_LOOKED_AT) + 1):
        found = await search.search(session, conversation.workspace_id, turns[:count], reader=reader)
        if named := topic_vote.topic_of(topic_vote.close_enough(found)):
            return named
    return ""


async def _reader(session: AsyncSession, conversation: Conversation) -> Reader:
    """The customer as they were when they asked, who finds what a draft would have rested on."""
    decided = await handoffs.decisions(session, conversation.workspace_id, conversation.id)
    return Reader.from_json(decided[0].reader) if decided else Reader(conversation.channel_id)
