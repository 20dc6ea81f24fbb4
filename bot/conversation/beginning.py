"""What the first question of a conversation settles: to whom it is offered, and whether its customer has come back."""

import asyncio
from dataclasses import replace
from datetime import timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.runtime import Runtime
from bot.thinking.considering import Considered
from handoff import holdout
from handoff.draft import Author
from handoff.matter import same_matter
from storage import conversations, standing
from storage.kinds import Offered
from storage.row import now
from storage.tables import Conversation, Message


async def weighed(
    session: AsyncSession, runtime: Runtime, conversation: Conversation, message: Message, considered: Considered
) -> Considered:
    """Settle it once, in the transaction of the turn; the same verdict, unless the lot sends it straight to people."""
    if conversation.offered or considered.nothing_asked:
        return considered
    takes_part = holdout.eligible(considered.mood, considered.policy, by_words=considered.assessment is None)
    share = runtime.team.comparison.holdout
    conversation.offered = holdout.offered(runtime.sampling_key, conversation.id, share, takes_part=takes_part)
    session.add(conversation)
    await _take_back_earlier(session, runtime, conversation, message)
    if conversation.offered != Offered.PEOPLE_BY_LOT:
        return considered
    # The draft is kept, so that the topic is known on both sides alike; agents work as they would without it.
    return replace(considered, verdict=holdout.straight_to_people())


def drawn(considered: Considered) -> bool:
    """Whether the lot has sent the conversation straight to people with this message."""
    return holdout.DRAWN in considered.verdict.reasons


async def _take_back_earlier(
    session: AsyncSession, runtime: Runtime, conversation: Conversation, message: Message
) -> None:
    """Whoever comes back with the same matter takes its resolution back, as one who goes on in its thread."""
    since = now() - timedelta(days=runtime.team.comparison.resolution_days)
    for earlier in await standing.lately_of_customer(session, conversation, since=since):
        said = await conversations.messages(session, conversation.workspace_id, earlier.id)
        before = "\n".join(each.text for each in said if each.author == Author.CUSTOMER)
        again = await asyncio.to_thread(
            same_matter,
            before,
            message.text,
            earlier_topic=earlier.topic,
            new_topic=conversation.topic,
            known=runtime.known_questions,
        )
        if again:
            await standing.returned(session, earlier, conversation)
            return
