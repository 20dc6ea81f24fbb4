"""What people taught, gathered for cards and App Home."""

from collections.abc import Sequence

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.views.answers import TaughtAnswer
from handoff.draft import Author
from storage import answers
from storage.answer_pairs import AnswerPair
from storage.tables import Conversation, Message


async def of_conversation(session: AsyncSession, conversation: Conversation) -> TaughtAnswer | None:
    """What a conversation taught, for its card."""
    pair = await answers.of_conversation(session, conversation.workspace_id, conversation.id)
    return shown(pair) if pair and pair.forgotten_at is None else None


async def teachable(session: AsyncSession, conversation: Conversation) -> bool:
    """Whether somebody of the team answered in it."""
    of_agents = select(Message.id).where(
        Message.workspace_id == conversation.workspace_id,
        Message.conversation_id == conversation.id,
        Message.author == Author.AGENT,
        Message.text != "",
    )
    return (await session.exec(of_agents.limit(1))).first() is not None


async def listed(session: AsyncSession, workspace_id: str, *, limit: int) -> list[TaughtAnswer]:
    """The pairs that are knowledge now, with those that may be outdated marked, the latest first."""
    pairs = await answers.listed(session, workspace_id, limit=limit)
    changed = await answers.outdated(session, workspace_id, pairs)
    return [shown(pair, changed.get(pair.article_id, ())) for pair in pairs]


def shown(pair: AnswerPair, outdated: Sequence[str] = ()) -> TaughtAnswer:
    """A pair as people read it."""
    return TaughtAnswer(
        pair.article_id, pair.question, pair.answer, pair.taught_by, pair.taught_at, pair.used, tuple(outdated)
    )
